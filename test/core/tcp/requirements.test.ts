import assert from 'node:assert/strict';
import type { Effect, TcpEvent } from '../../../core/tcp/event.ts';
import { PROFILE_IDS, PROFILES, type Profile } from '../../../core/tcp/profiles.ts';
import { ACK, RST, SYN } from '../../../core/tcp/segment.ts';
import { step } from '../../../core/tcp/step.ts';
import { ms, seconds } from '../../../core/tcp/time.ts';
import { from, play, WAYS } from './fixtures.ts';

// Requirements of RFC 9293 Appendix B that no other test holds by itself: see docs/requirements.md.

const { textbook, rfc9293, linux } = PROFILES;
const DUE: TcpEvent = { kind: 'timer', timer: 'retransmission' };

function sends(effects: readonly Effect[]) {
  return effects.flatMap((effect) => (effect.kind === 'send' ? [effect.segment] : []));
}

/** Time from the first transmission of whatever `way` leaves unanswered until the connection is given up. */
function patience(way: readonly TcpEvent[], profile: Profile): number {
  let endpoint = play(way, profile);
  const begin = way.length - 1;
  for (;;) {
    const due = endpoint.deadlines.retransmission ?? endpoint.deadlines['tail-loss-probe'];
    if (due === undefined) throw new Error('nothing is waited for');
    const timer = endpoint.deadlines.retransmission === undefined ? 'tail-loss-probe' : 'retransmission';
    endpoint = step(endpoint, { kind: 'timer', timer }, due, profile).endpoint;
    if (endpoint.state === 'CLOSED') return due - begin;
  }
}

describe('requirements of RFC 9293 Appendix B', () => {
  it('waits at least 3 minutes for the answer to a SYN (MUST-23), 100 seconds for that to data (SHLD-11)', () => {
    assert.ok(patience(WAYS['SYN-SENT'], rfc9293) >= seconds(180));
    for (const profile of [rfc9293, textbook, linux])
      assert.ok(
        patience([...WAYS['ESTABLISHED'], { kind: 'send', length: 1 }], profile) >= seconds(100),
        profile.id,
      );
  });

  it('lets R2 be set, and counts it in the same way for SYNs (MUST-21, MUST-22)', () => {
    assert.equal(patience(WAYS['SYN-SENT'], { ...textbook, synRetries: 2 }), seconds(1 + 2 + 4));
    const data: readonly TcpEvent[] = [...WAYS['ESTABLISHED'], { kind: 'send', length: 1 }];
    assert.equal(patience(data, { ...textbook, dataRetries: 2 }), seconds(1 + 2 + 4));
  });

  it('takes no round trip from a segment that was sent twice (MUST-18, Karn)', () => {
    const measured = play([...WAYS['SYN-SENT'], DUE, from({ seq: 0, ack: 1 }, SYN, ACK)], rfc9293);
    assert.equal(measured.srtt, undefined);
    assert.equal(measured.rto, seconds(3), 'RFC 6298 (5.7): data begins with 3 seconds');
  });

  it('delays an ACK by less than half a second (MUST-40)', () => {
    for (const id of PROFILE_IDS) assert.ok(PROFILES[id].delayedAck < 500, id);
  });

  it('names its MSS on SYNs only (MUST-65)', () => {
    const { effects } = step(
      play(WAYS['ESTABLISHED'], rfc9293),
      { kind: 'send', length: 10 },
      ms(9),
      rfc9293,
    );
    assert.deepEqual(
      sends(effects).map(({ options }) => options.mss),
      [undefined],
    );
  });

  it('acknowledges once what a missing segment completes (MUST-58, MUST-59)', () => {
    const ahead = [6, 11, 16].map((seq) => from({ seq, ack: 1, length: 5 }, ACK));
    const waiting = play([...WAYS['ESTABLISHED'], ...ahead], textbook);
    const { effects, endpoint } = step(waiting, from({ seq: 1, ack: 1, length: 5 }, ACK), ms(9), textbook);
    assert.deepEqual(
      sends(effects).map(({ ack }) => ack),
      [endpoint.rcvNxt],
    );
    assert.deepEqual(endpoint.held, []);
  });

  it('believes a RST that carries data (SHLD-2), and tells the application (MUST-12)', () => {
    const { endpoint, effects } = step(
      play(WAYS['ESTABLISHED'], rfc9293),
      from({ seq: 1, length: 20 }, RST),
      ms(9),
      rfc9293,
    );
    assert.equal(endpoint.state, 'CLOSED');
    assert.deepEqual(effects, [{ kind: 'app', result: { kind: 'error', code: 'ECONNRESET' } }]);
  });

  it('keeps alive only when asked to (MUST-24, MUST-25), after two hours by default (MUST-28)', () => {
    for (const id of PROFILE_IDS) {
      const open = play(WAYS['ESTABLISHED'], PROFILES[id]);
      assert.equal(open.deadlines.keepalive, undefined);
      const asked = step(open, { kind: 'keepalive' }, ms(0), PROFILES[id]).endpoint;
      assert.ok((asked.deadlines.keepalive ?? 0) >= seconds(7200), id);
    }
  });

  it('bears lost keepalive probes and answers (MUST-29), and sends them without data (SHLD-12)', () => {
    const probe: TcpEvent = { kind: 'timer', timer: 'keepalive' };
    const asked = play([...WAYS['ESTABLISHED'], { kind: 'keepalive' }, probe, probe], textbook);
    assert.equal(asked.state, 'ESTABLISHED');
    assert.deepEqual(
      sends(step(asked, probe, ms(9), textbook).effects).map(({ length }) => length),
      [0],
    );
    assert.equal(play([from({ seq: 1, ack: 1 }, ACK)], textbook, asked).probes, 0);
  });

  it('sends at last what was written without a push (MUST-60)', () => {
    const written = play([...WAYS['ESTABLISHED'], { kind: 'send', length: 5, more: true }], linux);
    assert.equal(written.unsent, 5, 'waits for company');
    const due = written.deadlines.persist;
    assert.ok(due !== undefined, 'but not for ever');
    const { effects } = step(written, { kind: 'timer', timer: 'persist' }, due, linux);
    assert.deepEqual(
      sends(effects).map(({ length }) => length),
      [5],
    );
  });

  it('backs off as CUBIC does where the profile says so (MAY-18): to seven tenths, RFC 9438 §4.6', () => {
    const again = from({ seq: 1, ack: 1 }, ACK);
    const sent = play([...WAYS['ESTABLISHED'], { kind: 'send', length: 14_000 }], linux);
    const backedOff = play([again, again, again], linux, sent);
    assert.equal(sent.cwnd, 10);
    assert.equal(backedOff.ssthresh, 7);
  });
});
