// A lesson of what is due: for each due skill a question that exercises it, from any pack, on numbers never used.

import { deriveSeed } from './chance.ts';
import { type Lesson, openLesson } from './lesson.ts';
import type { Pack, Question, ScenarioPlan } from './pack.ts';
import { placeQuestion } from './place-question.ts';
import { type IndexedQuestion, indexOf, numbersOf, spoiltBy } from './question-index.ts';
import { type Cards, cardsOf, type DueSkill } from './schedule.ts';
import { newSession } from './session.ts';
import type { SkillId } from './skills.ts';
import type { Study } from './study.ts';

/** A question to review, by the ids of its pack and itself. */
export interface Pick {
  readonly pack: string;
  readonly question: string;
}

export interface ReviewPlan {
  readonly picks: readonly Pick[];
  /** Decides the numbers of all of them. */
  readonly seed: number;
}

/** The pack that holds a review. Packs of files cannot have this id. */
export const REVIEW_PACK = 'review:due';
/** Id of the pack that an interview is: its questions are named in the same way. */
export const INTERVIEW_PACK = 'interview:drill';

/** Questions of one sitting: about ten minutes. */
export const MOST_QUESTIONS = 12;

/** The pack and question that a question of a lesson is; in a review or an interview they come from other packs. */
export function originOf(pack: Pack, { id }: Question): Pick {
  if (pack.id !== REVIEW_PACK && pack.id !== INTERVIEW_PACK) return { pack: pack.id, question: id };
  const slash = id.indexOf('/');
  return { pack: id.slice(0, slash), question: id.slice(slash + 1) };
}

const nameOf = ({ pack, question }: Pick) => `${pack}/${question}`;
const pickOf = ({ pack, question }: IndexedQuestion): Pick => ({ pack: pack.id, question: question.id });

/** Numbers that each question was asked on before, by its name. */
function usedNumbers({ reviews }: Study): ReadonlyMap<string, ReadonlySet<number>> {
  const used = new Map<string, Set<number>>();
  for (const review of reviews) {
    const numbers = used.get(nameOf(review)) ?? new Set();
    used.set(nameOf(review), numbers.add(review.numbers));
  }
  return used;
}

interface Wanted {
  readonly due: DueSkill;
  readonly uncovered: ReadonlySet<SkillId>;
  readonly cards: Cards;
  readonly used: ReadonlyMap<string, ReadonlySet<number>>;
  readonly seed: number;
}

/** How well a question serves a due skill, as numbers compared in order; higher is better. */
function worth(candidate: IndexedQuestion, { due, uncovered, cards, used, seed }: Wanted): readonly number[] {
  const name = nameOf(pickOf(candidate));
  const tells = due.suspects.some((id) => spoiltBy(id, candidate).includes(due.skill));
  return [
    Number(tells),
    // What was never asked is for its own pack to teach.
    -candidate.skills.filter((skill) => !cards.has(skill)).length,
    candidate.skills.filter((skill) => uncovered.has(skill)).length,
    -(used.get(name)?.size ?? 0),
    deriveSeed(seed, name),
  ];
}

function best(candidates: readonly IndexedQuestion[], wanted: Wanted): IndexedQuestion | undefined {
  const ranked = candidates.map((candidate) => ({ candidate, worth: worth(candidate, wanted) }));
  ranked.sort((one, other) => {
    const place = one.worth.findIndex((value, index) => value !== other.worth[index]);
    return (other.worth[place] ?? 0) - (one.worth[place] ?? 0);
  });
  return ranked[0]?.candidate;
}

/**
 * Chooses the questions of a review.
 *
 * @param due - in order of urgency; a skill that no question of the packs exercises is left out
 * @param seed - decides between equals, and the numbers
 * @returns undefined when there is nothing to ask
 */
export function planReview(
  packs: readonly Pack[],
  due: readonly DueSkill[],
  study: Study,
  seed: number,
): ReviewPlan | undefined {
  const used = usedNumbers(study);
  const cards = cardsOf(study);
  const questions = packs
    .flatMap(indexOf)
    .filter((candidate) => candidate.varies || !used.has(nameOf(pickOf(candidate))));
  const uncovered = new Set(due.map(({ skill }) => skill));
  const picked = new Set<IndexedQuestion>();
  for (const each of due) {
    if (picked.size >= MOST_QUESTIONS) break;
    if (!uncovered.has(each.skill)) continue;
    const able = questions.filter(
      (candidate) => !picked.has(candidate) && candidate.skills.includes(each.skill),
    );
    const chosen = best(able, { due: each, uncovered, cards, used, seed });
    uncovered.delete(each.skill);
    if (chosen === undefined) continue;
    picked.add(chosen);
    for (const skill of chosen.skills) uncovered.delete(skill);
  }
  return picked.size === 0 ? undefined : planOf(packs, [...picked].map(pickOf), study, seed);
}

/** A review of these very questions, on numbers they were never asked on. */
export function planOf(
  packs: readonly Pack[],
  picks: readonly Pick[],
  study: Study,
  seed: number,
): ReviewPlan {
  return { picks, seed: freshSeed(packs, picks, usedNumbers(study), seed) };
}

/** A seed that gives none of these questions numbers it was asked on before. */
function freshSeed(
  packs: readonly Pack[],
  picks: readonly Pick[],
  used: ReadonlyMap<string, ReadonlySet<number>>,
  seed: number,
): number {
  const pack = reviewPack(packs, picks);
  for (let draw = 0; ; draw += 1) {
    const drawn = draw === 0 ? seed >>> 0 : deriveSeed(seed, `review/${draw}`);
    const session = newSession(drawn);
    const isUsed = pack.questions.some((question) => {
      const { run } = placeQuestion(pack, session, question);
      return run !== undefined && (used.get(question.id)?.has(numbersOf(run)) ?? false);
    });
    if (!isUsed || draw >= MOST_DRAWS) return drawn;
  }
}

/** Numbers come from billions: a second draw is rare, and a hundredth means that a pack leaves hardly any choice. */
const MOST_DRAWS = 100;

/** The pack of a review; picks whose pack or question is gone are left out. */
export function reviewPack(packs: readonly Pack[], picks: readonly Pick[]): Pack {
  const found = picks.flatMap((pick) => {
    const pack = packs.find(({ id }) => id === pick.pack);
    const question = pack?.questions.find(({ id }) => id === pick.question);
    const plan = pack?.scenarios[question?.scenario ?? ''];
    return question === undefined || plan === undefined ? [] : [{ id: nameOf(pick), question, plan }];
  });
  return {
    id: REVIEW_PACK,
    version: '1',
    title: { en: 'Review', 'zh-CN': '复习' },
    summary: undefined,
    license: undefined,
    // A run of its own for each question: none can give another's answer away.
    scenarios: Object.fromEntries(found.map(({ id, plan }): [string, ScenarioPlan] => [id, plan])),
    sections: [],
    questions: found.map(
      ({ id, question }): Question => ({ ...question, id, scenario: id, section: undefined, replaces: [] }),
    ),
  };
}

/** Opens a review, where it was left if `saved` is of this one. */
export function openReview(packs: readonly Pack[], { picks, seed }: ReviewPlan, saved?: unknown): Lesson {
  return openLesson(reviewPack(packs, picks), seed, saved);
}
