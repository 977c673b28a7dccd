// A socket connected to itself: bind() and connect() with one port and the host's own address. No listener takes part.

import type { Endpoint } from '../tcp/endpoint.ts';
import type { TcpEvent } from '../tcp/event.ts';
import type { Profile } from '../tcp/profiles.ts';
import { type StepResult, step } from '../tcp/step.ts';
import type { Ms } from '../tcp/time.ts';

/** Far more than one event can cause: what still answers itself then would go on for ever. */
const MOST_STEPS = 1000;

/**
 * Applies an event to an endpoint that is its own peer: all it sends reaches it at once and in order, as over a
 * loopback interface. The SYN comes back as another's would, so this is a simultaneous open.
 *
 * @returns what the event did, then what each segment did that came back; the last one has the endpoint as it is now
 * @see RFC 9293 §3.5, Figure 7
 */
export function stepWithItself(
  endpoint: Endpoint,
  event: TcpEvent,
  at: Ms,
  profile: Profile,
): readonly StepResult[] {
  const steps = [step(endpoint, event, at, profile)];
  for (let place = 0; place < steps.length && place < MOST_STEPS; place++) {
    for (const effect of steps[place]?.effects ?? []) {
      if (effect.kind !== 'send') continue;
      const before = steps.at(-1)?.endpoint ?? endpoint;
      steps.push(step(before, { kind: 'segment', segment: effect.segment }, at, profile));
    }
  }
  return steps;
}
