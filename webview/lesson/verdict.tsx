import type { FieldView, MisconceptionView, QuestionView, VerdictView } from '../../quizzes/engine/view.ts';
import { ExternalLink } from '../external-link.tsx';
import { Icon } from '../icons.tsx';
import { RuleList } from '../rule-list.tsx';
import { t } from '../text.ts';

interface Props {
  readonly question: QuestionView;
  readonly verdict: VerdictView | undefined;
  readonly whyOpen: boolean;
}

const HEADINGS = {
  right: () => t('Right'),
  partly: () => t('Partly right'),
  wrong: () => t('Not right'),
  shown: () => t('The answer'),
  self: () => t('Marked by yourself'),
} as const satisfies Record<VerdictView['outcome'], () => string>;

function Misconception({ about }: { readonly about: MisconceptionView }) {
  return (
    <div class="misconception">
      <p>
        {t('You used the rule')} <strong>“{about.name}”</strong> — {about.text}
      </p>
      {about.feedback !== undefined && <p>{about.feedback}</p>}
    </div>
  );
}

function WrongFields({
  fields,
  verdict,
}: {
  readonly fields: readonly FieldView[];
  readonly verdict: VerdictView;
}) {
  const shown = verdict.outcome === 'shown';
  return (
    <>
      {verdict.fields
        .filter(({ correct }) => shown || !correct)
        .map(({ name, expected, given }) => (
          <p key={name} class="correction">
            <strong>
              {fields.find((field) => field.name === name)?.label ?? name} = <code>{expected}</code>
            </strong>
            {!shown && given !== '' && (
              <>
                {' · '}
                {t('you answered')} <code>{given}</code>
              </>
            )}
          </p>
        ))}
    </>
  );
}

/** Sections that decided, each once. */
function Sources({ verdict }: { readonly verdict: VerdictView }) {
  const sources = new Map(
    [...verdict.misconceptions, ...verdict.rules].map(({ source, href }) => [source, href]),
  );
  return (
    <p class="source">
      {[...sources].map(([source, href], place) => (
        <span key={source}>
          {place > 0 && ' · '}
          <ExternalLink href={href}>{source}</ExternalLink>
        </span>
      ))}
    </p>
  );
}

/** Before the answer: hints and how to write it. After: what was right, the misconception by name, and why. */
export function VerdictAside({ question, verdict, whyOpen }: Props) {
  return (
    <div class={`verdict ${verdict?.outcome ?? 'waiting'}`} aria-live="polite">
      {verdict === undefined ? (
        <Waiting question={question} />
      ) : (
        <Judged {...{ question, verdict, whyOpen }} />
      )}
    </div>
  );
}

function Judged({ question, verdict, whyOpen }: Props & { readonly verdict: VerdictView }) {
  const { outcome } = verdict;
  const good = outcome === 'right';
  return (
    <>
      <h2>
        {outcome !== 'shown' && outcome !== 'self' && <Icon name={good ? 'right' : 'wrong'} />}
        {HEADINGS[outcome]()}
        <span class="summary">{verdict.summary}</span>
      </h2>
      <WrongFields fields={question.fields} verdict={verdict} />
      {verdict.misconceptions.map((about) => (
        <Misconception key={about.id} about={about} />
      ))}
      {good && !whyOpen && <p>{verdict.rules[0]?.text}</p>}
      {whyOpen ? <RuleList rules={verdict.rules} /> : <Sources verdict={verdict} />}
    </>
  );
}

function Waiting({ question }: { readonly question: QuestionView }) {
  const { hints, fields, selfMarked } = question;
  const hasNumbers = fields.some(({ kind }) => kind === 'number');
  return (
    <>
      {hints.length > 0 && (
        <ol class="hints" aria-label={t('Hints')}>
          {hints.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ol>
      )}
      {hasNumbers && (
        <p class="quiet">
          {t('Numbers may be symbols such as x+1, relative, absolute or hexadecimal: all count as the same.')}
        </p>
      )}
      {selfMarked && (
        <p class="quiet">
          {t('This question is marked by yourself: say it first, then compare with the key points.')}
        </p>
      )}
      <p class="quiet">{t('Keys: Enter checks, ← → step through the picture, Space plays, + and − zoom.')}</p>
    </>
  );
}
