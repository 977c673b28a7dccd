import { unreachable } from '../result.ts';
import { ackIsDue } from './acknowledge.ts';
import { withDeadline } from './endpoint.ts';
import type { TimerName } from './event.ts';
import { sendAbort, sendAgain, sendKeepalive, sendWindowProbe } from './output.ts';
import type { Profile } from './profiles.ts';
import { allIsLost, probeForTail, reorderingIsOver } from './recovery.ts';
import { SYN } from './segment.ts';
import { probePause, sendIntoWindow } from './send-queue.ts';
import { type Ms, ms } from './time.ts';
import { arm, cite, fail, move, tell, type Work } from './work.ts';

/** A timer fires. RFC 9293 §3.10.8, RFC 6298 §5. */
export function timerFires(w: Work, timer: TimerName): void {
  if (w.e.deadlines[timer] === undefined) return;
  w.e.deadlines = withDeadline(w.e.deadlines, timer, undefined);
  switch (timer) {
    case 'retransmission':
      return retransmit(w);
    case 'time-wait':
      move(w, 'time-wait-expires');
      tell(w, { kind: 'closed' });
      return;
    case 'keepalive':
      return keepalive(w);
    case 'delayed-ack':
      return ackIsDue(w);
    case 'persist':
      return persist(w);
    case 'tail-loss-probe':
      return probeForTail(w);
    case 'reordering':
      return reorderingIsOver(w);
    case 'fin-wait-2':
      move(w, 'fin-wait-2-expires');
      return;
    case 'user':
      cite(w, 'timer/user-timeout');
      giveUp(w);
      return;
    default:
      unreachable(timer);
  }
}

function retransmit(w: Work): void {
  const { e, profile } = w;
  const front = e.retransmit[0];
  if (front === undefined) return;
  if (retriesAreUsedUp(w)) {
    cite(w, countsUserTimeout(w) ? 'timer/user-timeout' : 'timer/retries-used-up');
    giveUp(w);
    return;
  }
  e.retries += 1;
  if (!(front.flags & SYN)) allIsLost(w);
  cite(w, 'timer/earliest-again');
  sendAgain(w);
  if (e.state === 'SYN-SENT' && e.retries <= profile.linearSynRetries) cite(w, 'timer/first-syns-are-linear');
  else {
    e.rto = backOff(e.rto, profile);
    cite(w, 'timer/backs-off');
  }
  arm(w, 'retransmission', ms(Math.min(e.rto, Math.max(userTimeoutLeft(w), profile.tick))));
}

/** R2 of RFC 9293 §3.8.3 is reached, or the user timeout of §3.10.8. */
function retriesAreUsedUp(w: Work): boolean {
  const { e, at, profile } = w;
  const limit = retryLimit(w);
  const opening = e.state === 'SYN-SENT' || e.state === 'SYN-RECEIVED';
  if (opening && profile.countsRetriesAsTime && isLateForSyn(w)) return true;
  if (opening || (!profile.countsRetriesAsTime && profile.userTimeout === undefined))
    return e.retries >= limit;
  if (e.retries === 0 || e.retryingSince === undefined) return limit === 0;
  return at - e.retryingSince >= (profile.userTimeout ?? timeOf(limit, profile.minRto, profile.maxRto));
}

/** Repeats at even intervals come on top of the others, but not on top of their time. Linux retransmits_timed_out. */
function isLateForSyn({ e, at, profile }: Work): boolean {
  if (e.retries === 0 || e.retryingSince === undefined || e.role === 'passive') return false;
  const most = profile.userTimeout ?? timeOf(profile.synRetries, profile.initialRto, profile.maxRto);
  return at - e.retryingSince >= most;
}

/** Whether time decides and not R2: the application has set a timeout, and the connection is open. */
function countsUserTimeout({ e, profile }: Work): boolean {
  return profile.userTimeout !== undefined && e.state !== 'SYN-SENT' && e.state !== 'SYN-RECEIVED';
}

/** How long so many retries take when each waits twice as long as the one before. Linux tcp_model_timeout. */
function timeOf(retries: number, rto: Ms, maxRto: Ms): number {
  const doublings = Math.min(retries, Math.floor(Math.log2(maxRto / rto)));
  return (2 ** (doublings + 1) - 1) * rto + (retries - doublings) * maxRto;
}

/** R2 as a number of retransmissions. */
function retryLimit({ e, profile }: Work): number {
  const { synRetries, synAckRetries, linearSynRetries, dataRetries, orphanRetries } = profile;
  if (e.state === 'SYN-SENT') return synRetries + linearSynRetries;
  if (e.state === 'SYN-RECEIVED') return e.role === 'passive' ? synAckRetries : synRetries;
  return e.orphaned ? orphanRetries : dataRetries;
}

/** Time left until the user timeout, counted from the first retransmission or window probe. RFC 9293 §3.10.8, RFC 5482. */
function userTimeoutLeft({ e, at, profile }: Work): number {
  if (profile.userTimeout === undefined || e.retryingSince === undefined) return Number.POSITIVE_INFINITY;
  return e.retryingSince + profile.userTimeout - at;
}

/** Doubles the retransmission timeout after it expired, never above the ceiling. RFC 6298 (5.5), (2.5). */
function backOff(rto: Ms, { laws, maxRto }: Profile): Ms {
  return ms(Math.min(rto * laws.backsOffBy, maxRto));
}

function keepalive(w: Work): void {
  const { e, profile } = w;
  if (e.retransmit.length > 0 || e.unsent > 0) {
    cite(w, 'keepalive/only-when-idle');
    arm(w, 'keepalive', profile.keepaliveIdle);
    return;
  }
  if (e.probes >= profile.keepaliveProbes + profile.laws.spareProbes) {
    cite(w, 'keepalive/peer-is-gone');
    if (profile.keepaliveEndsWithRst) sendAbort(w);
    giveUp(w);
    return;
  }
  e.probes += 1;
  cite(w, 'keepalive/probe');
  sendKeepalive(w);
  arm(w, 'keepalive', profile.keepaliveInterval);
}

function persist(w: Work): void {
  const { e, profile } = w;
  if (e.unsent === 0 || (profile.nagle && sendIntoWindow(w))) return;
  if (userTimeoutLeft(w) <= 0) {
    cite(w, 'timer/user-timeout');
    giveUp(w);
    return;
  }
  cite(w, 'window/probe');
  sendWindowProbe(w);
  e.probes += 1;
  e.retryingSince ??= w.at;
  arm(w, 'persist', ms(Math.min(probePause(w), Math.max(userTimeoutLeft(w), profile.tick))));
}

function giveUp(w: Work): void {
  const told = w.e.state !== 'SYN-RECEIVED' || w.e.role === 'active';
  if (move(w, 'give-up') && told && !w.e.orphaned) fail(w, 'ETIMEDOUT');
}
