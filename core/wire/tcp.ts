import { type Flags, NO_OPTIONS, type Segment, type SegmentOptions } from '../tcp/segment.ts';
import { type Seq, seq } from '../tcp/seq.ts';
import { bigEndian, u8 } from './octets.ts';

const { u16, u32 } = bigEndian;

const SMALLEST_HEADER = 20;
/** URG, ACK, PSH, RST, SYN, FIN. ECE and CWR take no part in a connection's life. */
const CONTROL_BITS = 0x3f;
const ACK_BIT = 0x10;

/**
 * Decodes the TCP header at `start`. RFC 9293 §3.1.
 *
 * @param end - end of what was captured
 * @param length - octets of the segment as sent, header included; payload length is taken from it
 * @returns undefined when the fixed header was not captured in full, or its data offset cannot be true
 */
export function decodeTcp(
  bytes: Uint8Array,
  start: number,
  end: number,
  length: number,
): Segment | undefined {
  if (end - start < SMALLEST_HEADER) return undefined;
  const header = (u8(bytes, start + 12) >> 4) * 4;
  if (header < SMALLEST_HEADER || header > length) return undefined;
  const control = u8(bytes, start + 13) & CONTROL_BITS;
  return {
    flags: control as Flags,
    seq: seq(u32(bytes, start + 4)),
    ack: seq(control & ACK_BIT ? u32(bytes, start + 8) : 0),
    length: length - header,
    window: u16(bytes, start + 14),
    urgent: u16(bytes, start + 18),
    options:
      header === SMALLEST_HEADER
        ? NO_OPTIONS
        : decodeOptions(bytes, start + SMALLEST_HEADER, Math.min(end, start + header)),
  };
}

interface OptionKind {
  /** Whether an option of this kind can be so many octets long, kind and length included. */
  readonly fits: (size: number) => boolean;
  /** `at` is the first octet of the value. */
  readonly read: (bytes: Uint8Array, at: number, size: number) => SegmentOptions;
}

/** Options by kind number. */
const OPTIONS: ReadonlyMap<number, OptionKind> = new Map<number, OptionKind>([
  [2, { fits: (size) => size === 4, read: (bytes, at) => ({ mss: u16(bytes, at) }) }],
  // A shift above 14 counts as 14: RFC 7323 §2.3.
  [3, { fits: (size) => size === 3, read: (bytes, at) => ({ windowScale: Math.min(14, u8(bytes, at)) }) }],
  [4, { fits: (size) => size === 2, read: () => ({ sackPermitted: true }) }],
  [
    5,
    {
      fits: (size) => size > 2 && size % 8 === 2,
      read: (bytes, at, size) => ({ sack: readSack(bytes, at, size - 2) }),
    },
  ],
  [
    8,
    {
      fits: (size) => size === 10,
      read: (bytes, at) => ({ timestamps: { value: u32(bytes, at), echo: u32(bytes, at + 4) } }),
    },
  ],
]);

function readSack(bytes: Uint8Array, at: number, size: number): (readonly [Seq, Seq])[] {
  const blocks: (readonly [Seq, Seq])[] = [];
  for (let edge = at; edge < at + size; edge += 8)
    blocks.push([seq(u32(bytes, edge)), seq(u32(bytes, edge + 4))]);
  return blocks;
}

/** Reads options up to the end of the list, or to the first that cannot be true. RFC 9293 §3.2. */
function decodeOptions(bytes: Uint8Array, start: number, end: number): SegmentOptions {
  let options: SegmentOptions = NO_OPTIONS;
  let at = start;
  while (at < end) {
    const kind = u8(bytes, at);
    if (kind === 0) break;
    if (kind === 1) {
      at += 1;
      continue;
    }
    const size = at + 1 < end ? u8(bytes, at + 1) : 0;
    if (size < 2 || at + size > end) break;
    const known = OPTIONS.get(kind);
    if (known?.fits(size)) options = { ...options, ...known.read(bytes, at + 2, size) };
    at += size;
  }
  return options;
}
