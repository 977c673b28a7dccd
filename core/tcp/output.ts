import type { Sent } from './endpoint.ts';
import type { Purpose } from './event.ts';
import {
  ACK,
  FIN,
  type Flags,
  flags,
  has,
  NO_OPTIONS,
  PSH,
  RST,
  type Segment,
  type SegmentOptions,
  SYN,
  URG,
} from './segment.ts';
import { add, distance, leq, type Seq, seq } from './seq.ts';
import { type Ms, ms } from './time.ts';
import { arm, cancel, cite, spaceOf, type Work } from './work.ts';

const ACK_FIN = flags(ACK, FIN);
const RST_ACK = flags(RST, ACK);
const MAX_WINDOW_FIELD = 65_535;

/** Puts a segment on the wire. It carries RCV.NXT whenever ACK is set, so nothing else is owed then. */
function emit(w: Work, at: Seq, bits: Flags, length: number, purpose: Purpose): void {
  const acks = (bits & ACK) !== 0;
  const options: SegmentOptions = bits & SYN && w.profile.sendsMss ? { mss: w.profile.mss } : NO_OPTIONS;
  const segment: Segment = {
    flags: bits,
    seq: at,
    ack: acks ? w.e.rcvNxt : seq(0),
    length,
    window: bits & RST ? 0 : Math.min(w.e.rcvWnd, MAX_WINDOW_FIELD),
    urgent: bits & URG ? length : 0,
    options,
  };
  w.effects.push({ kind: 'send', segment: w.profile.laws.stamp(segment, w.e), purpose });
  if (!acks) return;
  w.ackOwed = false;
  cancel(w, 'delayed-ack');
  cite(w, 'number/ack-is-next-expected');
}

/** Sends something that takes sequence space, and keeps it until it is acknowledged. */
export function sendNew(w: Work, bits: Flags, length: number): void {
  const { e, profile } = w;
  const at = e.sndNxt;
  if (bits & SYN) cite(w, 'number/syn-takes-one');
  if (length > 0) cite(w, 'number/data-takes-its-length');
  if (bits & FIN) {
    cite(w, 'number/fin-takes-one');
    e.finSeq = add(at, length);
  }
  const control = (bits & SYN ? profile.laws.synTakes : 0) + (bits & FIN ? profile.laws.finTakes : 0);
  e.sndNxt = add(at, length + control);
  emit(w, at, bits, length, 'fresh');
  e.retransmit = [...e.retransmit, { seq: at, flags: bits, length, sentAt: w.at, retries: 0 }];
  if (e.deadlines.retransmission === undefined) arm(w, 'retransmission', e.rto);
}

/** Sends the front of the retransmission queue again. RFC 6298 (5.4). */
export function sendAgain(w: Work): void {
  const [front, ...rest] = w.e.retransmit;
  if (front === undefined) return;
  // A SYN sent again in SYN-RECEIVED must acknowledge the SYN that has arrived since.
  const bits = front.flags & SYN && w.e.state === 'SYN-RECEIVED' ? flags(SYN, ACK) : front.flags;
  cite(w, 'timer/same-number-again');
  emit(w, w.profile.laws.repeatsNumber ? front.seq : w.e.sndNxt, bits, front.length, 'retransmission');
  w.e.retransmit = [{ ...front, flags: bits, retries: front.retries + 1 }, ...rest];
}

/** <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK> */
export function sendAck(w: Work): void {
  cite(w, 'number/ack-takes-none');
  emit(w, w.e.sndNxt, ACK, 0, 'reply');
  w.e.sndNxt = add(w.e.sndNxt, w.profile.laws.pureAckTakes);
}

/** <SEQ=SND.NXT><CTL=RST>. RFC 9293 §3.10.5. */
export function sendAbort(w: Work): void {
  emit(w, w.e.sndNxt, w.profile.abortCarriesAck ? RST_ACK : RST, 0, 'reply');
}

/**
 * A reset for a segment nobody wanted: believable to its sender because it carries the number that sender expects.
 * With ACK: <SEQ=SEG.ACK><CTL=RST>; without: <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>. RFC 9293 §3.5.2, §3.10.7.1.
 */
export function sendResetFor(w: Work, unwanted: Segment): void {
  if (has(unwanted, ACK)) {
    cite(w, 'reset/takes-number-from-ack');
    emit(w, unwanted.ack, RST, 0, 'reply');
    return;
  }
  cite(w, 'reset/acknowledges-what-came');
  const before = w.e.rcvNxt;
  w.e.rcvNxt = add(unwanted.seq, spaceOf(w, unwanted));
  emit(w, seq(0), RST_ACK, 0, 'reply');
  w.e.rcvNxt = before;
}

/** A probe that must be answered: SEG.SEQ = SND.NXT - 1, no data. RFC 9293 §3.8.4. */
export function sendKeepalive(w: Work): void {
  emit(w, add(w.e.sndNxt, -1), ACK, 0, 'keepalive');
}

/**
 * Asks whether a closed window has opened. RFC 9293 §3.8.6.1 would send one octet of new data; we send none and
 * the number before SND.NXT, as common systems do: it must be answered all the same. See docs/departures.md.
 */
export function sendWindowProbe(w: Work): void {
  emit(w, add(w.e.sndNxt, -1), ACK, 0, 'window-probe');
}

/** Sends what the application queued and the window allows, then the FIN if nothing is left before it. */
export function flush(w: Work): void {
  const { e, profile } = w;
  if (e.state !== 'ESTABLISHED' && e.state !== 'CLOSE-WAIT' && !e.closing) return;
  if (e.finSeq !== undefined) return;
  while (e.unsent > 0) {
    const room = distance(e.sndNxt, add(e.sndUna, e.sndWnd));
    const length = Math.min(e.unsent, e.sndMss, room);
    if (length <= 0) {
      cite(w, 'send/waits-for-window');
      if (e.retransmit.length === 0 && e.deadlines.persist === undefined) arm(w, 'persist', e.rto);
      return;
    }
    e.unsent -= length;
    const last = e.unsent === 0;
    const finToo = last && e.closing && profile.finRidesData;
    sendNew(w, flags(ACK, ...(last ? [PSH] : []), ...(finToo ? [FIN] : [])), length);
    if (finToo) return;
  }
  cancel(w, 'persist');
  if (e.closing) sendNew(w, ACK_FIN, 0);
}

/**
 * Takes an acknowledgment of new data: moves SND.UNA, empties the queue up to it, measures the round trip,
 * and restarts or stops the retransmission timer. RFC 9293 §3.10.7.4, RFC 6298 §2, (5.2), (5.3).
 */
export function takeAck(w: Work, ack: Seq): void {
  const { e } = w;
  e.sndUna = ack;
  const acked = e.retransmit.filter((sent) => leq(endOf(w, sent), ack));
  e.retransmit = e.retransmit.filter((sent) => !acked.includes(sent));
  const sample = acked.findLast((sent) => sent.retries === 0);
  if (sample !== undefined && acked.every((sent) => sent.retries === 0)) measure(w, w.at - sample.sentAt);
  e.retries = 0;
  if (e.retransmit.length > 0) arm(w, 'retransmission', e.rto);
  else cancel(w, 'retransmission');
}

function endOf(w: Work, sent: Sent): Seq {
  const { synTakes, finTakes } = w.profile.laws;
  return add(sent.seq, sent.length + (sent.flags & SYN ? synTakes : 0) + (sent.flags & FIN ? finTakes : 0));
}

/** RFC 6298 §2: SRTT, RTTVAR and RTO from one sample in milliseconds. */
function measure(w: Work, sample: number): void {
  const { e, profile } = w;
  if (!profile.measuresRoundTrip) {
    e.rto = profile.initialRto;
    return;
  }
  e.rttvar = e.srtt === undefined ? sample / 2 : 0.75 * e.rttvar + 0.25 * Math.abs(e.srtt - sample);
  e.srtt = e.srtt === undefined ? sample : 0.875 * e.srtt + 0.125 * sample;
  e.rto = clamp(profile.minRto, e.srtt + 4 * e.rttvar, profile.maxRto);
}

function clamp(low: Ms, value: number, high: Ms): Ms {
  return ms(Math.min(Math.max(value, low), high));
}
