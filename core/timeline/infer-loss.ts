// Which captured segments the far host never got. One tap cannot always tell: a segment that is sent again was lost, or the
// answer to it was. What the answers say of it (timestamps echoed, blocks reported twice, numbers asked for again) decides;
// where they say nothing, the loss is a guess and called one.

import { ACK, FIN, has, RST, type Segment, SYN, sequenceLength } from '../tcp/segment.ts';
import { add, distance, leq, lt, type Seq, seq } from '../tcp/seq.ts';
import { type Ms, ms } from '../tcp/time.ts';
import type { Seen } from './infer-forged.ts';
import { type HostId, peerOf } from './timeline.ts';

/** How sure it is that a segment was lost. */
export type Loss = 'told' | 'guessed';

/** The shortest time from a segment to the answer of each host, as they passed the tap; undefined where none was seen. */
export type Responses = Readonly<Record<HostId, Ms | undefined>>;

/** No time on the path is exact: an answer may be a little quicker than the quickest sample, a timer be seen to run a little less. */
const NEARLY = 0.9;

/** Ids of the segments that the far end most likely never got. */
export function findLost(
  seen: readonly Seen[],
  responses: Responses,
  tap: HostId | undefined,
): ReadonlyMap<number, Loss> {
  const lost = new Map<number, Loss>();
  for (const from of ['A', 'B'] as const) {
    if (peerOf(from) === tap) continue; // what passed the receiver's own tap has arrived
    judgeCopies(seen, from, responses[peerOf(from)], lost);
    markMissedAcks(seen, from, responses[peerOf(from)] ?? ms(0), lost);
  }
  return lost;
}

/** The same octets of one host, sent once or more. */
interface Copies {
  readonly start: Seq;
  readonly end: Seq;
  readonly ids: number[];
}

/** Of several copies the one that the acknowledgment was for was delivered; those before it were lost. */
function judgeCopies(
  seen: readonly Seen[],
  from: HostId,
  response: Ms | undefined,
  lost: Map<number, Loss>,
): void {
  const groups: Copies[] = [];
  const known = new Map<Seq, Copies>();
  const covered = new Map<Copies, number>();
  let next = 0;
  seen.forEach(({ from: sender, segment }, id) => {
    if (sender === from) {
      if (sequenceLength(segment) === 0 || has(segment, RST)) return;
      const end = add(segment.seq, sequenceLength(segment));
      const before = known.get(segment.seq);
      if (before?.end === end) {
        before.ids.push(id);
        return;
      }
      const copies = { start: segment.seq, end, ids: [id] };
      known.set(segment.seq, copies);
      groups.push(copies);
      return;
    }
    if (!has(segment, ACK)) return;
    for (let copies = groups[next]; copies !== undefined; copies = groups[next]) {
      if (!leq(copies.end, segment.ack)) break;
      covered.set(copies, id);
      next += 1;
    }
  });
  const settled = seen.some((one) => one.from === from && !has(one.segment, SYN) && !has(one.segment, RST));
  if (groups.every(({ ids }) => ids.length === 1) && settled) return;
  const answers = answersTo(seen, from, response);
  for (const copies of groups) {
    const by = covered.get(copies);
    const { ids } = copies;
    if (ids.length === 1 && (by !== undefined || settled || !opens(seen[ids[0] ?? -1]?.segment))) continue;
    const { first, told } = by === undefined ? NOTHING_CAME : firstToArrive(copies, by, answers);
    const missing = ids.slice(0, by === undefined ? ids.length : first);
    // Of what was reported twice, the later copies came.
    const came = Math.max(0, (answers.twice.get(copies.start) ?? 0) + 1 - (ids.length - missing.length));
    const gone = by === undefined ? missing : missing.slice(0, missing.length - came);
    for (const [place, id] of gone.entries()) {
      if (wasRefused(id, ids[place + 1], answers)) continue;
      lost.set(id, told || wasAskedFor(copies.start, id, ids[place + 1], answers) ? 'told' : 'guessed');
    }
  }
}

const NOTHING_CAME = { first: 0, told: false };

function opens(segment: Segment | undefined): boolean {
  return segment !== undefined && has(segment, SYN) && !has(segment, ACK);
}

/** What the other host said, prepared for looking up. */
interface Answers {
  readonly seen: readonly Seen[];
  readonly response: Ms | undefined;
  /** Segments of the sender by their timestamp. */
  readonly stamped: ReadonlyMap<number, readonly number[]>;
  /** How often octets from a number on were reported to have come again. RFC 2883. */
  readonly twice: ReadonlyMap<Seq, number>;
  /** Answers by the number that they ask for: ids in order. */
  readonly asking: ReadonlyMap<Seq, readonly number[]>;
  /** SYNs, each of which asks for a SYN,ACK. */
  readonly opening: readonly number[];
}

function answersTo(seen: readonly Seen[], from: HostId, response: Ms | undefined): Answers {
  const stamped = new Map<number, number[]>();
  const twice = new Map<Seq, number>();
  const asking = new Map<Seq, number[]>();
  const opening: number[] = [];
  const note = <Key>(map: Map<Key, number[]>, key: Key, id: number) => {
    const ids = map.get(key);
    if (ids === undefined) map.set(key, [id]);
    else ids.push(id);
  };
  seen.forEach(({ from: sender, segment }, id) => {
    const stamp = segment.options?.timestamps;
    if (sender === from) {
      if (stamp !== undefined) note(stamped, stamp.value, id);
      return;
    }
    const again = reportedTwice(segment);
    if (again !== undefined) twice.set(again, (twice.get(again) ?? 0) + 1);
    if (opens(segment)) opening.push(id);
    if (has(segment, ACK) && !has(segment, RST)) note(asking, segment.ack, id);
  });
  return { seen, response, stamped, twice, asking, opening };
}

/** Where the octets begin that came although they had come before: a first block below the ACK, or inside the second. RFC 2883 (4). */
function reportedTwice({ ack, options }: Segment): Seq | undefined {
  const [first, second] = options?.sack ?? [];
  if (first === undefined) return undefined;
  const [left, right] = first;
  const inSecond = second !== undefined && leq(second[0], left) && leq(right, second[1]);
  return leq(right, ack) || inSecond ? left : undefined;
}

/**
 * The first of several copies that came, by the acknowledgment of them; and whether that is told or guessed from times.
 *
 * A receiver echoes the timestamp of the copy that it took, not of those that came after it: RFC 7323 §4.3 and §5.3.
 */
function firstToArrive(
  { ids }: Copies,
  by: number,
  { seen, stamped, response }: Answers,
): { readonly first: number; readonly told: boolean } {
  const answer = seen[by];
  const echo = answer?.segment.options?.timestamps?.echo;
  const stampOf = (id: number) => seen[id]?.segment.options?.timestamps?.value;
  if (echo !== undefined && stamped.get(echo)?.every((id) => ids.includes(id)) === true) {
    const echoed = ids.findIndex((id) => stampOf(id) === echo);
    if (echoed >= 0) return { first: echoed, told: true };
  }
  const latest = (answer?.at ?? 0) - NEARLY * (response ?? 0);
  const fits = (id: number) => {
    const stamp = stampOf(id);
    const later = stamp !== undefined && echo !== undefined && lt(seq(echo), seq(stamp));
    return id < by && !later && (seen[id]?.at ?? 0) <= latest;
  };
  return { first: Math.max(0, ids.findLastIndex(fits)), told: false };
}

/** Its receiver went on asking for it when it should have come. */
function wasAskedFor(start: Seq, id: number, again: number | undefined, answers: Answers): boolean {
  const { seen, asking, opening, response } = answers;
  const copy = seen[id];
  if (response === undefined || copy === undefined) return false;
  const due = copy.at + response / NEARLY;
  const next = seen[again ?? -1];
  const until = next === undefined ? Number.POSITIVE_INFINITY : next.at + NEARLY * response;
  const asked = has(copy.segment, SYN) && has(copy.segment, ACK) ? opening : (asking.get(start) ?? []);
  const first = seen[asked[countBefore(asked, (answer) => (seen[answer]?.at ?? 0) < due)] ?? -1];
  return first !== undefined && first.at < until;
}

/** How many of a sorted list come before the first that does not. */
function countBefore(ids: readonly number[], isBefore: (id: number) => boolean): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(ids[middle] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The segments after a SYN among which a refusal is looked for. */
const REFUSED_WITHIN = 16;

/** A SYN after which its sender sent a RST was answered, by an ACK for another connection. RFC 9293 §3.10.7.3. */
function wasRefused(id: number, again: number | undefined, { seen }: Answers): boolean {
  const copy = seen[id];
  if (!opens(copy?.segment)) return false;
  return seen
    .slice(id + 1, Math.min(again ?? seen.length, id + REFUSED_WITHIN))
    .some(({ from, segment }) => from === copy?.from && has(segment, RST));
}

/** Ticks of the timestamp clock in a millisecond, as nearly all systems have it: the rate that is taken for one. */
const TICKS = { least: 0.8, most: 1.25 } as const;

/**
 * How much longer than the quickest each segment of a host was under way to the tap, in milliseconds, by the clock in its
 * timestamps; nothing where that clock does not count milliseconds. RFC 7323 §5.4 leaves its rate to the sender.
 */
function delaysOf(seen: readonly Seen[], host: HostId): ReadonlyMap<number, number> {
  const ages: (readonly [id: number, age: number])[] = [];
  let first: { readonly at: number; readonly stamp: Seq } | undefined;
  let last = { at: 0, ticks: 0 };
  seen.forEach(({ from, at, segment }, id) => {
    const value = segment.options?.timestamps?.value;
    if (from !== host || value === undefined) return;
    first ??= { at, stamp: seq(value) };
    const ticks = distance(first.stamp, seq(value));
    ages.push([id, at - ticks]);
    if (ticks > last.ticks) last = { at, ticks };
  });
  const rate = last.ticks / (last.at - (first?.at ?? 0));
  if (!(rate >= TICKS.least && rate <= TICKS.most)) return new Map();
  const quickest = ages.reduce((least, [, age]) => Math.min(least, age), Number.POSITIVE_INFINITY);
  return new Map(ages.map(([id, age]) => [id, age - quickest]));
}

/** How far back to look for the acknowledgments that a retransmission shows to be missing. */
const ACKS_LOOKED_BACK = 64;

/** Without a round trip measured nobody waits less before a SYN is sent again, as its sender sees it. RFC 6298 (2.1). */
const FIRST_TIMEOUT = 1000;

/**
 * The peer sends again what was acknowledged a round trip ago: those acknowledgments were lost, unless it echoes that it had them.
 *
 * A SYN that comes again clearly before its timeout can have passed follows on the RST that answered it: that one arrived.
 */
function markMissedAcks(seen: readonly Seen[], from: HostId, response: Ms, lost: Map<number, Loss>): void {
  const acks: number[] = [];
  const stamps = new Map<Seq, number | undefined>();
  const held = delaysOf(seen, peerOf(from));
  let highest: Seq | undefined;
  let synAt = Number.NEGATIVE_INFINITY;
  seen.forEach(({ from: sender, at, segment }, id) => {
    if (sender === from) {
      if (has(segment, ACK)) acks.push(id);
      return;
    }
    const length = sequenceLength(segment);
    const end = add(segment.seq, length);
    const again = highest !== undefined && leq(end, highest);
    if (highest === undefined || lt(highest, end)) highest = end;
    const early = has(segment, SYN) && at - synAt < NEARLY * FIRST_TIMEOUT;
    if (has(segment, SYN)) synAt = at;
    const stamp = segment.options?.timestamps;
    const original = stamps.get(segment.seq);
    if (length > 0 && !again) stamps.set(segment.seq, stamp?.value);
    if (!again || length === 0 || (length === 1 && !has(segment, SYN) && !has(segment, FIN))) return;
    // The network's copy of the first one, or an old or forged one: its sender did not send it again.
    if (has(segment, SYN) && !stamps.has(segment.seq)) return;
    if (original !== undefined && (stamp === undefined || leq(seq(stamp.value), seq(original)))) return;
    for (const ack of acks.slice(-ACKS_LOOKED_BACK)) {
      const one = seen[ack];
      if (one === undefined || sequenceLength(one.segment) > 0) continue;
      if (one.at > at - response - (held.get(id) ?? 0)) continue;
      if (early && has(one.segment, RST)) continue;
      const own = one.segment.options?.timestamps?.value;
      // Without timestamps where they were agreed on, it is of another sender. RFC 7323 §3.2.
      const echoes = own !== undefined && (stamp === undefined || leq(seq(own), seq(stamp.echo)));
      if (leq(end, one.segment.ack) && !echoes) lost.set(ack, 'told');
    }
  });
}
