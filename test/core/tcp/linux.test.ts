import assert from 'node:assert/strict';
import { CLOSED_ENDPOINT, type Endpoint } from '../../../core/tcp/endpoint.ts';
import type { TcpEvent } from '../../../core/tcp/event.ts';
import { PROFILES, type Profile } from '../../../core/tcp/profiles.ts';
import { ACK, FIN, flags, PSH, RST, type Segment, SYN } from '../../../core/tcp/segment.ts';
import { step } from '../../../core/tcp/step.ts';
import { type Ms, ms, seconds } from '../../../core/tcp/time.ts';
import { from, ISS, WAYS } from './fixtures.ts';

// What a recorded kernel does otherwise than RFC 9293 says; each has a trace in test/oracle/more-traces.

const LINUX = PROFILES.linux;

interface Outcome {
  readonly endpoint: Endpoint;
  readonly sent: readonly Segment[];
  readonly rules: readonly string[];
}

function play(
  events: readonly TcpEvent[],
  profile: Profile = LINUX,
  begin = CLOSED_ENDPOINT,
  at = 0,
): Outcome {
  let endpoint = begin;
  let sent: Segment[] = [];
  let rules: readonly string[] = [];
  for (const [place, event] of events.entries()) {
    const result = step(endpoint, event, ms(at + place), profile);
    endpoint = result.endpoint;
    sent = result.effects.flatMap((effect) => (effect.kind === 'send' ? [effect.segment] : []));
    rules = result.rules;
  }
  return { endpoint, sent, rules };
}

/** Lets the next timer of an endpoint fire until it is gone; when each fired. */
function timersOf(endpoint: Endpoint, profile: Profile): readonly Ms[] {
  const fired: Ms[] = [];
  let e = endpoint;
  for (let next = soonest(e); next !== undefined; next = soonest(e)) {
    fired.push(next.at);
    e = step(e, { kind: 'timer', timer: next.timer }, next.at, profile).endpoint;
  }
  return fired;
}

function soonest({ deadlines }: Endpoint): { timer: 'retransmission'; at: Ms } | undefined {
  const at = deadlines.retransmission;
  return at === undefined ? undefined : { timer: 'retransmission', at };
}

describe('what Linux does otherwise', () => {
  it('SYN retries at even intervals do not outlast the time of tcp_syn_retries alone', () => {
    const cases: readonly (readonly [number, number, readonly number[]])[] = [
      [1, 4, [1, 2, 3]],
      [2, 4, [1, 2, 3, 4, 5, 7]],
      [2, 0, [1, 3, 7]],
      [6, 4, [1, 2, 3, 4, 5, 7, 11, 19, 35, 67, 131]],
    ];
    for (const [synRetries, linearSynRetries, expected] of cases) {
      const profile = { ...LINUX, synRetries, linearSynRetries };
      const { endpoint } = play(WAYS['SYN-SENT'], profile);
      assert.deepEqual(
        timersOf(endpoint, profile),
        expected.map(seconds),
        `${synRetries}+${linearSynRetries}`,
      );
    }
  });

  it('a peer’s keepalive probe is no sign of life, its ACK is', () => {
    const { endpoint } = play([...WAYS['ESTABLISHED'], { kind: 'keepalive' }]);
    const due = endpoint.deadlines.keepalive;
    assert.notEqual(due, undefined);
    const probed = play([from({ seq: 0, ack: 1 }, ACK)], LINUX, endpoint, 5000);
    assert.equal(probed.sent.length, 1);
    assert.equal(probed.endpoint.deadlines.keepalive, due);
    const heard = play([from({ seq: 1, ack: 1 }, ACK)], LINUX, endpoint, 5000);
    assert.equal(heard.endpoint.deadlines.keepalive, ms(5000 + LINUX.keepaliveIdle));
  });

  it('in CLOSING the ACK of a repeated FIN counts, and nothing answers it', () => {
    const { endpoint, sent } = play([...WAYS['CLOSING'], from({ seq: 1, ack: 2 }, FIN, ACK)]);
    assert.equal(endpoint.state, 'TIME-WAIT');
    assert.deepEqual(sent, []);
  });

  for (const state of ['CLOSE-WAIT', 'CLOSING', 'LAST-ACK'] as const) {
    it(`data that reaches past the peer’s FIN is reset in ${state}`, () => {
      const { endpoint, sent } = play([...WAYS[state], from({ seq: 1, ack: 1, length: 9 }, PSH, ACK)]);
      assert.equal(endpoint.state, 'CLOSED');
      assert.deepEqual(
        sent.map((one) => one.flags),
        [RST],
      );
    });
  }

  it('an orphan in FIN-WAIT-2 answers a RST outside the window with an ACK', () => {
    const orphan = play([...WAYS['ESTABLISHED'], { kind: 'close' }, from({ seq: 1, ack: 2 }, ACK)]).endpoint;
    assert.equal(orphan.state, 'FIN-WAIT-2');
    const { endpoint, sent } = play([from({ seq: -9 }, RST)], LINUX, orphan, 100);
    assert.equal(endpoint.state, 'FIN-WAIT-2');
    assert.deepEqual(
      sent.map((one) => one.flags),
      [ACK],
    );
  });

  it('a FIN, too, waits for the congestion window', () => {
    const written: readonly TcpEvent[] = [...WAYS['ESTABLISHED'], { kind: 'send', length: 10 }];
    const full = { ...play(written).endpoint, cwnd: 1 };
    const closed = play([{ kind: 'close' }], LINUX, full, 10);
    assert.equal(closed.endpoint.state, 'FIN-WAIT-1');
    assert.deepEqual(closed.sent, []);
    const acked = play([from({ seq: 1, ack: 11 }, ACK)], LINUX, closed.endpoint, 20);
    assert.deepEqual(
      acked.sent.map((one) => one.flags),
      [flags(FIN, ACK)],
    );
  });

  it('RTTVAR rises at once and falls slowly', () => {
    const stamped = (ack: number, echo: number): TcpEvent => {
      const event = from({ seq: 1, ack }, ACK);
      assert.equal(event.kind, 'segment');
      return event.kind === 'segment'
        ? { ...event, segment: { ...event.segment, options: { timestamps: { value: ack, echo } } } }
        : event;
    };
    let e = step(CLOSED_ENDPOINT, { kind: 'open', mode: 'active', iss: ISS }, ms(0), LINUX).endpoint;
    e = step(e, from({ seq: 0, ack: 1 }, SYN, ACK), ms(1000), LINUX).endpoint;
    const first = e.rto;
    assert.equal(first, 3000); // SRTT + 4 RTTVAR = 1000 + 2000
    for (let round = 1; round <= 2; round += 1) {
      e = step(e, { kind: 'send', length: 10 }, ms(round * 5000), LINUX).endpoint;
      e = step(e, stamped(1 + 10 * round, round * 5000), ms(round * 5000 + 1000), LINUX).endpoint;
      assert.equal(e.srtt, 1000);
      // RFC 6298 (2.3) would have 2500 and 2125 here.
      if (round === 1) assert.equal(e.rto, 3000);
      else assert.ok(e.rto > 2700 && e.rto < 3000, String(e.rto));
    }
  });
});
