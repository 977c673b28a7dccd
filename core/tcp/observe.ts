import type { Endpoint } from './endpoint.ts';
import type { Profile } from './profiles.ts';
import type { StepResult } from './step.ts';
import type { Ms } from './time.ts';
import type { Trigger } from './transitions.ts';
import { beginWork, limitFinWait2, move } from './work.ts';

/**
 * Follows the row of the transition table for a trigger that was observed, as in a capture, instead of computed.
 *
 * Moves the state and its timers, sends nothing; without such a row nothing changes and `rules` is empty.
 */
export function observe(endpoint: Endpoint, trigger: Trigger, at: Ms, profile: Profile): StepResult {
  const w = beginWork(endpoint, at, profile);
  move(w, trigger);
  limitFinWait2(w);
  return { endpoint: w.e, effects: w.effects, rules: w.rules, path: w.path };
}

/** A result for an endpoint whose application was seen to have let go of it: alone, it waits in FIN-WAIT-2 for so long. */
export function observeOrphan(result: StepResult, at: Ms, profile: Profile): StepResult {
  const w = beginWork(result.endpoint, at, profile);
  limitFinWait2(w);
  return {
    ...result,
    endpoint: w.e,
    effects: [...result.effects, ...w.effects],
    rules: [...result.rules, ...w.rules],
  };
}
