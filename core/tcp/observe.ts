import type { Endpoint } from './endpoint.ts';
import type { Profile } from './profiles.ts';
import type { StepResult } from './step.ts';
import type { Ms } from './time.ts';
import type { Trigger } from './transitions.ts';
import { beginWork, move } from './work.ts';

/**
 * Follows the row of the transition table for a trigger that was observed, as in a capture, instead of computed.
 *
 * Moves the state and its timers, sends nothing; without such a row nothing changes and `rules` is empty.
 */
export function observe(endpoint: Endpoint, trigger: Trigger, at: Ms, profile: Profile): StepResult {
  const w = beginWork(endpoint, at, profile);
  move(w, trigger);
  return { endpoint: w.e, effects: w.effects, rules: w.rules, path: w.path };
}
