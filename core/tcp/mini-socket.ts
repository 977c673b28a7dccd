// Half-made and half-gone connections, kept as little more than their numbers. Linux tcp_check_req and
// tcp_timewait_state_process; RFC 9293 has full endpoints here.

import { answerUnacceptable, challenge, isInWindow } from './acceptable.ts';
import { acknowledgeFin } from './acknowledge.ts';
import { timeWaitLength } from './laws.ts';
import { isFromThePast, rememberStamp } from './options.ts';
import { sendAgain, sendResetFor } from './output.ts';
import { ACK, FIN, type Flags, has, RST, type Segment, SYN, sequenceLength } from './segment.ts';
import { add, leq, lt, seq } from './seq.ts';
import { arm, cite, move, type Work } from './work.ts';

/**
 * A segment for a listener's half-made connection.
 *
 * @returns what of it is left to be looked at, or undefined when it is dealt with
 */
export function arrivesAtRequest(w: Work, segment: Segment): Segment | undefined {
  const { e, profile } = w;
  const past = isFromThePast(w, segment);
  if (segment.seq === e.irs && (segment.flags & (SYN | RST | ACK)) === SYN && !past) {
    if (!challenge(w)) return undefined;
    cite(w, 'open/syn-again-gets-syn-ack');
    sendAgain(w);
    arm(w, 'retransmission', e.rto);
    return undefined;
  }
  if (has(segment, ACK) && segment.ack !== add(e.iss, profile.laws.synTakes)) {
    cite(w, 'syn-received/wrong-ack');
    if (!has(segment, RST)) sendResetFor(w, segment);
    return undefined;
  }
  if (past || echoesAnother(w, segment) || !isInWindow(w, segment)) {
    if (has(segment, RST)) cite(w, 'rst/outside-window-is-ignored');
    else {
      cite(w, past ? 'arrives/from-the-past' : 'arrives/outside-window-is-acked');
      answerUnacceptable(w, segment);
    }
    return undefined;
  }
  rememberStamp(w, segment);
  const bits = (segment.seq === e.irs ? segment.flags & ~SYN : segment.flags) as Flags;
  if (bits & RST) {
    if (segment.seq === e.rcvNxt) {
      cite(w, 'rst/believed');
      move(w, 'recv-rst');
    } else {
      cite(w, 'rst/inexact-is-challenged');
      challenge(w);
    }
  } else if (bits & SYN) {
    sendResetFor(w, segment);
    move(w, 'recv-syn');
  } else if (bits & ACK) return { ...segment, flags: bits };
  else cite(w, 'ack/must-be-there');
  return undefined;
}

/** Echoes a timestamp that none of our SYN,ACKs bore. Linux tsecr_reject in tcp_check_req. */
function echoesAnother({ e, profile }: Work, { options }: Segment): boolean {
  const [synAck] = e.retransmit;
  const echo = options.timestamps?.echo ?? 0;
  if (!e.timestamps || echo === 0 || synAck === undefined) return false;
  return lt(add(profile.timestampsFrom ?? seq(0), Math.ceil(synAck.sentAt)), seq(echo));
}

/** A segment for what is left of a connection after close(): TIME-WAIT, and FIN-WAIT-2 of an orphan. */
export function arrivesAtRemnant(w: Work, segment: Segment): void {
  if (w.e.state === 'FIN-WAIT-2') arrivesInOrphanedWait(w, segment);
  else arrivesInTimeWait(w, segment);
}

function arrivesInOrphanedWait(w: Work, segment: Segment): void {
  const { e, profile } = w;
  const end = add(segment.seq, sequenceLength(segment));
  if (isFromThePast(w, segment) || !isInWindow(w, segment)) {
    cite(w, 'arrives/outside-window-is-acked'); // a RST, too: tcp_timewait_state_process does not tell them apart
    answerUnacceptable(w, segment);
  } else if (has(segment, RST)) {
    cite(w, 'rst/believed');
    move(w, 'recv-rst');
  } else if (has(segment, SYN) && leq(e.rcvNxt, segment.seq)) {
    sendResetFor(w, segment);
    move(w, 'recv-syn');
  } else if (!has(segment, ACK) || leq(end, e.rcvNxt) || end === segment.seq) {
    cite(w, 'ack/duplicate-is-ignored');
  } else if (!has(segment, FIN) || end !== add(e.rcvNxt, profile.laws.finTakes)) {
    cite(w, 'data/after-close-resets');
    sendResetFor(w, segment);
    move(w, 'abort');
  } else {
    rememberStamp(w, segment);
    e.peerFin = true;
    e.rcvNxt = end;
    cite(w, 'number/fin-takes-one');
    move(w, 'recv-fin');
    acknowledgeFin(w, false);
  }
}

function arrivesInTimeWait(w: Work, segment: Segment): void {
  const { e, profile } = w;
  const past = isFromThePast(w, segment);
  if (!past && segment.seq === e.rcvNxt && (sequenceLength(segment) === 0 || has(segment, RST))) {
    if (!has(segment, RST)) return startAgain(w);
    if (profile.ignoresRstInTimeWait) return cite(w, 'rst/ignored-in-time-wait');
    cite(w, 'rst/believed');
    move(w, 'recv-rst');
    return;
  }
  if (has(segment, RST)) return cite(w, 'rst/outside-window-is-ignored');
  const finAgain = has(segment, FIN) && add(segment.seq, sequenceLength(segment)) === e.rcvNxt;
  if (!past && finAgain) move(w, 'recv-fin');
  else {
    if (past || has(segment, ACK)) startAgain(w);
    cite(w, past ? 'arrives/from-the-past' : 'arrives/outside-window-is-acked');
  }
  answerUnacceptable(w, segment);
}

/** Whoever still sends has not heard our last ACK. Linux inet_twsk_reschedule. */
function startAgain(w: Work): void {
  if (!w.profile.laws.timeWaitRestarts) return;
  cite(w, 'time-wait/starts-again');
  arm(w, 'time-wait', timeWaitLength(w.profile));
}
