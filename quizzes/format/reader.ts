import type { Bilingual } from '../../core/text.ts';

/** What could have stood somewhere: a word as it is written, or a description. */
export type Expected = string | Bilingual;

/** Why a phrase could not be read: the place within it, and what would have been understood there. */
export interface PhraseProblem {
  /** UTF-16 units from the start of the phrase; `to` excluded. */
  readonly from: number;
  readonly to: number;
  readonly expected: readonly Expected[];
}

/** Reads a phrase from left to right and remembers how far any attempt came. */
export interface Reader {
  /** Reads one of the words (or groups of words) and returns what it stands for. Longer ones win. */
  word<T>(words: ReadonlyMap<string, T>): T | undefined;
  /** Reads exactly this. */
  skip(text: string): boolean;
  /** Reads a match of an expression that `accept` approves of; `name` says what was expected. */
  match(pattern: RegExp, name: Expected, accept?: (found: string) => boolean): string | undefined;
  /** Says that `name` was expected here: what stands here reads well and is not it. */
  miss(name: Expected): undefined;
  /** Runs the alternatives in turn from the same place until one succeeds. */
  either<T>(...alternatives: readonly (() => T | undefined)[]): T | undefined;
  /** Nothing is left. */
  done(): boolean;
  problem(): PhraseProblem;
}

export const THE_END: Bilingual = { en: 'the end', 'zh-CN': '到此为止' };
const IS_WORD = /[\p{L}\p{N}_-]/u;

/** A reader at the start of `text`. Case and runs of blanks make no difference. */
export function openReader(text: string): Reader {
  let at = skipBlanks(0);
  let furthest = 0;
  let expected = new Map<string, Expected>();

  function skipBlanks(from: number): number {
    let place = from;
    while (place < text.length && /\s/.test(text.charAt(place))) place += 1;
    return place;
  }
  function miss(name: Expected): undefined {
    if (at > furthest) {
      furthest = at;
      expected = new Map();
    }
    if (at === furthest) expected.set(typeof name === 'string' ? name : name.en, name);
    return undefined;
  }
  /** Where `words` would end if they stand at the reader's place. */
  function endOf(words: string): number | undefined {
    let place = at;
    for (const word of words.split(' ')) {
      place = skipBlanks(place);
      if (text.slice(place, place + word.length).toLowerCase() !== word.toLowerCase()) return undefined;
      place += word.length;
    }
    const closes = IS_WORD.test(words.charAt(words.length - 1)) && IS_WORD.test(text.charAt(place));
    return closes ? undefined : place;
  }
  const reader: Reader = {
    word(words) {
      let best: { readonly end: number; readonly key: string } | undefined;
      for (const key of words.keys()) {
        const end = endOf(key);
        if (end !== undefined && (best === undefined || end > best.end)) best = { end, key };
      }
      if (best === undefined) {
        for (const key of words.keys()) miss(key);
        return undefined;
      }
      at = skipBlanks(best.end);
      return words.get(best.key);
    },
    skip(words) {
      const end = endOf(words);
      if (end === undefined) {
        miss(words);
        return false;
      }
      at = skipBlanks(end);
      return true;
    },
    match(pattern, name, accept = () => true) {
      const sticky = new RegExp(pattern.source, 'iyu');
      sticky.lastIndex = at;
      const found = sticky.exec(text)?.[0];
      if (found === undefined || !accept(found)) return miss(name);
      at = skipBlanks(at + found.length);
      return found;
    },
    miss,
    either(...alternatives) {
      const start = at;
      for (const alternative of alternatives) {
        const value = alternative();
        if (value !== undefined) return value;
        at = start;
      }
      return undefined;
    },
    done() {
      if (at >= text.length) return true;
      miss(THE_END);
      return false;
    },
    problem() {
      const rest = /^\S+/.exec(text.slice(furthest))?.[0] ?? '';
      return { from: furthest, to: furthest + rest.length, expected: [...expected.values()] };
    },
  };
  return reader;
}
