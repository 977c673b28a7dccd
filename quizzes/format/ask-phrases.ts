// What a question asks, and the moment it asks at: `ask: next segment from B`, `when: B receives FIN 2`.

import type { HostId } from '../../core/timeline/timeline.ts';
import type { Alternative, Ask, SegmentPart, When } from '../engine/pack.ts';
import { count, duration, type Read, read, which } from './phrase-parts.ts';
import type { Reader } from './reader.ts';
import * as words from './words.ts';

/** `start`, `end`, `B receives FIN 2`, `A calls close`, `A's retransmission timer fires`, `A enters TIME-WAIT`. */
export function readWhen(text: string): Read<When> {
  return read(text, moment);
}

function moment(r: Reader): When | undefined {
  return r.either<When>(
    () => (r.skip('start') ? { kind: 'start' } : undefined),
    () => (r.skip('end') ? { kind: 'end' } : undefined),
    () => whenHost(r),
  );
}

/** One thing asked, and the text of an answer to it. */
type WrittenAlternative =
  | Exclude<Alternative, { readonly kind: 'value' }>
  | { readonly kind: 'value'; readonly ask: Ask; readonly text: string };

/** `profile linux`, `at A enters TIME-WAIT`, `within 5 s`, `within 10 %`, `state of B = CLOSED`. */
export function readAlternative(text: string): Read<WrittenAlternative> {
  return read(text, (r) =>
    r.either<WrittenAlternative>(
      () => {
        const profile = r.skip('profile') ? r.word(words.PROFILE_WORDS) : undefined;
        return profile && { kind: 'profile', profile };
      },
      () => {
        const when = r.skip('at') ? moment(r) : undefined;
        return when && { kind: 'moment', when };
      },
      () => {
        const amount = r.skip('within') ? count(r, MAX_PERCENT) : undefined;
        return amount !== undefined && r.skip('%') ? { kind: 'within', unit: 'percent', amount } : undefined;
      },
      () => {
        const time = r.skip('within') ? duration(r) : undefined;
        return time && { kind: 'within', unit: 'ms', amount: time.from };
      },
      () => {
        const what = ask(r);
        const answer =
          what && r.skip('=')
            ? r.match(/[\p{L}\p{N}[(+-][^\p{Cc}]*/u, {
                en: 'an answer, as a learner would write it',
                'zh-CN': '学习者会写的答案',
              })
            : undefined;
        return what && answer !== undefined ? { kind: 'value', ask: what, text: answer.trim() } : undefined;
      },
    ),
  );
}

/** A tolerance that is more than the time itself accepts anything. */
const MAX_PERCENT = 100;

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
    () => (r.skip('gives up') ? { kind: 'gives-up', host, which: which(r) } : undefined),
    () => (r.skip('crashes') ? { kind: 'calls', host, call: 'crash', which: which(r) } : undefined),
    () => (r.skip('reboots') ? { kind: 'calls', host, call: 'reboot', which: which(r) } : undefined),
  );
}

/** `next segment from B`, `flags and ack of next segment from B`, `state of A`, `who sends next` … */
export function readAsk(text: string): Read<Ask> {
  return read(text, ask);
}

function ask(r: Reader): Ask | undefined {
  return r.either<Ask>(
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
      const connection = r.skip('state of connection') ? count(r, MAX_CONNECTION) : undefined;
      const host = connection && r.skip('at') ? r.word(words.HOST_WORDS) : undefined;
      return connection !== undefined && host ? { kind: 'state', host, connection } : undefined;
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
    () => returns(r),
    () => {
      const moment = r.skip('time until') ? waitedFor(r) : undefined;
      return moment && { kind: 'time-until', host: moment.host, moment };
    },
    () => (r.skip('number of') ? numberOf(r) : undefined),
    () => {
      const host = r.skip('which timer fires next at') ? r.word(words.HOST_WORDS) : undefined;
      return host && { kind: 'next-timer', host, of: 'name' };
    },
    () => {
      const host = r.skip('time until the next timer fires at') ? r.word(words.HOST_WORDS) : undefined;
      return host && { kind: 'next-timer', host, of: 'time' };
    },
    () => ss(r),
    () => {
      const host = r.skip('missing call at') ? r.word(words.HOST_WORDS) : undefined;
      return host && { kind: 'missing-call', host };
    },
    () => {
      const several = r.skip('order of next') ? count(r, MAX_CARDS) : undefined;
      return several && several > 1 && r.skip('segments') ? { kind: 'order', count: several } : undefined;
    },
    () => (r.skip('impossible segment') ? { kind: 'impossible' } : undefined),
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

const MAX_CONNECTION = 1000;
/** As many as a learner can put in order. */
const MAX_CARDS = 6;

/** `what read returns at B`, `what connect finally returns at A`, `what call returns at A`. */
function returns(r: Reader): Ask | undefined {
  const what = r.word(words.RETURN_PHRASES);
  const host = what && r.word(words.HOST_WORDS);
  return what && host && { kind: 'returns', host, ...what };
}

type Waited = Extract<Ask, { readonly kind: 'time-until' }>['moment'] & { readonly host: HostId };

/** `A gives up`, `A enters CLOSED`, `connect returns at A`. */
function waitedFor(r: Reader): Waited | undefined {
  return r.either<Waited>(
    () => {
      const when = whenHost(r);
      return when !== undefined && 'host' in when ? when : undefined;
    },
    () => {
      const call = r.word(words.RETURNING_WORDS);
      const host = call && r.skip('returns at') ? r.word(words.HOST_WORDS) : undefined;
      return call && host && ({ kind: 'returns', host, call } as const);
    },
  );
}

/** `SYNs from A`, `data segments still to come from A`, `TIME-WAIT sockets at A`. */
function numberOf(r: Reader): Ask | undefined {
  return r.either<Ask>(
    () => {
      const segment = r.word(words.KINDS_WORDS);
      if (segment === undefined) return undefined;
      const from = r.skip('still to come') ? 'cut' : 'start';
      const host = r.skip('from') ? r.word(words.HOST_WORDS) : undefined;
      return host && { kind: 'count', host, segment, from };
    },
    () => {
      const state = r.word(words.STATE_WORDS);
      const host = state && r.skip('sockets at') ? r.word(words.HOST_WORDS) : undefined;
      return state && host && { kind: 'sockets', host, state };
    },
  );
}

/** `ss at B`, `ss of connection 2 at B`, `Recv-Q of ss at B`, `Send-Q of listener in ss at B`. */
function ss(r: Reader): Ask | undefined {
  return r.either<Ask>(
    () => {
      if (!r.skip('ss')) return undefined;
      const number = r.either(() => (r.skip('of connection') ? count(r, MAX_CONNECTION) : undefined));
      const host = r.skip('at') ? r.word(words.HOST_WORDS) : undefined;
      return host && { kind: 'ss', host, column: 'state', socket: number ?? 'newest' };
    },
    () => {
      const column = r.word(words.COLUMN_WORDS);
      const socket = column && queuesOf(r);
      const host = socket !== undefined && r.skip('at') ? r.word(words.HOST_WORDS) : undefined;
      return column && socket !== undefined && host ? { kind: 'ss', host, column, socket } : undefined;
    },
  );
}

function queuesOf(r: Reader): 'listener' | 'newest' | number | undefined {
  return r.either<'listener' | 'newest' | number>(
    () => (r.skip('of ss') ? 'newest' : undefined),
    () => (r.skip('of listener in ss') ? 'listener' : undefined),
    () => {
      const number = r.skip('of connection') ? count(r, MAX_CONNECTION) : undefined;
      return number !== undefined && r.skip('in ss') ? number : undefined;
    },
  );
}
