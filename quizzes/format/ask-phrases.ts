// What a question asks, and the moment it asks at: `ask: next segment from B`, `when: B receives FIN 2`.

import type { Ask, SegmentPart, When } from '../engine/pack.ts';
import { type Read, read, which } from './phrase-parts.ts';
import type { Reader } from './reader.ts';
import * as words from './words.ts';

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
