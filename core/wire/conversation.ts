// One connection while the file is read: counters and the last numbers of each side, never its segments.

import { ACK, FIN, RST, SYN } from '../tcp/segment.ts';
import { add, distance, lt, type Seq, seq } from '../tcp/seq.ts';
import { ANOMALIES, type AnomalySet, analyse, type Watch } from './analysis.ts';
import { type EndSeen, seeSegment } from './life-seen.ts';
import { answersOpening, opens, type SegmentView } from './segment-view.ts';

/** What a segment is by its flags and length; each is one of these, keep-alives by their number. */
export const KINDS = ['syn', 'syn-ack', 'fin', 'rst', 'data', 'pure-ack', 'keep-alive', 'other'] as const;
export type Kind = (typeof KINDS)[number];

/** One side of a conversation: one object, as there may be millions. */
export interface Speaker extends Watch, EndSeen {
  segments: number;
  /** Octets of payload by sequence numbers: what was sent twice counts once, what was not captured counts. */
  octets: number;
  counted: Seq;
  counting: boolean;
  syn: boolean;
  synAck: boolean;
  fin: boolean;
  reset: boolean;
}

/** A connection as far as it was read. Sides are those of its flow: 0 and 1. */
export interface Conversation {
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
  /** By kind, then by anomaly. */
  readonly counts: number[];
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

function newSpeaker(): Speaker {
  return {
    segments: 0,
    octets: 0,
    counted: seq(0),
    counting: false,
    syn: false,
    synAck: false,
    fin: false,
    reset: false,
    next: seq(0),
    sent: false,
    nextAt: 0,
    whole: seq(0),
    lastAck: seq(0),
    acked: false,
    lastAckAt: 0,
    window: -1,
    scale: -1,
    duplicates: 0,
    last: 0,
    synOnly: false,
    state: 'CLOSED',
    role: 'none',
    synSent: false,
    iss: seq(0),
    finSent: false,
    finEnd: seq(0),
    met: false,
  };
}

export function newConversation(
  flow: number,
  turn: number,
  side: 0 | 1,
  frame: number,
  at: number,
): Conversation {
  return {
    flow,
    turn,
    firstFrame: frame,
    startedAt: at,
    lastAt: at,
    sides: [newSpeaker(), newSpeaker()],
    synFrom: -1,
    synAckFrom: -1,
    finFrom: -1,
    resetFrom: -1,
    firstFrom: side,
    data: false,
    synAt: Number.NaN,
    roundTrip: 0,
    counts: new Array<number>(KINDS.length + ANOMALIES.length).fill(0),
    firstAnomaly: 0,
    firstAnomalyFrame: 0,
  };
}

/** Takes the next segment of the connection, and says what is odd about it. */
export function hear(
  now: Conversation,
  side: 0 | 1,
  segment: SegmentView,
  frame: number,
  at: number,
): AnomalySet {
  const { flags } = segment;
  const from = now.sides[side];
  const to = now.sides[side === 0 ? 1 : 0];
  const begins = from.segments === 0 && to.segments === 0 && now.turn > 0;
  // A SYN with another number into a connection that stands: what it asks for is another one.
  const intrudes = opens(flags) && from.synSent && from.iss !== segment.seq;
  const set: AnomalySet = intrudes
    ? REUSED
    : analyse(from, to, segment, at, now.roundTrip) | (begins && opens(flags) ? REUSED : 0);
  from.segments += 1;
  if (at > now.lastAt) now.lastAt = at;
  countOctets(from, segment);
  if (flags & (SYN | FIN | RST)) {
    noteLife(now, from, side, flags, at);
    seeSegment(from, to, segment, (set & GAP) !== 0);
  } else {
    now.data = true;
    if (now.roundTrip === 0 && now.synAckFrom !== -1 && side !== now.synAckFrom)
      now.roundTrip = at - now.synAt || Number.NaN;
    if (!isSettled(from, to)) seeSegment(from, to, segment, (set & GAP) !== 0);
  }
  const kind = kindOf(segment, set);
  now.counts[kind] = (now.counts[kind] ?? 0) + 1;
  if (set !== 0) countAnomalies(now, set, frame);
  return set;
}

const GAP = 1 << ANOMALIES.indexOf('previous-segment-not-captured');
const REUSED = 1 << ANOMALIES.indexOf('port-reused');
const KEEP_ALIVE = 1 << ANOMALIES.indexOf('keep-alive');

/** Nothing but a SYN, a FIN or a RST changes a state from here on. */
function isSettled(from: EndSeen, to: EndSeen): boolean {
  return from.state === 'ESTABLISHED' && to.state === 'ESTABLISHED';
}

function noteLife(now: Conversation, from: Speaker, side: 0 | 1, flags: number, at: number): void {
  if (opens(flags)) {
    if (now.synFrom === -1) {
      now.synFrom = side;
      now.synAt = at;
    }
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

function countOctets(from: Speaker, { flags, length, seq: number }: SegmentView): void {
  if (flags & RST) return;
  const start = seq(number + (flags & SYN ? 1 : 0));
  if (!from.counting || flags & SYN) {
    from.counted = start;
    from.counting = true;
  }
  if (length === 0) return;
  const end = add(start, length);
  if (!lt(from.counted, end)) return;
  from.octets += distance(from.counted, end);
  from.counted = end;
}

function kindOf({ flags, length }: SegmentView, set: AnomalySet): number {
  const name: Kind = answersOpening(flags)
    ? 'syn-ack'
    : flags & RST
      ? 'rst'
      : flags & SYN
        ? 'syn'
        : flags & FIN
          ? 'fin'
          : set & KEEP_ALIVE
            ? 'keep-alive'
            : length > 0
              ? 'data'
              : flags & ACK
                ? 'pure-ack'
                : 'other';
  return PLACES[name];
}

const PLACES = Object.fromEntries(KINDS.map((name, place) => [name, place])) as Readonly<
  Record<Kind, number>
>;

function countAnomalies(now: Conversation, set: AnomalySet, frame: number): void {
  for (let bit = 0; bit < ANOMALIES.length; bit += 1)
    if (set & (1 << bit)) now.counts[KINDS.length + bit] = (now.counts[KINDS.length + bit] ?? 0) + 1;
  if (now.firstAnomaly === 0 && set & WORTH_NOTING) {
    now.firstAnomaly = set & WORTH_NOTING;
    now.firstAnomalyFrame = frame;
  }
}
