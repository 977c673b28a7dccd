import type { Flags } from '../../core/tcp/segment.ts';
import { flags, NO_OPTIONS } from '../../core/tcp/segment.ts';
import { seq } from '../../core/tcp/seq.ts';
import { ms } from '../../core/tcp/time.ts';
import { peerOf } from '../../core/timeline/timeline.ts';
import type { Packet } from '../../core/wire/capture.ts';
import { parseFlags } from '../../core/wire/notation.ts';
import { pcapOfPackets } from '../../core/wire/write-pcap.ts';
import { portsOf } from '../engine/ports.ts';
import type { ArrowView, TimelineView } from '../engine/timeline-view.ts';

/** The segments a view shows as a pcap file, each once, as it left: no more than the learner sees. */
export function pcapOfView(view: TimelineView): Uint8Array {
  const arrows = [...view.arrows].sort((one, other) => one.sentAt - other.sentAt);
  return pcapOfPackets(arrows.map((arrow, place) => packetOf(view, arrow, place)));
}

function packetOf({ hosts }: TimelineView, arrow: ArrowView, place: number): Packet {
  const [source, destination] = [hosts[arrow.from], hosts[peerOf(arrow.from)]];
  const ports = portsOf(hosts, arrow);
  const bits: Flags = parseFlags(arrow.flags.join(' ') || 'none') ?? flags();
  return {
    frame: place + 1,
    at: ms(arrow.sentAt),
    source: source.address,
    sourcePort: ports.from,
    destination: destination.address,
    destinationPort: ports.to,
    segment: {
      flags: bits,
      seq: seq(arrow.seq),
      ack: seq(arrow.ack ?? 0),
      length: arrow.length,
      window: arrow.window,
      urgent: arrow.urgent,
      options: arrow.rawOptions ?? NO_OPTIONS,
    },
  };
}
