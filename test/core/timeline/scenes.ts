import { PROFILES, type ProfileId } from '../../../core/tcp/profiles.ts';
import { ACK, type Flags, RST, SYN } from '../../../core/tcp/segment.ts';
import { seq } from '../../../core/tcp/seq.ts';
import { type Ms, ms } from '../../../core/tcp/time.ts';
import type { Action, Fault, NumberRef, Scenario, SegmentKind } from '../../../core/timeline/scenario.ts';
import type { CallName, HostId } from '../../../core/timeline/timeline.ts';

const SETTLED = { kind: 'settled' } as const;
const TOGETHER = { kind: 'with-previous' } as const;

export function call(host: HostId, name: CallName, length?: number): Action {
  return {
    when: SETTLED,
    what: { kind: 'call', host, call: name, ...(length === undefined ? {} : { length }) },
  };
}

/** At the same moment as the line before. */
export function and(action: Action): Action {
  return { ...action, when: TOGETHER };
}

/** So long after the line before. */
export function after(wait: Ms, action: Action): Action {
  return { ...action, when: { kind: 'after', wait } };
}

export function forge(from: HostId, flags: Flags, number: NumberRef, ack?: NumberRef): Action {
  return {
    when: SETTLED,
    what: { kind: 'forge', from, flags, seq: number, length: 0, ...(ack === undefined ? {} : { ack }) },
  };
}

export function network(kind: 'cut' | 'heal'): Action {
  return { when: SETTLED, what: { kind } };
}

export function lose(from: HostId, kind: SegmentKind, which: number | 'last' | 'every' = 1): Fault {
  return { kind: 'lose', pattern: { from, kind, which } };
}

export function scenario(
  script: readonly Action[],
  options: {
    readonly faults?: readonly Fault[];
    readonly profile?: ProfileId;
    /** A's and B's; a list when an end opens more than once. */
    readonly iss?: readonly [number | readonly number[], number | readonly number[]];
  } = {},
): Scenario {
  const [x, y] = options.iss ?? [100, 300];
  return {
    profile: PROFILES[options.profile ?? 'textbook'],
    hosts: {
      A: { name: 'A', address: '192.0.2.1', port: 51_000 },
      B: { name: 'B', address: '192.0.2.2', port: 80 },
    },
    iss: { A: [x].flat().map(seq), B: [y].flat().map(seq) },
    delay: ms(30),
    script,
    faults: options.faults ?? [],
    symbols: [
      { name: 'x', host: 'A', of: 'iss' },
      { name: 'y', host: 'B', of: 'iss' },
      { name: 'u', host: 'A', of: { from: 'A', kind: 'FIN', which: 1 } },
      { name: 'w', host: 'B', of: { from: 'B', kind: 'FIN', which: 1 } },
    ],
  };
}

const OPEN = [call('B', 'listen'), call('A', 'connect')];
const CLOSE = [call('A', 'close'), call('B', 'close')];
const BOTH = [call('A', 'close'), and(call('B', 'close'))];

/** One scenario for everything the life of a connection can meet; each has its golden Timeline. */
export const SCENES: Readonly<Record<string, Scenario>> = {
  'three-way-handshake': scenario(OPEN),
  'four-way-close': scenario([
    ...OPEN,
    call('A', 'send', 300),
    call('A', 'close'),
    call('B', 'send', 100),
    call('B', 'close'),
  ]),
  'server-closes-first': scenario([...OPEN, call('B', 'close'), call('A', 'close')]),
  'three-segment-close': scenario([...OPEN, call('B', 'close-at-eof'), call('A', 'close')]),
  'simultaneous-open': scenario([call('A', 'connect'), and(call('B', 'connect')), ...CLOSE]),
  'simultaneous-close': scenario([...OPEN, ...BOTH]),
  'syn-lost': scenario(OPEN, { faults: [lose('A', 'SYN')] }),
  'syn-always-lost': scenario(OPEN, { faults: [lose('A', 'SYN', 'every')] }),
  'syn-ack-lost': scenario(OPEN, { faults: [lose('B', 'SYN-ACK')] }),
  'third-ack-lost': scenario(OPEN, { faults: [lose('A', 'ACK')] }),
  'third-ack-lost-then-data': scenario([...OPEN, after(ms(65), call('A', 'send', 10))], {
    faults: [lose('A', 'ACK')],
  }),
  'data-lost': scenario([...OPEN, call('A', 'send', 3000)], { faults: [lose('A', 'data', 1)] }),
  'ack-of-data-lost': scenario([...OPEN, call('A', 'send', 10)], { faults: [lose('B', 'ACK')] }),
  'fin-lost': scenario([...OPEN, ...CLOSE], { faults: [lose('A', 'FIN')] }),
  'ack-of-fin-lost': scenario([...OPEN, ...CLOSE], { faults: [lose('B', 'ACK')] }),
  'second-fin-lost': scenario([...OPEN, ...CLOSE], { faults: [lose('B', 'FIN')] }),
  'last-ack-lost': scenario([...OPEN, ...CLOSE], { faults: [lose('A', 'ACK', 'last')] }),
  'last-ack-always-lost': scenario([...OPEN, call('A', 'close'), network('cut'), call('B', 'close')]),
  'fin-overtakes-data': scenario([...OPEN, call('A', 'send', 10), and(call('A', 'close'))], {
    faults: [{ kind: 'delay', pattern: { from: 'A', kind: 'data', which: 1 }, by: ms(100) }],
  }),
  'duplicate-syn': scenario(OPEN, {
    faults: [{ kind: 'duplicate', pattern: { from: 'A', kind: 'SYN', which: 1 }, after: ms(10) }],
  }),
  'old-duplicate-syn': scenario(
    [call('B', 'listen'), forge('A', SYN, { host: 'A', of: 'iss', plus: -10 }), and(call('A', 'connect'))],
    { faults: [{ kind: 'delay', pattern: { from: 'A', kind: 'SYN', which: 1 }, by: ms(100) }] },
  ),
  'connection-refused': scenario([call('A', 'connect')]),
  'reset-by-abort': scenario([...OPEN, call('A', 'abort')]),
  'reset-in-syn-received': scenario(
    [...OPEN, and(call('A', 'close')), after(ms(35), forge('A', RST, { host: 'A', of: 'iss', plus: 1 }))],
    { faults: [lose('B', 'SYN-ACK', 'every')] },
  ),
  'forged-reset-in-window': scenario([...OPEN, forge('A', RST, { host: 'A', of: 'snd.nxt', plus: 5 })], {
    profile: 'rfc9293',
  }),
  'forged-reset-exact': scenario([...OPEN, forge('A', RST, { host: 'A', of: 'snd.nxt', plus: 0 })], {
    profile: 'rfc9293',
  }),
  'syn-in-established': scenario([...OPEN, forge('A', SYN, { host: 'A', of: 'snd.nxt', plus: 5 })], {
    profile: 'rfc9293',
  }),
  'ack-of-unsent': scenario([
    ...OPEN,
    forge('A', ACK, { host: 'A', of: 'snd.nxt', plus: 0 }, { host: 'B', of: 'snd.nxt', plus: 9 }),
  ]),
  'half-open-after-reboot': scenario([
    ...OPEN,
    call('B', 'crash'),
    call('B', 'reboot'),
    call('A', 'send', 10),
  ]),
  'half-open-reconnect': scenario([...OPEN, call('A', 'crash'), call('A', 'reboot'), call('A', 'connect')], {
    profile: 'rfc9293',
  }),
  'keepalive-answered': scenario([
    ...OPEN,
    call('A', 'keepalive'),
    { when: SETTLED, what: { kind: 'wait', time: ms(7_300_000) } },
  ]),
  'keepalive-dead-peer': scenario([...OPEN, call('A', 'keepalive'), call('B', 'crash')]),
  'data-after-close': scenario([...OPEN, call('A', 'close'), call('B', 'send', 100)], { profile: 'rfc9293' }),
  'close-with-unread-data': scenario(
    [...OPEN, call('B', 'stop-reading'), call('A', 'send', 10), call('B', 'close')],
    { profile: 'rfc9293' },
  ),
  'time-wait-reopened': scenario([...OPEN, call('B', 'close'), call('A', 'close'), call('A', 'connect')], {
    profile: 'rfc9293',
  }),
  'sequence-wraps': scenario([...OPEN, call('A', 'send', 1000), ...CLOSE], {
    iss: [0xffff_ff00, 0xffff_ffff],
  }),
  'close-in-syn-sent': scenario([call('B', 'listen'), call('A', 'connect'), and(call('A', 'close'))]),
  'linux-delays-the-ack-of-a-fin': scenario([...OPEN, call('A', 'send', 300), ...CLOSE], {
    profile: 'linux',
  }),
  'linux-syn-always-lost': scenario(OPEN, { profile: 'linux', faults: [lose('A', 'SYN', 'every')] }),
  'linux-last-ack-always-lost': scenario([...OPEN, call('A', 'close'), network('cut'), call('B', 'close')], {
    profile: 'linux',
  }),
  'write-after-close': scenario([...OPEN, call('A', 'shutdown'), call('A', 'send', 5)]),
};
