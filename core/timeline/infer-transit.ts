// When captured segments left and arrived. One tap sees each segment once: the rest is estimated from round trips.

import { ACK, FIN, has, RST, type Segment, SYN, sequenceLength } from '../tcp/segment.ts';
import { add, leq, lt, type Seq } from '../tcp/seq.ts';
import { type Ms, ms } from '../tcp/time.ts';
import { findForged, type Seen } from './infer-forged.ts';
import { type HostId, peerOf } from './timeline.ts';

/** A captured segment with what is estimated about its journey. */
export interface Flight {
  /** Its place in the capture, and its transmission's id. */
  readonly id: number;
  readonly from: HostId;
  readonly segment: Segment;
  readonly sentAt: Ms;
  readonly arrivesAt: Ms;
  /** Sent again and never covered by an acknowledgment that could have been for this copy. */
  readonly lost: boolean;
  /** The host it names did not send it. */
  readonly forged: boolean;
}

/** Time between the tap and each host, one way. */
type Distances = Readonly<Record<HostId, Ms>>;

/** What a capture tells about the path. */
export interface Transit {
  readonly flights: readonly Flight[];
  /** The host whose own interface was tapped: what it sent and received is known, not estimated. */
  readonly tap: HostId | undefined;
}

/** Estimates every segment's departure, arrival and loss. Linear in the number of segments. */
export function estimateTransit(seen: readonly Seen[], tapGiven: HostId | undefined): Transit {
  const ordered = withoutTimeTravel(seen);
  const responses = { A: quickestResponse(ordered, 'A'), B: quickestResponse(ordered, 'B') };
  const tap = tapGiven ?? nearer(responses);
  const away = (host: HostId): Ms => (host === tap ? ms(0) : ms((responses[host] ?? 0) / 2));
  const distances: Distances = { A: away('A'), B: away('B') };
  const lost = findLost(ordered, responses, tap);
  const forged = findForged(ordered, tap);
  const flights = ordered.map(
    ({ from, at, segment }, id): Flight => ({
      id,
      from,
      segment,
      sentAt: ms(at - distances[from]),
      arrivesAt: ms(at + distances[peerOf(from)]),
      lost: lost.has(id),
      forged: forged.has(id),
    }),
  );
  return { flights, tap };
}

/** Capture order is the truth; a clock that was set back meanwhile is held still until it has caught up. */
function withoutTimeTravel(seen: readonly Seen[]): readonly Seen[] {
  let clock = seen[0]?.at ?? ms(0);
  return seen.map((one) => {
    if (one.at >= clock) {
      clock = one.at;
      return one;
    }
    return { ...one, at: clock };
  });
}

type Responses = Readonly<Record<HostId, Ms | undefined>>;

/** A host that answers twice as fast as the other, seen from the tap, is where the tap is. */
function nearer({ A, B }: Responses): HostId | undefined {
  if (A === undefined || B === undefined) return undefined;
  if (A * 2 < B) return 'A';
  return B * 2 < A ? 'B' : undefined;
}

/** The shortest time from a segment towards `host` to its acknowledgment, both as they passed the tap. Segments sent twice are no sample (Karn). */
function quickestResponse(seen: readonly Seen[], host: HostId): Ms | undefined {
  let best: Ms | undefined;
  let highest: Seq | undefined;
  let waiting: Awaited | undefined;
  for (const { from, at, segment } of seen) {
    if (from === host) {
      if (waiting === undefined || !answers(segment, waiting)) continue;
      const took = ms(at - waiting.at);
      if (best === undefined || took < best) best = took;
      waiting = undefined;
      continue;
    }
    if (has(segment, RST)) continue;
    const end = add(segment.seq, sequenceLength(segment));
    if (end === segment.seq) continue;
    if (highest === undefined || lt(highest, end) || has(segment, SYN)) {
      const again = highest === end;
      highest = end;
      waiting = again ? undefined : { end, at, ack: segment.ack };
    } else waiting = undefined;
  }
  return best;
}

/** A segment whose answer is a sample of the round trip. */
interface Awaited {
  readonly end: Seq;
  readonly ack: Seq;
  readonly at: Ms;
}

/** An acknowledgment, or the reset that a segment for nobody is answered with. RFC 9293 §3.5.2. */
function answers(segment: Segment, { end, ack }: Awaited): boolean {
  if (!has(segment, RST)) return has(segment, ACK) && leq(end, segment.ack);
  return has(segment, ACK) ? segment.seq === 0 && segment.ack === end : segment.seq === ack;
}

/** Ids of segments that the far end most likely never got. */
function findLost(seen: readonly Seen[], responses: Responses, tap: HostId | undefined): ReadonlySet<number> {
  const lost = new Set<number>();
  for (const from of ['A', 'B'] as const) {
    if (peerOf(from) === tap) continue; // what passed the receiver's own tap has arrived
    markUncoveredCopies(seen, from, responses[peerOf(from)] ?? ms(0), lost);
    markMissedAcks(seen, from, responses[peerOf(from)] ?? ms(0), lost);
  }
  return lost;
}

interface Copies {
  readonly end: Seq;
  readonly ids: number[];
}

/** No time on the path is exact: an answer may be a little quicker than the quickest sample, a timer be seen to run a little less. */
const NEARLY = 0.9;

/** Of several copies the one whose arrival fits the acknowledgment was delivered; those before it were lost. */
function markUncoveredCopies(seen: readonly Seen[], from: HostId, response: Ms, lost: Set<number>): void {
  const bySeq = new Map<Seq, Copies>();
  const uncovered: Copies[] = [];
  let next = 0;
  seen.forEach(({ from: sender, at, segment }, id) => {
    if (sender === from) {
      if (sequenceLength(segment) === 0 || has(segment, RST)) return;
      const known = bySeq.get(segment.seq);
      const end = add(segment.seq, sequenceLength(segment));
      if (known !== undefined && known.end === end) {
        known.ids.push(id);
        return;
      }
      const copies = { end, ids: [id] };
      bySeq.set(segment.seq, copies);
      uncovered.push(copies);
      return;
    }
    if (!has(segment, ACK)) return;
    for (let copies = uncovered[next]; copies !== undefined; copies = uncovered[next]) {
      if (!leq(copies.end, segment.ack)) break;
      const arrived = copies.ids.findLastIndex((copy) => (seen[copy]?.at ?? 0) <= at - NEARLY * response);
      for (const copy of copies.ids.slice(0, Math.max(0, arrived))) lost.add(copy);
      next += 1;
    }
  });
  const settled = seen.some((one) => one.from === from && !has(one.segment, SYN) && !has(one.segment, RST));
  for (const { ids } of uncovered.slice(next)) {
    const sentAgain = ids.length > 1;
    for (const id of ids) if (sentAgain || (!settled && opens(seen[id]?.segment))) lost.add(id);
  }
}

function opens(segment: Segment | undefined): boolean {
  return segment !== undefined && has(segment, SYN) && !has(segment, ACK);
}

/** How far back to look for the acknowledgments that a retransmission shows to be missing. */
const ACKS_LOOKED_BACK = 64;

/** Without a round trip measured nobody waits less before a SYN is sent again, as its sender sees it. RFC 6298 (2.1). */
const FIRST_TIMEOUT = 1000;

/**
 * The peer sends again what was acknowledged a round trip ago: those acknowledgments were lost.
 *
 * A SYN that comes again clearly before its timeout can have passed follows on the RST that answered it: that one arrived.
 */
function markMissedAcks(seen: readonly Seen[], from: HostId, response: Ms, lost: Set<number>): void {
  const acks: number[] = [];
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
    if (!again || length === 0 || (length === 1 && !has(segment, SYN) && !has(segment, FIN))) return;
    for (const ack of acks.slice(-ACKS_LOOKED_BACK)) {
      const one = seen[ack];
      if (one === undefined || one.at > at - response || sequenceLength(one.segment) > 0) continue;
      if (early && has(one.segment, RST)) continue;
      if (leq(end, one.segment.ack)) lost.add(ack);
    }
  });
}
