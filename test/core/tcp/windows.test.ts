import assert from 'node:assert/strict';
import type { Endpoint } from '../../../core/tcp/endpoint.ts';
import type { Effect, TcpEvent } from '../../../core/tcp/event.ts';
import { PROFILES, type Profile } from '../../../core/tcp/profiles.ts';
import { ACK, SYN } from '../../../core/tcp/segment.ts';
import { step } from '../../../core/tcp/step.ts';
import { ms } from '../../../core/tcp/time.ts';
import { from, play, WAYS } from './fixtures.ts';

const { rfc9293, textbook } = PROFILES;
const DUE: TcpEvent = { kind: 'timer', timer: 'retransmission' };

function lengthsSent(effects: readonly Effect[]): readonly number[] {
  return effects.flatMap((effect) => (effect.kind === 'send' ? [effect.segment.length] : []));
}

function sent(before: Endpoint, event: TcpEvent, profile: Profile = textbook): readonly number[] {
  return lengthsSent(step(before, event, ms(99), profile).effects);
}

describe('managing the window (RFC 9293 §3.8.6)', () => {
  let open: Endpoint;
  before(() => {
    open = play(WAYS['ESTABLISHED'], textbook);
  });

  it('takes a window of 65,535 as a large number, not a negative one (MUST-1, REC-1)', () => {
    assert.equal(open.sndWnd, 65_535);
    assert.deepEqual(sent(open, { kind: 'send', length: 1460 }), [1460]);
  });

  it('bears a window that shrinks below what is in flight: sends nothing new, repeats the old (MUST-34, SHLD-15, SHLD-16)', () => {
    const shrunk = play(
      [{ kind: 'send', length: 1460 }, from({ seq: 1, ack: 1, window: 100 }, ACK)],
      textbook,
      open,
    );
    assert.equal(shrunk.sndWnd, 100);
    assert.deepEqual(sent(shrunk, { kind: 'send', length: 10 }), []);
    assert.deepEqual(sent(shrunk, DUE), [1460]);
  });

  it('stays open while the peer answers with its window closed over data in flight (SHLD-17, MUST-37)', () => {
    let endpoint = play([{ kind: 'send', length: 1460 }], textbook, open);
    for (let round = 0; round < 5 * textbook.dataRetries; round++)
      endpoint = play([DUE, from({ seq: 1, ack: 1, window: 0 }, ACK)], textbook, endpoint);
    assert.equal(endpoint.state, 'ESTABLISHED');
    for (let round = 0; round <= textbook.dataRetries; round++) endpoint = play([DUE], textbook, endpoint);
    assert.equal(endpoint.state, 'CLOSED', 'but not when it falls silent');
  });

  it('probes a closed window for ever, at growing intervals (MUST-36, SHLD-29, SHLD-30, MUST-37)', () => {
    const shut = from({ seq: 1, ack: 1, window: 0 }, ACK);
    let endpoint = play([shut, { kind: 'send', length: 10 }], textbook, open);
    const pauses: number[] = [];
    for (let probe = 0; probe < 40; probe++) {
      const due = endpoint.deadlines.persist ?? ms(0);
      const before = endpoint;
      endpoint = step(endpoint, { kind: 'timer', timer: 'persist' }, due, textbook).endpoint;
      pauses.push((endpoint.deadlines.persist ?? 0) - (before.deadlines.persist ?? 0));
      endpoint = step(endpoint, shut, due, textbook).endpoint;
    }
    assert.deepEqual(pauses.slice(0, 7), [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    assert.equal(endpoint.state, 'ESTABLISHED');
  });

  it('sends no piece of a segment into a window that opens bit by bit (MUST-38)', () => {
    const before = play([...WAYS['ESTABLISHED'], from({ seq: 1, ack: 1, window: 0 }, ACK)], rfc9293);
    const waiting = play([{ kind: 'send', length: 3000 }], rfc9293, before);
    assert.deepEqual(sent(waiting, from({ seq: 1, ack: 1, window: 100 }, ACK), rfc9293), []);
    assert.deepEqual(sent(waiting, from({ seq: 1, ack: 1, window: 3000 }, ACK), rfc9293).slice(0, 1), [536]);
  });

  it('offers no window that grew by a trifle (MUST-39)', () => {
    const buffer = { ...textbook, receiveBuffer: 2920 };
    const full = play(
      [...WAYS['ESTABLISHED'], { kind: 'reading', on: false }, from({ seq: 1, ack: 1, length: 2920 }, ACK)],
      buffer,
    );
    assert.equal(full.rcvWnd, 0);
    assert.deepEqual(sent(full, { kind: 'receive', length: 100 }, buffer), []);
    const some = play([{ kind: 'receive', length: 100 }], buffer, full);
    assert.equal(some.rcvWnd, 0);
    const { endpoint, effects } = step(some, { kind: 'receive', length: 1360 }, ms(9), buffer);
    assert.equal(endpoint.rcvWnd, 1460);
    assert.deepEqual(lengthsSent(effects), [0]);
  });

  it('assumes 536 octets of a peer that names no MSS, and never sends more than it names (MUST-14, MUST-15, MUST-16)', () => {
    assert.equal(play(WAYS['ESTABLISHED'], rfc9293).sndMss, 536);
    const event = from({ seq: 0, ack: 1 }, SYN, ACK);
    assert.ok(event.kind === 'segment');
    const offer: TcpEvent = { kind: 'segment', segment: { ...event.segment, options: { mss: 1000 } } };
    assert.equal(play([...WAYS['SYN-SENT'], offer], rfc9293).sndMss, 1000);
  });
});
