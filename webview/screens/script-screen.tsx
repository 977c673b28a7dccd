import { post } from '../host.ts';
import { Icon } from '../icons.tsx';
import { Pickers } from '../lesson/pickers.tsx';
import { Panel } from '../panel.tsx';
import type { ScriptScreen as Script, ScriptLineView } from '../protocol.ts';
import { Stage } from '../stage.tsx';
import { update, viewState } from '../store.ts';
import { t } from '../text.ts';
import { cursorOf } from '../timeline/moment.ts';
import { Problems } from './problem-screen.tsx';

/** A script that was run: its lines with what came of each, and the timeline of the run. */
export function ScriptScreen({ script }: { readonly script: Script }) {
  const { file, host, profile, expected, differing, lines, timeline, problems } = script;
  const cursor = cursorOf(timeline, viewState(timeline.key).cursor);
  const go = (line: ScriptLineView) => {
    if (line.step !== undefined)
      update({ kind: 'view', key: timeline.key, view: { cursor: line.step, arrow: undefined } });
    post({ type: 'script/go', line: line.number });
  };
  return (
    <div class="capture script">
      <header class="header-bar">
        <h1>{file}</h1>
        <span class="chip" role="status">
          <Mark outcome={differing === 0 ? 'ok' : 'differs'} />
          {differing === 0
            ? t('All {0} expectations came as the script has them', expected)
            : t('{0} of {1} expectations came otherwise', differing, expected)}
        </span>
        <span class="chip">{t('Under test: host {0}, profile {1}', host, profile)}</span>
        <span class="spring" />
        <Pickers />
      </header>
      <div class="capture-top">
        <Problems problems={problems} />
        <Panel fold="script" title={t('Script')}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <section class="table-frame" tabIndex={0} aria-label={t('Lines of the script')}>
            <ol class="script-lines">
              {lines.map((line) => (
                <Line key={line.number} line={line} here={line.step === cursor} onGo={() => go(line)} />
              ))}
            </ol>
          </section>
        </Panel>
      </div>
      <Stage view={timeline} begin="start" />
    </div>
  );
}

const MARKS = { ok: 'right', differs: 'wrong' } as const;

function Mark({ outcome }: Pick<ScriptLineView, 'outcome'>) {
  const name = outcome === 'unchecked' ? undefined : MARKS[outcome];
  return <span class={`script-mark ${name ?? ''}`}>{name && <Icon name={name} />}</span>;
}

const OUTCOMES = {
  ok: () => t('as expected'),
  differs: () => t('differs'),
  unchecked: () => t('not checked'),
} as const satisfies Record<ScriptLineView['outcome'], () => string>;

function Line({
  line,
  here,
  onGo,
}: {
  readonly line: ScriptLineView;
  readonly here: boolean;
  readonly onGo: () => void;
}) {
  const { number, text, outcome, says, sent } = line;
  return (
    <li class={`${outcome} ${here ? 'here' : ''}`}>
      <button type="button" class="script-line" aria-current={here ? 'step' : undefined} onClick={onGo}>
        <span class="script-number">{number}</span>
        <Mark outcome={outcome} />
        <code>{text}</code>
        <span class="only-heard">{OUTCOMES[outcome]()}</span>
      </button>
      {outcome === 'differs' && (
        <div class="script-difference">
          {says.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {sent !== undefined && (
            <p>
              {t('The core sent')} <code>{sent}</code>
            </p>
          )}
        </div>
      )}
    </li>
  );
}
