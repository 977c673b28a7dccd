// What is odd about a segment, seen from the tap, by Wireshark's names and rules ("TCP Analysis" in its User's Guide).
// One look at each segment, in capture order; two small records a connection are all that is kept.

import { ACK, FIN, RST, SYN } from '../tcp/segment.ts';
import { add, lt, type Seq } from '../tcp/seq.ts';
import { type Numbers, numberAt, SIDE, BIT as YES } from './conversation-fields.ts';
import type { SegmentView } from './segment-view.ts';

/** In place of a count of duplicate ACKs: that this side's last segments are missing was remarked on. */
const TOLD = -1;

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

/** Out of order, if nothing better is known, is what comes within this many milliseconds of what it follows. */
const OUT_OF_ORDER_WITHIN = 3;
/** Fast retransmission answers the last duplicate ACK within this many milliseconds. */
const FAST_WITHIN = 20;
const LIFE = SYN | FIN | RST;
/** Shifts of a window that are none: no SYN was seen, or it offered none. */
const UNKNOWN = -1;
const NOT_USED = -2;

const { next: NEXT, nextAt: NEXT_AT, whole: WHOLE, lastAck: LAST_ACK, lastAckAt: LAST_ACK_AT } = SIDE;
const { window: WINDOW, scale: SCALE, duplicates: DUPLICATES, last: LAST, bits: BITS } = SIDE;
const { sent: SENT, acked: ACKED, synOnly: SYN_ONLY } = YES;

/**
 * Says what is odd about a segment, and remembers it.
 *
 * Reads the numbers where they stand: an object a side would be most of the work.
 *
 * @param from - where the sender's numbers begin; `to` the other side's
 * @param roundTrip - where that of the handshake stands, in milliseconds; 0 while unknown
 */
export function analyse(
  numbers: Numbers,
  from: number,
  to: number,
  segment: SegmentView,
  roundTrip: number,
): AnomalySet {
  const { flags, length, window } = segment;
  const start = segment.seq as Seq;
  const ack = segment.ack as Seq;
  const bits = numberAt(numbers, from + BITS);
  const toBits = numberAt(numbers, to + BITS);
  const next = numberAt(numbers, from + NEXT) as Seq;
  const sent = (bits & SENT) !== 0;
  const text = length > 0 || (flags & (SYN | FIN)) !== 0;
  const plain = (flags & LIFE) === 0;
  const onTime = sent && start === next;
  const sameAck = (bits & ACKED) !== 0 && ack === numberAt(numbers, from + LAST_ACK);
  let set: AnomalySet = flags & RST ? RESET : 0;

  if (length === 1 && onTime && numberAt(numbers, to + WINDOW) === 0) set |= PROBE;
  else {
    if (window === 0 && plain) set |= ZERO_WINDOW;
    if (sent && lt(next, start) && (flags & RST) === 0) set |= GAP;
    if (length <= 1 && plain && sent && start === add(next, -1)) set |= KEEP_ALIVE;
    if (length > 0 && plain && toBits & ACKED && reachesEdge(numbers, to, toBits, add(start, length)))
      set |= WINDOW_FULL;
    if (length === 0 && plain && onTime && sameAck) set |= pureAck(numbers, from, to, window);
  }
  if (!sameAck) numbers[from + DUPLICATES] = 0;
  if (set & DUPLICATE_ACK) numbers[from + DUPLICATES] = Math.max(0, numberAt(numbers, from + DUPLICATES)) + 1;

  if (flags & ACK && toBits & SENT && lt(numberAt(numbers, to + WHOLE) as Seq, ack)) {
    set |= acksUnseen(numbers, to);
  }
  const end = add(start, length + (flags & SYN ? 1 : 0) + (flags & FIN ? 1 : 0));
  if (text && (set & (KEEP_ALIVE | PROBE)) === 0)
    set |= sentBefore(numbers, from, to, segment, end, roundTrip);
  remember(numbers, from, segment, set, end);
  return set;
}

/** Of what is missing before something that was seen each gap is told; of what is beyond, only that there is some. */
function acksUnseen(numbers: Numbers, to: number): AnomalySet {
  const next = numberAt(numbers, to + NEXT);
  if (numberAt(numbers, to + WHOLE) !== next) {
    numbers[to + WHOLE] = next;
    return UNSEEN;
  }
  const first = numberAt(numbers, to + DUPLICATES) === 0;
  numbers[to + DUPLICATES] = TOLD;
  return first ? UNSEEN : 0;
}

function reachesEdge(numbers: Numbers, to: number, toBits: number, end: Seq): boolean {
  const scale = numberAt(numbers, to + SCALE);
  if (scale === UNKNOWN) return false;
  const shift = toBits & SYN_ONLY || scale < 0 ? 0 : scale;
  return end === add(numberAt(numbers, to + LAST_ACK) as Seq, numberAt(numbers, to + WINDOW) * 2 ** shift);
}

/** A segment with no payload, at the number that was expected, that acknowledges what the last one did. */
function pureAck(numbers: Numbers, from: number, to: number, window: number): AnomalySet {
  const before = numberAt(numbers, from + WINDOW);
  const last = numberAt(numbers, to + LAST);
  if (window === 0) return before === 0 && last & PROBE ? PROBE_ACK : 0;
  if (window !== before) return WINDOW_UPDATE;
  return last & KEEP_ALIVE ? KEEP_ALIVE_ACK : DUPLICATE_ACK;
}

/** What has numbers that were seen before was sent again, or overtaken on the way. */
function sentBefore(
  numbers: Numbers,
  from: number,
  to: number,
  segment: SegmentView,
  end: Seq,
  roundTrip: number,
): AnomalySet {
  const { length, at } = segment;
  const start = segment.seq as Seq;
  const next = numberAt(numbers, from + NEXT) as Seq;
  const lastAck = numberAt(numbers, to + LAST_ACK) as Seq;
  const sent = (numberAt(numbers, from + BITS) & SENT) !== 0;
  // One octet before the next: the probe of a closed window is followed by the text it began.
  const again = sent && lt(start, next) && !(length > 1 && start === add(next, -1));
  if (length > 0 && numberAt(numbers, to + BITS) & ACKED && !lt(lastAck, add(start, length))) return SPURIOUS;
  if (!again) return 0;
  const fast = isWithin(at - numberAt(numbers, to + LAST_ACK_AT), FAST_WITHIN);
  if (numberAt(numbers, to + DUPLICATES) >= 2 && lastAck === start && fast) return FAST;
  const near = isWithin(
    at - numberAt(numbers, from + NEXT_AT),
    numberAt(numbers, roundTrip) || OUT_OF_ORDER_WITHIN,
  );
  return near && next !== end ? OUT_OF_ORDER : RETRANSMISSION;
}

/** Of several interfaces a capture can have a later frame with an earlier time: that is no short time after. */
function isWithin(passed: number, most: number): boolean {
  return passed >= 0 && passed < most;
}

function remember(numbers: Numbers, from: number, segment: SegmentView, set: AnomalySet, end: Seq): void {
  const { flags, at } = segment;
  let bits = numberAt(numbers, from + BITS);
  if ((set & PROBE) === 0) {
    const sent = (bits & SENT) !== 0;
    const fills = !sent || segment.seq === numberAt(numbers, from + WHOLE);
    if (!sent || lt(numberAt(numbers, from + NEXT) as Seq, end)) {
      numbers[from + NEXT] = end;
      numbers[from + NEXT_AT] = at;
    }
    // What fills a gap makes all that was seen beyond it whole, too.
    if (fills) numbers[from + WHOLE] = numberAt(numbers, from + NEXT);
    bits |= SENT;
  }
  numbers[from + WINDOW] = segment.window;
  if (flags & ACK) {
    numbers[from + LAST_ACK] = segment.ack;
    bits |= ACKED;
    numbers[from + LAST_ACK_AT] = at;
  }
  if (flags & SYN) {
    bits |= SYN_ONLY;
    numbers[from + SCALE] = segment.scale === -1 ? NOT_USED : segment.scale;
  } else bits &= ~SYN_ONLY;
  numbers[from + BITS] = bits;
  numbers[from + LAST] = set;
}
