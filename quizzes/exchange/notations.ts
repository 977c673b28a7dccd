// Every way to write an answer that other systems, which know no TCP, should take as right.

import { PSH } from '../../core/tcp/segment.ts';
import { formatFlags, formatState } from '../../core/wire/notation.ts';
import type { Field, Value } from '../engine/ask.ts';
import { formatNumber } from '../engine/numbers.ts';
import { means, parseField, spaceOf } from '../engine/parse-answer.ts';
import type { Posed } from '../engine/posed.ts';
import { valueText } from '../engine/verdict.ts';

/**
 * The value of a field in every usual notation, as a textbook writes it first; each once, whatever its case.
 * Our own grading reads every one of them as this value.
 */
export function notationsOf(posed: Posed, field: Field, value: Value): readonly string[] {
  const first = valueText(posed, { field, given: '', written: undefined }, value, 'en');
  const understood = candidates(posed, field, value).filter((text) => {
    const written = parseField(text, field, posed);
    return written !== undefined && means(written, value);
  });
  return withoutRepetition([first, ...understood]);
}

/** Each text once, whatever its case: other systems compare without regard to it. */
export function withoutRepetition(texts: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return texts.filter((text) => {
    const key = text.toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function candidates(posed: Posed, field: Field, value: Value): readonly string[] {
  switch (value.kind) {
    case 'flags':
      return [...flagTexts(value.flags & ~PSH), ...flagTexts(value.flags | PSH)];
    case 'seq':
      return value.number === undefined ? NO_NUMBER : numberTexts(posed, field, value.number);
    case 'count':
      return [
        `${value.count}`,
        ...(countsOctets(field) ? ['octets', 'bytes', '字节'] : []).map((unit) => `${value.count} ${unit}`),
      ];
    case 'state':
      return stateTexts(value.state);
    case 'duration':
      return durationTexts(value.time);
    case 'returned':
      return returnTexts(value.text);
    case 'order':
      return ['', ' ', ',', ', '].map((sign) => [...value.letters].join(sign));
    case 'choice':
      return [];
  }
}

/** Segments, sockets and sequence numbers are counted without a unit. */
function countsOctets({ ask, part }: Field): boolean {
  if (ask.kind === 'ss') return ask.socket !== 'listener';
  return ask.kind === 'segment' && part !== 'takes';
}

const NO_NUMBER = ['none', '-', 'n/a', '无', '0'];

/** SYN ACK, SYN,ACK, ACK+SYN, SA, [S.] … */
function flagTexts(flags: number): string[] {
  const names = formatFlags(flags as Parameters<typeof formatFlags>[0]);
  if (names.length === 0) return ['none'];
  const orders = names.length <= 3 ? permutations(names) : [names];
  const words = orders.flatMap((order) => [' ', ',', ', ', '+', '-', '|'].map((sign) => order.join(sign)));
  const letters = orders.map((order) => order.map((name) => name.charAt(0)).join(''));
  const dotted = names.map((name) => (name === 'ACK' ? '.' : name.charAt(0))).join('');
  return [...words, ...letters, `[${dotted}]`];
}

function permutations(names: readonly string[]): string[][] {
  if (names.length < 2) return [[...names]];
  return names.flatMap((name, place) =>
    permutations([...names.slice(0, place), ...names.slice(place + 1)]).map((rest) => [name, ...rest]),
  );
}

function numberTexts(posed: Posed, field: Field, number: Parameters<typeof formatNumber>[0]): string[] {
  const space = spaceOf(field, posed);
  if (space === undefined) return [];
  const names = space.symbols.filter(({ host }) => host === space.host).map(({ name }) => name);
  const sums = names.flatMap((name) => {
    const tight = formatNumber(number, { kind: 'symbol', name }, space);
    return [tight, tight.replace(/([+-])/, ' $1 ')];
  });
  const relative = formatNumber(number, { kind: 'relative' }, space);
  return [
    ...sums,
    formatNumber(number, { kind: 'absolute' }, space),
    formatNumber(number, { kind: 'hex' }, space),
    relative,
    relative.replace(/r$/, ''),
  ];
}

function stateTexts(state: Parameters<typeof formatState>[0]): string[] {
  const official = (['rfc', 'ss', 'netstat'] as const).map((spelling) => formatState(state, spelling));
  return official
    .concat(state === 'CLOSED' ? ['none', '无'] : [])
    .flatMap((name) => [name, name.replace(/(?<=WAIT)-?(?=[12])/, '-')])
    .flatMap((name) => [
      name,
      name.replaceAll('-', '_'),
      name.replaceAll(/[-_]/g, ' '),
      name.replaceAll(/[-_]/g, ''),
    ])
    .concat(['SYN_RCVD', 'SYN-RCVD', 'LISTENING']);
}

function returnTexts(text: string): string[] {
  if (text === 'blocks') return ['block', 'blocked', 'waits', 'EAGAIN', '阻塞', '等待'];
  if (text === 'fd') return ['descriptor', 'socket', 'new descriptor', '描述符'];
  return /^E/.test(text)
    ? [`-1 ${text}`, `-1, ${text}`]
    : text === '0'
      ? ['EOF']
      : [`${text} octets`, `${text} bytes`];
}

function durationTexts(time: number): string[] {
  const seconds = Number((time / 1000).toFixed(3));
  const inSeconds = ['s', ' s', ' sec', ' seconds', ' 秒', ''].map((unit) => `${seconds}${unit}`);
  const minutes = seconds / 60;
  const inMinutes =
    time > 0 && Number.isInteger(minutes)
      ? [' min', 'min', ' minutes', ' 分钟'].map((unit) => `${minutes}${unit}`)
      : [];
  const milliseconds = Math.round(time);
  const inMilliseconds = time < 10_000 ? [`${milliseconds} ms`, `${milliseconds}ms`] : [];
  return [...inSeconds, ...inMinutes, ...inMilliseconds];
}
