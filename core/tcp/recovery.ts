// Finds out what was lost before its timeout, and sends it again. RFC 6675 (SACK), RFC 8985 (RACK, tail loss probe).

import { beginRecovery, shrinkInStep } from './congestion-window.ts';
import { inFlight, type Sent } from './endpoint.ts';
import { sendAgain } from './output.ts';
import { restartRetransmissionTimer, TIMER_SLACK } from './retransmission-timer.ts';
import type { Segment } from './segment.ts';
import { flush } from './send-queue.ts';
import { distance, leq, lt } from './seq.ts';
import { endOf, noteDelivery } from './take-ack.ts';
import { ms } from './time.ts';
import { arm, cancel, cite, type Work } from './work.ts';

/** Duplicate ACKs, or segments reported by SACK, that show a loss. RFC 5681 §3.2; Linux tcp_reordering 3. */
const DUPLICATES = 3;

/** Looks at an ACK for signs of loss: SACK blocks, or its being a duplicate. */
export function seekLosses(w: Work, segment: Segment, advanced: boolean): void {
  const { e, profile } = w;
  if (!profile.lossRecovery) return;
  cancel(w, 'reordering');
  if (e.retransmit.length === 0) return;
  const sacked = takeSacks(w, segment);
  const before = countLost(w);
  if (!w.mayBeLate) {
    if (!e.sack) countDuplicate(w, segment, advanced);
    markOvertaken(w);
    noticeLoss(w);
  }
  shrinkInStep(w, w.delivered, advanced && countLost(w) <= before);
  if (!w.mayBeLate) repair(w);
  if (sacked && e.deadlines.reordering === undefined) restartRetransmissionTimer(w);
}

/** Marks what the peer has out of order. Returns whether there was anything new. */
function takeSacks(w: Work, { options }: Segment): boolean {
  const { e } = w;
  const blocks = e.sack ? (options.sack ?? []) : [];
  if (blocks.length === 0) return false;
  let news = false;
  const known = w.delivered > 0;
  const before = e.retransmit.findLast((sent) => sent.mark === 'sacked');
  e.retransmit = e.retransmit.map((sent): Sent => {
    const end = endOf(w, sent);
    const covered = blocks.some(([from, to]) => leq(from, sent.seq) && leq(end, to));
    if (!covered || sent.mark === 'sacked') return sent;
    news = true;
    if (before !== undefined && sent.retries === 0 && lt(sent.seq, before.seq)) e.reordered = true;
    noteDelivery(w, sent, known);
    w.delivered += 1;
    return { ...sent, mark: 'sacked' };
  });
  if (news) cite(w, 'loss/sack-reports');
  return news;
}

/**
 * Without SACK only the number of duplicate ACKs tells; later, that an ACK leaves something out. RFC 5681 §3.2, RFC 6582
 * §3.2 (NewReno).
 */
function countDuplicate(w: Work, segment: Segment, advanced: boolean): void {
  const { e } = w;
  const repairs = e.recovery !== undefined && !e.recovery.slowStart;
  if (advanced) {
    if (repairs) markFirst(w);
    return;
  }
  if (segment.length > 0 || segment.ack !== e.sndUna) return;
  e.duplicateAcks += 1;
  w.delivered += 1;
  if (e.duplicateAcks === DUPLICATES && !repairs) markFirst(w);
}

function markFirst({ e }: Work): void {
  e.retransmit = e.retransmit.map((sent, place) => (place === 0 ? { ...sent, mark: 'lost' } : sent));
}

function countLost({ e }: Work): number {
  return e.retransmit.filter(({ mark }) => mark === 'lost').length;
}

/** What left before something that arrived, by more than reordering explains, is lost. RFC 8985 §6.2 step 5. */
function markOvertaken(w: Work): void {
  const { e } = w;
  const { delivered } = e;
  if (delivered === undefined || !e.sack) return;
  const sacked = e.retransmit.filter((sent) => sent.mark === 'sacked').length;
  const sure = !e.reordered && (e.recovery !== undefined || sacked >= DUPLICATES);
  const slack = sure ? 0 : Math.min((e.minRtt ?? 0) / 4, e.srtt ?? 0);
  let wait = 0;
  e.retransmit = e.retransmit.map((sent): Sent => {
    const earlier =
      sent.sentAt < delivered.sentAt ||
      (sent.sentAt === delivered.sentAt && lt(endOf(w, sent), delivered.end));
    if (sent.mark !== undefined || !earlier) return sent;
    const remaining = sent.sentAt + delivered.rtt + slack - w.at;
    if (remaining <= 0) return { ...sent, mark: 'lost' };
    wait = Math.max(wait, remaining);
    return sent;
  });
  if (wait === 0) return;
  cite(w, 'loss/overtaken-may-be-late');
  arm(w, 'reordering', ms(wait + TIMER_SLACK));
  cancel(w, 'retransmission');
  cancel(w, 'tail-loss-probe');
}

/** A repair begins with the first loss that shows. */
function noticeLoss(w: Work): void {
  if (w.e.recovery === undefined && countLost(w) > 0) beginRecovery(w, false);
}

/** Sends again what is lost, as far as the congestion window allows. */
function repair(w: Work): void {
  const { e } = w;
  for (let place = 0; place < e.retransmit.length; place += 1) {
    if (e.retransmit[place]?.mark !== 'lost') continue;
    if (inFlight(e) >= e.cwnd) return;
    cite(w, 'loss/sent-again-at-once');
    sendAgain(w, place);
    restartRetransmissionTimer(w);
  }
}

/** The overtaken segment did not turn up in time. */
export function reorderingIsOver(w: Work): void {
  const repairs = w.e.recovery !== undefined;
  markOvertaken(w);
  noticeLoss(w);
  if (!repairs) shrinkInStep(w, 1, false);
  repair(w);
  const { reordering, retransmission } = w.e.deadlines;
  if (reordering === undefined && retransmission === undefined) restartRetransmissionTimer(w);
}

/** Nothing was heard for two round trips: new data if there is any, else the last segment, asks for an ACK. */
export function probeForTail(w: Work): void {
  const { e } = w;
  const last = e.retransmit.length - 1;
  if (last < 0) return;
  if (e.probedUpTo !== undefined) return waitOutTimeout(w);
  const before = e.sndNxt;
  cite(w, 'loss/tail-is-probed');
  const { cwnd } = e;
  e.cwnd = Math.max(cwnd, inFlight(e) + 1); // a probe needs no room: Linux tcp_write_xmit, push_one 2
  flush(w, true);
  e.cwnd = cwnd;
  const since = e.retryingSince;
  if (distance(before, e.sndNxt) === 0) sendAgain(w, last);
  e.retryingSince = since; // a probe is no retransmission of a timeout
  e.probedUpTo = e.sndNxt;
  cancel(w, 'tail-loss-probe');
  restartRetransmissionTimer(w);
}

/** One probe at a time: while nobody knows what became of the last, the timeout alone runs on. Linux tcp_send_loss_probe. */
function waitOutTimeout(w: Work): void {
  const { e, at, profile } = w;
  cite(w, 'loss/one-probe-at-a-time');
  const sentAt = e.retransmit[0]?.sentAt ?? at;
  arm(w, 'retransmission', ms(Math.max(profile.tick, sentAt + e.rto - at)));
}

/** After a timeout everything not reported as received counts as lost, and sending begins anew. RFC 5681 §3.1 (7). */
export function allIsLost(w: Work): void {
  const { e, profile } = w;
  if (!profile.lossRecovery) return;
  beginRecovery(w, true);
  e.retransmit = e.retransmit.map((sent) => (sent.mark === 'sacked' ? sent : { ...sent, mark: 'lost' }));
}
