// When captured segments left and arrived. One tap sees each segment once: the rest is estimated from round trips.

import { ACK, has, RST, type Segment, SYN, sequenceLength } from '../tcp/segment.ts';
import { add, leq, lt, type Seq } from '../tcp/seq.ts';
import { type Ms, ms } from '../tcp/time.ts';
import { findForged, type Seen } from './infer-forged.ts';
import { findLost, type Responses } from './infer-loss.ts';
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
  /** That it was lost is a guess: had its answer been lost instead, the capture would look the same. */
  readonly lossUnsure?: true;
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
      ...(lost.get(id) === 'guessed' ? { lossUnsure: true } : {}),
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
