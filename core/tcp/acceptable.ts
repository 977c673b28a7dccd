// Whether anything of a segment lies in the receive window, as each kind of endpoint judges it.

import { hurryAcks } from './ack-pace.ts';
import { FIN, has, type Segment, SYN } from './segment.ts';
import { add, inWindow, leq, lt } from './seq.ts';
import { cite, spaceOf, ticksSince, type Work } from './work.ts';

/** The acceptability test of an endpoint in any synchronized state. */
export function isAcceptable(w: Work, segment: Segment): boolean {
  return w.profile.judgesByLastAck ? isAcceptableByLastAck(w, segment) : isAcceptableByTable(w, segment);
}

/** The four cases of RFC 9293 §3.10.7.4 Table 6. */
function isAcceptableByTable(w: Work, segment: Segment): boolean {
  const { rcvNxt, rcvWnd } = w.e;
  const length = spaceOf(w, segment);
  if (rcvWnd === 0) return length === 0 && segment.seq === rcvNxt;
  return (
    inWindow(segment.seq, rcvNxt, rcvWnd) ||
    (length > 0 && inWindow(add(segment.seq, length - 1), rcvNxt, rcvWnd))
  );
}

/** Old is what ends before the last ACK we sent. Linux tcp_sequence. */
function isAcceptableByLastAck(w: Work, segment: Segment): boolean {
  const { rcvNxt, rcvWnd, ackedUpTo, unread } = w.e;
  const end = add(segment.seq, spaceOf(w, segment));
  const edge = add(rcvNxt, rcvWnd);
  if (lt(end, ackedUpTo) || lt(edge, segment.seq)) return false;
  return leq(end, edge) || unread === 0;
}

/** The test of a mini socket. Linux tcp_in_window. */
export function isInWindow(w: Work, segment: Segment): boolean {
  const { rcvNxt, rcvWnd } = w.e;
  const end = add(segment.seq, spaceOf(w, segment));
  const edge = add(rcvNxt, rcvWnd);
  if (segment.seq === rcvNxt) return true;
  if (lt(rcvNxt, end) && lt(segment.seq, edge)) return true;
  return segment.seq === edge && segment.seq === end;
}

/**
 * Owes an ACK to something unacceptable, but not more often than the profile allows: two ends that each find the
 * other's ACK unacceptable must not go on for ever. RFC 5961 §7; Linux tcp_oow_rate_limited.
 *
 * @returns whether one is owed
 */
export function challenge(w: Work): boolean {
  const { e, profile } = w;
  if (profile.challengeInterval > 0) {
    if (e.challengedAt !== undefined && pauseSince(w, e.challengedAt) < profile.challengeInterval) {
      cite(w, 'ack/challenges-are-limited');
      return false;
    }
    e.challengedAt = w.at;
  }
  w.ackOwed = true;
  return true;
}

/** Where timers go by ticks, this does, too. */
function pauseSince(w: Work, time: number): number {
  return w.profile.wheelFrom === undefined ? w.at - time : ticksSince(w, time);
}

/** The same, but data and FIN need no limit: they are no part of a loop of ACKs. */
export function answerUnacceptable(w: Work, segment: Segment): void {
  if (!w.profile.laws.answersUnacceptable && !has(segment, FIN)) return;
  const carries = segment.length > 0 || has(segment, FIN);
  if (!carries || has(segment, SYN)) {
    challenge(w);
    return;
  }
  if (lt(segment.seq, w.e.rcvNxt)) hurryAcks(w);
  w.ackOwed = true;
}
