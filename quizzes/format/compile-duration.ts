import { type Ms, ms } from '../../core/tcp/time.ts';
import type { PackDocument, Path } from './document.ts';
import { readPhrase } from './phrase-place.ts';
import { readDuration } from './phrases.ts';

/** Reads a time that is not drawn; undefined when it has errors, which are reported. */
export function compileDuration(document: PackDocument, path: Path, text: string): Ms | undefined {
  const range = readPhrase(document, path, text, readDuration);
  return range && ms(range.from);
}
