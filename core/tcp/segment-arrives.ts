import { settleAcks } from './acknowledge.ts';
import { arrivesInSynchronized, established } from './arrives-synchronized.ts';
import { takeSynOptions } from './options.ts';
import { sendNew, sendResetFor } from './output.ts';
import { ACK, FIN, flags, has, RST, type Segment, SYN } from './segment.ts';
import { flush } from './send-queue.ts';
import { add, leq } from './seq.ts';
import { takeAck } from './take-ack.ts';
import { takeUrgent } from './urgent.ts';
import { arm, cite, keepsAlive, move, tell, type Work } from './work.ts';

/** SEGMENT ARRIVES. RFC 9293 §3.10.7, in the order of its checks. */
export function segmentArrives(w: Work, segment: Segment): void {
  switch (w.e.state) {
    case 'CLOSED':
      return arrivesInClosed(w, segment);
    case 'LISTEN':
      return arrivesInListen(w, segment);
    case 'SYN-SENT':
      arrivesInSynSent(w, segment);
      break;
    default:
      arrivesInSynchronized(w, segment);
  }
  settleAcks(w);
  hearFromPeer(w);
}

/** The listener has no room: the peer is told at once, with a RST. RFC 9293 says nothing of accept queues. */
export function refuse(w: Work, segment: Segment): void {
  cite(w, 'listen/queue-is-full');
  sendResetFor(w, segment);
  move(w, 'abort');
}

/**
 * Every segment from the peer starts the idle time of keepalive anew. RFC 9293 §3.8.4. A peer's own probe does not
 * where unacceptable segments go no further: Linux notes the time in tcp_ack.
 */
function hearFromPeer(w: Work): void {
  const { e, profile } = w;
  if (!e.keepalive || !keepsAlive(w) || (profile.judgesByLastAck && !w.heard)) return;
  e.probes = 0;
  cite(w, 'keepalive/peer-was-heard');
  arm(w, 'keepalive', profile.keepaliveIdle);
}

/** RFC 9293 §3.10.7.1. */
function arrivesInClosed(w: Work, segment: Segment): void {
  if (has(segment, RST)) cite(w, 'closed/ignores-rst');
  else {
    cite(w, 'closed/answers-rst');
    sendResetFor(w, segment);
  }
}

/** RFC 9293 §3.10.7.2. */
function arrivesInListen(w: Work, segment: Segment): void {
  if (has(segment, RST)) return cite(w, 'listen/ignores-rst');
  if (has(segment, ACK)) {
    cite(w, 'listen/ack-is-out-of-place');
    return sendResetFor(w, segment);
  }
  if (!has(segment, SYN)) return cite(w, 'listen/drops-the-rest');
  if (w.profile.dropsSynFin && has(segment, FIN)) return cite(w, 'listen/drops-syn-fin');
  if (!move(w, 'recv-syn')) return;
  takeSyn(w, segment);
  cite(w, 'open/chooses-iss');
  sendNew(w, flags(SYN, ACK), 0);
}

/** The peer has taken the SYN, but not the data on it: that is sent as if for the first time. RFC 7413 §4.2.1. */
function sendSynDataAgain(w: Work): void {
  const { e } = w;
  const [front] = e.retransmit;
  if (front === undefined || !(front.flags & SYN)) return;
  e.retransmit = [];
  e.sndNxt = e.sndUna;
  e.unsent += front.length;
  if (w.profile.segmentsPerBurst > 0) e.pushes = [add(e.sndUna, front.length), ...e.pushes]; // Linux tcp_send_syn_data
}

/** Learns the peer's numbers from its SYN. */
function takeSyn(w: Work, segment: Segment): void {
  const { e, profile } = w;
  e.irs = segment.seq;
  e.lastSeq = segment.seq;
  e.rcvNxt = add(segment.seq, profile.laws.synTakes);
  e.sndWnd = segment.window; // the window of a SYN is never scaled: RFC 7323 §2.2
  e.maxSndWnd = segment.window;
  e.ackedUpTo = e.rcvNxt;
  e.sndWl1 = segment.seq;
  e.sndWl2 = segment.ack;
  e.sndMss = Math.min(profile.mss, segment.options.mss ?? (profile.sendsMss ? DEFAULT_MSS : profile.mss));
  takeSynOptions(w, segment);
  if (profile.takesSynData && e.role === 'passive' && segment.length > 0) {
    cite(w, 'open/data-on-syn-is-taken');
    e.rcvNxt = add(e.rcvNxt, segment.length);
    if (e.reads) tell(w, { kind: 'data', length: segment.length });
    else {
      e.rcvWnd -= segment.length;
      e.unread += segment.length;
    }
  } else if (segment.length > 0 || has(segment, FIN)) {
    cite(w, 'open/data-on-syn-waits');
    e.held = [{ from: e.rcvNxt, to: add(e.rcvNxt, segment.length), fin: has(segment, FIN) }];
  }
}

/** What to assume of a peer that sends no MSS option over IPv4. RFC 9293 §3.7.1 (MUST-15). */
const DEFAULT_MSS = 536;

/** RFC 9293 §3.10.7.3. */
function arrivesInSynSent(w: Work, segment: Segment): void {
  const { e, profile } = w;
  const acks = has(segment, ACK);
  const good = acks && leq(add(e.iss, profile.laws.synTakes), segment.ack) && leq(segment.ack, e.sndNxt);
  if (acks && !good) {
    cite(w, 'syn-sent/wrong-ack');
    if (!has(segment, RST)) sendResetFor(w, segment);
    if (profile.synAgainAfterWrongAck !== undefined && e.retries === 0) {
      cite(w, 'syn-sent/tries-again-soon');
      arm(w, 'retransmission', profile.synAgainAfterWrongAck);
    }
    return;
  }
  if (has(segment, RST)) {
    if (!good) return cite(w, 'syn-sent/ignores-rst-without-ack');
    move(w, 'recv-rst');
    tell(w, { kind: 'error', code: 'ECONNREFUSED' });
    return;
  }
  if (!has(segment, SYN)) return cite(w, 'syn-sent/drops-without-syn');
  takeSyn(w, segment);
  if (good) {
    takeAck(w, segment);
    sendSynDataAgain(w);
    move(w, 'recv-syn-ack');
    takeUrgent(w, segment); // with other controls or text, on at the sixth check
    established(w);
    w.ackOwed = true;
    flush(w);
    return;
  }
  move(w, 'recv-syn');
  e.unsent += e.retransmit[0]?.length ?? 0; // data on our SYN waits for the handshake now
  e.sndNxt = e.iss;
  e.retransmit = [];
  sendNew(w, flags(SYN, ACK), 0);
}
