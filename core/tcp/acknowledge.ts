// When what arrived is acknowledged: at once, with every second segment, or when nothing else carried the ACK.

import { hurryAcks, patience, textArrived } from './ack-pace.ts';
import { sendAck } from './output.ts';
import { offersNoLess } from './receive-window.ts';
import { distance } from './seq.ts';
import { type Ms, ms } from './time.ts';
import { arm, armExactly, cite, type Work } from './work.ts';

/** Data was taken in order. */
export function acknowledgeText(w: Work, octets: number, filledGap: boolean): void {
  const { e, profile } = w;
  if (profile.quickAcks > 0) {
    textArrived(w, octets);
    if (filledGap) w.ackOwed = true;
    else w.ackWaits = true;
  } else if (profile.delayedAck === 0 || filledGap) w.ackOwed = true;
  else if (e.deadlines['delayed-ack'] !== undefined) {
    cite(w, 'ack/every-second-segment');
    w.ackOwed = true;
  } else wait(w, profile.delayedAck);
}

/** The peer's FIN was taken. Where ACKs adapt, that of a FIN waits for our own FIN. Linux tcp_fin. */
export function acknowledgeFin(w: Work, filledGap: boolean): void {
  const { e, profile } = w;
  if (profile.quickAcks > 0 && e.state === 'CLOSE-WAIT' && !filledGap) {
    e.dialogue = true;
    w.ackWaits = true;
  } else if (profile.quickAcks > 0 && e.state === 'CLOSING')
    sendAck(w); // our FIN may still have to leave
  else w.ackOwed = true;
}

/** Nothing of this is new, but its ACK may have been lost. */
export function acknowledgeAgain(w: Work): void {
  hurryAcks(w);
  w.ackOwed = true;
}

/** At the end of a step: what is owed leaves, what may wait waits. */
export function settleAcks(w: Work): void {
  const { e } = w;
  if (e.state === 'CLOSED' || e.state === 'LISTEN') return;
  if (w.ackOwed) return sendAck(w);
  if (w.gapWaits) return tellOfGap(w);
  if (!w.ackWaits) return;
  if (e.quickAcks > 0 && !e.dialogue) {
    cite(w, 'ack/quick-at-first');
    return sendAck(w);
  }
  if (hasFullSegment(w) && offersNoLess(w)) {
    cite(w, 'ack/every-second-segment');
    return sendAck(w);
  }
  const deadline = e.deadlines['delayed-ack'];
  const patient = patience(w);
  if (deadline === undefined) return wait(w, patient);
  if (deadline <= w.at + patient / 4) return sendAck(w);
  if (w.at + patient < deadline) wait(w, patient);
}

/** Duplicate ACKs that show a loss; more of them would tell little. RFC 5681 §3.2; Linux TCP_FASTRETRANS_THRESH. */
const TELLING = 3;
/** How long further ones wait for each other: a part of the round trip, at most. Linux tcp_comp_sack_delay_ns, … */
const MOST_WAIT = 1;
const PART_OF_ROUND_TRIP = 1 / 20;

/** Reports what is out of order: the first times at once, then together with what comes soon. Linux __tcp_ack_snd_check. */
function tellOfGap(w: Work): void {
  const { e } = w;
  if (e.quickAcks > 0 && !e.dialogue) return sendAck(w);
  const times = e.gapTold?.at === e.rcvNxt ? e.gapTold.times : 0;
  if (times < TELLING) {
    e.gapTold = { at: e.rcvNxt, times: times + 1 };
    return sendAck(w);
  }
  if (e.deadlines['delayed-ack'] !== undefined) return;
  cite(w, 'ack/sacks-wait-for-each-other');
  const roundTrip = e.timestamps ? (e.srtt ?? MOST_WAIT / PART_OF_ROUND_TRIP) : 0; // without them a receiver knows none
  armExactly(w, 'delayed-ack', ms(Math.min(MOST_WAIT, roundTrip * PART_OF_ROUND_TRIP)));
}

/** More than one full-sized segment waits for its ACK. */
function hasFullSegment({ e }: Work): boolean {
  return distance(e.ackedUpTo, e.rcvNxt) > e.rcvMss;
}

function wait(w: Work, patient: Ms): void {
  cite(w, 'ack/may-be-delayed');
  arm(w, 'delayed-ack', patient);
}

/** Nothing came for the ACK to ride on. A dialogue it was not, then; outside one, the next ACK may wait longer. */
export function ackIsDue(w: Work): void {
  const { e, profile } = w;
  cite(w, 'ack/delayed-is-due');
  if (profile.quickAcks > 0 && e.held.length === 0) {
    w.ackWaits = true;
    e.ackWait = e.dialogue ? profile.delayedAck : ms(Math.min(e.ackWait * 2, e.rto));
    e.dialogue = false;
  }
  sendAck(w);
}

/** The application has read everything: an ACK that waits may go now. Linux tcp_cleanup_rbuf. */
export function readingFreesAck(w: Work): void {
  const { e, profile } = w;
  if (profile.quickAcks === 0 || e.deadlines['delayed-ack'] === undefined) return;
  const small = e.smallOnes > (e.dialogue ? 1 : 0);
  if (!hasFullSegment(w) && (!small || e.unread > 0)) return;
  cite(w, 'ack/reading-frees-it');
  sendAck(w);
}
