// Which question exercises which skill, found by asking each once.

import { deriveSeed } from './chance.ts';
import type { Pack, Question, ScenarioPlan } from './pack.ts';
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

interface Played {
  readonly run: Run;
  readonly varies: boolean;
}

const played = new WeakMap<ScenarioPlan, Played>();

/** Plays a plan once for all of its questions. */
function playOnce(plan: ScenarioPlan): Played {
  const known = played.get(plan);
  if (known !== undefined) return known;
  const [seed, other] = SEEDS;
  const run = play(plan, seed);
  const varies = plan.kind !== 'capture' && numbersOf(run) !== numbersOf(play(plan, other));
  played.set(plan, { run, varies });
  return { run, varies };
}

function indexed(pack: Pack, question: Question): IndexedQuestion | undefined {
  const plan = pack.scenarios[question.scenario ?? ''];
  if (plan === undefined || question.asks.length === 0) return undefined;
  const { run, varies } = playOnce(plan);
  const posed = pose(question, run);
  if (!posed.ok) return undefined;
  return { pack, question, skills: skillsOfQuestion(posed.value), varies, posed: posed.value };
}

const known = new WeakMap<Question, { readonly entry: IndexedQuestion | undefined }>();

function entryOf(pack: Pack, question: Question): IndexedQuestion | undefined {
  const found = known.get(question) ?? { entry: indexed(pack, question) };
  known.set(question, found);
  return found.entry;
}

/** The questions of a pack that can be graded. Found once for every question. */
export function indexOf(pack: Pack): readonly IndexedQuestion[] {
  return pack.questions.map((question) => entryOf(pack, question)).filter((entry) => entry !== undefined);
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

/** Finds, in pieces with pauses between them, what the schedule asks of these packs after these misconceptions. */
export async function indexInPieces(
  packs: readonly Pack[],
  misconceptions: readonly string[],
  pause: () => Promise<void> | undefined,
): Promise<void> {
  for (const pack of packs) {
    for (const question of pack.questions) {
      const entry = entryOf(pack, question);
      await pause();
      if (entry === undefined) continue;
      for (const id of misconceptions) {
        spoiltBy(id, entry);
        await pause();
      }
    }
  }
}

/** The skills whose answers a misconception changes, in any question of these packs. */
export function spoilsIn(packs: readonly Pack[]): (misconception: string) => ReadonlySet<SkillId> {
  return (misconception) =>
    new Set(packs.flatMap(indexOf).flatMap((question) => spoiltBy(misconception, question)));
}
