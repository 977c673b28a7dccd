// A drill or an exam beside its questions: the clock, the order, and whether feedback is withheld. Pure; the host
// says what time it is.

import { isRecord } from '../../core/record.ts';
import { deriveSeed } from './chance.ts';
import type { ExamSettings, Pack, Question } from './pack.ts';
import type { ClockView } from './view.ts';

export const MODES = ['practice', 'drill', 'exam'] as const;
/** How a pack is worked through: at leisure, against the clock, or once and without feedback. */
export type Mode = (typeof MODES)[number];

/** What was settled when a drill or an exam began. Times are milliseconds, moments milliseconds since the epoch. */
export interface Sitting {
  readonly mode: Exclude<Mode, 'practice'>;
  readonly begun: number;
  /** For the whole exam; undefined when it has no limit, and in a drill, where each question has its own. */
  readonly limit: number | undefined;
  /** Whether the learner's seed decides the order of questions. */
  readonly shuffled: boolean;
  /** Whether nothing is told before the end. */
  readonly withholds: boolean;
  /** Drill: by how much each question's time is stretched; 1 leaves it as it is. */
  readonly pace: number;
  /** Drill: time used up on a question's present numbers, by id. */
  readonly spent: Readonly<Record<string, number>>;
  /** Drill: since when the clock of the question on screen runs; undefined while it stands. */
  readonly since: number | undefined;
  /** Exam: ids of questions left open for good, since a later one's picture has shown their answers. */
  readonly closed: readonly string[];
  /** Exam: when it was over, and why. */
  readonly ended: { readonly at: number; readonly why: 'handed-in' | 'time' } | undefined;
}

/** How a run is begun that is no practice. */
export interface Beginning {
  readonly mode: Sitting['mode'];
  /** Now, in milliseconds since the epoch. */
  readonly at: number;
  /** Drill: stretches every question's time; 1 when absent. */
  readonly pace?: number;
}

const SILENT_EXAM: ExamSettings = {
  timeLimit: undefined,
  shuffle: false,
  feedback: 'at end',
  pass: undefined,
};

/** A drill or an exam that begins now, by the settings of its pack. */
export function newSitting({ exam = SILENT_EXAM }: Pack, { mode, at, pace = 1 }: Beginning): Sitting {
  const isExam = mode === 'exam';
  return {
    mode,
    begun: at,
    limit: isExam ? exam.timeLimit : undefined,
    shuffled: isExam && exam.shuffle,
    withholds: isExam && exam.feedback === 'at end',
    pace,
    spent: {},
    since: isExam ? undefined : at,
    closed: [],
    ended: undefined,
  };
}

/**
 * The questions in the order that this seed and round give them; those on one scenario stay in the order of the pack
 * among themselves: there a later one shows, in symbols, what an earlier one asks.
 */
export function shuffled(questions: readonly Question[], seed: number, round: number): readonly Question[] {
  const keyed = questions.map(
    (question) => [deriveSeed(seed, `order/${round}/${question.id}`), question] as const,
  );
  const drawn = keyed
    .sort(([one, first], [other, second]) => one - other || (first.id < second.id ? -1 : 1))
    .map(([, question]) => question);
  const onScenario = new Map<string, Question[]>();
  for (const question of questions) {
    if (question.scenario === undefined) continue;
    onScenario.set(question.scenario, [...(onScenario.get(question.scenario) ?? []), question]);
  }
  return drawn.map((question) => onScenario.get(question.scenario ?? '')?.shift() ?? question);
}

/** Milliseconds for a question of a drill, by its difficulty. */
const DRILL_TIME = { 1: 60_000, 2: 90_000, 3: 120_000 } as const satisfies Record<
  Question['difficulty'],
  number
>;

/** Milliseconds that a drill gives a question; more for hard ones, if its author does not say. */
function timeFor({ difficulty, time }: Question, pace: number): number {
  return Math.round((time ?? DRILL_TIME[difficulty]) * pace);
}

/** Whether what is right must not be told now. */
export function isSealed(sitting: Sitting | undefined): boolean {
  return sitting?.withholds === true && sitting.ended === undefined;
}

/** Whether the run takes no more answers. */
export function isOver(sitting: Sitting | undefined): boolean {
  return sitting?.ended !== undefined;
}

/** The clock to show with a question; `question` is the one on screen, if any. */
export function clockOf(
  sitting: Sitting,
  question: Question | undefined,
  answered: boolean,
): ClockView | undefined {
  const { begun, limit, ended, pace, since } = sitting;
  if (sitting.mode === 'exam') {
    if (limit === undefined) return undefined;
    return ended === undefined
      ? { state: 'running', until: begun + limit, limit }
      : { state: 'stopped', left: Math.max(0, begun + limit - ended.at), limit };
  }
  if (question === undefined) return undefined;
  const whole = timeFor(question, pace);
  const left = Math.max(0, whole - spentOn(sitting, question.id));
  if (answered) return { state: 'stopped', left, limit: whole };
  return since === undefined
    ? { state: 'paused', left, limit: whole }
    : { state: 'running', until: since + left, limit: whole };
}

/** The moment at which the time for what is on screen is up; undefined while no clock runs. */
export function deadlineOf(
  sitting: Sitting,
  question: Question | undefined,
  answered: boolean,
): number | undefined {
  const clock = clockOf(sitting, question, answered);
  return clock?.state === 'running' ? clock.until : undefined;
}

function spentOn({ spent }: Sitting, id: string): number {
  return Object.hasOwn(spent, id) ? (spent[id] ?? 0) : 0;
}

/** Stops a drill's clock and remembers what the question has used up; never less than before. */
export function stopClock(sitting: Sitting, id: string, at: number): Sitting {
  if (sitting.since === undefined) return sitting;
  const used = spentOn(sitting, id) + Math.max(0, at - sitting.since);
  return { ...sitting, since: undefined, spent: { ...sitting.spent, [id]: used } };
}

/** Starts a drill's clock. */
export function startClock(sitting: Sitting, at: number): Sitting {
  return sitting.mode === 'drill' && sitting.since === undefined ? { ...sitting, since: at } : sitting;
}

/** Leaves questions of an exam open for good. */
export function close(sitting: Sitting, ids: readonly string[]): Sitting {
  return { ...sitting, closed: [...sitting.closed, ...ids] };
}

/** Gives a question its whole time again. */
export function renewTime(sitting: Sitting, id: string): Sitting {
  const { [id]: _, ...spent } = sitting.spent;
  return { ...sitting, spent };
}

/**
 * Reads a sitting from JSON; a drill's clock stands, because nobody knows since when nobody looked.
 *
 * @returns undefined when it is none
 */
export function parseSitting(value: unknown): Sitting | undefined {
  if (!isRecord(value)) return undefined;
  const { begun, limit, pace, spent, closed, ended } = value;
  const mode = (['drill', 'exam'] as const).find((known) => known === value['mode']);
  if (mode === undefined || !isMoment(begun) || !isRecord(spent)) return undefined;
  return {
    mode,
    begun,
    limit: isMoment(limit) ? limit : undefined,
    shuffled: value['shuffled'] === true,
    withholds: value['withholds'] === true,
    pace: typeof pace === 'number' && pace > 0 ? pace : 1,
    spent: Object.fromEntries(
      Object.entries(spent).filter((entry): entry is [string, number] => isMoment(entry[1])),
    ),
    since: undefined,
    closed: Array.isArray(closed) ? closed.filter((id) => typeof id === 'string') : [],
    ended: parseEnd(ended),
  };
}

function parseEnd(value: unknown): Sitting['ended'] {
  if (!isRecord(value) || !isMoment(value['at'])) return undefined;
  return { at: value['at'], why: value['why'] === 'time' ? 'time' : 'handed-in' };
}

function isMoment(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
