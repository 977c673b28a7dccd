import assert from 'node:assert/strict';
import type { Endpoint } from '../../../core/tcp/endpoint.ts';
import type { AppResult, TcpEvent } from '../../../core/tcp/event.ts';
import { PROFILES } from '../../../core/tcp/profiles.ts';
import { ACK, FIN, flags, RST, type Segment, SYN, segment, URG } from '../../../core/tcp/segment.ts';
import { add } from '../../../core/tcp/seq.ts';
import { TCP_STATES, type TcpState } from '../../../core/tcp/states.ts';
import { step } from '../../../core/tcp/step.ts';
import { ms } from '../../../core/tcp/time.ts';
import { from, IRS, ISS, play, WAYS } from './fixtures.ts';

// What RFC 9293 §3.10 says and no scene of a connection's life shows; docs/requirements.md names each sentence.

const { rfc9293, textbook } = PROFILES;

interface Outcome {
  readonly endpoint: Endpoint;
  readonly sent: readonly Segment[];
  readonly told: readonly AppResult[];
}

function happens(before: Endpoint, event: TcpEvent, profile = rfc9293): Outcome {
  const { endpoint, effects } = step(before, event, ms(1000), profile);
  return {
    endpoint,
    sent: effects.flatMap((effect) => (effect.kind === 'send' ? [effect.segment] : [])),
    told: effects.flatMap((effect) => (effect.kind === 'app' ? [effect.result] : [])),
  };
}

const established = () => play(WAYS['ESTABLISHED'], textbook);

describe('SEGMENT ARRIVES (RFC 9293 §3.10.7)', () => {
  it('SYN-SENT: text and URG on a SYN,ACK are looked at once the connection is established', () => {
    const bits = flags(SYN, ACK, URG);
    const event: TcpEvent = {
      kind: 'segment',
      segment: segment({ flags: bits, seq: IRS, ack: add(ISS, 1), length: 5, urgent: 4, window: 1000 }),
    };
    const { endpoint, told } = happens(play(WAYS['SYN-SENT'], rfc9293), event);
    assert.deepEqual(told, [{ kind: 'urgent' }, { kind: 'established' }, { kind: 'data', length: 5 }]);
    assert.equal(endpoint.rcvUp, add(IRS, 4));
    assert.equal(endpoint.rcvNxt, add(IRS, 6));
  });

  it('SYN-SENT: data that left on our SYN is sent after a simultaneous open, for the SYN,ACK carries none', () => {
    const opened = play([{ kind: 'open', mode: 'active', iss: ISS, data: 7 }], rfc9293);
    const crossed = happens(opened, from({ seq: 0 }, SYN));
    assert.equal(crossed.endpoint.state, 'SYN-RECEIVED');
    assert.deepEqual(
      crossed.sent.map(({ seq, length, flags: bits }) => [seq, length, bits]),
      [[ISS, 0, flags(SYN, ACK)]],
    );
    const { endpoint, sent } = happens(crossed.endpoint, from({ seq: 0, ack: 1 }, SYN, ACK));
    assert.equal(endpoint.state, 'ESTABLISHED');
    assert.deepEqual(
      sent.map(({ seq, length }) => [seq, length]),
      [[add(ISS, 1), 7]],
    );
  });

  it('SYN-RECEIVED of an active OPEN: a SYN in the window is an error without RFC 5961, challenged with it', () => {
    const crossed = [...WAYS['SYN-SENT'], from({ seq: 0 }, SYN)];
    const error = happens(play(crossed, textbook), from({ seq: 9 }, SYN), textbook);
    assert.equal(error.endpoint.state, 'CLOSED');
    assert.deepEqual(error.told, [{ kind: 'error', code: 'ECONNRESET' }]);
    assert.deepEqual(
      error.sent.map(({ flags: bits }) => bits),
      [RST],
    );
    const challenged = happens(play(crossed, rfc9293), from({ seq: 9 }, SYN));
    assert.equal(challenged.endpoint.state, 'SYN-RECEIVED');
    assert.deepEqual(
      challenged.sent.map(({ flags: bits }) => bits),
      [ACK],
    );
  });

  it('SYN-SENT: an ACK of the SYN alone is good, though data left on it', () => {
    const opened = play([{ kind: 'open', mode: 'active', iss: ISS, data: 7 }], rfc9293);
    const { endpoint, sent } = happens(opened, from({ seq: 0, ack: 1 }, SYN, ACK));
    assert.equal(endpoint.state, 'ESTABLISHED');
    assert.deepEqual(
      sent.map(({ seq, length }) => [seq, length]),
      [[add(ISS, 1), 7]],
    );
  });

  it('SYN-SENT: the window of a crossing SYN counts', () => {
    const { endpoint } = happens(play(WAYS['SYN-SENT'], rfc9293), from({ seq: 0, window: 77 }, SYN));
    assert.deepEqual([endpoint.sndWnd, endpoint.sndWl1, endpoint.sndWl2], [77, IRS, 0]);
  });

  it('SYN-RECEIVED: the window of the third ACK counts', () => {
    const { endpoint } = happens(
      play(WAYS['SYN-RECEIVED'], rfc9293),
      from({ seq: 1, ack: 1, window: 77 }, ACK),
    );
    assert.deepEqual([endpoint.sndWnd, endpoint.sndWl1, endpoint.sndWl2], [77, add(IRS, 1), add(ISS, 1)]);
  });

  it('takes only the new part of a segment that straddles old and new', () => {
    const before = play([from({ seq: 1, ack: 1, length: 10 }, ACK)], textbook, established());
    const { endpoint, told } = happens(before, from({ seq: 6, ack: 1, length: 10 }, ACK), textbook);
    assert.deepEqual(told, [{ kind: 'data', length: 5 }]);
    assert.equal(endpoint.rcvNxt, add(IRS, 16));
  });

  it('the four cases of Table 6', () => {
    const small = { ...textbook, receiveBuffer: 100 };
    const open = play(WAYS['ESTABLISHED'], small);
    const shut = play(
      [...WAYS['ESTABLISHED'], { kind: 'reading', on: false }, from({ seq: 1, ack: 1, length: 100 }, ACK)],
      small,
    );
    assert.deepEqual([open.rcvWnd, shut.rcvWnd], [100, 0]);
    const cases: readonly (readonly [Endpoint, number, number, boolean])[] = [
      [shut, 101, 0, true],
      [shut, 102, 0, false],
      [shut, 100, 0, false],
      [shut, 101, 1, false],
      [open, 1, 0, true],
      [open, 0, 0, false],
      [open, 100, 0, true],
      [open, 101, 0, false],
      [open, 1, 5, true],
      [open, 100, 5, true],
      [open, 101, 5, false],
      [open, -4, 6, true],
      [open, -4, 5, false],
    ];
    for (const [before, seq, length, acceptable] of cases) {
      const { rules } = step(before, from({ seq, ack: 1, length }, ACK), ms(9), small);
      const refused =
        rules.includes('arrives/outside-window-is-acked') || rules.includes('window/closed-takes-nothing');
      assert.equal(!refused, acceptable, `window ${before.rcvWnd}, seq ${seq}, length ${length}`);
    }
  });

  it('a window of zero still lets in a valid ACK, even with data, and a RST', () => {
    const small = { ...textbook, receiveBuffer: 100 };
    const shut = play(
      [
        ...WAYS['ESTABLISHED'],
        { kind: 'reading', on: false },
        from({ seq: 1, ack: 1, length: 100 }, ACK),
        { kind: 'send', length: 5 },
      ],
      small,
    );
    assert.equal(
      happens(shut, from({ seq: 101, ack: 6, length: 3 }, ACK), small).endpoint.sndUna,
      add(ISS, 6),
    );
    assert.equal(happens(shut, from({ seq: 101 }, RST), small).endpoint.state, 'CLOSED');
    assert.equal(happens(shut, from({ seq: 102 }, RST), small).endpoint.state, 'ESTABLISHED');
  });

  it('a segment acknowledged in part stays in the retransmission queue', () => {
    const sent = play([{ kind: 'send', length: 10 }], textbook, established());
    const { endpoint } = happens(sent, from({ seq: 1, ack: 5 }, ACK), textbook);
    assert.equal(endpoint.sndUna, add(ISS, 5));
    assert.deepEqual(
      endpoint.retransmit.map(({ seq, length }) => [seq, length]),
      [[add(ISS, 1), 10]],
    );
  });

  it('an old segment does not change the window', () => {
    const told = play([from({ seq: 5, ack: 1, length: 1, window: 500 }, ACK)], textbook, established());
    assert.equal(told.sndWnd, 500);
    assert.equal(happens(told, from({ seq: 1, ack: 1, window: 9 }, ACK), textbook).endpoint.sndWnd, 500);
    assert.equal(happens(told, from({ seq: 5, ack: 1, window: 9 }, ACK), textbook).endpoint.sndWnd, 9);
  });

  it("the peer's FIN again changes no state, and is acknowledged again", () => {
    for (const state of ['CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT'] as const) {
      const { endpoint, sent } = happens(
        play(WAYS[state], textbook),
        from({ seq: 1, ack: 1 }, FIN, ACK),
        textbook,
      );
      assert.equal(endpoint.state, state);
      assert.deepEqual(
        sent.map(({ flags: bits, ack }) => [bits, ack]),
        [[ACK, add(IRS, 2)]],
      );
    }
  });
});

describe('calls (RFC 9293 §3.10.4, §3.10.5)', () => {
  it('CLOSE-WAIT: the FIN waits for what was written', () => {
    const shut = play([...WAYS['CLOSE-WAIT'], from({ seq: 2, ack: 1, window: 0 }, ACK)], textbook);
    const written = play([{ kind: 'send', length: 5 }, { kind: 'close' }], textbook, shut);
    assert.equal(written.finSeq, undefined);
    const { sent } = happens(written, from({ seq: 2, ack: 1, window: 100 }, ACK), textbook);
    assert.deepEqual(
      sent.map(({ seq, length, flags: bits }) => [seq, length, bits & FIN]),
      [
        [add(ISS, 1), 5, 0],
        [add(ISS, 6), 0, FIN],
      ],
    );
  });

  it('ABORT: five states send a RST, none keeps its TCB, and only CLOSED says that there is no connection', () => {
    const answers = TCP_STATES.map((state): readonly [TcpState, number, number] => {
      const { endpoint, sent, told } = happens(play(WAYS[state], rfc9293), { kind: 'abort' });
      assert.equal(endpoint.state, 'CLOSED');
      return [state, sent.filter(({ flags: bits }) => bits & RST).length, told.length];
    });
    assert.deepEqual(answers, [
      ['CLOSED', 0, 1],
      ['LISTEN', 0, 0],
      ['SYN-SENT', 0, 0],
      ['SYN-RECEIVED', 1, 0],
      ['ESTABLISHED', 1, 0],
      ['FIN-WAIT-1', 1, 0],
      ['FIN-WAIT-2', 1, 0],
      ['CLOSE-WAIT', 1, 0],
      ['CLOSING', 0, 0],
      ['LAST-ACK', 0, 0],
      ['TIME-WAIT', 0, 0],
    ]);
  });
});

describe('USER TIMEOUT (RFC 9293 §3.10.8)', () => {
  it('ends a connection whose peer keeps its window closed for so long', () => {
    const profile = { ...textbook, userTimeout: ms(10_000) };
    const shut = from({ seq: 1, ack: 1, window: 0 }, ACK);
    let endpoint = play([...WAYS['ESTABLISHED'], shut, { kind: 'send', length: 5 }], profile);
    const first = endpoint.deadlines.persist ?? ms(0);
    let at = first;
    while (endpoint.state !== 'CLOSED') {
      at = endpoint.deadlines.persist ?? at;
      endpoint = step(endpoint, { kind: 'timer', timer: 'persist' }, at, profile).endpoint;
      if (endpoint.state !== 'CLOSED') endpoint = step(endpoint, shut, at, profile).endpoint;
    }
    assert.equal(at - first, 10_000);
  });

  it('does not count the time a window was closed once it has opened', () => {
    const profile = { ...textbook, userTimeout: ms(10_000) };
    const shut = from({ seq: 1, ack: 1, window: 0 }, ACK);
    const waiting = play([...WAYS['ESTABLISHED'], shut, { kind: 'send', length: 5 }], profile);
    const probed = step(waiting, { kind: 'timer', timer: 'persist' }, ms(2000), profile).endpoint;
    assert.notEqual(probed.retryingSince, undefined);
    assert.equal(
      happens(probed, from({ seq: 1, ack: 1, window: 100 }, ACK), profile).endpoint.retryingSince,
      undefined,
    );
  });
});
