import { inferTimeline } from '../../core/timeline/infer.ts';
import type { HostId } from '../../core/timeline/timeline.ts';
import { decodeCapture } from '../../core/wire/capture.ts';
import { connectionsOf } from '../../core/wire/connections.ts';
import { printBestScript, scriptBegins } from '../../core/wire/packetdrill/print.ts';
import type { TimelineView } from '../engine/view.ts';
import { pcapOfView } from './view-pcap.ts';

/**
 * What a view shows as a packetdrill script with `host` under test: made from the segments alone, so that it tells
 * no more than the learner sees. Undefined when it shows no beginning.
 */
export function scriptOfView(view: TimelineView, host: HostId): string | undefined {
  const decoded = decodeCapture(pcapOfView(view));
  const [flow] = decoded.ok ? connectionsOf(decoded.value.packets) : [];
  if (flow === undefined) return undefined;
  // The first SYN names the opener, and A of the view need not be it.
  const { address, port } = view.hosts[host];
  const here = flow.hosts.A.address === address && flow.hosts.A.port === port ? 'A' : 'B';
  const timeline = inferTimeline(flow);
  return scriptBegins(timeline, here) ? printBestScript(timeline, here) : undefined;
}
