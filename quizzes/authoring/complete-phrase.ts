import type { Expected } from '../format/reader.ts';
import type { Phrase } from './slots.ts';

/** What may follow, and where in the phrase it would begin. */
export interface Continuation {
  /** UTF-16 units from the start of the phrase. */
  readonly from: number;
  readonly text: string;
  /** Nothing has to follow. */
  readonly complete: boolean;
}

/** No rule of the grammar can read this, so that each says what it would have read instead. */
const NOTHING = '\u0001';

/** What the grammar would understand after a text: words exactly as they would be written. */
function expectedAfter(
  { read }: Phrase,
  text: string,
): { readonly from: number; readonly words: readonly Expected[] } {
  const problem = read(`${text}${NOTHING}`);
  if (problem.ok) return { from: text.length, words: [] };
  return { from: problem.error.from, words: problem.error.expected };
}

/**
 * Completes a phrase from its grammar: the words that can stand at the cursor, and at each earlier blank from which
 * what was typed since is the beginning of a longer one.
 */
export function completePhrase(phrase: Phrase, typed: string): readonly Continuation[] {
  const starts = [
    0,
    ...[...typed.matchAll(/[\s,.'](?=\S*$|\S)/g)].flatMap(({ index }) => [index, index + 1]),
  ];
  const found = new Map<string, Continuation>();
  for (const from of [...new Set(starts)].filter((start) => start <= typed.length)) {
    const head = typed.slice(0, from);
    const begun = typed.slice(from).toLowerCase();
    const { from: at, words } = expectedAfter(phrase, head);
    if (at !== from && head.trimEnd().length > at) continue;
    for (const word of words) {
      if (!isWord(word) || !word.toLowerCase().startsWith(begun)) continue;
      for (const whole of spellOut(phrase, head, word)) {
        const key = `${head}${whole.text}`;
        if (!found.has(key)) found.set(key, { ...whole, from });
      }
    }
  }
  return [...found.values()];
}

/** A word with whatever few words must follow it: `state of` becomes `state of A` and `state of B`. */
function spellOut(
  phrase: Phrase,
  head: string,
  word: string,
  depth = 0,
): readonly Omit<Continuation, 'from'>[] {
  const complete = phrase.read(`${head}${word}`).ok;
  if (complete || depth > 4) return [{ text: word, complete }];
  const { from, words } = expectedAfter(phrase, `${head}${word} `);
  const follow = words.filter(isWord);
  if (from < `${head}${word}`.length || follow.length !== words.length || follow.length > 2) {
    return [{ text: word, complete }];
  }
  return follow.flatMap((next) =>
    spellOut(
      phrase,
      head,
      `${word}${/^['.,]/.test(next) || word.endsWith('.') ? '' : ' '}${next}`,
      depth + 1,
    ),
  );
}

/** An exact word, and of several spellings the usual one. */
function isWord(expected: Expected): expected is string {
  return typeof expected === 'string' && !/\S[+,]\S/.test(expected);
}
