// Classic libpcap files: a 24-octet header, then records of 16 octets and a frame each.
// Lengths in the file are never trusted: they are only compared with what is there.

import { fail, ok, type Result } from '../result.ts';
import type { CaptureIssue } from './issue.ts';
import { bigEndian, littleEndian } from './octets.ts';
import type { Piece, PieceRead } from './reading.ts';

/** The file header of a capture. */
export interface PcapHeader {
  readonly byteOrder: 'little' | 'big';
  readonly resolution: 'microseconds' | 'nanoseconds';
  /** LINKTYPE_ number as registered by tcpdump.org. */
  readonly linkType: number;
  /** Octets kept of each frame at most. */
  readonly snapLength: number;
  /** Octets in the header of each record. */
  readonly recordHeader: number;
}

/**
 * Receives one record: the frame is `bytes[start, end)`.
 *
 * @param wireLength - octets the frame had on the wire
 * @param seconds - since the epoch
 * @param nanoseconds - fraction of that second
 */
export type VisitRecord = (
  start: number,
  end: number,
  wireLength: number,
  seconds: number,
  nanoseconds: number,
) => void;

/** What was read; `issue` says where reading stopped before the end of the file. */
export interface RecordsRead {
  readonly records: number;
  readonly issue?: CaptureIssue;
}

/** Octets of the file header. */
export const FILE_HEADER = 24;
/** Where the file header names the link type. */
export const LINK_TYPE_AT = 20;
/** The largest frame libpcap itself accepts, MAXIMUM_SNAPLEN. */
const LARGEST_FRAME = 262_144;
/** What a file header may raise that to, whatever it says: a record has to be held in memory. */
const LARGEST_SNAPLEN = 16 * 2 ** 20;

/** Magic numbers as the four octets stand in the file, most significant first. */
const MAGICS = new Map<number, { byteOrder: 'little' | 'big'; nano: boolean; record: number }>([
  [0xa1b2c3d4, { byteOrder: 'big', nano: false, record: 16 }],
  [0xd4c3b2a1, { byteOrder: 'little', nano: false, record: 16 }],
  [0xa1b23c4d, { byteOrder: 'big', nano: true, record: 16 }],
  [0x4d3cb2a1, { byteOrder: 'little', nano: true, record: 16 }],
  // Kuznetzov's variant: eight more octets (interface, protocol, packet type) in each record header.
  [0xa1b2cd34, { byteOrder: 'big', nano: false, record: 24 }],
  [0x34cdb2a1, { byteOrder: 'little', nano: false, record: 24 }],
]);

const COMPRESSED: readonly (readonly [magic: number, mask: number, name: string, command: string])[] = [
  [0x1f8b0000, 0xffff0000, 'gzip', 'gunzip FILE.gz'],
  [0x28b52ffd, 0xffffffff, 'zstd', 'zstd -d FILE.zst'],
  [0x425a6800, 0xffffff00, 'bzip2', 'bunzip2 FILE.bz2'],
  [0xfd377a58, 0xffffffff, 'xz', 'unxz FILE.xz'],
];

/** Reads the file header; an error when the file is no classic pcap, with what to do about it. Never throws. */
export function openPcap(bytes: Uint8Array): Result<PcapHeader, CaptureIssue> {
  if (bytes.length === 0)
    return fail({
      code: 'empty-file',
      offset: 0,
      message: 'The file is empty. Capture again, for example: tcpdump -w FILE.pcap tcp.',
    });
  const magic = bytes.length < 4 ? undefined : bigEndian.u32(bytes, 0);
  const kind = magic === undefined ? undefined : MAGICS.get(magic);
  if (kind === undefined) return fail(notPcap(magic));
  if (bytes.length < FILE_HEADER)
    return fail({
      code: 'cut-header',
      offset: bytes.length,
      message: `The file breaks off inside its ${FILE_HEADER}-octet header. Copy or capture it again.`,
    });
  const { u16, u32 } = kind.byteOrder === 'little' ? littleEndian : bigEndian;
  if (u16(bytes, 4) !== 2)
    return fail({
      code: 'version-unsupported',
      offset: 4,
      message: `pcap version ${u16(bytes, 4)}.${u16(bytes, 6)} is not readable. Convert it: editcap -F pcap IN OUT.`,
    });
  return ok({
    byteOrder: kind.byteOrder,
    resolution: kind.nano ? 'nanoseconds' : 'microseconds',
    linkType: u32(bytes, LINK_TYPE_AT) & 0xffff, // the upper bits tell of a frame check sequence
    snapLength: u32(bytes, 16),
    recordHeader: kind.record,
  });
}

/**
 * Hands every whole record to `visit`, in file order; a file that breaks off gives what could be read and one issue.
 *
 * Never throws by itself, and allocates nothing per record.
 */
export function readRecords(bytes: Uint8Array, header: PcapHeader, visit: VisitRecord): RecordsRead {
  let records = 0;
  const { issue } = recordReader(header)({ bytes, base: 0, last: true }, FILE_HEADER, (...record) => {
    records += 1;
    visit(...record);
  });
  return issue === undefined ? { records } : { records, issue };
}

/** Reads records from one place of a piece on; a record that is not yet there in full is left for the next piece. */
export function recordReader(
  header: PcapHeader,
): (piece: Piece, from: number, visit: VisitRecord) => PieceRead {
  const little = header.byteOrder === 'little';
  const perUnit = header.resolution === 'nanoseconds' ? 1 : 1000;
  const largest = Math.max(LARGEST_FRAME, Math.min(header.snapLength, LARGEST_SNAPLEN));
  let records = 0;
  return ({ bytes, base, last }, from, visit) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = from;
    while (at < bytes.length) {
      const left = bytes.length - at;
      const captured = left < header.recordHeader ? 0 : view.getUint32(at + 8, little);
      if (captured === 0 && left >= FILE_HEADER && MAGICS.has(view.getUint32(at)))
        return { consumed: at, issue: another(base + at, records) };
      if (captured > largest) return { consumed: at, issue: badRecord(base + at, captured, records) };
      const start = at + header.recordHeader;
      if (captured > bytes.length - start)
        return last ? { consumed: at, issue: cut(base + at, left, records) } : { consumed: at };
      visit(
        start,
        start + captured,
        view.getUint32(at + 12, little),
        view.getUint32(at, little),
        view.getUint32(at + 4, little) * perUnit,
      );
      records += 1;
      at = start + captured;
    }
    return { consumed: at };
  };
}

function notPcap(magic: number | undefined): CaptureIssue {
  const packed = COMPRESSED.find(
    ([pattern, mask]) => magic !== undefined && (magic & mask) >>> 0 === pattern,
  );
  if (packed !== undefined)
    return {
      code: 'compressed',
      offset: 0,
      message: `The file is compressed with ${packed[2]}. Unpack it first: ${packed[3]}.`,
    };
  return {
    code: 'not-a-capture',
    offset: 0,
    message:
      'This is not a capture file: it begins with the magic number of neither pcap nor pcapng. Save one with tcpdump -w, or from Wireshark, which also reads other kinds and saves them as pcapng.',
  };
}

function cut(offset: number, left: number, records: number): CaptureIssue {
  return {
    code: 'cut-record',
    offset,
    message: `The file breaks off ${left} octets into record ${records + 1}; the ${records} before it were read. Copy the whole file, or let the capture end before copying.`,
  };
}

/** Where a time should stand there is a magic number: somebody joined two files end to end. */
function another(offset: number, records: number): CaptureIssue {
  return {
    code: 'another-capture',
    offset,
    message: `Here another capture begins; the ${records} records before it were read. Join captures with mergecap -w OUT.pcap ONE.pcap OTHER.pcap instead.`,
  };
}

function badRecord(offset: number, captured: number, records: number): CaptureIssue {
  return {
    code: 'bad-record',
    offset,
    message: `Record ${records + 1} claims ${captured} octets, more than a frame can have; the ${records} before it were read. The file is damaged here: capture or copy it again.`,
  };
}
