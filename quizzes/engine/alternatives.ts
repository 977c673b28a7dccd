// Answers that the author of a question accepts beside the right one: computed by the core wherever it can.

import { simulate } from '../../core/timeline/simulate.ts';
import { type Answer, answerTo, type Field, type Value } from './ask.ts';
import { findCut } from './cut.ts';
import type { Alternative } from './pack.ts';
import { means, parseField, spaceOf, type Written } from './parse-answer.ts';
import type { Posed } from './posed.ts';
import { underProfile } from './under-profile.ts';

/** A whole answer that is accepted; a field it does not name is as the core computes it. */
export interface AcceptedAnswer {
  readonly alternative: Alternative;
  /** By field name. */
  readonly values: ReadonlyMap<string, Value>;
}

/** The whole answers that are accepted on these numbers, in the author's order. */
export function acceptedAnswers(posed: Posed): readonly AcceptedAnswer[] {
  return (posed.question.alternatives ?? []).flatMap((alternative) => {
    const values = valuesBy(alternative, posed);
    return values === undefined ? [] : [{ alternative, values }];
  });
}

/**
 * What an alternative answers, by field name.
 *
 * @returns undefined when it answers nothing on this run: its moment never comes, or its text cannot be read
 */
function valuesBy(alternative: Alternative, posed: Posed): ReadonlyMap<string, Value> | undefined {
  switch (alternative.kind) {
    case 'profile':
      return byProfile(alternative.profile, posed);
    case 'moment': {
      const cut = findCut(posed.run.timeline, alternative.when);
      return cut && collect(posed, (field) => answerTo(posed.run.timeline, cut, field, lawsOf(posed)));
    }
    case 'value': {
      const field = posed.fields.find(({ name }) => name === alternative.field);
      const written = field && parseField(alternative.text, field, posed);
      return written && new Map([[field.name, readAs(written, field, posed)]]);
    }
    case 'within':
      return undefined;
  }
}

function lawsOf({ run }: Posed) {
  return run.scenario?.profile.laws;
}

function byProfile(id: Parameters<typeof underProfile>[1], posed: Posed) {
  const { scenario } = posed.run;
  if (scenario === undefined) return undefined;
  const timeline = simulate({ ...scenario, profile: underProfile(scenario.profile, id) });
  const cut = findCut(timeline, posed.question.when);
  return cut && collect(posed, (field) => answerTo(timeline, cut, field, lawsOf(posed)));
}

function collect(
  posed: Posed,
  answer: (field: Field) => Answer | undefined,
): ReadonlyMap<string, Value> | undefined {
  const found = posed.fields.flatMap((field) => {
    const value = answer(field)?.value;
    return value === undefined ? [] : [[field.name, value] as const];
  });
  return found.length === 0 ? undefined : new Map(found);
}

function readAs(written: Written, field: Field, posed: Posed): Value {
  if (written.kind !== 'seq') return written;
  const host = spaceOf(field, posed)?.host ?? 'A';
  return { kind: 'seq', host, number: written.number.readings[0] };
}

/** Whether an alternative says anything on this run, and something else than the core. */
export function outcomeOf(alternative: Alternative, posed: Posed): 'never' | 'same' | 'other' {
  if (alternative.kind === 'within') {
    return [...posed.answers.values()].some(({ value }) => value.kind === 'duration') ? 'other' : 'never';
  }
  const values = valuesBy(alternative, posed);
  if (values === undefined) return 'never';
  const isOther = ([name, value]: readonly [string, Value]) =>
    JSON.stringify(value) !== JSON.stringify(posed.answers.get(name)?.value);
  return [...values].some(isOther) ? 'other' : 'same';
}

/** How a field was judged: by which alternative, if not by the core alone. */
export interface Acceptance {
  readonly correct: boolean;
  readonly by: Alternative | undefined;
}

/**
 * Judges fields by whichever whole answer fits them best, the core's own first: parts of two answers that do not go
 * together are not right together.
 *
 * @param written - by field name
 */
export function judgeByBest(
  posed: Posed,
  written: ReadonlyMap<string, Written>,
): ReadonlyMap<string, Acceptance> {
  const own = judgeBy(posed, written, undefined);
  if ((posed.question.alternatives ?? []).length === 0) return own;
  const all = [own, ...acceptedAnswers(posed).map((accepted) => judgeBy(posed, written, accepted))];
  return all.reduce((best, next) => (countRight(next) > countRight(best) ? next : best));
}

function countRight(judged: ReadonlyMap<string, Acceptance>): number {
  return [...judged.values()].filter(({ correct }) => correct).length;
}

function judgeBy(
  posed: Posed,
  written: ReadonlyMap<string, Written>,
  accepted: AcceptedAnswer | undefined,
): ReadonlyMap<string, Acceptance> {
  const judged = new Map<string, Acceptance>();
  for (const [name, own] of written) {
    const right = posed.answers.get(name)?.value;
    if (right === undefined) continue;
    const value = accepted?.values.get(name) ?? right;
    const slack = posed.question.alternatives?.find(
      (one) => one.kind === 'within' && isNear(own, value, one),
    );
    if (means(own, value))
      judged.set(name, { correct: true, by: means(own, right) ? undefined : accepted?.alternative });
    else judged.set(name, { correct: slack !== undefined, by: slack });
  }
  return judged;
}

function isNear(written: Written, value: Value, { unit, amount }: Extract<Alternative, { kind: 'within' }>) {
  if (written.kind !== 'duration' || value.kind !== 'duration') return false;
  const most = unit === 'ms' ? amount : (value.time * amount) / 100;
  return Math.abs(written.time - value.time) <= most;
}
