// Segments as octets: the other direction of ip.ts and tcp.ts.

import type { SegmentOptions } from '../tcp/segment.ts';
import { dataOffset, type Segment } from '../tcp/segment.ts';
import { concatenate, octetsOf16, octetsOf32, u8 } from './octets.ts';

/** One end of what a packet goes between. */
export interface Side {
  /** Four octets of IPv4, or sixteen of IPv6. */
  readonly address: Uint8Array;
  readonly port: number;
}

const TCP = 6;
const HOP_LIMIT = 64;
/** The payload says nothing; it is readable where a tool shows it, and the same when it is sent again. */
const FILLER = 'handshake ';
/** Words of options that the data offset can express: 15 less the fixed header. RFC 9293 §3.1. */
const MOST_OPTION_OCTETS = 40;
const MOST_OCTETS_OF_IP = 65_535;

/** The ones' complement sum that IP, TCP and UDP use. RFC 1071. */
function checksum(...parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 2) sum += (u8(part, at) << 8) | u8(part, at + 1);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

/** Options one after the other; padded by who asks. RFC 9293 §3.2, RFC 7323 §2.2, §3.2, RFC 2018 §2, §3. */
function optionOctets({ mss, sackPermitted, timestamps, windowScale, sack }: SegmentOptions): number[] {
  return [
    ...(mss === undefined ? [] : [2, 4, ...octetsOf16(mss)]),
    ...(sackPermitted === true ? [4, 2] : []),
    ...(timestamps === undefined
      ? []
      : [8, 10, ...octetsOf32(timestamps.value), ...octetsOf32(timestamps.echo)]),
    ...(windowScale === undefined ? [] : [3, 3, windowScale & 0xff]),
    ...(sack === undefined || sack.length === 0
      ? []
      : [5, 2 + 8 * sack.length, ...sack.flatMap(([from, to]) => [...octetsOf32(from), ...octetsOf32(to)])]),
  ].slice(0, MOST_OPTION_OCTETS);
}

function payloadOf({ seq, length }: Segment): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => FILLER.charCodeAt((seq + at) % FILLER.length));
}

function tcpOctets(segment: Segment, from: Side, to: Side): Uint8Array {
  const words = dataOffset(segment);
  const options = optionOctets(segment.options);
  while (options.length < words * 4 - 20) options.push(1);
  const header = Uint8Array.from([
    ...octetsOf16(from.port),
    ...octetsOf16(to.port),
    ...octetsOf32(segment.seq),
    ...octetsOf32(segment.ack),
    words << 4,
    segment.flags,
    ...octetsOf16(segment.window),
    0,
    0,
    ...octetsOf16(segment.urgent),
    ...options,
  ]);
  const payload = payloadOf(segment);
  const length = header.length + payload.length;
  const pseudo = Uint8Array.from([...from.address, ...to.address, ...octetsOf32(length), ...octetsOf32(TCP)]);
  // The header is a whole number of words, so the payload begins at an even place.
  header.set(octetsOf16(checksum(pseudo, header, payload)), 16);
  return concatenate([header, payload]);
}

function ipHeader(from: Side, to: Side, length: number, id: number): Uint8Array {
  const addresses = [...from.address, ...to.address];
  if (from.address.length !== 4)
    return Uint8Array.from([0x60, 0, 0, 0, ...octetsOf16(length), TCP, HOP_LIMIT, ...addresses]);
  const [total, number] = [octetsOf16(length + 20), octetsOf16(id)];
  const header = Uint8Array.from([0x45, 0, ...total, ...number, 0x40, 0, HOP_LIMIT, TCP, 0, 0, ...addresses]);
  header.set(octetsOf16(checksum(header)), 10);
  return header;
}

/**
 * A segment in an Ethernet frame, with valid checksums and as much payload as it says.
 *
 * @param id - the IPv4 identification
 */
export function frameOctets(segment: Segment, from: Side, to: Side, id: number): Uint8Array {
  const most = MOST_OCTETS_OF_IP - 40 - MOST_OPTION_OCTETS;
  const tcp = tcpOctets({ ...segment, length: Math.min(segment.length, most) }, from, to);
  const type = from.address.length === 4 ? [0x08, 0x00] : [0x86, 0xdd];
  const ethernet = Uint8Array.from([...hardware(to), ...hardware(from), ...type]);
  return concatenate([ethernet, ipHeader(from, to, tcp.length, id), tcp]);
}

/** A locally administered address, made of the IP address's last octets. */
function hardware({ address }: Side): number[] {
  return [0x02, 0x00, ...address.slice(-4)];
}
