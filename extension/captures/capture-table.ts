// The part of a capture's list that is on screen: sorted and narrowed down here, so that a list of any length is one.

import type { Language } from '../../core/text.ts';
import { ANOMALY_NAMES } from '../../core/wire/anomaly-names.ts';
import type { ConnectionRow } from '../../core/wire/connection-row.ts';
import type { ConnectionLine, TableColumn, TableWindow, TableWish } from '../../webview/protocol.ts';
import type { CaptureContents } from './capture-contents.ts';
import { lifeTexts } from './capture-texts.ts';

/** Rows that are sent at once. */
const WINDOW = 200;

export const FIRST_ROWS: TableWish = { from: 0, sort: 'index', down: false, filter: '' };

type Listed = Pick<CaptureContents, 'count' | 'row' | 'reading'>;

/** The order a list was last looked at in: scrolling through it asks for it again and again. */
const ordered = new WeakMap<Listed, { readonly key: string; readonly places: Uint32Array }>();

/** The rows that were asked for, with what the list as a whole is like. */
export function tableOf(
  contents: Listed,
  wish: TableWish,
  language: Language,
): { readonly rows: readonly ConnectionLine[]; readonly table: TableWindow } {
  const all = contents.count();
  const viewAt = (place: number) => {
    const row = contents.row(place);
    return row === undefined ? [] : [rowView(row, place, language)];
  };
  const inOrder = wish.sort === 'index' && wish.filter.trim() === '';
  if (inOrder) {
    const from = within(wish.from, all);
    const places = Array.from({ length: Math.min(WINDOW, all - from) }, (_, index) =>
      wish.down ? all - 1 - from - index : from + index,
    );
    return { rows: places.flatMap(viewAt), table: { ...wish, from, all, matching: all } };
  }
  const places = orderOf(contents, wish, language);
  const from = within(wish.from, places.length);
  return {
    rows: [...places.subarray(from, from + WINDOW)].flatMap(viewAt),
    table: { ...wish, from, all, matching: places.length },
  };
}

/** Places of the rows that have the words, in the order asked for. While a file is read, it changes with every look. */
function orderOf(contents: Listed, { filter, sort, down }: TableWish, language: Language): Uint32Array {
  const words = filter.trim().toLowerCase();
  const isRead = contents.reading() === undefined;
  const key = JSON.stringify([words, sort, down, language]);
  const kept = ordered.get(contents);
  if (isRead && kept?.key === key) return kept.places;
  const found: ConnectionLine[] = [];
  for (let place = 0; place < contents.count(); place += 1) {
    const row = contents.row(place);
    const view = row && rowView(row, place, language);
    if (row !== undefined && view !== undefined && textOf(view, row).includes(words)) found.push(view);
  }
  found.sort((one, other) => compare(one, other, sort) * (down ? -1 : 1));
  const places = Uint32Array.from(found, ({ index }) => index);
  if (isRead) ordered.set(contents, { key, places });
  return places;
}

function within(from: number, count: number): number {
  return from < count ? from : Math.max(0, count - WINDOW);
}

function rowView(
  { hosts, summary, firstAnomaly }: ConnectionRow,
  index: number,
  language: Language,
): ConnectionLine {
  const side = ({ address, port }: { address: string; port: number }) =>
    address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  return {
    index,
    a: side(hosts.A),
    b: side(hosts.B),
    segments: summary.segments.A + summary.segments.B,
    bytes: summary.octets.A + summary.octets.B,
    duration: summary.duration / 1000,
    ...lifeTexts(summary, language),
    ...(firstAnomaly === undefined ? {} : { anomaly: ANOMALY_NAMES[firstAnomaly.name][language] }),
  };
}

/** What a filter looks in: the words of the row, and the states that the two ends came to. */
function textOf(
  { a, b, opened, ended, anomaly = '' }: ConnectionLine,
  { finalStates }: ConnectionRow,
): string {
  return `${a} ${b} ${opened} ${ended} ${anomaly} ${finalStates.A} ${finalStates.B}`.toLowerCase();
}

const COLLATOR = new Intl.Collator(undefined, { numeric: true });

function compare(one: ConnectionLine, other: ConnectionLine, column: TableColumn): number {
  const a = one[column] ?? '';
  const b = other[column] ?? '';
  return typeof a === 'number' && typeof b === 'number' ? a - b : COLLATOR.compare(String(a), String(b));
}
