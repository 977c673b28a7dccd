import { useEffect, useState } from 'preact/hooks';
import { peerOf } from '../../core/timeline/timeline.ts';
import type { LabScreen } from '../../quizzes/engine/lab/lab-view.ts';
import type { LabRequest } from '../../quizzes/engine/lab/request.ts';
import type { ArrowView, TimelineView } from '../../quizzes/engine/timeline-view.ts';
import { post } from '../host.ts';
import { Icon } from '../icons.tsx';
import { useShortcuts } from '../keys.ts';
import { formatTime } from '../numbers.ts';
import { preferences } from '../store.ts';
import { t } from '../text.ts';
import { arrowLabels } from '../timeline/words.ts';
import { CallDrawer, DelayDrawer, ForgeDrawer, TimerDrawer } from './drawers.tsx';

interface Props {
  readonly lab: LabScreen;
  /** The run that changes are made in. */
  readonly latest: TimelineView;
  readonly cursor: number;
  readonly arrow: ArrowView | undefined;
}

interface ToolProps {
  readonly name: string;
  readonly keyName: string;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly primary?: boolean;
  readonly onClick: () => void;
}

function Tool({ name, keyName, disabled = false, pressed, expanded, primary = false, onClick }: ToolProps) {
  return (
    <button
      type="button"
      class={primary ? 'primary' : 'secondary'}
      disabled={disabled}
      aria-pressed={pressed}
      aria-expanded={expanded}
      onClick={onClick}
    >
      {pressed === true && <Icon name="right" />}
      {name} <kbd>{keyName}</kbd>
    </button>
  );
}

const DRAWERS = ['delay', 'forge', 'call', 'timer'] as const;
type Drawer = (typeof DRAWERS)[number];

/** Asks the host for one change. */
function request(change: LabRequest): void {
  post({ type: 'lab/do', action: { type: 'change', request: change } });
}

/** What can be done to the chosen segment, and at the chosen moment. */
export function Tools({ lab, latest, cursor, arrow }: Props) {
  const { places, overtakable, changes, prediction, predictFirst, problem } = lab;
  const [drawer, setDrawer] = useState<Drawer | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was opened belonged to the run before
  useEffect(() => setDrawer(undefined), [latest.key, prediction === undefined]);
  const place = places[cursor];
  const step = latest.steps[cursor];
  const waits = prediction !== undefined;
  const toggle = (which: Drawer) => () => setDrawer(drawer === which ? undefined : which);
  const onSegment = (make: (id: number) => LabRequest) =>
    arrow === undefined || waits ? undefined : () => request(make(arrow.id));
  const onMoment = (make: () => LabRequest) =>
    step === undefined || waits ? undefined : () => request(make());
  const lose = onSegment((id) => ({ kind: arrow?.lost ? 'deliver' : 'lose', arrow: id }));
  const twice = arrow?.lost ? undefined : onSegment((id) => ({ kind: 'duplicate', arrow: id, by: '10 ms' }));
  const overtaken =
    arrow !== undefined && overtakable.includes(arrow.id)
      ? onSegment((id) => ({ kind: 'reorder', arrow: id }))
      : undefined;
  const cut = onMoment(() => ({ kind: place?.cut ? 'heal' : 'cut', step: cursor }));
  const power = (host: 'A' | 'B') =>
    onMoment(() => ({
      kind: 'call',
      step: cursor,
      host,
      call: place?.down.includes(host) ? 'reboot' : 'crash',
    }));
  const opens = (which: Drawer, possible: boolean) => (possible && !waits ? toggle(which) : undefined);
  const late = opens('delay', arrow !== undefined && !arrow.lost);
  const forge = opens('forge', step !== undefined);
  const call = opens('call', step !== undefined);
  const timer = opens('timer', (place?.timers.length ?? 0) > 0);
  const undo =
    changes.length > 0 || waits
      ? () =>
          post({
            type: 'lab/do',
            action: { type: 'keep', count: waits ? changes.length : changes.length - 1 },
          })
      : undefined;
  const predict = () => post({ type: 'lab/do', action: { type: 'predict-first', on: !predictFirst } });
  useShortcuts({
    'd': lose,
    'l': late,
    'u': twice,
    'o': overtaken,
    'f': forge,
    'k': call,
    't': timer,
    'a': power('A'),
    'b': power('B'),
    'x': cut,
    'z': undo,
    'q': predict,
    'Escape': drawer === undefined ? undefined : () => setDrawer(undefined),
  });
  const tool = (name: string, keyName: string, run: (() => void) | undefined, which?: Drawer) => (
    <Tool
      key={keyName}
      {...{ name, keyName }}
      disabled={run === undefined}
      {...(which === undefined ? {} : { expanded: drawer === which })}
      onClick={run ?? (() => undefined)}
    />
  );
  const label = arrow && arrowLabels(latest, preferences.value.numbers)(arrow);
  const powerName = (host: 'A' | 'B') =>
    place?.down.includes(host) ? t('Reboot {0}', host) : t('Crash {0}', host);
  return (
    <div class="lab-tools">
      <div class="lab-group">
        <p class="lab-subject">
          {arrow === undefined || label === undefined
            ? t('No segment here.')
            : t('Segment {0} → {1}: {2}', arrow.from, peerOf(arrow.from), label)}
        </p>
        <div class="lab-buttons" role="toolbar" aria-label={t('To this segment')}>
          {tool(arrow?.lost ? t('Deliver') : t('Drop'), 'D', lose)}
          {tool(t('Delay…'), 'L', late, 'delay')}
          {tool(t('Duplicate'), 'U', twice)}
          {tool(t('Reorder'), 'O', overtaken)}
        </div>
      </div>
      <div class="lab-group">
        <p class="lab-subject">
          {step === undefined
            ? t('Nothing has happened yet.')
            : t('After step {0}, {1}: {2} {3}', cursor + 1, formatTime(step.at), step.host, step.what)}
        </p>
        <div class="lab-buttons" role="toolbar" aria-label={t('At this moment')}>
          {tool(t('Forge…'), 'F', forge, 'forge')}
          {tool(t('Call…'), 'K', call, 'call')}
          {tool(t('Timer…'), 'T', timer, 'timer')}
          {tool(powerName('A'), 'A', power('A'))}
          {tool(powerName('B'), 'B', power('B'))}
          {tool(place?.cut ? t('Heal the path') : t('Cut the path'), 'X', cut)}
        </div>
      </div>
      <div class="lab-group lab-end">
        <div class="lab-buttons">
          {tool(t('Undo'), 'Z', undo)}
          <Tool name={t('Predict first')} keyName="Q" pressed={predictFirst} primary onClick={predict} />
        </div>
      </div>
      {drawer === 'delay' && arrow && <DelayDrawer arrow={arrow.id} onRequest={request} />}
      {drawer === 'forge' && <ForgeDrawer view={latest} step={cursor} onRequest={request} />}
      {drawer === 'call' && <CallDrawer step={cursor} onRequest={request} />}
      {drawer === 'timer' && <TimerDrawer step={cursor} timers={place?.timers ?? []} onRequest={request} />}
      {problem !== undefined && (
        <p class="lab-problem" role="alert">
          <Icon name="note" /> {problem}
        </p>
      )}
    </div>
  );
}
