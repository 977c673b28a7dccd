import assert from 'node:assert/strict';
import { type Endpoint, inFlight } from '../../../core/tcp/endpoint.ts';
import type { TcpEvent } from '../../../core/tcp/event.ts';
import { PROFILES, type Profile } from '../../../core/tcp/profiles.ts';
import { ACK, type Segment, SYN, segment } from '../../../core/tcp/segment.ts';
import { add, seq } from '../../../core/tcp/seq.ts';
import { step } from '../../../core/tcp/step.ts';
import { ms } from '../../../core/tcp/time.ts';
import { from, IRS, ISS, play, WAYS } from './fixtures.ts';

// The congestion window, losses shown by ACKs, and the tail: RFC 5681, RFC 6675, RFC 8985, RFC 9438.

const LINUX = { ...PROFILES.linux, mss: 100, timestampsFrom: undefined };
/** Segments of 100 octets, SACK, one handshake of 2 ms. */
function opened(changes: Partial<Endpoint> = {}, sack = true): Endpoint {
  const options = { mss: 100, ...(sack ? { sackPermitted: true } : {}) };
  const synAck: TcpEvent = {
    kind: 'segment',
    segment: segment({
      flags: (SYN | ACK) as typeof SYN,
      seq: IRS,
      ack: add(ISS, 1),
      window: 60_000,
      options,
    }),
  };
  return { ...play([...WAYS['SYN-SENT'], synAck], LINUX), minRtt: undefined, ...changes };
}

interface Walk {
  readonly e: Endpoint;
  readonly sent: readonly Segment[];
}

function at(time: number, e: Endpoint, event: TcpEvent): Walk {
  const { endpoint, effects } = step(e, event, ms(time), LINUX);
  return { e: endpoint, sent: effects.flatMap((effect) => (effect.kind === 'send' ? [effect.segment] : [])) };
}

/** Segments are counted from 0: the place of each that was sent, in hundreds of octets from the first. */
const places = ({ sent }: Walk) => sent.map(({ seq }) => (seq - ISS - 1) / 100);

/** An ACK of so many segments, with SACK blocks in segments: [3, 5] is the fourth and the fifth. */
function ack(segments: number, ...blocks: readonly (readonly [number, number])[]): TcpEvent {
  const octet = (place: number) => add(ISS, 1 + 100 * place);
  const sack = blocks.map(([first, end]) => [octet(first), octet(end)] as const);
  const options = sack.length === 0 ? {} : { sack };
  return {
    kind: 'segment',
    segment: segment({ flags: ACK, seq: add(IRS, 1), ack: octet(segments), window: 60_000, options }),
  };
}

const write = (segments: number): TcpEvent => ({ kind: 'send', length: 100 * segments });

describe('the congestion window (RFC 5681 §3.1)', () => {
  it('begins at ten segments, and slow start adds one for each that is acknowledged', () => {
    const first = at(100, opened(), write(30));
    assert.equal(first.sent.length, 10);
    const next = at(200, first.e, ack(3));
    assert.equal(next.e.cwnd, 13);
    assert.deepEqual(places(next), [10, 11, 12, 13, 14, 15]);
  });

  it('grows by one a round trip from ssthresh on', () => {
    const first = at(100, opened({ ssthresh: 10 }), write(30));
    assert.equal(at(200, first.e, ack(5)).e.cwnd, 10.5);
    assert.equal(at(200, { ...first.e, ssthresh: 11 }, ack(5)).e.cwnd, 15);
  });

  it('does not grow while less than half of it is used', () => {
    const little = at(100, opened(), write(4));
    assert.equal(at(200, little.e, ack(4)).e.cwnd, 10);
    const more = at(100, opened(), write(6));
    assert.equal(at(200, more.e, ack(6)).e.cwnd, 16);
  });

  it('halves for each timeout in which nothing was sent, down to its first size (RFC 5681 §4.1)', () => {
    const idleFor = (idle: number, changes: Partial<Endpoint> = {}) => {
      const used = at(100, opened({ cwnd: 45, rto: ms(300), ...changes }), write(1));
      const acked = at(101, used.e, ack(1));
      const rto = acked.e.rto;
      return at(100 + idle * rto + 1, acked.e, write(1)).e;
    };
    assert.deepEqual(
      [0.5, 1, 2, 9].map((idle) => idleFor(idle).cwnd),
      [45, 22, 11, 10],
    );
    assert.equal(idleFor(9, { cwnd: 6 }).cwnd, 6, 'a smaller one stays');
    assert.equal(idleFor(2, { ssthresh: 20 }).ssthresh, 33);
  });

  it('begins at one where the SYN had to be sent more than twice, and at ten where that was needless (RFC 5681 §3.1)', () => {
    const again: TcpEvent = { kind: 'timer', timer: 'retransmission' };
    const windowAfter = (repeats: number, profile: Profile = LINUX, echo?: number): number => {
      const synAck = from({ seq: 0, ack: 1, window: 60_000 }, SYN, ACK);
      assert.ok(synAck.kind === 'segment');
      const options = echo === undefined ? {} : { timestamps: { value: 9, echo } };
      const answer: TcpEvent = { ...synAck, segment: { ...synAck.segment, options } };
      return play([...WAYS['SYN-SENT'], ...Array<TcpEvent>(repeats).fill(again), answer], profile).cwnd;
    };
    assert.deepEqual(
      [0, 1, 2, 3].map((repeats) => windowAfter(repeats)),
      [10, 10, 1, 1],
    );
    const stamped = { ...LINUX, timestampsFrom: seq(5000) };
    assert.deepEqual([windowAfter(2, stamped, 5000), windowAfter(2, stamped, 5002)], [10, 1]);
  });

  it('an ACK of part of a segment lets nothing grow', () => {
    const first = at(100, opened(), write(30));
    const part: TcpEvent = from({ seq: 1, ack: 51, window: 60_000 }, ACK);
    assert.equal(at(200, first.e, part).e.cwnd, 10);
  });
});

describe('losses that ACKs show', () => {
  it('three segments reported by SACK: what they overtook is lost, sent again at once, and the window falls to 0.7', () => {
    const first = at(100, opened(), write(10));
    const two = at(200, first.e, ack(0, [1, 3]));
    assert.deepEqual(places(two), []);
    const three = at(201, two.e, ack(0, [1, 4]));
    assert.deepEqual(places(three), [0]);
    assert.deepEqual([inFlight(three.e), three.e.cwnd, three.e.ssthresh], [7, 7, 7]);
    assert.equal(three.e.recovery?.upTo, first.e.sndNxt);
  });

  it('fewer: a quarter of the shortest round trip is left to what was overtaken (RFC 8985 §6.2)', () => {
    const first = at(100, opened({ srtt: 100 }), write(10));
    const late = at(200, first.e, ack(0, [1, 2]));
    assert.equal(late.e.minRtt, 100);
    assert.deepEqual(places(late), []);
    assert.equal(late.e.deadlines.reordering, 227);
    const over = at(227, late.e, { kind: 'timer', timer: 'reordering' });
    assert.deepEqual(places(over), [0]);
  });

  it('what was only late is no loss, and later gaps are given more time', () => {
    const slow = at(100, opened(), write(10));
    const gap = at(200, slow.e, ack(0, [2, 3]));
    const filled = at(210, gap.e, ack(0, [1, 3]));
    assert.equal(filled.e.reordered, true);
    const many = at(211, filled.e, ack(0, [1, 6]));
    assert.deepEqual(places(many), [], 'three segments beyond the gap are no proof any more');
  });

  it('recovery ends once everything is acknowledged that was out when it began', () => {
    const first = at(100, opened(), write(10));
    const lost = at(201, first.e, ack(0, [1, 5]));
    const part = at(300, lost.e, ack(5));
    assert.equal(part.e.recovery?.upTo, first.e.sndNxt);
    const all = at(301, { ...part.e, cwnd: 1 }, ack(10));
    assert.equal(all.e.recovery, undefined);
    assert.equal(Math.floor(all.e.cwnd), 7, 'ssthresh');
  });

  it('without SACK the third duplicate ACK tells, no earlier and no later (RFC 5681 §3.2)', () => {
    let walk = at(100, opened({}, false), write(10));
    const sent: (readonly number[])[] = [];
    for (let duplicate = 1; duplicate <= 4; duplicate++) {
      walk = at(200 + duplicate, walk.e, ack(0));
      sent.push(places(walk));
    }
    assert.deepEqual(sent, [[], [], [0], []]);
  });

  it('an ACK with data is no duplicate, nor is one that advances', () => {
    let walk = at(100, opened({}, false), write(10));
    for (let place = 0; place < 4; place++)
      walk = at(200 + place, walk.e, from({ seq: 1 + place * 5, ack: 1, length: 5, window: 60_000 }, ACK));
    assert.equal(walk.e.duplicateAcks, 0);
    walk = at(301, walk.e, ack(1));
    assert.equal(walk.e.duplicateAcks, 0);
  });

  it('after a timeout everything not reported counts as lost, and one segment leaves', () => {
    const first = at(100, opened(), write(10));
    const told = at(200, first.e, ack(0, [8, 9]));
    const due = at(
      2000,
      { ...told.e, deadlines: { retransmission: ms(2000) } },
      { kind: 'timer', timer: 'retransmission' },
    );
    assert.equal(due.e.cwnd, 1);
    assert.deepEqual(
      due.e.retransmit.map(({ mark }) => mark ?? 'out'),
      ['out', 'lost', 'lost', 'lost', 'lost', 'lost', 'lost', 'lost', 'sacked', 'lost'],
    );
  });
});

describe('a repair (RFC 6937, PRR)', () => {
  const withRestSacked = (e: Endpoint): Endpoint => ({
    ...e,
    retransmit: e.retransmit.map((sent, place) => (place > 5 ? { ...sent, mark: 'sacked' } : sent)),
  });
  /** The first three segments but for every other one have arrived, one after the other: 0, 2 and 4 are lost. */
  const gaps = (): Walk => {
    const two = at(200, at(199, at(100, opened(), write(10)).e, ack(0, [1, 2])).e, ack(0, [3, 4], [1, 2]));
    return at(201, two.e, ack(0, [5, 6], [3, 4], [1, 2]));
  };

  it('lets one segment leave for each that arrives, up to ssthresh, while little is in flight', () => {
    const begun = gaps();
    assert.deepEqual(places(begun), [0]);
    const next = at(202, begun.e, ack(0, [1, 2], [3, 4], [5, 7]));
    assert.deepEqual(places(next), [2]);
    const two = at(203, next.e, ack(0, [1, 2], [3, 4], [5, 9]));
    assert.deepEqual(places(two), [4], 'nothing else is lost');
  });

  it('lets fewer leave than arrive, while more than ssthresh is in flight', () => {
    const flying = at(100, opened({ cwnd: 20 }), write(20)).e;
    const begun = at(201, flying, ack(0, [1, 4])); // 16 of at most 14 in flight
    assert.deepEqual(places(begun), [0], 'the first leaves in any case');
    let walk = at(201, begun.e, write(10));
    let sent = 1 + walk.sent.length;
    assert.equal(sent, Math.ceil((14 * 3) / 20));
    for (let place = 4; place < 14; place += 1) {
      walk = at(202 + place, walk.e, ack(0, [1, place + 1]));
      sent += walk.sent.length;
    }
    assert.equal(sent, Math.ceil((14 * 13) / 20), '13 have arrived');
  });

  it('lets one more leave when an ACK advances and shows no further loss', () => {
    const begun = withRestSacked(gaps().e);
    assert.deepEqual(places(at(300, begun, ack(2, [3, 4], [5, 10]))), [2, 4]);
  });

  it('without SACK: each duplicate ACK stands for an arrival, and an ACK that leaves something out shows the next loss', () => {
    let walk = at(100, opened({}, false), write(10));
    for (let duplicate = 1; duplicate <= 3; duplicate += 1) walk = at(200 + duplicate, walk.e, ack(0));
    assert.deepEqual(places(walk), [0]);
    assert.equal(inFlight(walk.e), 7);
    const part = at(300, walk.e, ack(4));
    assert.deepEqual(places(part), [4]);
    assert.notEqual(part.e.recovery, undefined);
    assert.equal(at(400, part.e, ack(10)).e.recovery, undefined);
  });
});

describe('a repair that was needless (RFC 3522)', () => {
  const STAMPED = { ...LINUX, timestampsFrom: seq(5000) };
  const on = (time: number, e: Endpoint, event: TcpEvent): Walk => {
    const { endpoint, effects } = step(e, event, ms(time), STAMPED);
    return {
      e: endpoint,
      sent: effects.flatMap((effect) => (effect.kind === 'send' ? [effect.segment] : [])),
    };
  };
  const echoing = (event: TcpEvent, echo: number): TcpEvent =>
    event.kind === 'segment'
      ? {
          ...event,
          segment: {
            ...event.segment,
            options: { ...event.segment.options, timestamps: { value: 1, echo } },
          },
        }
      : event;
  const flying = on(100, { ...opened(), timestamps: true, minRtt: 50 }, write(10)).e;
  const one = on(199, flying, echoing(ack(0, [1, 2]), 5090));
  const two = on(200, one.e, echoing(ack(0, [3, 4], [1, 2]), 5090));
  const begun = on(201, two.e, echoing(ack(0, [5, 6], [3, 4], [1, 2]), 5090));

  it('is taken back when what is acknowledged left before it began: nothing counts as lost, the window is as before, and grows', () => {
    assert.deepEqual(places(begun), [0]);
    const late = on(210, begun.e, echoing(ack(2, [3, 4], [5, 6]), 5100));
    assert.deepEqual(places(late), []);
    assert.deepEqual([late.e.recovery, late.e.cwnd, late.e.ssthresh], [undefined, 11, opened().ssthresh]);
    assert.ok(late.e.retransmit.every(({ mark }) => mark !== 'lost'));
  });

  it('goes on for a while, without new losses, when another retransmission is under way', () => {
    const second = on(202, begun.e, echoing(ack(0, [1, 2], [3, 4], [5, 7]), 5090));
    assert.deepEqual(places(second), [2]);
    const late = on(210, second.e, echoing(ack(2, [3, 4], [5, 7]), 5100));
    assert.deepEqual(places(late), []);
    assert.notEqual(late.e.recovery, undefined);
  });

  it('is none when the retransmission itself is acknowledged', () => {
    const real = on(300, begun.e, echoing(ack(2, [3, 4], [5, 6]), 5201));
    assert.deepEqual(places(real), [2]);
    assert.equal(real.e.ssthresh, 7);
  });

  it('a timeout is taken back, too', () => {
    const due = on(
      2000,
      { ...flying, deadlines: { retransmission: ms(2000) } },
      { kind: 'timer', timer: 'retransmission' },
    );
    assert.equal(due.e.cwnd, 1);
    const late = on(2010, due.e, echoing(ack(2), 5100));
    assert.deepEqual(places(late), []);
    assert.equal(late.e.cwnd, 12);
  });
});

describe('what an ACK tells of delivery (RFC 8985 §6.2 step 2)', () => {
  const both = () => at(150, at(100, opened(), write(1)).e, write(2));

  it('the shortest round trip is kept', () => {
    const first = at(180, both().e, ack(1));
    assert.equal(first.e.minRtt, 80);
    const second = at(190, first.e, ack(2));
    assert.equal(second.e.minRtt, 40);
    assert.equal(at(260, second.e, ack(3)).e.minRtt, 40);
  });

  it('the segment sent last counts; of those sent together, the one that ends last', () => {
    const all = at(190, both().e, ack(3)).e.delivered;
    assert.deepEqual(all, { sentAt: 150, end: add(ISS, 301), rtt: 40 });
    const late = at(190, both().e, ack(0, [2, 3]));
    const early = at(195, late.e, ack(0, [2, 3], [0, 1]));
    assert.deepEqual(
      early.e.delivered,
      { sentAt: 150, end: add(ISS, 301), rtt: 40 },
      'an earlier one changes nothing',
    );
    const middle = at(195, late.e, ack(0, [1, 3]));
    assert.deepEqual(middle.e.delivered?.end, add(ISS, 301));
  });

  it('its round trip is that of what is acknowledged, though SACK reports what left later (tcp_rack_advance)', () => {
    const mixed = at(190, both().e, ack(1, [2, 3])).e.delivered;
    assert.deepEqual(mixed, { sentAt: 150, end: add(ISS, 301), rtt: 90 });
  });

  it('an ACK that comes sooner after a retransmission than any did is that of the first copy', () => {
    const known = { ...opened(), minRtt: 50, srtt: 50 };
    const lost = at(100, known, write(1));
    const again = at(
      1000,
      { ...lost.e, deadlines: { retransmission: ms(1000) } },
      { kind: 'timer', timer: 'retransmission' },
    );
    assert.deepEqual(places(again), [0]);
    assert.equal(at(1020, again.e, ack(1)).e.delivered, undefined);
    const real = at(1050, again.e, ack(1)).e;
    assert.deepEqual([real.delivered?.rtt, real.minRtt], [50, 50]);
    assert.equal(at(1090, again.e, ack(1)).e.minRtt, 50, 'a repeated one is no sample');
  });

  it('what SACK has reported before is no sample when it is acknowledged', () => {
    const only = at(190, both().e, ack(1));
    const sacked = at(195, only.e, ack(1, [1, 3]));
    assert.equal(at(900, { ...sacked.e, srtt: 77 }, ack(3)).e.srtt, 77);
  });
});

describe('what a timeout sends again', () => {
  const DUE: TcpEvent = { kind: 'timer', timer: 'retransmission' };
  const overdue = (e: Endpoint): Endpoint => ({ ...e, deadlines: { retransmission: ms(2000) } });
  const small = (e: Endpoint, ...lengths: readonly number[]): Endpoint => {
    let flying = e;
    for (const length of lengths)
      flying = at(100, { ...flying, smallUpTo: undefined }, { kind: 'send', length }).e;
    return flying;
  };

  it('small segments that follow each other leave as one, up to the MSS (tcp_retrans_collapse)', () => {
    const lengths = (...written: readonly number[]) => {
      const walk = at(2000, overdue(small(opened(), ...written)), DUE);
      return [walk.sent.map(({ length }) => length), walk.e.retransmit.map(({ length }) => length)];
    };
    assert.deepEqual(lengths(30, 40), [[70], [70]]);
    assert.deepEqual(lengths(30, 70), [[100], [100]]);
    assert.deepEqual(lengths(30, 71), [[30], [30, 71]]);
    assert.deepEqual(lengths(30, 40, 50), [[70], [70, 50]]);
  });

  it('what SACK has reported is not joined, and stays reported', () => {
    const flying = small(opened(), 30, 40);
    const [first, second] = flying.retransmit;
    assert.ok(first && second);
    const reported = { ...flying, retransmit: [first, { ...second, mark: 'sacked' as const }] };
    const walk = at(2000, overdue(reported), DUE);
    assert.deepEqual(
      walk.e.retransmit.map(({ length, mark }) => [length, mark]),
      [
        [30, undefined],
        [40, 'sacked'],
      ],
    );
  });

  it('halves as a loss does, once for a recovery: ssthresh is 0.7 of the window, and two at least', () => {
    const flying = at(100, opened(), write(10)).e;
    const due = at(2000, overdue(flying), DUE);
    assert.deepEqual([due.e.ssthresh, due.e.cwnd, due.e.recovery?.upTo], [7, 1, flying.sndNxt]);
    const again = at(4000, { ...due.e, deadlines: { retransmission: ms(4000) } }, DUE);
    assert.equal(again.e.ssthresh, 7, 'the second timeout of one recovery says nothing new');
    assert.equal(at(2000, overdue({ ...flying, cwnd: 2 }), DUE).e.ssthresh, 2);
  });

  it('more leave as the window opens, never above it, and none that SACK reported', () => {
    const due = at(2000, overdue(at(100, opened(), write(6)).e), DUE);
    assert.deepEqual(places(due), [0]);
    const two = at(2100, due.e, ack(1));
    assert.deepEqual(places(two), [1, 2], 'slow start: one more for the one acknowledged');
    const skip = at(2100, due.e, ack(1, [2, 3]));
    assert.deepEqual(places(skip), [1, 3]);
  });
});

describe('the tail loss probe (RFC 8985 §7)', () => {
  const PROBE: TcpEvent = { kind: 'timer', timer: 'tail-loss-probe' };

  it('comes after two round trips and a little; a lone segment may wait for its ACK for 200 ms', () => {
    const base = { ...opened(), srtt: 50, rto: ms(300) };
    assert.equal(at(100, base, write(2)).e.deadlines['tail-loss-probe'], 100 + 2 * 50 + 2);
    assert.equal(at(100, base, write(1)).e.deadlines['tail-loss-probe'], 100 + 2 * 50 + 200);
    assert.equal(
      at(100, { ...base, srtt: undefined }, write(2)).e.deadlines['tail-loss-probe'],
      400,
      'never after RTO',
    );
  });

  it('is the last segment again, or new data if the windows have room for it', () => {
    const base = { ...opened(), srtt: 50, rto: ms(300) };
    assert.deepEqual(places(at(208, at(100, base, write(3)).e, PROBE)), [2]);
    const narrow = at(100, { ...base, sndWnd: 300 }, write(5));
    assert.deepEqual(places(narrow), [0, 1, 2]);
    assert.deepEqual(places(at(208, { ...narrow.e, sndWnd: 400 }, PROBE)), [3]);
  });

  it('goes with new data even where the congestion window is full, one segment of it', () => {
    const base = { ...opened({ cwnd: 3 }), srtt: 50, rto: ms(300) };
    const full = at(100, base, write(8));
    assert.deepEqual(places(full), [0, 1, 2]);
    const probed = at(208, full.e, PROBE);
    assert.deepEqual([places(probed), probed.e.cwnd], [[3], 3]);
  });

  it('goes with a small segment, too, that waits for company (tcp_send_loss_probe: TCP_NAGLE_OFF)', () => {
    const base = { ...opened(), srtt: 50, rto: ms(300) };
    const first = at(100, base, { kind: 'send', length: 10 });
    const second = at(150, first.e, { kind: 'send', length: 20 });
    assert.deepEqual([first.sent.length, second.sent.length], [1, 0]);
    const probed = at(400, second.e, PROBE);
    assert.deepEqual(
      probed.sent.map(({ length }) => length),
      [20],
    );
  });

  it('is no retransmission of a timeout: no time is counted from it, and RTO does not back off', () => {
    const base = { ...opened(), srtt: 50, rto: ms(300) };
    const probed = at(208, at(100, base, write(3)).e, PROBE);
    assert.deepEqual([probed.e.retryingSince, probed.e.rto, probed.e.retries], [undefined, 300, 0]);
    assert.notEqual(probed.e.deadlines.retransmission, undefined);
  });

  it('comes one at a time: while it is not answered, the next is only the timeout of the first segment', () => {
    const base = { ...opened(), srtt: 50, rto: ms(300) };
    const probed = at(208, at(100, base, write(3)).e, PROBE);
    const more = at(250, probed.e, write(1));
    assert.equal(more.e.deadlines['tail-loss-probe'] !== undefined, true, 'new data is probed for');
    const due = at(400, more.e, PROBE);
    assert.deepEqual(places(due), []);
    assert.equal(due.e.deadlines.retransmission, 404, 'its time has passed: at the next tick');
  });

  it('once it is answered, the next one may be sent', () => {
    const base = { ...opened(), srtt: 50, rto: ms(300) };
    const answered = at(260, at(208, at(100, base, write(3)).e, PROBE).e, ack(3));
    assert.equal(
      answered.e.probedUpTo,
      add(ISS, 301),
      'up to it, not beyond: one copy may still be on its way',
    );
    const next = at(300, answered.e, write(2));
    const passed = at(350, next.e, ack(4));
    assert.equal(passed.e.probedUpTo, undefined);
    assert.deepEqual(places(at(600, passed.e, PROBE)), [4]);
  });
});
