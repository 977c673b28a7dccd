// What a learner asks the lab to change, as it crosses the border and as it is kept: plain data, parsed on arrival.

import { isRecord } from '../../../core/record.ts';
import { TIMERS, type TimerName } from '../../../core/tcp/event.ts';
import { HOSTS, type HostId } from '../../../core/timeline/timeline.ts';

/** Calls that can be made at any moment, and what can befall a host. */
export const LAB_CALLS = [
  'connect',
  'listen',
  'send',
  'receive',
  'shutdown',
  'close',
  'abort',
  'keepalive',
  'exit',
  'crash',
  'reboot',
] as const;
export type LabCall = (typeof LAB_CALLS)[number];

/** A segment to forge, each part as the learner wrote it. */
export interface ForgedText {
  readonly from: HostId;
  readonly flags: string;
  readonly seq: string;
  readonly ack: string;
  readonly length: string;
}

/** One thing to happen otherwise. Arrows by their id, steps by their index, in the picture of the latest run. */
export type LabRequest =
  /** `reorder`: arrives after the next one of the same sender. */
  | { readonly kind: 'lose' | 'deliver' | 'reorder'; readonly arrow: number }
  /** `by`: a time such as "1 s". */
  | { readonly kind: 'delay' | 'duplicate'; readonly arrow: number; readonly by: string }
  | { readonly kind: 'call'; readonly step: number; readonly host: HostId; readonly call: LabCall }
  | { readonly kind: 'fire'; readonly step: number; readonly host: HostId; readonly timer: TimerName }
  | { readonly kind: 'cut' | 'heal'; readonly step: number }
  | { readonly kind: 'forge'; readonly step: number; readonly segment: ForgedText };

type Fields = Readonly<Record<string, unknown>>;
type Parser<K extends LabRequest['kind']> = (
  fields: Fields,
) => Extract<LabRequest, { readonly kind: K }> | undefined;

const MAX_TEXT = 60;
const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= -1;
const isShort = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_TEXT;
const hostOf = (value: unknown) => HOSTS.find((host) => host === value);

function aboutArrow<K extends 'lose' | 'deliver' | 'reorder'>(kind: K) {
  return ({ arrow }: Fields) => (isPlace(arrow) ? { kind, arrow } : undefined);
}

function aboutTime<K extends 'delay' | 'duplicate'>(kind: K) {
  return ({ arrow, by }: Fields) => (isPlace(arrow) && isShort(by) ? { kind, arrow, by } : undefined);
}

function aboutPath<K extends 'cut' | 'heal'>(kind: K) {
  return ({ step }: Fields) => (isPlace(step) ? { kind, step } : undefined);
}

function forgedText(value: unknown): ForgedText | undefined {
  if (!isRecord(value)) return undefined;
  const from = hostOf(value['from']);
  const { flags, seq, ack, length } = value;
  if (from === undefined || !isShort(flags) || !isShort(seq) || !isShort(ack) || !isShort(length)) {
    return undefined;
  }
  return { from, flags, seq, ack, length };
}

const PARSERS: { readonly [K in LabRequest['kind']]: Parser<K> } = {
  lose: aboutArrow('lose') as Parser<'lose'>,
  deliver: aboutArrow('deliver') as Parser<'deliver'>,
  reorder: aboutArrow('reorder') as Parser<'reorder'>,
  delay: aboutTime('delay') as Parser<'delay'>,
  duplicate: aboutTime('duplicate') as Parser<'duplicate'>,
  cut: aboutPath('cut') as Parser<'cut'>,
  heal: aboutPath('heal') as Parser<'heal'>,
  call: ({ step, host: name, call: called }) => {
    const host = hostOf(name);
    const call = LAB_CALLS.find((known) => known === called);
    return isPlace(step) && host && call ? { kind: 'call', step, host, call } : undefined;
  },
  fire: ({ step, host: name, timer: named }) => {
    const host = hostOf(name);
    const timer = TIMERS.find((known) => known === named);
    return isPlace(step) && host && timer ? { kind: 'fire', step, host, timer } : undefined;
  },
  forge: ({ step, segment: text }) => {
    const segment = forgedText(text);
    return isPlace(step) && segment ? { kind: 'forge', step, segment } : undefined;
  },
};

/** Narrows what a webview posted or a store kept; undefined when it is no request. Never throws. */
export function parseLabRequest(value: unknown): LabRequest | undefined {
  if (!isRecord(value) || typeof value['kind'] !== 'string' || !Object.hasOwn(PARSERS, value['kind'])) {
    return undefined;
  }
  return PARSERS[value['kind'] as LabRequest['kind']](value);
}
