// What a learner's answers have shown of their skills: a log of answers, and what older ones were folded into.
// Everything that schedule.ts says follows from it. Pure and serialisable.

import { isRecord } from '../../core/record.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { isSkill } from './skills.ts';

/** How well an answer showed a skill. */
export const SKILL_GRADES = ['again', 'hard', 'good'] as const;
export type SkillGrade = (typeof SKILL_GRADES)[number];

/** One answer, as evidence. */
export interface Review {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Days since the epoch where the learner was. */
  readonly day: number;
  readonly pack: string;
  readonly question: string;
  /** Names the numbers it was asked on; see `numbersOf` in question-index.ts. */
  readonly numbers: number;
  /** By skill. */
  readonly grades: Readonly<Record<string, SkillGrade>>;
  /** Ids of those the answer showed. */
  readonly misconceptions: readonly string[];
}

/** What FSRS remembers of a skill, after the review at `at`. */
export interface Card {
  /** Days until recall falls to 90 %. */
  readonly stability: number;
  /** From 1 to 10. */
  readonly difficulty: number;
  readonly at: number;
  readonly day: number;
  readonly reviews: number;
  readonly lapses: number;
}

/** How often a misconception was met, and when last. */
export interface Met {
  readonly times: number;
  readonly at: number;
  readonly day: number;
}

export interface DayCount {
  readonly answered: number;
  readonly right: number;
}

/** A learner's study, version 1. */
export interface Study {
  readonly kind: 'handshake-study';
  readonly version: 1;
  /** Answers up to then are forgotten, wherever they are still kept. Milliseconds since the epoch. */
  readonly since: number;
  /** By skill: as it stood when older answers were folded. An answer not later than its card says nothing new. */
  readonly cards: Readonly<Record<string, Card>>;
  /** By misconception, likewise. */
  readonly met: Readonly<Record<string, Met>>;
  /** By day, of days whose answers were folded. */
  readonly days: Readonly<Record<string, DayCount>>;
  /** Oldest first. */
  readonly reviews: readonly Review[];
}

export const NO_STUDY: Study = {
  kind: 'handshake-study',
  version: 1,
  since: 0,
  cards: {},
  met: {},
  days: {},
  reviews: [],
};

function keyOf({ at, pack, question, numbers }: Review): string {
  return `${at}/${pack}/${question}/${numbers}`;
}

function inOrder(reviews: Iterable<Review>): readonly Review[] {
  return [...reviews].sort((one, other) => one.at - other.at || (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** The study with one more answer; the same answer again changes nothing. */
export function withReview(study: Study, review: Review): Study {
  return mergeStudies(study, { ...NO_STUDY, reviews: [review] });
}

function merged<T>(
  one: Readonly<Record<string, T>>,
  other: Readonly<Record<string, T>>,
  choose: (a: T, b: T) => T,
): Readonly<Record<string, T>> {
  const both = Object.entries(other).map(([key, value]) => {
    const own = Object.hasOwn(one, key) ? one[key] : undefined;
    return [key, own === undefined ? value : choose(own, value)] as const;
  });
  return { ...one, ...Object.fromEntries(both) };
}

/** Two accounts of one answer are never given; if they are, either side of a merge has to choose the same. */
function greater(one: Review, other: Review): Review {
  return JSON.stringify(other) > JSON.stringify(one) ? other : one;
}

function later<T extends { readonly at: number }>(a: T, b: T): T {
  return b.at > a.at ? b : a;
}

function fuller(a: DayCount, b: DayCount): DayCount {
  return b.answered > a.answered ? b : a;
}

/** Two studies of one learner as one: every answer of either, once. Order and repetition make no difference. */
export function mergeStudies(one: Study, other: Study): Study {
  const reviews = new Map<string, Review>();
  for (const review of [...one.reviews, ...other.reviews]) {
    const known = reviews.get(keyOf(review));
    reviews.set(keyOf(review), known === undefined ? review : greater(known, review));
  }
  return withoutForgotten({
    ...NO_STUDY,
    since: Math.max(one.since, other.since),
    cards: merged(one.cards, other.cards, later),
    met: merged(one.met, other.met, later),
    days: merged(one.days, other.days, fuller),
    reviews: inOrder(reviews.values()),
  });
}

const DAY = 86_400_000;

function withoutForgotten(study: Study): Study {
  const { since, cards, met, days, reviews } = study;
  if (since === 0) return study;
  const after = <T>(all: Readonly<Record<string, T>>, atOf: (value: T, key: string) => number) =>
    Object.fromEntries(Object.entries(all).filter(([key, value]) => atOf(value, key) > since));
  return {
    ...study,
    cards: after(cards, ({ at }) => at),
    met: after(met, ({ at }) => at),
    days: after(days, (_, day) => Number(day) * DAY),
    reviews: reviews.filter(({ at }) => at > since),
  };
}

/** Whether anything was ever answered. */
export function hasAnswers({ reviews, cards }: Study): boolean {
  return reviews.length > 0 || Object.keys(cards).length > 0;
}

/** Answers by day, folded or not. */
export function dayCounts({ days, reviews }: Study): ReadonlyMap<number, DayCount> {
  const counts = new Map<number, DayCount>();
  for (const { day, grades } of reviews) {
    const { answered, right } = counts.get(day) ?? { answered: 0, right: 0 };
    const isRight = !Object.values(grades).includes('again');
    counts.set(day, { answered: answered + 1, right: right + Number(isRight) });
  }
  for (const [day, count] of Object.entries(days)) {
    const known = counts.get(Number(day));
    counts.set(Number(day), known === undefined ? count : fuller(known, count));
  }
  return counts;
}

/** Misconceptions met, folded or not. */
export function misconceptionsMet({ met, reviews }: Study): ReadonlyMap<string, Met> {
  const all = new Map(Object.entries(met));
  for (const { at, day, misconceptions } of reviews) {
    for (const id of misconceptions) {
      const known = all.get(id);
      if (known !== undefined && at <= known.at && Object.hasOwn(met, id)) continue;
      all.set(id, { times: (known?.times ?? 0) + 1, at, day });
    }
  }
  return all;
}

/** Why a text is no study. */
export type StudyProblem =
  | { readonly code: 'not-json'; readonly found: string }
  | { readonly code: 'not-study' }
  | { readonly code: 'unknown-version'; readonly found: string };

/** Reads a study file. Never throws; entries that cannot be read are left out. */
export function readStudy(text: string): Result<Study, StudyProblem> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail({ code: 'not-json', found: error instanceof Error ? error.message : String(error) });
  }
  if (!isRecord(value) || value['kind'] !== 'handshake-study') return fail({ code: 'not-study' });
  if (value['version'] !== 1) return fail({ code: 'unknown-version', found: String(value['version']) });
  return ok(parseStudy(value));
}

/** Reads what storage holds; what it cannot read counts as not done. Never throws. */
export function parseStudy(value: unknown): Study {
  if (!isRecord(value) || value['kind'] !== 'handshake-study' || value['version'] !== 1) return NO_STUDY;
  const { since, cards, met, days, reviews } = value;
  return {
    ...NO_STUDY,
    since: isCount(since) ? since : 0,
    cards: recordOf(cards, (card, skill) => (isSkill(skill) ? parseCard(card) : undefined)),
    met: recordOf(met, parseMet),
    days: recordOf(days, (count, day) => (/^\d{1,6}$/.test(day) ? parseCount(count) : undefined)),
    reviews: inOrder(
      (Array.isArray(reviews) ? reviews : []).map(parseReview).filter((review) => review !== undefined),
    ),
  };
}

function recordOf<T>(
  value: unknown,
  parse: (value: unknown, key: string) => T | undefined,
): Readonly<Record<string, T>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, raw]) => {
      const parsed = parse(raw, key);
      return parsed === undefined ? [] : [[key, parsed] as const];
    }),
  );
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isBetween(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value >= least && value <= most;
}

function parseCard(value: unknown): Card | undefined {
  if (!isRecord(value)) return undefined;
  const { stability, difficulty, at, day, reviews, lapses } = value;
  if (!isBetween(stability, 0.001, 36_500) || !isBetween(difficulty, 1, 10)) return undefined;
  if (!isCount(at) || !isCount(day) || !isCount(reviews) || !isCount(lapses)) return undefined;
  return { stability, difficulty, at, day, reviews, lapses };
}

function parseMet(value: unknown): Met | undefined {
  if (!isRecord(value)) return undefined;
  const { times, at, day } = value;
  return isCount(times) && isCount(at) && isCount(day) ? { times, at, day } : undefined;
}

function parseCount(value: unknown): DayCount | undefined {
  if (!isRecord(value)) return undefined;
  const { answered, right } = value;
  return isCount(answered) && isCount(right) ? { answered, right } : undefined;
}

function parseReview(value: unknown): Review | undefined {
  if (!isRecord(value) || !isRecord(value['grades'])) return undefined;
  const { at, day, pack, question, numbers, misconceptions } = value;
  if (!isCount(at) || !isCount(day) || !isCount(numbers)) return undefined;
  if (typeof pack !== 'string' || typeof question !== 'string' || !Array.isArray(misconceptions))
    return undefined;
  const grades = recordOf(value['grades'], (grade, skill) =>
    isSkill(skill) ? SKILL_GRADES.find((known) => known === grade) : undefined,
  );
  const ids = misconceptions.filter((id): id is string => typeof id === 'string');
  return { at, day, pack, question, numbers, grades, misconceptions: ids };
}
