// A capture file of either format, read as it comes: pieces in, frames out. Memory does not grow with the file.

import { fail, ok, type Result } from '../result.ts';
import type { CaptureIssue } from './issue.ts';
import { linkIsKnown } from './link.ts';
import { FILE_HEADER, LINK_TYPE_AT, openPcap, recordReader } from './pcap.ts';
import { blockReader, isPcapng, type NetworkInterface } from './pcapng.ts';
import type { Piece, PieceRead } from './reading.ts';

/** The frame at hand: `bytes[start, end)`. Filled again for every frame. */
export interface Frame {
  bytes: Uint8Array;
  start: number;
  end: number;
  /** Octets the frame had on the wire. */
  wireLength: number;
  /** LINKTYPE_ number as registered by tcpdump.org. */
  linkType: number;
  /** Its number in the file, from 1, as Wireshark counts. */
  number: number;
  /** Milliseconds since the first frame that has a time; that of the frame before when this one has none. */
  at: number;
}

/** A time since the epoch. */
interface Moment {
  readonly seconds: number;
  readonly nanoseconds: number;
}

/** What a file held once it was read to its end, or as far as that goes. */
export interface FramesRead {
  /** Frames in the file, TCP or not. */
  readonly frames: number;
  /** Time of the first frame that has one; undefined when there is none. */
  readonly startedAt: Moment | undefined;
  /** Time of the last frame, since the first, in milliseconds. */
  readonly duration: number;
  /** Where reading stopped before the end of the file, or the interface whose frames could not be read. */
  readonly issue?: CaptureIssue;
}

/** Reads one file. */
export interface FrameReader {
  /** Takes the next octets of the file; false once more of them are of no use. */
  push(chunk: Uint8Array): boolean;
  /** Nothing follows. An error when there was nothing that could be read at all. */
  end(): Result<FramesRead, CaptureIssue>;
  /** Octets taken so far. */
  octets(): number;
}

/** Octets that are copied first to complete a record that breaks off; most need no more. */
const FIRST_COPY = 2048;

type ReadPiece = (piece: Piece) => Result<PieceRead, CaptureIssue>;

/**
 * Hands every frame of a pcap or pcapng file to `visit`, in file order.
 *
 * @param visit - says whether the frame could be used, whatever its link type; valid during the call only
 */
export function frameReader(visit: (frame: Frame) => boolean): FrameReader {
  const frame: Frame = {
    bytes: new Uint8Array(),
    start: 0,
    end: 0,
    wireLength: 0,
    linkType: 0,
    number: 0,
    at: 0,
  };
  let first: Moment | undefined;
  let read: ReadPiece | undefined;
  let work = new Uint8Array();
  let left = 0;
  let base = 0;
  let failure: CaptureIssue | undefined;
  let issue: CaptureIssue | undefined;
  let frames = () => frame.number;
  let unreadable: NetworkInterface | undefined;
  let readable = false;

  function seeTime(seconds: number, nanoseconds: number): void {
    first ??= { seconds, nanoseconds };
    frame.at = (seconds - first.seconds) * 1000 + (nanoseconds - first.nanoseconds) / 1e6;
  }

  function openClassic(piece: Piece): ReadPiece | undefined {
    const opened = openPcap(piece.bytes);
    if (!opened.ok) {
      failure = opened.error;
      return undefined;
    }
    const header = opened.value;
    if (!linkIsKnown(header.linkType)) {
      failure = linkUnsupported(header.linkType, LINK_TYPE_AT);
      return undefined;
    }
    frame.linkType = header.linkType;
    const records = recordReader(header);
    let from = FILE_HEADER;
    return (next) => {
      frame.bytes = next.bytes;
      const result = records(next, from, (start, end, wireLength, seconds, nanoseconds) => {
        frame.number += 1;
        frame.start = start;
        frame.end = end;
        frame.wireLength = wireLength;
        seeTime(seconds, nanoseconds);
        visit(frame);
      });
      from = 0;
      return ok(result);
    };
  }

  function openBlocks(): ReadPiece {
    const blocks = blockReader();
    frames = blocks.frames;
    return (next) => {
      frame.bytes = next.bytes;
      return blocks.read(next, (number, start, end, wireLength, network, instant) => {
        frame.number = number;
        frame.start = start;
        frame.end = end;
        frame.wireLength = wireLength;
        frame.linkType = network.linkType;
        if (instant !== undefined) seeTime(instant.seconds, instant.nanoseconds);
        if (visit(frame) || linkIsKnown(network.linkType)) readable = true;
        else unreadable ??= network;
      });
    };
  }

  /** Appends octets to what the last piece left over. */
  function append(octets: Uint8Array): void {
    if (work.length < left + octets.length) {
      const larger = new Uint8Array(Math.max(left + octets.length, 2 * work.length));
      larger.set(work.subarray(0, left));
      work = larger;
    }
    work.set(octets, left);
    left += octets.length;
  }

  /** Reads what it can of `bytes`, and says how much that was. */
  function readFrom(bytes: Uint8Array, last: boolean): number {
    if (read === undefined && bytes.length < FILE_HEADER && !last) return 0;
    const piece = { bytes, base, last };
    read ??= isPcapng(bytes) ? openBlocks() : openClassic(piece);
    if (read === undefined) return 0;
    const result = read(piece);
    if (!result.ok) {
      failure = result.error;
      return 0;
    }
    issue = result.value.issue;
    base += result.value.consumed;
    return result.value.consumed;
  }

  /** Of a chunk only what completes the record at hand is copied; the rest is read where it is. */
  function take(chunk: Uint8Array): void {
    let from = 0;
    for (let size = FIRST_COPY; left > 0 && from < chunk.length; size *= 2) {
      const before = left;
      const part = chunk.subarray(from, from + size);
      append(part);
      from += part.length;
      const consumed = readFrom(work.subarray(0, left), false);
      if (isOver()) return;
      if (consumed >= before) {
        from -= left - consumed; // what follows stands in the chunk, too
        left = 0;
      } else {
        work.copyWithin(0, consumed, left);
        left -= consumed;
      }
    }
    if (from >= chunk.length) return;
    const rest = chunk.subarray(from);
    const consumed = readFrom(rest, false);
    if (!isOver()) append(rest.subarray(consumed));
  }

  let octets = 0;
  const isOver = () => failure !== undefined || issue !== undefined;
  return {
    octets: () => octets,
    push(chunk) {
      if (isOver()) return false;
      octets += chunk.length;
      take(chunk);
      return !isOver();
    },
    end() {
      if (!isOver()) readFrom(work.subarray(0, left), true);
      if (failure !== undefined) return fail(failure);
      const passedOver = unreadable && linkUnsupported(unreadable.linkType, unreadable.linkTypeAt);
      if (passedOver !== undefined && !readable) return fail(passedOver);
      const amiss = issue ?? passedOver;
      const duration = first === undefined ? 0 : frame.at;
      return ok({
        frames: frames(),
        startedAt: first,
        duration,
        ...(amiss === undefined ? {} : { issue: amiss }),
      });
    },
  };
}

function linkUnsupported(linkType: number, offset: number): CaptureIssue {
  return {
    code: 'link-unsupported',
    offset,
    message: `Frames of link type ${linkType} are not readable yet. Capture on an Ethernet, loopback or "any" interface instead.`,
  };
}
