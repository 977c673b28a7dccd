import { unreachable } from '../result.ts';
import type { TimerName } from './event.ts';
import { sendAck, sendAgain, sendKeepalive, sendWindowProbe } from './output.ts';
import type { Profile } from './profiles.ts';
import { SYN } from './segment.ts';
import { type Ms, ms } from './time.ts';
import { arm, cite, move, tell, type Work } from './work.ts';

/** A timer fires. RFC 9293 §3.10.8, RFC 6298 §5. */
export function timerFires(w: Work, timer: TimerName): void {
  if (w.e.deadlines[timer] === undefined) return;
  const { [timer]: _, ...rest } = w.e.deadlines;
  w.e.deadlines = rest;
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
      cite(w, 'ack/delayed-is-due');
      sendAck(w);
      return;
    case 'persist':
      return persist(w);
    case 'fin-wait-2':
      move(w, 'fin-wait-2-expires');
      return;
    case 'user':
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
  const limit = front.flags & SYN ? profile.synRetries : profile.dataRetries;
  if (e.retries >= limit) {
    cite(w, 'timer/retries-used-up');
    giveUp(w);
    return;
  }
  e.retries += 1;
  sendAgain(w);
  e.rto = backOff(e.rto, profile);
  cite(w, 'timer/backs-off');
  arm(w, 'retransmission', e.rto);
}

/** Doubles the retransmission timeout after it expired, never above the ceiling. RFC 6298 (5.5), (2.5). */
function backOff(rto: Ms, { laws, maxRto }: Profile): Ms {
  return ms(Math.min(rto * laws.backsOffBy, maxRto));
}

function keepalive(w: Work): void {
  const { e, profile } = w;
  if (e.retransmit.length > 0 || e.unsent > 0) {
    arm(w, 'keepalive', profile.keepaliveIdle); // RFC 9293 §3.8.4: only when nothing is outstanding
    return;
  }
  if (e.probes >= profile.keepaliveProbes) {
    cite(w, 'keepalive/peer-is-gone');
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
  if (e.unsent === 0) return;
  cite(w, 'window/probe');
  sendWindowProbe(w);
  e.probes += 1;
  arm(w, 'persist', ms(Math.min(e.rto * 2 ** e.probes, profile.maxRto)));
}

function giveUp(w: Work): void {
  const told = w.e.state !== 'SYN-RECEIVED' || w.e.role === 'active';
  if (move(w, 'give-up') && told && !w.e.orphaned) tell(w, { kind: 'error', code: 'ETIMEDOUT' });
}
