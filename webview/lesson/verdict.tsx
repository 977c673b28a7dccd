import { useEffect, useRef } from 'preact/hooks';
import type {
  FieldView,
  MisconceptionView,
  ProfileAnswerView,
  QuestionView,
  SittingView,
  VerdictView,
} from '../../quizzes/engine/view.ts';
import { ExternalLink } from '../external-link.tsx';
import { Icon } from '../icons.tsx';
import { InlineCode } from '../rich-text.tsx';
import { RuleList } from '../rule-list.tsx';
import { Sentence } from '../sentence.tsx';
import { t } from '../text.ts';

interface Props {
  readonly question: QuestionView;
  readonly verdict: VerdictView | undefined;
  readonly sitting?: SittingView | undefined;
  readonly whyOpen: boolean;
  /** The answer by each profile, when that is what the learner wants to see. */
  readonly profiles: readonly ProfileAnswerView[];
}

const HEADINGS = {
  right: () => t('Right'),
  partly: () => t('Partly right'),
  wrong: () => t('Not right'),
  shown: () => t('The answer'),
  self: () => t('Marked by yourself'),
} as const satisfies Record<VerdictView['outcome'], () => string>;

function Misconception({ about }: { readonly about: MisconceptionView }) {
  const feedback = about.feedback !== undefined && (
    <p>
      <InlineCode text={about.feedback} />
    </p>
  );
  // Another one that fits as well is named; what it says is a click away.
  if (about.instead)
    return (
      <details class="misconception">
        <summary>
          <Sentence
            pattern={t('Or you used the rule “{0}”')}
            parts={[<strong key="name">{about.name}</strong>]}
          />
        </summary>
        <p>{about.text}</p>
        {feedback}
      </details>
    );
  return (
    <div class="misconception">
      <p>
        <Sentence
          pattern={t('You used the rule “{0}” — {1}')}
          parts={[<strong key="name">{about.name}</strong>, about.text]}
        />
      </p>
      {feedback}
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
        .map(({ name, expected, given }) => {
          const field = fields.find((each) => each.name === name);
          // What is chosen is a sentence; what is typed is a number or a name.
          const Value = field?.kind === 'choice' ? 'span' : 'code';
          return (
            <p key={name} class="correction">
              <strong>
                {field?.label ?? name} = <Value>{expected}</Value>
              </strong>
              {!shown && given !== '' && (
                <>
                  {' · '}
                  <Sentence pattern={t('you answered {0}')} parts={[<Value key="given">{given}</Value>]} />
                </>
              )}
            </p>
          );
        })}
    </>
  );
}

/** Fields that are right because the author accepts them, with what was computed. */
function Accepted({ question, verdict }: Pick<Props, 'question'> & { readonly verdict: VerdictView }) {
  return (
    <>
      {verdict.fields.map(
        ({ name, expected, given, accepted }) =>
          accepted !== undefined && (
            <p key={name}>
              {question.fields.find((field) => field.name === name)?.label ?? name} = <code>{given}</code>{' '}
              {t('is accepted by the author ({0}); computed here: {1}', accepted, expected)}
            </p>
          ),
      )}
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

/** As in the style sheets: one column. */
const NARROW = '(max-width: 759px)';

/** Before the answer: hints and how to write it. After: what was right, the misconception by name, and why. */
export function VerdictAside({ question, verdict, sitting, whyOpen, profiles }: Props) {
  const aside = useRef<HTMLDivElement>(null);
  // On a narrow panel it stands below the form, perhaps out of sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each verdict, and when it grows
  useEffect(() => {
    if (verdict !== undefined && matchMedia(NARROW).matches)
      aside.current?.scrollIntoView({ block: 'nearest' });
  }, [question.id, verdict === undefined, whyOpen]);
  return (
    <div ref={aside} class={`verdict ${verdict?.outcome ?? 'waiting'}`} aria-live="polite">
      {verdict === undefined ? (
        <Waiting question={question} sitting={sitting} />
      ) : (
        <Judged {...{ question, verdict, whyOpen, profiles }} />
      )}
    </div>
  );
}

function Judged({ question, verdict, whyOpen, profiles }: Props & { readonly verdict: VerdictView }) {
  const { outcome } = verdict;
  const good = outcome === 'right';
  const isGraded = outcome !== 'shown' && outcome !== 'self';
  return (
    <>
      <h2>
        {isGraded && <Icon name={good ? 'right' : 'wrong'} />}
        {HEADINGS[outcome]()}
        {!(isGraded && verdict.fields.length === 1) && <span class="summary">{verdict.summary}</span>}
      </h2>
      <WrongFields fields={question.fields} verdict={verdict} />
      <Accepted question={question} verdict={verdict} />
      {verdict.misconceptions.map((about) => (
        <Misconception key={about.id} about={about} />
      ))}
      {profiles.length > 0 && <ProfileAnswers profiles={profiles} />}
      {good && !whyOpen && <p>{verdict.rules[0]?.text}</p>}
      {whyOpen ? <RuleList rules={verdict.rules} /> : <Sources verdict={verdict} />}
    </>
  );
}

/** Where sources disagree: the answer by each profile, and why it is another. */
function ProfileAnswers({ profiles }: Pick<Props, 'profiles'>) {
  return (
    <section class="profile-answers" aria-label={t('The answer by each profile')}>
      <h3>{t('Where sources disagree')}</h3>
      <dl>
        {profiles.map(({ profile, own, fields, reasons, rules }) => (
          <div key={profile}>
            <dt>
              <code>{profile}</code>
              {own && <span class="quiet"> · {t('asked here')}</span>}
            </dt>
            <dd>
              {fields.length === 0 ? (
                <p>{t('This moment never comes.')}</p>
              ) : (
                <p>
                  {fields.map(({ label, value }, place) => (
                    <span key={label}>
                      {place > 0 && ' · '}
                      {label} = <code>{value}</code>
                    </span>
                  ))}
                </p>
              )}
              {reasons.map((reason) => (
                <p key={reason} class="quiet">
                  {reason}
                </p>
              ))}
              {rules.length > 0 && <RuleList rules={rules} />}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** An answer of an exam was kept: more is not said. */
function Saved() {
  return (
    <>
      <h2>
        {t('Answer saved')} <span class="summary">{t('You see how it went when the exam is over.')}</span>
      </h2>
      <p class="quiet">{t('It is final: an exam asks each question once.')}</p>
    </>
  );
}

/** A question of an exam takes no answer any more. */
function Closed() {
  return (
    <>
      <h2>
        {t('Left open')} <span class="summary">{t('You see how it went when the exam is over.')}</span>
      </h2>
      <p class="quiet">{t('A later question has shown its answer, so it takes none any more.')}</p>
    </>
  );
}

function Waiting({ question, sitting }: Pick<Props, 'question' | 'sitting'>) {
  if (sitting?.saved) return sitting.closed ? <Closed /> : <Saved />;
  return <BeforeAnswer question={question} isExam={sitting?.mode === 'exam'} />;
}

function BeforeAnswer({ question, isExam }: { readonly question: QuestionView; readonly isExam: boolean }) {
  const { hints, fields, selfMarked } = question;
  const hasNumbers = fields.some(({ kind }) => kind === 'number');
  return (
    <>
      {hints.length > 0 && (
        <ol class="hints" aria-label={t('Hints')}>
          {hints.map((text) => (
            <li key={text}>
              <InlineCode text={text} />
            </li>
          ))}
        </ol>
      )}
      {hasNumbers && (
        <p class="quiet">
          {t('Numbers may be symbols such as x+1, relative, absolute or hexadecimal: all count as the same.')}
        </p>
      )}
      {isExam && (
        <p class="quiet">
          {t('What you leave open or skip takes no answer once a later question has shown it.')}
        </p>
      )}
      {selfMarked && !isExam && (
        <p class="quiet">
          {t('This question is marked by yourself: say it first, then compare with the key points.')}
        </p>
      )}
      <p class="quiet">
        {isExam
          ? t('Keys: Enter saves, ← → step through the picture, Space plays, + and − zoom.')
          : selfMarked
            ? t(
                'Keys: Ctrl+Enter shows the key points; outside the text ← → step through the picture, Space plays.',
              )
            : t('Keys: Enter checks, ← → step through the picture, Space plays, + and − zoom.')}
      </p>
    </>
  );
}
