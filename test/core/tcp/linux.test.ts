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

  it('what lies beyond the window is taken as far as it goes, as long as everything was read', () => {
    const beyond = (endpoint: Endpoint) =>
      play([from({ seq: 1, ack: 1, length: endpoint.rcvWnd + 1 }, ACK)], LINUX, endpoint, 100).endpoint
        .rcvNxt;
    const { endpoint } = play([...WAYS['ESTABLISHED'], { kind: 'reading', on: false }]);
    assert.notEqual(beyond(endpoint), endpoint.rcvNxt);
    assert.equal(beyond({ ...endpoint, unread: 1 }), endpoint.rcvNxt);
  });

  it('challenge ACKs come no more often than every 500 ms, and the last of them counts', () => {
    const challenged = play([...WAYS['ESTABLISHED'], from({ seq: 9 }, RST)], LINUX, CLOSED_ENDPOINT, 1000);
    assert.equal(challenged.sent.length, 1);
    const at = challenged.endpoint.challengedAt ?? 0;
    const again = (after: number) => play([from({ seq: 9 }, RST)], LINUX, challenged.endpoint, at + after);
    assert.deepEqual([again(499).sent.length, again(500).sent.length], [0, 1]);
    assert.deepEqual(again(499).rules, ['rst/inexact-is-challenged', 'ack/challenges-are-limited']);
    assert.equal(again(499).endpoint.challengedAt, at);
    const unlimited = { ...LINUX, challengeInterval: ms(0) };
    assert.equal(play([from({ seq: 9 }, RST)], unlimited, challenged.endpoint, at).sent.length, 1);
  });

  it('a repeated SYN to a half-made connection is answered no more often either', () => {
    const half = play(WAYS['SYN-RECEIVED'], LINUX, CLOSED_ENDPOINT, 1000).endpoint;
    const first = play([from({ seq: 0 }, SYN)], LINUX, half, 2000);
    assert.deepEqual(
      first.sent.map((one) => one.flags),
      [flags(SYN, ACK)],
    );
    assert.deepEqual(play([from({ seq: 0 }, SYN)], LINUX, first.endpoint, 2100).sent, []);
  });

  it('a segment of no length at the very edge of the window belongs to a half-made connection, one beyond does not', () => {
    const { endpoint } = play(WAYS['SYN-RECEIVED']);
    const edge = 1 + endpoint.rcvWnd;
    assert.equal(play([from({ seq: edge, ack: 1 }, ACK)], LINUX, endpoint, 9).endpoint.state, 'ESTABLISHED');
    assert.equal(
      play([from({ seq: edge + 1, ack: 1 }, ACK)], LINUX, endpoint, 9).endpoint.state,
      'SYN-RECEIVED',
    );
    const data = from({ seq: edge, ack: 1, length: 1 }, ACK);
    assert.equal(play([data], LINUX, endpoint, 9).endpoint.state, 'SYN-RECEIVED');
  });

  it('old data makes ACKs quick again, data too far ahead does not', () => {
    const { endpoint } = play(WAYS['ESTABLISHED']);
    const slow = { ...endpoint, quickAcks: 0, ackedUpTo: endpoint.rcvNxt };
    const hurried = (seq: number) =>
      play([from({ seq, ack: 1, length: 5 }, ACK)], LINUX, slow, 100).endpoint.quickAcks;
    assert.ok(hurried(-20) > 0);
    assert.equal(hurried(200_000), 0);
  });

  it('a RST where the last SACK block ended is believed, with several blocks too, and only there', () => {
    const offer = from({ seq: 0, ack: 1 }, SYN, ACK);
    assert.ok(offer.kind === 'segment');
    const options = { ...offer.segment.options, sackPermitted: true };
    const gaps = [
      ...WAYS['SYN-SENT'],
      { kind: 'segment', segment: { ...offer.segment, options } } as const,
      from({ seq: 101, ack: 1, length: 10 }, ACK),
      from({ seq: 201, ack: 1, length: 10 }, ACK),
    ];
    const { endpoint } = play(gaps);
    assert.equal(endpoint.held.length, 2);
    const outcome = (seq: number, e = endpoint) => play([from({ seq }, RST)], LINUX, e, 9000).endpoint.state;
    assert.deepEqual([outcome(211), outcome(111), outcome(210)], ['CLOSED', 'ESTABLISHED', 'ESTABLISHED']);
    assert.equal(outcome(211, { ...endpoint, sack: false }), 'ESTABLISHED', 'nobody was told of the block');
  });

  it('close() after a shutdown gives FIN-WAIT-2 its 60 seconds', () => {
    const shut = play([...WAYS['ESTABLISHED'], { kind: 'shutdown' }, from({ seq: 1, ack: 2 }, ACK)]).endpoint;
    assert.deepEqual([shut.state, shut.deadlines['fin-wait-2']], ['FIN-WAIT-2', undefined]);
    const { endpoint, rules } = play([{ kind: 'close' }], LINUX, shut, 5000);
    assert.deepEqual([endpoint.state, endpoint.deadlines['fin-wait-2']], ['FIN-WAIT-2', 65_000]);
    assert.deepEqual(rules, ['close/already-closing', 'timer/fin-wait-2-ends']);
  });

  it('SO_LINGER 0 aborts what is connected; a listener just closes', () => {
    const linger: TcpEvent = { kind: 'linger-zero' };
    const open = play([...WAYS['ESTABLISHED'], linger, { kind: 'close' }]);
    assert.deepEqual([open.endpoint.state, open.sent.length], ['CLOSED', 1]);
    const listener = play([...WAYS['LISTEN'], linger, { kind: 'close' }]);
    assert.deepEqual([listener.sent, listener.rules], [[], ['LISTEN/close/CLOSED']]);
  });

  describe('timestamps', () => {
    /** A segment with a timestamp, its echo 0 unless told. */
    const stamped = (event: TcpEvent, value: number, echo = 0): TcpEvent => {
      assert.ok(event.kind === 'segment');
      return { kind: 'segment', segment: { ...event.segment, options: { timestamps: { value, echo } } } };
    };
    const OPENED = [...WAYS['SYN-SENT'], stamped(from({ seq: 0, ack: 1 }, SYN, ACK), 1000)];
    const taken = [...OPENED, stamped(from({ seq: 1, ack: 1, length: 10 }, ACK), 2000)];

    it('data older than what was taken last is dropped and answered, by more than a tick', () => {
      const { endpoint } = play(taken);
      const old = play([stamped(from({ seq: 11, ack: 1, length: 5 }, ACK), 1998)], LINUX, endpoint, 100);
      assert.deepEqual([old.endpoint.rcvNxt, old.sent.length], [endpoint.rcvNxt, 1]);
      const tick = play([stamped(from({ seq: 11, ack: 1, length: 5 }, ACK), 1999)], LINUX, endpoint, 100);
      assert.notEqual(tick.endpoint.rcvNxt, endpoint.rcvNxt);
    });

    it('an overtaken ACK that says nothing new does no harm; one that says another thing is dropped without a word', () => {
      const { endpoint } = play(taken);
      const same = play([stamped(from({ seq: 11, ack: 1 }, ACK), 5)], LINUX, endpoint, 100);
      assert.deepEqual([same.sent, same.rules.includes('arrives/from-the-past')], [[], false]);
      const older = play([stamped(from({ seq: 6, ack: 1 }, ACK), 5)], LINUX, endpoint, 100);
      assert.deepEqual([older.sent, older.rules], [[], ['arrives/from-the-past']]);
      const sent = play([{ kind: 'send', length: 5 }], LINUX, endpoint, 50).endpoint;
      const other = play([stamped(from({ seq: 11, ack: 6 }, ACK), 5)], LINUX, sent, 100);
      assert.equal(other.endpoint.sndUna, sent.sndUna);
    });

    it('the third ACK has to echo one of our SYN,ACKs, or nothing', () => {
      const half = play(
        [...WAYS['LISTEN'], stamped(from({ seq: 0 }, SYN), 1000)],
        LINUX,
        CLOSED_ENDPOINT,
        5000,
      );
      const third = (echo: number) =>
        play([stamped(from({ seq: 1, ack: 1 }, ACK), 1100, echo)], LINUX, half.endpoint, 5100).endpoint.state;
      assert.deepEqual([third(5001), third(0), third(5002)], ['ESTABLISHED', 'ESTABLISHED', 'SYN-RECEIVED']);
    });

    it('TIME-WAIT answers an old FIN, but starts again for what is stamped in the past as well', () => {
      const closed = play([
        ...taken,
        { kind: 'close' },
        stamped(from({ seq: 11, ack: 2 }, FIN, ACK), 3000),
      ]).endpoint;
      assert.equal(closed.state, 'TIME-WAIT');
      const again = play([stamped(from({ seq: 11, ack: 2 }, FIN, ACK), 3000)], LINUX, closed, 9000);
      assert.equal(again.endpoint.deadlines['time-wait'], 69_000);
      assert.ok(again.rules.includes('TIME-WAIT/recv-fin/TIME-WAIT'));
      const past = play([stamped(from({ seq: 11, ack: 2 }, FIN, ACK), 5)], LINUX, closed, 9000);
      assert.deepEqual([past.endpoint.deadlines['time-wait'], past.sent.length], [69_000, 1]);
      assert.ok(past.rules.includes('arrives/from-the-past'));
    });
  });

  it('a SYN that goes again leaves its data to segments of their own; one ACK may still take both (tcp_send_syn_data)', () => {
    const connect: TcpEvent = { kind: 'open', mode: 'active', iss: ISS, data: 30 };
    const sent = (events: readonly TcpEvent[], profile = LINUX) =>
      play(events, profile).sent.map((one) => [one.flags, one.seq - ISS, one.length]);
    const again: TcpEvent = { kind: 'timer', timer: 'retransmission' };
    assert.deepEqual(sent([connect]), [[SYN, 0, 30]]);
    assert.deepEqual(sent([connect, again]), [[SYN, 0, 0]]);
    assert.deepEqual(sent([connect, again], PROFILES.rfc9293), [[SYN, 0, 30]]);
    const synAck = (ack: number) => from({ seq: 0, ack, window: 60_000 }, SYN, ACK);
    assert.deepEqual(sent([connect, again, synAck(31)]), [[ACK, 31, 0]]);
    assert.deepEqual(sent([connect, again, synAck(1)]), [[flags(ACK, PSH), 1, 30]]);
  });

  it('a child, an orphan in FIN-WAIT-2 and TIME-WAIT are other sockets: each has its first challenge ACK free', () => {
    const wrong = from({ seq: -5000, ack: 1 }, ACK);
    const challenged = (e: Endpoint, at: number) => play([wrong], LINUX, e, at).sent.length;
    const open = play([...WAYS['SYN-RECEIVED'], from({ seq: 9, ack: 1 }, RST)]).endpoint;
    assert.notEqual(open.challengedAt, undefined, 'the half-made one has spent its own');
    const child = play([from({ seq: 1, ack: 1 }, ACK)], LINUX, open, 10).endpoint;
    assert.deepEqual([child.state, challenged(child, 20)], ['ESTABLISHED', 1]);
    const spent = play([wrong, { kind: 'close' }], LINUX, child, 20).endpoint;
    assert.equal(challenged(spent, 30), 0);
    const orphan = play([from({ seq: 1, ack: 2 }, ACK)], LINUX, spent, 40).endpoint;
    assert.deepEqual([orphan.state, challenged(orphan, 50)], ['FIN-WAIT-2', 1]);
    const mini = play([wrong, from({ seq: 1, ack: 2 }, FIN, ACK)], LINUX, orphan, 50).endpoint;
    assert.deepEqual([mini.state, challenged(mini, 60)], ['TIME-WAIT', 0], 'the same mini socket still');
  });

  it('by a wheel of ticks the interval of challenge ACKs is counted in ticks, too', () => {
    const wheel: Profile = { ...LINUX, wheelFrom: ms(0) };
    const first = play(
      [from({ seq: -5000, ack: 1 }, ACK)],
      wheel,
      play(WAYS['ESTABLISHED']).endpoint,
      103,
    ).endpoint;
    const answers = (at: number, profile: Profile) =>
      play([from({ seq: -5000, ack: 1 }, ACK)], profile, first, at).sent.length;
    assert.deepEqual([answers(599, wheel), answers(600, wheel)], [0, 1]);
    assert.deepEqual([answers(602, LINUX), answers(603, LINUX)], [0, 1]);
  });

  it('a FIN that crosses ours is acknowledged before what still has to leave (tcp_fin)', () => {
    const full = { ...play(WAYS['ESTABLISHED']).endpoint, cwnd: 1 };
    const waiting = play([{ kind: 'send', length: 10 }, { kind: 'close' }], LINUX, full, 10).endpoint;
    assert.equal(waiting.finSeq, undefined);
    const { endpoint, sent } = play([from({ seq: 1, ack: 11, window: 9000 }, FIN, ACK)], LINUX, waiting, 20);
    assert.equal(endpoint.state, 'CLOSING');
    assert.deepEqual(
      sent.map((one) => [one.flags, one.seq - ISS]),
      [
        [ACK, 11],
        [flags(ACK, FIN), 11],
      ],
    );
  });

  it('TCP Fast Open data that nobody reads waits in the buffer, and takes its room', () => {
    const profile = { ...LINUX, takesSynData: true, receiveSpace: undefined };
    const { endpoint } = play(
      [
        { kind: 'open', mode: 'passive', iss: ISS },
        { kind: 'reading', on: false },
        from({ seq: 0, length: 30 }, SYN),
      ],
      profile,
    );
    assert.deepEqual([endpoint.unread, endpoint.rcvWnd], [30, LINUX.receiveBuffer - 30]);
    assert.equal(endpoint.rcvNxt - endpoint.irs, 31);
  });

  it('an orphan in FIN-WAIT-2 takes a FIN with nothing before it; data, and a FIN behind data, are reset', () => {
    const orphan = play([...WAYS['ESTABLISHED'], { kind: 'close' }, from({ seq: 1, ack: 2 }, ACK)]).endpoint;
    const outcome = (event: TcpEvent) => {
      const { endpoint, sent } = play([event], LINUX, orphan, 100);
      return [endpoint.state, sent.map((one) => one.flags)];
    };
    assert.deepEqual(outcome(from({ seq: 1, ack: 2 }, FIN, ACK)), ['TIME-WAIT', [ACK]]);
    assert.deepEqual(outcome(from({ seq: 1, ack: 2, length: 3 }, ACK)), ['CLOSED', [RST]]);
    assert.deepEqual(outcome(from({ seq: 1, ack: 2, length: 3 }, FIN, ACK)), ['CLOSED', [RST]]);
    assert.deepEqual(outcome(from({ seq: 1, ack: 2 }, ACK)), ['FIN-WAIT-2', []]);
  });
});
