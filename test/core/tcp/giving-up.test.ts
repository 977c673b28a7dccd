import assert from 'node:assert/strict';
import type { Endpoint } from '../../../core/tcp/endpoint.ts';
import type { TcpEvent, TimerName } from '../../../core/tcp/event.ts';
import { PROFILES, type Profile } from '../../../core/tcp/profiles.ts';
import { ACK, RST, SYN } from '../../../core/tcp/segment.ts';
import { step } from '../../../core/tcp/step.ts';
import { ms } from '../../../core/tcp/time.ts';
import { from, play, WAYS } from './fixtures.ts';

// How often and how long a TCP tries: R2 of RFC 9293 §3.8.3, §3.8.4 and §3.10.8, and Linux's numbers.

const { textbook, rfc9293, linux } = PROFILES;

interface End {
  readonly fired: readonly number[];
  readonly rules: readonly string[];
  readonly told: readonly string[];
  readonly resets: number;
}

/** Nobody answers: lets the next timer fire until the endpoint is gone. Moments are counted from the last event. */
function untilGone(events: readonly TcpEvent[], profile: Profile, changes: Partial<Endpoint> = {}): End {
  let e: Endpoint = { ...play(events, profile), ...changes };
  const start = events.length - 1;
  const fired: number[] = [];
  for (;;) {
    const next = (Object.entries(e.deadlines) as [TimerName, number][]).sort(([, a], [, b]) => a - b)[0];
    assert.ok(next !== undefined && fired.length < 100, 'a timer runs');
    const { endpoint, effects, rules } = step(e, { kind: 'timer', timer: next[0] }, ms(next[1]), profile);
    fired.push(next[1] - start);
    e = endpoint;
    if (e.state !== 'CLOSED') continue;
    return {
      fired,
      rules,
      told: effects.flatMap((effect) =>
        effect.kind === 'app' && effect.result.kind === 'error' ? [effect.result.code] : [],
      ),
      resets: effects.filter((effect) => effect.kind === 'send' && (effect.segment.flags & RST) !== 0).length,
    };
  }
}

const SEND: TcpEvent = { kind: 'send', length: 5 };
const doubled = (...seconds: readonly number[]) => seconds.map((s) => s * 1000);

describe('giving up (RFC 9293 §3.8.3)', () => {
  it('SYN: each wait twice as long as the one before, then ETIMEDOUT', () => {
    const { fired, told, rules } = untilGone(WAYS['SYN-SENT'], textbook);
    assert.deepEqual(fired, doubled(1, 3, 7, 15, 31, 63));
    assert.deepEqual(told, ['ETIMEDOUT']);
    assert.ok(rules.includes('timer/retries-used-up'));
  });

  it('SYN,ACK of a listener: nobody is told', () => {
    const { fired, told } = untilGone(WAYS['SYN-RECEIVED'], { ...textbook, synAckRetries: 2 });
    assert.deepEqual([fired, told], [doubled(1, 3, 7), []]);
  });

  it('SYN,ACK of a simultaneous open: as often as a SYN, and connect() fails', () => {
    const crossed = [...WAYS['SYN-SENT'], from({ seq: 0 }, SYN)];
    const { fired, told } = untilGone(crossed, { ...textbook, synRetries: 1, synAckRetries: 4 });
    assert.deepEqual(
      [fired, told],
      [[999, 2999], ['ETIMEDOUT']],
      'the timer of the SYN, a millisecond before, runs on',
    );
  });

  it('data: up to the ceiling of the timeout, then ETIMEDOUT', () => {
    const { fired, told } = untilGone([...WAYS['ESTABLISHED'], SEND], textbook);
    assert.deepEqual(fired, doubled(1, 3, 7, 15, 31, 63, 123, 183, 243));
    assert.deepEqual(told, ['ETIMEDOUT']);
  });

  it('an orphan has tries of its own, and nobody to tell', () => {
    const closed = [...WAYS['ESTABLISHED'], { kind: 'close' } as const];
    const { fired, told } = untilGone(closed, { ...rfc9293, orphanRetries: 1, measuresRoundTrip: false });
    assert.deepEqual([fired, told], [doubled(1, 3), []]);
  });

  it('no retries at all: the first timeout is the last', () => {
    assert.deepEqual(
      untilGone([...WAYS['ESTABLISHED'], SEND], { ...textbook, dataRetries: 0 }).fired,
      [1000],
    );
    const none = { ...linux, orphanRetries: 0, tailLossProbe: false };
    const { fired } = untilGone([...WAYS['ESTABLISHED'], { kind: 'close' }], none, { rto: ms(1000) });
    assert.equal(fired.length, 1);
  });
});

describe('the user timeout (RFC 9293 §3.10.8, RFC 5482)', () => {
  it('counts from the first retransmission, and the last wait is cut short to it', () => {
    const { fired, rules } = untilGone([...WAYS['ESTABLISHED'], SEND], {
      ...textbook,
      userTimeout: ms(10_000),
    });
    assert.deepEqual(fired, [1000, 3000, 7000, 11_000]);
    assert.ok(rules.includes('timer/user-timeout'));
  });

  it('does not cut the handshake of a TCP that counts its tries', () => {
    const { fired, rules } = untilGone(WAYS['SYN-SENT'], {
      ...textbook,
      synRetries: 2,
      userTimeout: ms(60_000),
    });
    assert.deepEqual(fired, doubled(1, 3, 7));
    assert.ok(rules.includes('timer/retries-used-up'));
  });
});

describe('giving up as Linux does (retransmits_timed_out, tcp_model_timeout)', () => {
  it('tcp_retries2 15 is a time: 924.6 s of waits that begin at 200 ms, counted from the first retransmission', () => {
    const quick = { rto: ms(200), srtt: 1, deadlines: { retransmission: ms(204) } };
    const { fired, told } = untilGone(
      [...WAYS['ESTABLISHED'], SEND],
      { ...linux, tailLossProbe: false },
      quick,
    );
    const last = fired.at(-1) ?? 0;
    const first = fired[0] ?? 0;
    assert.ok(last - first >= 924_600, String(last - first));
    assert.ok((fired.at(-2) ?? 0) - first < 924_600);
    assert.deepEqual(told, ['ETIMEDOUT']);
  });

  it('tcp_orphan_retries 8: 102.2 s', () => {
    const quick = { rto: ms(200), srtt: 1, deadlines: { retransmission: ms(204) } };
    const { fired, told } = untilGone(
      [...WAYS['ESTABLISHED'], { kind: 'close' }],
      { ...linux, tailLossProbe: false },
      quick,
    );
    const [first = 0] = fired;
    assert.ok((fired.at(-1) ?? 0) - first >= 102_200 && (fired.at(-2) ?? 0) - first < 102_200, fired.join());
    assert.deepEqual(told, []);
  });

  it('TCP_USER_TIMEOUT stands in for the time of the SYN retries, too', () => {
    const { fired } = untilGone(WAYS['SYN-SENT'], { ...linux, userTimeout: ms(3500) });
    assert.deepEqual(fired, [1000, 2000, 3000, 3500]);
  });
});

describe('keepalive (RFC 9293 §3.8.4)', () => {
  const alive: readonly TcpEvent[] = [...WAYS['ESTABLISHED'], { kind: 'keepalive' }];

  it('two hours, then nine probes 75 s apart, then ETIMEDOUT; Linux says goodbye with a RST', () => {
    const quiet = untilGone(alive, textbook);
    assert.equal(quiet.fired[0], 7_200_000);
    assert.deepEqual(
      quiet.fired.slice(1).map((at, place) => at - (quiet.fired[place] ?? 0)),
      Array.from({ length: 9 }, () => 75_000),
    );
    assert.deepEqual([quiet.told, quiet.resets], [['ETIMEDOUT'], 0]);
    assert.equal(untilGone(alive, linux).resets, 1);
  });

  it('runs from the handshake on when it was asked for before, and not in LISTEN', () => {
    const before = play([{ kind: 'keepalive' }, ...WAYS['ESTABLISHED']], textbook);
    assert.notEqual(before.deadlines.keepalive, undefined);
    assert.equal(play([...WAYS['LISTEN'], { kind: 'keepalive' }], textbook).deadlines.keepalive, undefined);
  });

  it('does not probe while something waits for its ACK, or to be sent', () => {
    const due = (e: Endpoint) =>
      step({ ...e, deadlines: { keepalive: ms(9) } }, { kind: 'timer', timer: 'keepalive' }, ms(9), textbook);
    const idle = play(alive, textbook);
    assert.deepEqual(due(idle).rules.slice(0, 1), ['keepalive/probe']);
    for (const busy of [play([SEND], textbook, idle), { ...idle, unsent: 5 }]) {
      const { rules, endpoint, effects } = due(busy);
      assert.deepEqual(rules, ['keepalive/only-when-idle']);
      assert.equal(endpoint.deadlines.keepalive, 9 + textbook.keepaliveIdle);
      assert.ok(effects.every(({ kind }) => kind !== 'send'));
    }
  });

  it('an answer begins the idle time anew, and the count of probes', () => {
    const probed = play([{ kind: 'timer', timer: 'keepalive' }], textbook, play(alive, textbook));
    assert.equal(probed.probes, 1);
    const heard = step(probed, from({ seq: 1, ack: 1 }, ACK), ms(5000), textbook).endpoint;
    assert.deepEqual([heard.probes, heard.deadlines.keepalive], [0, 7_205_000]);
  });
});

describe('a closed window (RFC 9293 §3.8.6.1)', () => {
  const shut = from({ seq: 1, ack: 1, window: 0 }, ACK);

  it('is probed at the number before SND.NXT, without data', () => {
    const e = play([...WAYS['ESTABLISHED'], shut, SEND], textbook);
    const { effects, endpoint } = step(e, { kind: 'timer', timer: 'persist' }, ms(2000), textbook);
    const sent = effects.flatMap((effect) => (effect.kind === 'send' ? [effect] : []));
    assert.deepEqual(
      sent.map(({ purpose, segment }) => [purpose, e.sndNxt - segment.seq, segment.length]),
      [['window-probe', 1, 0]],
    );
    assert.equal(endpoint.deadlines.persist, 2000 + 2 * textbook.initialRto);
  });

  it('nothing is probed for once there is nothing to send, and a timer that does not run does nothing', () => {
    const e = play([...WAYS['ESTABLISHED'], shut], textbook);
    const { effects, rules } = step(e, { kind: 'timer', timer: 'persist' }, ms(2000), textbook);
    assert.deepEqual([effects, rules], [[], []]);
    const nothing = step(
      { ...e, deadlines: { persist: ms(5) } },
      { kind: 'timer', timer: 'persist' },
      ms(5),
      textbook,
    );
    assert.deepEqual(nothing.effects, []);
  });

  it('a window too small for a segment is filled when the persist timer fires', () => {
    const small = play(
      [...WAYS['ESTABLISHED'], from({ seq: 1, ack: 1, window: 100 }, ACK), { kind: 'send', length: 300 }],
      rfc9293,
    );
    assert.equal(small.retransmit.length, 0);
    const { effects, endpoint } = step(small, { kind: 'timer', timer: 'persist' }, ms(2000), rfc9293);
    const lengths = effects.flatMap((effect) => (effect.kind === 'send' ? [effect.segment.length] : []));
    assert.deepEqual([lengths, endpoint.unsent], [[100], 200]);
  });
});
