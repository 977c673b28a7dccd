// How soon data is acknowledged: counts and times that decide it. RFC 9293 §3.8.6.3 leaves them to the implementation;
// with `quickAcks` these are Linux's (tcp_event_data_recv, tcp_event_data_sent, tcp_event_ack_sent).

import { growOffer } from './receive-window.ts';
import { type Ms, ms } from './time.ts';
import { cancel, ticksSince, type Work } from './work.ts';

/** Data arrived: measures the peer's segments and how fast they follow each other. */
export function textArrived(w: Work, length: number): void {
  const { e, profile } = w;
  measureText(w, length);
  const floor = profile.delayedAck;
  if (e.ackWait === 0) {
    allowQuickAcks(w);
    e.ackWait = floor;
  } else {
    const gap = sinceText(w);
    if (gap <= floor / 2) e.ackWait = ms((e.ackWait + floor) / 2);
    else if (gap < e.ackWait) e.ackWait = ms(Math.min(e.ackWait / 2 + gap, e.rto));
    else if (gap > e.rto) allowQuickAcks(w);
  }
  e.lastTextAt = w.at;
  growOffer(w, length);
}

/** Data arrived, in order or not: how large the peer's segments are. Linux tcp_measure_rcv_mss. */
export function measureText({ e, profile }: Work, length: number): void {
  if (length >= e.rcvMss) e.rcvMss = Math.min(length, profile.mss);
  else e.smallOnes += 1;
}

/** Data leaves soon after data came: a dialogue, in which ACKs find something to ride on. */
export function textSent(w: Work): void {
  if (sinceText(w) < w.e.ackWait) w.e.dialogue = true;
}

/** Since data last came, by a clock that only counts ticks. */
function sinceText(w: Work): number {
  const { lastTextAt } = w.e;
  return lastTextAt === undefined ? Number.POSITIVE_INFINITY : ticksSince(w, lastTextAt);
}

/** A segment with ACK leaves: whatever was owed is paid. */
export function ackSent(w: Work): void {
  const { e } = w;
  const owed = w.ackOwed || w.ackWaits || w.gapWaits || e.deadlines['delayed-ack'] !== undefined;
  if (owed && e.quickAcks > 0) {
    e.quickAcks -= 1;
    if (e.quickAcks === 0) e.ackWait = w.profile.delayedAck;
  }
  e.ackedUpTo = e.rcvNxt;
  e.smallOnes = 0;
  w.ackOwed = false;
  w.ackWaits = false;
  w.gapWaits = false;
  cancel(w, 'delayed-ack');
}

/** Something went wrong on the way: the next ACKs must not wait. Linux tcp_enter_quickack_mode. */
export function hurryAcks(w: Work): void {
  if (w.profile.quickAcks === 0) return;
  allowQuickAcks(w);
  w.e.dialogue = false;
  w.e.ackWait = w.profile.delayedAck;
}

/** As many as help the peer through slow start. Linux tcp_incr_quickack. */
function allowQuickAcks({ e, profile }: Work): void {
  const windowful = Math.floor(e.rcvWnd / (2 * e.rcvMss)) || 2;
  e.quickAcks = Math.max(e.quickAcks, Math.min(windowful, profile.quickAcks));
}

/** Longest wait of an ACK, in a dialogue and outside one. Linux TCP_DELACK_MAX, and HZ/2. */
const LONGEST_WAIT = { dialogue: 200, other: 500 } as const;

/** How long an ACK may wait now. Linux tcp_send_delayed_ack. */
export function patience({ e, profile }: Work): Ms {
  const floor = profile.delayedAck;
  const most = e.dialogue || e.smallOnes > 0 ? LONGEST_WAIT.dialogue : LONGEST_WAIT.other;
  const bound = e.ackWait > floor ? Math.min(most, Math.max(e.srtt ?? most, floor)) : most;
  const least = profile.wheelFrom === undefined ? profile.tick : 0; // the wheel itself lets a tick pass
  return ms(Math.max(Math.min(e.ackWait, bound, LONGEST_WAIT.dialogue), least));
}
