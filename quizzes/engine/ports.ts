import { type HostId, peerOf } from '../../core/timeline/timeline.ts';
import type { ArrowView, HostView } from './timeline-view.ts';

/** The ports of a segment: its own where a host has several connections, else those of the two hosts. */
export function portsOf(
  hosts: Readonly<Record<HostId, Pick<HostView, 'port'>>>,
  arrow: Pick<ArrowView, 'from' | 'ports'>,
): { readonly from: number; readonly to: number } {
  return arrow.ports ?? { from: hosts[arrow.from].port, to: hosts[peerOf(arrow.from)].port };
}
