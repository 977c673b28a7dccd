// What there is in a pack, by indentation alone, so that it is there at once in any version of the file.

import { cutIntoPieces } from './pieces.ts';

/** A part of a pack with its lines. */
export interface OutlineEntry {
  readonly kind: 'group' | 'scenario' | 'section' | 'question';
  readonly name: string;
  /** Of a question: its moment. Of a scenario: whom it is like. */
  readonly detail: string;
  /** Offsets of all its lines. */
  readonly from: number;
  readonly to: number;
  /** Offsets of its name. */
  readonly nameFrom: number;
  readonly nameTo: number;
  readonly children: readonly OutlineEntry[];
}

/** What a question says of itself, as written. */
export interface WrittenQuestion {
  readonly id: string;
  readonly scenario: string | undefined;
  readonly from: number;
  readonly to: number;
  readonly idFrom: number;
  readonly idTo: number;
  /** Place of its section; undefined at the top level. */
  readonly section: number | undefined;
  readonly when: string;
}

/** The questions of a file in order; none when it is laid out in an unusual way. */
export function writtenQuestions(text: string): readonly WrittenQuestion[] {
  return (cutIntoPieces(text) ?? []).map(({ from, to, path }) => {
    const own = text.slice(from, to);
    const id = writtenValue(own, 'id');
    const trimmed = own.replace(/(?:\n[ \t]*(?:#[^\n]*)?)+$/, '').length;
    return {
      id: id?.text ?? '',
      scenario: writtenValue(own, 'scenario')?.text,
      when: writtenValue(own, 'when')?.text ?? '',
      from,
      to: from + trimmed,
      idFrom: from + (id?.from ?? own.search(/-/)),
      idTo: from + (id?.to ?? own.search(/-/) + 1),
      section: typeof path[1] === 'number' && path[0] === 'sections' ? path[1] : undefined,
    };
  });
}

/** The question around an offset. */
export function questionAt(text: string, offset: number): WrittenQuestion | undefined {
  return (cutIntoPieces(text) ?? []).some(({ from, to }) => from <= offset && offset <= to)
    ? writtenQuestions(text).findLast(({ from }) => from <= offset)
    : undefined;
}

/** A value on the line of its key, in a block or between braces. */
function writtenValue(
  own: string,
  key: string,
): { readonly text: string; readonly from: number; readonly to: number } | undefined {
  const found = new RegExp(
    `(?:^|\\n)[ -]*(?:\\{ *)?(?:[^\\n{}]*?, *)?${key}: +(?:"([^"\\n]*)"|'([^'\\n]*)'|([^\\s,}#][^\\n,}#]*))`,
  ).exec(own);
  const text = (found?.[1] ?? found?.[2] ?? found?.[3])?.trimEnd();
  if (found === null || text === undefined) return undefined;
  const from = found.index + found[0].lastIndexOf(text);
  return { text, from, to: from + text.length };
}

interface Key {
  readonly name: string;
  readonly from: number;
  readonly indent: number;
  to: number;
}

/** Keys at one indentation within a range, each with the lines below it. */
function keysWithin(text: string, from: number, to: number, indent?: number): readonly Key[] {
  const keys: Key[] = [];
  let column = indent;
  for (let at = from; at < to; ) {
    const end = text.indexOf('\n', at);
    const next = end < 0 ? text.length : end + 1;
    const line = text.slice(at, end < 0 ? text.length : end);
    const found = /^( *)(?:"([^"]+)"|'([^']+)'|([^\s#"'{}[\],:-][^:#]*)):(?=\s|$)/.exec(line);
    if (found !== null) {
      const own = found[1]?.length ?? 0;
      column ??= own;
      if (own === column)
        keys.push({ name: found[2] ?? found[3] ?? found[4] ?? '', from: at, indent: own, to: next });
    }
    const last = keys.at(-1);
    if (last !== undefined && line.trim() !== '' && !/^ *#/.test(line)) last.to = next;
    at = next;
  }
  return keys;
}

function top(text: string, name: string): Key | undefined {
  return keysWithin(text, 0, text.length, 0).find((key) => key.name === name);
}

function entryOf(
  kind: OutlineEntry['kind'],
  { name, from, to, indent }: Key,
  detail = '',
  children: readonly OutlineEntry[] = [],
): OutlineEntry {
  return {
    kind,
    name,
    detail,
    from,
    to,
    nameFrom: from + indent,
    nameTo: from + indent + name.length,
    children,
  };
}

/** Scenarios of a file, in order. */
function writtenScenarios(text: string): readonly OutlineEntry[] {
  const holder = top(text, 'scenarios');
  if (holder === undefined) return [];
  const body = text.indexOf('\n', holder.from) + 1;
  if (body === 0) return [];
  return keysWithin(text, body, holder.to).map((key) => {
    const like = /\n +like: +(\S[^\n#]*)/.exec(text.slice(key.from, key.to))?.[1];
    return entryOf('scenario', key, like === undefined ? '' : `like ${like.trim()}`);
  });
}

/** Every name under "scenarios". */
export function scenarioNames(text: string): readonly string[] {
  return writtenScenarios(text).map(({ name }) => name);
}

function questionEntry({ id, when, from, to, idFrom, idTo }: WrittenQuestion): OutlineEntry {
  return {
    kind: 'question',
    name: id || '?',
    detail: when,
    from,
    to,
    nameFrom: idFrom,
    nameTo: idTo,
    children: [],
  };
}

/** The outline of a file: scenarios, questions, sections with theirs. */
export function outlineOf(text: string): readonly OutlineEntry[] {
  const questions = writtenQuestions(text);
  return keysWithin(text, 0, text.length, 0).flatMap((key): OutlineEntry[] => {
    if (key.name === 'scenarios') return [entryOf('group', key, '', writtenScenarios(text))];
    if (key.name === 'questions') {
      const own = questions.filter(({ section }) => section === undefined).map(questionEntry);
      return [entryOf('group', { ...key, to: Math.max(key.to, own.at(-1)?.to ?? 0) }, '', own)];
    }
    return key.name === 'sections' ? [entryOf('group', key, '', sectionEntries(text, key, questions))] : [];
  });
}

function sectionEntries(
  text: string,
  holder: Key,
  questions: readonly WrittenQuestion[],
): readonly OutlineEntry[] {
  const own = text.slice(holder.from, holder.to);
  const indent = /\n( *)- /.exec(own)?.[1];
  if (indent === undefined) return [];
  const starts = [...own.matchAll(new RegExp(`\\n${indent}-(?= )`, 'g'))].map(
    ({ index }) => holder.from + index + 1,
  );
  return starts.map((from, place) => {
    const to = starts[place + 1] ?? holder.to;
    const part = text.slice(from, to);
    const title = /title: +(?:\{[^\n}]*?en: +)?["']?([^\n"',}]+)/.exec(part);
    const nameFrom =
      from + (title === null ? indent.length : title.index + title[0].lastIndexOf(title[1] ?? ''));
    const name = title?.[1]?.trim() ?? `${place + 1}`;
    const children = questions.filter(({ section }) => section === place).map(questionEntry);
    return {
      kind: 'section',
      name,
      detail: '',
      from,
      to,
      nameFrom,
      nameTo: nameFrom + name.length,
      children,
    };
  });
}
