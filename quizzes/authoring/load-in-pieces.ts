import { type LoadedPack, type LoadOptions, readPack } from '../format/load-pack.ts';
import { openInPieces } from './pieced-document.ts';

/** Reads a pack file question by question: a syntax error in one leaves the others usable. Never throws by itself. */
export async function loadInPieces(text: string, options: LoadOptions): Promise<LoadedPack> {
  const document = await openInPieces(text, options.file, new Map(), options.pause);
  const { pack } = await readPack(document, options);
  return { pack, issues: document.issues() };
}
