// What only a run of the core can tell: whether each question has its moment and its answer.

import { deriveSeed } from '../engine/chance.ts';
import { countMoments, findCut } from '../engine/cut.ts';
import { separates } from '../engine/diagnose.ts';
import type { Question, ScenarioPlan } from '../engine/pack.ts';
import { pose } from '../engine/posed.ts';
import { play, type Run } from '../engine/run.ts';
import { isWithin, seenBefore } from '../engine/visibility.ts';
import type { CompiledQuestion } from './compile-question.ts';
import type { PackDocument } from './document.ts';

/** Runs tried of every scenario: numbers that are drawn must not matter. */
const TRIES = 2;

/** Returns the scenarios that come to rest; the others are reported. */
export function checkScenarios(document: PackDocument, plans: readonly ScenarioPlan[]): ScenarioPlan[] {
  return plans.filter((plan) => {
    const quiet = plan.kind === 'capture' || runsOf(plan).every(({ timeline }) => timeline.end === 'quiet');
    const path = ['scenarios', plan.id];
    if (!quiet) document.report('run-too-long', document.span(path, 'key'), path);
    return quiet;
  });
}

/** Returns the questions that can be asked on every run tried; the others are reported. */
export function checkQuestions(
  document: PackDocument,
  compiled: readonly CompiledQuestion[],
  plans: Readonly<Record<string, ScenarioPlan>>,
): Question[] {
  const runs = new Map(Object.values(plans).map((plan) => [plan.id, runsOf(plan)]));
  const good = compiled.filter((one) =>
    checkQuestion(document, one, runs.get(one.question.scenario ?? '') ?? []),
  );
  warnOfGiveaways(document, good, runs);
  return good.map(({ question }) => question);
}

function runsOf(plan: ScenarioPlan): Run[] {
  if (plan.kind === 'capture') return [play(plan, 0)];
  return Array.from({ length: TRIES }, (_, round) => play(plan, deriveSeed(round, plan.id)));
}

function checkQuestion(
  document: PackDocument,
  { question, path }: CompiledQuestion,
  runs: readonly Run[],
): boolean {
  for (const run of runs) {
    const posed = pose(question, run);
    if (!posed.ok) {
      const key = posed.error.code === 'no-such-moment' ? 'when' : 'ask';
      const span = document.span([...path, key]);
      const name = posed.error.code === 'no-answer' ? posed.error.field.name : '';
      const found = key === 'when' ? textAt(document, span) : textAt(document, span) || name;
      const times = String(countMoments(run.timeline, question.when));
      document.report(posed.error.code, span, [...path, key], { found, times });
      return false;
    }
    for (const id of Object.keys(question.feedback)) {
      if (run !== runs[0] || separates(posed.value, id)) continue;
      const at = [...path, 'feedback', id];
      document.warn('feedback-never', document.span(at, 'key'), at, { name: id });
    }
  }
  return true;
}

function textAt(
  document: PackDocument,
  { from, to }: { readonly from: number; readonly to: number },
): string {
  return document.text.slice(from, Math.min(to, from + 60));
}

/** A later question on the same run must not ask what an earlier one's picture shows. */
function warnOfGiveaways(
  document: PackDocument,
  good: readonly CompiledQuestion[],
  runs: ReadonlyMap<string, readonly Run[]>,
): void {
  good.forEach(({ question, path }, place) => {
    const timeline = runs.get(question.scenario ?? '')?.[0]?.timeline;
    const cut = timeline && findCut(timeline, question.when);
    if (timeline === undefined || cut === undefined) return;
    const seen = seenBefore(timeline, cut, question.asks);
    const spoiled = good.slice(place + 1).find(({ question: later }) => {
      if (later.scenario !== question.scenario || later.asks.length === 0) return false;
      const laterCut = findCut(timeline, later.when);
      return laterCut !== undefined && !isWithin(seen, seenBefore(timeline, laterCut, later.asks));
    });
    if (spoiled === undefined) return;
    document.warn('gives-away', document.span([...path, 'id']), path, {
      name: question.id,
      other: spoiled.question.id,
    });
  });
}
