// One connection while the file is read: counters and the last numbers of each side, never its segments.

import { ACK, FIN, RST, SYN } from '../tcp/segment.ts';
import { add, distance, lt, type Seq, seq } from '../tcp/seq.ts';
import { TCP_STATES } from '../tcp/states.ts';
import { ANOMALIES, type AnomalySet, analyse } from './analysis.ts';
import { BIT, type Numbers, numberAt, SIDE, SIDE_SIZE, WHOLE } from './conversation-fields.ts';
import { type EndSeen, seeSegment } from './life-seen.ts';
import { answersOpening, opens, type SegmentView } from './segment-view.ts';

/** What a segment is by its flags and length; each is one of these, keep-alives by their number. */
export const KINDS = ['syn', 'syn-ack', 'fin', 'rst', 'data', 'pure-ack', 'keep-alive', 'other'] as const;
export type Kind = (typeof KINDS)[number];

/** One side of a conversation: what describes it. What analysis.ts remembers of it stands beside. */
export interface Speaker extends EndSeen {
  readonly segments: number;
  /** Octets of payload by sequence numbers: what was sent twice counts once, what was not captured counts. */
  readonly octets: number;
  syn: boolean;
  synAck: boolean;
  fin: boolean;
  reset: boolean;
}

/** A connection as far as it was read. Sides are those of its flow: 0 and 1. Kept by conversation-table.ts. */
export interface Conversation {
  /** Its row, and where that begins. */
  readonly numbers: Numbers;
  readonly from: number;
  readonly flow: number;
  /** Which connection of its flow: from 0. */
  readonly turn: number;
  readonly firstFrame: number;
  readonly startedAt: number;
  lastAt: number;
  readonly sides: readonly [Speaker, Speaker];
  /** Who sent the first SYN, the first SYN,ACK, the first FIN, the first RST and anything at all. */
  synFrom: Party;
  synAckFrom: Party;
  finFrom: Party;
  resetFrom: Party;
  readonly firstFrom: 0 | 1;
  /** Anything but SYNs and RSTs. */
  data: boolean;
  synAt: number;
  roundTrip: number;
  /** How many there were, by place: of {@link KINDS}, then of {@link ANOMALIES}. */
  count(place: number): number;
  tally(place: number): void;
  firstAnomaly: AnomalySet;
  firstAnomalyFrame: number;
}

/** A side, or -1 for neither. */
export type Party = 0 | 1 | -1;

/** What is worth a remark in a list: a window update is daily life. */
const WORTH_NOTING: AnomalySet = ANOMALIES.reduce(
  (set, name, bit) => (name === 'window-update' || name === 'keep-alive-ack' ? set : set | (1 << bit)),
  0,
);

/** Takes the next segment of the connection, and says what is odd about it. */
export function hear(now: Conversation, side: 0 | 1, segment: SegmentView, frame: number): AnomalySet {
  const { numbers, from: row } = now;
  const here = row + (side === 0 ? 0 : SIDE_SIZE);
  const there = row + (side === 0 ? SIDE_SIZE : 0);
  const { flags, at } = segment;
  const set: AnomalySet =
    opens(flags) && intrudes(now.sides[side], segment)
      ? REUSED
      : analyse(numbers, here, there, segment, row + WHOLE.roundTrip) |
        (opens(flags) && begins(now) ? REUSED : 0);
  numbers[here + SIDE.segments] = numberAt(numbers, here + SIDE.segments) + 1;
  if (at > numberAt(numbers, row + WHOLE.lastAt)) numbers[row + WHOLE.lastAt] = at;
  countOctets(numbers, here, segment);
  const living = (flags & (SYN | FIN | RST)) !== 0;
  if (living) noteLife(now, now.sides[side], side, flags, at);
  else {
    numbers[row + WHOLE.data] = 1;
    if (numberAt(numbers, row + WHOLE.roundTrip) === 0) noteRoundTrip(now, side, at);
  }
  if (living || !isSettled(numbers, here, there))
    seeSegment(now.sides[side], now.sides[side === 0 ? 1 : 0], segment, (set & GAP) !== 0);
  const kind = row + WHOLE.counts + kindOf(segment, set);
  numbers[kind] = numberAt(numbers, kind) + 1;
  if (set !== 0) countAnomalies(now, set, frame);
  return set;
}

const GAP = 1 << ANOMALIES.indexOf('previous-segment-not-captured');
const REUSED = 1 << ANOMALIES.indexOf('port-reused');
const KEEP_ALIVE = 1 << ANOMALIES.indexOf('keep-alive');
const ESTABLISHED = TCP_STATES.indexOf('ESTABLISHED');

/** A SYN with another number into a connection that stands: what it asks for is another one. */
function intrudes(from: Speaker, segment: SegmentView): boolean {
  return from.synSent && from.iss !== segment.seq;
}

/** Not the first connection between its ends, and nothing of it was heard. */
function begins({ turn, sides: [one, other] }: Conversation): boolean {
  return turn > 0 && one.segments === 0 && other.segments === 0;
}

function noteRoundTrip(now: Conversation, side: 0 | 1, at: number): void {
  if (side === now.synFrom) now.roundTrip = at - now.synAt || Number.NaN;
}

/** Nothing but a SYN, a FIN or a RST changes a state from here on. */
function isSettled(numbers: Numbers, here: number, there: number): boolean {
  return (
    numberAt(numbers, here + SIDE.state) === ESTABLISHED &&
    numberAt(numbers, there + SIDE.state) === ESTABLISHED
  );
}

function noteLife(now: Conversation, from: Speaker, side: 0 | 1, flags: number, at: number): void {
  if (opens(flags)) {
    if (now.synFrom === -1) {
      now.synFrom = side;
    }
    // The latest: of a SYN that was sent again the round trip is not that of the first.
    now.synAt = at;
    from.syn = true;
  }
  if (answersOpening(flags)) {
    if (now.synAckFrom === -1) now.synAckFrom = side;
    from.synAck = true;
  }
  if (flags & FIN) {
    if (now.finFrom === -1) now.finFrom = side;
    from.fin = true;
  }
  if (flags & RST) {
    if (now.resetFrom === -1) now.resetFrom = side;
    from.reset = true;
  } else if ((flags & SYN) === 0) now.data = true;
}

function countOctets(numbers: Numbers, here: number, { flags, length, seq: number }: SegmentView): void {
  if (flags & RST) return;
  const start = seq(number + (flags & SYN ? 1 : 0));
  const bits = numberAt(numbers, here + SIDE.bits);
  if ((bits & BIT.counting) === 0 || flags & SYN) {
    numbers[here + SIDE.counted] = start;
    numbers[here + SIDE.bits] = bits | BIT.counting;
  }
  if (length === 0) return;
  const counted = numberAt(numbers, here + SIDE.counted) as Seq;
  const end = add(start, length);
  if (!lt(counted, end)) return;
  numbers[here + SIDE.octets] = numberAt(numbers, here + SIDE.octets) + distance(counted, end);
  numbers[here + SIDE.counted] = end;
}

function kindOf({ flags, length }: SegmentView, set: AnomalySet): number {
  if (answersOpening(flags)) return PLACES['syn-ack'];
  if (flags & RST) return PLACES.rst;
  if (flags & SYN) return PLACES.syn;
  if (flags & FIN) return PLACES.fin;
  if (set & KEEP_ALIVE) return PLACES['keep-alive'];
  if (length > 0) return PLACES.data;
  return flags & ACK ? PLACES['pure-ack'] : PLACES.other;
}

const PLACES = Object.fromEntries(KINDS.map((name, place) => [name, place])) as Readonly<
  Record<Kind, number>
>;

function countAnomalies(now: Conversation, set: AnomalySet, frame: number): void {
  for (let bit = 0; bit < ANOMALIES.length; bit += 1) if (set & (1 << bit)) now.tally(KINDS.length + bit);
  if (now.firstAnomaly === 0 && set & WORTH_NOTING) {
    now.firstAnomaly = set & WORTH_NOTING;
    now.firstAnomalyFrame = frame;
  }
}
