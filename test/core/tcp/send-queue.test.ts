import assert from 'node:assert/strict';
import type { Endpoint } from '../../../core/tcp/endpoint.ts';
import type { Effect, TcpEvent } from '../../../core/tcp/event.ts';
import { PROFILES, type Profile } from '../../../core/tcp/profiles.ts';
import { ACK, FIN, PSH } from '../../../core/tcp/segment.ts';
import { add } from '../../../core/tcp/seq.ts';
import { step } from '../../../core/tcp/step.ts';
import { ms } from '../../../core/tcp/time.ts';
import { from, ISS, play, WAYS } from './fixtures.ts';

// How what was written is cut into segments, which carry PSH, and what makes one wait.

const { textbook, rfc9293, linux } = PROFILES;
const BARE: Profile = { ...linux, mss: 100, sendsMss: false, timestampsFrom: undefined, lossRecovery: false };

function opened(profile: Profile, changes: Partial<Endpoint> = {}): Endpoint {
  return { ...play(WAYS['ESTABLISHED'], profile), ...changes };
}

const write = (length: number, more = false): TcpEvent => ({ kind: 'send', length, more });
const cuts = (effects: readonly Effect[]) =>
  effects.flatMap((effect) =>
    effect.kind === 'send'
      ? [
          `${effect.segment.length}${effect.segment.flags & PSH ? 'P' : ''}${effect.segment.flags & FIN ? 'F' : ''}`,
        ]
      : [],
  );
/** "100 50P": the lengths of what leaves, P and F where PSH and FIN stand. */
function leaves(e: Endpoint, profile: Profile, ...events: readonly TcpEvent[]): string {
  const before = play(events.slice(0, -1), profile, e);
  const last = events.at(-1);
  return last === undefined ? '' : cuts(step(before, last, ms(50), profile).effects).join(' ');
}

describe('segments out of what was written (RFC 9293 §3.7.4, §3.9.1.2)', () => {
  it('full ones, and the rest; PSH at the end of the write', () => {
    assert.equal(
      leaves(opened({ ...textbook, mss: 100 }), { ...textbook, mss: 100 }, write(250)),
      '100 100 50P',
    );
  });

  it('a FIN rides on the last data only where the profile has it so, and only on the last', () => {
    const small = { ...textbook, mss: 100, finRidesData: true };
    const shut = opened(small, { sndWnd: 0 });
    const waiting = play([write(150), { kind: 'close' }], small, shut);
    assert.equal(leaves(waiting, small, from({ seq: 1, ack: 1, window: 500 }, ACK)), '100 50PF');
    const apart = { ...small, finRidesData: false };
    assert.equal(leaves(waiting, apart, from({ seq: 1, ack: 1, window: 500 }, ACK)), '100 50P 0F');
    assert.equal(leaves(waiting, small, from({ seq: 1, ack: 1, window: 120 }, ACK)), '100 20');
  });
});

describe('bursts (Linux tcp_tso_autosize): segments handed down as one have PSH on the last', () => {
  it('of two, until a round trip is known to be short', () => {
    assert.equal(leaves(opened(BARE, { srtt: undefined }), BARE, write(500)), '100 100P 100 100P 100P');
  });

  it('as many as leave in a millisecond at twice the pace in slow start, at 1.2 of it later; never more than half the window', () => {
    const fast = { cwnd: 20, srtt: 1, minRtt: 100 };
    assert.equal(leaves(opened(BARE, fast), BARE, write(1000)), '100 100 100 100 100 100 100 100 100 100P');
    const steady = { cwnd: 20, srtt: 4, minRtt: 100 };
    assert.equal(
      leaves(opened(BARE, steady), BARE, write(1200)),
      '100 100 100 100 100 100 100 100 100 100P 100 100P',
    );
    assert.equal(
      leaves(opened(BARE, { ...steady, ssthresh: 20 }), BARE, write(1200)),
      '100 100 100 100 100 100P 100 100 100 100 100 100P',
      '1.2 × 20 / 4 = 6',
    );
    assert.equal(
      leaves(opened(BARE, { cwnd: 20, srtt: 0 }), BARE, write(300)),
      '100 100P 100P',
      'nothing measured',
    );
  });

  it('more when the peer is near: 64 kB, halved for each 512 µs', () => {
    const near = { cwnd: 20, srtt: 1000, minRtt: 3 }; // 65,536 / 2^5 = 2,048 octets
    assert.equal(leaves(opened(BARE, near), BARE, write(1000)), '100 100 100 100 100 100 100 100 100 100P');
    const far = { ...near, minRtt: 4 }; // 65,536 / 2^7 = 512 octets
    assert.equal(leaves(opened(BARE, far), BARE, write(1000)), '100 100 100 100 100P 100 100 100 100 100P');
  });

  it('each write that ends inside has its PSH, and is forgotten then', () => {
    const e = opened(BARE, { sndWnd: 0 });
    const waiting = play([write(100), write(200)], BARE, e);
    assert.equal(waiting.pushes.length, 2);
    assert.equal(leaves(waiting, BARE, from({ seq: 1, ack: 1, window: 60_000 }, ACK)), '100P 100 100P');
    const after = play([from({ seq: 1, ack: 1, window: 60_000 }, ACK)], BARE, waiting);
    assert.deepEqual(after.pushes, []);
    const part = play([from({ seq: 1, ack: 1, window: 200 }, ACK)], BARE, waiting);
    assert.deepEqual(part.pushes, [add(ISS, 301)]);
  });
});

describe('what waits', () => {
  it('Nagle: one small segment at a time; a full one, or the last before a close, does not wait', () => {
    const e = opened(BARE);
    const one = play([write(10)], BARE, e);
    assert.equal(leaves(one, BARE, write(10)), '');
    assert.equal(leaves(one, BARE, write(10), write(90)), '100P');
    assert.equal(leaves(one, BARE, write(10), { kind: 'close' }), '10PF');
    assert.equal(leaves(one, BARE, write(10), from({ seq: 1, ack: 11 }, ACK)), '10P');
    assert.equal(
      leaves(play([write(100)], BARE, e), BARE, write(10)),
      '10P',
      'a full one in flight is none of that',
    );
    assert.equal(leaves(one, { ...BARE, nagle: false }, write(10)), '10P');
  });

  it('a write with more to come: the rest of a segment waits, for a while', () => {
    const e = opened(BARE);
    assert.equal(leaves(e, BARE, write(130, true)), '100');
    const corked = play([write(30, true)], BARE, e);
    assert.notEqual(corked.deadlines.persist, undefined);
    assert.equal(leaves(corked, BARE, { kind: 'timer', timer: 'persist' }), '30P');
    assert.equal(leaves(corked, BARE, write(5)), '35P');
    assert.equal(play([write(10)], BARE, e).deadlines.persist, undefined);
    const busy = play([write(130, true)], BARE, e);
    assert.equal(busy.deadlines.persist, undefined, 'the ACK of what is in flight comes first');
  });

  it('the congestion window counts segments in flight, not those that SACK reported', () => {
    const e = opened(BARE, { cwnd: 3 });
    assert.equal(leaves(e, BARE, write(1000)).split(' ').length, 3);
    const flying = play([write(1000)], BARE, e);
    const [first, ...others] = flying.retransmit;
    assert.ok(first);
    const sacked = {
      ...flying,
      retransmit: [first, ...others.map((one) => ({ ...one, mark: 'sacked' as const }))],
    };
    assert.equal(leaves(sacked, BARE, write(1)).split(' ').length, 2);
  });

  it('a window smaller than a segment: nothing, unless it is more than half of the largest there was (MUST-38)', () => {
    const small = { ...rfc9293, mss: 100 };
    const e = opened(small, { maxSndWnd: 100, sndMss: 100 });
    const at = (window: number) => leaves({ ...e, sndWnd: window }, small, write(200));
    assert.equal(at(49), '');
    assert.equal(at(50), '50');
    assert.equal(at(100), '100');
  });
});

describe('the timer wheel (Linux kernel/time/timer.c)', () => {
  const wheel = { ...textbook, tick: ms(4), wheelFrom: ms(0) };
  const due = (after: number, start = 0, profile: Profile = wheel): number => {
    const { deadlines } = play(WAYS['SYN-SENT'], { ...profile, initialRto: ms(after), wheelFrom: ms(start) });
    return deadlines.retransmission ?? 0;
  };

  it('timers fire at the end of their bucket: a tick wide at first, eight times as wide from each level on', () => {
    assert.equal(due(40), 44);
    assert.equal(due(248), 252, '62 ticks: still the first level');
    assert.equal(due(252), 256, '63 ticks: buckets of 8 ticks');
    assert.equal(due(300), 320);
    assert.equal(due(2016), 2048, '504 ticks: buckets of 64');
    assert.equal(due(60_000), 61_440);
  });

  it('counts from when the ticks began', () => {
    assert.equal(due(300, -2), 318);
    assert.equal(due(300, 0, { ...wheel, tick: ms(10) }), 310);
  });
});
