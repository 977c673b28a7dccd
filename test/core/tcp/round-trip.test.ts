import assert from 'node:assert/strict';
import { CLOSED_ENDPOINT, type Endpoint } from '../../../core/tcp/endpoint.ts';
import type { TcpEvent } from '../../../core/tcp/event.ts';
import { PROFILES, type Profile } from '../../../core/tcp/profiles.ts';
import { ACK, SYN } from '../../../core/tcp/segment.ts';
import { step } from '../../../core/tcp/step.ts';
import { ms } from '../../../core/tcp/time.ts';
import { from, ISS } from './fixtures.ts';

// Numbers worked out by hand from RFC 6298 §2 and §5, and from Linux tcp_rtt_estimator.

const { rfc9293, textbook, linux } = PROFILES;
const OPEN: TcpEvent = { kind: 'open', mode: 'active', iss: ISS };
const SYN_ACK = from({ seq: 0, ack: 1 }, SYN, ACK);
const SEND: TcpEvent = { kind: 'send', length: 10 };
const RTO: TcpEvent = { kind: 'timer', timer: 'retransmission' };
const ack = (number: number) => from({ seq: 1, ack: number }, ACK);

/** Events with the moment of each. */
function walk(events: readonly (readonly [number, TcpEvent])[], profile: Profile): Endpoint {
  return events.reduce((e, [at, event]) => step(e, event, ms(at), profile).endpoint, CLOSED_ENDPOINT);
}

/** A handshake, then one segment after another; each round trip as given. */
function measured(profile: Profile, ...trips: readonly number[]): Endpoint {
  const events: [number, TcpEvent][] = [];
  trips.forEach((trip, place) => {
    events.push([place * 10_000, place === 0 ? OPEN : SEND]);
    events.push([place * 10_000 + trip, place === 0 ? SYN_ACK : ack(1 + 10 * place)]);
  });
  return walk(events, profile);
}

describe('the round trip (RFC 6298 §2)', () => {
  it('first sample: SRTT is R, RTTVAR half of it, and RTO SRTT + 4 RTTVAR (2.2)', () => {
    const { srtt, rttvar, rto } = measured(rfc9293, 400);
    assert.deepEqual([srtt, rttvar, rto], [400, 200, 1200]);
  });

  it('next samples: RTTVAR takes a quarter of the deviation, SRTT an eighth of the sample (2.3)', () => {
    const { srtt, rttvar, rto } = measured(rfc9293, 400, 800);
    assert.deepEqual([srtt, rttvar, rto], [450, 250, 1450]);
    const third = measured(rfc9293, 400, 800, 250);
    assert.deepEqual([third.srtt, third.rttvar, third.rto], [425, 237.5, 1375]);
  });

  it('RTO is never below the least (2.4), nor above the most (2.5)', () => {
    assert.equal(measured(rfc9293, 10).rto, rfc9293.minRto);
    assert.equal(measured({ ...rfc9293, initialRto: ms(30_000) }, 25_000).rto, rfc9293.maxRto);
  });

  it('one retransmission among what an ACK covers spoils the sample (Karn)', () => {
    const events: readonly (readonly [number, TcpEvent])[] = [
      [0, OPEN],
      [400, SYN_ACK],
      [1000, { kind: 'send', length: 1072 }], // two segments of 536
      [2200, RTO], // the first again
      [2300, ack(1073)],
    ];
    assert.equal(walk(events, { ...rfc9293, nagle: false }).srtt, 400);
  });

  it('a SYN that was repeated and gave no sample leaves 3 seconds (5.7), where the timeout had been shorter', () => {
    const repeated: readonly (readonly [number, TcpEvent])[] = [
      [0, OPEN],
      [1000, RTO],
      [1100, SYN_ACK],
    ];
    assert.equal(walk(repeated, rfc9293).rto, 3000);
    assert.equal(walk(repeated, { ...rfc9293, initialRto: ms(5000) }).rto, 10_000);
    assert.equal(walk(repeated, { ...rfc9293, initialRto: ms(3000) }).rto, 6000, 'not shorter than 3 s');
    assert.equal(walk(repeated, textbook).rto, 2000, 'who does not measure goes on');
  });

  it('repeated data does not: only the SYN says so little', () => {
    const events: readonly (readonly [number, TcpEvent])[] = [
      [0, OPEN],
      [400, SYN_ACK],
      [1000, SEND],
      [2200, RTO],
      [2300, ack(11)],
    ];
    assert.equal(walk(events, rfc9293).rto, 2400, 'backed off until there is a sample (5.5, Karn)');
  });

  it('profile textbook measures nothing: once something new is acknowledged, the first timeout is back', () => {
    const lost: readonly (readonly [number, TcpEvent])[] = [
      [0, OPEN],
      [400, SYN_ACK],
      [1000, SEND],
      [2000, RTO],
    ];
    assert.equal(walk(lost, textbook).rto, 2000);
    const { rto, srtt } = walk([...lost, [2100, ack(11)], [3000, SEND], [3100, ack(21)]], textbook);
    assert.deepEqual([rto, srtt], [textbook.initialRto, undefined]);
  });
});

describe('the round trip as Linux measures it (tcp_rtt_estimator)', () => {
  it('RTTVAR begins at half the sample, but not below a quarter of the least RTO', () => {
    const { srtt, rttvar, rto } = measured(linux, 100);
    assert.deepEqual([srtt, rttvar, rto], [100, 50, 300]);
    assert.equal(measured(linux, 20).rttvar, 50);
    assert.equal(measured(linux, 400).rttvar, 200);
  });

  it('a longer trip counts at once: mean deviation 50 + (200 - 50) / 4', () => {
    const { srtt, rttvar, rto } = measured(linux, 100, 300);
    assert.deepEqual([srtt, rttvar, rto], [125, 87.5, 475]);
  });

  it('a much shorter trip counts an eighth of that, so that RTO does not rise as trips get shorter', () => {
    const { deviation } = measured(linux, 300, 20);
    assert.equal(deviation?.mean, 150 + (280 - 150) / 32);
  });

  it('a trip near the mean lets the deviation sink by a quarter', () => {
    assert.equal(measured(linux, 300, 300).deviation?.mean, 112.5);
    assert.equal(measured(linux, 300, 290).deviation?.mean, 150 + (10 - 150) / 4);
    assert.equal(measured(linux, 300, 310).deviation?.mean, 150 + (10 - 150) / 4);
  });

  it('RTTVAR falls by a quarter of the way once a round trip, when what was sent at its start is passed', () => {
    const { rttvar, deviation } = measured(linux, 400, 400, 400);
    assert.deepEqual([rttvar, deviation?.most], [200 - (200 - 112.5) / 4, 50]);
  });

  it('a second sample of one flight lets nothing fall: the round trip is not over', () => {
    const events: readonly (readonly [number, TcpEvent])[] = [
      [0, OPEN],
      [400, SYN_ACK],
      [1000, SEND],
      [1000, SEND],
      [1400, ack(11)],
      [1400, ack(21)],
    ];
    const { rttvar, deviation } = walk(events, { ...linux, nagle: false });
    assert.deepEqual([rttvar, deviation?.most], [200, 112.5]);
  });
});
