// The small language of a pack: `A: send 300`, `lose: last ACK from A`, `when: B receives FIN 2` …
// Each reader below is one rule of its grammar; docs/authoring.md shows all of them.

import { fail, ok, type Result } from '../../core/result.ts';
import { ms } from '../../core/tcp/time.ts';
import type { Fault, NumberRef, SegmentPattern, SymbolDefinition } from '../../core/timeline/scenario.ts';
import type { HostId } from '../../core/timeline/timeline.ts';
import type { Ask, Draw, PlannedAction, SegmentPart, When, Which } from '../engine/pack.ts';
import { openReader, type PhraseProblem, type Reader } from './reader.ts';
import * as words from './words.ts';

export type Read<T> = Result<T, PhraseProblem>;

/** Enough for any lesson, little enough that no pack keeps the core busy for long. */
const MAX_OCTETS = 100_000;
const MAX_TIME = 30 * 24 * 3_600_000;

type Call = Extract<PlannedAction['what'], { kind: 'call' }>;
type Forge = Extract<PlannedAction['what'], { kind: 'forge' }>;

function read<T>(text: string, rule: (reader: Reader) => T | undefined): Read<T> {
  const reader = openReader(text);
  const value = rule(reader);
  return value !== undefined && reader.done() ? ok(value) : fail(reader.problem());
}

/** `listen`, `connect`, `connect with 300`, `send 300`, `send 100..900`, `close` … as host `host` does it. */
export function readCall(text: string, host: HostId): Read<Call> {
  return read(text, (r) =>
    r.either<Call>(
      () => {
        if (!r.skip('connect with')) return undefined;
        const length = draw(r, 'a number of octets up to 100000, such as 300 or 100..900', MAX_OCTETS);
        return length && { kind: 'call', host, call: 'connect', length };
      },
      () => {
        const call = r.word(words.CALL_WORDS);
        return call && { kind: 'call', host, call };
      },
      () => {
        if (!r.skip('send')) return undefined;
        const length = draw(r, 'a number of octets up to 100000, such as 300 or 100..900', MAX_OCTETS);
        if (length === undefined) return undefined;
        r.either(
          () => r.skip('bytes') || undefined,
          () => r.skip('octets') || undefined,
        );
        return { kind: 'call', host, call: 'send', length };
      },
    ),
  );
}

/** `2 h`, `90 s`, `1 min 30 s`, `1..5 s`: milliseconds. */
export function readDuration(text: string): Read<Draw> {
  return read(text, duration);
}

/** `300` or `100..900`. */
export function readDraw(text: string): Read<Draw> {
  return read(text, (r) => draw(r, 'a number up to 4294967295, such as 300 or 100..900', 2 ** 32 - 1));
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

/** `start`, `end`, `B receives FIN 2`, `A calls close`, `A's retransmission timer fires`, `A enters TIME-WAIT`. */
export function readWhen(text: string): Read<When> {
  return read(text, (r) =>
    r.either<When>(
      () => (r.skip('start') ? { kind: 'start' } : undefined),
      () => (r.skip('end') ? { kind: 'end' } : undefined),
      () => whenHost(r),
    ),
  );
}

function whenHost(r: Reader): When | undefined {
  const host = r.word(words.HOST_WORDS);
  if (host === undefined) return undefined;
  return r.either<When>(
    () => {
      const segment = r.skip('receives') ? r.word(words.KIND_WORDS) : undefined;
      return segment && { kind: 'receives', host, segment, which: which(r) };
    },
    () => {
      const segment = r.skip('sends') ? r.word(words.KIND_WORDS) : undefined;
      return segment && { kind: 'sends', host, segment, which: which(r) };
    },
    () => {
      const call = r.skip('calls')
        ? r.word(new Map([...words.CALL_WORDS, ['send', 'send'] as const]))
        : undefined;
      return call && { kind: 'calls', host, call, which: which(r) };
    },
    () => {
      const state = r.skip('enters') ? r.word(words.STATE_WORDS) : undefined;
      return state && { kind: 'enters', host, state, which: which(r) };
    },
    () => {
      const timer = r.skip("'s") ? r.word(words.TIMER_WORDS) : undefined;
      return timer && r.skip('timer fires') ? { kind: 'timer', host, timer, which: which(r) } : undefined;
    },
    () => (r.skip('crashes') ? { kind: 'calls', host, call: 'crash', which: which(r) } : undefined),
    () => (r.skip('reboots') ? { kind: 'calls', host, call: 'reboot', which: which(r) } : undefined),
  );
}

/** `next segment from B`, `flags and ack of next segment from B`, `state of A`, `who sends next` … */
export function readAsk(text: string): Read<Ask> {
  return read(text, (r) =>
    r.either<Ask>(
      () => (r.skip('who sends next') ? { kind: 'next-sender' } : undefined),
      () => {
        const host = r.skip('next segment from') ? r.word(words.HOST_WORDS) : undefined;
        return host && { kind: 'segment', host, parts: ['flags', 'seq', 'ack'] };
      },
      () => {
        const parts = segmentParts(r);
        const host = parts && r.skip('of next segment from') ? r.word(words.HOST_WORDS) : undefined;
        return parts && host && { kind: 'segment', host, parts };
      },
      () => {
        const host = r.skip('numbers taken by next segment from') ? r.word(words.HOST_WORDS) : undefined;
        return host && { kind: 'segment', host, parts: ['takes'] };
      },
      () => {
        const host = r.skip('state of') ? r.word(words.HOST_WORDS) : undefined;
        return host && { kind: 'state', host };
      },
      () => {
        const variable = r.word(words.VARIABLE_WORDS);
        const host = variable && r.skip('of') ? r.word(words.HOST_WORDS) : undefined;
        return variable && host && { kind: 'variable', host, variable };
      },
      () => {
        const host = r.skip('time left in TIME-WAIT at') ? r.word(words.HOST_WORDS) : undefined;
        return host && { kind: 'time-left', host, timer: 'time-wait' };
      },
      () => {
        const host = r.skip('time until') ? r.word(words.HOST_WORDS) : undefined;
        const timer = host && r.skip("'s") ? r.word(words.TIMER_WORDS) : undefined;
        return host && timer && r.skip('timer fires') ? { kind: 'time-left', host, timer } : undefined;
      },
      () => {
        const host = r.skip('what') ? r.word(words.HOST_WORDS) : undefined;
        return host && r.skip("'s") && r.skip('application sees') ? { kind: 'app', host } : undefined;
      },
      () => {
        const host = r.skip('result of read at') ? r.word(words.HOST_WORDS) : undefined;
        return host && { kind: 'app', host };
      },
    ),
  );
}

function segmentParts(r: Reader): SegmentPart[] | undefined {
  const parts: SegmentPart[] = [];
  do {
    const part = r.word(words.PART_WORDS);
    if (part === undefined) return undefined;
    if (!parts.includes(part)) parts.push(part);
  } while (
    r.either(
      () => r.skip(',') || undefined,
      () => r.skip('and') || undefined,
    )
  );
  return parts;
}

/** `last ACK from A`, `A's second FIN`, `FIN 2 from B`; without an ordinal the first. */
function segmentPattern(r: Reader): SegmentPattern | undefined {
  r.skip('the');
  return r.either<SegmentPattern>(
    () => {
      const from = r.word(words.HOST_WORDS);
      if (from === undefined || !r.skip("'s")) return undefined;
      const ordinal = r.word(words.ORDINALS);
      const kind = r.word(words.KIND_WORDS);
      return kind && { from, kind, which: ordinal ?? count(r) ?? 1 };
    },
    () => {
      const ordinal = r.word(words.ORDINALS);
      const kind = r.word(words.KIND_WORDS);
      if (kind === undefined) return undefined;
      const number = ordinal === undefined ? count(r) : undefined;
      const from = r.skip('from') ? r.word(words.HOST_WORDS) : undefined;
      return from && { from, kind, which: ordinal ?? number ?? 1 };
    },
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
  return { kind: 'forge', from, flags, seq, length: more.length ?? 0, ...(more.ack && { ack: more.ack }) };
}

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

function which(r: Reader): Which {
  return r.skip('last') ? 'last' : (count(r) ?? 1);
}

function count(r: Reader, max = 2 ** 32): number | undefined {
  const digits = r.match(/[0-9]{1,10}(?![p{L}p{N}])/, `a number up to ${max}`, (text) => Number(text) <= max);
  return digits === undefined ? undefined : Number(digits);
}

/** `300` or `100..900`. */
function draw(r: Reader, name: string, max: number): Draw | undefined {
  const found = r.match(/[0-9]{1,10}(?:\.\.[0-9]{1,10})?/, name, (text) => rangeOf(text, max) !== undefined);
  return found === undefined ? undefined : rangeOf(found, max);
}

function rangeOf(text: string, max: number): Draw | undefined {
  const [from, to] = text.split('..').map(Number);
  if (from === undefined) return undefined;
  return from <= (to ?? from) && (to ?? from) <= max ? { from, to: to ?? from } : undefined;
}

function duration(r: Reader): Draw | undefined {
  let total: Draw | undefined;
  for (;;) {
    const found = r.match(
      /[0-9]{1,10}(?:\.[0-9]{1,3})?(?:\.\.[0-9]{1,10})?/,
      'a time up to 30 days, such as 2 s or 500 ms',
      (text) => rangeOf(text, MAX_TIME) !== undefined,
    );
    const range = found === undefined ? undefined : rangeOf(found, MAX_TIME);
    if (range === undefined) return total;
    const unit = r.word(words.TIME_UNITS);
    if (unit === undefined || range.to * unit > MAX_TIME) return undefined;
    total = {
      from: (total?.from ?? 0) + range.from * unit,
      to: (total?.to ?? 0) + range.to * unit,
      ...(range.to > range.from && { step: unit }),
    };
  }
}
