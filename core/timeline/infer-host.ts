// Follows one host through a captured connection. What it did next decides what it made of an arrival;
// every change of state goes along a row of the transition table.

import type { Purpose } from '../tcp/event.ts';
import { observeOrphan } from '../tcp/observe.ts';
import { FIN, has, RST, SYN } from '../tcp/segment.ts';
import type { Ms } from '../tcp/time.ts';
import { acknowledges, arrives } from './infer-arrival.ts';
import { departs } from './infer-departure.ts';
import type { KnownCall, Story } from './infer-events.ts';
import {
  beginLife,
  follow,
  type HostFacts,
  type Life,
  record,
  type StepDraft,
  timePasses,
  unchanged,
} from './infer-life.ts';
import type { Cause } from './timeline.ts';

export interface HostLife {
  readonly steps: readonly StepDraft[];
  /** Why each transmission left, by id. */
  readonly purposes: ReadonlyMap<number, Purpose>;
}

/** Infers the states of one host. Never throws; linear in the number of events. */
export function inferHost(story: Story, facts: HostFacts): HostLife {
  const life = beginLife(story, facts);
  story.events.forEach((event, place) => {
    const next = event.kind === 'departure' ? event.flight : story.nextDeparture[place];
    timePasses(life, event.at, next);
    if (event.kind === 'call') calls(life, event.call, place);
    else if (event.kind === 'arrival') arrives(life, event.flight, event.at, place);
    else departs(life, event.flight, event.at);
    if (event.kind !== 'call' && has(event.flight.segment, SYN)) life.synSeen = true;
  });
  timePasses(life, facts.until, undefined);
  return { steps: life.steps, purposes: life.purposes };
}

/** A call that is known beside the capture. */
function calls(life: Life, call: KnownCall, place: number): void {
  const { shadow } = life;
  if (call.what === 'accept') life.acceptedAt = call.at;
  if (call.what === 'accept' || call.what === 'queue-full') life.queueFull = call.what === 'queue-full';
  if (shadow === undefined) return;
  switch (call.what) {
    case 'accept':
    case 'queue-full':
      return;
    case 'close':
    case 'shutdown':
      return closes(life, call.what, call.at, place);
    case 'close-listener':
      // Connections that nobody accepted are reset, which shows; a handshake under way is dropped without a word.
      if (shadow.endpoint.state === 'SYN-RECEIVED') follow(life, 'abort', call.at, causeOf('close'));
      return;
    case 'crash':
      return follow(life, 'abort', call.at, causeOf('crash'));
    case 'failed':
      return follow(life, 'give-up', call.at, { kind: 'timer', timer: 'user' });
  }
}

function causeOf(call: 'close' | 'shutdown' | 'crash'): Cause {
  return { kind: 'call', call };
}

/**
 * close() that answers unread data with RST (RFC 2525 §2.17), or lingers for no time, shows as that RST and nothing else. It
 * leaves during the call; the rest allows for who tells of calls and who captures to look at the clock one after the other.
 */
const RESETS_WITHIN = 50;

function closes(life: Life, what: 'close' | 'shutdown', at: Ms, place: number): void {
  const farewell = life.story.nextFarewell[place];
  // What arrived before the call and the FIN acknowledges was taken before the call.
  if (farewell !== undefined && has(farewell.segment, FIN)) acknowledges(life, farewell.segment.ack, at);
  const { shadow } = life;
  if (shadow === undefined) return;
  const resets =
    farewell !== undefined &&
    has(farewell.segment, RST) &&
    !has(farewell.segment, FIN) &&
    farewell.sentAt - at < RESETS_WITHIN;
  shadow.endpoint = { ...shadow.endpoint, orphaned: shadow.endpoint.orphaned || what === 'close' };
  const { endpoint } = shadow;
  if (endpoint.closing || resets) {
    record(life, at, causeOf(what), endpoint, observeOrphan(unchanged(endpoint), at, life.facts.profile));
    return;
  }
  shadow.closeKnown = true;
  if (endpoint.state !== 'SYN-SENT') shadow.endpoint = { ...endpoint, closing: true };
  follow(life, 'close', at, causeOf(what));
}
