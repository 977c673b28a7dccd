import { acceptText, takeHeld } from './accept-text.ts';
import { answerUnacceptable, challenge, isAcceptable } from './acceptable.ts';
import { acknowledgeAgain } from './acknowledge.ts';
import { arrivesAtRemnant, arrivesAtRequest } from './mini-socket.ts';
import { isFromThePast, offeredWindow, rememberStamp } from './options.ts';
import { sendAbort, sendAck, sendAgain, sendResetFor } from './output.ts';
import { seekLosses } from './recovery.ts';
import { ACK, FIN, flags, has, RST, type Segment, SYN } from './segment.ts';
import { flush } from './send-queue.ts';
import { add, distance, inWindow, leq, lt } from './seq.ts';
import { takeAck } from './take-ack.ts';
import { takeUrgent } from './urgent.ts';
import { arm, becomeAnother, cite, fail, move, spaceOf, tell, type Work } from './work.ts';

/** Milliseconds that a timestamp may lie behind: two segments of one tick may overtake each other. Linux TCP_PAWS_WINDOW. */
const PAWS_SLACK = 1;

/** A segment in any of the states after SYN-SENT. RFC 9293 §3.10.7.4. */
export function arrivesInSynchronized(w: Work, segment: Segment): void {
  const { e, profile } = w;
  if (profile.miniSockets) {
    if (e.state === 'TIME-WAIT' || (e.state === 'FIN-WAIT-2' && e.orphaned))
      return arrivesAtRemnant(w, segment);
    if (e.state === 'SYN-RECEIVED' && e.role === 'passive') {
      const left = arrivesAtRequest(w, segment);
      if (left !== undefined && arrivesAck(w, left)) arrivesText(w, left);
      return;
    }
  }
  if (profile.judgesByLastAck && (segment.flags & (ACK | RST | SYN)) === 0)
    return cite(w, 'ack/must-be-there');
  if (
    isFromThePast(w, segment, profile.judgesByLastAck ? PAWS_SLACK : 0) &&
    !has(segment, RST) &&
    !isLateAck(w, segment)
  ) {
    cite(w, 'arrives/from-the-past');
    // An old ACK that only repeats is dropped without a word: Linux tcp_disordered_ack_check.
    if (spaceOf(w, segment) > 0 || !lt(segment.seq, e.rcvNxt)) answerUnacceptable(w, segment);
    return;
  }
  const trimmed = trimRepeatedSyn(w, segment);
  if (!isAcceptable(w, trimmed)) return unacceptable(w, trimmed);
  if (has(trimmed, RST)) return arrivesRst(w, trimmed);
  if (has(trimmed, SYN)) return arrivesSyn(w, trimmed);
  if (!has(trimmed, ACK)) return cite(w, 'ack/must-be-there');
  const waiting = e.state === 'TIME-WAIT';
  const closing = e.state === 'CLOSING';
  if (!arrivesAck(w, trimmed)) return;
  if (waiting) return arrivesInTimeWait(w, trimmed);
  if (closing && e.state === 'TIME-WAIT' && profile.miniSockets) return; // nobody is left to look at the rest
  if (profile.judgesByLastAck && reachesPastFin(w, trimmed)) {
    cite(w, 'data/beyond-the-fin-resets');
    sendResetFor(w, trimmed);
    move(w, 'abort');
    return;
  }
  arrivesText(w, trimmed);
  if (trimmed !== segment && profile.judgesByLastAck) acknowledgeAgain(w); // its SYN is an old one: tcp_data_queue
}

/** Begins with what was taken and goes on behind the peer's FIN: nobody numbers so. Linux tcp_rcv_state_process. */
function reachesPastFin({ e }: Work, segment: Segment): boolean {
  const end = add(segment.seq, segment.length);
  return e.peerFin && segment.length > 0 && lt(segment.seq, e.rcvNxt) && lt(e.rcvNxt, end);
}

/** A pure ACK at RCV.NXT that was overtaken does no harm. Linux tcp_disordered_ack. */
function isLateAck(w: Work, segment: Segment): boolean {
  const { e } = w;
  return (
    spaceOf(w, segment) === 0 && has(segment, ACK) && segment.seq === e.rcvNxt && segment.ack === e.sndUna
  );
}

/** Sixth to eighth check: URG, the text, FIN; then our own data may go. */
function arrivesText(w: Work, segment: Segment): void {
  const { e } = w;
  takeUrgent(w, segment);
  e.lastSeq = segment.seq;
  rememberStamp(w, segment);
  acceptText(w, segment);
  flush(w);
}

/**
 * In a simultaneous open both SYN,ACKs repeat a SYN that was taken before: only their ACK is new.
 * RFC 9293 §3.5 Figure 7; Appendix A.2 on why the acceptability test alone would lose that ACK.
 */
function trimRepeatedSyn(w: Work, segment: Segment): Segment {
  const { e } = w;
  const synAck = has(segment, flags(SYN, ACK)) && !has(segment, RST);
  const repeated = e.state === 'SYN-RECEIVED' && synAck && segment.seq === e.irs;
  if (!repeated) return segment;
  cite(w, 'open/simultaneous-ack-counts');
  return { ...segment, flags: flags(ACK), seq: e.rcvNxt };
}

function unacceptable(w: Work, segment: Segment): void {
  if (has(segment, RST)) {
    if (looksLikeTheFin(w, segment)) return believeRst(w);
    return cite(w, 'rst/outside-window-is-ignored');
  }
  if (
    w.e.state === 'TIME-WAIT' &&
    has(segment, FIN) &&
    add(segment.seq, spaceOf(w, segment)) === w.e.rcvNxt
  ) {
    move(w, 'recv-fin');
    w.ackOwed = true;
    return;
  }
  if (
    w.profile.repeatsSynAck &&
    w.e.state === 'SYN-RECEIVED' &&
    has(segment, SYN) &&
    segment.seq === w.e.irs
  ) {
    cite(w, 'open/syn-again-gets-syn-ack');
    sendAgain(w);
    arm(w, 'retransmission', w.e.rto);
    return;
  }
  if (w.e.rcvWnd === 0 && segment.seq === w.e.rcvNxt) cite(w, 'window/closed-takes-nothing');
  else cite(w, 'arrives/outside-window-is-acked');
  // Special allowance of the same section: a valid ACK or URG counts even when the window is closed (MUST-66).
  if (w.e.rcvWnd === 0 && segment.seq === w.e.rcvNxt && has(segment, ACK) && arrivesAck(w, segment))
    takeUrgent(w, segment);
  if (w.e.state !== 'CLOSED') answerUnacceptable(w, segment);
}

/** Second check. RFC 9293 §3.10.7.4, RFC 5961 §3.2, RFC 1337. */
function arrivesRst(w: Work, segment: Segment): void {
  const { e, profile } = w;
  if (e.state === 'TIME-WAIT' && profile.ignoresRstInTimeWait) return cite(w, 'rst/ignored-in-time-wait');
  if (profile.challengeAcks && segment.seq !== e.rcvNxt) {
    if (looksLikeTheFin(w, segment) || endsOurSack(w, segment)) return believeRst(w);
    cite(w, 'rst/inexact-is-challenged');
    challenge(w);
    return;
  }
  believeRst(w);
}

/** Some senders number the RST that follows their FIN like the FIN itself. Linux tcp_reset_check. */
function looksLikeTheFin({ e, profile }: Work, { seq }: Segment): boolean {
  const finTaken = e.state === 'CLOSE-WAIT' || e.state === 'LAST-ACK' || e.state === 'CLOSING';
  return profile.judgesByLastAck && finTaken && seq === add(e.rcvNxt, -1);
}

/** Where our last SACK block ended is what the peer sends next, though we miss something. Linux tcp_validate_incoming. */
function endsOurSack({ e, profile }: Work, { seq }: Segment): boolean {
  return profile.judgesByLastAck && e.sack && e.held.at(-1)?.to === seq;
}

function believeRst(w: Work): void {
  cite(w, 'rst/believed');
  const { state, role, orphaned } = w.e;
  if (w.profile.laws.acksReset) sendAck(w);
  move(w, 'recv-rst');
  if (state === 'SYN-RECEIVED') {
    if (role === 'active') tell(w, { kind: 'error', code: 'ECONNREFUSED' });
  } else if (state !== 'TIME-WAIT' && state !== 'CLOSING' && state !== 'LAST-ACK' && !orphaned) {
    fail(w, state === 'CLOSE-WAIT' && w.profile.resetAfterFinIsEpipe ? 'EPIPE' : 'ECONNRESET');
    if (state === 'CLOSE-WAIT') w.e.pending = undefined; // read() has returned 0 before: only a write can fail, with EPIPE
  }
}

/** Fourth check. RFC 9293 §3.10.7.4, RFC 5961 §4.2. */
function arrivesSyn(w: Work, segment: Segment): void {
  const { e, profile } = w;
  if (e.state === 'SYN-RECEIVED' && e.role === 'passive') {
    move(w, 'recv-syn');
    return;
  }
  if (profile.challengeAcks) {
    cite(w, 'syn/challenged');
    challenge(w);
    return;
  }
  if (!inWindow(segment.seq, e.rcvNxt, e.rcvWnd)) {
    cite(w, 'arrives/outside-window-is-acked'); // only the data or FIN behind the SYN reaches into the window
    w.ackOwed = true;
    return;
  }
  cite(w, 'syn/in-window-is-an-error');
  sendAbort(w);
  const waited = e.state === 'TIME-WAIT';
  move(w, 'recv-syn');
  if (!waited && !e.orphaned) fail(w, 'ECONNRESET');
}

/** In TIME-WAIT only the peer's FIN is expected, come again. RFC 9293 §3.10.7.4, fifth and eighth check. */
function arrivesInTimeWait(w: Work, segment: Segment): void {
  if (has(segment, FIN)) move(w, 'recv-fin');
  else if (segment.length === 0 && segment.seq === w.e.rcvNxt) return;
  else cite(w, 'time-wait/acks-the-unexpected');
  w.ackOwed = true;
}

/** Fifth check. Returns whether the rest of the segment is to be looked at. */
function arrivesAck(w: Work, segment: Segment): boolean {
  const { e, profile } = w;
  w.heard = true;
  if (e.state === 'SYN-RECEIVED') {
    const good = leq(add(e.iss, profile.laws.synTakes), segment.ack) && leq(segment.ack, e.sndNxt);
    if (!good || (segment.length > 0 && !profile.laws.dataCompletesHandshake)) {
      cite(w, 'syn-received/wrong-ack');
      sendResetFor(w, segment);
      return false;
    }
    takeAck(w, segment);
    setSendWindow(w, segment);
    move(w, 'recv-ack-of-syn');
    established(w);
    if (e.closing) move(w, 'close');
    return true;
  }
  if (lt(e.sndNxt, segment.ack)) {
    cite(w, 'ack/of-what-was-never-sent');
    challenge(w);
    return false;
  }
  if (isTooOld(w, segment)) {
    cite(w, 'ack/too-old');
    challenge(w);
    return false;
  }
  const advances = lt(e.sndUna, segment.ack);
  if (advances) {
    cite(w, 'ack/advances');
    takeAck(w, segment);
  } else if (segment.length === 0 && !has(segment, FIN)) {
    cite(w, 'ack/duplicate-is-ignored');
    if (segment.ack === e.probedUpTo) e.probedUpTo = undefined; // both copies have arrived: Linux tcp_process_tlp_ack
  }
  updateWindow(w, segment);
  if (e.sndWnd === 0 && e.retries > 0) {
    cite(w, 'window/peer-still-answers');
    e.retries = 0;
    e.retryingSince = undefined;
  }
  seekLosses(w, segment, advances);
  if (e.finSeq === undefined || !leq(add(e.finSeq, profile.laws.finTakes), e.sndUna)) return true;
  if (profile.laws.finHidesItsAck && e.state === 'FIN-WAIT-1' && has(segment, FIN)) return true;
  const closed = e.state === 'LAST-ACK';
  if (e.state === 'FIN-WAIT-1' || e.state === 'CLOSING' || closed) move(w, 'recv-ack-of-fin');
  if (closed) tell(w, { kind: 'closed' });
  return !closed;
}

/** SEG.ACK < SND.UNA - MAX.SND.WND: no peer in its right mind is so far behind. RFC 5961 §5.2. */
function isTooOld({ e, profile }: Work, { ack }: Segment): boolean {
  const behind = distance(ack, e.sndUna);
  return profile.challengeAcks && behind > Math.min(e.maxSndWnd, distance(e.iss, e.sndUna));
}

/** Only a segment newer than the last one that did may change the window. RFC 9293 §3.10.7.4. */
function updateWindow(w: Work, segment: Segment): void {
  const { e } = w;
  if (lt(segment.ack, e.sndUna)) return;
  const newer = lt(e.sndWl1, segment.seq) || (e.sndWl1 === segment.seq && leq(e.sndWl2, segment.ack));
  if (!newer) return;
  if (e.sndWnd === 0 && segment.window > 0 && e.unsent > 0) {
    cite(w, 'window/update');
    e.probes = 0;
    e.retryingSince = undefined;
  }
  setSendWindow(w, segment);
}

function setSendWindow(w: Work, segment: Segment): void {
  w.e.sndWnd = offeredWindow(w.e, segment);
  w.e.maxSndWnd = Math.max(w.e.maxSndWnd, w.e.sndWnd);
  w.e.sndWl1 = segment.seq;
  w.e.sndWl2 = segment.ack;
}

/** The handshake is complete. */
export function established(w: Work): void {
  tell(w, { kind: 'established' });
  // From here the first silence counts; not in a simultaneous open. Linux tcp_finish_connect, tcp_create_openreq_child.
  if (w.e.role === 'passive' || w.path[0] === 'SYN-SENT') w.e.lastTextAt = w.at;
  if (w.e.role === 'passive') becomeAnother(w);
  if (w.e.held.length > 0) takeHeld(w, false);
}
