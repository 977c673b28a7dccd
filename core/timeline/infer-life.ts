// The inference of one host under way: its socket of the moment, the steps so far, and how a step is recorded.

import { CLOSED_ENDPOINT, type Endpoint } from '../tcp/endpoint.ts';
import type { Effect, Purpose } from '../tcp/event.ts';
import { observe, observeOrphan } from '../tcp/observe.ts';
import type { Profile } from '../tcp/profiles.ts';
import { has, RST, type Segment, SYN } from '../tcp/segment.ts';
import type { TcpState } from '../tcp/states.ts';
import { type StepResult, step } from '../tcp/step.ts';
import { type Ms, ms } from '../tcp/time.ts';
import type { Trigger } from '../tcp/transitions.ts';
import type { Story } from './infer-events.ts';
import { gaveUpAt, newShadow, type Shadow, settleArrival, tryArrival } from './infer-shadow.ts';
import type { Flight } from './infer-transit.ts';
import type { Cause, Step } from './timeline.ts';

/** A step before its place among the other host's steps is known. */
export type StepDraft = Omit<Step, 'index'>;

export type Doubt = NonNullable<Step['doubt']>;

/** What is known about a host beside its segments. */
export interface HostFacts {
  readonly profile: Profile;
  /** The tap was at this host: what was not captured was not sent. */
  readonly tapped: boolean;
  /** Segments of both directions were captured. */
  readonly bothDirections: boolean;
  /** Observation ends here: what is due later has not happened yet. */
  readonly until: Ms;
  /** The capture goes back further than what is looked at: the state the host was in by then. */
  readonly resumed?: TcpState;
}

/** Private to the inference; changed as it goes. */
export interface Life {
  readonly story: Story;
  readonly facts: HostFacts;
  readonly steps: StepDraft[];
  readonly purposes: Map<number, Purpose>;
  opened: number;
  /** The socket the segments are for; undefined before the first and after the last. */
  shadow: Shadow | undefined;
  /** A SYN passed, in either direction: what comes later has a beginning. */
  synSeen: boolean;
  /** When accept() last took a connection from the queue, where that is known. */
  acceptedAt: Ms | undefined;
  /** The accept queue is known to be full. */
  queueFull: boolean;
}

/** One incarnation of a captured connection at one host, before its first event. */
export function beginLife(story: Story, facts: HostFacts): Life {
  return {
    story,
    facts,
    steps: [],
    purposes: new Map(),
    opened: 0,
    shadow: undefined,
    synSeen: false,
    acceptedAt: undefined,
    queueFull: false,
  };
}

/** The endpoint of nobody, or of a listener when this host is known to have one. */
export function endpointOfNobody(life: Life): Endpoint {
  return life.story.lastSynAck.size > 0
    ? { ...CLOSED_ENDPOINT, state: 'LISTEN', role: 'passive' }
    : CLOSED_ENDPOINT;
}

/** Another socket of that host, to be told from its others by what it goes on to send. */
export function beginSocket(life: Life, endpoint: Endpoint): Shadow {
  life.opened += 1;
  const shadow = newShadow(`${life.story.host}${life.opened}`, endpoint);
  life.shadow = shadow;
  return shadow;
}

/** Writes down a step of the present socket, or of none, and lets go of a socket that is no more. */
export function record(
  life: Life,
  at: Ms,
  cause: Cause,
  before: Endpoint,
  result: StepResult,
  doubt?: Doubt,
): void {
  const { shadow, story } = life;
  life.steps.push({
    at,
    host: story.host,
    socket: shadow?.id ?? `${story.host}0`,
    cause,
    before,
    after: result.endpoint,
    path: result.path,
    rules: result.rules,
    effects: result.effects,
    sent: [],
    app: result.effects.flatMap((effect: Effect) => (effect.kind === 'app' ? [effect.result] : [])),
    ...(doubt === undefined ? {} : { doubt }),
  });
  if (shadow === undefined) return;
  shadow.endpoint = result.endpoint;
  // A child that went back to LISTEN is no more: its listener never left that state.
  const gone = result.endpoint.state === 'CLOSED' || result.endpoint.state === 'LISTEN';
  if (gone) life.shadow = undefined;
}

/** The result of an event that changed nothing. */
export function unchanged(endpoint: Endpoint): StepResult {
  return { endpoint, effects: [], rules: [], path: [endpoint.state] };
}

/** Follows a row of the table that was observed, not computed; nothing happens where there is none. */
export function follow(life: Life, trigger: Trigger, at: Ms, cause: Cause, doubt?: Doubt): void {
  const { shadow, facts } = life;
  if (shadow === undefined) return;
  const result = observe(shadow.endpoint, trigger, at, facts.profile);
  if (result.rules.length > 0) record(life, at, cause, shadow.endpoint, result, doubt);
}

/** Lets an arrival do to the present socket what the rules say. */
export function take(life: Life, segment: Segment, at: Ms, cause: Cause, doubt?: Doubt): void {
  const { shadow, facts } = life;
  if (shadow === undefined) return;
  const before = shadow.endpoint;
  const result = observeOrphan(tryArrival(shadow, segment, at, facts.profile), at, facts.profile);
  settleArrival(shadow, segment, at, result);
  record(life, at, cause, before, result, doubt);
}

/**
 * Timers that leave no segment: 2MSL, the wait of an orphan, and retransmissions that stopped.
 *
 * @param next - what the host sends from now on: who sends again has not given up
 */
export function timePasses(life: Life, now: Ms, next: Flight | undefined): void {
  const { shadow, facts } = life;
  if (shadow === undefined) return;
  for (const timer of ['time-wait', 'fin-wait-2'] as const) {
    const due = shadow.endpoint.deadlines[timer];
    if (due === undefined || due > now) continue;
    const before = shadow.endpoint;
    const result = step(before, { kind: 'timer', timer }, due, facts.profile);
    record(life, due, { kind: 'timer', timer }, before, result);
    return;
  }
  if (!facts.tapped || isAlive(shadow, next)) return;
  const gaveUp = gaveUpAt(shadow, now);
  if (gaveUp === undefined) return;
  const latest = life.steps.at(-1)?.at ?? gaveUp; // what has happened since was done by a socket that had not given up
  follow(life, 'give-up', ms(Math.max(gaveUp, latest)), { kind: 'timer', timer: 'retransmission' });
}

/** Whether something that leaves later comes from this very socket: a RST, or another SYN, need not. */
export function isAlive(shadow: Shadow, next: Flight | undefined): boolean {
  if (next === undefined || has(next.segment, RST)) return false;
  return !has(next.segment, SYN) || next.segment.seq === shadow.endpoint.iss;
}

/** What a segment that must have arrived, but was not captured, is to be blamed on. */
export function blame(life: Life): Doubt {
  return life.facts.bothDirections ? 'lost-before-tap' : 'one-direction';
}

/** The same of a segment that opened the connection: before it there was no capture. */
export function blameForStart(life: Life): Doubt {
  return life.steps.length === 0 && life.facts.bothDirections ? 'late-start' : blame(life);
}

/** A step caused by the segment’s arrival. */
export function arrivalOf(flight: Flight): Cause {
  return { kind: 'arrival', transmission: flight.id };
}

/** A step known only by the segment that left in it. */
export function departureOf(flight: Flight): Cause {
  return { kind: 'departure', transmission: flight.id };
}
