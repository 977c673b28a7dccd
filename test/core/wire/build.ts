// Builds frames and capture files octet by octet, for tests.

import type { Flags } from '../../../core/tcp/segment.ts';

export const octets = (...values: readonly number[]): number[] => values.map((value) => value & 0xff);
export const u16 = (value: number): number[] => octets(value >> 8, value);
export const u32 = (value: number): number[] => octets(value >>> 24, value >>> 16, value >>> 8, value);
const le16 = (value: number): number[] => u16(value).reverse();
const le32 = (value: number): number[] => u32(value).reverse();

export interface TcpFields {
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  readonly seq?: number;
  readonly ack?: number;
  readonly flags: number | Flags;
  readonly window?: number;
  readonly urgent?: number;
  /** Padded with end-of-options to a multiple of four. */
  readonly options?: readonly number[];
  readonly payload?: readonly number[];
  /** In units of four octets; true length by default. */
  readonly dataOffset?: number;
}

export function tcp(fields: TcpFields): number[] {
  const options = [...(fields.options ?? [])];
  while (options.length % 4 !== 0) options.push(0);
  return [
    ...u16(fields.sourcePort ?? 40_000),
    ...u16(fields.destinationPort ?? 80),
    ...u32(fields.seq ?? 0),
    ...u32(fields.ack ?? 0),
    ...octets((fields.dataOffset ?? 5 + options.length / 4) << 4, fields.flags),
    ...u16(fields.window ?? 65_535),
    ...u16(0),
    ...u16(fields.urgent ?? 0),
    ...options,
    ...(fields.payload ?? []),
  ];
}

export interface Ipv4Fields {
  readonly source?: readonly number[];
  readonly destination?: readonly number[];
  readonly protocol?: number;
  readonly totalLength?: number;
  /** In units of eight octets, flags in the upper three bits. */
  readonly fragment?: number;
  readonly options?: readonly number[];
}

export function ipv4(payload: readonly number[], fields: Ipv4Fields = {}): number[] {
  const options = fields.options ?? [];
  const header = 20 + options.length;
  return [
    0x40 | (header / 4),
    0,
    ...u16(fields.totalLength ?? header + payload.length),
    ...u16(1),
    ...u16(fields.fragment ?? 0x4000),
    64,
    fields.protocol ?? 6,
    ...u16(0),
    ...(fields.source ?? [10, 0, 0, 1]),
    ...(fields.destination ?? [10, 0, 0, 2]),
    ...options,
    ...payload,
  ];
}

export function ipv6(payload: readonly number[], nextHeader = 6, payloadLength = payload.length): number[] {
  const address = (last: number) => [0x20, 0x01, 0x0d, 0xb8, ...new Array<number>(11).fill(0), last];
  return [0x60, 0, 0, 0, ...u16(payloadLength), nextHeader, 64, ...address(1), ...address(2), ...payload];
}

export function ethernet(payload: readonly number[], type = 0x0800, tags: readonly number[] = []): number[] {
  return [...new Array<number>(12).fill(2), ...tags, ...u16(type), ...payload];
}

export interface PcapFields {
  readonly byteOrder?: 'little' | 'big';
  readonly nano?: boolean;
  readonly linkType?: number;
  readonly snapLength?: number;
}

export interface FrameInFile {
  readonly at?: readonly [seconds: number, fraction: number];
  readonly octets: readonly number[];
  readonly wireLength?: number;
}

export function pcap(frames: readonly FrameInFile[], fields: PcapFields = {}): Uint8Array {
  const little = (fields.byteOrder ?? 'little') === 'little';
  const [n16, n32] = little ? [le16, le32] : [u16, u32];
  return Uint8Array.from([
    ...n32(fields.nano ? 0xa1b23c4d : 0xa1b2c3d4),
    ...n16(2),
    ...n16(4),
    ...n32(0),
    ...n32(0),
    ...n32(fields.snapLength ?? 65_535),
    ...n32(fields.linkType ?? 1),
    ...frames.flatMap(({ at, octets: frame, wireLength }) => [
      ...n32(at?.[0] ?? 0),
      ...n32(at?.[1] ?? 0),
      ...n32(frame.length),
      ...n32(wireLength ?? frame.length),
      ...frame,
    ]),
  ]);
}
