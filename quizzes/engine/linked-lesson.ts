// One question on numbers that somebody sends to somebody else.

import type { Lesson } from './lesson.ts';
import { openLesson } from './lesson.ts';
import type { Pack } from './pack.ts';
import { originOf } from './review-lesson.ts';
import { seedOf } from './session.ts';

/** A question on its numbers. */
export interface Linked {
  readonly pack: string;
  readonly question: string;
  readonly seed: number;
}

/**
 * A lesson of one question of a pack, on the numbers of a seed.
 *
 * @returns undefined when the pack has no such question
 */
export function linkedLesson(pack: Pack, questionId: string, seed: number): Lesson | undefined {
  const question = pack.questions.find(({ id }) => id === questionId);
  if (question === undefined) return undefined;
  const lesson = openLesson({ ...pack, questions: [question] }, seed);
  return { ...lesson, session: { ...lesson.session, exact: true } };
}

/** The question on screen on its numbers; undefined at the end of a lesson. */
export function linkOf({ pack, session }: Lesson): Linked | undefined {
  const question = pack.questions[session.index];
  return question && { ...originOf(pack, question), seed: seedOf(session, question) };
}
