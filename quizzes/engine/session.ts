// A run through a pack as data: what was answered, on which numbers, with how many hints. Pure and serialisable.

import { isRecord } from '../../core/record.ts';
import { deriveSeed } from './chance.ts';
import type { Diagnosis } from './diagnose.ts';
import { counted, type MetCounts } from './met.ts';
import type { Pack, Question } from './pack.ts';
import { isOver, isSealed, parseSitting, type Sitting } from './sitting.ts';
import type { Mark } from './view.ts';

const HOWS = ['answered', 'shown', 'self', 'late'] as const;

/** How a question was last answered. */
interface Answered {
  /** What the learner wrote; empty for prose and for answers asked to be shown. */
  readonly given: Readonly<Record<string, string>>;
  /** `late`: the time of a drill was up. */
  readonly how: (typeof HOWS)[number];
  /** Prose: which key points the learner says they met. */
  readonly met?: readonly boolean[];
  /** When, in milliseconds since the epoch, as the host's clock says. */
  readonly at?: number;
}

export interface QuestionState {
  /** How often the numbers were drawn anew for this question. */
  readonly fresh: number;
  readonly tries: number;
  /** Hints opened. */
  readonly hints: number;
  /** Undefined until answered on these numbers. */
  readonly answered: Answered | undefined;
  readonly mark: Mark;
}

export interface SessionState {
  readonly seed: number;
  /** The seed is that of the numbers themselves, in the first round: somebody sent them. */
  readonly exact?: true;
  /** How often the pack was begun anew. */
  readonly round: number;
  /** Place of the question on screen; the number of questions for the summary. */
  readonly index: number;
  /** By question id; a question nobody touched is absent. */
  readonly questions: Readonly<Record<string, QuestionState>>;
  readonly met: MetCounts;
  /** Absent in practice. */
  readonly sitting?: Sitting;
}

const UNTOUCHED: QuestionState = {
  fresh: 0,
  tries: 0,
  hints: 0,
  answered: undefined,
  mark: 'open',
};

/** Nothing done yet; every number of every run follows from `seed`. */
export function newSession(seed: number): SessionState {
  return { seed: seed >>> 0, round: 0, index: 0, questions: {}, met: {} };
}

/** How far the learner is with that question; the state of one never touched when it is new. */
export function stateOf(session: SessionState, id: string): QuestionState {
  return Object.hasOwn(session.questions, id) ? (session.questions[id] ?? UNTOUCHED) : UNTOUCHED;
}

/**
 * The seed of a question's numbers: one for all questions of a scenario in a round, until a question is tried anew.
 */
export function seedOf(session: SessionState, question: Question): number {
  const { fresh } = stateOf(session, question.id);
  const shared =
    session.exact === true
      ? session.seed
      : deriveSeed(session.seed, `${session.round}/${question.scenario ?? ''}`);
  return fresh === 0 ? shared : deriveSeed(shared, `${question.id}/${fresh}`);
}

/** Whether two questions are asked on the very same run. */
export function shareRun(session: SessionState, one: Question, other: Question): boolean {
  return (
    one.scenario !== undefined &&
    one.scenario === other.scenario &&
    seedOf(session, one) === seedOf(session, other)
  );
}

/** What happened to a session. Grading comes before: `mark` and `misconceptions` are its results. */
export type SessionEvent =
  | {
      readonly type: 'answered';
      readonly id: string;
      readonly answered: Answered;
      readonly mark: Mark;
      readonly misconceptions: readonly Diagnosis[];
    }
  | { readonly type: 'hint' | 'renewed'; readonly id: string }
  | { readonly type: 'rubric'; readonly id: string; readonly met: readonly boolean[] }
  | { readonly type: 'moved'; readonly index: number }
  | { readonly type: 'restarted' };

/** The session after an event. */
export function reduce(session: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'answered': {
      const before = stateOf(session, event.id);
      const tried = { ...before, tries: before.tries + 1, answered: event.answered, mark: event.mark };
      return { ...change(session, event.id, tried), met: counted(session.met, event.misconceptions) };
    }
    case 'hint': {
      const before = stateOf(session, event.id);
      return change(session, event.id, { ...before, hints: before.hints + 1 });
    }
    case 'renewed': {
      const before = stateOf(session, event.id);
      return change(session, event.id, { ...before, fresh: before.fresh + 1, answered: undefined });
    }
    case 'rubric': {
      const before = stateOf(session, event.id);
      if (before.answered === undefined) return session;
      return change(session, event.id, { ...before, answered: { ...before.answered, met: event.met } });
    }
    case 'moved':
      return { ...session, index: event.index };
    case 'restarted':
      return { ...newSession(session.seed), round: session.round + 1 };
  }
}

function change(session: SessionState, id: string, state: QuestionState): SessionState {
  return { ...session, questions: { ...session.questions, [id]: state } };
}

/** One mark a question, in order. */
export function marksOf(session: SessionState, pack: Pack): Mark[] {
  return pack.questions.map(({ id }) => stateOf(session, id).mark);
}

/** Whether a question takes no answer on these numbers: it has one, it was left open for good, or the exam is over. */
export function isSettled(session: SessionState, id: string): boolean {
  return stateOf(session, id).answered !== undefined || isClosed(session, id) || isOver(session.sitting);
}

/** Whether an exam left a question open for good. */
export function isClosed({ sitting }: SessionState, id: string): boolean {
  return sitting?.closed.includes(id) === true;
}

/** Whether an exam is under way. */
export function isInExam({ sitting }: SessionState): boolean {
  return sitting?.mode === 'exam' && !isOver(sitting);
}

/** Whether the learner may see what is right. */
export function isTold(session: SessionState, id: string): boolean {
  return isSettled(session, id) && !isSealed(session.sitting);
}

const MARKS: readonly Mark[] = ['right', 'wrong', 'self', 'open', 'given'];

/**
 * Reads a session from JSON.
 *
 * @returns undefined when it is not one; questions the pack no longer has are dropped
 */
export function parseSession(value: unknown, pack: Pack): SessionState | undefined {
  if (!isRecord(value)) return undefined;
  const { seed, round, index, questions, met } = value;
  if (!isCount(seed) || !isCount(round) || !isCount(index) || !isRecord(questions) || !isRecord(met))
    return undefined;
  const kept = pack.questions.flatMap(({ id }) => {
    const state = Object.hasOwn(questions, id) ? parseQuestion(questions[id]) : undefined;
    return state === undefined ? [] : [[id, state] as const];
  });
  const sitting = parseSitting(value['sitting']);
  return {
    seed: seed >>> 0,
    round,
    index: Math.min(index, pack.questions.length),
    questions: Object.fromEntries(kept),
    met: Object.fromEntries(
      Object.entries(met).filter((entry): entry is [string, number] => isCount(entry[1])),
    ),
    ...(sitting && { sitting }),
  };
}

function parseQuestion(value: unknown): QuestionState | undefined {
  if (!isRecord(value)) return undefined;
  const { fresh, tries, hints } = value;
  const mark = MARKS.find((known) => known === value['mark']);
  if (!isCount(fresh) || !isCount(tries) || !isCount(hints) || mark === undefined) return undefined;
  return { fresh, tries, hints, mark, answered: parseAnswered(value['answered']) };
}

function parseAnswered(value: unknown): Answered | undefined {
  if (!isRecord(value) || !isRecord(value['given'])) return undefined;
  const how = HOWS.find((known) => known === value['how']);
  if (how === undefined) return undefined;
  const given = Object.entries(value['given']).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const met = Array.isArray(value['met']) ? value['met'].map((point) => point === true) : undefined;
  const at = isCount(value['at']) ? { at: value['at'] } : {};
  return { given: Object.fromEntries(given), how, ...(met && { met }), ...at };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
