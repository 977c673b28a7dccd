import { acceptText, takeHeld } from './accept-text.ts';
import { flush, sendAbort, sendAck, sendAgain, sendNew, sendResetFor, takeAck } from './output.ts';
import { ACK, FIN, flags, has, RST, type Segment, SYN, URG } from './segment.ts';
import { add, inWindow, leq, lt } from './seq.ts';
import { arm, cite, move, spaceOf, tell, type Work } from './work.ts';

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
      arrivesInOther(w, segment);
  }
  if (w.ackOwed) sendAck(w);
  hearFromPeer(w);
}

/** Every segment from the peer starts the idle time of keepalive anew. RFC 9293 §3.8.4. */
function hearFromPeer(w: Work): void {
  const { e, profile } = w;
  if (!e.keepalive || e.state === 'CLOSED' || e.state === 'TIME-WAIT') return;
  e.probes = 0;
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

/** Learns the peer's numbers from its SYN. */
function takeSyn(w: Work, segment: Segment): void {
  const { e, profile } = w;
  e.irs = segment.seq;
  e.lastSeq = segment.seq;
  e.rcvNxt = add(segment.seq, profile.laws.synTakes);
  e.sndWnd = segment.window; // the window of a SYN is never scaled: RFC 7323 §2.2
  e.sndWl1 = segment.seq;
  e.sndWl2 = segment.ack;
  e.sndMss = Math.min(profile.mss, segment.options.mss ?? (profile.sendsMss ? DEFAULT_MSS : profile.mss));
  if (segment.length > 0) {
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
    takeAck(w, segment.ack);
    move(w, 'recv-syn-ack');
    established(w);
    w.ackOwed = true;
    flush(w);
    return;
  }
  move(w, 'recv-syn');
  e.sndNxt = e.iss;
  e.retransmit = [];
  sendNew(w, flags(SYN, ACK), 0);
}

function established(w: Work): void {
  tell(w, { kind: 'established' });
  if (w.e.held.length > 0) takeHeld(w);
}

/** RFC 9293 §3.10.7.4. */
function arrivesInOther(w: Work, segment: Segment): void {
  const { e } = w;
  const trimmed = trimRepeatedSyn(w, segment);
  if (!isAcceptable(w, trimmed)) return unacceptable(w, trimmed);
  if (has(trimmed, RST)) return arrivesRst(w, trimmed);
  if (has(trimmed, SYN)) return arrivesSyn(w, trimmed);
  if (!has(trimmed, ACK)) return cite(w, 'ack/must-be-there');
  const waiting = e.state === 'TIME-WAIT';
  if (!arrivesAck(w, trimmed)) return;
  if (waiting) return arrivesInTimeWait(w, trimmed);
  if (has(trimmed, URG) && e.state === 'ESTABLISHED') tell(w, { kind: 'urgent' });
  e.lastSeq = trimmed.seq;
  acceptText(w, trimmed);
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

/** The four cases of RFC 9293 §3.10.7.4 Table 6. */
function isAcceptable(w: Work, segment: Segment): boolean {
  const { rcvNxt, rcvWnd } = w.e;
  const length = spaceOf(w, segment);
  if (rcvWnd === 0) return length === 0 && segment.seq === rcvNxt;
  return (
    inWindow(segment.seq, rcvNxt, rcvWnd) ||
    (length > 0 && inWindow(add(segment.seq, length - 1), rcvNxt, rcvWnd))
  );
}

function unacceptable(w: Work, segment: Segment): void {
  if (has(segment, RST)) return cite(w, 'rst/outside-window-is-ignored');
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
  // Special allowance of the same section: a valid ACK counts even when the window is closed.
  if (w.e.rcvWnd === 0 && segment.seq === w.e.rcvNxt && has(segment, ACK)) arrivesAck(w, segment);
  w.ackOwed = w.e.state !== 'CLOSED';
}

/** Second check. RFC 9293 §3.10.7.4, RFC 5961 §3.2, RFC 1337. */
function arrivesRst(w: Work, segment: Segment): void {
  const { e, profile } = w;
  if (e.state === 'TIME-WAIT' && profile.ignoresRstInTimeWait) return cite(w, 'rst/ignored-in-time-wait');
  if (profile.challengeAcks && segment.seq !== e.rcvNxt) {
    cite(w, 'rst/inexact-is-challenged');
    w.ackOwed = true;
    return;
  }
  cite(w, 'rst/believed');
  const { state, role, orphaned } = e;
  move(w, 'recv-rst');
  if (state === 'SYN-RECEIVED') {
    if (role === 'active') tell(w, { kind: 'error', code: 'ECONNREFUSED' });
  } else if (state !== 'TIME-WAIT' && state !== 'CLOSING' && state !== 'LAST-ACK' && !orphaned) {
    tell(w, { kind: 'error', code: 'ECONNRESET' });
  }
}

/** Fourth check. RFC 9293 §3.10.7.4, RFC 5961 §4.2. */
function arrivesSyn(w: Work, segment: Segment): void {
  const { e, profile } = w;
  if (e.state === 'SYN-RECEIVED' && e.role === 'passive') {
    move(w, 'recv-syn');
    return;
  }
  if (profile.challengeAcks || e.state === 'SYN-RECEIVED') {
    cite(w, 'syn/challenged');
    w.ackOwed = true;
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
  if (!waited && !e.orphaned) tell(w, { kind: 'error', code: 'ECONNRESET' });
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
  if (e.state === 'SYN-RECEIVED') {
    const good = leq(add(e.iss, profile.laws.synTakes), segment.ack) && leq(segment.ack, e.sndNxt);
    if (!good) {
      cite(w, 'syn-received/wrong-ack');
      sendResetFor(w, segment);
      return false;
    }
    takeAck(w, segment.ack);
    setSendWindow(w, segment);
    move(w, 'recv-ack-of-syn');
    established(w);
    if (e.closing) move(w, 'close');
    return true;
  }
  if (lt(e.sndNxt, segment.ack)) {
    cite(w, 'ack/of-what-was-never-sent');
    w.ackOwed = true;
    return false;
  }
  if (lt(e.sndUna, segment.ack)) {
    cite(w, 'ack/advances');
    takeAck(w, segment.ack);
  } else if (segment.length === 0 && !has(segment, FIN)) cite(w, 'ack/duplicate-is-ignored');
  updateWindow(w, segment);
  if (e.finSeq === undefined || !leq(add(e.finSeq, profile.laws.finTakes), e.sndUna)) return true;
  const closed = e.state === 'LAST-ACK';
  if (e.state === 'FIN-WAIT-1' || e.state === 'CLOSING' || closed) move(w, 'recv-ack-of-fin');
  if (closed) tell(w, { kind: 'closed' });
  return !closed;
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
  }
  setSendWindow(w, segment);
}

function setSendWindow(w: Work, segment: Segment): void {
  w.e.sndWnd = segment.window;
  w.e.sndWl1 = segment.seq;
  w.e.sndWl2 = segment.ack;
}
