// The part of a capture's list that is on screen: sorted and narrowed down here, so that a list of any length is one.

import type { Language } from '../core/text.ts';
import { ANOMALY_NAMES } from '../core/wire/anomaly-names.ts';
import type { ConnectionRow } from '../core/wire/connection-row.ts';
import type { ConnectionView, TableColumn, TableWindow, TableWish } from '../webview/protocol.ts';
import type { CaptureContents } from './capture-contents.ts';
import { lifeTexts } from './capture-texts.ts';

/** Rows that are sent at once. */
const WINDOW = 200;

export const FIRST_ROWS: TableWish = { from: 0, sort: 'index', down: false, filter: '' };

/** The rows that were asked for, with what the list as a whole is like. */
export function tableOf(
  contents: Pick<CaptureContents, 'count' | 'row'>,
  wish: TableWish,
  language: Language,
): { readonly rows: readonly ConnectionView[]; readonly table: TableWindow } {
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
  const words = wish.filter.trim().toLowerCase();
  const found = Array.from({ length: all }, (_, place) => place)
    .flatMap(viewAt)
    .filter((row) => textOf(row).includes(words))
    .sort((one, other) => compare(one, other, wish.sort) * (wish.down ? -1 : 1));
  const from = within(wish.from, found.length);
  return {
    rows: found.slice(from, from + WINDOW),
    table: { ...wish, from, all, matching: found.length },
  };
}

function within(from: number, count: number): number {
  return Math.max(0, Math.min(from, count - WINDOW));
}

function rowView(
  { hosts, summary, firstAnomaly }: ConnectionRow,
  index: number,
  language: Language,
): ConnectionView {
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

function textOf({ a, b, opened, ended, anomaly = '' }: ConnectionView): string {
  return `${a} ${b} ${opened} ${ended} ${anomaly}`.toLowerCase();
}

function compare(one: ConnectionView, other: ConnectionView, column: TableColumn): number {
  const a = one[column] ?? '';
  const b = other[column] ?? '';
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a).localeCompare(String(b), undefined, { numeric: true });
}
