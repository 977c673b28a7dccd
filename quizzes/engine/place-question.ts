// A question of a session on its numbers, and what may be seen of them now.

import { branch } from '../../core/timeline/branch.ts';
import type { Change } from '../../core/timeline/scenario.ts';
import type { Timeline } from '../../core/timeline/timeline.ts';
import { deriveSeed } from './chance.ts';
import { type Cut, findCut } from './cut.ts';
import type { Pack, Question, ScenarioPlan } from './pack.ts';
import { type Posed, pose } from './posed.ts';
import { play, type Run } from './run.ts';
import { isSettled, type SessionState, seedOf, shareRun } from './session.ts';
import {
  answersOnly,
  intersection,
  isWithin,
  seeAll,
  seenAfter,
  seenBefore,
  union,
  type Visibility,
} from './visibility.ts';

/** A question with its run; without a scenario there is neither. */
export interface Placed {
  readonly question: Question;
  readonly run: Run | undefined;
  /** What drew the numbers of the run. */
  readonly seed: number;
  readonly cut: Cut | undefined;
  /** Undefined for prose, and for a question that these numbers do not allow. */
  readonly posed: Posed | undefined;
}

/** Plays once for every plan and seed; only speed depends on it. */
const played = new WeakMap<ScenarioPlan, Map<number, Run>>();
const KEPT = 8;

function playOnce(plan: ScenarioPlan, seed: number): Run {
  const runs = played.get(plan) ?? new Map<number, Run>();
  played.set(plan, runs);
  const known = runs.get(seed);
  if (known !== undefined) return known;
  if (runs.size >= KEPT) runs.clear();
  const run = play(plan, seed);
  runs.set(seed, run);
  return run;
}

/**
 * The run with one thing changed, and how far it is seen: a lost segment as it leaves, anything else as it happens.
 * Undefined where the run has no such place.
 */
export function changedRun(
  { plan, scenario }: Run,
  change: Change,
): { readonly run: Run; readonly cut: Cut } | undefined {
  const made = scenario && branch(scenario, change);
  if (made === undefined || !made.ok) return undefined;
  const { changed, firstDifference: parts = -1, scenario: after } = made.value;
  const leaves = 'transmission' in change ? changed.transmissions[change.transmission]?.sentIn : undefined;
  return {
    run: { plan, scenario: after, timeline: changed },
    cut: { step: leaves ?? parts, shows: 'outcome' },
  };
}

/** Numbers that do not allow a question are drawn again, so often. */
const DRAWS = 8;

/** Finds a question's numbers, moment and answers. */
export function placeQuestion(pack: Pack, session: SessionState, question: Question): Placed {
  const plan = question.scenario === undefined ? undefined : pack.scenarios[question.scenario];
  const seed = seedOf(session, question);
  if (plan === undefined) return { question, run: undefined, seed, cut: undefined, posed: undefined };
  const first = playOnce(plan, seed);
  const changed = question.whatIf && changedRun(first, question.whatIf);
  if (changed !== undefined) return { question, ...changed, seed, posed: undefined };
  if (question.asks.length === 0) {
    return { question, run: first, seed, cut: findCut(first.timeline, question.when), posed: undefined };
  }
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const drawn = draw === 0 ? seed : deriveSeed(seed, `again/${draw}`);
    const run = draw === 0 ? first : play(plan, drawn);
    const posed = pose(question, run);
    if (posed.ok) return { question, run, seed: drawn, cut: posed.value.cut, posed: posed.value };
  }
  return { question, run: first, seed, cut: findCut(first.timeline, question.when), posed: undefined };
}

/** What is seen of a question's run before it is answered. */
export function visibleBefore(timeline: Timeline, placed: Placed): Visibility {
  return placed.cut === undefined ? [] : seenBefore(timeline, placed.cut, placed.question.asks);
}

/**
 * What is seen once a question is answered: everything when nothing else is to be asked about this run; otherwise
 * the answers, and of what they led to only what no other question hides.
 */
export function visibleAfter(
  pack: Pack,
  session: SessionState,
  placed: Placed,
  timeline: Timeline,
): Visibility {
  const open = pack.questions.filter((other) => isOpenOn(session, placed.question, other));
  if (open.length === 0) return seeAll(timeline);
  if (placed.cut === undefined) return [];
  const allowed = open
    .map((other) => visibleBefore(timeline, placeQuestion(pack, session, other)))
    .reduce(intersection, seenAfter(timeline, placed.cut, placed.question.asks));
  return union(
    visibleBefore(timeline, placed),
    union(allowed, answersOnly(timeline, placed.cut, placed.question.asks)),
  );
}

/** Another question on the same run that is still to be answered. */
function isOpenOn(session: SessionState, question: Question, other: Question): boolean {
  return (
    other.id !== question.id &&
    other.asks.length > 0 &&
    !isSettled(session, other.id) &&
    shareRun(session, question, other)
  );
}

/** Open questions on the same run as this one. */
export function openOnRun(pack: Pack, session: SessionState, question: Question): string[] {
  return pack.questions.filter((other) => isOpenOn(session, question, other)).map(({ id }) => id);
}

/** Open questions whose answers the picture of this one would give away: they need other numbers. */
export function givenAwayBy(pack: Pack, session: SessionState, question: Question): string[] {
  const placed = placeQuestion(pack, session, question);
  const timeline = placed.run?.timeline;
  if (timeline === undefined) return [];
  const seen = visibleBefore(timeline, placed);
  return pack.questions
    .filter((other) => isOpenOn(session, question, other))
    .filter((other) => !isWithin(seen, visibleBefore(timeline, placeQuestion(pack, session, other))))
    .map(({ id }) => id);
}
