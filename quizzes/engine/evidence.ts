// What an answer says of the learner's skills.

import { grade } from './grade.ts';
import type { Lesson } from './lesson.ts';
import { byRun } from './met.ts';
import type { Question } from './pack.ts';
import { placeQuestion } from './place-question.ts';
import { numbersOf } from './question-index.ts';
import { originOf } from './review-lesson.ts';
import { isInExam, stateOf } from './session.ts';
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
 * The evidence of what was answered between two moments of a lesson: the question on screen, or all of an exam that is over.
 * Nothing comes of what learners marked themselves, and of what exercised no skill.
 */
export function reviewsOf(before: Lesson, after: Lesson, occasion: Occasion): readonly Review[] {
  const { pack, session } = after;
  if (before.pack.id !== pack.id) return [];
  if (isInExam(before.session) && !isInExam(session)) {
    // How long each took in an exam, nobody knows.
    const each = { ...occasion, took: undefined };
    return pack.questions.flatMap((question) => reviewOf(after, question, each) ?? []);
  }
  const question = pack.questions[session.index];
  const isNew = question !== undefined && stateOf(before.session, question.id).answered === undefined;
  return isNew ? [reviewOf(after, question, occasion)].filter((review) => review !== undefined) : [];
}

function reviewOf({ pack, session }: Lesson, question: Question, occasion: Occasion): Review | undefined {
  const { answered, hints } = stateOf(session, question.id);
  if (answered === undefined || answered.how === 'self') return undefined;
  const { posed, run } = placeQuestion(pack, session, question);
  if (posed === undefined || run === undefined) return undefined;
  const graded = answered.how === 'answered' ? grade(posed, answered.given) : undefined;
  const { judged, misconceptions } = graded?.ok ? graded.value : { judged: [], misconceptions: [] };
  const isRight = new Map(judged.map(({ field, correct }) => [field.name, correct]));
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
    misconceptions: byRun(misconceptions, session.met)
      .slice(0, 1)
      .map(({ misconception }) => misconception.id),
  };
}
