import type { HostId } from '../../core/timeline/timeline.ts';
import type { TimelineView } from '../../quizzes/engine/timeline-view.ts';
import { SS_HEADINGS, ssText, tcpdumpLines } from '../../quizzes/engine/tool-texts.ts';
import { t } from '../text.ts';

interface Props {
  readonly tool: 'ss' | 'tcpdump';
  readonly view: TimelineView;
  readonly cursor: number;
}

const HOSTS: readonly HostId[] = ['A', 'B'];
const COMMANDS = { ss: 'ss -tan', tcpdump: 'tcpdump -n tcp' } as const;

/** What ss or tcpdump prints on both hosts at the step of the cursor. */
export function ToolPane({ tool, view, cursor }: Props) {
  return (
    <div class="tool-pane">
      {HOSTS.map((host) => (
        <section key={host} class={`host-${host}`}>
          <h3>
            <span>{view.hosts[host].name}</span> <code>$ {COMMANDS[tool]}</code>
          </h3>
          {tool === 'ss' ? (
            <Ss view={view} host={host} cursor={cursor} />
          ) : (
            <Output
              host={view.hosts[host].name}
              lines={tcpdumpLines(view, host, cursor)}
              nothing={t('No segment so far.')}
              wraps
            />
          )}
        </section>
      ))}
    </div>
  );
}

function Ss({
  view,
  host,
  cursor,
}: {
  readonly view: TimelineView;
  readonly host: HostId;
  readonly cursor: number;
}) {
  const text = ssText(view, host, cursor);
  const { name } = view.hosts[host];
  if (text === undefined) {
    const isCapture = view.steps.every((step) => step.sockets === undefined);
    return (
      <p class="unknown">
        {isCapture
          ? t('Not known here: only a run shows the sockets of a host.')
          : t('Hidden while you are asked.')}
      </p>
    );
  }
  return (
    <>
      <Output host={name} lines={[SS_HEADINGS, ...text.lines]} nothing="" />
      {text.before !== undefined && (
        <p class="unknown">
          {t('As it was before step {0}: what that step does is asked.', text.before + 1)}
        </p>
      )}
    </>
  );
}

interface OutputProps {
  readonly host: string;
  readonly lines: readonly string[];
  readonly nothing: string;
  /** Where a line is too long it may be broken: the columns of a table may not. */
  readonly wraps?: boolean;
}

function Output({ host, lines, nothing, wraps = false }: OutputProps) {
  if (lines.length === 0) return <p class="unknown">{nothing}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="output" tabIndex={0} aria-label={t('Output on {0}', host)}>
      <pre class={wraps ? 'wraps' : ''}>
        {lines.map((line) => (
          <code key={line}>{line}</code>
        ))}
      </pre>
    </section>
  );
}
