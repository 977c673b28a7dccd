// What only runs of the core can tell of a pack: which of its scenarios come to rest, which of its questions can be asked.

import { findTransmissions } from '../../core/timeline/pattern.ts';
import { type Cut, findCut } from '../engine/cut.ts';
import type { Question, ScenarioPlan, ScriptPlan } from '../engine/pack.ts';
import type { Run } from '../engine/run.ts';
import { isWithin, seenBefore, type Visibility } from '../engine/visibility.ts';
import type { CompiledQuestion } from './compile-question.ts';
import type { PackDocument } from './document.ts';
import { examine, type Finding, placeFinding, runsOf } from './examine.ts';

/** Keeps what was found out, by everything it depends on; what is found again need not be computed again. */
export interface Memo {
  runs(plan: ScenarioPlan, make: () => readonly Run[]): readonly Run[];
  findings(question: Question, plan: ScenarioPlan, make: () => readonly Finding[]): readonly Finding[];
}

/** Called between two pieces of work; what it rejects with ends the work. */
type Pause = () => Promise<void> | undefined;

export interface CheckOptions {
  readonly memo?: Memo;
  readonly pause?: Pause;
}

/** Returns the scenarios that come to rest; the others are reported. */
export async function checkScenarios(
  document: PackDocument,
  plans: readonly ScenarioPlan[],
  options: CheckOptions,
): Promise<ScenarioPlan[]> {
  const good: ScenarioPlan[] = [];
  for (const plan of plans) {
    await options.pause?.();
    const path = ['scenarios', plan.id];
    if (plan.kind === 'capture' || runs(plan, options).every(({ timeline }) => timeline.end === 'quiet')) {
      good.push(plan);
      if (plan.kind === 'script') warnOfIdleFaults(document, plan, runs(plan, options));
    } else document.report('run-too-long', document.span(path, 'key'), path);
  }
  return good;
}

/** A fault that finds no segment in any run is a slip; one taken over by "like" is told of where it is written. */
function warnOfIdleFaults(document: PackDocument, plan: ScriptPlan, played: readonly Run[]): void {
  for (const [place, fault] of plan.faults.entries()) {
    const hits = played.some(
      ({ timeline }) => findTransmissions(timeline.transmissions, fault.pattern).length > 0,
    );
    const path = ['scenarios', plan.id, 'network', place, fault.kind];
    if (hits || !document.has(path)) continue;
    const span = document.span(path);
    document.warn('fault-never', span, path, { found: document.text.slice(span.from, span.to) });
  }
}

function runs(plan: ScenarioPlan, { memo }: CheckOptions): readonly Run[] {
  const make = () => runsOf(plan);
  return memo === undefined ? make() : memo.runs(plan, make);
}

/** Returns the questions that can be asked on every run tried; the others are reported. */
export async function checkQuestions(
  document: PackDocument,
  compiled: readonly CompiledQuestion[],
  plans: Readonly<Record<string, ScenarioPlan>>,
  options: CheckOptions,
): Promise<CompiledQuestion[]> {
  const played = new Map<string, readonly Run[]>();
  for (const plan of Object.values(plans)) {
    await options.pause?.();
    played.set(plan.id, runs(plan, options));
  }
  const good: CompiledQuestion[] = [];
  for (const one of compiled) {
    await options.pause?.();
    const { question, path } = one;
    const plan = plans[question.scenario ?? ''];
    const make = () => examine(question, played.get(question.scenario ?? '') ?? []);
    const found =
      plan === undefined || options.memo === undefined ? make() : options.memo.findings(question, plan, make);
    for (const finding of found) placeFinding(document, path, finding);
    if (found.every(({ severity }) => severity === 'warning')) good.push(one);
  }
  await warnOfGiveaways(document, good, played, options);
  return good;
}

interface Seen extends CompiledQuestion {
  readonly cut: Cut;
  readonly before: Visibility;
}

/** A later question on the same run must not ask what an earlier one's picture shows. */
async function warnOfGiveaways(
  document: PackDocument,
  good: readonly CompiledQuestion[],
  played: ReadonlyMap<string, readonly Run[]>,
  { pause }: CheckOptions,
): Promise<void> {
  const byScenario = new Map<string, Seen[]>();
  for (const one of good) {
    await pause?.();
    const { scenario = '', when, asks } = one.question;
    const timeline = played.get(scenario)?.[0]?.timeline;
    const cut = timeline && findCut(timeline, when);
    if (timeline === undefined || cut === undefined) continue;
    const seen = byScenario.get(scenario) ?? [];
    byScenario.set(scenario, seen);
    seen.push({ ...one, cut, before: seenBefore(timeline, cut, asks) });
  }
  for (const seen of byScenario.values()) {
    for (const [place, { question, path, before }] of seen.entries()) {
      await pause?.();
      const spoiled = seen
        .slice(place + 1)
        .find((later) => later.question.asks.length > 0 && !isWithin(before, later.before));
      if (spoiled === undefined) continue;
      document.warn('gives-away', document.span([...path, 'id']), path, {
        name: question.id,
        other: spoiled.question.id,
      });
    }
  }
}
