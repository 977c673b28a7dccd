// Where in a pack a cursor stands, by indentation and brackets alone: it works in the middle of a half-written line.

/** A place in the tree of a file; `*` stands for an item of a list. */
export type Pattern = readonly string[];

export interface Cursor {
  /** Of the map, list item or value the cursor is in; the key that is being typed is not part of it. */
  readonly path: Pattern;
  /** A key is typed, or a value; an item of a list may become either. */
  readonly role: 'key' | 'value';
  /** What stands before the cursor of the key or value. */
  readonly typed: string;
  /** Offsets of the whole key or value. */
  readonly from: number;
  readonly to: number;
  /** Column at which the keys of this map begin; undefined inside brackets. */
  readonly column: number | undefined;
}

interface Element {
  readonly column: number;
  readonly name: string;
}

const KEY = /^(?:"([^"]*)"|'([^']*)'|([^\s#"'[\]{},:][^:#]*?))\s*:(?=\s|$)/u;

/** The dashes of a line and where what follows them begins. */
function openLine(line: string): { readonly dashes: readonly Element[]; readonly start: number } {
  const dashes: Element[] = [];
  let start = line.length - line.trimStart().length;
  while (line.charAt(start) === '-' && /^(?:\s|$)/.test(line.slice(start + 1))) {
    dashes.push({ column: start, name: '*' });
    const rest = line.slice(start + 1);
    start += 1 + Math.max(1, rest.length - rest.trimStart().length);
  }
  return { dashes, start: Math.min(start, Math.max(line.length, start)) };
}

/** The dashes and the key of a line, from left to right. */
function elementsOf(line: string): readonly Element[] {
  const { dashes, start } = openLine(line);
  const key = KEY.exec(line.slice(start));
  return key === null ? dashes : [...dashes, { column: start, name: key[1] ?? key[2] ?? key[3] ?? '' }];
}

/** Finds the cursor at an offset of a text. */
export function cursorAt(text: string, offset: number): Cursor {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd).trimEnd();
  const before = text.slice(lineStart, offset);
  const { dashes, start } = openLine(before);
  const content = before.slice(Math.min(start, before.length));
  const key = KEY.exec(content);
  const column = Math.max(start, dashes.length > 0 ? start : 0);
  const above = ancestors(text, lineStart, dashes[0]?.column ?? column, dashes.length > 0);
  const path = [...above, ...dashes.map(({ name }) => name)];
  const contentFrom = lineStart + Math.min(start, before.length);
  if (key === null) {
    if (/[[{]/.test(content.charAt(0)))
      return inBrackets(path, content, contentFrom, offset, lineStart, line);
    const whole = KEY.exec(line.slice(start));
    const end = whole === null ? line.length : start + whole[0].search(/\s*:$/);
    return {
      path,
      role: 'key',
      typed: content,
      from: contentFrom,
      to: Math.max(offset, lineStart + end),
      column,
    };
  }
  const valueAt =
    start +
    key[0].length +
    (content.slice(key[0].length).length - content.slice(key[0].length).trimStart().length);
  const value = before.slice(valueAt);
  const name = key[1] ?? key[2] ?? key[3] ?? '';
  const own = [...path, name];
  if (/^[[{]/.test(value)) return inBrackets(own, value, lineStart + valueAt, offset, lineStart, line);
  const comment = /\s#.*$/.exec(line.slice(valueAt))?.index;
  const end = comment === undefined ? line.length : valueAt + comment;
  return {
    ...unquoted(own, value, lineStart + valueAt, Math.max(offset, lineStart + end), line.slice(valueAt)),
    column,
  };
}

/** A value without the quotes around it. */
function unquoted(
  path: Pattern,
  value: string,
  from: number,
  to: number,
  whole: string,
): Omit<Cursor, 'column'> {
  const quote = /^["']/.exec(value)?.[0];
  if (quote === undefined) return { path, role: 'value', typed: value, from, to };
  const closed = whole.indexOf(quote, 1);
  return { path, role: 'value', typed: value.slice(1), from: from + 1, to: closed < 0 ? to : from + closed };
}

/** The keys and items around a line, outermost first. */
function ancestors(text: string, lineStart: number, column: number, isItem: boolean): readonly string[] {
  const path: string[] = [];
  let limit = column;
  let belowDash = isItem;
  for (let end = lineStart - 1; end >= 0 && (limit > 0 || belowDash); ) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    end = start - 1;
    const trimmed = line.trimStart();
    // Nothing that is written further right can be around the cursor.
    if (trimmed === '' || trimmed.startsWith('#') || line.length - trimmed.length > limit) continue;
    for (const element of elementsOf(line).toReversed()) {
      const isDash = element.name === '*';
      if (element.column < limit || (element.column === limit && belowDash && !isDash)) {
        path.unshift(element.name);
        limit = element.column;
        belowDash = isDash;
      }
    }
  }
  return path;
}

/** Inside `{ … }` and `[ … ]` on one line. */
function inBrackets(
  path: Pattern,
  value: string,
  from: number,
  offset: number,
  lineStart: number,
  line: string,
): Cursor {
  interface Level {
    readonly sign: string;
    key: string | undefined;
    start: number;
  }
  const levels: Level[] = [];
  let quote = '';
  for (let at = 0; at < value.length; at += 1) {
    const sign = value.charAt(at);
    const level = levels.at(-1);
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if ((sign === '"' || sign === "'") && value.slice(level?.start ?? 0, at).trim() === '') quote = sign;
    else if (sign === '[' || sign === '{') levels.push({ sign, key: undefined, start: at + 1 });
    else if (sign === ']' || sign === '}') levels.pop();
    else if (level !== undefined && sign === ',') Object.assign(level, { key: undefined, start: at + 1 });
    else if (
      level?.sign === '{' &&
      sign === ':' &&
      level.key === undefined &&
      /\s|$/.test(value.charAt(at + 1))
    ) {
      Object.assign(level, {
        key: value
          .slice(level.start, at)
          .trim()
          .replace(/^["']|["']$/g, ''),
        start: at + 1,
      });
    }
  }
  const level = levels.at(-1);
  const own = [
    ...path,
    ...levels.flatMap(({ sign, key }) => (sign === '[' ? ['*'] : key === undefined ? [] : [key])),
  ];
  const begun = value.slice(level?.start ?? value.length);
  const lead = begun.length - begun.trimStart().length;
  const start = from + (level?.start ?? value.length) + lead;
  const rest = /^[^,\]}]*/.exec(line.slice(offset - lineStart))?.[0] ?? '';
  const role = level?.sign === '{' && level.key === undefined ? 'key' : 'value';
  const end = role === 'key' ? rest.search(/:|$/) : rest.trimEnd().length;
  const typed = begun.trimStart();
  if (role === 'value' && /^["']/.test(typed)) {
    const closing = rest.indexOf(typed.charAt(0));
    return {
      path: own,
      role,
      typed: typed.slice(1),
      from: start + 1,
      to: offset + (closing < 0 ? end : closing),
      column: undefined,
    };
  }
  return { path: own, role, typed, from: start, to: offset + end, column: undefined };
}

/** Keys that stand in the same map as the cursor, other than the one it is on. */
export function keysBeside(text: string, { from, column }: Cursor): ReadonlySet<string> {
  const found = new Set<string>();
  if (column === undefined) return found;
  const lines = text.split('\n');
  const here = text.slice(0, from).split('\n').length - 1;
  const look = (step: 1 | -1) => {
    for (let place = here + step; place >= 0 && place < lines.length; place += step) {
      const line = lines[place] ?? '';
      const trimmed = line.trimStart();
      if (trimmed === '' || trimmed.startsWith('#')) continue;
      const elements = elementsOf(line);
      const first = line.length - trimmed.length;
      if (step === 1 && first < column) return;
      for (const { column: at, name } of elements) if (at === column && name !== '*') found.add(name);
      if (first < column) return;
    }
  };
  // A dash before the cursor begins the map: nothing above belongs to it.
  const own = (lines[here] ?? '').slice(0, column);
  if (!own.includes('-')) look(-1);
  look(1);
  return found;
}
