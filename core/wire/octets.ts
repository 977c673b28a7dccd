/** Reads unsigned integers at an offset that the caller has checked. */
export interface OctetReader {
  readonly u16: (bytes: Uint8Array, at: number) => number;
  readonly u32: (bytes: Uint8Array, at: number) => number;
}

/** The octet at `at`; 0 past the end, so that a missed check reads zeros and never NaN. */
export function u8(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

/** 32 bits in network byte order, signed: for what is only compared with its like. */
export function i32(bytes: Uint8Array, at: number): number {
  return (u8(bytes, at) << 24) | (u8(bytes, at + 1) << 16) | (u8(bytes, at + 2) << 8) | u8(bytes, at + 3);
}

/** Network byte order. */
export const bigEndian: OctetReader = {
  u16: (bytes, at) => (u8(bytes, at) << 8) | u8(bytes, at + 1),
  u32: (bytes, at) =>
    ((u8(bytes, at) << 24) | (u8(bytes, at + 1) << 16) | (u8(bytes, at + 2) << 8) | u8(bytes, at + 3)) >>> 0,
};

export const littleEndian: OctetReader = {
  u16: (bytes, at) => (u8(bytes, at + 1) << 8) | u8(bytes, at),
  u32: (bytes, at) =>
    ((u8(bytes, at + 3) << 24) | (u8(bytes, at + 2) << 16) | (u8(bytes, at + 1) << 8) | u8(bytes, at)) >>> 0,
};

/** Two octets, the high one first. */
export function octetsOf16(value: number): number[] {
  return [(value >>> 8) & 0xff, value & 0xff];
}

/** Four octets, the high one first. */
export function octetsOf32(value: number): number[] {
  return [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

/** One array of all the parts. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
