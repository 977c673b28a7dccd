import type { Mark, SummaryScreen as Summary } from '../../quizzes/engine/view.ts';
import { post } from '../host.ts';
import { HeaderBar } from '../lesson/header-bar.tsx';
import { t } from '../text.ts';
import { MisconceptionsMet } from './misconceptions-met.tsx';

function count(marks: readonly Mark[], mark: Mark): number {
  return marks.filter((each) => each === mark).length;
}

/** Share of the graded questions that were right, as a bar with its figure beside it. */
function Score({ marks }: { readonly marks: readonly Mark[] }) {
  const right = count(marks, 'right');
  const wrong = count(marks, 'wrong');
  const self = count(marks, 'self');
  const open = count(marks, 'open');
  const parts = [
    ['right', right, t('{0} right', right)],
    ['wrong', wrong, t('{0} wrong', wrong)],
    ['self', self, t('{0} marked by yourself', self)],
    ['open', open, t('{0} open', open)],
  ] as const;
  const shown = parts.filter(([, number]) => number > 0);
  let left = 0;
  return (
    <div class="score">
      <p class="score-figure">
        <strong>{right}</strong> / {right + wrong}
        <span>{t('questions right')}</span>
      </p>
      <svg
        class="score-bar"
        viewBox={`0 0 ${Math.max(1, marks.length)} 1`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {shown.map(([name, number]) => {
          const x = left;
          left += number;
          return <rect key={name} class={name} x={x} y="0" width={number} height="1" />;
        })}
      </svg>
      <ul class="score-parts">
        {shown.map(([name, , words]) => (
          <li key={name} class={name}>
            <span class="swatch" aria-hidden="true" />
            {words}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What has come to its end. */
const ENDS = {
  pack: () => t('You have reached the end of this pack'),
  review: () => t('You have reached the end of this review'),
  capture: () => t('You have reached the end of the questions about this capture'),
  sockets: () => t('You have reached the end of the questions about these sockets'),
} as const satisfies Record<NonNullable<Summary['of']> | 'pack', () => string>;

/** The end of a pack or a review: how it went, what to look at again, where to go. */
export function SummaryScreen({ summary }: { readonly summary: Summary }) {
  const { pack, marks, misconceptions, next, sitting, of = 'pack' } = summary;
  const open = marks.indexOf('open');
  const wrong = marks.indexOf('wrong');
  return (
    <div class="summary-screen">
      <HeaderBar title={pack.title} profile={pack.profile} marks={marks} sitting={sitting} />
      <main>
        <h2>{ENDS[of]()}</h2>
        <Score marks={marks} />
        <div class="actions">
          {next && (
            <button
              type="button"
              class="primary"
              onClick={() => post({ type: 'pack/open', packId: next.id })}
            >
              {t('Go on to “{0}”', next.title)}
            </button>
          )}
          {open >= 0 && (
            <button
              type="button"
              class="secondary"
              onClick={() => post({ type: 'question/go', index: open })}
            >
              {t('First open question')}
            </button>
          )}
          {wrong >= 0 && (
            <button
              type="button"
              class="secondary"
              onClick={() => post({ type: 'question/go', index: wrong })}
            >
              {t('First wrong answer')}
            </button>
          )}
          <button type="button" class="secondary" onClick={() => post({ type: 'pack/restart' })}>
            {t('Start again on fresh numbers')}
          </button>
        </div>
        <MisconceptionsMet met={misconceptions} />
      </main>
    </div>
  );
}
