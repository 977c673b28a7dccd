import { post } from '../host.ts';
import { Pickers } from '../lesson/pickers.tsx';
import { Panel } from '../panel.tsx';
import type { CaptureScreen as Capture, ConnectionLine, TableWindow } from '../protocol.ts';
import { Stage } from '../stage.tsx';
import { saved } from '../store.ts';
import { t } from '../text.ts';
import { ConnectionTable } from './connection-table.tsx';
import { PartBar } from './part-bar.tsx';
import { Problems } from './problem-screen.tsx';

/** A capture: its connections, and the timeline of the chosen one. */
export function CaptureScreen({ capture }: { readonly capture: Capture }) {
  const { file, connections, chosen, timeline, problems, reading, part } = capture;
  const table = capture.table ?? allOf(connections);
  const folded = saved.value.folded.connections;
  return (
    <div class={`capture ${folded ? 'folded' : ''} ${timeline ? '' : 'without-timeline'}`}>
      <header class="header-bar">
        <h1>{file}</h1>
        <span class="chip">{table.all === 1 ? t('1 connection') : t('{0} connections', table.all)}</span>
        {chosen !== undefined && (
          <button
            type="button"
            class="primary small"
            onClick={() => post({ type: 'capture/drill', connection: chosen })}
          >
            {t('Drill this connection')}
          </button>
        )}
        {chosen !== undefined && (
          <button
            type="button"
            class="secondary small"
            onClick={() => post({ type: 'capture/pack', connection: chosen })}
          >
            {t('Make a quiz pack')}
          </button>
        )}
        {chosen !== undefined && (
          <button
            type="button"
            class="secondary small"
            onClick={() => post({ type: 'capture/what-if', connection: chosen })}
          >
            {t('What if…')}
          </button>
        )}
        <span class="spring" />
        <Pickers />
      </header>
      <div class="capture-top">
        <Problems problems={problems} />
        {reading && <Reading {...reading} />}
        {table.all > 0 && (
          <Panel fold="connections" title={t('Connections')}>
            <ConnectionTable connections={connections} table={table} chosen={chosen} />
          </Panel>
        )}
        {part && <PartBar part={part} />}
      </div>
      {timeline ? (
        <Stage view={timeline} begin="start" />
      ) : (
        <main class="empty">
          <p>
            {connections.length > 0
              ? reading
                ? t('The timeline is drawn once the file is read.')
                : t('Choose a connection to see its life.')
              : t('No TCP connection was found in this capture.')}
          </p>
        </main>
      )}
    </div>
  );
}

/** A list that was sent whole. */
function allOf({ length }: readonly ConnectionLine[]): TableWindow {
  return { from: 0, sort: 'index', down: false, filter: '', all: length, matching: length };
}

/** How far the file is read, and a way to leave it at that. */
function Reading({ octets, size }: { readonly octets: number; readonly size: number }) {
  const megabytes = (count: number) => (count / 1e6).toFixed(1);
  return (
    <div class="reading" role="status">
      <progress value={octets} max={Math.max(1, size)} aria-label={t('Reading the file')} />
      <span>{t('{0} of {1} MB read', megabytes(octets), megabytes(size))}</span>
      <button type="button" class="secondary small" onClick={() => post({ type: 'capture/stop' })}>
        {t('Stop')}
      </button>
    </div>
  );
}
