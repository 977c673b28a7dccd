import { CLOSED_ENDPOINT } from '../tcp/endpoint.ts';
import {
  ACK,
  FIN,
  type Flags,
  flags,
  has,
  PSH,
  RST,
  type Segment,
  SYN,
  sequenceLength,
} from '../tcp/segment.ts';
import { add, distance, leq, lt } from '../tcp/seq.ts';
import { step } from '../tcp/step.ts';
import type { Ms } from '../tcp/time.ts';
import { isBareReset, isSyn, isSynAck } from './infer-events.ts';
import { FARTHEST } from './infer-forged.ts';
import {
  arrivalOf,
  beginSocket,
  blame,
  blameForStart,
  endpointOfNobody,
  follow,
  isAlive,
  type Life,
  record,
  take,
  unchanged,
} from './infer-life.ts';
import { isFromThePast, metHalfway, type Shadow, tryArrival, windowOf } from './infer-shadow.ts';
import type { Flight } from './infer-transit.ts';

/**
 * What answers an arrival leaves while that is looked at (RFC 9293 §3.5.2), so within this time: no timer is as short.
 * Linux's shortest, that of a delayed ACK, takes 40 ms (TCP_DELACK_MIN).
 */
const AT_ONCE = 10;

/** A segment reaches the host. What the host sends next tells what it made of it. */
export function arrives(life: Life, flight: Flight, at: Ms, place: number): void {
  const { segment } = flight;
  if (isSyn(segment) && beginsConnection(life, flight, at, place)) return;
  const { shadow } = life;
  if (shadow === undefined) return arrivesForNobody(life, flight, at, place);
  if (has(segment, RST)) return arrivesReset(life, shadow, flight, at, place);
  const { state } = shadow.endpoint;
  if (state === 'SYN-SENT') return arrivesInSynSent(life, flight, at, place);
  if (isFromThePast(shadow, segment) && !has(segment, SYN)) {
    if (sequenceLength(segment) > 0) defer(shadow, flight); // unless something acknowledges it after all
    return passes(life, shadow, flight, at);
  }
  if (state !== 'SYN-RECEIVED' && isRefused(segment, life.story.nextDeparture[place]?.segment)) {
    // Linux answers data for a socket that was let go of as if nobody were there, and nobody is from then on;
    // but first it takes the ACK that came with it.
    if (state === 'FIN-WAIT-1' && acksMore(shadow, segment)) takeAckOf(life, shadow, flight, at);
    return follow(life, 'abort', at, arrivalOf(flight));
  }
  if (state === 'SYN-RECEIVED' && has(segment, ACK) && !thirdAckCounts(life, shadow, flight, at, place))
    return passes(life, shadow, flight, at);
  if (countsThoughOld(life, shadow, flight, at, place)) return takeAckOf(life, shadow, flight, at);
  arrivesInOrder(life, shadow, flight, at, place);
}

function acksMore({ endpoint: e }: Shadow, segment: Segment): boolean {
  return has(segment, ACK) && lt(e.sndUna, segment.ack) && leq(segment.ack, e.sndNxt);
}

function takeAckOf(life: Life, { endpoint }: Shadow, flight: Flight, at: Ms): void {
  take(life, { ...withoutText(flight.segment), seq: endpoint.rcvNxt }, at, arrivalOf(flight));
}

/**
 * The peer's FIN again, with the ACK of ours. RFC 9293 §3.10.7.4 answers it with an ACK and looks no further; Linux takes
 * its ACK, and in CLOSING says nothing (tcp_rcv_state_process).
 */
function countsThoughOld(life: Life, shadow: Shadow, { segment }: Flight, at: Ms, place: number): boolean {
  const { endpoint: e } = shadow;
  const again = has(segment, FIN) && add(segment.seq, sequenceLength(segment)) === e.rcvNxt;
  if (e.state !== 'CLOSING' || !again || !acksMore(shadow, segment) || !life.facts.tapped) return false;
  const next = life.story.nextDeparture[place];
  return next === undefined || next.sentAt - at > AT_ONCE;
}

/** The answer is what CLOSED would say to this very segment. RFC 9293 §3.10.7.1. */
function isRefused(segment: Segment, answer: Segment | undefined): boolean {
  if (answer === undefined || !has(answer, RST) || sequenceLength(segment) === 0) return false;
  if (has(segment, ACK)) return isBareReset(answer) && answer.seq === segment.ack;
  return answer.seq === 0 && answer.ack === add(segment.seq, sequenceLength(segment));
}

/** The segment changed nothing. */
function passes(life: Life, shadow: Shadow, flight: Flight, at: Ms): void {
  record(life, at, arrivalOf(flight), shadow.endpoint, unchanged(shadow.endpoint));
}

/** A SYN that the host answered with a SYN,ACK begins a connection, whatever stood in its place before. */
function beginsConnection(life: Life, flight: Flight, at: Ms, place: number): boolean {
  const { story, shadow, facts } = life;
  const answer = story.nextDeparture[place]?.segment;
  if (answer === undefined || !answersSyn(life, flight.segment, answer, place)) return false;
  if (shadow !== undefined && shadow.endpoint.state !== 'LISTEN') {
    if (shadow.endpoint.state === 'SYN-SENT' || shadow.endpoint.iss === answer.seq) return false;
    follow(life, shadow.endpoint.state === 'TIME-WAIT' ? 'reuse' : 'abort', at, arrivalOf(flight));
    life.shadow = undefined;
  }
  const synAck = isSynAck(answer);
  const iss = synAck ? answer.seq : add(answer.seq, -1);
  const opened = step(CLOSED_ENDPOINT, { kind: 'open', mode: 'passive', iss }, at, facts.profile);
  beginSocket(life, opened.endpoint);
  take(life, flight.segment, at, arrivalOf(flight), synAck ? undefined : blame(life));
  return true;
}

function answersSyn(life: Life, syn: Segment, answer: Segment, place: number): boolean {
  if (has(answer, RST) || !has(answer, ACK)) return false;
  const reach = distance(syn.seq, answer.ack);
  // At the tapped host every SYN,ACK was captured; elsewhere the first may have been lost on its way here.
  if (!has(answer, SYN))
    return !life.facts.tapped && life.shadow === undefined && reach > 0 && reach < FARTHEST;
  if (reach < 1 || reach > 1 + syn.length) return false;
  const next = life.story.nextArrival[place];
  const answered = life.story.nextDeparture[place];
  const repeated =
    next !== undefined && answered !== undefined && next.id < answered.id && isSyn(next.segment);
  return !(repeated && life.facts.tapped && next.segment.seq === syn.seq);
}

/** No connection has these ports: before the first, after the last, or in a capture that begins late. */
function arrivesForNobody(life: Life, flight: Flight, at: Ms, place: number): void {
  const { segment } = flight;
  const answer = life.story.nextDeparture[place]?.segment;
  const refused = answer !== undefined && has(answer, RST);
  if (isSynAck(segment) && life.opened === 0 && answer !== undefined && has(answer, ACK) && !refused)
    return answersUnseenSyn(life, flight, at);
  const unseen = !life.synSeen || !life.facts.bothDirections;
  const halfway = unseen && life.opened === 0 && has(segment, ACK) && !has(segment, SYN);
  if (halfway && !refused && !has(segment, RST)) {
    const { resumed } = life.facts;
    beginSocket(life, metHalfway(segment, 'arrival', resumed));
    const doubt = resumed === undefined ? (life.synSeen ? blame(life) : 'late-start') : undefined;
    take(life, segment, at, arrivalOf(flight), doubt);
    return;
  }
  const nobody = refused ? CLOSED_ENDPOINT : endpointOfNobody(life);
  const answers = refused || has(segment, RST);
  const result = answers
    ? step(nobody, { kind: 'segment', segment }, at, life.facts.profile)
    : unchanged(nobody);
  record(life, at, arrivalOf(flight), nobody, {
    ...result,
    endpoint: nobody,
    path: [nobody.state],
    effects: [],
  });
}

/** The host goes on with a connection whose SYN,ACK this is: its SYN was sent, and not captured. */
function answersUnseenSyn(life: Life, flight: Flight, at: Ms): void {
  const iss = add(flight.segment.ack, -1);
  const opened = step(CLOSED_ENDPOINT, { kind: 'open', mode: 'active', iss }, at, life.facts.profile);
  beginSocket(life, { ...opened.endpoint, deadlines: {}, retransmit: [] });
  take(life, flight.segment, at, arrivalOf(flight), blameForStart(life));
}

function arrivesInSynSent(life: Life, flight: Flight, at: Ms, place: number): void {
  const { segment } = flight;
  const next = life.story.nextDeparture[place];
  const refused =
    isSynAck(segment) &&
    next !== undefined &&
    isBareReset(next.segment) &&
    next.segment.seq === segment.ack &&
    next.sentAt - at < AT_ONCE;
  if (refused && segment.ack === life.shadow?.endpoint.sndNxt) {
    // Nobody wants the answer to this SYN any more: the socket was closed before it came.
    follow(life, 'close', at, arrivalOf(flight), 'call-time-unknown');
    life.shadow = undefined;
    return;
  }
  take(life, segment, at, arrivalOf(flight));
}

/** Whether the ACK of a SYN,ACK was taken: with a full accept queue it is ignored and the SYN,ACK sent again, or reset. */
function thirdAckCounts(life: Life, shadow: Shadow, { segment }: Flight, at: Ms, place: number): boolean {
  const { story } = life;
  if (segment.ack !== shadow.endpoint.sndNxt) return true;
  const next = story.nextDeparture[place];
  const overflow = next !== undefined && isBareReset(next.segment) && next.sentAt - at < AT_ONCE;
  if (overflow && next.segment.seq === segment.ack) return false;
  const sentAgain = (story.lastSynAck.get(shadow.endpoint.iss) ?? -1) > place;
  if (sentAgain || (life.queueFull && (next === undefined || isSynAck(next.segment)))) {
    shadow.ackIgnoredAt = at;
    return false;
  }
  if (shadow.ackIgnoredAt === undefined) return true;
  // Once ignored, only a sign of life shows that the queue has room again.
  return next !== undefined || (life.acceptedAt ?? Number.NEGATIVE_INFINITY) > shadow.ackIgnoredAt;
}

function arrivesReset(life: Life, shadow: Shadow, flight: Flight, at: Ms, place: number): void {
  const { segment } = flight;
  const e = shadow.endpoint;
  const next = life.story.nextDeparture[place];
  // Windows asks again after a refusal: a SYN with the same ISS is of the same socket.
  const alive =
    isAlive(shadow, next) && (e.state !== 'SYN-SENT' || (next !== undefined && isSyn(next.segment)));
  const predicted = tryArrival(shadow, segment, at, life.facts.profile);
  const closes = predicted.path.length > 1;
  if (closes && alive) return passes(life, shadow, flight, at);
  if (!closes && !alive && isBelievedByLinux(life, shadow, segment)) {
    take(life, { ...segment, seq: e.rcvNxt }, at, arrivalOf(flight));
    return;
  }
  take(life, segment, at, arrivalOf(flight));
}

/** Resets beside RCV.NXT that Linux takes all the same; RFC 9293 §3.10.7.4 would challenge or ignore them. */
function isBelievedByLinux({ facts }: Life, shadow: Shadow, { seq }: Segment): boolean {
  const { endpoint: e } = shadow;
  // Some senders number the RST after a FIN like the FIN itself (tcp_reset_check).
  const likeTheFin = seq === add(e.rcvNxt, -1);
  if (likeTheFin && (e.state === 'CLOSE-WAIT' || e.state === 'LAST-ACK' || e.state === 'CLOSING'))
    return true;
  if (e.held.at(-1)?.to === seq && e.held.length > 0) return true; // the edge that our last SACK reported
  const inWindow = lt(e.rcvNxt, seq) && distance(e.rcvNxt, seq) < windowOf(shadow, facts.profile);
  // Sockets reduced to their last needs do not challenge: a request not yet accepted, an orphan in FIN-WAIT-2.
  return (
    inWindow &&
    ((e.state === 'SYN-RECEIVED' && e.role === 'passive') || (e.state === 'FIN-WAIT-2' && e.orphaned))
  );
}

const TEXT_BITS = FIN | PSH;

/** Text and FIN count from the moment something that left acknowledges them; without such a sign, at once. */
function arrivesInOrder(life: Life, shadow: Shadow, flight: Flight, at: Ms, place: number): void {
  const { segment } = flight;
  const next = life.story.nextDeparture[place]?.segment;
  const awaited =
    sequenceLength(segment) > 0 && next !== undefined && has(next, ACK) && !has(next, SYN) && !has(next, RST);
  if (isBeyondWindow(life, shadow, segment)) {
    defer(shadow, flight);
    return passes(life, shadow, flight, at);
  }
  if (awaited) {
    const predicted = tryArrival(shadow, segment, at, life.facts.profile).endpoint.rcvNxt;
    if (!leq(predicted, next.ack)) {
      defer(shadow, flight);
      take(life, withoutText(segment), at, arrivalOf(flight));
      return;
    }
  }
  take(life, segment, at, arrivalOf(flight));
}

/** Nobody may send so far, unless the windows that allowed it were not captured. */
function isBeyondWindow({ facts }: Life, shadow: Shadow, segment: Segment): boolean {
  const edge = add(shadow.endpoint.rcvNxt, windowOf(shadow, facts.profile));
  return sequenceLength(segment) > 0 && lt(edge, segment.seq);
}

/** So many are kept: a capture of nothing but these must not take its square in time. */
const MOST_DEFERRED = 4096;

function defer({ deferred }: Shadow, flight: Flight): void {
  deferred.push(flight);
  if (deferred.length > MOST_DEFERRED) deferred.shift();
}

function withoutText(segment: Segment): Segment {
  return { ...segment, length: 0, flags: (segment.flags & ~TEXT_BITS) as Flags };
}

/** Something that left acknowledges more than is known to have arrived: lets the deferred segments count, or blames the tap. */
export function acknowledges(life: Life, ack: Segment['ack'], at: Ms): void {
  for (let shadow = life.shadow; shadow !== undefined; shadow = life.shadow) {
    const { endpoint, deferred } = shadow;
    if (leq(ack, endpoint.rcvNxt)) return;
    const place = deferred.findIndex(({ segment }) => leq(add(segment.seq, sequenceLength(segment)), ack));
    const [flight] = place < 0 ? [] : deferred.splice(place, 1);
    if (flight === undefined) return;
    const { segment } = flight;
    const end = add(segment.seq, sequenceLength(segment));
    if (!lt(endpoint.rcvNxt, end)) continue;
    if (isBeyondWindow(life, shadow, segment)) fillGap(life, shadow, flight, at);
    take(life, { ...segment, flags: flags(segment.flags) }, at, arrivalOf(flight));
  }
}

/** What stands before a segment that was acknowledged arrived as well, and so did the room for it. */
function fillGap(life: Life, shadow: Shadow, flight: Flight, at: Ms): void {
  const { endpoint } = shadow;
  const { seq: start } = flight.segment;
  const gap = {
    flags: ACK,
    seq: endpoint.rcvNxt,
    ack: endpoint.sndUna,
    window: endpoint.sndWnd,
    urgent: 0,
    options: {},
  };
  shadow.rightEdge = add(start, sequenceLength(flight.segment));
  take(life, { ...gap, length: distance(endpoint.rcvNxt, start) }, at, arrivalOf(flight), blame(life));
}
