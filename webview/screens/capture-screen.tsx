import { post } from '../host.ts';
import { Pickers } from '../lesson/pickers.tsx';
import { Panel } from '../panel.tsx';
import type { CaptureScreen as Capture } from '../protocol.ts';
import { Stage } from '../stage.tsx';
import { saved } from '../store.ts';
import { t } from '../text.ts';
import { ConnectionTable } from './connection-table.tsx';
import { Problems } from './problem-screen.tsx';

/** A capture: its connections, and the timeline of the chosen one. */
export function CaptureScreen({ capture }: { readonly capture: Capture }) {
  const { file, connections, chosen, timeline, problems } = capture;
  const folded = saved.value.folded.connections;
  return (
    <div class={`capture ${folded ? 'folded' : ''} ${timeline ? '' : 'without-timeline'}`}>
      <header class="header-bar">
        <h1>{file}</h1>
        <span class="chip">
          {connections.length === 1 ? t('1 connection') : t('{0} connections', connections.length)}
        </span>
        {chosen !== undefined && (
          <button
            type="button"
            class="primary small"
            onClick={() => post({ type: 'capture/drill', connection: chosen })}
          >
            {t('Drill this connection')}
          </button>
        )}
        <span class="spring" />
        <Pickers />
      </header>
      <div class="capture-top">
        <Problems problems={problems} />
        {connections.length > 0 && (
          <Panel fold="connections" title={t('Connections')}>
            <ConnectionTable connections={connections} chosen={chosen} />
          </Panel>
        )}
      </div>
      {timeline ? (
        <Stage view={timeline} begin="start" />
      ) : (
        <main class="empty">
          <p>
            {connections.length > 0
              ? t('Choose a connection to see its life.')
              : t('No TCP connection was found in this capture.')}
          </p>
        </main>
      )}
    </div>
  );
}
