import { PROFILES, type Profile } from '../../../core/tcp/profiles.ts';
import { ACK, FIN, type Flags, flags, RST, SYN } from '../../../core/tcp/segment.ts';
import { seq } from '../../../core/tcp/seq.ts';
import { ms } from '../../../core/tcp/time.ts';
import type { Action, CallAction, Fault, NumberRef, Scenario } from '../../../core/timeline/scenario.ts';
import type { HostId } from '../../../core/timeline/timeline.ts';
import { after, and, call, forge, lose, network, scenario } from './scenes.ts';

// What the scenes of a connection's life do not meet: every rule beside them has one here.

const OPEN = [call('B', 'listen'), call('A', 'connect')];

/** A scene whose hosts are configured otherwise than their profile. */
function as(profile: Profile, script: readonly Action[], faults: readonly Fault[] = []): Scenario {
  return { ...scenario(script, { faults }), profile };
}

/** A listener on which two connections may wait for accept(), and four callers. */
function crowd(profile: Partial<Profile>): Scenario {
  const listen: CallAction = { kind: 'call', host: 'B', call: 'listen', backlog: 1 };
  const caller = (local: number): Action => ({
    when: { kind: 'settled' },
    what: { kind: 'call', host: 'A', call: 'connect', ports: { local, remote: 80 } },
  });
  return as({ ...PROFILES.linux, ...profile }, [
    { when: { kind: 'settled' }, what: listen },
    caller(51_000),
    after(ms(200), caller(51_001)),
    and(caller(51_002)),
    after(ms(200), caller(51_003)),
    after(ms(5000), call('B', 'accept')),
  ]);
}

/** A call with what a script can say of it. */
function does(host: HostId, name: CallAction['call'], more: Partial<CallAction> = {}): Action {
  return { when: { kind: 'settled' }, what: { kind: 'call', host, call: name, ...more } };
}

const PORT_81 = { ports: { local: 81 } };
const REUSING = { ...PROFILES.linux, reusesTimeWaitAfter: ms(1000), ephemeralPorts: 1 };

function forged(from: HostId, bits: Flags, number: NumberRef, length: number, more: object = {}): Action {
  return {
    when: { kind: 'settled' },
    what: { kind: 'forge', from, flags: bits, seq: number, length, ...more },
  };
}

const nextOf = (host: HostId, plus = 0): NumberRef => ({ host, of: 'snd.nxt', plus });
const delayed = (which: number, by: number): Fault => ({
  kind: 'delay',
  pattern: { from: 'A', kind: 'data', which },
  by: ms(by),
});
const AFTER_THE_FIRST = Array.from({ length: 20 }, (_, index) => index + 2);
const SMALL_BUFFER = { ...PROFILES.textbook, receiveBuffer: 2920 };

/** Each rule that no other scene meets; each scene has its golden Timeline. */
export const RULE_SCENES: Readonly<Record<string, Scenario>> = {
  'zero-window': as(SMALL_BUFFER, [
    ...OPEN,
    call('B', 'stop-reading'),
    call('A', 'send', 4000),
    after(ms(4000), call('B', 'receive')),
    call('B', 'receive'),
  ]),
  'zero-window-takes-nothing': as(SMALL_BUFFER, [
    ...OPEN,
    call('B', 'stop-reading'),
    call('A', 'send', 2920),
    forged('A', ACK, nextOf('A'), 10, { ack: nextOf('B') }),
  ]),
  'write-while-connecting': scenario([
    call('B', 'listen'),
    call('A', 'connect'),
    and(call('A', 'send', 10)),
    and(call('A', 'send', 5)),
  ]),
  'urgent-data': scenario([...OPEN, call('A', 'send-urgent', 5), and(call('A', 'send', 10))]),
  'urgent-despite-zero-window': as(SMALL_BUFFER, [
    ...OPEN,
    call('B', 'stop-reading'),
    call('A', 'send', 2920),
    call('A', 'send-urgent', 1),
    after(ms(2000), call('B', 'receive')),
  ]),
  'small-reads-open-no-window': as(SMALL_BUFFER, [
    ...OPEN,
    call('B', 'stop-reading'),
    call('A', 'send', 4000),
    after(ms(500), call('B', 'receive', 100)),
    call('B', 'receive'),
  ]),
  'window-shrinks-to-zero': scenario(
    [
      ...OPEN,
      call('A', 'send', 10),
      after(
        ms(1500),
        forged('B', ACK, nextOf('B'), 0, { ack: { host: 'A', of: 'snd.una', plus: 0 }, window: 0 }),
      ),
    ],
    { faults: [1, 2, 3].map((which) => lose('A', 'data', which)) },
  ),
  'close-behind-data': as(SMALL_BUFFER, [...OPEN, call('A', 'send', 4000), and(call('A', 'close'))]),
  'close-in-syn-received': scenario([
    call('A', 'connect'),
    and(call('B', 'connect')),
    after(ms(35), call('A', 'send', 10)),
    and(call('A', 'close')),
  ]),
  'data-on-syn': scenario(
    [
      call('B', 'listen'),
      forged('A', SYN, { host: 'A', of: 'iss', plus: 0 }, 5),
      after(ms(100), forged('A', ACK, { host: 'A', of: 'iss', plus: 1 }, 0, { ack: nextOf('B') })),
    ],
    { faults: [lose('B', 'SYN-ACK')] },
  ),
  'syn-with-fin': scenario(
    [call('B', 'listen'), forge('A', flags(SYN, FIN), { host: 'A', of: 'iss', plus: 0 })],
    {
      profile: 'linux',
    },
  ),
  'data-after-a-repeated-syn': scenario([...OPEN, call('A', 'send', 10)], {
    profile: 'rfc9293',
    faults: [lose('A', 'SYN'), lose('A', 'data')],
  }),
  'second-segment-is-acked': scenario([...OPEN, call('A', 'send', 2920)], { profile: 'rfc9293' }),
  'reset-in-time-wait-ignored': as({ ...PROFILES.rfc9293, ignoresRstInTimeWait: true }, [
    ...OPEN,
    call('A', 'close'),
    call('B', 'close'),
    after(ms(100), forge('B', RST, { host: 'A', of: 'rcv.nxt', plus: 0 })),
  ]),
  'ack-far-too-old': as({ ...PROFILES.rfc9293, receiveBuffer: 2920 }, [
    ...OPEN,
    call('A', 'send', 2920),
    call('A', 'send', 2920),
    forge('B', ACK, nextOf('B'), { host: 'A', of: 'iss', plus: 1 }),
  ]),
  'simultaneous-open-refused': scenario(
    [
      call('A', 'connect'),
      and(call('B', 'connect')),
      after(ms(35), forge('B', RST, { host: 'A', of: 'rcv.nxt', plus: 0 })),
    ],
    { faults: [lose('B', 'SYN-ACK', 'every')] },
  ),
  'handshake-never-ends': scenario(OPEN, {
    faults: [lose('A', 'ACK', 'every'), lose('A', 'RST', 'every'), lose('B', 'SYN-ACK', 'every')],
  }),
  'user-timeout': as({ ...PROFILES.textbook, userTimeout: ms(10_000) }, [
    ...OPEN,
    network('cut'),
    call('A', 'send', 10),
  ]),
  'fin-never-acked': scenario([...OPEN, network('cut'), call('A', 'shutdown')]),
  'reply-never-acked': scenario([...OPEN, call('A', 'close'), network('cut'), call('B', 'send', 10)]),
  'both-fins-never-acked': scenario([...OPEN, call('A', 'close'), and(call('B', 'close'))], {
    faults: [...AFTER_THE_FIRST.map((which) => lose('A', 'ACK', which)), lose('B', 'ACK', 'every')],
  }),
  'half-closed-peer-is-gone': as({ ...PROFILES.textbook, keepaliveIdle: ms(60_000) }, [
    ...OPEN,
    call('A', 'shutdown'),
    call('A', 'keepalive'),
    network('cut'),
  ]),
  'keepalive-waits-for-data': as({ ...PROFILES.textbook, keepaliveIdle: ms(50_000) }, [
    ...OPEN,
    call('A', 'keepalive'),
    network('cut'),
    call('A', 'send', 10),
  ]),
  'fin-wait-2-of-an-orphan': scenario([...OPEN, call('A', 'close')], { profile: 'linux' }),
  'short-fin-timeout-and-time-wait': as({ ...PROFILES.linux, finWait2Timeout: ms(15_000) }, [
    ...OPEN,
    call('A', 'close'),
    call('B', 'close'),
  ]),
  'shutdown-of-reading': scenario([...OPEN, call('B', 'shutdown-read'), call('A', 'send', 10)], {
    profile: 'linux',
  }),
  'accept-queue-full': crowd({}),
  'accept-queue-refuses': crowd({ abortsOnOverflow: true }),
  'linux-data-lost': scenario([...OPEN, call('A', 'send', 9000)], {
    profile: 'linux',
    faults: [lose('A', 'data', 2)],
  }),
  'linux-data-late': scenario([...OPEN, call('A', 'send', 9000)], {
    profile: 'linux',
    faults: [delayed(2, 5)],
  }),
  'linux-tail-lost': scenario([...OPEN, call('A', 'send', 4000), call('A', 'send', 4000)], {
    profile: 'linux',
    faults: [lose('A', 'data', 'last')],
  }),
  'linux-one-probe-at-a-time': scenario([...OPEN, call('A', 'send', 17), call('A', 'close')], {
    profile: 'linux',
    faults: [lose('A', 'data'), lose('A', 'FIN')],
  }),
  'linux-small-writes': scenario(
    [...OPEN, call('A', 'send', 10), and(call('A', 'send', 10)), and(call('A', 'send', 10))],
    {
      profile: 'linux',
    },
  ),
  'linux-slow-start': scenario([...OPEN, call('A', 'send', 16_000)], { profile: 'linux' }),
  'linux-slow-start-after-idle': scenario(
    [...OPEN, call('A', 'send', 16_000), after(ms(2000), call('A', 'send', 10))],
    { profile: 'linux' },
  ),
  'linux-sacks-together': scenario(
    [...OPEN, call('A', 'send', 10), after(ms(40), call('B', 'send', 10)), call('A', 'send', 12_000)],
    { profile: 'linux', faults: [lose('A', 'data', 2)] },
  ),
  'linux-challenges-limited': scenario(
    [...OPEN, forge('A', SYN, nextOf('A', 5)), and(forge('A', SYN, nextOf('A', 6)))],
    { profile: 'linux' },
  ),
  'linux-old-timestamp': scenario(
    [
      ...OPEN,
      after(ms(2000), call('A', 'send', 100)),
      forged('A', ACK, nextOf('A'), 10, { ack: nextOf('B'), options: { timestamps: { value: 5, echo: 0 } } }),
    ],
    { profile: 'linux' },
  ),
  'linux-time-wait-reopened-by-timestamp': scenario(
    [...OPEN, call('B', 'close'), call('A', 'close'), call('A', 'connect')],
    { profile: 'linux', iss: [[90_000, 50], 300] },
  ),
  'linux-fast-open': as({ ...PROFILES.linux, takesSynData: true }, [
    call('B', 'listen'),
    call('A', 'connect', 8),
    call('A', 'close'),
    call('B', 'close'),
  ]),
  'linger-zero': scenario([...OPEN, call('A', 'send', 100), call('A', 'linger-zero'), call('A', 'close')]),
  'descriptor-shared-by-two': scenario([
    ...OPEN,
    call('B', 'fork'),
    call('B', 'close'),
    call('A', 'send', 10),
    call('B', 'close'),
    call('A', 'close'),
  ]),
  'calls-after-close': scenario(
    [...OPEN, call('A', 'close'), call('A', 'send', 10), call('A', 'receive'), call('A', 'close')],
    { profile: 'rfc9293' },
  ),
  'syn-in-simultaneous-open': {
    ...scenario([
      call('A', 'connect'),
      and(forged('B', SYN, { host: 'B', of: 'iss', plus: 0 }, 0)),
      after(ms(100), forged('B', SYN, { host: 'B', of: 'iss', plus: 9 }, 0)),
      after(ms(100), { when: { kind: 'settled' }, what: { kind: 'wait', time: ms(0) } }),
    ]),
    scripted: 'B',
  },
  'data-after-both-ways-were-shut': as(PROFILES.linux, [
    ...OPEN,
    call('A', 'shutdown-both'),
    after(ms(500), call('B', 'send', 10)),
  ]),
  'descriptor-shared-and-shut': scenario([...OPEN, call('B', 'fork'), call('B', 'shutdown-both')]),
  'bound-and-not-listening': scenario([call('B', 'bind'), call('A', 'connect'), call('B', 'listen')]),
  'address-in-use': scenario([
    does('B', 'listen', PORT_81),
    does('B', 'listen', PORT_81),
    call('B', 'listen'),
    call('A', 'connect'),
    call('B', 'exit'),
    call('A', 'close'),
    after(ms(1000), call('B', 'listen')),
  ]),
  'address-reused': scenario([
    call('B', 'reuse-address'),
    ...OPEN,
    call('B', 'exit'),
    call('A', 'close'),
    after(ms(1000), call('B', 'listen')),
  ]),
  'accept-waits': scenario([does('B', 'listen', { backlog: 1 }), call('B', 'accept'), call('A', 'connect')]),
  'read-waits': scenario([
    ...OPEN,
    call('B', 'stop-reading'),
    call('B', 'receive', 100),
    call('A', 'send', 300),
    call('B', 'receive', 100),
    call('A', 'close'),
    call('B', 'receive'),
    call('B', 'receive'),
  ]),
  'calls-after-a-reset': scenario([
    ...OPEN,
    call('B', 'stop-reading'),
    call('A', 'abort'),
    call('B', 'receive'),
    call('B', 'receive'),
    call('B', 'send', 10),
  ]),
  'recycled-time-wait': as({ ...PROFILES.linux, recyclesTimeWait: true }, [
    ...OPEN,
    call('B', 'close'),
    call('A', 'close'),
    {
      when: { kind: 'settled' },
      what: {
        kind: 'forge',
        from: 'A',
        flags: SYN,
        seq: seq(900_000),
        length: 0,
        ports: { local: 51_999 },
        options: { timestamps: { value: 3, echo: 0 } },
      },
    },
  ]),
  'last-port-in-time-wait': as(REUSING, [
    ...OPEN,
    call('A', 'close'),
    call('B', 'close'),
    after(ms(500), call('A', 'connect')),
    after(ms(1000), call('A', 'connect')),
  ]),
  'linux-reading-frees-the-ack': as({ ...PROFILES.linux, nagle: false }, [
    ...OPEN,
    call('B', 'delay-acks'),
    call('B', 'stop-reading'),
    call('A', 'send', 10),
    and(call('A', 'send', 10)),
    after(ms(35), call('B', 'receive')),
  ]),
};
