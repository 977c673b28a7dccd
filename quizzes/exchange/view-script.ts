import { inferTimeline } from '../../core/timeline/infer.ts';
import type { HostId } from '../../core/timeline/timeline.ts';
import { decodeCapture } from '../../core/wire/capture.ts';
import { connectionsOf } from '../../core/wire/connections.ts';
import { printBestScript, scriptBegins } from '../../core/wire/packetdrill/print.ts';
import type { TimelineView } from '../engine/timeline-view.ts';
import { pcapOfView } from './view-pcap.ts';

/**
 * What a view shows as a packetdrill script with `host` under test: made from the segments alone, so that it tells
 * no more than the learner sees. Undefined when it shows no beginning.
 */
export function scriptOfView(view: TimelineView, host: HostId): string | undefined {
  const decoded = decodeCapture(pcapOfView(view));
  const flows = decoded.ok ? connectionsOf(decoded.value.packets) : [];
  // Of several connections, the one that the hosts are known by.
  const usual = [view.hosts.A.port, view.hosts.B.port].sort();
  const flow =
    flows.find(({ hosts }) => String([hosts.A.port, hosts.B.port].sort()) === String(usual)) ?? flows[0];
  if (flow === undefined) return undefined;
  // The first SYN names the opener, and A of the view need not be it.
  const { address, port } = view.hosts[host];
  const here = flow.hosts.A.address === address && flow.hosts.A.port === port ? 'A' : 'B';
  const timeline = inferTimeline(flow);
  return scriptBegins(timeline, here) ? printBestScript(timeline, here) : undefined;
}
