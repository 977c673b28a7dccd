import { useEffect, useState } from 'preact/hooks';
import type { QuestionView, VerdictView } from '../../quizzes/engine/view.ts';
import { post } from '../host.ts';
import { update } from '../store.ts';
import { t } from '../text.ts';

interface Props {
  readonly question: QuestionView;
  readonly verdict: VerdictView | undefined;
  readonly answered: boolean;
  readonly draft: string;
}

/** A prose answer: own words first, then the key points, marked by the learner. */
export function KeyPoints({ question: { id: questionId, draftKey }, verdict, answered, draft }: Props) {
  const points = verdict?.points ?? [];
  const [met, setMet] = useState<readonly boolean[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: marks start anew with each question and verdict
  useEffect(() => setMet(points.map((point) => point.met ?? false)), [questionId, verdict]);
  const mark = (place: number, value: boolean) => {
    const next = points.map((_, index) => (index === place ? value : (met[index] ?? false)));
    setMet(next);
    post({ type: 'rubric/mark', questionId, met: next });
  };
  return (
    <div class="prose">
      {(verdict === undefined || draft !== '') && (
        <label class="own-words">
          <span>{t('Your answer, in your own words (stays on this machine)')}</span>
          <textarea
            id="own-words"
            rows={3}
            value={draft}
            readOnly={answered}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            }}
            onInput={(event) =>
              update({
                kind: 'draft',
                question: draftKey,
                field: 'own-words',
                text: event.currentTarget.value,
              })
            }
          />
        </label>
      )}
      {verdict && (
        <fieldset class="points">
          <legend>{t('Tick what your answer says. You are the marker here.')}</legend>
          <div class="options">
            {points.map(({ text }, place) => (
              <label key={text} class="option">
                <input
                  type="checkbox"
                  checked={met[place] ?? false}
                  onChange={(event) => mark(place, event.currentTarget.checked)}
                />
                <span>{text}</span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </div>
  );
}
