import type { PackDocument, Path } from './document.ts';
import { listOf } from './messages.ts';
import type { Read } from './phrase-parts.ts';
import { THE_END } from './reader.ts';
import { shorten } from './shape.ts';

/** Reads a phrase of the document and reports exactly where it stops making sense. */
export function readPhrase<T>(
  document: PackDocument,
  path: Path,
  text: string,
  rule: (text: string) => Read<T>,
): T | undefined {
  const phrase = rule(text);
  if (phrase.ok) return phrase.value;
  const { from, to, expected } = phrase.error;
  const rest = text.slice(from, to);
  document.report('bad-phrase', document.spanWithin(path, from, to), path, {
    found: rest === '' ? THE_END : JSON.stringify(shorten(rest)),
    expected: listOf(expected, rest),
  });
  return undefined;
}
