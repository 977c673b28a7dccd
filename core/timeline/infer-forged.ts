// Segments that the far host cannot have sent in earnest: old duplicates and forgeries, told by what came before and after.

import { ACK, has, RST, type Segment, SYN, sequenceLength } from '../tcp/segment.ts';
import { add, distance, lt, type Seq } from '../tcp/seq.ts';
import type { Ms } from '../tcp/time.ts';
import { type HostId, peerOf } from './timeline.ts';

/** A segment as the tap saw it. */
export interface Seen {
  readonly from: HostId;
  readonly at: Ms;
  readonly segment: Segment;
}

/**
 * How far a connection's numbers may move between two of its segments and still be its own: more cannot be under way than
 * a receiver has room for, 6 MiB at most on Linux (net.ipv4.tcp_rmem), and a number chosen by chance rarely falls so near.
 */
export const FARTHEST = 1 << 24;

/**
 * Ids of segments that came from no host of this connection, as far as the other segments show.
 *
 * Only where the far host's peer was tapped: there everything the peer sent is known.
 */
export function findForged(seen: readonly Seen[], tap: HostId | undefined): ReadonlySet<number> {
  const forged = new Set<number>();
  if (tap === undefined) return forged;
  const far = peerOf(tap);
  const later = nextOf(seen);
  let theirs: Seq | undefined;
  let isn: Seq | undefined;
  let ours: Seq | undefined;
  seen.forEach(({ from, segment }, id) => {
    const end = add(segment.seq, sequenceLength(segment));
    if (from === tap) {
      if (!has(segment, RST) && (ours === undefined || has(segment, SYN) || lt(ours, end))) ours = end;
      return;
    }
    const next = later[id];
    const stray = segment.seq !== isn && isStraySyn(segment, theirs, next?.[far]);
    if (stray || acksTheUnsent(segment, ours, next?.[tap])) {
      forged.add(id);
      return;
    }
    if (has(segment, SYN)) isn = segment.seq;
    if (!has(segment, RST) && (theirs === undefined || has(segment, SYN) || lt(theirs, end))) theirs = end;
  });
  return forged;
}

/** A new SYN after which the old connection goes on. */
function isStraySyn(segment: Segment, known: Seq | undefined, next: Segment | undefined): boolean {
  if (!has(segment, SYN) || known === undefined || next === undefined) return false;
  if (has(next, SYN) || has(next, RST) || add(segment.seq, 1) === next.seq) return false;
  return Math.abs(distance(known, next.seq)) < FARTHEST;
}

/** An ACK for more than the tapped host sent, then or soon after. */
function acksTheUnsent(segment: Segment, sent: Seq | undefined, next: Segment | undefined): boolean {
  if (!has(segment, ACK) || has(segment, SYN) || has(segment, RST) || sent === undefined) return false;
  if (next === undefined || has(next, SYN) || has(next, RST)) return false;
  return lt(sent, segment.ack) && lt(next.seq, segment.ack);
}

/** For each segment, the next of either host. */
function nextOf(seen: readonly Seen[]): readonly Readonly<Partial<Record<HostId, Segment>>>[] {
  const after: Readonly<Partial<Record<HostId, Segment>>>[] = [];
  let next: Readonly<Partial<Record<HostId, Segment>>> = {};
  for (let id = seen.length - 1; id >= 0; id -= 1) {
    after[id] = next;
    const one = seen[id];
    if (one !== undefined) next = { ...next, [one.from]: one.segment };
  }
  return after;
}
