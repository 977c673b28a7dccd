// The one file that compares sequence numbers. RFC 9293 §3.4: all arithmetic is modulo 2^32.

declare const unit: unique symbol;

/** A sequence number: an integer from 0 to 2^32 - 1. RFC 9293 §3.4. */
export type Seq = number & { readonly [unit]: 'seq' };

/** Wraps an integer into the sequence space, modulo 2^32. */
export function seq(value: number): Seq {
  return (value >>> 0) as Seq;
}

/** The number `count` places after `from`; `count` may be negative. */
export function add(from: Seq, count: number): Seq {
  return ((from + count) >>> 0) as Seq;
}

/** How far `to` lies after `from`: from -2^31 to 2^31 - 1. Negative when `to` comes before `from`. */
export function distance(from: Seq, to: Seq): number {
  return (to - from) | 0;
}

/** `a` comes before `b`. */
export function lt(a: Seq, b: Seq): boolean {
  return ((a - b) | 0) < 0;
}

/** `a` comes before `b` or is the same. */
export function leq(a: Seq, b: Seq): boolean {
  return ((a - b) | 0) <= 0;
}

/** The later of the two. */
export function latest(a: Seq, b: Seq): Seq {
  return lt(a, b) ? b : a;
}

/** `low <= x < low + size`, modulo 2^32; `size` up to 2^32 - 1. */
export function inWindow(x: Seq, low: Seq, size: number): boolean {
  return (x - low) >>> 0 < size;
}
