import { CLOSED_ENDPOINT, type Endpoint } from '../../../core/tcp/endpoint.ts';
import type { TcpEvent, TimerName } from '../../../core/tcp/event.ts';
import type { Profile } from '../../../core/tcp/profiles.ts';
import type { Segment } from '../../../core/tcp/segment.ts';
import { type StepResult, step } from '../../../core/tcp/step.ts';
import { ms } from '../../../core/tcp/time.ts';

// Two endpoints and a network that may deliver in any order, lose and copy. Time is abstract: a timer that runs may
// fire at any moment, so every order of timers and arrivals that real time allows is among those explored.

/** The end a thing happens to. */
export type Side = 0 | 1;
export const SIDES = [0, 1] as const;

/** Something an application or the network may do to an end, so many times. */
export interface Move {
  readonly side: Side;
  readonly event: TcpEvent;
  readonly times: number;
}

/** What is explored, and its bound. */
export interface World {
  readonly name: string;
  readonly profile: Profile;
  readonly moves: readonly Move[];
  readonly losses: number;
  readonly copies: number;
  /** Retransmission, persist and keepalive timeouts, together. */
  readonly timeouts: number;
  /** Nobody forges anything: every ACK must have been earned, and ends at rest must fit. */
  readonly honest: boolean;
  /** Segments in flight towards one end. */
  readonly room: number;
}

/** The number that stands for an endpoint or a segment. */
type Id = number;

/** Two endpoints and what is in flight towards each, in canonical order. */
export interface Trip {
  readonly ends: readonly [Id, Id];
  readonly flying: readonly [readonly Id[], readonly Id[]];
}

/** One state of a world. */
export interface Node extends Trip {
  /** Losses, copies and timeouts left, then each move's. */
  readonly left: readonly number[];
}

/** What one event does to one endpoint. */
export interface Outcome {
  readonly before: Endpoint;
  readonly event: TcpEvent;
  readonly result: StepResult;
  /** The endpoint afterwards; CLOSED is always the same one, as its TCB is deleted. */
  readonly end: Id;
  readonly sent: readonly Segment[];
  readonly sentIds: readonly Id[];
}

/** A step of a world. */
export interface Happening {
  readonly side: Side;
  readonly outcome: Outcome;
  readonly next: Node;
  /** More is in flight than the bound allows: not followed further. */
  readonly overflows: boolean;
}

const LOSSES = 0;
const COPIES = 1;
const TIMEOUTS = 2;
const MOVES = 3;

const COUNTED: readonly TimerName[] = [
  'retransmission',
  'persist',
  'keepalive',
  'tail-loss-probe',
  'reordering',
];

/** Gives equal values one number. */
class Names<T> {
  readonly values: T[] = [];
  readonly #ids = new Map<string, Id>();

  of(value: T): Id {
    const text = JSON.stringify(value);
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    this.#ids.set(text, this.values.length);
    this.values.push(value);
    return this.values.length - 1;
  }

  at(id: Id): T {
    const value = this.values[id];
    if (value === undefined) throw new Error(`nothing has the number ${id}`);
    return value;
  }
}

/** Makes the states of one world. Every step of an endpoint is computed once, checked once and remembered. */
export class Explorer {
  readonly world: World;
  readonly #endpoints = new Names<Endpoint>();
  readonly #segments = new Names<Segment>();
  readonly #events = new Names<TcpEvent>();
  readonly #outcomes = new Map<number, Outcome>();
  readonly #check: (outcome: Outcome) => void;
  readonly #moves: readonly Id[];

  constructor(world: World, check: (outcome: Outcome) => void) {
    this.world = world;
    this.#check = check;
    this.#moves = world.moves.map(({ event }) => this.#events.of(event));
  }

  get endpoints(): number {
    return this.#endpoints.values.length;
  }

  get steps(): number {
    return this.#outcomes.size;
  }

  beginning(): Node {
    const { losses, copies, timeouts, moves } = this.world;
    const nobody = this.#endpoints.of(CLOSED_ENDPOINT);
    return {
      ends: [nobody, nobody],
      flying: [[], []],
      left: [losses, copies, timeouts, ...moves.map(({ times }) => times)],
    };
  }

  endOf(trip: Trip, side: Side): Endpoint {
    return this.#endpoints.at(trip.ends[side]);
  }

  /** An exact name: equal states, and no others, have the same. */
  nameOf({ ends, flying, left }: Node): string {
    return `${ends.join()}|${flying[0].join()}|${flying[1].join()}|${left.join()}`;
  }

  /** The name without what may still go wrong. */
  tripNameOf({ ends, flying }: Trip): string {
    return `${ends.join()}|${flying[0].join()}|${flying[1].join()}`;
  }

  /** Everything that can happen next, but for losses. */
  *happenings(node: Node): Generator<Happening> {
    const { moves } = this.world;
    for (const [place, move] of moves.entries()) {
      const idle = !mayCall(this.endOf(node, move.side), move.event);
      const event = this.#moves[place];
      if (event !== undefined && (node.left[MOVES + place] ?? 0) > 0 && !idle)
        yield this.#happen(node, move.side, event, node.flying, spend(node.left, MOVES + place));
    }
    for (const side of SIDES) {
      for (const timer of Object.keys(this.endOf(node, side).deadlines) as TimerName[]) {
        const counted = COUNTED.includes(timer);
        if (counted && node.left[TIMEOUTS] === 0) continue;
        const left = counted ? spend(node.left, TIMEOUTS) : node.left;
        yield this.#happen(node, side, this.#events.of({ kind: 'timer', timer }), node.flying, left);
      }
      for (const [place, id] of node.flying[side].entries()) {
        if (id === node.flying[side][place - 1]) continue;
        const event = this.#arrival(id);
        yield this.#happen(node, side, event, without(node.flying, side, place), node.left);
        if ((node.left[COPIES] ?? 0) > 0)
          yield this.#happen(node, side, event, node.flying, spend(node.left, COPIES));
      }
    }
  }

  /** The states that come of losing a segment in flight. */
  *losses(node: Node): Generator<Node> {
    if (node.left[LOSSES] === 0) return;
    const left = spend(node.left, LOSSES);
    for (const side of SIDES) {
      for (const place of node.flying[side].keys())
        yield { ends: node.ends, flying: without(node.flying, side, place), left };
    }
  }

  /** Delivers the first segment in flight towards an end; undefined when there is none. */
  deliver(trip: Trip, side: Side): Trip | undefined {
    const [id] = trip.flying[side];
    if (id === undefined) return undefined;
    return this.#happen(trip, side, this.#arrival(id), without(trip.flying, side, 0), []).next;
  }

  /** Lets an event happen to one end. */
  apply(trip: Trip, side: Side, event: TcpEvent): Trip {
    return this.#happen(trip, side, this.#events.of(event), trip.flying, []).next;
  }

  #arrival(id: Id): Id {
    return this.#events.of({ kind: 'segment', segment: this.#segments.at(id) });
  }

  #happen(trip: Trip, side: Side, event: Id, flying: Trip['flying'], left: readonly number[]): Happening {
    const outcome = this.#outcome(trip.ends[side], event);
    const other = side === 0 ? 1 : 0;
    const crowd =
      outcome.sentIds.length === 0
        ? flying[other]
        : [...flying[other], ...outcome.sentIds].sort((a, b) => a - b);
    return {
      side,
      outcome,
      overflows: crowd.length > this.world.room,
      next: {
        ends: side === 0 ? [outcome.end, trip.ends[1]] : [trip.ends[0], outcome.end],
        flying: side === 0 ? [flying[0], crowd] : [crowd, flying[1]],
        left,
      },
    };
  }

  #outcome(end: Id, event: Id): Outcome {
    const name = end * 0x1_0000 + event;
    const known = this.#outcomes.get(name);
    if (known !== undefined) return known;
    const before = this.#endpoints.at(end);
    const result = step(before, this.#events.at(event), ms(0), this.world.profile);
    const sent = result.effects.flatMap((effect) => (effect.kind === 'send' ? [effect.segment] : []));
    const after = result.endpoint.state === 'CLOSED' ? CLOSED_ENDPOINT : result.endpoint;
    const outcome: Outcome = {
      before,
      event: this.#events.at(event),
      result,
      end: this.#endpoints.of(after),
      sent,
      sentIds: sent.map((segment) => this.#segments.of(segment)),
    };
    this.#check(outcome);
    this.#outcomes.set(name, outcome);
    return outcome;
  }
}

/** Only an OPEN means anything without a connection, and only TIME-WAIT gives its ports away. */
function mayCall({ state }: Endpoint, { kind }: TcpEvent): boolean {
  if (kind === 'replaced') return state === 'TIME-WAIT';
  return kind === 'open' || state !== 'CLOSED';
}

function spend(left: readonly number[], place: number): readonly number[] {
  return left.map((count, index) => (index === place ? count - 1 : count));
}

function without({ 0: toFirst, 1: toSecond }: Trip['flying'], side: Side, place: number): Trip['flying'] {
  return side === 0 ? [toFirst.toSpliced(place, 1), toSecond] : [toFirst, toSecond.toSpliced(place, 1)];
}
