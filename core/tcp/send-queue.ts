// Cuts what the application handed over into segments and sends what the windows allow. RFC 9293 §3.7.4, §3.8.6.

import { type Endpoint, inFlight } from './endpoint.ts';
import { roomForData } from './options.ts';
import { sendNew } from './output.ts';
import { ACK, FIN, flags, PSH } from './segment.ts';
import { add, distance, leq, lt } from './seq.ts';
import type { TcpState } from './states.ts';
import { type Ms, ms } from './time.ts';
import { arm, cancel, cite, type Work } from './work.ts';

const ACK_FIN = flags(ACK, FIN);

/** States in which data or a FIN may still have to leave. RFC 9293 §3.10.2, §3.10.4. */
const FLUSHING: readonly TcpState[] = ['ESTABLISHED', 'FIN-WAIT-1', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK'];

/** Sends what the application queued and the windows allow, then the FIN if nothing is left before it. */
export function flush(w: Work, probing = false): void {
  const { e, profile } = w;
  if (!FLUSHING.includes(e.state) || e.finSeq !== undefined) return;
  let inBurst = 0;
  let burst = 0;
  while (e.unsent > 0) {
    const length = nextLength(w, probing);
    if (length === 0) return;
    const last = length === e.unsent;
    const finToo = last && e.closing && profile.finRidesData;
    const full = length === roomForData(e);
    if (inBurst === burst) {
      burst = burstSize(w);
      inBurst = 0;
    }
    inBurst += 1;
    const endsBurst = inBurst > 1 && (inBurst === burst || last);
    e.unsent -= length;
    const push = profile.segmentsPerBurst === 0 ? last : takePush(e, length);
    if (!full) e.smallUpTo = add(e.sndNxt, length);
    sendNew(w, flags(ACK, ...(push ? [PSH] : []), ...(finToo ? [FIN] : [])), length, endsBurst && !push);
    cancel(w, 'persist'); // what is in flight now brings the next ACK
    if (finToo) return;
  }
  cancel(w, 'persist');
  if (!e.closing) return;
  if (profile.initialWindow !== undefined && inFlight(e) >= e.cwnd) cite(w, 'send/waits-for-acks');
  else sendNew(w, ACK_FIN, 0);
}

/** Octets handed down at once, at most. Linux sk_gso_max_size. */
const LARGEST_BURST = 65_536;

/**
 * Segments handed down as one: what is sent in a millisecond, more when the peer is near, and never more than half a
 * congestion window. Linux tcp_tso_autosize, tcp_cwnd_test.
 */
function burstSize({ e, profile }: Work): number {
  if (profile.segmentsPerBurst === 0) return 1;
  const { cwnd, srtt, minRtt, sndMss } = e;
  const pace = cwnd < e.ssthresh / 2 ? 2 : 1.2; // tcp_pacing_ss_ratio, tcp_pacing_ca_ratio
  const perMs = srtt === undefined || srtt === 0 ? 0 : (pace * cwnd * sndMss) / srtt;
  const near = minRtt === undefined ? 0 : LARGEST_BURST / 2 ** Math.floor((minRtt * 1000) / 512);
  const wanted = Math.max(profile.segmentsPerBurst, Math.floor((perMs + near) / sndMss));
  return Math.max(1, Math.min(wanted, Math.floor(cwnd / 2), Math.floor(cwnd) - inFlight(e)));
}

/** Octets of the next segment; 0 when it has to wait. */
function nextLength(w: Work, probing: boolean): number {
  const { e, profile } = w;
  const room = distance(e.sndNxt, add(e.sndUna, e.sndWnd));
  const size = roomForData(e);
  const wanted = Math.min(e.unsent, size);
  // RFC 9293 §3.8.6.2.1: with Nagle's algorithm goes that no window is filled with a piece of a segment, unless the
  // peer never offers twice as much.
  const isPiece = room < wanted && 2 * room < e.maxSndWnd;
  if (room <= 0 || (profile.nagle && isPiece)) {
    cite(w, 'send/waits-for-window');
    if (startPersist(w)) cite(w, 'window/probe-after-one-rto');
    return 0;
  }
  if (profile.initialWindow !== undefined && inFlight(e) >= e.cwnd) {
    cite(w, 'send/waits-for-acks');
    return 0;
  }
  if (profile.nagle && !probing && wanted < size && !e.closing && waitsForCompany(e)) {
    cite(w, 'send/small-ones-wait');
    if (e.corked) startPersist(w);
    return 0;
  }
  return Math.min(wanted, room);
}

/** Nothing in flight will bring an ACK that could let data go: a timer will. Says whether it starts. RFC 9293 §3.8.6.1. */
function startPersist(w: Work): boolean {
  if (!w.profile.laws.probesClosedWindow) return false;
  if (w.e.retransmit.length > 0 || w.e.deadlines.persist !== undefined) return false;
  arm(w, 'persist', w.e.rto);
  return true;
}

/** Nagle: one small segment in flight at a time; and none while the application says that more is coming. */
function waitsForCompany(e: Endpoint): boolean {
  return e.corked || (e.smallUpTo !== undefined && lt(e.sndUna, e.smallUpTo));
}

/** Whether a write ends within the next `length` octets. */
function takePush(e: Work['e'], length: number): boolean {
  const end = add(e.sndNxt, length);
  const ended = e.pushes.filter((push) => leq(push, end));
  if (ended.length > 0) e.pushes = e.pushes.filter((push) => !leq(push, end));
  return ended.length > 0;
}

/** A window too small for a segment of full size is filled all the same once the persist timer fires. */
export function sendIntoWindow(w: Work): boolean {
  const { e } = w;
  const room = distance(e.sndNxt, add(e.sndUna, e.sndWnd));
  const length = Math.min(room, e.unsent, roomForData(e));
  if (length <= 0) return false;
  e.unsent -= length;
  takePush(e, length);
  sendNew(w, flags(ACK, PSH), length);
  return true;
}

/** How long a closed window is left alone before the next probe. */
export function probePause({ e, profile }: Work): Ms {
  return ms(Math.min(e.rto * 2 ** e.probes, profile.maxRto));
}
