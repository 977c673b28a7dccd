import { unreachable } from '../../core/result.ts';
import type { AppResult } from '../../core/tcp/event.ts';
import { type Laws, numbersTaken, SOUND_LAWS } from '../../core/tcp/laws.ts';
import { ACK, dataOffset, type Flags, has, type Segment } from '../../core/tcp/segment.ts';
import type { Seq } from '../../core/tcp/seq.ts';
import type { TcpState } from '../../core/tcp/states.ts';
import type { Bilingual } from '../../core/text.ts';
import {
  type HostId,
  peerOf,
  type Step,
  type Timeline,
  type Transmission,
} from '../../core/timeline/timeline.ts';
import { type Cut, lastStepOf, timeAt } from './cut.ts';
import type { Ask, HostAsk, SegmentPart } from './pack.ts';
import { impossibleCards, orderCards } from './segment-cards.ts';
import {
  connectionsOf,
  countAnswer,
  missingCallAnswer,
  nextTimerAnswer,
  returnStep,
  returnsAnswer,
  socketsAnswer,
  ssAnswer,
  timeUntilAnswer,
} from './socket-answers.ts';
import { rulesOfStep } from './step-rules.ts';

/** A value a field can have. */
export type Value =
  | { readonly kind: 'flags'; readonly flags: Flags }
  /** `number` is undefined when there is none: the ack of a segment without ACK. */
  | { readonly kind: 'seq'; readonly host: HostId; readonly number: Seq | undefined }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'state'; readonly state: TcpState }
  /** Milliseconds. */
  | { readonly kind: 'duration'; readonly time: number }
  | { readonly kind: 'choice'; readonly choice: string }
  /** What a call gives back: `100`, `0`, `fd`, `blocks` or an error code. */
  | { readonly kind: 'returned'; readonly text: string }
  /** Letters of cards, in order. */
  | { readonly kind: 'order'; readonly letters: string };

/** One thing to fill in, without its answer. */
export interface Field {
  /** Unique within a question. */
  readonly name: string;
  readonly ask: Ask;
  readonly part: SegmentPart | undefined;
}

/** The right value of a field and the step that made it so. */
export interface Answer {
  readonly value: Value;
  /** Undefined when nothing has happened to it yet: a host that has done nothing is CLOSED. */
  readonly decidedIn: Step | undefined;
}

/** The fields of a question, in order. */
export function fieldsOf(asks: readonly Ask[]): Field[] {
  return asks.flatMap((ask): Field[] => {
    switch (ask.kind) {
      case 'segment':
        return ask.parts.map((part) => ({ name: `${ask.host}.${part}`, ask, part }));
      case 'variable':
        return [{ name: `${ask.host}.${ask.variable}`, ask, part: undefined }];
      case 'time-left':
        return [{ name: `${ask.host}.${ask.timer}`, ask, part: undefined }];
      case 'app':
        return [{ name: `${ask.host}.app`, ask, part: undefined }];
      default:
        return [{ name: nameOf(ask), ask, part: undefined }];
    }
  });
}

/** Of a field that is alone with its ask. */
function nameOf(ask: Exclude<Ask, { kind: 'segment' | 'variable' | 'time-left' | 'app' }>): string {
  switch (ask.kind) {
    case 'state':
      return ask.connection === undefined ? `${ask.host}.state` : `${ask.host}.state.${ask.connection}`;
    case 'next-sender':
      return 'next';
    case 'returns':
      return `${ask.host}.${ask.call ?? 'call'}.${ask.finally ? 'finally' : 'returns'}`;
    case 'time-until':
      return `until.${Object.values(ask.moment).join('.')}`;
    case 'count':
      return `${ask.host}.count.${ask.segment}.${ask.from}`;
    case 'sockets':
      return `${ask.host}.sockets.${ask.state}`;
    case 'next-timer':
      return `${ask.host}.next-timer.${ask.of}`;
    case 'ss':
      return `${ask.host}.ss.${ask.socket}.${ask.column}`;
    case 'missing-call':
      return `${ask.host}.missing-call`;
    case 'order':
    case 'impossible':
    case 'rule':
      return ask.kind;
    default:
      return unreachable(ask);
  }
}

/**
 * Reads the answer to one field from a Timeline; undefined when the Timeline has none.
 *
 * @param laws - the rules the Timeline was played by
 */
export function answerTo(
  timeline: Timeline,
  cut: Cut,
  field: Field,
  laws: Laws = SOUND_LAWS,
): Answer | undefined {
  const { ask } = field;
  switch (ask.kind) {
    case 'segment':
      return segmentAnswer(timeline, nextFrom(timeline, cut, ask.host), field.part ?? 'flags', laws);
    case 'state':
      return stateAnswer(timeline, cut, ask);
    case 'variable':
      return variableAnswer(timeline, cut, ask);
    case 'time-left':
      return timeLeftAnswer(timeline, cut, ask);
    case 'app':
      return appAnswer(timeline, cut, ask);
    case 'next-sender':
      return nextSenderAnswer(timeline, cut);
    case 'returns':
      return returnsAnswer(timeline, cut, ask);
    case 'time-until':
      return timeUntilAnswer(timeline, cut, ask);
    case 'count':
      return countAnswer(timeline, cut, ask);
    case 'sockets':
      return socketsAnswer(timeline, cut, ask);
    case 'next-timer':
      return nextTimerAnswer(timeline, cut, ask);
    case 'ss':
      return ssAnswer(timeline, cut, ask);
    case 'missing-call':
      return missingCallAnswer(timeline, cut, ask);
    case 'order': {
      const cards = orderCards(timeline, cut, ask.count);
      return cards && { value: { kind: 'order', letters: cards.right }, decidedIn: cards.decidedIn };
    }
    case 'impossible': {
      const cards = impossibleCards(timeline, cut);
      return cards && { value: { kind: 'choice', choice: cards.right }, decidedIn: cards.decidedIn };
    }
    case 'rule':
      return ruleAnswer(timeline, cut, ask, laws);
    default:
      return unreachable(ask);
  }
}

/** Its options hold one rule alone of the steps that decide. */
function ruleAnswer(
  timeline: Timeline,
  cut: Cut,
  { of, options }: Extract<Ask, { kind: 'rule' }>,
  laws: Laws,
): Answer | undefined {
  for (const field of fieldsOf(of)) {
    const decidedIn = answerTo(timeline, cut, field, laws)?.decidedIn;
    const rules = decidedIn && rulesOfStep(timeline, decidedIn);
    const choice = options.find((rule) => rules?.includes(rule));
    if (choice !== undefined) return { value: { kind: 'choice', choice }, decidedIn };
  }
  return undefined;
}

/** The first segment that a host (this one, if given) itself sends and that is not visible at the cut. */
function nextFrom(timeline: Timeline, cut: Cut, host?: HostId): Transmission | undefined {
  return timeline.transmissions
    .filter((sent) => sent.sentIn !== undefined && (host === undefined || sent.from === host))
    .filter(({ sentIn = -1 }) => sentIn > cut.step || (sentIn === cut.step && cut.shows === 'cause'))
    .reduce<Transmission | undefined>(
      (first, sent) => (first === undefined || (sent.sentIn ?? 0) < (first.sentIn ?? 0) ? sent : first),
      undefined,
    );
}

function segmentAnswer(
  timeline: Timeline,
  sent: Transmission | undefined,
  part: SegmentPart,
  laws: Laws,
): Answer | undefined {
  const decidedIn = timeline.steps[sent?.sentIn ?? -1];
  if (sent === undefined || decidedIn === undefined) return undefined;
  return { value: partOf(sent.segment, part, sent.from, laws), decidedIn };
}

/** Octets of an IPv4 header without options. */
const IPV4_HEADER = 20;

/** One part of a segment that `from` sends. */
export function partOf(segment: Segment, part: SegmentPart, from: HostId, laws: Laws = SOUND_LAWS): Value {
  switch (part) {
    case 'flags':
      return { kind: 'flags', flags: segment.flags };
    case 'seq':
      return { kind: 'seq', host: from, number: segment.seq };
    case 'ack':
      return { kind: 'seq', host: peerOf(from), number: has(segment, ACK) ? segment.ack : undefined };
    case 'length':
      return { kind: 'count', count: segment.length };
    case 'window':
      return { kind: 'count', count: segment.window };
    case 'takes':
      return { kind: 'count', count: numbersTaken(laws, segment) };
    case 'packet':
      return { kind: 'count', count: IPV4_HEADER + 4 * dataOffset(segment) + segment.length };
    default:
      return unreachable(part);
  }
}

/**
 * The step that made the answer what it is, among those up to the cut: the host's own step at a cut that hides its
 * outcome; otherwise its last step in which something happened to what is asked.
 */
export function decisiveStep(timeline: Timeline, cut: Cut, ask: HostAsk): Step | undefined {
  if (ask.kind === 'returns') return returnStep(timeline, cut, ask);
  const id =
    ask.kind === 'state' && ask.connection !== undefined
      ? connectionsOf(timeline, ask.host)[ask.connection - 1]
      : undefined;
  const own = timeline.steps
    .slice(0, cut.step + 1)
    .filter((step) => step.host === ask.host && (id === undefined || step.socket === id));
  const last = own.at(-1);
  if (last !== undefined && last.index === cut.step && cut.shows === 'cause') return last;
  return own.findLast((step) => touches(step, ask)) ?? last;
}

/** Whether something happened in the step to what is asked. */
function touches({ path, before, after, effects }: Step, ask: HostAsk): boolean {
  switch (ask.kind) {
    case 'state':
      return path.length > 1;
    case 'variable':
      return before[VARIABLES[ask.variable]] !== after[VARIABLES[ask.variable]];
    case 'time-left':
      return effects.some((effect) => effect.kind === 'arm' && effect.timer === ask.timer);
    case 'next-timer':
      return effects.some(({ kind }) => kind === 'arm' || kind === 'cancel');
    default:
      return true;
  }
}

const VARIABLES = { 'SND.UNA': 'sndUna', 'SND.NXT': 'sndNxt', 'RCV.NXT': 'rcvNxt' } as const;

function stateAnswer(timeline: Timeline, cut: Cut, ask: Extract<Ask, { kind: 'state' }>): Answer {
  const decidedIn = decisiveStep(timeline, cut, ask);
  return { value: { kind: 'state', state: decidedIn?.after.state ?? 'CLOSED' }, decidedIn };
}

function variableAnswer(
  timeline: Timeline,
  cut: Cut,
  ask: Extract<Ask, { kind: 'variable' }>,
): Answer | undefined {
  const decidedIn = decisiveStep(timeline, cut, ask);
  if (decidedIn === undefined) return undefined;
  const host = ask.variable === 'RCV.NXT' ? peerOf(ask.host) : ask.host;
  return { value: { kind: 'seq', host, number: decidedIn.after[VARIABLES[ask.variable]] }, decidedIn };
}

function timeLeftAnswer(
  timeline: Timeline,
  cut: Cut,
  ask: Extract<Ask, { kind: 'time-left' }>,
): Answer | undefined {
  const fires = lastStepOf(timeline, ask.host, cut.step)?.after.deadlines[ask.timer];
  const decidedIn = decisiveStep(timeline, cut, ask);
  if (fires === undefined || decidedIn === undefined) return undefined;
  return { value: { kind: 'duration', time: fires - timeAt(timeline, cut) }, decidedIn };
}

/** What the application can be told, as choices; the same for every question. */
export const APP_CHOICES = {
  nothing: { en: 'nothing: it goes on waiting', 'zh-CN': '什么也没有：继续等待' },
  established: { en: 'the connection is established', 'zh-CN': '连接已建立' },
  data: { en: 'data to read', 'zh-CN': '有数据可读' },
  eof: { en: 'read() returns 0 (EOF)', 'zh-CN': 'read() 返回 0 (EOF)' },
  'data+eof': { en: 'data, and then read() returns 0 (EOF)', 'zh-CN': '先有数据，然后 read() 返回 0 (EOF)' },
  closed: { en: 'the connection is closed in order', 'zh-CN': '连接正常关闭' },
  ECONNREFUSED: { en: 'ECONNREFUSED', 'zh-CN': 'ECONNREFUSED（拒绝连接）' },
  ECONNRESET: { en: 'ECONNRESET', 'zh-CN': 'ECONNRESET（连接被重置）' },
  ETIMEDOUT: { en: 'ETIMEDOUT', 'zh-CN': 'ETIMEDOUT（超时）' },
  EPIPE: { en: 'EPIPE', 'zh-CN': 'EPIPE（管道破裂）' },
} as const satisfies Record<string, Bilingual>;

function appAnswer(timeline: Timeline, cut: Cut, ask: Extract<Ask, { kind: 'app' }>): Answer | undefined {
  const decidedIn = decisiveStep(timeline, cut, ask);
  if (decidedIn === undefined) return undefined;
  const choice = appChoice(decidedIn.app);
  return Object.hasOwn(APP_CHOICES, choice) ? { value: { kind: 'choice', choice }, decidedIn } : undefined;
}

/** Several results at once are joined by a plus sign. */
function appChoice(results: readonly AppResult[]): string {
  const names = results
    .filter(({ kind }) => kind !== 'urgent')
    .map((result) => (result.kind === 'error' ? result.code : result.kind));
  return names.length === 0 ? 'nothing' : [...new Set(names)].join('+');
}

/** Who can send next, as choices; the same for every question. */
export const SENDER_CHOICES = {
  A: { en: 'A, at once', 'zh-CN': 'A，立即' },
  B: { en: 'B, at once', 'zh-CN': 'B，立即' },
  'A-timer': { en: 'A, when a timer fires', 'zh-CN': 'A，等到某个定时器到期' },
  'B-timer': { en: 'B, when a timer fires', 'zh-CN': 'B，等到某个定时器到期' },
  nobody: { en: 'nobody, unless an application makes a call', 'zh-CN': '谁也不发，除非应用程序发起调用' },
} as const satisfies Record<string, Bilingual>;

function nextSenderAnswer(timeline: Timeline, cut: Cut): Answer | undefined {
  const sent = nextFrom(timeline, cut);
  const step = timeline.steps[sent?.sentIn ?? cut.step];
  if (step === undefined) return undefined;
  const choice = senderChoice(step, cut, sent?.from);
  // What is silent was decided before: a call that comes later decides nothing of it.
  const decidedIn = choice === 'nobody' ? timeline.steps[cut.step] : step;
  return { value: { kind: 'choice', choice }, decidedIn };
}

function senderChoice(step: Step, cut: Cut, from: HostId | undefined): keyof typeof SENDER_CHOICES {
  if (from === undefined) return 'nobody';
  if (step.index === cut.step) return from;
  if (step.cause.kind === 'timer') return `${from}-timer`;
  return step.cause.kind === 'call' ? 'nobody' : from;
}
