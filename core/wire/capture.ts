import { ok, type Result } from '../result.ts';
import type { Segment } from '../tcp/segment.ts';
import { type Ms, ms } from '../tcp/time.ts';
import { type Frame, type FramesRead, frameReader } from './frames.ts';
import { formatAddress } from './ip.ts';
import type { CaptureIssue } from './issue.ts';
import { bigEndian } from './octets.ts';
import { segmentFinder } from './segments.ts';
import { decodeTcp } from './tcp.ts';

/** One TCP segment of a capture. */
export interface Packet {
  /** Its frame's number in the file, from 1, as Wireshark counts. */
  readonly frame: number;
  /** Since the first frame of the capture; negative when the file's times run backwards. */
  readonly at: Ms;
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  readonly segment: Segment;
}

/** Everything a capture file says about TCP. */
export interface Capture extends FramesRead {
  readonly duration: Ms;
  readonly packets: readonly Packet[];
}

/**
 * Decodes every TCP segment of a pcap or pcapng file.
 *
 * Checksums are not verified: captures of the sending host hold them unfinished (offload).
 * Frames that are not TCP cost nothing but a look. Never throws.
 */
export function decodeCapture(bytes: Uint8Array): Result<Capture, CaptureIssue> {
  const packets: Packet[] = [];
  const decode = packetDecoder();
  const reader = frameReader((frame) => {
    const packet = decode(frame);
    if (packet !== undefined) packets.push(packet);
    return packet !== undefined;
  });
  reader.push(bytes);
  const read = reader.end();
  if (!read.ok) return read;
  return ok({ ...read.value, duration: ms(read.value.duration), packets });
}

/** Decodes one frame after the other. */
function packetDecoder(): (frame: Frame) => Packet | undefined {
  const find = segmentFinder();
  const nameOf = addressBook();
  return (frame) => {
    const located = find(frame);
    if (located === undefined) return undefined;
    const { bytes, view } = located;
    const segment = decodeTcp(bytes, view.start, view.end, view.length);
    if (segment === undefined) return undefined;
    return {
      frame: frame.number,
      at: ms(frame.at),
      source: nameOf(bytes, view.source, view.addressLength),
      sourcePort: bigEndian.u16(bytes, view.start),
      destination: nameOf(bytes, view.destination, view.addressLength),
      destinationPort: bigEndian.u16(bytes, view.start + 2),
      segment,
    };
  };
}

/** Remembers IPv4 addresses already written, so that a long capture formats each once. */
function addressBook(): (bytes: Uint8Array, at: number, length: number) => string {
  const known = new Map<number, string>();
  return (bytes, at, length) => {
    if (length !== 4) return formatAddress(bytes, at, length);
    const key = bigEndian.u32(bytes, at);
    const name = known.get(key) ?? formatAddress(bytes, at, length);
    known.set(key, name);
    return name;
  };
}
