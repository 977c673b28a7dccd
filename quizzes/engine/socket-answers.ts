// Answers about sockets and calls: what a call returns, what ss prints, what is still to come and when.

import type { ReturnValue } from '../../core/host/returns.ts';
import { type SocketLine, socketTable } from '../../core/host/socket-table.ts';
import type { TimerName } from '../../core/tcp/event.ts';
import type { TcpState } from '../../core/tcp/states.ts';
import type { Bilingual } from '../../core/text.ts';
import { isKind } from '../../core/timeline/pattern.ts';
import type { HostId, Step, Timeline } from '../../core/timeline/timeline.ts';
import { type Cut, findCut, givesUp, lastStepOf, timeAt } from './cut.ts';
import { TIMER_NAMES } from './describe.ts';
import type { Ask, Moment } from './pack.ts';

/** An answer as ask.ts has it, of the kinds that come from here. */
interface Answer {
  readonly value:
    | { readonly kind: 'returned'; readonly text: string }
    | { readonly kind: 'duration'; readonly time: number }
    | { readonly kind: 'count'; readonly count: number }
    | { readonly kind: 'choice'; readonly choice: string }
    | { readonly kind: 'state'; readonly state: TcpState };
  readonly decidedIn: Step | undefined;
}

type AskOf<K extends Ask['kind']> = Extract<Ask, { readonly kind: K }>;

/** Ids of a host's connections in the order they came to be. */
export function connectionsOf({ steps }: Timeline, host: HostId): readonly string[] {
  const ids = new Set<string>();
  for (const step of steps) {
    if (step.host !== host) continue;
    for (const { id, remotePort } of step.sockets ?? []) if (remotePort !== undefined) ids.add(id);
  }
  return [...ids];
}

/** A return value as a learner writes it: `100`, `0`, `fd`, `blocks`, `ECONNRESET`. */
function returnText(value: ReturnValue): string {
  switch (value.kind) {
    case 'octets':
      return String(value.count);
    case 'error':
      return value.code;
    case 'blocks':
      return 'blocks';
    case 'connection':
      return 'fd';
    default:
      return '0';
  }
}

function returnedIn(step: Step, { call }: AskOf<'returns'>): ReturnValue | undefined {
  return step.returns?.find((one) => call === undefined || one.call === call)?.value;
}

/** The step whose return value is asked: at the cut, or where the blocked call comes back. */
export function returnStep(timeline: Timeline, cut: Cut, ask: AskOf<'returns'>): Step | undefined {
  const own = timeline.steps.filter(({ host }) => host === ask.host);
  if (!ask.finally)
    return own.findLast((step) => step.index <= cut.step && returnedIn(step, ask) !== undefined);
  const at = Math.max(0, cut.step);
  return own.find((step) => {
    const value = step.index >= at ? returnedIn(step, ask) : undefined;
    return value !== undefined && value.kind !== 'blocks';
  });
}

/** What the call at the cut returns; undefined when none returns there. */
export function returnsAnswer(timeline: Timeline, cut: Cut, ask: AskOf<'returns'>): Answer | undefined {
  const decidedIn = returnStep(timeline, cut, ask);
  const value = decidedIn && returnedIn(decidedIn, ask);
  return value && { value: { kind: 'returned', text: returnText(value) }, decidedIn };
}

/** The next such moment after the cut. */
function nextMoment(timeline: Timeline, cut: Cut, moment: Moment): Step | undefined {
  if (moment.kind === 'returns') {
    return timeline.steps.find(
      ({ index, host, returns = [] }) =>
        index >= cut.step &&
        host === moment.host &&
        returns.some(({ call, value }) => call === moment.call && value.kind !== 'blocks'),
    );
  }
  if (!('which' in moment)) return timeline.steps.at(-1);
  for (let which = 1; ; which += 1) {
    const found = findCut(timeline, { ...moment, which });
    if (found === undefined) return undefined;
    if (found.step <= cut.step) continue;
    const wanted = moment.which === 'last' ? moment : { ...moment, which: which - 1 + moment.which };
    return timeline.steps[findCut(timeline, wanted)?.step ?? -1];
  }
}

/** Milliseconds from the cut to the next such moment; undefined when it never comes. */
export function timeUntilAnswer(timeline: Timeline, cut: Cut, ask: AskOf<'time-until'>): Answer | undefined {
  const decidedIn = nextMoment(timeline, cut, ask.moment);
  return decidedIn && { value: { kind: 'duration', time: decidedIn.at - timeAt(timeline, cut) }, decidedIn };
}

/** How many such segments the host sends, in all or from the cut on. */
export function countAnswer(timeline: Timeline, cut: Cut, ask: AskOf<'count'>): Answer {
  const sent = timeline.transmissions.filter(
    ({ from, sentIn, segment, purpose }) =>
      from === ask.host &&
      sentIn !== undefined &&
      isKind(segment, purpose, ask.segment) &&
      (ask.from === 'start' || sentIn > cut.step || (sentIn === cut.step && cut.shows === 'cause')),
  );
  const last = timeline.steps[sent.at(-1)?.sentIn ?? cut.step];
  const end = timeline.steps.find(
    (step) => step.host === ask.host && givesUp(step) && step.index > (last?.index ?? 0),
  );
  return { value: { kind: 'count', count: sent.length }, decidedIn: end ?? last };
}

/** Every running timer of the host once the cut's step is over, the soonest first. */
function runningTimers(step: Step): readonly (readonly [TimerName, number])[] {
  const endpoints = step.sockets?.map(({ endpoint }) => endpoint) ?? [step.after];
  const running = endpoints.flatMap(({ deadlines }) => Object.entries(deadlines) as [TimerName, number][]);
  return running.sort(([, one], [, other]) => one - other);
}

/** Timers as choices, the same for every question. */
export const TIMER_CHOICES: Readonly<Record<TimerName | 'none', Bilingual>> = {
  ...TIMER_NAMES,
  none: { en: 'none is running', 'zh-CN': '没有定时器在运行' },
};

/** Which timer of the host fires first, or when; undefined when two fire at once. */
export function nextTimerAnswer(timeline: Timeline, cut: Cut, ask: AskOf<'next-timer'>): Answer | undefined {
  const decidedIn = lastStepOf(timeline, ask.host, cut.step);
  if (decidedIn === undefined) return undefined;
  const [first, second] = runningTimers(decidedIn);
  if (ask.of === 'time') {
    return first && { value: { kind: 'duration', time: first[1] - timeAt(timeline, cut) }, decidedIn };
  }
  if (first !== undefined && second !== undefined && first[1] === second[1] && first[0] !== second[0])
    return undefined;
  return { value: { kind: 'choice', choice: first?.[0] ?? 'none' }, decidedIn };
}

/** The line of ss that is asked about; undefined when there is none. */
function lineOf(timeline: Timeline, step: Step, { host, socket }: AskOf<'ss'>): SocketLine | undefined {
  const table = socketTable(step.sockets ?? []);
  if (socket === 'listener') return table.find(({ remotePort }) => remotePort === undefined);
  if (socket === 'newest') return table.findLast(({ remotePort }) => remotePort !== undefined);
  const id = connectionsOf(timeline, host)[socket - 1];
  return table.find((line) => line.id === id);
}

/** A column of the line that `ss` prints of the host’s socket; CLOSED stands for no line. */
export function ssAnswer(timeline: Timeline, cut: Cut, ask: AskOf<'ss'>): Answer | undefined {
  return sinceWhen(timeline, cut, ask.host, (step) => {
    if (step.sockets === undefined) return undefined;
    const line = lineOf(timeline, step, ask);
    if (ask.column === 'state') return { kind: 'state', state: line?.state ?? 'CLOSED' };
    return line && { kind: 'count', count: ask.column === 'recv-q' ? line.recvQ : line.sendQ };
  });
}

/** How many sockets of the host are in that state. */
export function socketsAnswer(timeline: Timeline, cut: Cut, ask: AskOf<'sockets'>): Answer | undefined {
  return sinceWhen(timeline, cut, ask.host, ({ sockets }) => {
    if (sockets === undefined) return undefined;
    return { kind: 'count', count: socketTable(sockets).filter(({ state }) => state === ask.state).length };
  });
}

/** What a program can have forgotten, as choices. */
export const MISSING_CHOICES = {
  accept: { en: 'accept()', 'zh-CN': 'accept()' },
  close: { en: 'close()', 'zh-CN': 'close()' },
  connect: { en: 'connect()', 'zh-CN': 'connect()' },
  listen: { en: 'listen()', 'zh-CN': 'listen()' },
  read: { en: 'read()', 'zh-CN': 'read()' },
  write: { en: 'write()', 'zh-CN': 'write()' },
} as const satisfies Record<string, Bilingual>;

/** Undefined when no call is overdue: a peer may well be waited for. */
export function missingCallAnswer(
  timeline: Timeline,
  cut: Cut,
  { host }: AskOf<'missing-call'>,
): Answer | undefined {
  return sinceWhen(timeline, cut, host, (step) => {
    const choice = missingCall(step);
    return choice && { kind: 'choice', choice };
  });
}

function missingCall({ sockets = [] }: Step): keyof typeof MISSING_CHOICES | undefined {
  if (sockets.some(({ waitsAt, endpoint }) => waitsAt !== undefined && endpoint.state !== 'SYN-RECEIVED'))
    return 'accept';
  if (sockets.some(({ endpoint }) => endpoint.unread > 0)) return 'read';
  return sockets.some(({ endpoint }) => endpoint.state === 'CLOSE-WAIT') ? 'close' : undefined;
}

/** The answer at the cut, decided in the first step of the host since which it has been that: tools show it from then on. */
function sinceWhen(
  timeline: Timeline,
  cut: Cut,
  host: HostId,
  answerAfter: (step: Step) => Answer['value'] | undefined,
): Answer | undefined {
  let answer: Answer | undefined;
  for (const step of timeline.steps.slice(0, cut.step + 1)) {
    if (step.host !== host) continue;
    const value = answerAfter(step);
    if (value === undefined) answer = undefined;
    else if (JSON.stringify(value) !== JSON.stringify(answer?.value)) answer = { value, decidedIn: step };
  }
  return answer;
}
