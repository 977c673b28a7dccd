// Sequence numbers as people write them. RFC 9293 §3.4: all of them modulo 2^32.

import { add, distance, type Seq, seq } from '../../core/tcp/seq.ts';
import type { Language } from '../../core/text.ts';
import type { HostId, TimelineSymbol } from '../../core/timeline/timeline.ts';

/** What a number can be written against. */
export interface NumberSpace {
  /** Whose sequence space the number lives in. */
  readonly host: HostId;
  readonly symbols: readonly TimelineSymbol[];
  /** The zero of relative numbers; undefined when the learner knows none. */
  readonly base: Seq | undefined;
}

/** How a learner writes a number. */
export type Notation =
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'absolute' | 'hex' | 'relative' | 'none' };

export interface WrittenNumber {
  readonly notation: Notation;
  /** Every value the text can stand for: a bare `301` may be absolute or relative. Empty: "there is none". */
  readonly readings: readonly Seq[];
}

const NONE = new Set(['-', '–', '—', 'none', 'n/a', '无', '没有']);

/**
 * Reads `x+1`, `y + 301`, `1+x`, `4012345678`, `4,012,345,678`, `0xef…`, `301r`, `r301`, `301 (relative)`, `none`.
 *
 * @returns undefined when the text is none of these
 */
export function parseNumber(text: string, space: NumberSpace): WrittenNumber | undefined {
  const plain = text.normalize('NFKC').trim();
  if (NONE.has(plain.toLowerCase())) return { notation: { kind: 'none' }, readings: [] };
  return (
    parseHex(plain) ?? parseRelative(plain, space) ?? parseDecimal(plain, space) ?? parseSum(plain, space)
  );
}

function parseHex(text: string): WrittenNumber | undefined {
  const digits = /^0x([0-9a-f_]{1,12})$/i.exec(text)?.[1]?.replaceAll('_', '');
  if (digits === undefined || digits === '' || digits.length > 8) return undefined;
  return { notation: { kind: 'hex' }, readings: [seq(Number.parseInt(digits, 16))] };
}

const RELATIVE =
  /^(?:(?:r|relative|相对)\s*([+-]?\s*[0-9]{1,10})|([+-]?[0-9]{1,10})\s*(?:r\.?|rel\.?|relative|相对))$/i;

function parseRelative(text: string, { base }: NumberSpace): WrittenNumber | undefined {
  const plain = text.replace(/\((.*)\)$/, '$1').replace(/[−–]/g, '-');
  const digits = RELATIVE.exec(plain);
  const offset = digits?.[1] ?? digits?.[2];
  if (offset === undefined || base === undefined) return undefined;
  return { notation: { kind: 'relative' }, readings: [add(base, Number(offset.replace(/\s/g, '')))] };
}

/** Above every relative number of a lesson, below every ISS that is drawn. */
const SMALL = 0x100_0000;

function parseDecimal(text: string, { base }: NumberSpace): WrittenNumber | undefined {
  if (!/^[0-9]{1,3}(?:[ ,_'][0-9]{3})+$|^[0-9]{1,10}$/.test(text)) return undefined;
  const value = Number(text.replace(/[ ,_']/g, ''));
  if (value >= 2 ** 32) return undefined;
  return base !== undefined && value < SMALL && base >= SMALL
    ? { notation: { kind: 'relative' }, readings: [add(base, value), seq(value)] }
    : { notation: { kind: 'absolute' }, readings: [seq(value)] };
}

/** One symbol and any numbers, added and subtracted. */
function parseSum(text: string, { symbols }: NumberSpace): WrittenNumber | undefined {
  const tight = text.replace(/[\s]+/g, '').replace(/[−–]/g, '-');
  if (!/^[+-]?[\p{L}\p{N}_.']+(?:[+-][\p{L}\p{N}_.']+)*$/u.test(tight)) return undefined;
  let value = 0;
  let symbol: TimelineSymbol | undefined;
  for (const term of tight.match(/[+-]?[^+-]+/g) ?? []) {
    const sign = term.startsWith('-') ? -1 : 1;
    const word = term.replace(/^[+-]/, '');
    if (/^[0-9]{1,10}$/.test(word)) {
      value += sign * Number(word);
      continue;
    }
    const named = findSymbol(word, symbols);
    if (named === undefined || symbol !== undefined || sign < 0) return undefined;
    symbol = named;
  }
  return symbol && { notation: { kind: 'symbol', name: symbol.name }, readings: [add(symbol.value, value)] };
}

/** Exact first; then without regard to case, unless two symbols differ by case alone. */
function findSymbol(word: string, symbols: readonly TimelineSymbol[]): TimelineSymbol | undefined {
  const exact = symbols.find(({ name }) => name === word);
  if (exact !== undefined) return exact;
  const loose = symbols.filter(({ name }) => name.toLowerCase() === word.toLowerCase());
  return loose.length === 1 ? loose[0] : undefined;
}

const SAID: Readonly<Record<Language, (offset: number) => string>> = {
  'en': (offset) => `${offset} (relative)`,
  'zh-CN': (offset) => `${offset}（相对）`,
};

/** {@link formatNumber} for a reader: a relative number says in a word that it is one. */
export function sayNumber(
  value: Seq,
  notation: Notation | undefined,
  space: NumberSpace,
  language: Language,
): string {
  return notation?.kind === 'relative' && space.base !== undefined
    ? SAID[language](distance(space.base, value))
    : formatNumber(value, notation, space);
}

/** Writes a number in the learner's notation, or in the nearest one that can express it. */
export function formatNumber(value: Seq, notation: Notation | undefined, space: NumberSpace): string {
  switch (notation?.kind) {
    case 'hex':
      return `0x${value.toString(16)}`;
    case 'absolute':
      return String(value);
    case 'relative':
      return space.base === undefined ? String(value) : `${(value - space.base) >>> 0}r`;
    case 'symbol':
      return formatSymbolic(value, space, notation.name);
    default:
      return formatSymbolic(value, space);
  }
}

/** Farther from a symbol than this, a number is no longer said by it. */
const REACH = 0x10_0000;

/** `x+301`: by the symbol asked for if it is near, otherwise by the nearest one below, otherwise absolute. */
export function formatSymbolic(value: Seq, { host, symbols }: NumberSpace, preferred?: string): string {
  const near = symbols
    .filter((symbol) => symbol.host === host)
    .map(({ name, value: start }) => ({ name, plus: distance(start, value) }))
    .filter(({ plus }) => Math.abs(plus) < REACH)
    .sort((one, other) => rank(one, preferred) - rank(other, preferred));
  const best = near[0];
  if (best === undefined) return String(value);
  if (best.plus === 0) return best.name;
  return best.plus > 0 ? `${best.name}+${best.plus}` : `${best.name}-${-best.plus}`;
}

/** Smaller is better: the preferred symbol, then the nearest below, then the nearest above. */
function rank(
  candidate: { readonly name: string; readonly plus: number },
  preferred: string | undefined,
): number {
  if (candidate.name === preferred) return -1;
  return candidate.plus >= 0 ? candidate.plus : 2 * REACH - candidate.plus;
}
