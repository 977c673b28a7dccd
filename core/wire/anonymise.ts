// A captured connection that may be handed out: the same segments at the same moments, and nothing of whose they were.

import type { HostId } from '../timeline/timeline.ts';
import type { Connection } from './connections.ts';
import { concatenate, octetsOf32 } from './octets.ts';
import { frameOctets, type Side } from './write-tcp.ts';

/** Addresses for documentation (RFC 5737), a port of nobody, and the one that servers are drawn with. */
const SIDES = {
  A: { address: Uint8Array.of(192, 0, 2, 1), port: 50_000 },
  B: { address: Uint8Array.of(198, 51, 100, 1), port: 80 },
} as const satisfies Record<HostId, Side>;

const ETHERNET = 1;
const LONGEST_FRAME = 262_144;
/** 1 January 2000: when it was captured is nobody's business either. */
const BEGINNING = 946_684_800;
/** What an IPv4 packet can hold beside its headers; offload hands larger ones to a capture. */
const LARGEST_PAYLOAD = 65_535 - 120;

/** A pcap file (nanoseconds) of the connection alone: addresses, ports and dates changed, payload cut off, unknown options left out. */
export function anonymisedPcap({ sightings }: Pick<Connection, 'sightings'>): Uint8Array {
  const start = sightings[0]?.packet.at ?? 0;
  const records = sightings.map(({ from, packet }, place) => {
    const length = Math.min(packet.segment.length, LARGEST_PAYLOAD);
    const segment = { ...packet.segment, length };
    const frame = frameOctets(segment, SIDES[from], SIDES[from === 'A' ? 'B' : 'A'], (place + 1) & 0xffff);
    const nanoseconds = Math.max(0, Math.round((packet.at - start) * 1e6));
    const seconds = Math.floor(nanoseconds / 1e9);
    const headers = frame.subarray(0, frame.length - length);
    const words = [BEGINNING + seconds, nanoseconds - seconds * 1e9, headers.length, frame.length];
    return concatenate([Uint8Array.from(words.flatMap(octetsOf32)), headers]);
  });
  const header = [0xa1b2_3c4d, 0x0002_0004, 0, 0, LONGEST_FRAME, ETHERNET].flatMap(octetsOf32);
  return concatenate([Uint8Array.from(header), ...records]);
}
