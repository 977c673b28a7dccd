import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { HOSTS, type HostId, peerOf } from '../../core/timeline/timeline.ts';
import type { LabPlace } from '../../quizzes/engine/lab/lab-view.ts';
import { LAB_CALLS, type LabCall, type LabRequest } from '../../quizzes/engine/lab/request.ts';
import type { TimelineView } from '../../quizzes/engine/timeline-view.ts';
import { FlagsChips, FlagsText } from '../lesson/flags-field.tsx';
import { formatNumber, numberContext } from '../numbers.ts';
import { t } from '../text.ts';

interface DrawerProps {
  readonly title: string;
  readonly submit?: string;
  readonly onSubmit?: () => void;
  readonly children: ComponentChildren;
}

/** What more has to be said of a change; the keyboard goes to its first field. */
function Drawer({ title, submit, onSubmit, children }: DrawerProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('input, select, button')?.focus(), []);
  return (
    <form
      class="lab-drawer"
      ref={form}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit?.();
      }}
    >
      <strong>{title}</strong>
      {children}
      {submit !== undefined && (
        <button type="submit" class="primary">
          {submit}
        </button>
      )}
    </form>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly size?: number;
  readonly onChange: (value: string) => void;
}

function Text({ label, value, size = 12, onChange }: TextProps) {
  return (
    <label class="boxed">
      <span class="boxed-label">{label}</span>
      <input
        type="text"
        value={value}
        size={size}
        maxLength={60}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}

interface HostProps {
  readonly label: string;
  readonly value: HostId;
  readonly onChange: (host: HostId) => void;
}

function HostPicker({ label, value, onChange }: HostProps) {
  return (
    <label class={`boxed host-${value}`}>
      <span class="boxed-label">{label}</span>
      <select
        value={value}
        onChange={(event) => onChange(HOSTS.find((host) => host === event.currentTarget.value) ?? value)}
      >
        {HOSTS.map((host) => (
          <option key={host} value={host}>
            {host}
          </option>
        ))}
      </select>
    </label>
  );
}

interface Asking {
  readonly onRequest: (request: LabRequest) => void;
}

/** How much later. */
export function DelayDrawer({ arrow, onRequest }: Asking & { readonly arrow: number }) {
  const [by, setBy] = useState('1 s');
  return (
    <Drawer
      title={t('Delay this segment')}
      submit={t('Delay')}
      onSubmit={() => onRequest({ kind: 'delay', arrow, by })}
    >
      <Text label={t('by')} value={by} size={8} onChange={setBy} />
    </Drawer>
  );
}

/** Which call, and who makes it. */
export function CallDrawer({ step, onRequest }: Asking & { readonly step: number }) {
  const [host, setHost] = useState<HostId>('A');
  const [call, setCall] = useState<LabCall>('close');
  return (
    <Drawer
      title={t('Make a call')}
      submit={t('Call')}
      onSubmit={() => onRequest({ kind: 'call', step, host, call })}
    >
      <HostPicker label={t('at host')} value={host} onChange={setHost} />
      <label class="boxed">
        <span class="boxed-label">{t('call')}</span>
        <select
          value={call}
          onChange={(event) => setCall(LAB_CALLS.find((name) => name === event.currentTarget.value) ?? call)}
        >
          {LAB_CALLS.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </Drawer>
  );
}

/** Which of the running timers fires now. */
export function TimerDrawer({
  step,
  timers,
  onRequest,
}: Asking & { readonly step: number } & Pick<LabPlace, 'timers'>) {
  return (
    <Drawer title={t('Let a timer fire now')}>
      {timers.map(({ host, timer, text }) => (
        <button
          key={`${host}${timer}`}
          type="button"
          class="secondary"
          onClick={() => onRequest({ kind: 'fire', step, host, timer })}
        >
          {text}
        </button>
      ))}
    </Drawer>
  );
}

/** The numbers that `from` itself would send at that step, as a beginning. */
function numbersAt(view: TimelineView, step: number, from: HostId) {
  const context = numberContext(view, 'symbolic');
  const values = view.steps.findLast((each) => each.index <= step && each.host === from)?.variables;
  return {
    seq: values === undefined ? '' : formatNumber(values.sndNxt, from, context),
    ack: values?.rcvNxt === undefined ? '' : formatNumber(values.rcvNxt, peerOf(from), context),
  };
}

/** A segment that no host sent. */
export function ForgeDrawer({
  view,
  step,
  onRequest,
}: Asking & { readonly view: TimelineView; readonly step: number }) {
  const [segment, setSegment] = useState({
    from: 'A' as HostId,
    flags: 'RST',
    length: '0',
    ...numbersAt(view, step, 'A'),
    ack: '',
  });
  const set = (part: Partial<typeof segment>) => setSegment({ ...segment, ...part });
  const flags = {
    label: t('flags'),
    value: segment.flags,
    disabled: false,
    onChange: (value: string) => set({ flags: value }),
  };
  return (
    <Drawer
      title={t('Forge a segment')}
      submit={t('Forge')}
      onSubmit={() => onRequest({ kind: 'forge', step, segment })}
    >
      <HostPicker
        label={t('seemingly from')}
        value={segment.from}
        onChange={(from) => set({ from, ...numbersAt(view, step, from), ack: segment.ack })}
      />
      <FlagsChips id="lab-flags" {...flags} />
      <FlagsText {...flags} />
      <Text label="seq" value={segment.seq} onChange={(seq) => set({ seq })} />
      <Text label="ack" value={segment.ack} onChange={(ack) => set({ ack })} />
      <Text label={t('length')} value={segment.length} size={5} onChange={(length) => set({ length })} />
    </Drawer>
  );
}
