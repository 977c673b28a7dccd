import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { post } from '../host.ts';
import { formatTime } from '../numbers.ts';
import type { ConnectionLine, TableColumn, TableWindow, TableWish } from '../protocol.ts';
import { t } from '../text.ts';

const COLUMNS = {
  index: () => t('No.'),
  a: () => t('Client'),
  b: () => t('Server'),
  segments: () => t('Segments'),
  bytes: () => t('Octets'),
  duration: () => t('Duration'),
  opened: () => t('Opened'),
  ended: () => t('Ended'),
  anomaly: () => t('First remark'),
} as const satisfies Record<TableColumn, () => string>;

const NUMERIC: ReadonlySet<TableColumn> = new Set(['index', 'segments', 'bytes', 'duration']);
const NAMES = Object.keys(COLUMNS) as TableColumn[];
/** Rows that are asked for before those on screen, so that scrolling meets no gap. */
const AHEAD = 60;
/** Height of a row until one has been measured, in pixels. */
const ROW_HEIGHT = 24;
/** Rows of one part of the list: browsers draw nothing taller than some 33 million pixels, all rows of it less. */
const PER_PAGE = 400_000;
/** Rows that PageUp and PageDown go by. */
const PAGE = 10;

interface Props {
  readonly connections: readonly ConnectionLine[];
  readonly table: TableWindow;
  readonly chosen: number | undefined;
}

/** The list of a capture: sort by a click on a heading, narrow down by typing. Only the rows on screen are there. */
export function ConnectionTable({ connections, table, chosen }: Props) {
  const frame = useRef<HTMLElement>(null);
  const [height, setHeight] = useState(ROW_HEIGHT);
  const asked = useRef(table.from);
  const { from, matching, sort, down, filter } = table;
  const page = from - (from % PER_PAGE);
  const onPage = Math.min(PER_PAGE, matching - page);
  const shown = connections.slice(0, page + onPage - from);
  const want = (wish: Partial<TableWish>) => {
    const whole = { from, sort, down, filter, ...wish };
    asked.current = whole.from;
    post({ type: 'capture/rows', wish: whole });
  };

  /** Height and columns of the whole list: kept while it is narrowed down, so that nothing jumps at each letter. */
  const whole = useRef<{ readonly height: number; readonly columns: readonly number[] }>(undefined);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const heads = [...element.querySelectorAll('th')];
    const kept = filter === '' ? undefined : whole.current;
    element.style.minHeight = kept === undefined ? '' : `${kept.height}px`;
    for (const [place, head] of heads.entries()) {
      head.style.width = kept === undefined ? '' : `${kept.columns[place]}px`;
    }
    if (filter !== '') return;
    const columns = heads.map((head) => head.getBoundingClientRect().width);
    whole.current = { height: element.getBoundingClientRect().height, columns };
  });
  useLayoutEffect(() => {
    const row = frame.current?.querySelector('tbody tr[data-place]')?.getBoundingClientRect().height;
    if (row !== undefined && row > 0 && Math.abs(row - height) > 0.5) setHeight(row);
  });
  useEffect(() => {
    asked.current = from;
  }, [from]);

  const onScroll = () => {
    const element = frame.current;
    if (element === null) return;
    const first = page + Math.floor(element.scrollTop / height);
    const last = first + Math.ceil(element.clientHeight / height);
    const there = first >= from && Math.min(last, page + onPage) <= from + shown.length;
    const next = Math.max(page, first - AHEAD);
    if (!there && asked.current !== next) want({ from: next });
  };

  const turnTo = (first: number) => {
    if (frame.current !== null) frame.current.scrollTop = 0;
    want({ from: first });
  };

  const focusPlace = (place: number) => {
    const element = frame.current;
    if (element === null || place < page || place >= page + onPage) return;
    const top = (place - page) * height;
    const head = element.querySelector('thead')?.clientHeight ?? 0;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + height > element.scrollTop + element.clientHeight - head)
      element.scrollTop = top + height + head - element.clientHeight;
    element.querySelector<HTMLElement>(`tr[data-place="${place}"] button`)?.focus();
  };
  const moves: Readonly<Record<string, (place: number) => number>> = {
    ArrowDown: (place) => place + 1,
    ArrowUp: (place) => place - 1,
    PageDown: (place) => Math.min(page + onPage - 1, place + PAGE),
    PageUp: (place) => Math.max(page, place - PAGE),
    Home: () => page,
    End: () => page + onPage - 1,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = event.target instanceof Element ? event.target.closest('tr[data-place]') : null;
    const move = moves[event.key];
    if (!(row instanceof HTMLElement) || move === undefined) return;
    event.preventDefault();
    focusPlace(move(Number(row.dataset['place'])));
  };

  useEffect(() => {
    const element = frame.current;
    element?.addEventListener('scroll', onScroll, { passive: true });
    element?.addEventListener('keydown', onKeyDown);
    return () => {
      element?.removeEventListener('scroll', onScroll);
      element?.removeEventListener('keydown', onKeyDown);
    };
  });

  return (
    <div class="connections">
      {(table.all > 8 || filter !== '') && (
        <div class="filter-row">
          <input
            type="search"
            class="filter"
            value={filter}
            placeholder={t('Address, port or state')}
            aria-label={t('Narrow down the connections')}
            onInput={(event) => {
              if (frame.current !== null) frame.current.scrollTop = 0;
              want({ filter: event.currentTarget.value, from: 0 });
            }}
          />
          {matching !== table.all && <span role="status">{t('{0} of {1}', matching, table.all)}</span>}
        </div>
      )}
      {matching > PER_PAGE && (
        <nav class="part-bar" aria-label={t('Parts of the list')}>
          <button
            type="button"
            class="secondary small"
            disabled={page === 0}
            onClick={() => turnTo(page - PER_PAGE)}
          >
            {t('Earlier')}
          </button>
          <span role="status">{t('Connections {0} to {1} of {2}', page + 1, page + onPage, matching)}</span>
          <button
            type="button"
            class="secondary small"
            disabled={page + onPage >= matching}
            onClick={() => turnTo(page + PER_PAGE)}
          >
            {t('Later')}
          </button>
        </nav>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section class="table-frame" ref={frame} tabIndex={0} aria-label={t('Table of connections')}>
        <table aria-rowcount={matching + 1}>
          <thead>
            <tr>
              {NAMES.map((column) => (
                <th
                  key={column}
                  class={NUMERIC.has(column) ? 'number' : ''}
                  aria-sort={sort !== column ? 'none' : down ? 'descending' : 'ascending'}
                >
                  <button
                    type="button"
                    onClick={() => want({ sort: column, down: sort === column && !down })}
                  >
                    {COLUMNS[column]()}
                    <span aria-hidden="true">{sort !== column ? '' : down ? ' ▾' : ' ▴'}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Gap rows={from - page} height={height} />
            {matching === 0 && filter !== '' && (
              <tr class="gap">
                <td class="no-match" colSpan={NAMES.length}>
                  {t('No connection has “{0}” in its addresses, ports, states or remarks.', filter)}
                </td>
              </tr>
            )}
            {shown.map((row, index) => (
              <Row key={row.index} row={row} place={from + index} chosen={row.index === chosen} />
            ))}
            <Gap rows={page + onPage - from - shown.length} height={height} />
          </tbody>
        </table>
      </section>
    </div>
  );
}

/** The room of rows that are not there. */
function Gap({ rows, height }: { readonly rows: number; readonly height: number }) {
  if (rows <= 0) return null;
  return (
    <tr class="gap">
      <td colSpan={NAMES.length} height={Math.round(rows * height)} />
    </tr>
  );
}

function Row({
  row,
  place,
  chosen,
}: {
  readonly row: ConnectionLine;
  readonly place: number;
  readonly chosen: boolean;
}) {
  return (
    <tr
      class={chosen ? 'chosen' : ''}
      data-place={place}
      aria-rowindex={place + 2}
      onClick={() => post({ type: 'capture/choose', connection: row.index })}
    >
      <td class="number">
        <button
          type="button"
          class="link-like"
          aria-pressed={chosen}
          aria-label={t('Show connection {0}', row.index + 1)}
        >
          {row.index + 1}
        </button>
      </td>
      <td class="host-A">{row.a}</td>
      <td class="host-B">{row.b}</td>
      <td class="number">{row.segments}</td>
      <td class="number">{row.bytes}</td>
      <td class="number">{formatTime(row.duration * 1000)}</td>
      <td>{row.opened}</td>
      <td>{row.ended}</td>
      <td>{row.anomaly ?? ''}</td>
    </tr>
  );
}
