import { type Lesson, lessonScreen } from '../lesson.ts';
import { openOnRun, placeQuestion } from '../place-question.ts';
import { isInExam, reduce } from '../session.ts';
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
  if (
    question?.scenario === undefined ||
    screen.kind !== 'lesson' ||
    screen.verdict === undefined ||
    isInExam(session)
  )
    return undefined;
  const { seed, cut } = placeQuestion(pack, session, question);
  const renewed = openOnRun(pack, session, question).reduce(
    (before, id) => reduce(before, { type: 'renewed', id }),
    session,
  );
  const begin = cut !== undefined && cut.step >= 0 ? cut.step : undefined;
  return {
    lesson: { ...lesson, session: renewed },
    subject: { packId: pack.id, scenario: question.scenario, seed, begin },
  };
}
