import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Draw } from './pack.ts';

// Seeds are stored with answers: neither function may ever change. test/quizzes/engine/chance.test.ts holds them.

/** A seed made from another and a label: an integer from 0 to 2^32 - 1 (FNV-1a, then one draw). */
export function deriveSeed(seed: number, label: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < label.length; i += 1) {
    hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193) >>> 0;
  }
  return uniformInt(xoroshiro128plus(hash), 0, 0xffff_ffff);
}

/** An integer of the range, the same for the same seed and label whatever else is drawn. */
export function drawInt(seed: number, label: string, range: Draw): number {
  if (range.from === range.to) return range.from;
  const step = range.step ?? 1;
  const places = Math.floor((range.to - range.from) / step);
  return range.from + step * uniformInt(xoroshiro128plus(deriveSeed(seed, label)), 0, places);
}
