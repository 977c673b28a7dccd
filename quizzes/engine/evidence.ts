// What an answer says of the learner's skills.

import { judge } from './grade.ts';
import type { Lesson } from './lesson.ts';
import { placeQuestion } from './place-question.ts';
import { numbersOf } from './question-index.ts';
import { originOf } from './review-lesson.ts';
import { stateOf } from './session.ts';
import { skillsOfField } from './skills.ts';
import type { Review, SkillGrade } from './study.ts';

/** When an answer was given, which the engine has no clock to know. */
export interface Occasion {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Days since the epoch where the learner is. */
  readonly day: number;
  /** Milliseconds from the question being shown to the answer; undefined when nobody knows. */
  readonly took: number | undefined;
}

/** Beyond this the learner was elsewhere, and the time says nothing. */
const AWAY = 15 * 60_000;
/** What a look at the picture takes, and each field by the question's difficulty, before an answer counts as slow. */
const LOOK = 40_000;
const FIELD = 25_000;

function isSlow(took: number | undefined, fields: number, difficulty: number): boolean {
  return took !== undefined && took <= AWAY && took > LOOK + FIELD * fields * difficulty;
}

/**
 * The evidence of the answer that was given between two moments of a lesson.
 *
 * @returns undefined when none was given, when the learner marked it themselves, and when it exercised nothing
 */
export function reviewOf(before: Lesson, after: Lesson, occasion: Occasion): Review | undefined {
  const { pack, session } = after;
  const question = pack.questions[session.index];
  if (question === undefined || before.pack.id !== pack.id) return undefined;
  const { answered, hints } = stateOf(session, question.id);
  const wasOpen = stateOf(before.session, question.id).answered === undefined;
  if (!wasOpen || answered === undefined || answered.how === 'self') return undefined;
  const { posed, run } = placeQuestion(pack, session, question);
  if (posed === undefined || run === undefined) return undefined;
  const judged = answered.how === 'answered' ? judge(posed, answered.given) : undefined;
  const fields = judged?.ok ? judged.value : [];
  const isRight = new Map(fields.map(({ field, correct }) => [field.name, correct]));
  const good: SkillGrade =
    hints > 0 || isSlow(occasion.took, posed.fields.length, question.difficulty) ? 'hard' : 'good';
  const grades: Record<string, SkillGrade> = {};
  for (const field of posed.fields) {
    const shown = isRight.get(field.name) === true ? good : 'again';
    // A skill is known when every field that it decided is right.
    for (const skill of skillsOfField(posed, field)) if (grades[skill] !== 'again') grades[skill] = shown;
  }
  if (Object.keys(grades).length === 0) return undefined;
  const { at, day } = occasion;
  return {
    at,
    day,
    ...originOf(pack, question),
    numbers: numbersOf(run),
    grades,
    misconceptions: Object.entries(session.met)
      .filter(([id, times]) => times > (before.session.met[id] ?? 0))
      .map(([id]) => id),
  };
}
