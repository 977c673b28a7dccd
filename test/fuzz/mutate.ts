// Mutation by a number: the same number makes the same input, for ever.

import { gzipSync } from 'fflate';
import { SEEDS } from './seeds.ts';
import { fieldsOf, read, write } from './structure.ts';

/** Numbers that lengths and counters do not like. */
const AWKWARD = [0, 1, 3, 4, 11, 12, 0x7f, 0x80, 0xff];

/** mulberry32: small, quick, and good enough to vary inputs. */
function chance(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Draw = (below: number) => number;

/** One input: its octets, and how large the pieces are that it is read in. */
export interface Input {
  readonly octets: Uint8Array;
  readonly piece: number;
  /** The octets are gzip's, mutated on top: they are unpacked first. */
  readonly packed: boolean;
}

/** Makes input number `seed`: half of the changes at any octet, half at numbers that a reader believes. */
export function inputOf(seed: number): Input {
  const draw = chance(seed);
  const [, whole] = SEEDS[draw(SEEDS.length)] ?? ['', new Uint8Array()];
  let octets: Uint8Array = whole.slice();
  for (let change = 0; change <= draw(8); change += 1)
    octets = draw(2) === 0 ? changed(octets, draw) : misled(octets, draw);
  const packed = draw(32) === 0;
  if (packed) {
    octets = gzipSync(octets, { level: 1, mtime: 0 });
    for (let change = 0; change < draw(3); change += 1) octets = changed(octets, draw);
  }
  return { octets, piece: draw(4) === 0 ? 1 + draw(97) : octets.length + 1, packed };
}

/** A length, an offset, a type or flags are another number: near the true one, or at an edge. */
function misled(octets: Uint8Array, draw: Draw): Uint8Array {
  const fields = fieldsOf(octets);
  const field = fields[draw(Math.max(1, fields.length))];
  if (field === undefined) return changed(octets, draw);
  const now = read(octets, field);
  const most = 2 ** (8 * field.size) - 1;
  const edges = [
    0,
    1,
    most,
    most - 1,
    (most + 1) / 2,
    (most + 1) / 2 - 1,
    octets.length,
    octets.length - field.at,
  ];
  const value = draw(2) === 0 ? now + draw(17) - 8 : (edges[draw(edges.length + 1)] ?? draw(2 ** 30));
  write(octets, field, value);
  return octets;
}

function changed(octets: Uint8Array, draw: Draw): Uint8Array {
  if (octets.length === 0) return octets;
  const at = draw(octets.length);
  switch (draw(6)) {
    case 0: {
      octets[at] = draw(256);
      return octets;
    }
    case 1: {
      octets[at] = AWKWARD[draw(AWKWARD.length)] ?? 0;
      return octets;
    }
    case 2: {
      octets[at] = (octets[at] ?? 0) ^ (1 << draw(8));
      return octets;
    }
    case 3:
      return octets.slice(0, at);
    case 4: {
      // A number of 32 bits at once: lengths.
      for (let place = at; place < Math.min(at + 4, octets.length); place += 1)
        octets[place] = AWKWARD[draw(AWKWARD.length)] ?? 0;
      return octets;
    }
    default: {
      const to = at + draw(Math.min(200, octets.length - at) + 1);
      const other = draw(octets.length);
      const part = octets.slice(at, to);
      const joined = new Uint8Array(octets.length + part.length);
      joined.set(octets.subarray(0, other));
      joined.set(part, other);
      joined.set(octets.subarray(other), other + part.length);
      return joined;
    }
  }
}
