// Cuts a pack file into its questions by indentation alone, so that after a keystroke only one of them is parsed anew.

import type { Path } from '../format/document.ts';

/** The lines of one question, with the comments after it. */
export interface Piece {
  readonly path: Path;
  /** Offsets: from the start of its first line to the start of the first line that is not its own. */
  readonly from: number;
  readonly to: number;
  /** Spaces before its dash. */
  readonly indent: number;
}

interface List {
  readonly path: Path;
  /** Spaces before the key that holds the list. */
  readonly key: number;
  /** Spaces before its dashes; undefined until the first. */
  indent: number | undefined;
  count: number;
}

const NOT_OURS = /^(?:---|\.\.\.|%)|^ *\t/;
/** An alias stands for something elsewhere in the file: then the file can only be read as a whole. */
const ALIAS = /(?:[:\-,[{]\s+|[[{,])\*[\w-]+\s*(?:$|[,}\]#])/;

/** The questions of a file in the usual layout; undefined when it has another one. */
export function cutIntoPieces(text: string): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  const seen = new Set<string>();
  let list: List | undefined;
  let sections: List | undefined;
  let section: { readonly place: number; readonly indent: number } | undefined;
  let open: { readonly path: Path; readonly from: number; readonly indent: number } | undefined;

  const close = (to: number) => {
    if (open !== undefined) pieces.push({ ...open, to });
    open = undefined;
  };
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const next = end < 0 ? text.length : end + 1;
    const line = text.slice(from, end < 0 ? text.length : end).trimEnd();
    const indent = line.length - line.trimStart().length;
    if (NOT_OURS.test(line) || ALIAS.test(line)) return undefined;
    const isBlank = line === '' || line.charAt(indent) === '#';
    const isItem =
      line.charAt(indent) === '-' && (line.length === indent + 1 || line.charAt(indent + 1) === ' ');
    if (isBlank || (open !== undefined && indent > open.indent)) {
      from = next;
      continue;
    }
    close(from);
    if (list !== undefined && isItem && indent >= list.key && (list.indent ?? indent) === indent) {
      list.indent = indent;
      open = { path: [...list.path, list.count], from, indent };
      list.count += 1;
      from = next;
      continue;
    }
    list = undefined;
    if (indent === 0 && !isItem) {
      sections = undefined;
      section = undefined;
      const key = /^(questions|sections):(?: *#.*)?$/.exec(line)?.[1];
      if (key !== undefined) {
        if (seen.has(key)) return undefined;
        seen.add(key);
        if (key === 'questions') list = { path: ['questions'], key: 0, indent: undefined, count: 0 };
        else sections = { path: ['sections'], key: 0, indent: undefined, count: 0 };
      }
    } else if (sections !== undefined) {
      if (isItem && (sections.indent ?? indent) === indent) {
        sections.indent = indent;
        section = {
          place: sections.count,
          indent: indent + 1 + (/^-( +)/.exec(line.slice(indent))?.[1]?.length ?? 0),
        };
        sections.count += 1;
      }
      const key = /^[- ]*questions:(?: *#.*)?$/.exec(line)?.[0].indexOf('questions');
      if (section !== undefined && key === section.indent) {
        const path = ['sections', section.place, 'questions'];
        if (seen.has(path.join('/'))) return undefined;
        seen.add(path.join('/'));
        list = { path, key, indent: undefined, count: 0 };
      }
    }
    from = next;
  }
  close(text.length);
  return pieces;
}
