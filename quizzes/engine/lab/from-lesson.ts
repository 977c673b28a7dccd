import { type Lesson, lessonScreen } from '../lesson.ts';
import { openOnRun, placeQuestion } from '../place-question.ts';
import { originOf } from '../review-lesson.ts';
import { reduce } from '../session.ts';
import type { LabSubject } from './lab.ts';

/**
 * The run of the question on screen for the lab, once its verdict is there. The lab shows the whole run, so questions
 * still open on it get fresh numbers first: the lesson that comes back has them.
 */
export function leaveForLab(
  lesson: Lesson,
): { readonly lesson: Lesson; readonly subject: LabSubject } | undefined {
  const { pack, session } = lesson;
  const question = pack.questions[session.index];
  const screen = lessonScreen(lesson, 'en');
  if (question === undefined || screen.kind !== 'lesson' || !screen.branchable) return undefined;
  const { seed, cut, run } = placeQuestion(pack, session, question);
  if (run === undefined) return undefined;
  const renewed = openOnRun(pack, session, question).reduce(
    (before, id) => reduce(before, { type: 'renewed', id }),
    session,
  );
  // The steps of a capture, and those of a changed run, are not those of the run in the lab.
  const isSame = run.plan.kind !== 'capture' && question.whatIf === undefined;
  // A review and an interview are made of other packs' questions: there the run is found again.
  const { pack: packId } = originOf(pack, question);
  return {
    lesson: { ...lesson, session: renewed },
    subject: {
      packId,
      scenario: run.plan.id,
      seed,
      begin: isSame && cut !== undefined && cut.step >= 0 ? cut.step : undefined,
    },
  };
}
