import { peerOf } from '../core/timeline/timeline.ts';
import type { StepView, TimelineView, VariablesView } from '../quizzes/engine/timeline-view.ts';
import { formatNumber, formatTime, numberContext } from './numbers.ts';
import { RuleList } from './rule-list.tsx';
import { preferences } from './store.ts';
import { pathWords } from './timeline/words.ts';

interface Props {
  readonly view: TimelineView;
  readonly step: StepView;
}

/** SND and RCV variables after the step. RFC 9293 §3.3.1. */
function Variables({ view, step, values }: Props & { readonly values: VariablesView }) {
  const context = numberContext(view, preferences.value.numbers);
  const peer = peerOf(step.host);
  const rows = [
    ['SND.UNA', formatNumber(values.sndUna, step.host, context)],
    ['SND.NXT', formatNumber(values.sndNxt, step.host, context)],
    ['SND.WND', String(values.sndWnd)],
    ['RCV.NXT', values.rcvNxt === undefined ? '—' : formatNumber(values.rcvNxt, peer, context)],
    ['RCV.WND', String(values.rcvWnd)],
  ] as const;
  return (
    <dl class="variables">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What happened in the step at the cursor, and why. */
export function StepPanel({ view, step }: Props) {
  const changes = step.path === 'hidden' || step.path.length > 1;
  return (
    <div class="step-panel">
      <p>
        <span class={`host-name host-${step.host}`}>{view.hosts[step.host].name}</span> {step.what}
        <span class="quiet"> · {formatTime(step.at)}</span>
      </p>
      {changes && (
        <p>
          <code>{pathWords(step)}</code>
        </p>
      )}
      {[...step.app, ...step.timers.map(({ text }) => text), ...(step.doubt ? [step.doubt] : [])].map(
        (line) => (
          <p key={line} class="quiet">
            {line}
          </p>
        ),
      )}
      {step.variables && <Variables view={view} step={step} values={step.variables} />}
      {step.rules.length > 0 && <RuleList rules={step.rules} />}
    </div>
  );
}
