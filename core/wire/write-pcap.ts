// What a Timeline's network did, as a capture file: Wireshark shows the run.

import type { Segment } from '../tcp/segment.ts';
import type { HostId, Timeline, Transmission } from '../timeline/timeline.ts';
import { peerOf } from '../timeline/timeline.ts';
import { parseAddress } from './address.ts';
import type { Packet } from './capture.ts';
import { concatenate, octetsOf32 } from './octets.ts';
import { frameOctets, type Side } from './write-tcp.ts';

/** Where the capture is taken: at a host's interface, or on the wire, where each segment is seen once, as it leaves. */
export type Tap = HostId | 'both';

/** What a name that is no address stands for. RFC 5737: addresses for documentation. */
const FALLBACK = { A: Uint8Array.of(192, 0, 2, 1), B: Uint8Array.of(192, 0, 2, 2) } as const;
/** Noon of 1 January 2000: a run has no date. */
const BEGINNING = 946_728_000;
const ETHERNET = 1;
const LONGEST_FRAME = 262_144;

interface Passing {
  readonly at: number;
  readonly transmission: Transmission;
}

/** One frame of a file: a segment between two sides. */
interface Framed {
  readonly at: number;
  readonly from: Side;
  readonly to: Side;
  readonly segment: Segment;
}

/** A pcap file (nanoseconds, Ethernet) of what passes that place. Lost segments are seen only where they left. */
export function pcapOf(timeline: Timeline, tap: Tap): Uint8Array {
  const sides = sidesOf(timeline);
  return pcapFile(
    passings(timeline, tap).map(({ at, transmission }) => {
      const { from, fromPort, toPort, segment } = transmission;
      return {
        at,
        from: { address: sides[from], port: fromPort },
        to: { address: sides[peerOf(from)], port: toPort },
        segment,
      };
    }),
  );
}

/** The same of packets known by other means, such as their text. Names that are no addresses get one each. */
export function pcapOfPackets(packets: readonly Packet[]): Uint8Array {
  const names = new Map<string, Uint8Array>();
  const addressOf = (name: string): Uint8Array => {
    const known = parseAddress(name) ?? names.get(name) ?? Uint8Array.of(198, 51, 100, names.size + 1);
    names.set(name, known);
    return known;
  };
  return pcapFile(
    packets.map(({ at, source, sourcePort, destination, destinationPort, segment }) => {
      const [from, to] = [addressOf(source), addressOf(destination)];
      return {
        at,
        from: { address: from, port: sourcePort },
        to: { address: to, port: destinationPort },
        segment,
      };
    }),
  );
}

function pcapFile(frames: readonly Framed[]): Uint8Array {
  const header = [0xa1b2_3c4d, 0x0002_0004, 0, 0, LONGEST_FRAME, ETHERNET].flatMap(octetsOf32);
  const records = frames.map(({ at, from, to, segment }, place) =>
    record(at, frameOctets(segment, from, to, (place + 1) & 0xffff)),
  );
  return concatenate([Uint8Array.from(header), ...records]);
}

/** Both of one family: a packet has no other. */
function sidesOf({ hosts }: Timeline): Readonly<Record<HostId, Uint8Array>> {
  const A = parseAddress(hosts.A.address) ?? FALLBACK.A;
  const B = parseAddress(hosts.B.address) ?? FALLBACK.B;
  return A.length === B.length ? { A, B } : FALLBACK;
}

function passings({ transmissions }: Timeline, tap: Tap): readonly Passing[] {
  const seen = transmissions.flatMap((transmission): Passing[] => {
    const { from, sentAt, arrivesAt, copyOf, forged } = transmission;
    const leaves = tap === 'both' || (tap === from && copyOf === undefined && forged !== true);
    if (leaves) return [{ at: sentAt, transmission }];
    return tap === from || arrivesAt === undefined ? [] : [{ at: arrivesAt, transmission }];
  });
  return seen.sort((one, other) => one.at - other.at);
}

function record(at: number, frame: Uint8Array): Uint8Array {
  const nanoseconds = Math.round(at * 1e6);
  const seconds = Math.floor(nanoseconds / 1e9);
  const words = [BEGINNING + seconds, nanoseconds - seconds * 1e9, frame.length, frame.length];
  return concatenate([Uint8Array.from(words.flatMap(octetsOf32)), frame]);
}
