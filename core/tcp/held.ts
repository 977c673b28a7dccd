import type { Held } from './endpoint.ts';
import { latest, leq, lt, type Seq } from './seq.ts';

/**
 * Puts a range among the others: in order, and joined with those it touches, so that none touch.
 *
 * Looks at a logarithm of the ranges and at those it joins. A FIN stays at the end of its range; what a broken peer
 * sends behind its FIN is joined all the same and moves the FIN to the end.
 */
export function hold(held: readonly Held[], fresh: Held): readonly Held[] {
  const first = firstReaching(held, fresh.from);
  let joined = fresh;
  let next = first;
  for (let range = held[next]; range !== undefined && leq(range.from, joined.to); range = held[next]) {
    joined = join(range, joined);
    next += 1;
  }
  return [...held.slice(0, first), joined, ...held.slice(next)];
}

function join(a: Held, b: Held): Held {
  return { from: lt(b.from, a.from) ? b.from : a.from, to: latest(a.to, b.to), fin: a.fin || b.fin };
}

/** The place of the first range that ends at `from` or later: by halves, since none touch. */
function firstReaching(held: readonly Held[], from: Seq): number {
  let low = 0;
  let high = held.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const range = held[middle];
    if (range !== undefined && lt(range.to, from)) low = middle + 1;
    else high = middle;
  }
  return low;
}
