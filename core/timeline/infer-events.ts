// What one host lived through, in its own order, with a look ahead: what it sent next tells what it made of an arrival.

import { ACK, FIN, has, RST, type Segment, SYN, sequenceLength } from '../tcp/segment.ts';
import { add, leq, type Seq } from '../tcp/seq.ts';
import type { Ms } from '../tcp/time.ts';
import type { Flight } from './infer-transit.ts';
import type { HostId } from './timeline.ts';

/** Something an application is known to have done, or been told, on one host of the captured connection. */
export interface KnownCall {
  /** On the capture's clock. */
  readonly at: Ms;
  readonly host: HostId;
  readonly what:
    | 'close'
    | 'shutdown'
    /** A connection left the accept queue: there is room for another. */
    | 'accept'
    /** The accept queue is full from here on: a third ACK is ignored. */
    | 'queue-full'
    | 'close-listener'
    /** The socket vanished without a word: the host or its process crashed. */
    | 'crash'
    /** The application was told that the connection is no more: ETIMEDOUT and the like. */
    | 'failed';
}

/** One event at a host, in the order it happened there. */
type HostEvent =
  | { readonly kind: 'arrival' | 'departure'; readonly at: Ms; readonly flight: Flight }
  | { readonly kind: 'call'; readonly at: Ms; readonly call: KnownCall };

/** A host's events, and for each place what follows it. */
export interface Story {
  readonly host: HostId;
  readonly events: readonly HostEvent[];
  readonly nextDeparture: readonly (Flight | undefined)[];
  /** The next departure with FIN or RST. */
  readonly nextFarewell: readonly (Flight | undefined)[];
  readonly nextArrival: readonly (Flight | undefined)[];
  /** Per ISS: the place of the last SYN,ACK that left with it. */
  readonly lastSynAck: ReadonlyMap<Seq, number>;
}

/** Puts a host's events in order. Linear, but for sorting the calls. */
export function storyOf(
  host: HostId,
  flights: readonly Flight[],
  tap: HostId | undefined,
  calls: readonly KnownCall[],
): Story {
  const departures = flights.filter((flight) => flight.from === host && !flight.forged);
  const arrivals = flights.filter((flight) => flight.from !== host && !flight.lost);
  const segments = host === tap ? inCaptureOrder(host, flights) : byEstimate(departures, arrivals);
  const events = withCalls(
    segments,
    calls.filter((call) => call.host === host).sort((a, b) => a.at - b.at),
  );
  return { host, events, ...lookAhead(events) };
}

/** At its own interface a host's order is the capture's. */
function inCaptureOrder(host: HostId, flights: readonly Flight[]): HostEvent[] {
  return flights.flatMap((flight): HostEvent[] => {
    if (flight.from === host) return [{ kind: 'departure', at: flight.sentAt, flight }];
    return flight.lost ? [] : [{ kind: 'arrival', at: flight.arrivesAt, flight }];
  });
}

/** The quickest answer leaves at the very moment that it answers, but for what a captured clock tells: microseconds. */
const TICK = 0.001;

/** Merges by estimated times, and moves up what a departure shows to have arrived before it. */
function byEstimate(departures: readonly Flight[], arrivals: readonly Flight[]): HostEvent[] {
  const events: HostEvent[] = [];
  let next = 0;
  let covered = 0;
  /** What acknowledges the SYN,ACK that left. */
  let thirdAck: Seq | undefined;
  const arriveUpTo = (end: number, latest: Ms) => {
    for (; next < end; next += 1) {
      const flight = arrivals[next];
      if (flight === undefined) return;
      const at = flight.arrivesAt < latest ? flight.arrivesAt : latest;
      events.push({ kind: 'arrival', at, flight });
    }
  };
  for (const flight of departures) {
    const { segment, sentAt } = flight;
    let due = next;
    while ((arrivals[due]?.arrivesAt ?? Number.POSITIVE_INFINITY) <= sentAt + TICK) due += 1;
    arriveUpTo(due, sentAt);
    if (has(segment, ACK)) {
      covered = Math.max(covered, next);
      let last = next;
      // Nobody sends text before the handshake is over (but with TCP Fast Open, where an ACK comes first all the same).
      const isOpen = sequenceLength(segment) > 0 && !has(segment, SYN);
      for (
        let seen = arrivals[covered];
        seen !== undefined && seen.id < flight.id;
        seen = arrivals[covered]
      ) {
        const length = sequenceLength(seen.segment);
        if (length > 0 && !leq(add(seen.segment.seq, length), segment.ack)) break;
        covered += 1;
        if (length > 0 || (isOpen && seen.segment.ack === thirdAck)) last = covered;
      }
      arriveUpTo(last, sentAt);
    }
    events.push({ kind: 'departure', at: sentAt, flight });
    if (isSynAck(segment)) thirdAck = add(segment.seq, 1);
  }
  arriveUpTo(arrivals.length, Number.POSITIVE_INFINITY as Ms);
  return events;
}

function withCalls(segments: readonly HostEvent[], calls: readonly KnownCall[]): HostEvent[] {
  const events: HostEvent[] = [];
  let next = 0;
  const callsUntil = (at: number) => {
    for (let call = calls[next]; call !== undefined && call.at < at; call = calls[next]) {
      events.push({ kind: 'call', at: call.at, call });
      next += 1;
    }
  };
  for (const event of segments) {
    callsUntil(event.at);
    events.push(event);
  }
  callsUntil(Number.POSITIVE_INFINITY);
  return events;
}

function lookAhead(events: readonly HostEvent[]): Omit<Story, 'host' | 'events'> {
  const nextDeparture: (Flight | undefined)[] = [];
  const nextFarewell: (Flight | undefined)[] = [];
  const nextArrival: (Flight | undefined)[] = [];
  const lastSynAck = new Map<Seq, number>();
  let departure: Flight | undefined;
  let farewell: Flight | undefined;
  let arrival: Flight | undefined;
  for (let place = events.length - 1; place >= 0; place -= 1) {
    nextDeparture[place] = departure;
    nextFarewell[place] = farewell;
    nextArrival[place] = arrival;
    const event = events[place];
    if (event === undefined || event.kind === 'call') continue;
    const { segment } = event.flight;
    if (event.kind === 'arrival') arrival = event.flight;
    else {
      departure = event.flight;
      if (has(segment, FIN) || has(segment, RST)) farewell = event.flight;
      if (isSynAck(segment) && !lastSynAck.has(segment.seq)) lastSynAck.set(segment.seq, place);
    }
  }
  return { nextDeparture, nextFarewell, nextArrival, lastSynAck };
}

/** A SYN that opens: without ACK and without RST. FIN beside it makes it nonsense, but a SYN all the same. */
export function isSyn(segment: Segment): boolean {
  return has(segment, SYN) && !has(segment, ACK) && !has(segment, RST);
}

/** The second segment of a handshake. */
export function isSynAck(segment: Segment): boolean {
  return has(segment, SYN) && has(segment, ACK) && !has(segment, RST);
}

/** A reset that answers a segment: it takes its number from there and carries no ACK. RFC 9293 §3.5.2. */
export function isBareReset(segment: Segment): boolean {
  return has(segment, RST) && !has(segment, ACK);
}
