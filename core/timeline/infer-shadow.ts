// One end of a captured connection as the rules of core/tcp see it. Arrivals are stepped; departures are the truth,
// so whatever step() would have sent is dropped and the numbers are taken from what did leave.

import type { SocketId } from '../host/host.ts';
import { CLOSED_ENDPOINT, type Deadlines, type Endpoint, type Sent } from '../tcp/endpoint.ts';
import type { Effect } from '../tcp/event.ts';
import type { Profile } from '../tcp/profiles.ts';
import { ACK, FIN, flags, has, type Segment, SYN, sequenceLength } from '../tcp/segment.ts';
import { add, distance, latest, leq, lt, type Seq, seq } from '../tcp/seq.ts';
import type { TcpState } from '../tcp/states.ts';
import { type StepResult, step } from '../tcp/step.ts';
import { type Ms, ms } from '../tcp/time.ts';
import type { Flight } from './infer-transit.ts';

/** A socket being followed through a capture. Private to the inference, and changed as it goes. */
export interface Shadow {
  readonly id: SocketId;
  endpoint: Endpoint;
  /** Window scale shifts: ours once our SYN left, theirs once theirs arrived. RFC 7323 §2. */
  readonly shift: { ours: number | undefined; theirs: number | undefined };
  /** The right edge of the window we last advertised, and the highest number that really left. */
  rightEdge: Seq | undefined;
  sentUpTo: Seq | undefined;
  /** TS.Recent of RFC 7323 §4.3. */
  recentTimestamp: Seq | undefined;
  /** Arrived, but nothing that left has acknowledged it yet. */
  readonly deferred: Flight[];
  /** When its SYN,ACK arrived third ACK was seen to be ignored: the accept queue was full. */
  ackIgnoredAt: Ms | undefined;
  /** When the oldest unacknowledged segment last left, and the wait before that. */
  lastTry: Ms | undefined;
  lastGap: number | undefined;
  /** Data on the SYN was acknowledged with it: this end may send before the third ACK. RFC 7413. */
  fastOpen: boolean;
  /** A close() or shutdown() that is known, not inferred. */
  closeKnown: boolean;
}

export function newShadow(id: SocketId, endpoint: Endpoint): Shadow {
  return {
    id,
    endpoint,
    shift: { ours: undefined, theirs: undefined },
    rightEdge: undefined,
    sentUpTo: undefined,
    recentTimestamp: undefined,
    deferred: [],
    ackIgnoredAt: undefined,
    lastTry: undefined,
    lastGap: undefined,
    fastOpen: false,
    closeKnown: false,
  };
}

/** An endpoint first met in the middle of its life: all that is known are the numbers of one segment. */
export function metHalfway(
  segment: Segment,
  direction: 'arrival' | 'departure',
  state: TcpState = 'ESTABLISHED',
): Endpoint {
  const [sndNxt, rcvNxt] =
    direction === 'departure' ? [segment.seq, segment.ack] : [segment.ack, segment.seq];
  return {
    ...CLOSED_ENDPOINT,
    state,
    iss: add(sndNxt, -1),
    sndUna: sndNxt,
    sndNxt,
    sndWnd: direction === 'arrival' ? segment.window : 0,
    irs: add(rcvNxt, -1),
    rcvNxt,
  };
}

const KEPT_TIMERS = ['time-wait', 'fin-wait-2'] as const;

/** Steps an arrival and keeps of the result what an observer may believe. Does not change the shadow. */
export function tryArrival(shadow: Shadow, segment: Segment, at: Ms, profile: Profile): StepResult {
  const before = shadow.endpoint;
  // Nothing waits to be sent here, and nobody has let go: if data is refused, the RST will be seen leaving.
  // Timestamps are judged here (isFromThePast): the capture does not tell what the host's own clock said.
  const masked: Endpoint = {
    ...before,
    timestamps: false,
    closing: false,
    orphaned: false,
    reads: true,
    unsent: 0,
    rcvWnd: windowOf(shadow, profile),
  };
  const unscaled = has(segment, SYN) || shadow.shift.ours === undefined ? 0 : (shadow.shift.theirs ?? 0);
  const scaled = { ...segment, window: segment.window * 2 ** unscaled };
  const result = step(masked, { kind: 'segment', segment: scaled }, at, profile);
  const after = result.endpoint;
  return {
    ...result,
    endpoint: {
      ...after,
      timestamps: before.timestamps || after.timestamps,
      recentStamp: after.recentStamp ?? before.recentStamp,
      closing: before.closing,
      orphaned: before.orphaned,
      finSeq: before.finSeq,
      sndNxt: before.state === 'LISTEN' ? after.sndNxt : latest(before.sndNxt, after.sndUna),
      deadlines: keptDeadlines(after.deadlines),
    },
    effects: result.effects.filter(isVisible),
  };
}

/** Octets behind RCV.NXT that the peer may send: as advertised, or as the profile would. */
export function windowOf({ endpoint, rightEdge }: Shadow, profile: Profile): number {
  if (rightEdge === undefined) return profile.receiveBuffer;
  return Math.max(0, distance(endpoint.rcvNxt, rightEdge));
}

function keptDeadlines(deadlines: Deadlines): Deadlines {
  return Object.fromEntries(
    KEPT_TIMERS.flatMap((timer) => (deadlines[timer] === undefined ? [] : [[timer, deadlines[timer]]])),
  );
}

function isVisible(effect: Effect): boolean {
  if (effect.kind === 'send') return false;
  return effect.kind === 'app' || KEPT_TIMERS.some((timer) => timer === effect.timer);
}

/** Takes over what an arrival did. */
export function settleArrival(shadow: Shadow, segment: Segment, at: Ms, result: StepResult): void {
  const before = shadow.endpoint;
  shadow.endpoint = result.endpoint;
  if (has(segment, SYN)) shadow.shift.theirs ??= segment.options.windowScale;
  const stamp = segment.options.timestamps;
  const repeats = lt(add(segment.seq, sequenceLength(segment)), before.rcvNxt);
  if (stamp !== undefined && leq(segment.seq, before.rcvNxt) && (!repeats || has(segment, SYN))) {
    const value = seq(stamp.value);
    if (shadow.recentTimestamp === undefined || leq(shadow.recentTimestamp, value))
      shadow.recentTimestamp = value;
  }
  if (result.endpoint.sndUna === before.sndUna) return;
  shadow.lastTry = result.endpoint.retransmit.length > 0 ? at : undefined;
  shadow.lastGap = undefined;
}

/** PAWS: the segment is older than what was taken last; Linux allows for one tick of the clock. RFC 7323 §5.3. */
export function isFromThePast(shadow: Shadow, segment: Segment): boolean {
  const stamp = segment.options.timestamps;
  if (stamp === undefined || shadow.recentTimestamp === undefined) return false;
  return distance(seq(stamp.value), shadow.recentTimestamp) > 1;
}

/** Takes the numbers of a segment that left: SND.NXT, the retransmission queue, the window advertised. */
export function takeDeparture(shadow: Shadow, segment: Segment, at: Ms): 'fresh' | 'again' | 'empty' {
  const e = shadow.endpoint;
  const shift = has(segment, SYN) || shadow.shift.theirs === undefined ? 0 : (shadow.shift.ours ?? 0);
  if (has(segment, SYN)) shadow.shift.ours ??= segment.options.windowScale;
  if (has(segment, ACK)) {
    const edge = add(segment.ack, segment.window * 2 ** shift);
    shadow.rightEdge = shadow.rightEdge === undefined ? edge : latest(shadow.rightEdge, edge);
  }
  const length = sequenceLength(segment);
  if (length === 0) return 'empty';
  const end = add(segment.seq, length);
  const fresh = shadow.sentUpTo === undefined || lt(shadow.sentUpTo, end);
  if (fresh) shadow.sentUpTo = end;
  shadow.lastGap = fresh || shadow.lastTry === undefined ? undefined : at - shadow.lastTry;
  shadow.lastTry = at;
  shadow.endpoint = {
    ...e,
    sndNxt: latest(e.sndNxt, end),
    retransmit: fresh ? queued(e.retransmit, segment, at) : e.retransmit.map(oneMoreTry(segment, at)),
    finSeq: has(segment, FIN) ? add(segment.seq, segment.length) : e.finSeq,
    closing: e.closing || has(segment, FIN),
  };
  return fresh ? 'fresh' : 'again';
}

/** The queue is kept in every step: a capture that never acknowledges must not fill the memory with it. */
const LONGEST_QUEUE = 64;

function queued(queue: readonly Sent[], segment: Segment, at: Ms): readonly Sent[] {
  if (queue.length >= LONGEST_QUEUE) return queue;
  return [
    ...queue,
    { seq: segment.seq, flags: segment.flags, length: segment.length, sentAt: at, retries: 0 },
  ];
}

function oneMoreTry(segment: Segment, at: Ms): (sent: Sent) => Sent {
  return (sent) => (sent.seq === segment.seq ? { ...sent, sentAt: at, retries: sent.retries + 1 } : sent);
}

/** The segment that must have arrived unseen for an endpoint to say ACK = `ack`. */
export function impliedArrival(endpoint: Endpoint, departed: Segment): Segment | undefined {
  const { state, rcvNxt } = endpoint;
  const base = { length: 0, window: 0, urgent: 0, options: {} };
  if (state === 'SYN-SENT') {
    const theirs = add(departed.ack, -1);
    if (has(departed, SYN)) return { ...base, flags: SYN, seq: theirs, ack: seq(0) };
    return { ...base, flags: flags(SYN, ACK), seq: theirs, ack: departed.seq };
  }
  if (state === 'SYN-RECEIVED') return { ...base, flags: ACK, seq: rcvNxt, ack: endpoint.sndNxt };
  const missing = distance(rcvNxt, departed.ack);
  if (missing <= 0) return undefined;
  return { ...base, flags: ACK, seq: rcvNxt, ack: endpoint.sndUna, length: missing };
}

/**
 * A first retransmission can take this long: RFC 6298 (2.1), and (5.7) for data after a SYN that was sent again. What is
 * repeated earlier, a probe of the tail, tells less of the timer than its doubling does.
 */
const FIRST_WAIT = { handshake: 1000, data: 3000 } as const;
/** No retransmission timer is shorter on Linux (TCP_RTO_MIN); RFC 6298 (2.4) asks for a second. */
const LEAST_TIMEOUT = 200;
/** Timers run late: by an eighth on Linux (kernel/time/timer.c), by half a second where they have slow ticks, as on BSD. */
const LATE = { share: 1.125, ticks: 500 } as const;

/** When an endpoint whose retransmissions stopped must have given up; undefined while it may still be waiting. */
export function gaveUpAt(shadow: Shadow, now: Ms): Ms | undefined {
  const { endpoint, lastTry, lastGap } = shadow;
  if (lastTry === undefined || endpoint.retransmit.length === 0) return undefined;
  const opening = endpoint.state === 'SYN-SENT' || endpoint.state === 'SYN-RECEIVED';
  const timed = lastGap !== undefined && lastGap >= LEAST_TIMEOUT; // else the peer's ACKs showed a loss: RFC 5681 §3.2
  const wait = !timed ? FIRST_WAIT[opening ? 'handshake' : 'data'] : 2 * lastGap;
  return now > lastTry + LATE.share * wait + LATE.ticks ? ms(lastTry + wait) : undefined;
}
