// The same as openDocument gives, made of the file's frame and its questions one by one.

import { openDocument, type PackDocument, type Path, pointer, type Span } from '../format/document.ts';
import type { PackIssue, Place } from '../format/issue.ts';
import { messageFor } from '../format/messages.ts';
import { cutIntoPieces, type Piece } from './pieces.ts';

/** Parsed parts of earlier versions of the file, by their text. */
export type Parsed = Map<string, PackDocument>;

/** Beyond this many, parts that are not in use are let go. */
const KEPT = 5_000;

interface Part extends Piece {
  readonly document: PackDocument;
}

/**
 * Opens a pack file, parsing only what `parsed` does not hold. A syntax error in one question leaves the others sound.
 *
 * @param pause - called between two parts; what it rejects with ends the work
 */
export async function openInPieces(
  text: string,
  file: string,
  parsed: Parsed,
  pause: () => Promise<void> | undefined = () => undefined,
): Promise<PackDocument> {
  const pieces = text.length > 1_000_000 ? undefined : cutIntoPieces(text);
  if (pieces === undefined || pieces.length === 0) return openDocument(text, file);
  const parts: Part[] = [];
  for (const piece of pieces) {
    await pause();
    const own = text.slice(piece.from, piece.to);
    const document = parsed.get(own) ?? openDocument(own, file);
    parsed.delete(own);
    parsed.set(own, document);
    parts.push({ ...piece, document });
  }
  const skeleton = hollow(text, pieces);
  const document = parsed.get(skeleton.text) ?? openDocument(skeleton.text, file);
  parsed.delete(skeleton.text);
  parsed.set(skeleton.text, document);
  for (const old of parsed.keys()) {
    if (parsed.size <= Math.max(KEPT, pieces.length + 1)) break;
    parsed.delete(old);
  }
  const value = fill(document.value, parts);
  if (value === undefined) return openDocument(text, file);
  return compose(text, file, { document, original: skeleton.original }, value, parts);
}

/** The file with a bare dash for each question, and where its places are in the file itself. */
interface Frame {
  readonly text: string;
  original(offset: number): number;
}

function hollow(text: string, pieces: readonly Piece[]): Frame {
  const runs: { readonly at: number; readonly shift: number }[] = [{ at: 0, shift: 0 }];
  let out = '';
  let done = 0;
  for (const { from, to, indent } of pieces) {
    out += `${text.slice(done, from + indent)}-\n`;
    done = to;
    runs.push({ at: out.length, shift: to - out.length });
  }
  out += text.slice(done);
  return {
    text: out,
    original(offset) {
      let low = 0;
      let high = runs.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((runs[middle]?.at ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return Math.min(offset + (runs[low]?.shift ?? 0), text.length);
    },
  };
}

function within(holder: unknown, key: string | number): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined;
}

/** The frame's data with the questions in their places; undefined when they do not fit there. */
function fill(frame: unknown, parts: readonly Part[]): unknown {
  const whole: unknown = copyOf(frame);
  for (const { path, document } of parts) {
    const holder = path.slice(0, -1).reduce<unknown>(within, whole);
    const place = path.at(-1);
    if (!Array.isArray(holder) || typeof place !== 'number' || place >= holder.length) return undefined;
    holder[place] = Array.isArray(document.value) ? document.value[0] : null;
  }
  return whole;
}

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)]));
}

function compose(
  text: string,
  file: string,
  frame: { readonly document: PackDocument; original(offset: number): number },
  value: unknown,
  parts: readonly Part[],
): PackDocument {
  const places = placesIn(text);
  const byPath = new Map(parts.map((part) => [pointer(part.path), part]));
  const found: PackIssue[] = [
    ...frame.document.issues().map((issue) => moved(issue, frame.original)),
    ...parts.flatMap(({ document, from }) =>
      document.issues().map((issue) => moved(issue, (offset) => offset + from)),
    ),
  ];

  function moved(issue: PackIssue, move: (offset: number) => number): PackIssue {
    return { ...issue, start: places(move(issue.start.offset)), end: places(move(issue.end.offset)) };
  }

  function partOf(path: Path): Part | undefined {
    const depth = path[0] === 'questions' ? 2 : path[0] === 'sections' ? 4 : undefined;
    return depth === undefined || path.length < depth ? undefined : byPath.get(pointer(path.slice(0, depth)));
  }
  function within(path: Path, find: (document: PackDocument, path: Path) => Span): Span {
    const part = partOf(path);
    if (part === undefined) {
      const span = find(frame.document, path);
      return { from: frame.original(span.from), to: frame.original(span.to) };
    }
    const { from, to } = find(part.document, [0, ...path.slice(part.path.length)]);
    return { from: from + part.from, to: to + part.from };
  }
  const add =
    (severity: PackIssue['severity']): PackDocument['report'] =>
    (code, span, at, details = {}) => {
      const start = places(Math.min(span.from, text.length));
      const end = places(Math.min(span.to, text.length));
      found.push({ code, severity, file, at: pointer(at), start, end, message: messageFor(code, details) });
    };
  return {
    text,
    value,
    isSound(path) {
      const part = partOf(path);
      if (part === undefined) return frame.document.isSound(path);
      return frame.document.isSound(part.path) && part.document.isSound([0, ...path.slice(part.path.length)]);
    },
    has(path) {
      const part = partOf(path);
      return part === undefined
        ? frame.document.has(path)
        : part.document.has([0, ...path.slice(part.path.length)]);
    },
    span: (path, of) => within(path, (document, own) => document.span(own, of)),
    spanWithin: (path, from, to) => within(path, (document, own) => document.spanWithin(own, from, to)),
    report: add('error'),
    warn: add('warning'),
    issues: () => [...found].sort((one, other) => one.start.offset - other.start.offset),
  };
}

/** Lines and columns of a text. */
function placesIn(text: string): (offset: number) => Place {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { offset, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
