// What the recorded wire did, as faults and forgeries of a scenario.

import { SYN } from '../../../core/tcp/segment.ts';
import { ms } from '../../../core/tcp/time.ts';
import type { Action, Fault } from '../../../core/timeline/scenario.ts';
import { peerOf } from '../../../core/timeline/timeline.ts';
import type { Trace } from '../trace.ts';
import { type Captures, connectionOf, delayOf, packetOf, type Recorded } from './recorded.ts';

/** A copy made by the recording wire follows so long after. */
const COPY_AFTER = ms(2);

/** The verdict on the n-th segment of a connection and direction falls on the n-th one that is predicted there. */
export function faultsOf(wire: readonly Recorded[]): readonly Fault[] {
  const counts = new Map<string, number>();
  return wire.flatMap((one): Fault[] => {
    if (one.forged) return [];
    const key = `${one.from} ${connectionOf(one)}`;
    const which = (counts.get(key) ?? 0) + 1;
    counts.set(key, which);
    const pattern = { from: one.from, kind: 'segment', which, port: one.portA } as const;
    const late = delayOf(one.verdict);
    if (late !== undefined) return [{ kind: 'delay', pattern, by: ms(late) }];
    if (one.verdict === 'drop') return [{ kind: 'lose', pattern }];
    if (one.verdict === 'dup') return [{ kind: 'duplicate', pattern, after: COPY_AFTER }];
    if (one.verdict === 'hold' && one.arrivesAt !== undefined)
      return [{ kind: 'hold', pattern, until: one.arrivesAt }];
    return [];
  });
}

/** Segments that the wire forged, at their times; their options only the far end's capture knows. */
export function forgeriesOf(trace: Trace, captures: Captures, wire: readonly Recorded[]): readonly Action[] {
  return wire
    .filter((one) => one.forged)
    .map((one): Action => {
      const { from, segment, at, portA, portB } = one;
      const packet = packetOf(trace, captures[peerOf(from)], one, at);
      return {
        when: { kind: 'at', time: at },
        what: {
          kind: 'forge',
          from,
          flags: segment.flags,
          seq: segment.seq,
          ack: segment.ack,
          length: segment.length,
          window: segment.window,
          ports: from === 'A' ? { local: portA, remote: portB } : { local: portB, remote: portA },
          ...(packet === undefined ? {} : { options: packet.segment.options }),
        },
      };
    });
}

/** Verdicts of the recording that are known here. */
export function isKnownVerdict(verdict: string): boolean {
  return (
    ['deliver', 'drop', 'dup', 'hold'].includes(verdict) ||
    verdict.startsWith('injected') ||
    delayOf(verdict) !== undefined
  );
}

/** A SYN that brings data: TCP Fast Open. */
export function usesFastOpen(wire: readonly Recorded[]): boolean {
  return wire.some(({ segment, forged }) => !forged && segment.flags & SYN && segment.length > 0);
}
