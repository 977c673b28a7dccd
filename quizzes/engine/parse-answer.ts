import { unreachable } from '../../core/result.ts';
import { ERROR_CODES } from '../../core/tcp/event.ts';
import { ACK, type Flags, PSH } from '../../core/tcp/segment.ts';
import { seq } from '../../core/tcp/seq.ts';
import { TCP_STATES, type TcpState } from '../../core/tcp/states.ts';
import type { Bilingual } from '../../core/text.ts';
import { type HostId, peerOf, type Timeline, type TimelineSymbol } from '../../core/timeline/timeline.ts';
import { formatFlags, formatState, parseFlags, parseState } from '../../core/wire/notation.ts';
import { APP_CHOICES, type Field, SENDER_CHOICES, type Value } from './ask.ts';
import type { Cut } from './cut.ts';
import { parseDuration } from './durations.ts';
import { type NumberSpace, parseNumber, type WrittenNumber } from './numbers.ts';
import { baseOf } from './project.ts';
import { MISSING_CHOICES, TIMER_CHOICES } from './socket-answers.ts';
import { seeAll } from './visibility.ts';

/** What a learner wrote in one field, understood. */
export type Written =
  | { readonly kind: 'flags'; readonly flags: Flags }
  | { readonly kind: 'seq'; readonly number: WrittenNumber }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'state'; readonly state: TcpState }
  | { readonly kind: 'duration'; readonly time: number }
  | { readonly kind: 'choice'; readonly choice: string }
  | { readonly kind: 'returned'; readonly text: string }
  | { readonly kind: 'order'; readonly letters: string };

/** What the learner can know of a run: enough to read and write numbers. */
export interface Known {
  readonly run: { readonly timeline: Timeline };
  readonly symbols: readonly TimelineSymbol[];
  /** Where the question cuts: cards of segments are made from it. */
  readonly cut?: Cut;
}

/** How the numbers of a field may be written; undefined for fields that are no sequence number. */
export function spaceOf({ ask, part }: Field, known: Known): NumberSpace | undefined {
  if (ask.kind === 'variable') return space(known, ask.variable === 'RCV.NXT' ? peerOf(ask.host) : ask.host);
  if (ask.kind !== 'segment' || (part !== 'seq' && part !== 'ack')) return undefined;
  return space(known, part === 'ack' ? peerOf(ask.host) : ask.host);
}

function space({ run: { timeline }, symbols }: Known, host: HostId): NumberSpace {
  return { host, symbols, base: baseOf(timeline, host, seeAll(timeline)) };
}

/** Reads one field; undefined when the text cannot be understood. */
export function parseField(text: string, field: Field, known: Known): Written | undefined {
  const { ask, part } = field;
  const numbers = spaceOf(field, known);
  if (numbers !== undefined) {
    const number = parseNumber(text, numbers);
    return number && { kind: 'seq', number };
  }
  switch (ask.kind) {
    case 'segment':
    case 'variable':
      return part === 'flags' ? writtenFlags(text) : writtenCount(text);
    case 'state': {
      const state = parseState(text);
      return state && { kind: 'state', state };
    }
    case 'time-left': {
      const time = parseDuration(text);
      return time === undefined ? undefined : { kind: 'duration', time };
    }
    case 'app':
      return writtenChoice(text, APP_CHOICES);
    case 'next-sender':
      return writtenChoice(text, SENDER_CHOICES);
    case 'returns':
      return writtenReturn(text);
    case 'time-until': {
      const time = parseDuration(text);
      return time === undefined ? undefined : { kind: 'duration', time };
    }
    case 'count':
    case 'sockets':
      return writtenCount(text);
    case 'next-timer': {
      if (ask.of === 'name') return writtenChoice(text, TIMER_CHOICES);
      const time = parseDuration(text);
      return time === undefined ? undefined : { kind: 'duration', time };
    }
    case 'ss': {
      if (ask.column !== 'state') return writtenCount(text);
      const state = /^(none|no line|-|没有|无)$/i.test(text.trim()) ? 'CLOSED' : parseState(text);
      return state && { kind: 'state', state };
    }
    case 'missing-call':
      return writtenChoice(text.replace(/\s*\(\)\s*$/, ''), MISSING_CHOICES);
    case 'order': {
      const letters = text
        .normalize('NFKC')
        .toLowerCase()
        .replaceAll(/[\s,;、→>-]+/g, '');
      return /^[a-h]+$/.test(letters) ? { kind: 'order', letters } : undefined;
    }
    case 'impossible': {
      const choice = text.normalize('NFKC').trim().toLowerCase();
      return /^[a-h]$/.test(choice) ? { kind: 'choice', choice } : undefined;
    }
    case 'rule': {
      const choice = ask.options.find((rule) => rule === text.trim());
      return choice && { kind: 'choice', choice };
    }
    default:
      return unreachable(ask);
  }
}

/** Words that mean the same return value. */
const RETURN_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^(blocks?|blocked|blocking|waits?|eagain|ewouldblock|einprogress|阻塞|等待)$/, 'blocks'],
  [/^(fd|socket|connection|descriptor|new (fd|socket|descriptor)|描述符|新描述符|套接字)$/, 'fd'],
  [/^eof$/, '0'],
];

/** `100`, `0`, `blocks`, `fd`, `ECONNRESET` or `-1 ECONNRESET`. */
function writtenReturn(text: string): Written | undefined {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/^-1\s*[,(:]?\s*/, '')
    .replace(/\)$/, '');
  const word = RETURN_WORDS.find(([pattern]) => pattern.test(plain.toLowerCase()))?.[1];
  if (word !== undefined) return { kind: 'returned', text: word };
  const code = ERROR_CODES.find((known) => known === plain.toUpperCase());
  if (code !== undefined) return { kind: 'returned', text: code };
  const count = writtenCount(plain);
  return count?.kind === 'count' ? { kind: 'returned', text: String(count.count) } : undefined;
}

function writtenFlags(text: string): Written | undefined {
  const flags = parseFlags(text);
  return flags === undefined ? undefined : { kind: 'flags', flags };
}

function writtenCount(text: string): Written | undefined {
  const digits = /^([0-9]{1,10})\s*(?:b|bytes?|octets?|字节|个)?$/i.exec(text.normalize('NFKC').trim())?.[1];
  return digits === undefined ? undefined : { kind: 'count', count: Number(digits) };
}

function writtenChoice(text: string, choices: Readonly<Record<string, Bilingual>>): Written | undefined {
  const choice = text.trim();
  return Object.hasOwn(choices, choice) ? { kind: 'choice', choice } : undefined;
}

/** Whether what was written means this value. PSH is the sender's own affair and never counts. */
export function means(written: Written, value: Value): boolean {
  switch (value.kind) {
    case 'flags':
      return written.kind === 'flags' && (written.flags & ~PSH) === (value.flags & ~PSH);
    case 'seq': {
      if (written.kind !== 'seq') return false;
      const { readings } = written.number;
      if (value.number !== undefined) return readings.includes(value.number);
      return readings.length === 0 || readings.includes(seq(0));
    }
    case 'count':
      return written.kind === 'count' && written.count === value.count;
    case 'state':
      return written.kind === 'state' && written.state === value.state;
    case 'duration':
      return written.kind === 'duration' && Math.abs(written.time - value.time) <= tolerance(value.time);
    case 'choice':
      return written.kind === 'choice' && written.choice === value.choice;
    case 'returned':
      return written.kind === 'returned' && written.text === value.text;
    case 'order':
      return written.kind === 'order' && written.letters === value.letters;
    default:
      return unreachable(value);
  }
}

/** Nobody is asked for milliseconds where seconds are meant: 1 in 200, so that 60 s and 59.95 s are one answer. */
function tolerance(time: number): number {
  return time >= 1000 ? time / 200 : 0;
}

/** There is no acknowledgment number without the ACK flag: an empty `ack` field then says just that. */
export function isAckLeftOut(field: Field, flags: Written | undefined): boolean {
  return field.part === 'ack' && flags?.kind === 'flags' && (flags.flags & ACK) === 0;
}

/** Control bits in the way the learner wrote theirs: `SYN ACK`, `SYN,ACK`, `SA` or `[S.]`. */
export function formatFlagsLike(given: string, flags: Flags): string {
  const names = formatFlags(flags);
  if (names.length === 0) return 'none';
  const plain = given.trim();
  if (/^\[.*\]$/.test(plain)) {
    return `[${names.map((name) => (name === 'ACK' ? '.' : name.charAt(0))).join('')}]`;
  }
  return names.join(/[^\s\w]/.exec(plain)?.[0] ?? ' ');
}

/** A state spelled as the learner spells theirs. */
export function formatStateLike(given: string, state: TcpState): string {
  const spelling = (['rfc', 'ss', 'netstat'] as const).find((style) =>
    TCP_STATES.some((known) => formatState(known, style) === given.trim().toUpperCase()),
  );
  return formatState(state, spelling ?? 'rfc');
}

const TIME_HINT: Bilingual = {
  en: 'Not understood. Write a time such as 60 s, 2 min or 500 ms.',
  'zh-CN': '看不懂。请写时间，例如 60 s、2 min 或 500 ms。',
};
const COUNT_HINT: Bilingual = {
  en: 'Not understood. Write a whole number such as 300.',
  'zh-CN': '看不懂。请写整数，例如 300。',
};
const CHOICE_HINT: Bilingual = { en: 'Choose one of the answers.', 'zh-CN': '请选择一个答案。' };

/** What would be understood in a field, for a learner whose text was not. */
export function hintForField(field: Field, known: Known): Bilingual {
  const numbers = spaceOf(field, known);
  if (numbers !== undefined) {
    const name = numbers.symbols.find(({ host }) => host === numbers.host)?.name;
    const example = name === undefined ? '4012345678, 0xef2763ce' : `${name}+1, 4012345678, 0xef2763ce`;
    const none = field.part === 'ack';
    return {
      en: `Not understood. Write it as ${example} or 301r${none ? '; “none” if there is none' : ''}.`,
      'zh-CN': `看不懂。请写成 ${example} 或 301r${none ? '；没有则写“无”' : ''}。`,
    };
  }
  switch (field.ask.kind) {
    case 'state':
      return {
        en: 'Not understood. Write a state such as SYN-RECEIVED, SYN_RCVD or ESTAB.',
        'zh-CN': '看不懂。请写状态名，例如 SYN-RECEIVED、SYN_RCVD 或 ESTAB。',
      };
    case 'time-left':
      return TIME_HINT;
    case 'segment':
    case 'variable':
      return field.part === 'flags'
        ? {
            en: 'Not understood. Choose the control bits, or write them as SYN,ACK or [S.].',
            'zh-CN': '看不懂。请选择标志位，或写成 SYN,ACK 或 [S.]。',
          }
        : COUNT_HINT;
    case 'returns':
      return {
        en: 'Not understood. Write a number such as 100 or 0, “blocks”, “fd”, or an error such as ECONNRESET.',
        'zh-CN': '看不懂。请写数字（例如 100 或 0）、“阻塞”、“fd”，或错误码，例如 ECONNRESET。',
      };
    case 'time-until':
      return TIME_HINT;
    case 'next-timer':
      return field.ask.of === 'time' ? TIME_HINT : CHOICE_HINT;
    case 'count':
    case 'sockets':
      return COUNT_HINT;
    case 'ss':
      return field.ask.column === 'state'
        ? {
            en: 'Not understood. Write a state as ss prints it, such as SYN-RECV or ESTAB; “none” if there is no line.',
            'zh-CN': '看不懂。请写 ss 显示的状态，例如 SYN-RECV 或 ESTAB；没有这一行则写“无”。',
          }
        : COUNT_HINT;
    case 'order':
      return {
        en: 'Not understood. Write the letters in order, such as b a c.',
        'zh-CN': '看不懂。请按顺序写字母，例如 b a c。',
      };
    case 'app':
    case 'next-sender':
    case 'missing-call':
    case 'impossible':
    case 'rule':
      return CHOICE_HINT;
    default:
      return unreachable(field.ask);
  }
}
