// Which question exercises which skill, found by asking each once.

import { deriveSeed } from './chance.ts';
import type { Pack, Question } from './pack.ts';
import { type Posed, pose } from './posed.ts';
import { play, type Run } from './run.ts';
import { type SkillId, skillsOfQuestion, spoiltIn } from './skills.ts';

/** A question with what it exercises. */
export interface IndexedQuestion {
  readonly pack: Pack;
  readonly question: Question;
  readonly skills: readonly SkillId[];
  /** Whether its numbers are drawn anew each time. */
  readonly varies: boolean;
  /** On one set of numbers; what decides is the same on all. */
  readonly posed: Posed;
}

/** Names the numbers of a run: equal for equal numbers. */
export function numbersOf({ scenario, plan }: Run): number {
  return deriveSeed(0, JSON.stringify(scenario === undefined ? plan.id : [scenario.iss, scenario.script]));
}

/** Any two seeds do: they only tell whether the numbers change. */
const SEEDS = [1, 2] as const;

function indexed(pack: Pack, question: Question): readonly IndexedQuestion[] {
  const plan = pack.scenarios[question.scenario ?? ''];
  if (plan === undefined || question.asks.length === 0) return [];
  const [run, other] = SEEDS.map((seed) => play(plan, seed));
  if (run === undefined || other === undefined) return [];
  const result = pose(question, run);
  if (!result.ok) return [];
  const varies = numbersOf(run) !== numbersOf(other);
  return [{ pack, question, skills: skillsOfQuestion(result.value), varies, posed: result.value }];
}

const known = new WeakMap<Pack, readonly IndexedQuestion[]>();

/** The questions of a pack that can be graded. Found once for every pack. */
export function indexOf(pack: Pack): readonly IndexedQuestion[] {
  const found = known.get(pack) ?? pack.questions.flatMap((question) => indexed(pack, question));
  known.set(pack, found);
  return found;
}

const spoilt = new WeakMap<IndexedQuestion, Map<string, readonly SkillId[]>>();

/** What a misconception spoils of a question. Found once for every pair. */
export function spoiltBy(misconception: string, question: IndexedQuestion): readonly SkillId[] {
  const own = spoilt.get(question) ?? new Map<string, readonly SkillId[]>();
  spoilt.set(question, own);
  const found = own.get(misconception) ?? spoiltIn(question.posed, misconception);
  own.set(misconception, found);
  return found;
}

/** The skills whose answers a misconception changes, in any question of these packs. */
export function spoilsIn(packs: readonly Pack[]): (misconception: string) => ReadonlySet<SkillId> {
  const all = packs.flatMap(indexOf);
  return (misconception) => new Set(all.flatMap((question) => spoiltBy(misconception, question)));
}
