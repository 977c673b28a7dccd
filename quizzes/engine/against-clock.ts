// What a drill or an exam forbids, what the passing of time does to it, and how an exam ends.

import type { Diagnosis } from './diagnose.ts';
import { grade } from './grade.ts';
import type { Deed } from './lesson-action.ts';
import { counted } from './met.ts';
import type { Pack, Question } from './pack.ts';
import { placeQuestion } from './place-question.ts';
import { isSettled, type QuestionState, reduce, type SessionState, stateOf } from './session.ts';
import { deadlineOf, isOver, isSealed, type Sitting, startClock, stopClock } from './sitting.ts';
import type { Mark } from './view.ts';

/** Of an exam: before its end, with feedback withheld or given; after it. */
const EXAM_ALLOWS = {
  sealed: ['answer', 'go', 'tick', 'hand-in'],
  open: ['answer', 'go', 'tick', 'hand-in', 'mark', 'compare'],
  over: ['go', 'mark', 'compare', 'restart'],
} as const satisfies Record<string, readonly Deed[]>;

/** Whether something can be done at all in this run now. */
export function allows({ sitting }: SessionState, deed: Deed): boolean {
  if (sitting?.mode !== 'exam') return deed !== 'hand-in' && (sitting !== undefined || !isOfClock(deed));
  const phase = isOver(sitting) ? 'over' : isSealed(sitting) ? 'sealed' : 'open';
  const allowed: readonly Deed[] = EXAM_ALLOWS[phase];
  return allowed.includes(deed);
}

function isOfClock(deed: Deed): boolean {
  return deed === 'tick' || deed === 'pause' || deed === 'resume';
}

/** Ends whatever the time is up for: the exam, or the question of a drill. The very same session before that. */
export function expire(pack: Pack, session: SessionState, at: number): SessionState {
  const { sitting } = session;
  if (sitting === undefined) return session;
  const question = pack.questions[session.index];
  const deadline = deadlineOf(sitting, question, isOnScreenSettled(session, question));
  if (deadline === undefined || at < deadline) return session;
  if (sitting.mode === 'exam') return endExam(pack, session, deadline, 'time');
  if (question === undefined) return session;
  const late = reduce(session, {
    type: 'answered',
    id: question.id,
    answered: { given: {}, how: 'late', at: deadline },
    mark: 'wrong',
    misconceptions: [],
  });
  return { ...late, sitting: stopClock(sitting, question.id, deadline) };
}

function isOnScreenSettled(session: SessionState, question: Question | undefined): boolean {
  return question === undefined || isSettled(session, question.id);
}

/** Stops the clock of a drill's question on screen. */
export function pause(pack: Pack, session: SessionState, at: number): SessionState {
  const question = pack.questions[session.index];
  const { sitting } = session;
  return sitting === undefined || question === undefined
    ? session
    : { ...session, sitting: stopClock(sitting, question.id, at) };
}

/** Lets the clock of a drill run while an open question is on screen, and stand otherwise. */
export function keepTime(pack: Pack, session: SessionState, at: number): SessionState {
  const { sitting } = session;
  if (sitting?.mode !== 'drill') return session;
  const question = pack.questions[session.index];
  if (question === undefined || isSettled(session, question.id)) {
    return question === undefined ? { ...session, sitting: stopped(sitting) } : pause(pack, session, at);
  }
  return { ...session, sitting: startClock(sitting, at) };
}

function stopped(sitting: Sitting): Sitting {
  return { ...sitting, since: undefined };
}

/** Takes no more answers and says how it went. */
export function endExam(
  pack: Pack,
  session: SessionState,
  at: number,
  why: 'handed-in' | 'time',
): SessionState {
  const { sitting } = session;
  if (sitting === undefined || isOver(sitting)) return session;
  const graded = pack.questions.flatMap((question) => {
    const state = stateOf(session, question.id);
    return state.answered === undefined
      ? []
      : [{ question, state, ...outcomeOf(pack, session, question, state) }];
  });
  const told = isSealed(sitting) ? graded.map(({ misconceptions }) => misconceptions) : [];
  return {
    ...session,
    questions: {
      ...session.questions,
      ...Object.fromEntries(graded.map(({ question, state, mark }) => [question.id, { ...state, mark }])),
    },
    met: told.reduce(counted, session.met),
    index: pack.questions.length,
    sitting: { ...sitting, ended: { at, why } },
  };
}

function outcomeOf(
  pack: Pack,
  session: SessionState,
  question: Question,
  { answered }: QuestionState,
): { readonly mark: Mark; readonly misconceptions: readonly Diagnosis[] } {
  if (answered?.how === 'self') return { mark: 'self', misconceptions: [] };
  const { posed } = placeQuestion(pack, session, question);
  const graded = posed && answered && grade(posed, answered.given);
  if (graded === undefined || !graded.ok) return { mark: 'wrong', misconceptions: [] };
  const right = graded.value.judged.every(({ correct }) => correct);
  return { mark: right ? 'right' : 'wrong', misconceptions: graded.value.misconceptions };
}
