// How many segments may be in flight. It grows with ACKs (RFC 5681 §3.1), shrinks in step with what arrives while losses
// are repaired (RFC 6937, PRR), and comes back when there was no loss (RFC 3522, Eifel).

import { inFlight, type Recovery } from './endpoint.ts';
import { echoesFromBefore } from './options.ts';
import type { Segment } from './segment.ts';
import { leq } from './seq.ts';
import { cite, type Work } from './work.ts';

/** What is left of the congestion window after a loss. RFC 9438 §4.6 (CUBIC). */
const AFTER_LOSS = 0.7;

/**
 * No timeout was needed for the SYN, or the echoed timestamp says that the first one arrived. Linux
 * tcp_try_undo_spurious_syn.
 */
export function isSpurious(w: Work, segment: Segment): boolean {
  const { retries, retryingSince } = w.e;
  return retries === 0 || (retryingSince !== undefined && echoesFromBefore(w, segment, retryingSince + 1));
}

/** The SYN had to be sent more than twice: one segment is enough to begin with. RFC 5681 §3.1; Linux tcp_init_transfer. */
export function beginSmall(w: Work): void {
  if (!w.profile.lossRecovery) return;
  cite(w, 'open/repeated-syn-begins-small');
  w.e.cwnd = 1;
}

/** Something is lost: the window is to fall, once for a recovery. After a timeout it begins anew, with one segment. */
export function beginRecovery(w: Work, slowStart: boolean): void {
  const { e } = w;
  if (e.recovery === undefined) {
    const { cwnd: priorCwnd, ssthresh: priorSsthresh } = e;
    e.ssthresh = Math.max(2, Math.floor(priorCwnd * AFTER_LOSS));
    e.recovery = { upTo: e.sndNxt, slowStart, since: w.at, priorCwnd, priorSsthresh, arrived: 0, sent: 0 };
  } else e.recovery = { ...e.recovery, upTo: e.sndNxt, slowStart };
  if (slowStart) e.cwnd = 1;
}

/** A segment that takes sequence space leaves. */
export function countSent({ e }: Work): void {
  if (e.recovery !== undefined) e.recovery = { ...e.recovery, sent: e.recovery.sent + 1 };
}

/**
 * Slow start, and beyond ssthresh one segment a round trip; only a window that was used grows. RFC 5681 §3.1. While
 * losses are repaired `shrinkInStep` decides instead.
 */
export function growCongestionWindow({ e }: Work, delivered: number): void {
  if (e.recovery !== undefined && !e.recovery.slowStart) return;
  const used = (e.retransmit.length + delivered) * 2 > e.cwnd;
  if (!used || delivered === 0) return;
  e.cwnd += e.cwnd < e.ssthresh ? delivered : delivered / e.cwnd;
}

/**
 * A window that was not used for longer than the RTO is halved for each RTO that passed, down to the initial one.
 * RFC 5681 §4.1, RFC 2861 §3; Linux tcp_cwnd_restart.
 */
export function restartAfterIdle(w: Work): void {
  const { e, at, profile } = w;
  if (!profile.lossRecovery || e.textSentAt === undefined || e.retransmit.length > 0) return;
  const idle = at - e.textSentAt;
  const least = Math.min(profile.initialWindow ?? e.cwnd, e.cwnd);
  if (idle <= e.rto || e.cwnd <= least) return;
  cite(w, 'send/window-fell-idle');
  e.ssthresh = Math.max(e.ssthresh, Math.floor((e.cwnd * 3) / 4));
  for (let left = idle - e.rto; left > 0 && e.cwnd > least; left -= e.rto) e.cwnd = Math.floor(e.cwnd / 2);
  e.cwnd = Math.max(e.cwnd, least);
}

/**
 * What leaves during a repair follows what arrives: less than one for one until the window is down at ssthresh, and one
 * more at most below it. RFC 6937 §3; Linux tcp_cwnd_reduction.
 *
 * @param delivered - segments this ACK shows to have arrived
 * @param safe - it acknowledges something, and shows no further loss
 */
export function shrinkInStep(w: Work, delivered: number, safe: boolean): void {
  const { e } = w;
  const { recovery } = e;
  if (recovery === undefined || recovery.slowStart || delivered === 0) return;
  cite(w, 'loss/window-shrinks-in-step');
  const arrived = recovery.arrived + delivered;
  e.recovery = { ...recovery, arrived };
  const pipe = inFlight(e);
  const room = e.ssthresh - pipe;
  const allowed =
    room < 0
      ? Math.ceil((e.ssthresh * arrived) / recovery.priorCwnd) - recovery.sent
      : Math.min(room, Math.max(arrived - recovery.sent, delivered) + (safe ? 1 : 0));
  e.cwnd = pipe + Math.max(allowed, recovery.sent === 0 ? 1 : 0); // the first retransmission leaves in any case
}

/**
 * An acknowledgment in a recovery: ends it, takes it back, or says that nothing more is to be called lost for now.
 *
 * @returns whether losses may be sought with this ACK
 */
export function settleRecovery(w: Work, segment: Segment): boolean {
  const { e } = w;
  const { recovery } = e;
  if (recovery === undefined) return true;
  const needless = echoesFromBefore(w, segment, recovery.since);
  if (needless) cite(w, 'loss/was-none');
  if (leq(recovery.upTo, segment.ack)) {
    e.recovery = undefined;
    if (needless) putBack(w, recovery);
    else if (!recovery.slowStart) e.cwnd = e.ssthresh;
    return true;
  }
  if (!needless) return true;
  const outstanding = e.retransmit.some(({ retries, mark }) => retries > 0 && mark === undefined);
  if (outstanding && !recovery.slowStart) return false;
  e.recovery = undefined;
  e.retransmit = e.retransmit.map((sent) => (sent.mark === 'lost' ? withoutMark(sent) : sent));
  putBack(w, recovery);
  return true;
}

function withoutMark<T extends { readonly mark?: unknown }>({ mark: _, ...sent }: T): Omit<T, 'mark'> {
  return sent;
}

function putBack({ e }: Work, { priorCwnd, priorSsthresh }: Recovery): void {
  e.cwnd = Math.max(e.cwnd, priorCwnd);
  e.ssthresh = Math.max(e.ssthresh, priorSsthresh);
}
