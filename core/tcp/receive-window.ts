// How much window an ACK offers. RFC 9293 §3.8.6.2.2 leaves the buffer to the receiver; where it grows with the flow
// (`receiveSpace`), this is Linux's tcp_grow_window and __tcp_select_window.

import { MAX_WINDOW_FIELD } from './segment.ts';
import { distance } from './seq.ts';
import type { Work } from './work.ts';

/** Memory a full segment takes while nobody reads it, per octet of `receiveSpace`: smaller buffers are joined. */
const COST = 0.69;
/** Segments below this say nothing about the flow. */
const TELLING = 128;

/** The largest window the buffer allows for segments of the size seen; it was opened with `receiveBuffer`. */
function spaceOfBuffer({ e, profile }: Work): number {
  const { receiveSpace = 0, receiveBuffer, mss } = profile;
  return Math.max(receiveBuffer, (receiveSpace * e.rcvMss) / mss);
}

/** What nobody has read, and what is kept out of order, takes room. Linux tcp_space. */
function free(w: Work): number {
  const { unread, held } = w.e;
  const kept = held.reduce((sum, { from, to }) => sum + distance(from, to), 0);
  return spaceOfBuffer(w) - COST * (unread + kept);
}

/** The first window is a whole number of segments, of the size that the options leave. Linux tcp_select_initial_window. */
export function openInWholeSegments({ e, profile }: Work, size: number): void {
  if (profile.receiveSpace === undefined) return;
  e.windowLimit = Math.floor(MAX_WINDOW_FIELD / size) * size;
  e.rcvWnd = e.windowLimit;
}

/** Data arrived: the window may grow by twice as much, while the buffer has room for it. */
export function growOffer(w: Work, length: number): void {
  const { e, profile } = w;
  if (profile.receiveSpace === undefined || length < TELLING) return;
  const room = Math.floor(free(w) - e.windowLimit);
  if (room <= 0) return;
  e.windowLimit += Math.min(room, 2 * Math.max(e.rcvMss, length));
  e.quickAcks |= 1;
}

/** What an ACK would offer now. */
function offer(w: Work): number {
  const { e, profile } = w;
  const left = free(w);
  const space = spaceOfBuffer(w);
  const unit = 2 ** e.rcvScale;
  if (left < space / 2) {
    e.quickAcks = 0;
    const whole = Math.floor(left / unit) * unit;
    if (whole < space / 16 || whole < e.rcvMss) return 0;
  }
  return Math.ceil(Math.min(left, e.windowLimit, profile.receiveSpace ?? left) / unit) * unit;
}

/** An ACK is about to leave: the right edge of the window moves, but never back. RFC 9293 §3.8.6, SHLD-14. */
export function moveRightEdge(w: Work): void {
  const { e, profile } = w;
  if (profile.receiveSpace === undefined || e.state === 'SYN-SENT' || e.state === 'LISTEN') return;
  e.rcvWnd = Math.max(e.rcvWnd, offer(w));
}

/** Whether an ACK now would offer no less than the last one did. */
export function offersNoLess(w: Work): boolean {
  const { e, profile } = w;
  if (profile.receiveSpace === undefined) return true;
  return e.unread === 0 || offer(w) >= e.rcvWnd + distance(e.ackedUpTo, e.rcvNxt);
}

/** Whether reading has opened so much window that the peer should hear of it. Linux tcp_cleanup_rbuf. */
export function readingOpensWindow(w: Work): boolean {
  const { e } = w;
  if (2 * e.rcvWnd > spaceOfBuffer(w)) return false;
  const opened = offer(w);
  return opened > 0 && opened >= 2 * e.rcvWnd;
}
