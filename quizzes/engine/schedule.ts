// When each skill is to be asked again, by FSRS. Pure: `today` is an argument, in days since the epoch where the
// learner is, and nothing is drawn by chance, so equal studies give equal schedules.

import { FSRSAlgorithm, generatorParameters, Rating } from 'ts-fsrs';
import { isSkill, type SkillId } from './skills.ts';
import {
  type Card,
  dayCounts,
  type Met,
  misconceptionsMet,
  type Review,
  type SkillGrade,
  type Study,
} from './study.ts';

/** The recall that reviews are timed for, and that counts as knowing. */
export const GOAL_RECALL = 0.9;

/** A skill is known as well as it will be recalled so many days from now, without a review. */
export const HORIZON = 14;

/** Steps within a day are left out: a lesson is asked again on another day, or by the learner's own wish. */
const FSRS = new FSRSAlgorithm(
  generatorParameters({ request_retention: GOAL_RECALL, enable_fuzz: false, enable_short_term: false }),
);

const RATINGS = {
  again: Rating.Again,
  hard: Rating.Hard,
  good: Rating.Good,
} as const satisfies Record<SkillGrade, Rating>;

/** The card of a skill after an answer; undefined stands for a skill never met. */
export function reviewCard(
  card: Card | undefined,
  grade: SkillGrade,
  { at, day }: Pick<Review, 'at' | 'day'>,
): Card {
  const elapsed = card === undefined ? 0 : Math.max(0, day - card.day);
  const memory = FSRS.next_state(card ?? null, elapsed, RATINGS[grade]);
  return {
    stability: memory.stability,
    difficulty: memory.difficulty,
    at,
    day: Math.max(day, card?.day ?? day),
    reviews: (card?.reviews ?? 0) + 1,
    lapses: (card?.lapses ?? 0) + Number(grade === 'again'),
  };
}

export type Cards = ReadonlyMap<SkillId, Card>;

/** Every skill met, as it stands after all answers up to the end of `until`. */
export function cardsOf(study: Study, until = Number.POSITIVE_INFINITY): Cards {
  const cards = new Map<SkillId, Card>();
  for (const [skill, card] of Object.entries(study.cards)) {
    if (isSkill(skill) && card.day <= until) cards.set(skill, card);
  }
  for (const review of study.reviews) {
    if (review.day > until) break;
    for (const [skill, grade] of Object.entries(review.grades)) {
      if (!isSkill(skill)) continue;
      const card = cards.get(skill);
      if (card !== undefined && review.at <= card.at) continue; // folded already
      cards.set(skill, reviewCard(card, grade, review));
    }
  }
  return cards;
}

/** The day on which a skill is due. */
export function dueDay({ day, stability }: Card): number {
  return day + FSRS.next_interval(stability, 0);
}

/** The chance of a right answer on a day, from 0 to 1. */
export function recallOn({ day, stability }: Card, on: number): number {
  return FSRS.forgetting_curve(Math.max(0, on - day), stability);
}

/** How well a skill is known: the recall to be expected after {@link HORIZON} days without a review. */
export function masteryOf(card: Card, today: number): number {
  return recallOn(card, today + HORIZON);
}

/** The mean over skills; those never met count as not known. */
export function overallMastery(cards: Cards, skills: Iterable<SkillId>, today: number): number {
  const all = [...skills];
  const sum = all.reduce((total, skill) => {
    const card = cards.get(skill);
    return total + (card === undefined ? 0 : masteryOf(card, today));
  }, 0);
  return all.length === 0 ? 0 : sum / all.length;
}

/** A skill to be asked today: one that was asked before, since what was never learnt cannot be forgotten. */
export interface DueSkill {
  readonly skill: SkillId;
  readonly card: Card;
  /** Ids of misconceptions met since it was last shown to be known, which would spoil it. */
  readonly suspects: readonly string[];
}

/** The skills that a misconception spoils. */
export type Spoils = (misconception: string) => Iterable<SkillId>;

/** Skills met whose last answer is older than a misconception that would spoil them, with those misconceptions. */
function suspected(cards: Cards, met: ReadonlyMap<string, Met>, spoils: Spoils): Map<SkillId, string[]> {
  const found = new Map<SkillId, string[]>();
  for (const [id, { at }] of met) {
    for (const skill of spoils(id)) {
      const card = cards.get(skill);
      if (card !== undefined && card.at < at) found.set(skill, [...(found.get(skill) ?? []), id]);
    }
  }
  return found;
}

/** What is due today: suspected skills first, then by recall, the worst first. */
export function dueSkills(study: Study, today: number, spoils: Spoils): readonly DueSkill[] {
  const cards = cardsOf(study);
  const suspects = suspected(cards, misconceptionsMet(study), spoils);
  return [...cards]
    .filter(([skill, card]) => suspects.has(skill) || dueDay(card) <= today)
    .map(([skill, card]) => ({ skill, card, suspects: suspects.get(skill) ?? [] }))
    .sort(
      (one, other) =>
        Number(other.suspects.length > 0) - Number(one.suspects.length > 0) ||
        recallOn(one.card, today) - recallOn(other.card, today) ||
        (one.skill < other.skill ? -1 : 1),
    );
}

/**
 * The skills due, by the id of the pack in which each was answered last; those whose answers were folded, or never
 * given, are of no pack.
 */
export function dueByPack(
  { reviews }: Study,
  due: readonly DueSkill[],
): ReadonlyMap<string, readonly DueSkill[]> {
  const packOf = new Map(
    reviews.flatMap(({ pack, grades }) => Object.keys(grades).map((skill) => [skill, pack])),
  );
  const byPack = new Map<string, DueSkill[]>();
  for (const each of due) {
    const pack = packOf.get(each.skill);
    if (pack !== undefined) byPack.set(pack, [...(byPack.get(pack) ?? []), each]);
  }
  return byPack;
}

/** How many skills are due on each of the next `days` days, the first being today with all that is overdue. */
export function forecast(cards: Cards, today: number, days: number): readonly number[] {
  const counts = Array.from({ length: days }, () => 0);
  for (const card of cards.values()) {
    const place = Math.max(0, dueDay(card) - today);
    if (place < days) counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

/** A day as it was. */
export interface PastDay {
  readonly day: number;
  /** Mean recall of what had been met by then, at the end of the day; undefined before anything was. */
  readonly recall: number | undefined;
  readonly answered: number;
  readonly right: number;
}

/** The last `days` days, today last. */
export function history(study: Study, today: number, days: number): readonly PastDay[] {
  const counts = dayCounts(study);
  return Array.from({ length: days }, (_, place) => {
    const day = today - days + 1 + place;
    const cards = [...cardsOf(study, day).values()];
    const sum = cards.reduce((total, card) => total + recallOn(card, day), 0);
    const { answered = 0, right = 0 } = counts.get(day) ?? {};
    return { day, recall: cards.length === 0 ? undefined : sum / cards.length, answered, right };
  });
}

/** Days in a row with an answer, up to today; a day that is not over yet breaks nothing. */
export function streakOf(study: Study, today: number): number {
  const counts = dayCounts(study);
  let day = counts.has(today) ? today : today - 1;
  let streak = 0;
  for (; counts.has(day); day -= 1) streak += 1;
  return streak;
}

/** Answers kept one by one; of older days only what follows from them is kept. */
const KEPT = 3000;

/** The study without the answers of its oldest days when there are too many: what follows from them stays the same. */
export function compacted(study: Study, keep = KEPT): Study {
  if (study.reviews.length <= keep) return study;
  const first = study.reviews[study.reviews.length - Math.ceil(keep / 2)];
  return first === undefined ? study : foldedBefore(study, first.day);
}

/** All that follows from a study, without any single answer: small enough to follow the learner to other machines. */
export function summaryOf(study: Study): Study {
  const folded = foldedBefore(study, Number.POSITIVE_INFINITY);
  const recent = Object.entries(folded.days).slice(-SUMMARY_DAYS);
  return { ...folded, days: Object.fromEntries(recent) };
}

const SUMMARY_DAYS = 90;

function foldedBefore(study: Study, day: number): Study {
  const old = study.reviews.filter((review) => review.day < day);
  const before: Study = { ...study, reviews: old };
  return {
    ...study,
    cards: Object.fromEntries(cardsOf(before)),
    met: Object.fromEntries(misconceptionsMet(before)),
    days: Object.fromEntries([...dayCounts(before)].map(([each, count]) => [String(each), count])),
    reviews: study.reviews.filter((review) => review.day >= day),
  };
}
