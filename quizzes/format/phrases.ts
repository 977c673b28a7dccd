// The small language of a pack: `A: send 300`, `lose: last ACK from A`, `when: B receives FIN 2` …
// Each reader below is one rule of its grammar; docs/authoring.md shows all of them.

import { ms } from '../../core/tcp/time.ts';
import type { Bilingual } from '../../core/text.ts';
import type { Fault, NumberRef, SymbolDefinition } from '../../core/timeline/scenario.ts';
import type { Draw, PlannedAction } from '../engine/pack.ts';
import { count, draw, duration, MAX_OCTETS, type Read, read, segmentPattern } from './phrase-parts.ts';
import type { Reader } from './reader.ts';
import * as words from './words.ts';

const A_NUMBER: Bilingual = {
  en: 'a number up to 4294967295, such as 300 or 100..900',
  'zh-CN': '不超过 4294967295 的数，例如 300 或 100..900',
};

type Forge = Extract<PlannedAction['what'], { kind: 'forge' }>;

/** `2 h`, `90 s`, `1 min 30 s`, `1..5 s`: milliseconds. */
export function readDuration(text: string): Read<Draw> {
  return read(text, duration);
}

/** `300` or `100..900`. */
export function readDraw(text: string): Read<Draw> {
  return read(text, (r) => draw(r, A_NUMBER, 2 ** 32 - 1));
}

/** What the network does besides faults: `cut`, `heal`, `old SYN from A, seq A.iss - 5000`. */
export function readNetwork(text: string): Read<PlannedAction['what']> {
  return read(text, (r) =>
    r.either<PlannedAction['what']>(
      () => (r.skip('cut') ? { kind: 'cut' } : undefined),
      () => (r.skip('heal') ? { kind: 'heal' } : undefined),
      () => forge(r),
    ),
  );
}

/** `last ACK from A`. */
export function readLoss(text: string): Read<Fault> {
  return read(text, (r) => {
    const pattern = segmentPattern(r);
    return pattern && { kind: 'lose', pattern };
  });
}

/** `first SYN from A by 1 s`. */
export function readDelay(text: string): Read<Fault> {
  return read(text, (r) => {
    const pattern = segmentPattern(r);
    if (pattern === undefined || !r.skip('by')) return undefined;
    const by = duration(r);
    return by && { kind: 'delay', pattern, by: ms(by.from) };
  });
}

/** `second data from A after 200 ms`. */
export function readDuplicate(text: string): Read<Fault> {
  return read(text, (r) => {
    const pattern = segmentPattern(r);
    if (pattern === undefined || !r.skip('after')) return undefined;
    const after = duration(r);
    return after && { kind: 'duplicate', pattern, after: ms(after.from) };
  });
}

/** `A.iss`, or `seq of A's second FIN`. */
export function readSymbol(text: string, name: string): Read<SymbolDefinition> {
  return read(text, (r) =>
    r.either<SymbolDefinition>(
      () => {
        if (!r.skip('seq of')) return undefined;
        const pattern = segmentPattern(r);
        return pattern && { name, host: pattern.from, of: pattern };
      },
      () => {
        const host = r.word(words.HOST_WORDS);
        return host && r.skip('.') && r.skip('iss') ? { name, host, of: 'iss' } : undefined;
      },
    ),
  );
}

/** `old SYN from A, seq A.iss - 5000`, `forged RST from A, seq B.rcv.nxt`, `…, ack B.snd.nxt, length 100`. */
function forge(r: Reader): Forge | undefined {
  if (
    !r.either(
      () => r.skip('old') || undefined,
      () => r.skip('forged') || undefined,
    )
  )
    return undefined;
  const flags = r.word(words.FORGED_FLAGS);
  const from = flags === undefined || !r.skip('from') ? undefined : r.word(words.HOST_WORDS);
  if (flags === undefined || from === undefined || !r.skip(',') || !r.skip('seq')) return undefined;
  const seq = numberRef(r);
  if (seq === undefined) return undefined;
  const more =
    r.either(
      () => ackAndLength(r, true),
      () => ackAndLength(r, false),
    ) ?? {};
  const port = r.either(() => (r.skip(',') && r.skip('port') ? count(r, MAX_PORT) : undefined));
  const timestamp = r.either(() => (r.skip(',') && r.skip('timestamp') ? count(r, 2 ** 32 - 1) : undefined));
  return {
    kind: 'forge',
    from,
    flags,
    seq,
    length: more.length ?? 0,
    ...(more.ack && { ack: more.ack }),
    ...(port !== undefined && { port }),
    ...(timestamp !== undefined && { timestamp }),
  };
}

const MAX_PORT = 65_535;

function ackAndLength(r: Reader, withAck: boolean): { ack?: NumberRef; length?: number } | undefined {
  if (!r.skip(',')) return undefined;
  if (!withAck) return forgedLength(r);
  const ack = r.skip('ack') ? numberRef(r) : undefined;
  if (ack === undefined) return undefined;
  const more = r.either(() => (r.skip(',') ? forgedLength(r) : undefined));
  return { ack, ...more };
}

function forgedLength(r: Reader): { length: number } | undefined {
  const length = r.skip('length') ? count(r, MAX_OCTETS) : undefined;
  return length === undefined ? undefined : { length };
}

/** `A.iss - 5000`, `B.rcv.nxt`. */
function numberRef(r: Reader): NumberRef | undefined {
  const host = r.word(words.HOST_WORDS);
  const of = host && r.skip('.') ? r.word(words.NUMBER_WORDS) : undefined;
  if (host === undefined || of === undefined) return undefined;
  const sign = r.skip('+') ? 1 : r.skip('-') ? -1 : 0;
  if (sign === 0) return { host, of, plus: 0 };
  const plus = count(r);
  return plus === undefined ? undefined : { host, of, plus: sign * plus };
}
