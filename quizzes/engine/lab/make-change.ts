// From what a learner asks to what the core does: a request on the latest run becomes a Change, or a reason why not.

import { fail, ok, type Result, unreachable } from '../../../core/result.ts';
import { ms } from '../../../core/tcp/time.ts';
import type { Bilingual } from '../../../core/text.ts';
import type { Change, Scenario } from '../../../core/timeline/scenario.ts';
import { peerOf, type Timeline, type Transmission } from '../../../core/timeline/timeline.ts';
import { parseFlags } from '../../../core/wire/notation.ts';
import { parseDuration } from '../durations.ts';
import { type NumberSpace, parseNumber } from '../numbers.ts';
import { arrowId, baseOf } from '../project.ts';
import { seeAll } from '../visibility.ts';
import type { ForgedText, LabRequest } from './request.ts';

const PROBLEMS = {
  place: {
    en: 'There is no such place in this run any more. Choose a segment or a step of the picture.',
    'zh-CN': '这次运行中已没有这个位置。请在图中选择一个报文段或一个步骤。',
  },
  time: {
    en: 'This time was not understood. Write it as 200 ms, 1 s or 2 min.',
    'zh-CN': '看不懂这个时间。请写成 200 ms、1 s 或 2 min。',
  },
  order: {
    en: 'Nothing follows this segment in its direction that it could fall behind. Delay it instead.',
    'zh-CN': '同一方向上没有后续报文段可以超过它。可改为延迟。',
  },
  flags: {
    en: 'These control bits were not understood. Write them as SYN, RST ACK or [F.].',
    'zh-CN': '看不懂这些标志位。请写成 SYN、RST ACK 或 [F.]。',
  },
  seq: {
    en: 'The sequence number was not understood. Write it as x+1, 4012345678, 0xef2763ce or 301r.',
    'zh-CN': '看不懂这个序号。请写成 x+1、4012345678、0xef2763ce 或 301r。',
  },
  ack: {
    en: 'The acknowledgment number was not understood. Write it as y+1, or leave it empty when there is no ACK.',
    'zh-CN': '看不懂这个确认号。请写成 y+1；没有 ACK 时留空。',
  },
  length: {
    en: 'The length was not understood. Write a whole number of octets up to 65,000.',
    'zh-CN': '看不懂这个长度。请写不超过 65000 的整数（字节）。',
  },
} as const satisfies Record<string, Bilingual>;

type Made = Result<Change, Bilingual>;

/** The longest that a learner may hold a segment back: a day. */
const MAX_WAIT = 86_400_000;
const MAX_LENGTH = 65_000;

/** What the core is to do otherwise in `run`, which `scenario` gave; or what is wrong with the request. */
export function makeChange(run: Timeline, scenario: Scenario, request: LabRequest): Made {
  switch (request.kind) {
    case 'lose':
    case 'deliver':
    case 'reorder':
    case 'delay':
    case 'duplicate':
      return changeOfSegment(run, request);
    case 'call':
    case 'fire':
    case 'cut':
    case 'heal':
    case 'forge':
      return request.step >= 0 && request.step in run.steps
        ? changeAtStep(run, scenario, request)
        : fail(PROBLEMS.place);
    default:
      return unreachable(request);
  }
}

function changeOfSegment(run: Timeline, request: Extract<LabRequest, { readonly arrow: number }>): Made {
  const sent = run.transmissions.find(({ id }) => arrowId(run, id) === request.arrow);
  if (sent === undefined) return fail(PROBLEMS.place);
  const transmission = sent.id;
  if (request.kind === 'delay' || request.kind === 'duplicate') {
    const by = parseDuration(request.by);
    if (by === undefined || by > MAX_WAIT) return fail(PROBLEMS.time);
    return ok(
      request.kind === 'delay'
        ? { kind: 'delay', transmission, by }
        : { kind: 'duplicate', transmission, after: by },
    );
  }
  if (request.kind !== 'reorder') return ok({ kind: request.kind, transmission });
  const by = timeToFallBehind(run, sent);
  return by === undefined ? fail(PROBLEMS.order) : ok({ kind: 'delay', transmission, by: ms(by) });
}

/** Milliseconds by which a segment must be late to arrive after the next one of its sender. */
export function timeToFallBehind(run: Timeline, sent: Transmission): number | undefined {
  const { arrivesAt, id, from } = sent;
  if (arrivesAt === undefined) return undefined;
  const next = run.transmissions.find(
    (other) => other.id > id && other.from === from && (other.arrivesAt ?? -1) > arrivesAt,
  );
  return next?.arrivesAt === undefined ? undefined : next.arrivesAt - arrivesAt + 1;
}

function changeAtStep(
  run: Timeline,
  scenario: Scenario,
  request: Extract<LabRequest, { readonly step: number }>,
): Made {
  const after = request.step;
  switch (request.kind) {
    case 'fire':
      return ok({ kind: 'fire', after, host: request.host, timer: request.timer });
    case 'cut':
    case 'heal':
      return ok({ kind: 'act', after, what: { kind: request.kind } });
    case 'call': {
      const { host, call } = request;
      const length = call === 'send' ? { length: OCTETS_SENT } : {};
      return ok({ kind: 'act', after, what: { kind: 'call', host, call, ...length } });
    }
    case 'forge':
      return forge(run, scenario, after, request.segment);
    default:
      return unreachable(request);
  }
}

/** What send() is given when it is called in the lab. */
const OCTETS_SENT = 100;

function forge(run: Timeline, scenario: Scenario, after: number, text: ForgedText): Made {
  const { from } = text;
  const flags = parseFlags(text.flags);
  if (flags === undefined) return fail(PROBLEMS.flags);
  const space = (host: typeof from): NumberSpace => ({
    host,
    symbols: run.symbols,
    base: baseOf(run, host, seeAll(run)) ?? scenario.iss[host][0],
  });
  const seq = parseNumber(text.seq, space(from))?.readings[0];
  if (seq === undefined) return fail(PROBLEMS.seq);
  const written = text.ack.trim() === '' ? undefined : parseNumber(text.ack, space(peerOf(from)));
  if (text.ack.trim() !== '' && written === undefined) return fail(PROBLEMS.ack);
  const ack = written?.readings[0];
  const length = Number(text.length.trim() || '0');
  if (!Number.isSafeInteger(length) || length < 0 || length > MAX_LENGTH) return fail(PROBLEMS.length);
  const what = { kind: 'forge', from, flags, seq, length, ...(ack === undefined ? {} : { ack }) } as const;
  return ok({ kind: 'act', after, what });
}
