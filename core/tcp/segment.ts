import type { Seq } from './seq.ts';
import { seq } from './seq.ts';

declare const unit: unique symbol;

/** Control bits as they stand in the header, low bit FIN. RFC 9293 §3.1. */
export type Flags = number & { readonly [unit]: 'flags' };

export const FIN = 0x01 as Flags;
export const SYN = 0x02 as Flags;
export const RST = 0x04 as Flags;
export const PSH = 0x08 as Flags;
export const ACK = 0x10 as Flags;
export const URG = 0x20 as Flags;

/** Joins control bits into one set. */
export function flags(...bits: readonly Flags[]): Flags {
  return bits.reduce<number>((set, bit) => set | bit, 0) as Flags;
}

/** Options that decide a connection's fate. RFC 9293 §3.2, RFC 7323, RFC 2018. */
export interface SegmentOptions {
  /** Maximum segment size, octets of payload. SYN only. */
  readonly mss?: number;
  /** Shift count, 0 to 14. SYN only. RFC 7323 §2. */
  readonly windowScale?: number;
  /** SYN only. RFC 2018 §2. */
  readonly sackPermitted?: boolean;
  /** Left and right edges of blocks received out of order. RFC 2018 §3. */
  readonly sack?: readonly (readonly [Seq, Seq])[];
  /** TSval and TSecr. RFC 7323 §3. */
  readonly timestamps?: { readonly value: number; readonly echo: number };
}

export const NO_OPTIONS: SegmentOptions = {};

/** One TCP segment: the header fields that matter, and the length of its payload. RFC 9293 §3.1. */
export interface Segment {
  readonly flags: Flags;
  readonly seq: Seq;
  /** Meaningful only with ACK set; 0 otherwise. */
  readonly ack: Seq;
  /** Octets of payload. */
  readonly length: number;
  /** The raw 16-bit field, before any scaling. */
  readonly window: number;
  /** Offset of the urgent pointer, meaningful only with URG set. */
  readonly urgent: number;
  readonly options: SegmentOptions;
}

/** Builds a segment from what differs from an empty one. */
export function segment(fields: Partial<Segment> & { readonly flags: Flags }): Segment {
  return {
    flags: fields.flags,
    seq: fields.seq ?? seq(0),
    ack: fields.ack ?? seq(0),
    length: fields.length ?? 0,
    window: fields.window ?? 0,
    urgent: fields.urgent ?? 0,
    options: fields.options ?? NO_OPTIONS,
  };
}

/** The largest value of the window field: sixteen bits. RFC 9293 §3.1. */
export const MAX_WINDOW_FIELD = 65_535;

/** Whether every given bit is set. */
export function has(seg: Segment, bits: Flags): boolean {
  return (seg.flags & bits) === bits;
}

/** SEG.LEN: octets of sequence space, counting SYN and FIN. RFC 9293 §3.3.1, §3.4. */
export function sequenceLength(seg: Segment): number {
  return seg.length + (seg.flags & SYN ? 1 : 0) + (seg.flags & FIN ? 1 : 0);
}

/** Octets of each option as it stands in the header. RFC 9293 §3.2, RFC 7323 §2.2, §3.2, RFC 2018 §2, §3. */
function optionOctets({ mss, windowScale, sackPermitted, sack, timestamps }: SegmentOptions): number {
  return (
    (mss === undefined ? 0 : 4) +
    (windowScale === undefined ? 0 : 3) +
    (sackPermitted === true ? 2 : 0) +
    (sack === undefined || sack.length === 0 ? 0 : 2 + 8 * sack.length) +
    (timestamps === undefined ? 0 : 10)
  );
}

/** The data offset: words of the header with its options, padded. RFC 9293 §3.1. */
export function dataOffset({ options }: Pick<Segment, 'options'>): number {
  return 5 + Math.ceil(optionOctets(options) / 4);
}
