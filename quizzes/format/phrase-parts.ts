// What the phrases of a pack are made of: numbers, times, and segments pointed at.

import { fail, ok, type Result } from '../../core/result.ts';
import type { Bilingual } from '../../core/text.ts';
import type { SegmentPattern } from '../../core/timeline/scenario.ts';
import type { Draw, Which } from '../engine/pack.ts';
import { openReader, type PhraseProblem, type Reader } from './reader.ts';
import * as words from './words.ts';

export type Read<T> = Result<T, PhraseProblem>;

/** Enough for any lesson, little enough that no pack keeps the core busy for long. */
export const MAX_OCTETS = 100_000;
const MAX_TIME = 30 * 24 * 3_600_000;

/** Reads the whole of `text` by `rule`, or says where it went wrong and what could have stood there. */
export function read<T>(text: string, rule: (reader: Reader) => T | undefined): Read<T> {
  const reader = openReader(text);
  const value = rule(reader);
  return value !== undefined && reader.done() ? ok(value) : fail(reader.problem());
}

/** `last ACK from A`, `A's second FIN`, `FIN 2 from B`; without an ordinal the first. */
export function segmentPattern(r: Reader): SegmentPattern | undefined {
  r.skip('the');
  return r.either<SegmentPattern>(
    () => {
      const from = r.word(words.HOST_WORDS);
      if (from === undefined || !r.skip("'s")) return undefined;
      const ordinal = r.word(words.ORDINALS);
      const kind = r.word(words.KIND_WORDS);
      return kind && { from, kind, which: ordinal ?? count(r) ?? 1 };
    },
    () => {
      const ordinal = r.word(words.ORDINALS);
      const kind = r.word(words.KIND_WORDS);
      if (kind === undefined) return undefined;
      const number = ordinal === undefined ? count(r) : undefined;
      const from = r.skip('from') ? r.word(words.HOST_WORDS) : undefined;
      return from && { from, kind, which: ordinal ?? number ?? 1 };
    },
  );
}

/** `last`, or a number: which of several; the first when nothing is said. */
export function which(r: Reader): Which {
  return r.skip('last') ? 'last' : (count(r) ?? 1);
}

/** A whole number up to `max`; undefined when none stands here. */
export function count(r: Reader, max = 2 ** 32): number | undefined {
  const digits = r.match(
    /[0-9]{1,10}(?![\p{L}\p{N}])/u,
    { en: `a number up to ${max}`, 'zh-CN': `不超过 ${max} 的数` },
    (text) => Number(text) <= max,
  );
  return digits === undefined ? undefined : Number(digits);
}

/** `300` or `100..900`. */
export function draw(r: Reader, name: Bilingual, max: number): Draw | undefined {
  const found = r.match(/[0-9]{1,10}(?:\.\.[0-9]{1,10})?/, name, (text) => rangeOf(text, max) !== undefined);
  return found === undefined ? undefined : rangeOf(found, max);
}

function rangeOf(text: string, max: number): Draw | undefined {
  const [from, to] = text.split('..').map(Number);
  if (from === undefined) return undefined;
  return from <= (to ?? from) && (to ?? from) <= max ? { from, to: to ?? from } : undefined;
}

const A_TIME: Bilingual = {
  en: 'a time up to 30 days, such as 2 s or 500 ms',
  'zh-CN': '不超过 30 天的时间，例如 2 s 或 500 ms',
};

/** A time in milliseconds, or a range to draw from, at most 30 days; undefined when none stands here. */
export function duration(r: Reader): Draw | undefined {
  let total: Draw | undefined;
  for (;;) {
    const before = total;
    const longer = r.either(
      () => partOfTime(r, before),
      () => r.miss(A_TIME),
    );
    if (longer === undefined) return total;
    total = longer;
  }
}

/** `2 s` of `1 min 2 s`, added to what stood `before` it. */
function partOfTime(r: Reader, before: Draw | undefined): Draw | undefined {
  const found = r.match(/[0-9]{1,10}(?:\.[0-9]{1,3})?(?:\.\.[0-9]{1,10})?/, A_TIME);
  const range = found === undefined ? undefined : rangeOf(found, MAX_TIME);
  const unit = range && r.word(words.TIME_UNITS);
  if (range === undefined || unit === undefined) return undefined;
  const to = (before?.to ?? 0) + range.to * unit;
  if (to > MAX_TIME) return undefined;
  return {
    from: (before?.from ?? 0) + range.from * unit,
    to,
    ...(range.to > range.from && { step: unit }),
  };
}
