// What is wrong with a `tcp` block of a Markdown document, and what its author most likely meant.

import type { Bilingual } from '../../core/text.ts';
import { fixesFor } from '../authoring/fixes.ts';
import { readFenced, wrapBlock } from '../format/fenced-scenario.ts';

/** A place in a block: line and column, both from 1. */
interface BlockPlace {
  readonly line: number;
  readonly column: number;
}

interface BlockFix {
  readonly title: Bilingual;
  readonly edits: readonly { readonly start: BlockPlace; readonly end: BlockPlace; readonly text: string }[];
  readonly preferred: boolean;
}

/** Something wrong in a block, from `start` to just before `end`. */
export interface BlockProblem {
  readonly severity: 'error' | 'warning';
  readonly start: BlockPlace;
  readonly end: BlockPlace;
  readonly message: Bilingual;
  /** The likeliest first; nothing where nothing is obvious. */
  readonly fixes: readonly BlockFix[];
}

/** The problems of a block in order, each with the fixes that an editor of packs would offer. Never throws. */
export function lintBlock(block: string): readonly BlockProblem[] {
  const { text, linesBefore, indent } = wrapBlock(block);
  function placeIn(offset: number): BlockPlace | undefined {
    const before = text.slice(0, offset).split('\n');
    const place = { line: before.length - linesBefore, column: (before.at(-1)?.length ?? 0) + 1 - indent };
    return place.line < 1 || place.column < 1 ? undefined : place;
  }
  return readFenced(block).issues.map(({ code, severity, start, end, message }) => {
    const fixes = fixesFor(text, { code, from: start.offset, to: end.offset }).flatMap((fix) => {
      const edits = fix.edits.flatMap((edit) => {
        const [from, to] = [placeIn(edit.from), placeIn(edit.to)];
        return from && to && !edit.text.includes('\n') ? [{ start: from, end: to, text: edit.text }] : [];
      });
      // What would mend the pack around the block, or counts on its indentation, mends nothing here.
      return edits.length === fix.edits.length ? [{ ...fix, edits }] : [];
    });
    return { severity, start, end, message, fixes };
  });
}
