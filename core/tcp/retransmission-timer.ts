// Which timer watches over what is in flight, and how long it runs. RFC 6298 §5, RFC 8985 §7.2.

import { SYN } from './segment.ts';
import { lt } from './seq.ts';
import { type Ms, ms } from './time.ts';
import { arm, cancel, type Work } from './work.ts';

/** Something that must be acknowledged was sent. RFC 6298 (5.1); each new segment puts off the probe for the last. */
export function startRetransmissionTimer(w: Work): void {
  const { deadlines } = w.e;
  if (deadlines.reordering !== undefined) return;
  if (deadlines.retransmission === undefined || probeTime(w) !== undefined) restartRetransmissionTimer(w);
}

/** Something was acknowledged, or sent again. RFC 6298 (5.2), (5.3). */
export function restartRetransmissionTimer(w: Work): void {
  const { e } = w;
  if (e.retransmit.length === 0) {
    cancel(w, 'retransmission');
    cancel(w, 'tail-loss-probe');
    return;
  }
  const probe = probeTime(w);
  if (probe === undefined) {
    cancel(w, 'tail-loss-probe');
    arm(w, 'retransmission', e.rto);
  } else {
    cancel(w, 'retransmission');
    arm(w, 'tail-loss-probe', probe);
  }
}

/** What is added to a time that was measured before a timer is set by it, in milliseconds. Linux TCP_TIMEOUT_MIN_US. */
export const TIMER_SLACK = 2;

/** Before the first round trip was measured. Linux TCP_TIMEOUT_INIT in tcp_schedule_loss_probe. */
const UNMEASURED = 1000;

/** How soon the last segment is probed for; undefined when nothing is to be probed for. */
function probeTime({ e, profile }: Work): Ms | undefined {
  const front = e.retransmit[0];
  if (!profile.tailLossProbe || !e.sack || front === undefined || front.flags & SYN) return undefined;
  if (e.recovery !== undefined || e.retries > 0) return undefined;
  if (e.probedUpTo !== undefined && !lt(e.probedUpTo, e.sndNxt)) return undefined;
  if (e.retransmit.some((sent) => sent.mark !== undefined)) return undefined;
  const patience = e.retransmit.length === 1 ? profile.minRto : TIMER_SLACK; // a lone one may wait for its ACK
  const probe = e.srtt === undefined ? UNMEASURED : 2 * e.srtt + patience;
  return ms(Math.min(probe, e.rto));
}
