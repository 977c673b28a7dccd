import { handleCall } from './calls.ts';
import type { Endpoint } from './endpoint.ts';
import type { Effect, TcpEvent } from './event.ts';
import type { Profile } from './profiles.ts';
import type { RuleId } from './rules.ts';
import { refuse, segmentArrives } from './segment-arrives.ts';
import type { TcpState } from './states.ts';
import type { Ms } from './time.ts';
import { timerFires } from './timeouts.ts';
import { beginWork, limitFinWait2, move } from './work.ts';

/** What one event did to one endpoint. */
export interface StepResult {
  readonly endpoint: Endpoint;
  readonly effects: readonly Effect[];
  /** Ids of the rules that decided, in order. */
  readonly rules: readonly RuleId[];
  /** States passed through, first and last included; one entry when the state did not change. */
  readonly path: readonly TcpState[];
}

/**
 * Applies one event to one endpoint. Pure and total: equal arguments give equal results, nothing throws.
 *
 * @param at - the moment of the event, in milliseconds of simulated time
 * @param profile - the numbers and choices of this TCP; its `laws` may be a misconception's
 * @see RFC 9293 §3.10
 */
export function step(endpoint: Endpoint, event: TcpEvent, at: Ms, profile: Profile): StepResult {
  const w = beginWork(endpoint, at, profile);
  if (event.kind === 'segment') segmentArrives(w, event.segment);
  else if (event.kind === 'timer') timerFires(w, event.timer);
  else if (event.kind === 'replaced') move(w, 'reuse');
  else if (event.kind === 'refused') refuse(w, event.segment);
  else handleCall(w, event);
  limitFinWait2(w);
  return { endpoint: w.e, effects: w.effects, rules: w.rules, path: w.path };
}
