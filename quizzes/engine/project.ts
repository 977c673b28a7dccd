// Draws the visible part of a Timeline. It reads a step only through canSee: what may not be seen cannot leak.

import { socketTable } from '../../core/host/socket-table.ts';
import type { Endpoint } from '../../core/tcp/endpoint.ts';
import type { Effect } from '../../core/tcp/event.ts';
import { RULES, type RuleId, sourceLink, sourceText } from '../../core/tcp/rules.ts';
import { ACK, dataOffset, has } from '../../core/tcp/segment.ts';
import type { Seq } from '../../core/tcp/seq.ts';
import type { TcpState } from '../../core/tcp/states.ts';
import type { Language } from '../../core/text.ts';
import {
  type HostId,
  peerOf,
  type Step,
  type Timeline,
  type TimelineSymbol,
  type Transmission,
} from '../../core/timeline/timeline.ts';
import { ANOMALY_NAMES } from '../../core/wire/anomaly-names.ts';
import { formatFlags } from '../../core/wire/notation.ts';
import {
  appText,
  availableText,
  causeText,
  cookieText,
  doubtText,
  optionTexts,
  timerText,
} from './describe.ts';
import type {
  ArrowView,
  HostView,
  RuleView,
  StepView,
  SymbolView,
  TimelineView,
  TimerView,
} from './timeline-view.ts';
import { canSee, isSeen, seeAll, type Visibility } from './visibility.ts';

/** What a picture needs besides the Timeline. */
export interface Picture {
  readonly key: string;
  readonly visibility: Visibility;
  readonly language: Language;
  /** Names to list even while their value is unknown, or will never be. */
  readonly symbols: readonly Pick<TimelineSymbol, 'name' | 'host'>[];
  /** Whose next segment is asked. */
  readonly asked: HostId | undefined;
  /** Whether to say that something follows. */
  readonly more: boolean;
  /** Index of the Timeline's step to stand at; the last visible one when absent. */
  readonly rest?: number | undefined;
}

/** Draws what `visibility` allows. */
export function project(timeline: Timeline, picture: Picture): TimelineView {
  const seen = see(timeline, picture.visibility);
  return {
    key: picture.key,
    hosts: { A: hostView(timeline, 'A', seen, picture), B: hostView(timeline, 'B', seen, picture) },
    steps: seen.steps.map((step) => stepView(timeline, step, seen, picture)),
    arrows: seen.arrows.map((sent) => arrowView(timeline, sent, seen, picture.language)),
    symbols: symbolViews(timeline, seen, picture),
    more: picture.more,
    asked: picture.asked,
    ...restAt(seen, picture.rest),
  };
}

/** Where to stand among the visible steps: at that one, or the last before it. */
function restAt(seen: Seen, rest: number | undefined): { readonly rest?: number } {
  const place = rest === undefined ? -1 : seen.steps.findLastIndex(({ index }) => index <= rest);
  return place < 0 ? {} : { rest: place };
}

/** A whole Timeline, nothing hidden. */
export function projectAll(timeline: Timeline, key: string, language: Language): TimelineView {
  const { symbols } = timeline;
  return project(timeline, {
    key,
    visibility: seeAll(timeline),
    language,
    symbols,
    asked: undefined,
    more: false,
  });
}

/** The visible steps and transmissions, and where each stands in the view. */
interface Seen {
  readonly visibility: Visibility;
  readonly steps: readonly Step[];
  readonly arrows: readonly Transmission[];
  readonly placeOf: ReadonlyMap<number, number>;
  /** Simulated time of the last visible step. */
  readonly now: number;
}

function see(timeline: Timeline, visibility: Visibility): Seen {
  const steps = timeline.steps.filter(({ index }) => canSee(visibility, index, 'cause'));
  return {
    visibility,
    steps,
    arrows: timeline.transmissions.filter((sent) => isSeen(sent, visibility)),
    placeOf: new Map(steps.map(({ index }, place) => [index, place])),
    now: steps.at(-1)?.at ?? 0,
  };
}

function hostView(timeline: Timeline, host: HostId, seen: Seen, { language }: Picture): HostView {
  const { name, address, port } = timeline.hosts[host];
  return {
    name: hostName(host, name, language),
    address,
    port,
    initial: initialState(timeline, host, seen),
    base: baseOf(timeline, host, seen.visibility),
  };
}

const HOST_NAMES = {
  A: { en: 'Client A', 'zh-CN': '客户端 A' },
  B: { en: 'Server B', 'zh-CN': '服务器 B' },
} as const;

/** The name the pack or capture gave it; "Client A" and "Server B" otherwise. */
function hostName(host: HostId, given: string, language: Language): string {
  return given === '' || given === host ? HOST_NAMES[host][language] : given;
}

/** The state before the first visible step; a host that has done nothing yet is CLOSED. */
function initialState(timeline: Timeline, host: HostId, seen: Seen): TcpState {
  const first = seen.steps.find((step) => step.host === host);
  if (first !== undefined) return first.before.state;
  const begins =
    timeline.origin === 'capture' ? timeline.steps.find((step) => step.host === host) : undefined;
  return begins?.before.state ?? 'CLOSED';
}

/** The first sequence number of the host that can be seen: the zero of relative numbers. */
export function baseOf(timeline: Timeline, host: HostId, visibility: Visibility): Seq | undefined {
  const given = timeline.bases?.[host];
  if (given !== undefined) return given;
  return timeline.transmissions.find(
    (sent) => sent.from === host && !sent.forged && sent.copyOf === undefined && isSeen(sent, visibility),
  )?.segment.seq;
}

function stepView(timeline: Timeline, step: Step, seen: Seen, { language }: Picture): StepView {
  const sees = (facet: Parameters<typeof canSee>[2]) => canSee(seen.visibility, step.index, facet);
  const seesSockets = sees('path') && sees('variables') && sees('app');
  const { cause } = step;
  const told = timeline.origin === 'capture' ? availableText : appText;
  return {
    index: seen.placeOf.get(step.index) ?? 0,
    at: step.at,
    host: step.host,
    what: causeText(timeline, step, language),
    cause: cause.kind,
    arrow:
      cause.kind === 'arrival' || cause.kind === 'departure'
        ? arrowId(timeline, cause.transmission)
        : undefined,
    path: sees('path') ? step.path : 'hidden',
    app: sees('app') ? step.app.map((result) => told(result, language)) : [],
    timers: sees('timers') ? step.effects.flatMap((effect) => timerView(effect, step, language)) : [],
    rules: sees('rules') ? ruleViews(step.rules, language) : [],
    variables: sees('variables') ? variablesView(step.after) : undefined,
    ...(step.sockets !== undefined && seesSockets
      ? { sockets: socketTable(step.sockets).map(({ id: _, ...line }) => line) }
      : {}),
    doubt: sees('rules')
      ? (doubtText(step, language) ?? (seesSockets ? cookieText(step, language) : undefined))
      : undefined,
  };
}

function timerView(effect: Effect, step: Step, language: Language): TimerView[] {
  if (effect.kind === 'arm') {
    const after = effect.at - step.at;
    const change = effect.restarted ? 'restarted' : 'started';
    return [{ name: effect.timer, change, after, text: timerText(effect.timer, change, after, language) }];
  }
  if (effect.kind !== 'cancel') return [];
  const text = timerText(effect.timer, 'stopped', undefined, language);
  return [{ name: effect.timer, change: 'stopped', after: undefined, text }];
}

/** Rules in the learner's language; the same text once. */
export function ruleViews(ids: readonly RuleId[], language: Language): RuleView[] {
  return [...new Set(ids)].map((id) => {
    const rule = RULES[id];
    return { id, text: rule.says[language], source: sourceText(rule), href: sourceLink(rule) };
  });
}

/** Nothing before there is a connection to have variables. */
function variablesView(endpoint: Endpoint): StepView['variables'] {
  const { state, sndUna, sndNxt, sndWnd, rcvNxt, rcvWnd } = endpoint;
  if (state === 'CLOSED' || state === 'LISTEN') return undefined;
  return { sndUna, sndNxt, sndWnd, rcvNxt: state === 'SYN-SENT' ? undefined : rcvNxt, rcvWnd };
}

/** More segments than leave in one step. */
const PER_STEP = 64;

/**
 * Names an arrow by the step it belongs to: a plain count would tell of copies and forgeries still on their way. What
 * no host sent comes before all that is sent in the step where it arrives.
 */
export function arrowId(timeline: Timeline, transmission: number): number | undefined {
  const sent = timeline.transmissions[transmission];
  if (sent === undefined) return undefined;
  if (sent.sentIn === undefined) return (sent.arrivedIn ?? 0) * PER_STEP - 1;
  return sent.sentIn * PER_STEP + Math.max(0, timeline.steps[sent.sentIn]?.sent.indexOf(sent.id) ?? 0);
}

function arrowView(timeline: Timeline, sent: Transmission, seen: Seen, language: Language): ArrowView {
  const { segment } = sent;
  return {
    id: arrowId(timeline, sent.id) ?? 0,
    from: sent.from,
    flags: formatFlags(segment.flags),
    seq: segment.seq,
    ack: has(segment, ACK) ? segment.ack : undefined,
    length: segment.length,
    window: segment.window,
    urgent: segment.urgent,
    options: optionTexts(segment, language),
    rawOptions: segment.options,
    ...unusualPorts(timeline, sent),
    dataOffset: dataOffset(segment),
    purpose: sent.purpose,
    copyOf: sent.copyOf === undefined ? undefined : arrowId(timeline, sent.copyOf),
    forged: sent.forged ?? false,
    ...(sent.odd === undefined ? {} : { odd: sent.odd.map((name) => ANOMALY_NAMES[name][language]) }),
    sentAt: sent.sentAt,
    arrivesAt: hasArrived(sent, seen) ? sent.arrivesAt : undefined,
    lost: sent.lost,
    ...(sent.lossUnsure ? { lossUnsure: true } : {}),
    sentIn: place(sent.sentIn, seen),
    arrivedIn: place(sent.arrivedIn, seen),
  };
}

/** A host can have several connections. */
function unusualPorts(
  { hosts }: Timeline,
  { from, fromPort, toPort }: Transmission,
): Pick<ArrowView, 'ports'> {
  const isUsual = fromPort === hosts[from].port && toPort === hosts[peerOf(from)].port;
  return isUsual ? {} : { ports: { from: fromPort, to: toPort } };
}

function place(step: number | undefined, seen: Seen): number | undefined {
  return step === undefined ? undefined : seen.placeOf.get(step);
}

/** A segment that reached a host which was down has arrived without a step. */
function hasArrived({ arrivesAt, arrivedIn }: Transmission, { placeOf, now }: Seen): boolean {
  if (arrivedIn !== undefined) return placeOf.has(arrivedIn);
  return arrivesAt !== undefined && arrivesAt <= now;
}

/** Names that nobody has to be told of beforehand are listed once their number is seen. */
function symbolViews(timeline: Timeline, seen: Seen, { symbols }: Picture): SymbolView[] {
  const listed = symbols.map((named) => symbolView(named, timeline, seen));
  const others = timeline.symbols
    .filter(({ name }) => !symbols.some((known) => known.name === name))
    .map((named) => symbolView(named, timeline, seen))
    .filter(({ value }) => value !== undefined);
  return [...listed, ...others];
}

function symbolView(
  { name, host }: Pick<TimelineSymbol, 'name' | 'host'>,
  timeline: Timeline,
  seen: Seen,
): SymbolView {
  const symbol = timeline.symbols.find((known) => known.name === name);
  const shown = timeline.transmissions[symbol?.shownBy ?? -1];
  const value = shown !== undefined && isSeen(shown, seen.visibility) ? symbol?.value : undefined;
  return { name, host, value };
}
