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

describe('reading and writing (RFC 9293 §3.10.2, §3.10.3)', () => {
  const small = { ...textbook, receiveBuffer: 1000 };
  const unread = (length: number) =>
    play(
      [...WAYS['ESTABLISHED'], { kind: 'reading', on: false }, from({ seq: 1, ack: 1, length }, ACK)],
      small,
    );

  it('an application that reads again gets at once what has waited', () => {
    assert.deepEqual(happens(unread(300), { kind: 'reading', on: true }, small).told, [
      { kind: 'data', length: 300 },
    ]);
    assert.deepEqual(happens(unread(300), { kind: 'reading', on: false }, small).told, []);
  });

  it('half a buffer free is worth telling when a segment does not fit into it (MUST-39)', () => {
    const less = happens(unread(1000), { kind: 'receive', length: 499 }, small);
    assert.deepEqual([less.sent.length, less.endpoint.rcvWnd], [0, 0]);
    const half = happens(unread(1000), { kind: 'receive', length: 500 }, small);
    assert.deepEqual(
      half.sent.map(({ window }) => window),
      [500],
    );
    const open = happens(unread(400), { kind: 'receive' }, small);
    assert.deepEqual(
      [open.sent.length, open.endpoint.rcvWnd],
      [0, 600],
      'it was open anyway, and 400 are a trifle',
    );
  });

  it('a write behind a close that waits for the handshake fails', () => {
    const waiting = play([...WAYS['SYN-RECEIVED'], { kind: 'send', length: 5 }, { kind: 'close' }], rfc9293);
    assert.equal(waiting.state, 'SYN-RECEIVED');
    const { endpoint, told } = happens(waiting, { kind: 'send', length: 7 });
    assert.deepEqual(told, [{ kind: 'error', code: 'EPIPE' }]);
    assert.equal(endpoint.unsent, 5);
  });

  it('after shutdown(SHUT_RDWR) read() returns 0 before any FIN, and data that still comes is reset', () => {
    const shut = play(
      [...WAYS['ESTABLISHED'], { kind: 'reading', on: false }, { kind: 'shutdown-both' }],
      rfc9293,
    );
    assert.equal(shut.state, 'FIN-WAIT-1');
    assert.deepEqual(happens(shut, { kind: 'receive' }).told, [{ kind: 'eof' }]);
    const { endpoint, sent } = happens(shut, from({ seq: 1, ack: 1, length: 5 }, ACK));
    assert.deepEqual([endpoint.state, sent.map(({ flags: bits }) => bits)], ['CLOSED', [RST]]);
    const halfShut = play([...WAYS['ESTABLISHED'], { kind: 'shutdown-read' }], rfc9293);
    assert.equal(happens(halfShut, from({ seq: 1, ack: 1, length: 5 }, ACK)).endpoint.state, 'ESTABLISHED');
  });

  it('end of file is told once to whoever asks, and a reset after it only to a writer', () => {
    const over = play(
      [...WAYS['ESTABLISHED'], { kind: 'reading', on: false }, from({ seq: 1, ack: 1 }, FIN, ACK)],
      rfc9293,
    );
    assert.equal(over.eofTold, false);
    const read = happens(over, { kind: 'receive' });
    assert.deepEqual(read.told, [{ kind: 'eof' }]);
    assert.equal(read.endpoint.eofTold, true);
    const reset = happens(read.endpoint, from({ seq: 2 }, RST)).endpoint;
    assert.deepEqual(happens(reset, { kind: 'receive' }).told, [{ kind: 'eof' }]);
    assert.deepEqual(happens(reset, { kind: 'send', length: 1 }).told, [{ kind: 'error', code: 'EPIPE' }]);
  });

  it('a read() that waits takes what it asked for out of a segment, and the window keeps the rest', () => {
    const waiting = play(
      [...WAYS['ESTABLISHED'], { kind: 'reading', on: false }, { kind: 'receive', length: 100 }],
      small,
    );
    const { endpoint, told } = happens(waiting, from({ seq: 1, ack: 1, length: 300 }, ACK), small);
    assert.deepEqual(told, [{ kind: 'data', length: 100 }]);
    assert.deepEqual([endpoint.unread, endpoint.rcvWnd, endpoint.awaits], [200, 800, 0]);
  });

  it('a FIN that waits beyond the window is not taken with what fits', () => {
    const held = play([from({ seq: 901, ack: 1, length: 200 }, FIN, ACK)], small, unread(0));
    const { endpoint } = happens(held, from({ seq: 1, ack: 1, length: 900 }, ACK), small);
    assert.deepEqual([endpoint.state, endpoint.rcvNxt, endpoint.rcvWnd], ['ESTABLISHED', add(IRS, 1001), 0]);
  });

  it('urgent data is told of in both FIN-WAIT states too', () => {
    for (const state of ['FIN-WAIT-1', 'FIN-WAIT-2'] as const) {
      const bits = flags(ACK, URG);
      const event: TcpEvent = {
        kind: 'segment',
        segment: segment({
          flags: bits,
          seq: add(IRS, 1),
          ack: add(ISS, 1),
          length: 2,
          urgent: 5,
          window: 100,
        }),
      };
      assert.deepEqual(happens(play(WAYS[state], textbook), event, textbook).told[0], { kind: 'urgent' });
    }
  });
});

describe('what comes too late or too early (RFC 9293 §3.10.7.4)', () => {
  it('TIME-WAIT starts again only for the FIN that was taken, not for one before it', () => {
    const waiting = play(WAYS['TIME-WAIT'], textbook);
    const again = happens(waiting, from({ seq: 1, ack: 2 }, FIN, ACK), textbook);
    assert.equal(again.endpoint.deadlines['time-wait'], 1000 + 60_000);
    const older = happens(waiting, from({ seq: -5, ack: 2 }, FIN, ACK), textbook);
    assert.equal(older.endpoint.deadlines['time-wait'], waiting.deadlines['time-wait']);
    assert.equal(older.sent.length, 1, 'but it is answered');
  });

  it('an old SYN in SYN-RECEIVED gets an ACK; only the one that was taken gets the SYN,ACK again', () => {
    const half = play(WAYS['SYN-RECEIVED'], textbook);
    const answer = (seq: number) =>
      happens(half, from({ seq }, SYN), textbook).sent.map(({ flags: bits }) => bits);
    assert.deepEqual(answer(0), [flags(SYN, ACK)]);
    assert.deepEqual(answer(-9), [ACK]);
  });

  it('a SYN,ACK with another number is no part of the simultaneous open', () => {
    const crossed = play([...WAYS['SYN-SENT'], from({ seq: 0 }, SYN)], rfc9293);
    assert.equal(happens(crossed, from({ seq: -9, ack: 1 }, SYN, ACK)).endpoint.state, 'SYN-RECEIVED');
    assert.equal(happens(crossed, from({ seq: 0, ack: 1 }, SYN, ACK)).endpoint.state, 'ESTABLISHED');
  });

  it('a duplicate ACK does not take retransmissions back while the window is open', () => {
    const sent = play(
      [
        { kind: 'send', length: 10 },
        { kind: 'timer', timer: 'retransmission' },
      ],
      textbook,
      established(),
    );
    assert.equal(sent.retries, 1);
    assert.equal(happens(sent, from({ seq: 1, ack: 1 }, ACK), textbook).endpoint.retries, 1);
    assert.equal(happens(sent, from({ seq: 1, ack: 1, window: 0 }, ACK), textbook).endpoint.retries, 0);
  });

  it('an ACK below SND.UNA does not set the window', () => {
    const acked = play(
      [{ kind: 'send', length: 10 }, from({ seq: 1, ack: 11, window: 500 }, ACK)],
      textbook,
      established(),
    );
    assert.equal(
      happens(acked, from({ seq: 5, ack: 6, length: 1, window: 9 }, ACK), textbook).endpoint.sndWnd,
      500,
    );
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
