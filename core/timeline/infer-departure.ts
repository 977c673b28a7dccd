import { CLOSED_ENDPOINT, type Endpoint } from '../tcp/endpoint.ts';
import type { Purpose } from '../tcp/event.ts';
import { observe } from '../tcp/observe.ts';
import { ACK, FIN, has, RST, type Segment, SYN, sequenceLength } from '../tcp/segment.ts';
import { add, distance, latest, leq, lt, seq } from '../tcp/seq.ts';
import { type StepResult, step } from '../tcp/step.ts';
import type { Ms } from '../tcp/time.ts';
import { acknowledges } from './infer-arrival.ts';
import { isSyn, isSynAck } from './infer-events.ts';
import {
  beginSocket,
  blame,
  blameForStart,
  type Doubt,
  departureOf,
  follow,
  type Life,
  record,
  take,
  unchanged,
} from './infer-life.ts';
import { impliedArrival, metHalfway, type Shadow, takeDeparture } from './infer-shadow.ts';
import type { Flight } from './infer-transit.ts';

/** A segment leaves the host: what must have happened for that, happened. */
export function departs(life: Life, flight: Flight, at: Ms): void {
  life.purposes.set(flight.id, 'reply');
  departsFrom(life, flight, at);
  const last = life.steps.pop();
  if (last === undefined) return;
  const doubt = last.doubt ?? (flight.lossUnsure && 'lost-or-its-answer');
  life.steps.push({ ...last, sent: [flight.id], ...(doubt ? { doubt } : {}) });
}

function departsFrom(life: Life, flight: Flight, at: Ms): void {
  const { segment } = flight;
  if (has(segment, RST)) return departsReset(life, flight, at);
  if (isSyn(segment) && life.shadow?.endpoint.iss !== segment.seq) return departsFirstSyn(life, flight, at);
  if (isSynAck(segment) && life.shadow !== undefined && life.shadow.endpoint.iss !== segment.seq)
    makesWay(life, flight, at);
  const unseen = life.steps.length === 0 && !has(segment, SYN) && life.facts.resumed === undefined;
  const late = unseen ? 'late-start' : undefined;
  const missed =
    life.shadow !== undefined || begins(life, flight, at) ? explain(life, flight, at) : blame(life);
  if (life.shadow === undefined)
    record(life, at, departureOf(flight), CLOSED_ENDPOINT, unchanged(CLOSED_ENDPOINT), missed);
  else leaves(life, life.shadow, flight, at, late ?? missed);
}

/** Another ISS leaves these ports: the socket that had them is gone, however that came. */
function makesWay(life: Life, flight: Flight, at: Ms): void {
  const old = life.shadow?.endpoint.state;
  if (old === undefined) return;
  const quiet = old === 'TIME-WAIT' ? 'reuse' : 'abort';
  follow(life, quiet, at, departureOf(flight), quiet === 'abort' ? 'call-time-unknown' : undefined);
  life.shadow = undefined;
}

/** connect() was called; whatever stood in the new socket's place is gone. */
function departsFirstSyn(life: Life, flight: Flight, at: Ms): void {
  const { segment } = flight;
  const cause = departureOf(flight);
  makesWay(life, flight, at);
  const opened = step(
    CLOSED_ENDPOINT,
    { kind: 'open', mode: 'active', iss: segment.seq },
    at,
    life.facts.profile,
  );
  const shadow = beginSocket(life, { ...opened.endpoint, deadlines: {}, retransmit: [] });
  const purpose = takeDeparture(shadow, segment, at);
  life.purposes.set(flight.id, purpose === 'again' ? 'retransmission' : 'fresh');
  record(life, at, cause, CLOSED_ENDPOINT, { ...opened, endpoint: shadow.endpoint, effects: [] });
}

/** The first that is known of a connection is this departure. Returns whether there can be one. */
function begins(life: Life, { segment }: Flight, at: Ms): boolean {
  if (isSynAck(segment)) {
    const opened = step(
      CLOSED_ENDPOINT,
      { kind: 'open', mode: 'passive', iss: segment.seq },
      at,
      life.facts.profile,
    );
    beginSocket(life, opened.endpoint);
    return true;
  }
  if (life.synSeen || life.opened > 0 || !has(segment, ACK)) return false;
  beginSocket(life, metHalfway(segment, 'departure', life.facts.resumed));
  return true;
}

/** Lets what must have arrived arrive. Returns why it was not captured, if anything is missing. */
function explain(life: Life, flight: Flight, at: Ms): Doubt | undefined {
  const { segment } = flight;
  if (!has(segment, ACK) || life.shadow === undefined) return undefined;
  const { state, role, held } = life.shadow.endpoint;
  if (has(segment, SYN)) {
    if (state === 'LISTEN') {
      const syn = { ...segment, flags: SYN, seq: add(segment.ack, -1), ack: seq(0), options: {} };
      take(life, syn, at, departureOf(flight), blameForStart(life));
      return undefined;
    }
    if (state === 'SYN-SENT') return imply(life, flight, at);
    if (lt(life.shadow.endpoint.rcvNxt, segment.ack)) {
      life.shadow.fastOpen = true;
      life.shadow.endpoint = { ...life.shadow.endpoint, rcvNxt: segment.ack, held: [] };
    }
    return undefined;
  }
  const carries = sequenceLength(segment) > 0;
  if (state === 'SYN-SENT') return imply(life, flight, at);
  if (state === 'SYN-RECEIVED' && carries && role === 'passive' && held.length === 0 && !life.shadow.fastOpen)
    return imply(life, flight, at);
  acknowledges(life, segment.ack, at);
  if (life.shadow !== undefined && lt(life.shadow.endpoint.rcvNxt, segment.ack))
    return imply(life, flight, at);
  return undefined;
}

function imply(life: Life, flight: Flight, at: Ms): Doubt | undefined {
  const { shadow } = life;
  const missing = shadow && impliedArrival(shadow.endpoint, flight.segment);
  if (shadow === undefined || missing === undefined) return undefined;
  // What it acknowledges it had room for; that room was offered in segments that were not captured either.
  if (missing.length > 0)
    shadow.rightEdge = latest(shadow.rightEdge ?? flight.segment.ack, flight.segment.ack);
  const doubt = blame(life);
  take(life, missing, at, departureOf(flight), doubt);
  return doubt;
}

/** The segment itself: numbers, and close() when it carries the first FIN. */
function leaves(life: Life, shadow: Shadow, flight: Flight, at: Ms, doubt: Doubt | undefined): void {
  const { segment } = flight;
  const before = shadow.endpoint;
  const firstFin = has(segment, FIN) && before.finSeq === undefined;
  const jumps = sequenceLength(segment) > 0 && lt(before.sndNxt, segment.seq);
  const purpose = purposeOf(shadow, segment);
  const news = takeDeparture(shadow, segment, at);
  life.purposes.set(flight.id, news === 'again' && purpose === 'fresh' ? 'retransmission' : purpose);
  let result: StepResult = unchanged(shadow.endpoint);
  if (firstFin) result = observe(shadow.endpoint, 'close', at, life.facts.profile);
  const closes = result.path.length > 1 && !shadow.closeKnown;
  const gap = jumps ? 'lost-before-tap' : undefined;
  record(
    life,
    at,
    departureOf(flight),
    before,
    result,
    doubt ?? gap ?? (closes ? 'call-time-unknown' : undefined),
  );
}

function purposeOf(shadow: Shadow, segment: Segment): Purpose {
  const e: Endpoint = shadow.endpoint;
  const before = distance(segment.seq, e.sndNxt);
  if (
    before === 1 &&
    !has(segment, SYN) &&
    !has(segment, FIN) &&
    segment.length <= 1 &&
    shadow.sentUpTo !== undefined
  ) {
    const probes = segment.length === 0 || leq(e.sndNxt, e.sndUna);
    if (probes) return e.sndWnd === 0 ? 'window-probe' : 'keepalive';
  }
  return sequenceLength(segment) === 0 ? 'reply' : 'fresh';
}

/** A RST that bears our number is an abort; any other answers a segment that was for nobody. */
function departsReset(life: Life, flight: Flight, at: Ms): void {
  const { segment } = flight;
  const { shadow } = life;
  if (shadow === undefined) {
    record(life, at, departureOf(flight), CLOSED_ENDPOINT, unchanged(CLOSED_ENDPOINT));
    return;
  }
  const { state, sndUna, sndNxt, finSeq } = shadow.endpoint;
  const inFlight = leq(sndUna, segment.seq) && leq(segment.seq, sndNxt);
  const ours = state !== 'SYN-SENT' && (inFlight || segment.seq === finSeq);
  // What acknowledges a SYN is good while its socket waits: a RST for it says that the socket is no more. §3.10.7.1
  const gone = state === 'SYN-SENT' && !has(segment, ACK) && segment.seq === sndNxt;
  if (ours || gone)
    follow(
      life,
      'abort',
      at,
      departureOf(flight),
      has(segment, ACK) || gone ? 'call-time-unknown' : undefined,
    );
  else record(life, at, departureOf(flight), shadow.endpoint, unchanged(shadow.endpoint));
}
