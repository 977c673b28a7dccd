// A question as a learner sees it, while its author still writes it.

import type { Language } from '../../core/text.ts';
import { act, type Lesson, lessonScreen, openLesson, saveLesson } from '../engine/lesson.ts';
import type { LessonAction } from '../engine/lesson-action.ts';
import type { Pack, Question } from '../engine/pack.ts';
import { stateOf } from '../engine/session.ts';

/** The lesson behind a preview. Immutable. */
export interface Preview {
  readonly lesson: Lesson;
  readonly seed: number;
}

/** Opens a preview at a question; undefined when the pack has no such question. */
export function openPreview(pack: Pack, questionId: string, seed: number): Preview | undefined {
  const index = pack.questions.findIndex(({ id }) => id === questionId);
  if (index < 0) return undefined;
  return { seed, lesson: act(openLesson(pack, seed), { type: 'go', index }) };
}

export function previewScreen({ lesson }: Preview, language: Language): ReturnType<typeof lessonScreen> {
  const screen = lessonScreen(lesson, language);
  // A pack being written is in no library: the lab could not find it.
  return screen.kind === 'lesson' ? { ...screen, branchable: false } : screen;
}

/** The question on screen; undefined at the end of the pack. */
export function previewedQuestion({ lesson }: Preview): Question | undefined {
  return lesson.pack.questions[lesson.session.index];
}

export function actInPreview(preview: Preview, action: LessonAction): Preview {
  return { ...preview, lesson: act(preview.lesson, action) };
}

/**
 * The preview after its pack was written anew: at the same question, on the same numbers, with as many hints open.
 * An answer stays while the question and its scenario do; an answer asked to be shown is shown anew.
 *
 * @returns the preview as it was, when the question cannot be shown now
 */
export function renewPreview(preview: Preview, pack: Pack | undefined): Preview {
  const question = previewedQuestion(preview);
  if (pack === undefined || question === undefined) return preview;
  const now = pack.questions.find(({ id }) => id === question.id);
  const fresh = openPreview(pack, question.id, preview.seed);
  if (now === undefined || fresh === undefined) return preview;
  const before = stateOf(preview.lesson.session, question.id);
  if (isSame(preview.lesson.pack, question, pack, now)) {
    const kept = openLesson(pack, preview.seed, saveLesson({ ...preview.lesson, pack }));
    return { ...fresh, lesson: act(kept, { type: 'go', index: fresh.lesson.session.index }) };
  }
  let { lesson } = fresh;
  for (let hint = 0; hint < before.hints; hint += 1)
    lesson = act(lesson, { type: 'hint', questionId: now.id });
  if (before.answered?.how === 'shown') lesson = act(lesson, { type: 'reveal', questionId: now.id });
  return { ...fresh, lesson };
}

/** Whether the same is asked on the same run; how it is worded does not matter. */
function isSame(oldPack: Pack, old: Question, pack: Pack, now: Question): boolean {
  const asked = ({ scenarios }: Pack, { scenario = '', when, asks, rubric, alternatives }: Question) =>
    JSON.stringify([when, asks, rubric.length, alternatives, scenarios[scenario]]);
  return asked(oldPack, old) === asked(pack, now);
}
