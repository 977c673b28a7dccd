import { ACK, RST, SYN } from '../tcp/segment.ts';
import type { IpView } from './ip.ts';
import { bigEndian, u8 } from './octets.ts';

const { u16, u32 } = bigEndian;

/** The numbers of one TCP header, without an object a segment: filled again for every one. RFC 9293 §3.1. */
export interface SegmentView {
  sourcePort: number;
  destinationPort: number;
  seq: number;
  /** 0 without ACK. */
  ack: number;
  /** URG, ACK, PSH, RST, SYN, FIN as they stand in the header. */
  flags: number;
  /** Octets of payload, as sent. */
  length: number;
  /** The raw field. */
  window: number;
  /** Window scale shift that a SYN offers; -1 when there is none. RFC 7323 §2. */
  scale: number;
  /** When it was captured, in milliseconds as its frame has it; filled in by who reads frames. */
  at: number;
}

export function emptySegmentView(): SegmentView {
  return {
    sourcePort: 0,
    destinationPort: 0,
    seq: 0,
    ack: 0,
    flags: 0,
    length: 0,
    window: 0,
    scale: -1,
    at: 0,
  };
}

const SMALLEST_HEADER = 20;
const CONTROL_BITS = 0x3f;
const WINDOW_SCALE = 3;

/** Reads the header at `ip.start`; false when it is not there in full, or cannot be true. Agrees with decodeTcp. */
export function readSegment(bytes: Uint8Array, ip: IpView, into: SegmentView): boolean {
  const { start, end, length } = ip;
  if (end - start < SMALLEST_HEADER) return false;
  const header = (u8(bytes, start + 12) >> 4) * 4;
  if (header < SMALLEST_HEADER || header > length) return false;
  const flags = u8(bytes, start + 13) & CONTROL_BITS;
  into.sourcePort = u16(bytes, start);
  into.destinationPort = u16(bytes, start + 2);
  into.seq = u32(bytes, start + 4);
  into.ack = flags & ACK ? u32(bytes, start + 8) : 0;
  into.flags = flags;
  into.length = length - header;
  into.window = u16(bytes, start + 14);
  into.scale = flags & SYN ? readScale(bytes, start + SMALLEST_HEADER, Math.min(end, start + header)) : -1;
  return true;
}

function readScale(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const kind = u8(bytes, at);
    if (kind === 0) break;
    const size = kind === 1 ? 1 : at + 1 < end ? u8(bytes, at + 1) : 0;
    if (size < 1 || (kind !== 1 && size < 2) || at + size > end) break;
    if (kind === WINDOW_SCALE && size === 3) return Math.min(14, u8(bytes, at + 2));
    at += size;
  }
  return -1;
}

/** A SYN that opens: without ACK and without RST. */
export function opens(flags: number): boolean {
  return (flags & (SYN | ACK | RST)) === SYN;
}

/** The second segment of a handshake. */
export function answersOpening(flags: number): boolean {
  return (flags & (SYN | ACK | RST)) === (SYN | ACK);
}
