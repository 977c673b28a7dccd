import { useEffect, useRef, useState } from 'preact/hooks';
import type { PredictionView } from '../../quizzes/engine/lab/lab-view.ts';
import type { FieldView } from '../../quizzes/engine/view.ts';
import { post } from '../host.ts';
import { Action } from '../lesson/actions.tsx';
import { Field, isAnswered } from '../lesson/field.tsx';
import { saved, update } from '../store.ts';
import { t } from '../text.ts';

/** Who expects that nobody sends need not say what. */
const PARTS = new Set(['flags', 'seq', 'ack']);

/** What the learner expects of the branch, before it is shown. */
export function PredictionForm({ prediction }: { readonly prediction: PredictionView }) {
  const { draftKey, prompt, fields, given, notUnderstood } = prediction;
  const draft = saved.value.drafts[draftKey] ?? given;
  const form = useRef<HTMLFormElement>(null);
  const [checked, setChecked] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another change is another question
  useEffect(
    () => form.current?.querySelector<HTMLElement>('input')?.focus({ preventScroll: true }),
    [draftKey],
  );
  const silent = draft['next'] === 'nobody';
  const asked = fields.filter(({ name }) => !silent || !PARTS.has(name));
  const isMissing = (field: FieldView) => field.name !== 'ack' && !isAnswered(field, draft[field.name] ?? '');
  const complaintOf = (field: FieldView): string | undefined => {
    if (checked && isMissing(field)) return t('fill this in');
    const written = draft[field.name] ?? '';
    const unread = notUnderstood.find(({ name }) => name === field.name);
    return unread !== undefined && given[field.name] === written ? unread.text : undefined;
  };
  const check = () => {
    setChecked(true);
    if (asked.some(isMissing)) return;
    const written = asked.map(({ name }) => [name, draft[name] ?? ''] as const);
    post({ type: 'lab/do', action: { type: 'predict', fields: Object.fromEntries(written) } });
  };
  return (
    <form
      class="question lab-prediction"
      ref={form}
      noValidate
      aria-label={t('Your prediction')}
      onSubmit={(event) => {
        event.preventDefault();
        check();
      }}
    >
      <p class="prompt">{prompt}</p>
      <div class="fields">
        {asked.map((field) => (
          <Field
            key={`${draftKey}/${field.name}`}
            field={field}
            id={`predict-${field.name}`}
            value={draft[field.name] ?? ''}
            verdict={undefined}
            complaint={complaintOf(field)}
            disabled={false}
            onChange={(text) => update({ kind: 'draft', question: draftKey, field: field.name, text })}
          />
        ))}
      </div>
      <div class="actions">
        <Action primary submit keyName="⏎">
          {t('Show what happens')}
        </Action>
        <Action onClick={() => post({ type: 'lab/do', action: { type: 'reveal' } })}>
          {t('I cannot say')}
        </Action>
      </div>
    </form>
  );
}
