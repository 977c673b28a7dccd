import { useMemo, useState } from 'preact/hooks';
import { post } from '../host.ts';
import { formatTime } from '../numbers.ts';
import type { ConnectionView } from '../protocol.ts';
import { t } from '../text.ts';

type Column = 'index' | 'a' | 'b' | 'segments' | 'bytes' | 'duration' | 'opened' | 'ended';

const COLUMNS = {
  index: () => t('No.'),
  a: () => t('Client'),
  b: () => t('Server'),
  segments: () => t('Segments'),
  bytes: () => t('Octets'),
  duration: () => t('Duration'),
  opened: () => t('Opened'),
  ended: () => t('Ended'),
} as const satisfies Record<Column, () => string>;

const NUMERIC: ReadonlySet<Column> = new Set(['index', 'segments', 'bytes', 'duration']);
/** Rows drawn at first, and more each time. */
const PAGE = 200;

function compare(a: ConnectionView, b: ConnectionView, column: Column): number {
  const one = a[column];
  const other = b[column];
  return typeof one === 'number' && typeof other === 'number'
    ? one - other
    : String(one).localeCompare(String(other), undefined, { numeric: true });
}

interface Props {
  readonly connections: readonly ConnectionView[];
  readonly chosen: number | undefined;
}

/** The connections of a capture: sort by a click on a heading, narrow down by typing. */
export function ConnectionTable({ connections, chosen }: Props) {
  const [order, setOrder] = useState<{ column: Column; down: boolean }>({ column: 'index', down: false });
  const [words, setWords] = useState('');
  const [limit, setLimit] = useState(PAGE);
  const rows = useMemo(() => {
    const wanted = words.trim().toLowerCase();
    const found = connections.filter(({ a, b, opened, ended }) =>
      `${a} ${b} ${opened} ${ended}`.toLowerCase().includes(wanted),
    );
    return found.sort((a, b) => compare(a, b, order.column) * (order.down ? -1 : 1));
  }, [connections, words, order]);
  const names = Object.keys(COLUMNS) as Column[];
  return (
    <div class="connections">
      {connections.length > 8 && (
        <input
          type="search"
          class="filter"
          value={words}
          placeholder={t('Address, port or state')}
          aria-label={t('Narrow down the connections')}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section class="table-frame" tabIndex={0} aria-label={t('Table of connections')}>
        <table>
          <thead>
            <tr>
              {names.map((column) => (
                <th
                  key={column}
                  class={NUMERIC.has(column) ? 'number' : ''}
                  aria-sort={order.column !== column ? 'none' : order.down ? 'descending' : 'ascending'}
                >
                  <button
                    type="button"
                    onClick={() => setOrder({ column, down: order.column === column && !order.down })}
                  >
                    {COLUMNS[column]()}
                    <span aria-hidden="true">{order.column !== column ? '' : order.down ? ' ▾' : ' ▴'}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, limit).map((row) => (
              <tr
                key={row.index}
                class={row.index === chosen ? 'chosen' : ''}
                onClick={() => post({ type: 'capture/choose', connection: row.index })}
              >
                <td class="number">
                  <button
                    type="button"
                    class="link-like"
                    aria-pressed={row.index === chosen}
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
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length > limit && (
          <button type="button" class="secondary" onClick={() => setLimit(limit + PAGE)}>
            {t('Show {0} more', Math.min(PAGE, rows.length - limit))}
          </button>
        )}
      </section>
    </div>
  );
}
