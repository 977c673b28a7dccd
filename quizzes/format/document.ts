import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  Scalar,
  visit,
} from 'yaml';
import type { PackIssue, Place } from './issue.ts';
import { type IssueCode, messageFor } from './messages.ts';
import { yamlSlips } from './yaml-slips.ts';

/** Keys and list places from the root of a document. */
export type Path = readonly (string | number)[];

/** A part of the file, as offsets; `to` excluded. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A YAML file with a place for everything in it. */
export interface PackDocument {
  readonly text: string;
  /** Plain data; undefined when the file cannot be read at all. */
  readonly value: unknown;
  /** Whether no syntax error cuts through that part or precedes it: only then does it say what its author wrote. */
  isSound(path: Path): boolean;
  /** Whether something stands there. */
  has(path: Path): boolean;
  /** Where a value stands, or its key; the nearest thing around it when it is absent. */
  span(path: Path, of?: 'value' | 'key'): Span;
  /** Where part of a text value stands; the whole value when it is folded or escaped. */
  spanWithin(path: Path, from: number, to: number): Span;
  report(code: IssueCode, span: Span, at: Path, details?: Parameters<typeof messageFor>[1]): void;
  warn(code: IssueCode, span: Span, at: Path, details?: Parameters<typeof messageFor>[1]): void;
  /** Everything reported so far, in file order; after a syntax error only more of them. */
  issues(): readonly PackIssue[];
}

const LARGEST = 1_000_000;

/** One slip can make hundreds of syntax errors; the first ones tell. */
const MOST_ERRORS = 5;

/** Codes that are about the text itself, wherever they stand. */
const SYNTAX: ReadonlySet<IssueCode> = new Set<IssueCode>([
  'bad-yaml',
  'tab-indent',
  'too-large',
  'too-deep',
]);

/** Reads YAML. Never throws: what is wrong with the file becomes issues. */
export function openDocument(text: string, file: string): PackDocument {
  const lines = new LineCounter();
  const found: PackIssue[] = [];
  const whole: Span = { from: 0, to: text.length };
  let document: Document | undefined;

  function add(severity: PackIssue['severity']): PackDocument['report'] {
    return (code, span, at, details = {}) => {
      found.push({
        code,
        severity,
        file,
        at: pointer(at),
        start: placeOf(lines, Math.min(span.from, text.length)),
        end: placeOf(lines, Math.min(span.to, text.length)),
        message: messageFor(code, details),
      });
    };
  }
  const report = add('error');
  let value: unknown;
  let soundUpTo = Number.POSITIVE_INFINITY;
  const cut: Span[] = [];
  const deep = text.length > LARGEST ? undefined : tooDeepAt(text);
  if (text.length > LARGEST) report('too-large', { from: 0, to: 1 }, []);
  else if (deep !== undefined) report('too-deep', { from: deep, to: deep + 1 }, []);
  else {
    try {
      const parsed = parseDocument(text, {
        lineCounter: lines,
        prettyErrors: false,
        logLevel: 'error',
        uniqueKeys: false,
      });
      document = parsed as Document;
      soundUpTo = Math.min(...parsed.errors.map(({ pos }) => pos[0]));
      const tab = parsed.errors.some(({ code }) => code === 'TAB_AS_INDENT') ? text.search(/^ *\t/m) : -1;
      // All the rest follows from it.
      if (tab >= 0) report('tab-indent', { from: tab, to: text.indexOf('\t', tab) + 1 }, []);
      for (const slip of tab >= 0 ? [] : yamlSlips(text, parsed.errors).slice(0, MOST_ERRORS)) {
        report('bad-yaml', slip.span, [], slip.details);
      }
      joinCutTexts(parsed.contents, (pair) => cut.push(pair));
      findDuplicateKeys(parsed.contents, (name, span) => report('duplicate-key', span, [], { name }));
      value = parsed.toJS({ maxAliasCount: 100 });
    } catch (thrown) {
      // The library throws on an alias to nothing, on too many aliases and on nesting deeper than the stack.
      document = undefined;
      soundUpTo = 0;
      report('bad-yaml', whole, [], { found: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  }

  for (const { from, to } of cut) add('warning')('cut-at-comma', { from, to }, []);

  function span(path: Path, of: 'value' | 'key' = 'value'): Span {
    for (let length = path.length; length > 0; length -= 1) {
      const at = path.slice(0, length);
      const node = of === 'key' ? keyNode(document, at) : (valueNode(document, at) ?? keyNode(document, at));
      if (node?.range) return { from: node.range[0], to: node.range[1] };
    }
    return { from: 0, to: Math.min(text.length, 1) };
  }
  return {
    text,
    value,
    isSound: (path) => span(path).to < soundUpTo,
    has: (path) => valueNode(document, path) !== undefined,
    span,
    spanWithin(path, from, to) {
      const all = span(path);
      const node = valueNode(document, path);
      if (!isScalar(node) || typeof node.value !== 'string') return all;
      const quote = node.type === Scalar.PLAIN ? 0 : 1;
      const literal = text.slice(all.from + quote, all.to - quote);
      if (literal !== node.value) return all;
      return { from: all.from + quote + from, to: all.from + quote + Math.max(to, from) };
    },
    report,
    warn: add('warning'),
    issues: () =>
      found
        .filter(({ code, start }) => SYNTAX.has(code) || start.offset < soundUpTo)
        .sort((one, other) => one.start.offset - other.start.offset),
  };
}

/** Deeper than any pack, far from where the library takes seconds or all memory. */
const DEEPEST = 100;
const WIDEST_INDENT = 400;

/** Where brackets, dashes or indentation nest too deep to be read safely. */
function tooDeepAt(text: string): number | undefined {
  let depth = 0;
  let start = 0;
  for (const line of text.split('\n')) {
    const indent = /^[ \t\-?:]*/.exec(line)?.[0].length ?? 0;
    if (indent > WIDEST_INDENT || (line.match(/[-?:](?=\s)/g)?.length ?? 0) > DEEPEST) return start;
    for (let at = 0; at < line.length; at += 1) {
      const sign = line.charAt(at);
      if (sign === '[' || sign === '{') depth += 1;
      else if (sign === ']' || sign === '}') depth = Math.max(0, depth - 1);
      if (depth > DEEPEST) return start + at;
    }
    start += line.length + 1;
  }
  return undefined;
}

/** The library's own check compares every key with every other, which takes seconds in a large map. */
function findDuplicateKeys(
  root: Parameters<typeof visit>[0],
  found: (name: string, span: Span) => void,
): void {
  let left = MOST_ERRORS;
  visit(root, {
    Map(_, { items }) {
      const names = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key) || !key.range) continue;
        const name = String(key.value);
        if (names.has(name) && left-- > 0) found(name, { from: key.range[0], to: key.range[1] });
        names.add(name);
      }
    },
  });
}

const LANGUAGE_KEYS = new Set<unknown>(['en', 'zh-CN']);

/**
 * In `{ en: One, two }` YAML ends the text at the comma and takes `two` for a key. No key of ours has no value, so
 * what is meant is plain: the parts are joined again, and the author is told to use quotes.
 */
function joinCutTexts(root: Parameters<typeof visit>[0], cut: (span: Span) => void): void {
  visit(root, {
    Map(_, map) {
      if (!map.flow || !map.items.some(({ key }) => isScalar(key) && LANGUAGE_KEYS.has(key.value))) return;
      const kept: typeof map.items = [];
      for (const pair of map.items) {
        const into = kept.at(-1)?.value;
        const { key, value } = pair;
        const isRest =
          isScalar(key) &&
          !LANGUAGE_KEYS.has(key.value) &&
          (value === null || (isScalar(value) && value.value === null));
        if (isRest && isScalar(into) && typeof into.value === 'string' && key.range && into.range) {
          cut({ from: into.range[0], to: key.range[1] });
          into.value = `${into.value}, ${String(key.value)}`.replace(/(?<=[^\x20-\x7e]), /, '，');
        } else kept.push(pair);
      }
      map.items = kept;
    },
  });
}

function valueNode(document: Document | undefined, path: Path): Node | undefined {
  const node: unknown = document?.getIn(path, true);
  return isNode(node) ? node : undefined;
}

function keyNode(document: Document | undefined, path: Path): Node | undefined {
  const parent = path.length === 1 ? document?.contents : valueNode(document, path.slice(0, -1));
  const key = path.at(-1);
  if (isSeq(parent)) return undefined;
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
  return isNode(pair?.key) ? pair.key : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}

function placeOf(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { offset, line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** A JSON pointer (RFC 6901). */
export function pointer(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
