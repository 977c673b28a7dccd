// Options that decide a connection's fate: what a segment carries, and what the peer's options settle.

import type { Endpoint, Held } from './endpoint.ts';
import { openInWholeSegments } from './receive-window.ts';
import {
  ACK,
  type Flags,
  MAX_WINDOW_FIELD,
  NO_OPTIONS,
  RST,
  type Segment,
  type SegmentOptions,
  SYN,
} from './segment.ts';
import { add, distance, latest, leq, lt, type Seq, seq } from './seq.ts';
import { cite, type Work } from './work.ts';

/** Octets the timestamps option takes from every segment, padding included. RFC 7323 Appendix A. */
const TIMESTAMPS_LENGTH = 12;
/** SACK blocks that fit beside timestamps. RFC 2018 §3. */
const MOST_SACK_BLOCKS = 3;

/** The options of a segment about to leave. */
export function optionsFor(w: Work, bits: Flags): SegmentOptions {
  const { e } = w;
  if (bits & SYN) return synOptions(w, (bits & ACK) !== 0);
  const reports = e.sack && e.held.length > 0;
  if (bits & RST || (!e.timestamps && !reports)) return NO_OPTIONS;
  return { ...(e.timestamps ? stamp(w) : {}), ...(reports ? { sack: blocksOf(e.held) } : {}) };
}

/** A SYN offers what the profile has; a SYN,ACK agrees to what the peer offered. */
function synOptions(w: Work, agrees: boolean): SegmentOptions {
  const { e, profile } = w;
  if (!profile.sendsMss) return NO_OPTIONS;
  const scale = agrees ? e.rcvScale || undefined : profile.windowScale;
  const sack = agrees ? e.sack : profile.sack;
  const stamps = agrees ? e.timestamps : profile.timestampsFrom !== undefined;
  return {
    mss: profile.mss,
    ...(sack ? { sackPermitted: true } : {}),
    ...(stamps ? stamp(w) : {}),
    ...(scale === undefined ? {} : { windowScale: scale }),
  };
}

function stamp(w: Work): SegmentOptions {
  const value = seq((w.profile.timestampsFrom ?? 0) + Math.floor(w.at));
  return { timestamps: { value, echo: w.e.recentStamp ?? 0 } };
}

/** Octets of data that fit into a segment now: SACK blocks take some of its room. RFC 9293 §3.7.1; Linux tcp_current_mss. */
export function roomForData({ sack, held, sndMss }: Endpoint): number {
  if (!sack || held.length === 0) return sndMss;
  return Math.max(1, sndMss - SACK_HEADER - SACK_BLOCK * blocksOf(held).length); // an MSS below 40 is a test's
}

/** The option, padded, and each of its blocks. RFC 2018 §3. */
const SACK_HEADER = 4;
const SACK_BLOCK = 8;

/** What was received out of order, the highest first. RFC 2018 §4. */
function blocksOf(held: readonly Held[]): readonly (readonly [Seq, Seq])[] {
  const blocks: [Seq, Seq][] = [];
  for (const { from, to, fin } of held) {
    const end = fin ? add(to, 1) : to;
    const before = blocks.at(-1);
    if (before !== undefined && leq(from, before[1])) before[1] = latest(before[1], end);
    else blocks.push([from, end]);
  }
  return blocks.slice(-MOST_SACK_BLOCKS).reverse();
}

/** Settles with the peer's SYN what both ends will use. */
export function takeSynOptions(w: Work, { options }: Segment): void {
  const { e, profile } = w;
  if (options.windowScale !== undefined && profile.windowScale !== undefined) {
    e.sndScale = options.windowScale;
    e.rcvScale = profile.windowScale;
  }
  e.sack = profile.sack && options.sackPermitted === true;
  if (options.timestamps === undefined || profile.timestampsFrom === undefined) return;
  e.timestamps = true;
  e.recentStamp = seq(options.timestamps.value);
  e.sndMss -= TIMESTAMPS_LENGTH;
  if (e.role === 'passive') openInWholeSegments(w, profile.mss - TIMESTAMPS_LENGTH);
}

/** The window a segment offers, in octets; that of a SYN is never scaled. RFC 7323 §2.2. */
export function offeredWindow({ sndScale }: Endpoint, segment: Segment): number {
  return segment.flags & SYN ? segment.window : segment.window * 2 ** sndScale;
}

/** What the window field says of our window. */
export function windowField({ rcvWnd, rcvScale }: Endpoint, bits: Flags): number {
  const shifted = bits & SYN ? rcvWnd : Math.floor(rcvWnd / 2 ** rcvScale);
  return Math.min(shifted, MAX_WINDOW_FIELD);
}

/**
 * PAWS: the segment is older than what was taken last. RFC 7323 §5.3 R1.
 *
 * @param slack - how far its timestamp may lie behind all the same
 */
export function isFromThePast({ e }: Work, { options }: Segment, slack = 0): boolean {
  const { timestamps } = options;
  if (!e.timestamps || timestamps === undefined || e.recentStamp === undefined) return false;
  return distance(seq(timestamps.value), e.recentStamp) > slack;
}

/** Keeps the peer's latest timestamp, to be echoed. RFC 7323 §4.3 (2). */
export function rememberStamp({ e }: Work, segment: Segment): void {
  const { timestamps } = segment.options;
  if (!e.timestamps || timestamps === undefined || lt(e.ackedUpTo, segment.seq)) return;
  const value = seq(timestamps.value);
  e.recentStamp = e.recentStamp === undefined ? value : latest(e.recentStamp, value);
}

/** Whether what it answers left before then: the echoed timestamp is older. RFC 3522 §3.2; Linux tcp_packet_delayed. */
export function echoesFromBefore({ e, profile }: Work, { options }: Segment, then: number): boolean {
  const { timestamps } = options;
  if (!e.timestamps || timestamps === undefined || timestamps.echo === 0) return false;
  return lt(seq(timestamps.echo), add(profile.timestampsFrom ?? seq(0), Math.floor(then)));
}

/** Milliseconds since the segment left that this one answers, by the timestamp it echoes. RFC 7323 §4.1. */
export function roundTripByEcho(w: Work, { options }: Segment): number | undefined {
  const { timestamps } = options;
  if (!w.e.timestamps || timestamps === undefined || timestamps.echo === 0) return undefined;
  cite(w, 'timestamps/measure-retransmissions');
  return Math.max(0, Math.floor(w.at) + (w.profile.timestampsFrom ?? 0) - timestamps.echo) | 0;
}
