import assert from 'node:assert/strict';
import { PROFILES } from '../../../core/tcp/profiles.ts';
import { seq } from '../../../core/tcp/seq.ts';
import { type Ms, ms } from '../../../core/tcp/time.ts';
import type { Fault, Scenario } from '../../../core/timeline/scenario.ts';
import { simulate } from '../../../core/timeline/simulate.ts';

// What the wire of a recorded run did, and timers as its kernel has them.

function scenario(changes: Partial<Scenario>): Scenario {
  return {
    profile: PROFILES.linux,
    hosts: {
      A: { name: 'client', address: '10.0.0.1', port: 4001 },
      B: { name: 'server', address: '10.0.0.2', port: 80 },
    },
    iss: { A: [seq(100)], B: [seq(300)] },
    delay: ms(10),
    script: [
      { when: { kind: 'at', time: ms(0) }, what: { kind: 'call', host: 'B', call: 'listen' } },
      { when: { kind: 'at', time: ms(50) }, what: { kind: 'call', host: 'A', call: 'connect' } },
    ],
    faults: [],
    symbols: [],
    ...changes,
  };
}

describe('a segment that is held back', () => {
  const arrival = (until: Ms, left?: Ms): Ms | undefined => {
    const fault: Fault = {
      kind: 'hold',
      pattern: { from: 'A', kind: 'SYN', which: 1 },
      until,
      ...(left === undefined ? {} : { left }),
    };
    return simulate(scenario({ faults: [fault] })).transmissions[0]?.arrivesAt;
  };

  it('arrives then, and never before the wire could carry it', () => {
    assert.equal(arrival(ms(100)), 100);
    assert.equal(arrival(ms(55)), 60);
  });

  it('arrives as much earlier as it left earlier than elsewhere, but for a millisecond', () => {
    assert.equal(arrival(ms(100), ms(70)), 80);
    assert.equal(arrival(ms(100), ms(51)), 100);
    assert.equal(arrival(ms(100), ms(40)), 100, 'what leaves later is not held longer');
  });
});

describe('timers that are due together', () => {
  it('in a bucket of a timer wheel the one armed last comes first (Linux enqueue_timer)', () => {
    const orderOf = (wheelFrom: Ms | undefined): readonly string[] => {
      const profile = { ...PROFILES.linux, wheelFrom, keepaliveIdle: ms(1000), initialRto: ms(1000) };
      const script: Scenario['script'] = [
        { when: { kind: 'at', time: ms(0) }, what: { kind: 'call', host: 'B', call: 'listen' } },
        { when: { kind: 'at', time: ms(50) }, what: { kind: 'call', host: 'A', call: 'connect' } },
        { when: { kind: 'with-previous' }, what: { kind: 'call', host: 'A', call: 'keepalive' } },
        { when: { kind: 'with-previous' }, what: { kind: 'cut' } },
        { when: { kind: 'after', wait: ms(1100) }, what: { kind: 'wait', time: ms(0) } },
      ];
      return simulate(scenario({ profile, script }))
        .steps.filter(({ host, at }) => host === 'A' && at > 1000 && at < 1100)
        .flatMap(({ cause }) => (cause.kind === 'timer' ? [cause.timer] : []));
    };
    assert.deepEqual(orderOf(undefined), ['retransmission', 'keepalive']);
    assert.deepEqual(orderOf(ms(0)), ['keepalive', 'retransmission']);
  });
});
