// What is odd about a segment, seen from the tap, by Wireshark's names and rules ("TCP Analysis" in its User's Guide).
// One look at each segment, in capture order; two small records a connection are all that is kept.

import { ACK, FIN, RST, SYN } from '../tcp/segment.ts';
import { add, lt, type Seq } from '../tcp/seq.ts';
import type { SegmentView } from './segment-view.ts';

/** In the order of their bits. */
export const ANOMALIES = [
  'retransmission',
  'fast-retransmission',
  'spurious-retransmission',
  'out-of-order',
  'duplicate-ack',
  'previous-segment-not-captured',
  'acked-unseen-segment',
  'keep-alive',
  'keep-alive-ack',
  'zero-window',
  'zero-window-probe',
  'zero-window-probe-ack',
  'window-full',
  'window-update',
  'port-reused',
  'reset',
] as const;
export type Anomaly = (typeof ANOMALIES)[number];

/** A set of anomalies: bit n is the n-th of {@link ANOMALIES}. */
export type AnomalySet = number;

const BIT = Object.fromEntries(ANOMALIES.map((name, place) => [name, 1 << place])) as Readonly<
  Record<Anomaly, number>
>;
const RETRANSMISSION = BIT.retransmission;
const FAST = BIT['fast-retransmission'];
const SPURIOUS = BIT['spurious-retransmission'];
const OUT_OF_ORDER = BIT['out-of-order'];
const DUPLICATE_ACK = BIT['duplicate-ack'];
const GAP = BIT['previous-segment-not-captured'];
const UNSEEN = BIT['acked-unseen-segment'];
const KEEP_ALIVE = BIT['keep-alive'];
const KEEP_ALIVE_ACK = BIT['keep-alive-ack'];
const ZERO_WINDOW = BIT['zero-window'];
const PROBE = BIT['zero-window-probe'];
const PROBE_ACK = BIT['zero-window-probe-ack'];
const WINDOW_FULL = BIT['window-full'];
const WINDOW_UPDATE = BIT['window-update'];
const RESET = BIT.reset;

/** Names the members of a set, in the order of {@link ANOMALIES}. */
export function anomaliesIn(set: AnomalySet): readonly Anomaly[] {
  return ANOMALIES.filter((_, place) => set & (1 << place));
}

/** What was last seen of one side. */
export interface Watch {
  /** The number its next segment should have, once anything was `sent`. */
  next: Seq;
  sent: boolean;
  nextAt: number;
  /** The highest number that may be acknowledged: without gaps before it. */
  whole: Seq;
  lastAck: Seq;
  acked: boolean;
  lastAckAt: number;
  window: number;
  /** Shift of its window; -1 unknown, -2 not used. */
  scale: number;
  duplicates: number;
  last: AnomalySet;
  /** Its SYN was the last that was seen of it: the next window is not yet scaled. */
  synOnly: boolean;
}

/** Out of order, if nothing better is known, is what comes within this many milliseconds of what it follows. */
const OUT_OF_ORDER_WITHIN = 3;
/** Fast retransmission answers the last duplicate ACK within this many milliseconds. */
const FAST_WITHIN = 20;
const LIFE = SYN | FIN | RST;

/**
 * Says what is odd about a segment, and remembers it.
 *
 * @param from - the sender's watch; `to` the other side's
 * @param roundTrip - of the handshake, in milliseconds; 0 while unknown
 */
export function analyse(
  from: Watch,
  to: Watch,
  segment: SegmentView,
  at: number,
  roundTrip: number,
): AnomalySet {
  const { flags, length, window } = segment;
  const start = segment.seq as Seq;
  const ack = segment.ack as Seq;
  const text = length > 0 || (flags & (SYN | FIN)) !== 0;
  const plain = (flags & LIFE) === 0;
  const onTime = from.sent && start === from.next;
  const sameAck = from.acked && ack === from.lastAck;
  let set: AnomalySet = flags & RST ? RESET : 0;

  if (length === 1 && onTime && to.window === 0) set |= PROBE;
  else {
    if (window === 0 && plain) set |= ZERO_WINDOW;
    if (from.sent && lt(from.next, start) && (flags & RST) === 0) set |= GAP;
    if (length <= 1 && plain && from.sent && start === add(from.next, -1)) set |= KEEP_ALIVE;
    if (length > 0 && plain && to.acked && to.scale !== -1 && reachesEdge(to, add(start, length)))
      set |= WINDOW_FULL;
    if (length === 0 && plain && onTime) set |= pureAck(from, to, window, sameAck);
  }
  if (!sameAck) from.duplicates = 0;
  if (set & DUPLICATE_ACK) from.duplicates += 1;

  if (flags & ACK && to.sent && lt(to.whole, ack)) {
    set |= UNSEEN;
    to.whole = ack;
  }
  const end = add(start, length + (flags & SYN ? 1 : 0) + (flags & FIN ? 1 : 0));
  if (text && (set & (KEEP_ALIVE | PROBE)) === 0)
    set |= sentBefore(from, to, start, length, end, at, roundTrip);
  remember(from, segment, set, at, end);
  return set;
}

function reachesEdge(to: Watch, end: Seq): boolean {
  return end === add(to.lastAck, to.window * 2 ** (to.synOnly || to.scale < 0 ? 0 : to.scale));
}

/** A segment with no payload, at the number that was expected. */
function pureAck(from: Watch, to: Watch, window: number, sameAck: boolean): AnomalySet {
  if (!sameAck) return 0;
  if (window === 0) return from.window === 0 && to.last & PROBE ? PROBE_ACK : 0;
  if (window !== from.window) return WINDOW_UPDATE;
  return to.last & KEEP_ALIVE ? KEEP_ALIVE_ACK : DUPLICATE_ACK;
}

/** What has numbers that were seen before was sent again, or overtaken on the way. */
function sentBefore(
  from: Watch,
  to: Watch,
  start: Seq,
  length: number,
  end: Seq,
  at: number,
  roundTrip: number,
): AnomalySet {
  // One octet before the next: the probe of a closed window is followed by the text it began.
  const again = from.sent && lt(start, from.next) && !(length > 1 && start === add(from.next, -1));
  if (length > 0 && to.acked && !lt(to.lastAck, add(start, length))) return SPURIOUS;
  if (!again) return 0;
  if (to.duplicates >= 2 && to.lastAck === start && at - to.lastAckAt < FAST_WITHIN) return FAST;
  const near = at - from.nextAt < (roundTrip || OUT_OF_ORDER_WITHIN);
  return near && from.next !== end ? OUT_OF_ORDER : RETRANSMISSION;
}

function remember(from: Watch, segment: SegmentView, set: AnomalySet, at: number, end: Seq): void {
  const { flags } = segment;
  if ((set & PROBE) === 0) {
    const fills = !from.sent || segment.seq === from.whole;
    if (!from.sent || lt(from.next, end)) {
      from.next = end;
      from.nextAt = at;
    }
    if (fills) from.whole = from.next; // what fills a gap makes all that was seen beyond it whole, too
    from.sent = true;
  }
  from.window = segment.window;
  if (flags & ACK) {
    from.lastAck = segment.ack as Seq;
    from.acked = true;
    from.lastAckAt = at;
  }
  from.synOnly = (flags & SYN) !== 0;
  if (flags & SYN) from.scale = segment.scale === -1 ? -2 : segment.scale;
  from.last = set;
}
