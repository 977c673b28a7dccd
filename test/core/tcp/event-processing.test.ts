import assert from 'node:assert/strict';
import type { Endpoint } from '../../../core/tcp/endpoint.ts';
import type { AppResult, TcpEvent } from '../../../core/tcp/event.ts';
import { PROFILES } from '../../../core/tcp/profiles.ts';
import { ACK, flags, RST, type Segment, SYN, segment, URG } from '../../../core/tcp/segment.ts';
import { add } from '../../../core/tcp/seq.ts';
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
});
