// What ss or netstat listed, as a Markdown document: each state with what it means, how a socket gets there and out of it,
// and a run that leads there, drawn by the preview.

import { RULES, type RuleId, sourceText } from '../../core/tcp/rules.ts';
import { TCP_STATES, type TcpState } from '../../core/tcp/states.ts';
import { TRANSITION_TEXTS } from '../../core/tcp/transition-texts.ts';
import { ALL_TRANSITIONS, type TransitionId } from '../../core/tcp/transitions.ts';
import type { Language } from '../../core/text.ts';
import type { Step, Timeline } from '../../core/timeline/timeline.ts';
import { formatState } from '../../core/wire/notation.ts';
import type { ListedSocket } from '../../core/wire/ss-text.ts';
import { causeText } from '../engine/describe.ts';
import { formatDuration } from '../engine/durations.ts';
import { play } from '../engine/run.ts';
import { readFenced } from '../format/fenced-scenario.ts';
import { printPack } from '../format/print-pack.ts';
import { SOCKET_SCENES } from '../format/socket-scenes.ts';

const WORDS = {
  en: {
    title: (count: number) => (count === 1 ? '1 socket' : `${count} sockets`),
    colon: ': ',
    semicolon: '; ',
    joined: (sentences: readonly string[]) => sentences.join(' '),
    source: (text: string) => ` (${text})`,
    moves: (path: string) => `${path}. `,
    overview: '| state (RFC 9293) | `ss` | `netstat` | sockets | calls that are missing |',
    rows: '| line | here | peer | Recv-Q | Send-Q | remark |',
    more: (count: number) => `… and ${count} more.`,
    peers: (list: string) => `Most with ${list}.`,
    missing: (call: string) => `\`${call}()\` is missing`,
    full: 'the accept queue is full',
    unacknowledged: (count: number) => `${count} not acknowledged`,
    timer: (text: string) => `timer ${text}`,
    way: (host: string) => `How a socket gets there (${host} in the picture):`,
    out: 'What ends this state:',
    dropped:
      'A RST deletes the half-made connection of a listener; the listener stays, and the program is not told.',
    from: (host: string, state: TcpState, at: string) => `${host} is in ${state} from ${at} on:`,
    until: (host: string, state: TcpState, at: string, end: string) =>
      `${host} is in ${state} from ${at} to ${end}:`,
    closing:
      'States and times are those of the `linux` profile. **Quiz Me on This** asks about these states.',
  },
  'zh-CN': {
    title: (count: number) => `${count} 个套接字`,
    colon: '：',
    semicolon: '；',
    joined: (sentences: readonly string[]) => sentences.join(''),
    source: (text: string) => `（${text}）`,
    moves: (path: string) => `${path}。`,
    overview: '| 状态 (RFC 9293) | `ss` | `netstat` | 套接字数 | 缺少的调用 |',
    rows: '| 行 | 本端 | 对端 | Recv-Q | Send-Q | 说明 |',
    more: (count: number) => `……还有 ${count} 个。`,
    peers: (list: string) => `最多的对端：${list}。`,
    missing: (call: string) => `缺少 \`${call}()\``,
    full: '全连接队列已满',
    unacknowledged: (count: number) => `${count} 个未被确认`,
    timer: (text: string) => `定时器 ${text}`,
    way: (host: string) => `套接字如何到达这里（图中的 ${host}）：`,
    out: '什么会结束这个状态：',
    dropped: 'RST 会删除监听端的这个半连接；监听套接字不受影响，也不通知应用程序。',
    from: (host: string, state: TcpState, at: string) => `${host} 从 ${at}起处于 ${state}：`,
    until: (host: string, state: TcpState, at: string, end: string) =>
      `${host} 从 ${at}到 ${end}处于 ${state}：`,
    closing: '状态和时间按行为模式 `linux` 计算。**就此出题**会就这些状态提问。',
  },
} as const satisfies Record<Language, unknown>;

/** Rows that are shown of one state; a thousand alike tell no more. */
const MOST_ROWS = 10;
const MOST_PEERS = 3;
/** One seed for all, as in the preview. */
const SEED = 1;

/** Writes the document; `sockets` are as {@link parseSockets} gives them, at least one. */
export function socketsNote(sockets: readonly ListedSocket[], language: Language): string {
  const words = WORDS[language];
  const groups = TCP_STATES.map((state) => ({
    state,
    listed: sockets.filter((socket) => socket.state === state),
  })).filter(({ listed }) => listed.length > 0);
  const overview = groups.map(({ state, listed }) =>
    row([
      state,
      code(formatState(state, 'ss')),
      code(formatState(state, 'netstat')),
      String(listed.length),
      owedBy(listed),
    ]),
  );
  return [
    `# ${words.title(sockets.length)}`,
    [words.overview, '|---|---|---|---|---|', ...overview].join('\n'),
    words.closing,
    ...groups.flatMap(({ state, listed }) => section(state, listed, language)),
  ]
    .join('\n\n')
    .concat('\n');
}

function section(state: TcpState, listed: readonly ListedSocket[], language: Language): readonly string[] {
  const words = WORDS[language];
  const { host, scenario, waits, tells } = SOCKET_SCENES[state];
  const block = printPack({ profile: 'linux', ...scenario });
  const { plan } = readFenced(block);
  if (plan === undefined) throw new Error(`the scenario of ${state} cannot be read`);
  const { timeline } = play(plan, SEED);
  const own = timeline.steps.filter((step) => step.host === host);
  const entered = own.find(({ path }) => path.at(-1) === state);
  const left = own.find(
    ({ index, socket, path }) =>
      index > (entered?.index ?? 0) && socket === entered?.socket && path.length > 1 && path[0] === state,
  );
  const at = (step: Step | undefined) => formatDuration(step?.at ?? 0, language);
  const shown =
    left === undefined
      ? words.from(host, state, at(entered))
      : words.until(host, state, at(entered), at(left));
  return [
    `## ${state}${words.colon}${words.title(listed.length)}`,
    words.joined([waits[language], tells[language]]),
    rowsOf(listed, language),
    ...(listed.length > MOST_ROWS
      ? [words.joined([words.more(listed.length - MOST_ROWS), ...peersOf(listed, language)])]
      : []),
    ...list(words.way(host), entered === undefined ? [] : wayTo(timeline, own, entered, language)),
    ...list(words.out, waysOut(state, language)),
    shown,
    `\`\`\`tcp\n${block}\`\`\``,
  ];
}

/** Each step on the way that changes the state, with its rule. */
function wayTo(
  timeline: Timeline,
  own: readonly Step[],
  entered: Step,
  language: Language,
): readonly string[] {
  return own
    .filter(({ index, path }) => index <= entered.index && path.length > 1)
    .map((step, place) => {
      const texts = step.rules.flatMap((id) => (isTransition(id) ? [told(id, language)] : []));
      const { colon, moves } = WORDS[language];
      const cause = causeText(timeline, step, language);
      return `${place + 1}. **${cause}**${colon}${moves(step.path.join(' → '))}${texts.join(' ')}`;
    });
}

/** Nothing at all where the list is empty. */
function list(heading: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [[heading, '', ...items].join('\n')];
}

/**
 * The rows of the transition table that lead out, as they are of sockets on Linux: a connection has a socket of its own,
 * so none comes out of a listener or goes back into it; and with RFC 5961 no connection ends by a SYN.
 */
function waysOut(state: TcpState, language: Language): readonly string[] {
  const { colon, dropped, source } = WORDS[language];
  return ALL_TRANSITIONS.filter(({ from, row: { on, to } }) => {
    if (from !== state || to === state || on === 'abort') return false;
    return from === 'LISTEN' ? to === 'CLOSED' : on !== 'recv-syn' || to === 'SYN-RECEIVED';
  }).map(({ id, row: { to } }) =>
    to === 'LISTEN' && state !== 'CLOSED'
      ? `- → **CLOSED**${colon}${dropped}${source('Linux')}`
      : `- → **${to}**${colon}${told(id, language)}`,
  );
}

function told(id: TransitionId, language: Language): string {
  return `${TRANSITION_TEXTS[id][language]}${WORDS[language].source(sourceText(RULES[id]))}`;
}

function isTransition(id: RuleId): id is TransitionId {
  return id in TRANSITION_TEXTS;
}

function rowsOf(listed: readonly ListedSocket[], language: Language): string {
  const rows = listed
    .slice(0, MOST_ROWS)
    .map((socket) =>
      row([
        String(socket.line),
        code(socket.local),
        code(socket.peer),
        queue(socket.received),
        queue(socket.unsent),
        remarks(socket, language).join(WORDS[language].semicolon),
      ]),
    );
  return [WORDS[language].rows, '|---|---|---|---|---|---|', ...rows].join('\n');
}

function remarks(socket: ListedSocket, language: Language): readonly string[] {
  const words = WORDS[language];
  const { state, received, unsent, timer } = socket;
  const call = owedCall(socket);
  const listens = state === 'LISTEN';
  return [
    ...(call === undefined ? [] : [words.missing(call)]),
    ...(listens && unsent !== undefined && unsent > 0 && (received ?? 0) > unsent ? [words.full] : []),
    ...(!listens && unsent !== undefined && unsent > 0 ? [words.unacknowledged(unsent)] : []),
    ...(timer === undefined ? [] : [words.timer(timer.replace(/[|`]/g, ' '))]),
  ];
}

/** In Recv-Q a FIN that is not read yet counts as one. */
const FIN_CAME: ReadonlySet<TcpState> = new Set(['CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT']);

/**
 * What the program of a socket has not called, by the rule of the quiz's "missing call" as far as a list shows it;
 * undefined when nothing is overdue.
 */
export function owedCall({
  state,
  received = 0,
}: Pick<ListedSocket, 'state' | 'received'>): 'accept' | 'read' | 'close' | undefined {
  if (state === 'LISTEN') return received > 0 ? 'accept' : undefined;
  if (received > (FIN_CAME.has(state) ? 1 : 0)) return 'read';
  return state === 'CLOSE-WAIT' ? 'close' : undefined;
}

/** "200 × `close()`". */
function owedBy(listed: readonly ListedSocket[]): string {
  return counted(listed.flatMap((socket) => owedCall(socket) ?? []))
    .map(([call, count]) => `${count} × \`${call}()\``)
    .join(', ');
}

/** The peer of a listener, as Windows and as others print it. */
const NOBODY = /:[0*]$/;

/** A sentence on the addresses of most; with the port where they share it, as those of one service do. */
function peersOf(listed: readonly ListedSocket[], language: Language): readonly string[] {
  const peers = listed.map(({ peer }) => peer).filter((peer) => !NOBODY.test(peer));
  const most = counted(peers.map(addressOf))
    .slice(0, MOST_PEERS)
    .filter(([, count]) => count > 1)
    .map(([address, count]) => {
      const [end, ...others] = new Set(peers.filter((peer) => addressOf(peer) === address));
      return `${code(end === undefined || others.length > 0 ? address : end)} (${count})`;
    });
  return most.length === 0 ? [] : [WORDS[language].peers(most.join(', '))];
}

function addressOf(end: string): string {
  return end.slice(0, end.lastIndexOf(':'));
}

/** The most frequent first. */
function counted(words: readonly string[]): readonly (readonly [word: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Addresses hold no backticks: see ss-text.ts. */
function code(text: string): string {
  return `\`${text}\``;
}

function queue(count: number | undefined): string {
  return count === undefined ? '–' : String(count);
}
