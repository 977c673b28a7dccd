import { fail, ok, type Result } from '../result.ts';
import type { Segment } from '../tcp/segment.ts';
import { type Ms, ms } from '../tcp/time.ts';
import { emptyIpView, findTcp, formatAddress, type IpView } from './ip.ts';
import { findIp, linkIsKnown, NO_IP } from './link.ts';
import { bigEndian } from './octets.ts';
import { type CaptureIssue, LINK_TYPE_AT, openPcap, readRecords } from './pcap.ts';
import { isPcapng, type NetworkInterface, readBlocks } from './pcapng.ts';
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
export interface Capture {
  /** Time of the first frame that has one, since the epoch; undefined when there is none. */
  readonly startedAt: { readonly seconds: number; readonly nanoseconds: number } | undefined;
  /** Time of the last frame, since the first. */
  readonly duration: Ms;
  readonly packets: readonly Packet[];
  /** Frames in the file, TCP or not. */
  readonly frames: number;
  /** Where reading stopped before the end of the file, or the interface whose frames could not be read. */
  readonly issue?: CaptureIssue;
}

/**
 * Decodes every TCP segment of a pcap or pcapng file.
 *
 * Checksums are not verified: captures of the sending host hold them unfinished (offload).
 * Frames that are not TCP cost nothing but a look. Never throws.
 */
export function decodeCapture(bytes: Uint8Array): Result<Capture, CaptureIssue> {
  return isPcapng(bytes) ? decodePcapng(bytes) : decodePcap(bytes);
}

function decodePcap(bytes: Uint8Array): Result<Capture, CaptureIssue> {
  const opened = openPcap(bytes);
  if (!opened.ok) return opened;
  const header = opened.value;
  const { linkType } = header;
  if (!linkIsKnown(linkType)) return fail(linkUnsupported(linkType, LINK_TYPE_AT));
  const { take, seeTime, soFar } = collector(bytes);
  let frames = 0;
  const read = readRecords(bytes, header, (start, end, wireLength, seconds, nanoseconds) => {
    frames += 1;
    seeTime(seconds, nanoseconds);
    take(frames, start, end, wireLength, linkType);
  });
  const issue = read.issue === undefined ? {} : { issue: read.issue };
  return ok({ ...soFar(), frames, ...issue });
}

function decodePcapng(bytes: Uint8Array): Result<Capture, CaptureIssue> {
  const { take, seeTime, soFar } = collector(bytes);
  let unreadable: NetworkInterface | undefined;
  let readable = false;
  const read = readBlocks(bytes, (number, start, end, wireLength, network, instant) => {
    if (instant !== undefined) seeTime(instant.seconds, instant.nanoseconds);
    if (take(number, start, end, wireLength, network.linkType) || linkIsKnown(network.linkType))
      readable = true;
    else unreadable ??= network;
  });
  if (!read.ok) return read;
  const { frames } = read.value;
  const passedOver = unreadable && linkUnsupported(unreadable.linkType, unreadable.linkTypeAt);
  const issue = read.value.issue ?? passedOver;
  if (passedOver !== undefined && !readable) return fail(passedOver);
  return ok({ ...soFar(), frames, ...(issue === undefined ? {} : { issue }) });
}

/** Gathers the TCP segments of one file. */
function collector(bytes: Uint8Array): {
  /** Sets the time of the frames taken from now on. */
  readonly seeTime: (seconds: number, nanoseconds: number) => void;
  /** Keeps a frame's segment; false when it has none. */
  readonly take: (frame: number, start: number, end: number, wireLength: number, linkType: number) => boolean;
  readonly soFar: () => Pick<Capture, 'startedAt' | 'duration' | 'packets'>;
} {
  const packets: Packet[] = [];
  const nameOf = addressBook();
  const view = emptyIpView();
  let startedAt: Capture['startedAt'];
  let duration = ms(0);
  return {
    seeTime(seconds, nanoseconds) {
      startedAt ??= { seconds, nanoseconds };
      duration = ms((seconds - startedAt.seconds) * 1000 + (nanoseconds - startedAt.nanoseconds) / 1e6);
    },
    take(frame, start, end, wireLength, linkType) {
      const segment = decodeFrame(bytes, start, end, start + wireLength, linkType, view);
      if (segment === undefined) return false;
      packets.push({
        frame,
        at: duration,
        source: nameOf(bytes, view.source, view.addressLength),
        sourcePort: bigEndian.u16(bytes, view.start),
        destination: nameOf(bytes, view.destination, view.addressLength),
        destinationPort: bigEndian.u16(bytes, view.start + 2),
        segment,
      });
      return true;
    },
    soFar: () => ({ startedAt, duration, packets }),
  };
}

function decodeFrame(
  bytes: Uint8Array,
  start: number,
  end: number,
  wireEnd: number,
  linkType: number,
  view: IpView,
): Segment | undefined {
  const ip = findIp(bytes, start, end, linkType);
  if (ip === NO_IP || !findTcp(bytes, ip, end, wireEnd, view)) return undefined;
  return decodeTcp(bytes, view.start, view.end, view.length);
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

function linkUnsupported(linkType: number, offset: number): CaptureIssue {
  return {
    code: 'link-unsupported',
    offset,
    message: `Frames of link type ${linkType} are not readable yet. Capture on an Ethernet, loopback or "any" interface instead.`,
  };
}
