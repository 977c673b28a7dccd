// Builds pcapng files block by block, for tests.

import { octets, u16, u32 } from './build.ts';

interface ByteOrder {
  readonly n16: (value: number) => number[];
  readonly n32: (value: number) => number[];
}

const ORDERS = {
  big: { n16: u16, n32: u32 },
  little: { n16: (value) => u16(value).reverse(), n32: (value) => u32(value).reverse() },
} as const satisfies Record<string, ByteOrder>;

/** A block, ready to be written in either byte order. */
type Block = (order: ByteOrder) => number[];

function padded(values: readonly number[]): number[] {
  return [...values, ...new Array<number>(-values.length & 3).fill(0)];
}

/** Any block; lengths are true unless `lengths` says otherwise. */
export function block(
  type: number,
  body: (order: ByteOrder) => readonly number[],
  lengths: { readonly front?: number; readonly behind?: number } = {},
): Block {
  return (order) => {
    const inside = padded(body(order));
    const { n32 } = order;
    const length = inside.length + 12;
    return [...n32(type), ...n32(lengths.front ?? length), ...inside, ...n32(lengths.behind ?? length)];
  };
}

export function section(version = 1): Block {
  return block(0x0a0d0d0a, ({ n16, n32 }) => [
    ...n32(0x1a2b3c4d),
    ...n16(version),
    ...n16(0),
    ...n32(0xffffffff),
    ...n32(0xffffffff),
  ]);
}

interface InterfaceFields {
  readonly linkType?: number;
  readonly snapLength?: number;
  /** Octet of if_tsresol. */
  readonly resolution?: number;
  /** The halves of if_tsoffset. */
  readonly offset?: readonly [high: number, low: number];
}

export function networkInterface(fields: InterfaceFields = {}): Block {
  return block(1, (order) => {
    const { n16, n32 } = order;
    const { linkType = 1, snapLength = 0, resolution, offset } = fields;
    const [high, low] = offset ?? [0, 0];
    return [
      ...n16(linkType),
      ...n16(0),
      ...n32(snapLength),
      ...n16(2), // if_name, to be stepped over
      ...n16(5),
      ...padded([101, 116, 104, 49, 48]),
      ...(resolution === undefined ? [] : [...n16(9), ...n16(1), ...padded(octets(resolution))]),
      ...(offset === undefined
        ? []
        : [...n16(14), ...n16(8), ...(order === ORDERS.little ? [low, high] : [high, low]).flatMap(n32)]),
      ...n32(0),
    ];
  });
}

interface FrameFields {
  readonly interface?: number;
  readonly time?: readonly [high: number, low: number];
  readonly wireLength?: number;
  /** As the block claims; the true one by default. */
  readonly captured?: number;
}

/** An Enhanced Packet Block, or the Packet Block of old. */
export function frame(
  values: readonly number[],
  fields: FrameFields = {},
  kind: 'new' | 'old' = 'new',
): Block {
  return block(kind === 'new' ? 6 : 2, ({ n16, n32 }) => [
    ...(kind === 'new' ? n32(fields.interface ?? 0) : [...n16(fields.interface ?? 0), ...n16(9)]),
    ...(fields.time ?? [0, 0]).flatMap(n32),
    ...n32(fields.captured ?? values.length),
    ...n32(fields.wireLength ?? values.length),
    ...padded(values),
    ...n16(1), // opt_comment, to be stepped over
    ...n16(2),
    ...padded([104, 105]),
    ...n32(0),
  ]);
}

export function simpleFrame(values: readonly number[], wireLength = values.length): Block {
  return block(3, ({ n32 }) => [...n32(wireLength), ...values]);
}

export function pcapng(blocks: readonly Block[], byteOrder: keyof typeof ORDERS = 'little'): Uint8Array {
  return Uint8Array.from(blocks.flatMap((write) => write(ORDERS[byteOrder])));
}
