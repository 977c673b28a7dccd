import { useEffect, useRef } from 'preact/hooks';
import type { LabDifference, LabScreen, PredictionVerdict } from '../../quizzes/engine/lab/lab-view.ts';
import { Icon } from '../icons.tsx';
import { RuleList } from '../rule-list.tsx';
import { t } from '../text.ts';

const HEADINGS = {
  right: () => t('You predicted it'),
  partly: () => t('Partly as predicted'),
  wrong: () => t('Not as predicted'),
  shown: () => t('What happens'),
} as const satisfies Record<PredictionVerdict['outcome'], () => string>;

function Verdict({ verdict }: { readonly verdict: PredictionVerdict }) {
  const { outcome, summary, fields } = verdict;
  const section = useRef<HTMLElement>(null);
  // The form that stood here may have been scrolled down to its button.
  useEffect(() => section.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <section class={`verdict lab-verdict ${outcome}`} ref={section} aria-live="polite">
      <h3>
        {outcome !== 'shown' && <Icon name={outcome === 'right' ? 'right' : 'wrong'} />}
        {HEADINGS[outcome]()}
        <span class="summary">{summary}</span>
      </h3>
      <ul>
        {fields.map(({ name, label, correct, given, expected }) => (
          <li key={name} class={correct ? 'right' : 'wrong'}>
            {outcome !== 'shown' && (
              <>
                <Icon name={correct ? 'right' : 'wrong'} />
                <span class="only-heard">{correct ? t('right') : t('wrong')}</span>
              </>
            )}
            <span>
              <span class="quiet">{label}</span> <strong>{expected}</strong>
              {outcome !== 'shown' && !correct && given !== '' && (
                <span class="quiet">
                  {' · '}
                  {t('you answered {0}', given)}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the run without any change is called. */
export function beforeChange({ note }: LabScreen): string {
  return note === undefined ? t('As it happened') : t('Played again');
}

/** How both runs end, row by row; what differs is marked. */
function Outcomes({ outcomes, before }: Pick<LabDifference, 'outcomes'> & { readonly before: string }) {
  return (
    <table class="lab-outcomes">
      <caption>{t('What follows from it')}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{before}</th>
          <th scope="col">{t('With the change')}</th>
        </tr>
      </thead>
      <tbody>
        {outcomes.map(({ label, original, changed }) => (
          <tr key={label} class={original === changed ? '' : 'differs'}>
            <th scope="row">{label}</th>
            <td>{original}</td>
            <td>
              {original !== changed && (
                <span class="unequal" role="img" aria-label={t('differs')}>
                  ≠
                </span>
              )}{' '}
              {changed}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The first difference in one sentence with its rules, and what follows; before any change, what to do. */
export function Difference({ lab }: { readonly lab: LabScreen }) {
  const { changed, difference, verdict } = lab;
  if (changed === undefined) {
    return (
      <p class="quiet">
        {t(
          'Choose a segment or step through the picture, then choose what happens to it. ← → step, ↑ ↓ and Enter choose a segment once one has the focus, Z takes a change back.',
        )}
      </p>
    );
  }
  return (
    <>
      {verdict && <Verdict verdict={verdict} />}
      {difference === undefined ? (
        <p class="lab-first">
          <strong>{t('No difference')}</strong>{' '}
          {t('The change changes nothing: both runs are the same, step by step.')}
        </p>
      ) : (
        <>
          <div class="lab-first" aria-live="polite">
            <strong>{t('First difference')}</strong>
            <p>{difference.text}</p>
            <RuleList rules={difference.rules} />
          </div>
          <Outcomes outcomes={difference.outcomes} before={beforeChange(lab)} />
        </>
      )}
    </>
  );
}
