// A connection of a file that may be far too long to look at in one go: its segments, and any part of them as a Timeline.

import type { Seq } from '../tcp/seq.ts';
import { inferTimeline, type Resumed } from '../timeline/infer.ts';
import { HOSTS, type Timeline } from '../timeline/timeline.ts';
import { type CaptureIndexer, captureIndexer } from './capture-index.ts';
import { type ConnectionRow, connectionRow, openerOf } from './connection-row.ts';
import type { Connection } from './connections.ts';
import { type SegmentStore, segmentStore } from './segment-store.ts';

/** One connection, with its segments: all of them once its file was read, until then those so far. */
export interface ConnectionView {
  readonly row: ConnectionRow;
  /** All there are, read or not. */
  count(): number;
  /** The segments from one place to before another, with everything that a shorter look needs of those before. */
  part(from: number, to: number): Connection;
  /** The life of the connection between two places; of the whole when that is what they span. */
  timeline(from: number, to: number): Timeline;
}

/** Where a connection stands in its file. */
export interface WantedConnection {
  readonly flow: number;
  readonly turn: number;
}

/** What an index of the file says of the connection, so that its first part can be looked at before all of it is read. */
export interface Known {
  readonly row: ConnectionRow;
  /** The side that is A. */
  readonly opener: 0 | 1;
}

/** Reads the segments of one connection out of its file: the same file again, from its beginning. */
export function connectionReader(
  wanted: WantedConnection,
  known?: Known,
): {
  readonly indexer: CaptureIndexer;
  /** Segments of it read so far. */
  segments(): number;
  /** What was read so far; undefined before its first segment. */
  view(): ConnectionView | undefined;
} {
  const store = segmentStore();
  const indexer = captureIndexer({
    wants: (flow) => flow === wanted.flow,
    see(seen) {
      if (seen.conversation.turn !== wanted.turn) return;
      store.add(seen);
    },
  });
  return {
    indexer,
    segments: store.count,
    view() {
      if (known !== undefined) return viewOf(known, store);
      for (const one of indexer.conversations) {
        if (one.flow === wanted.flow && one.turn === wanted.turn)
          return viewOf({ row: connectionRow(indexer, one), opener: openerOf(one) }, store);
      }
      return undefined;
    },
  };
}

/** Looked at before a part begins, so that what hangs over into it is known. */
const RUN_UP = 64;

function viewOf({ row, opener: a }: Known, store: SegmentStore): ConnectionView {
  const { hosts, summary } = row;
  const part = (from: number, to: number): Connection => ({
    hosts,
    summary,
    sightings: store.sightings(from, to, a, hosts),
  });

  function resumedAt(place: number): Resumed | undefined {
    const { states } = store.statesBefore(place, a);
    const young = HOSTS.some((host) => YOUNG.has(states[host]));
    if (young) return undefined;
    const first = store.sightings(0, RUN_UP, a, hosts);
    const base = (host: 'A' | 'B'): Seq | undefined =>
      first.find(({ from }) => from === host)?.packet.segment.seq;
    const [A, B] = [base('A'), base('B')];
    return {
      states,
      bases: { ...(A === undefined ? {} : { A }), ...(B === undefined ? {} : { B }) },
      startedAt: summary.startedAt,
    };
  }

  return {
    row,
    count: () => summary.segments.A + summary.segments.B,
    part,
    timeline(from, to) {
      if (from <= 0) return inferTimeline(part(0, to));
      const { place } = store.statesBefore(Math.max(0, from - RUN_UP), a);
      const resumed = resumedAt(place);
      if (place === 0 || resumed === undefined) return without(inferTimeline(part(place, to)), from - place);
      return without(inferTimeline(part(place, to), { resumed }), from - place);
    },
  };
}

/** States that only a handshake tells more about. */
const YOUNG: ReadonlySet<string> = new Set(['CLOSED', 'LISTEN', 'SYN-SENT', 'SYN-RECEIVED']);

/** The same Timeline without its first transmissions, and without the steps that were about them. */
function without(timeline: Timeline, count: number): Timeline {
  if (count === 0) return timeline;
  const kept = timeline.transmissions.slice(count);
  const about = (id: number) => id >= count;
  const steps = timeline.steps.filter(({ cause, sent, at }) =>
    cause.kind === 'arrival' || cause.kind === 'departure'
      ? about(cause.transmission)
      : sent.some(about) || at >= (kept[0]?.sentAt ?? 0),
  );
  const places = new Map(steps.map(({ index }, place) => [index, place]));
  const place = (step: number | undefined) => (step === undefined ? undefined : places.get(step));
  return {
    ...timeline,
    steps: steps.map((step, index) => ({
      ...step,
      index,
      sent: step.sent.map((id) => id - count),
      cause:
        step.cause.kind === 'arrival' || step.cause.kind === 'departure'
          ? { ...step.cause, transmission: step.cause.transmission - count }
          : step.cause,
    })),
    transmissions: kept.map((sent) => ({
      ...sent,
      id: sent.id - count,
      sentIn: place(sent.sentIn),
      arrivedIn: place(sent.arrivedIn),
    })),
    symbols: timeline.symbols.flatMap((symbol) =>
      symbol.shownBy !== undefined && symbol.shownBy >= count
        ? [{ ...symbol, shownBy: symbol.shownBy - count }]
        : [],
    ),
  };
}
