// Mutation by a number: the same number makes the same input, for ever.

import { SEEDS } from './seeds.ts';

/** Numbers that lengths and counters do not like. */
const AWKWARD = [0, 1, 3, 4, 11, 12, 0x7f, 0x80, 0xff];

/** mulberry32: small, quick, and good enough to vary inputs. */
function chance(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Makes input number `seed`, and says how large the pieces are that it is read in. */
export function inputOf(seed: number): { readonly octets: Uint8Array; readonly piece: number } {
  const draw = chance(seed);
  const [, whole] = SEEDS[draw(SEEDS.length)] ?? ['', new Uint8Array()];
  let octets: Uint8Array = whole.slice();
  for (let change = 0; change <= draw(8); change += 1) octets = changed(octets, draw);
  return { octets, piece: draw(4) === 0 ? 1 + draw(97) : octets.length + 1 };
}

function changed(octets: Uint8Array, draw: (below: number) => number): Uint8Array {
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
