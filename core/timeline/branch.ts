// What if? A Timeline is played again with one thing changed, and the two are compared.

import { fail, ok, type Result } from '../result.ts';
import { firstDifference } from './difference.ts';
import type { Change, Scenario } from './scenario.ts';
import { pinFaults, simulate } from './simulate.ts';
import type { Timeline } from './timeline.ts';

/** Why a change cannot be made. */
export interface NoSuchPlace {
  readonly code: 'no-such-transmission' | 'no-such-step';
  /** How many there are. */
  readonly count: number;
}

/** A Timeline and what became of it with one thing changed. */
export interface Branch {
  readonly scenario: Scenario;
  readonly original: Timeline;
  readonly changed: Timeline;
  /** Index into the steps of both; undefined when the change changes nothing. */
  readonly firstDifference: number | undefined;
}

/**
 * Plays a scenario again with one change; everything before it stays as it was.
 *
 * @returns the branch, itself a scenario that can be branched again; or an error when the run has no such place
 */
export function branch(scenario: Scenario, change: Change): Result<Branch, NoSuchPlace> {
  const pinned = pinFaults(scenario);
  const original = simulate(pinned);
  const error = findPlace(original, change);
  if (error !== undefined) return fail(error);
  const next: Scenario = { ...pinned, changes: [...(pinned.changes ?? []), change] };
  const changed = simulate(next);
  return ok({ scenario: next, original, changed, firstDifference: firstDifference(original, changed) });
}

function findPlace({ steps, transmissions }: Timeline, change: Change): NoSuchPlace | undefined {
  if (change.kind === 'act' || change.kind === 'fire') {
    return change.after in steps ? undefined : { code: 'no-such-step', count: steps.length };
  }
  return change.transmission in transmissions
    ? undefined
    : { code: 'no-such-transmission', count: transmissions.length };
}
