import { useEffect, useRef, useState } from 'preact/hooks';
import type { TimelineView } from '../../quizzes/engine/timeline-view.ts';
import type {
  FieldVerdictView,
  FieldView,
  QuestionView,
  SittingView,
  VerdictView,
} from '../../quizzes/engine/view.ts';
import { post } from '../host.ts';
import { useShortcuts } from '../keys.ts';
import { RichText } from '../rich-text.tsx';
import { saved, update } from '../store.ts';
import { t } from '../text.ts';
import { Actions } from './actions.tsx';
import { Field, isAnswered } from './field.tsx';
import { KeyPoints } from './key-points.tsx';
import { unmoved } from './order-field.tsx';

interface Props {
  readonly question: QuestionView;
  readonly verdict: VerdictView | undefined;
  readonly sitting: SittingView | undefined;
  readonly hosts: TimelineView['hosts'] | undefined;
  readonly next: number;
  /** Questions of the lesson: the place of the page behind the last one. */
  readonly count: number;
  readonly whyOpen: boolean;
  readonly branchable: boolean;
  /** Undefined where all profiles answer alike. */
  readonly profilesOpen: boolean | undefined;
  readonly onProfiles: () => void;
  readonly onWhy: () => void;
}

/** The right answer as the field holds it. */
function expectedOf(field: FieldView, { expected }: FieldVerdictView): string {
  if (field.kind !== 'choice') return expected;
  return field.options.find(({ value, label }) => value === expected || label === expected)?.value ?? '';
}

/** What a field holds before the learner has touched it. */
function unwritten(field: FieldView): string {
  return field.kind === 'order' ? unmoved(field.items) : '';
}

const fieldId = (place: number) => `field-${place}`;

/** What is asked, the fields to answer in, and what can be done next. */
export function QuestionForm(props: Props) {
  const { question, verdict, sitting, hosts, next, count, whyOpen, branchable } = props;
  const { profilesOpen, onWhy, onProfiles } = props;
  const { id: questionId, draftKey, fields, host, selfMarked, tries } = question;
  const draft = saved.value.drafts[draftKey] ?? question.given;
  const [checked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const answered = verdict !== undefined || sitting?.saved === true;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new try begins at the first field again
  useEffect(() => {
    setChecked(false);
    const first = answered ? '.actions .primary' : `#${fieldId(0)}, #own-words`;
    const focusFirst = () => form.current?.querySelector<HTMLElement>(first)?.focus({ preventScroll: true });
    if (document.hasFocus()) return focusFirst();
    // VS Code brings the panel to the front after it has sent the question: wait to be given the keyboard.
    window.addEventListener('focus', focusFirst, { once: true });
    return () => window.removeEventListener('focus', focusFirst);
  }, [draftKey, answered, tries]);

  const check = () => {
    if (answered) return;
    const empty = fields.findIndex((field) => !isAnswered(field, draft[field.name] ?? ''));
    if (empty >= 0) {
      setChecked(true);
      form.current?.querySelector<HTMLElement>(`#${fieldId(empty)}`)?.focus();
      return;
    }
    post({
      type: 'question/answer',
      questionId,
      fields: Object.fromEntries(fields.map((field) => [field.name, draft[field.name] ?? unwritten(field)])),
    });
  };
  const complaintOf = (field: FieldView, written: string): string | undefined => {
    if (checked && !isAnswered(field, written)) return t('fill this in');
    const unread = question.notUnderstood.find(({ name }) => name === field.name);
    return unread !== undefined && question.given[field.name] === written ? unread.text : undefined;
  };
  const retry = () => {
    update({ kind: 'forget-draft', question: draftKey });
    post({ type: 'question/retry', questionId });
  };
  const goOn = () => post({ type: 'question/go', index: next });
  const hint = question.hintsLeft > 0 ? () => post({ type: 'question/hint', questionId }) : undefined;
  useShortcuts({ 'Enter': answered ? goOn : check, 'h': answered ? undefined : hint });

  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as Element;
    const checks =
      event.key === 'Enter' &&
      !event.isComposing &&
      target.closest('.fields') !== null &&
      !target.closest('textarea');
    if (!checks) return;
    event.preventDefault();
    if (answered) goOn();
    else check();
  };
  return (
    <form
      class="question"
      ref={form}
      noValidate
      aria-label={t('Question')}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        check();
      }}
    >
      <div class="prompt">
        {host && hosts && (
          <span class={`who host-${host}`} title={hosts[host].name}>
            {host}
          </span>
        )}
        <div class="prompt-text rich-text">
          <RichText html={question.prompt} />
        </div>
      </div>
      {selfMarked ? (
        <KeyPoints
          question={question}
          verdict={verdict}
          answered={answered}
          draft={draft['own-words'] ?? ''}
        />
      ) : (
        <div class="fields">
          {fields.map((field, place) => {
            const judged = verdict?.fields.find(({ name }) => name === field.name);
            const shown = verdict?.outcome === 'shown' && judged !== undefined;
            const written = shown ? expectedOf(field, judged) : (draft[field.name] ?? judged?.given ?? '');
            return (
              <Field
                key={`${draftKey}/${field.name}`}
                field={field}
                id={fieldId(place)}
                value={written}
                verdict={shown ? undefined : judged}
                complaint={complaintOf(field, written)}
                disabled={answered}
                onChange={(text) => update({ kind: 'draft', question: draftKey, field: field.name, text })}
              />
            );
          })}
        </div>
      )}
      <Actions
        {...{ question, verdict, sitting, whyOpen, branchable, profilesOpen, onWhy, onProfiles }}
        onNext={goOn}
        onRetry={retry}
        onHandIn={() => post({ type: 'question/go', index: count })}
        onHint={hint}
      />
    </form>
  );
}
