// What the recorded wire did, as faults and forgeries of a scenario.

import type { SegmentOptions } from '../../../core/tcp/segment.ts';
import { add, type Seq } from '../../../core/tcp/seq.ts';
import { ms } from '../../../core/tcp/time.ts';
import type { Action, Fault } from '../../../core/timeline/scenario.ts';
import { type HostId, peerOf } from '../../../core/timeline/timeline.ts';
import type { Capture } from '../../../core/wire/capture.ts';
import type { Trace } from '../trace.ts';
import { type Captures, COPY_AFTER, clockOffset, connectionOf, packetOf, type Recorded } from './recorded.ts';

/** The verdict on the n-th segment of a connection and direction falls on the n-th one that is predicted there. */
export function faultsOf(wire: readonly Recorded[]): readonly Fault[] {
  const counts = new Map<string, number>();
  return wire.flatMap((one): Fault[] => {
    if (one.forged) return [];
    const key = `${one.from} ${connectionOf(one)}`;
    const which = (counts.get(key) ?? 0) + 1;
    counts.set(key, which);
    const pattern = { from: one.from, kind: 'segment', which, port: one.portA } as const;
    if (one.arrivesAt === undefined) return [{ kind: 'lose', pattern }];
    // Whoever acted on an arrival did so after it: it must not come later for a timer that fires some milliseconds late.
    const late: Fault = { kind: 'hold', pattern, until: one.arrivesAt, left: one.at };
    return one.verdict === 'dup' ? [late, { kind: 'duplicate', pattern, after: COPY_AFTER }] : [late];
  });
}

/**
 * Segments that the wire forged, at their times; their options only the far end's capture knows.
 *
 * @param stampsFrom - what the timestamps of each host counted at the start of the trace
 */
export function forgeriesOf(
  trace: Trace,
  captures: Captures,
  wire: readonly Recorded[],
  stampsFrom: Readonly<Record<HostId, Seq | undefined>>,
): readonly Action[] {
  return wire
    .filter((one) => one.forged)
    .map((one): Action => {
      const { from, segment, at, portA, portB } = one;
      const packet = packetOf(trace, captures[peerOf(from)], one, at);
      const late = (one.arrivesAt ?? at) - at - trace.one_way_delay * 1000;
      return {
        when: { kind: 'at', time: ms(at + Math.max(0, late)) },
        what: {
          kind: 'forge',
          from,
          flags: segment.flags,
          seq: segment.seq,
          ack: segment.ack,
          length: segment.length,
          window: segment.window,
          ports: from === 'A' ? { local: portA, remote: portB } : { local: portB, remote: portA },
          ...(packet === undefined
            ? {}
            : { options: renewed(packet.segment.options, one, trace, captures[from], stampsFrom[from]) }),
        },
      };
    });
}

/**
 * A forged timestamp that was as new as its supposed sender's latest stays so: what a timer makes leave may be predicted
 * some milliseconds later, and be stamped later.
 */
function renewed(
  options: SegmentOptions,
  { from, at }: Recorded,
  trace: Trace,
  capture: Capture,
  stampsFrom: Seq | undefined,
): SegmentOptions {
  const { timestamps } = options;
  const address = trace.addresses[from === 'A' ? 'C' : 'S'];
  const latest = capture.packets.findLast(
    (packet) => packet.source === address && packet.at - clockOffset(trace, capture) <= at,
  )?.segment.options.timestamps;
  if (timestamps === undefined || latest === undefined || stampsFrom === undefined) return options;
  if (timestamps.value !== latest.value) return options;
  return { ...options, timestamps: { ...timestamps, value: add(stampsFrom, Math.floor(at)) } };
}
