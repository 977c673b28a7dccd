// pcapng files: blocks, each with its length at both ends (draft-ietf-opsawg-pcapng).
// Lengths in the file are never trusted: they are only compared with what is there.

import { fail, ok, type Result } from '../result.ts';
import { type Clock, clockOf, type Instant, MICROSECONDS, readInstant } from './block-time.ts';
import type { CaptureIssue } from './issue.ts';
import { bigEndian, littleEndian, type OctetReader, u8 } from './octets.ts';
import type { Piece, PieceRead } from './reading.ts';

/** One Interface Description Block. */
export interface NetworkInterface {
  /** LINKTYPE_ number as registered by tcpdump.org. */
  readonly linkType: number;
  /** Where the file names the link type. */
  readonly linkTypeAt: number;
  /** Octets kept of each frame at most; 0 is no limit. */
  readonly snapLength: number;
  readonly clock: Clock;
}

/**
 * Receives one frame, `bytes[start, end)`.
 *
 * @param number - its number in the file, from 1, as Wireshark counts
 * @param wireLength - octets the frame had on the wire
 * @param instant - when it was seen; undefined when its block cannot say. Valid during the call only
 */
type VisitFrame = (
  number: number,
  start: number,
  end: number,
  wireLength: number,
  network: NetworkInterface,
  instant: Instant | undefined,
) => void;

/** From one Section Header Block to the next: a byte order of its own, interfaces numbered from 0. */
interface Section {
  readonly octets: OctetReader;
  readonly interfaces: NetworkInterface[];
}

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const SIMPLE_PACKET = 3;
/** systemd Journal Export, Custom: no frames, but Wireshark numbers them as if they were. */
const COUNTED_AS_FRAMES: ReadonlySet<number> = new Set([9, 0x00000bad, 0x40000bad]);

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** Type and length in front, length behind. */
const SMALLEST_BLOCK = 12;
const SMALLEST_SECTION_HEADER = 28;
/** What Wireshark takes, too: a block has to be held in memory. */
const LARGEST_BLOCK = 16 * 2 ** 20;
const SMALLEST_INTERFACE = 20;
const SIMPLE_PACKET_DATA = 12;
/** More than any machine has; so many that the Packet Block of old can tell apart. */
const MOST_INTERFACES = 0x10000;

/** Enhanced Packet Block, and the Packet Block of old: they differ in how the interface is numbered. */
const PACKETS: ReadonlyMap<number, 'u16' | 'u32'> = new Map([
  [6, 'u32'],
  [2, 'u16'],
]);
/** Where these two say what, from the beginning of the block. */
const PACKET = { interface: 8, time: 12, captured: 20, wire: 24, data: 28 } as const;

/** Options of an interface that matter here, with their length in octets. */
const OPTION = { end: 0, resolution: 9, offset: 14 } as const;

/** Whether a file begins as pcapng does. */
export function isPcapng(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && bigEndian.u32(bytes, 0) === SECTION_HEADER;
}

/** Reads the blocks of one file, piece by piece. */
export interface BlockReader {
  /** Frames so far, as Wireshark counts them. */
  frames(): number;
  /** An error when not even the first section can be opened; a block that is not yet there in full is left for later. */
  read(piece: Piece, visit: VisitFrame): Result<PieceRead, CaptureIssue>;
}

/**
 * Hands every whole frame to its visitor, in file order; a file that breaks off gives what could be read and one issue.
 *
 * Never throws by itself; allocates per interface only.
 */
export function blockReader(): BlockReader {
  const instant: Instant = { seconds: 0, nanoseconds: 0 };
  let section: Section | undefined;
  let frames = 0;
  let blocks = 0;

  function read({ bytes, base, last }: Piece, visit: VisitFrame): Result<PieceRead, CaptureIssue> {
    const stop = (code: 'cut-block' | 'bad-block', consumed: number, what: string) =>
      ok({ consumed, issue: stopped(code, base + consumed, blocks + 1, frames, what) });
    let at = 0;
    for (; at < bytes.length; blocks += 1) {
      const left = bytes.length - at;
      if (left < SMALLEST_SECTION_HEADER && !last) break;
      if (bigEndian.u32(bytes, at) === SECTION_HEADER) {
        const opened = openSection(bytes, at, base);
        if (!opened.ok) return section === undefined ? opened : ok({ consumed: at, issue: opened.error });
        section = opened.value;
      }
      if (section === undefined) return fail(cutHeader(base + bytes.length));
      const { u32 } = section.octets;
      if (left < SMALLEST_BLOCK) return stop('cut-block', at, `ends after ${left} octets`);
      const claimed = u32(bytes, at + 4);
      if (claimed < SMALLEST_BLOCK)
        return stop('bad-block', at, `claims ${claimed} octets, fewer than a block can have`);
      const length = Math.ceil(claimed / 4) * 4; // some writers leave the padding out of the length
      if (length > left && !last && length <= LARGEST_BLOCK) break;
      if (length > left && last)
        return stop('cut-block', at, `claims ${claimed} octets, and ${left} are left`);
      if (length > LARGEST_BLOCK)
        return stop('bad-block', at, `claims ${claimed} octets, more than a block can have`);
      if (u32(bytes, at + length - 4) !== claimed)
        return stop('bad-block', at, 'has two different lengths in front and behind');
      const type = u32(bytes, at);
      const end = at + length - 4;
      const idWidth = PACKETS.get(type);

      if (type === INTERFACE_DESCRIPTION) {
        if (length < SMALLEST_INTERFACE)
          return stop('bad-block', at, 'is too short to describe an interface');
        if (section.interfaces.length === MOST_INTERFACES)
          return stop('bad-block', at, `describes an interface beyond number ${MOST_INTERFACES}`);
        section.interfaces.push(readInterface(bytes, at, end, section.octets, base));
      } else if (idWidth !== undefined) {
        if (at + PACKET.data > end) return stop('bad-block', at, 'is too short for a frame');
        const id = section.octets[idWidth](bytes, at + PACKET.interface);
        const network = section.interfaces[id];
        if (network === undefined)
          return stop('bad-block', at, `names interface ${id}, which is not described`);
        const captured = u32(bytes, at + PACKET.captured);
        const start = at + PACKET.data;
        if (captured > end - start)
          return stop('bad-block', at, `claims a frame of ${captured} octets, more than it holds`);
        frames += 1;
        readInstant(u32(bytes, at + PACKET.time), u32(bytes, at + PACKET.time + 4), network.clock, instant);
        visit(frames, start, start + captured, u32(bytes, at + PACKET.wire), network, instant);
      } else if (type === SIMPLE_PACKET) {
        const network = section.interfaces[0];
        if (network === undefined)
          return stop('bad-block', at, 'holds a frame, but no interface is described');
        const start = at + SIMPLE_PACKET_DATA;
        if (start > end) return stop('bad-block', at, 'is too short for a frame');
        const wireLength = u32(bytes, at + 8);
        const captured = Math.min(wireLength, network.snapLength || wireLength, end - start);
        frames += 1;
        visit(frames, start, start + captured, wireLength, network, undefined);
      } else if (COUNTED_AS_FRAMES.has(type)) frames += 1;
      at += length;
    }
    return ok({ consumed: at });
  }

  return { frames: () => frames, read };
}

/** Reads the byte order of the section that begins at `at`. */
function openSection(bytes: Uint8Array, at: number, base: number): Result<Section, CaptureIssue> {
  if (bytes.length - at < SMALLEST_SECTION_HEADER) return fail(cutHeader(base + bytes.length));
  const octets = [littleEndian, bigEndian].find(({ u32 }) => u32(bytes, at + 8) === BYTE_ORDER_MAGIC);
  if (octets === undefined)
    return fail({
      code: 'bad-block',
      offset: base + at + 8,
      message:
        'The section that begins here has no byte-order magic 1A2B3C4D, so it is damaged or no pcapng at all. Capture or copy the file again.',
    });
  const major = octets.u16(bytes, at + 12);
  if (major !== 1)
    return fail({
      code: 'version-unsupported',
      offset: base + at + 12,
      message: `pcapng version ${major}.${octets.u16(bytes, at + 14)} is not readable. Convert it: editcap -F pcap IN OUT.`,
    });
  return ok({ octets, interfaces: [] });
}

/** Reads the Interface Description Block at `at`, whose options end at `end` at the latest. */
function readInterface(
  bytes: Uint8Array,
  at: number,
  end: number,
  { u16, u32 }: OctetReader,
  base: number,
): NetworkInterface {
  let resolution: number = MICROSECONDS;
  let offset = 0;
  for (let option = at + 16; option + 4 <= end; ) {
    const code = u16(bytes, option);
    const length = u16(bytes, option + 2);
    const value = option + 4;
    if (code === OPTION.end || value + length > end) break;
    if (code === OPTION.resolution && length === 1) resolution = u8(bytes, value);
    if (code === OPTION.offset && length === 8) offset = readSigned(bytes, value, u32);
    option = value + Math.ceil(length / 4) * 4;
  }
  return {
    linkType: u16(bytes, at + 8),
    linkTypeAt: base + at + 8,
    snapLength: u32(bytes, at + 12),
    clock: clockOf(resolution, offset),
  };
}

/** A signed integer of 64 bits in the section's byte order; beyond 2^53 the lowest bits are lost. */
function readSigned(bytes: Uint8Array, at: number, u32: OctetReader['u32']): number {
  const little = u32 === littleEndian.u32;
  const high = u32(bytes, little ? at + 4 : at) | 0;
  return high * 2 ** 32 + u32(bytes, little ? at : at + 4);
}

function cutHeader(size: number): CaptureIssue {
  return {
    code: 'cut-header',
    offset: size,
    message: 'The file breaks off inside a section header. Copy or capture it again.',
  };
}

function stopped(
  code: 'cut-block' | 'bad-block',
  offset: number,
  block: number,
  frames: number,
  what: string,
): CaptureIssue {
  const remedy =
    code === 'cut-block'
      ? 'Copy the whole file, or let the capture end before copying.'
      : 'The file is damaged here: capture or copy it again.';
  return {
    code,
    offset,
    message: `Block ${block} ${what}; the ${frames} frames before it were read. ${remedy}`,
  };
}
