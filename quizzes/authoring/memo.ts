import type { Question, ScenarioPlan } from '../engine/pack.ts';
import type { Run } from '../engine/run.ts';
import type { Memo } from '../format/check-pack.ts';
import type { Finding } from '../format/examine.ts';

/** What was found out about earlier versions of a file, kept by everything it depends on. */
export interface AuthoringMemo extends Memo {
  /** Findings of {@link examineDeeply}; undefined when that question was not looked at yet. */
  deep(question: Question, plan: ScenarioPlan): readonly Finding[] | undefined;
  keepDeep(question: Question, plan: ScenarioPlan, findings: readonly Finding[]): void;
}

/** Older entries are let go beyond this many. */
const KEPT = 5_000;
const RUNS_KEPT = 500;

export function openMemo(): AuthoringMemo {
  const texts = new WeakMap<ScenarioPlan, string>();
  const runs = new Map<string, readonly Run[]>();
  const shallow = new Map<string, readonly Finding[]>();
  const deep = new Map<string, readonly Finding[]>();

  function textOf(plan: ScenarioPlan): string {
    const known = texts.get(plan) ?? JSON.stringify(plan);
    texts.set(plan, known);
    return known;
  }
  const keyOf = (question: Question, plan: ScenarioPlan) => `${JSON.stringify(question)}\n${textOf(plan)}`;
  return {
    runs: (plan, make) => remember(runs, textOf(plan), make, RUNS_KEPT),
    findings: (question, plan, make) => remember(shallow, keyOf(question, plan), make, KEPT),
    deep: (question, plan) => deep.get(keyOf(question, plan)),
    keepDeep: (question, plan, findings) => void remember(deep, keyOf(question, plan), () => findings, KEPT),
  };
}

/** Takes what is kept, or makes and keeps it; what was used longest ago goes first. */
function remember<T>(kept: Map<string, T>, key: string, make: () => T, most: number): T {
  const known = kept.get(key) ?? make();
  kept.delete(key);
  kept.set(key, known);
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
  return known;
}
