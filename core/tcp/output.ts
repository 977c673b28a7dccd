// Puts segments on the wire: numbers them, keeps what must be acknowledged, answers what nobody wanted.

import { ackSent, textSent } from './ack-pace.ts';
import { countSent } from './congestion-window.ts';
import type { Sent } from './endpoint.ts';
import type { Purpose } from './event.ts';
import { numbersTaken } from './laws.ts';
import { optionsFor, windowField } from './options.ts';
import { moveRightEdge } from './receive-window.ts';
import { startRetransmissionTimer } from './retransmission-timer.ts';
import { ACK, FIN, type Flags, flags, has, PSH, RST, type Segment, SYN, URG } from './segment.ts';
import { add, type Seq, seq } from './seq.ts';
import { urgentOffset } from './urgent.ts';
import { cite, spaceOf, type Work } from './work.ts';

const RST_ACK = flags(RST, ACK);

/** Puts a segment on the wire. It carries RCV.NXT whenever ACK is set, so nothing else is owed then. */
function emit(w: Work, at: Seq, bits: Flags, length: number, purpose: Purpose): void {
  const acks = (bits & ACK) !== 0;
  if (acks) moveRightEdge(w);
  const urgent = bits & RST ? 0 : urgentOffset(w, at, bits);
  const segment: Segment = {
    flags: urgent > 0 ? flags(bits, URG) : bits,
    seq: at,
    ack: acks ? w.e.rcvNxt : seq(0),
    length,
    window: bits & RST ? 0 : windowField(w.e, bits),
    urgent,
    options: optionsFor(w, bits),
  };
  w.effects.push({ kind: 'send', segment: w.profile.laws.stamp(segment, w.e), purpose });
  if (!acks) return;
  if (!(bits & RST)) {
    ackSent(w);
    cite(w, 'number/ack-is-next-expected');
  }
  if (length === 0) return;
  textSent(w);
  w.e.textSentAt = w.at;
}

/**
 * Sends something that takes sequence space, and keeps it until it is acknowledged.
 *
 * @param pushed - PSH for this transmission alone: a retransmission goes without
 */
export function sendNew(w: Work, bits: Flags, length: number, pushed = false): void {
  const { e, profile } = w;
  const at = e.sndNxt;
  if (bits & SYN) {
    cite(w, 'number/syn-takes-one');
    if (profile.countsRetriesAsTime) e.retryingSince = w.at; // Linux tcp_connect
  }
  if (length > 0) cite(w, 'number/data-takes-its-length');
  if (bits & FIN) {
    cite(w, 'number/fin-takes-one');
    e.finSeq = add(at, length);
  }
  e.sndNxt = add(at, numbersTaken(profile.laws, { flags: bits, length }));
  emit(w, at, pushed ? flags(bits, PSH) : bits, length, 'fresh');
  e.retransmit = [...e.retransmit, { seq: at, flags: bits, length, sentAt: w.at, retries: 0 }];
  countSent(w);
  startRetransmissionTimer(w);
}

/** Sends an entry of the retransmission queue again, the front one unless told otherwise. RFC 6298 (5.4). */
export function sendAgain(w: Work, place = 0): void {
  const { e } = w;
  if (w.profile.joinsRetransmissions) joinFollowing(w, place);
  const sent = e.retransmit[place];
  if (sent === undefined) return;
  // A SYN sent again in SYN-RECEIVED must acknowledge the SYN that has arrived since.
  const bits = sent.flags & SYN && e.state === 'SYN-RECEIVED' ? flags(SYN, ACK) : sent.flags;
  cite(w, 'timer/same-number-again');
  const length = bits & SYN && !w.profile.repeatsSynData ? 0 : sent.length;
  emit(w, w.profile.laws.repeatsNumber ? sent.seq : e.sndNxt, bits, length, 'retransmission');
  e.retryingSince ??= w.at;
  countSent(w);
  const again: Sent = {
    seq: sent.seq,
    flags: bits,
    length: sent.length,
    sentAt: w.at,
    retries: sent.retries + 1,
  };
  e.retransmit = e.retransmit.map((one, index) => (index === place ? again : one));
}

/** Puts small entries of the queue that follow each other into one, up to the MSS. Linux tcp_retrans_try_collapse. */
function joinFollowing({ e }: Work, place: number): void {
  const first = e.retransmit[place];
  if (first === undefined || first.flags & SYN) return;
  let joined = first;
  let count = 1;
  for (const next of e.retransmit.slice(place + 1)) {
    if (next.mark === 'sacked' || joined.length + next.length > e.sndMss) break;
    const bits = flags(joined.flags, next.flags);
    joined = { ...joined, flags: bits, length: joined.length + next.length };
    count += 1;
  }
  if (count > 1) e.retransmit = e.retransmit.toSpliced(place, count, joined);
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
