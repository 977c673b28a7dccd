// The same grading as in the editor, from a results file and its pack alone.

import { grade } from './grade.ts';
import type { Pack, Question } from './pack.ts';
import { placeQuestion } from './place-question.ts';
import { type Results, sessionOf } from './results.ts';
import { type SessionState, stateOf } from './session.ts';

export interface GradedResults {
  /** One for each question of the pack, in order. */
  readonly questions: readonly GradedQuestion[];
  /** Of the questions that can be graded. */
  readonly points: number;
  readonly possible: number;
  /** Answers to questions the pack does not have. */
  readonly unknown: readonly string[];
}

export interface GradedQuestion {
  readonly id: string;
  readonly outcome: 'right' | 'partly' | 'wrong' | 'shown' | 'self' | 'open';
  /** Undefined for prose: it is the learner's own mark. */
  readonly points: number | undefined;
  readonly possible: number;
  /** Fields right, of all. */
  readonly right: number;
  readonly fields: number;
  readonly given: Readonly<Record<string, string>>;
  /** Prose: key points met by the learner's own mark, of all. */
  readonly met: { readonly count: number; readonly of: number } | undefined;
  readonly misconceptions: readonly string[];
  readonly tries: number;
  readonly hints: number;
  readonly fresh: number;
  /** Milliseconds since the epoch by the learner's clock. */
  readonly at: number | undefined;
}

/** Grades every answer of a results file anew. The pack must be the one the answers were given to. */
export function regrade(results: Results, pack: Pack): GradedResults {
  const known = new Set(pack.questions.map(({ id }) => id));
  return {
    ...gradeSession(pack, sessionOf(results, pack)),
    unknown: results.answers.map(({ question }) => question).filter((id) => !known.has(id)),
  };
}

/** Grades every answer of a run. */
export function gradeSession(pack: Pack, session: SessionState): Omit<GradedResults, 'unknown'> {
  const questions = pack.questions.map((question) => gradeOne(pack, session, question));
  const graded = questions.filter(({ points }) => points !== undefined);
  return {
    questions,
    points: graded.reduce((sum, { points = 0 }) => sum + points, 0),
    possible: graded.reduce((sum, { possible }) => sum + possible, 0),
  };
}

/** What a question counts. */
export function pointsOf({ points = 1 }: Question): number {
  return points;
}

function gradeOne(pack: Pack, session: SessionState, question: Question): GradedQuestion {
  const { tries, hints, fresh, answered } = stateOf(session, question.id);
  const placed = placeQuestion(pack, session, question);
  const prose = question.asks.length === 0;
  const base: GradedQuestion = {
    id: question.id,
    outcome: 'open',
    points: prose ? undefined : 0,
    possible: pointsOf(question),
    right: 0,
    fields: placed.posed?.fields.length ?? 0,
    given: answered?.given ?? {},
    met: undefined,
    misconceptions: [],
    tries,
    hints,
    fresh,
    at: answered?.at,
  };
  if (answered === undefined) return base;
  if (prose) {
    const count = answered.met?.filter(Boolean).length ?? 0;
    return { ...base, outcome: 'self', met: { count, of: question.rubric.length } };
  }
  if (answered.how === 'late') return { ...base, outcome: 'wrong' };
  if (answered.how !== 'answered' || placed.posed === undefined) return { ...base, outcome: 'shown' };
  const graded = grade(placed.posed, answered.given);
  if (!graded.ok) return { ...base, outcome: 'wrong' };
  const { judged, misconceptions } = graded.value;
  const right = judged.filter(({ correct }) => correct).length;
  return {
    ...base,
    outcome: right === judged.length ? 'right' : right > 0 ? 'partly' : 'wrong',
    right,
    // Each field counts the same; hundredths, so that thirds add up to what is printed.
    points: Math.round((base.possible * right * 100) / Math.max(1, judged.length)) / 100,
    misconceptions: misconceptions.map(({ misconception }) => misconception.id),
  };
}
