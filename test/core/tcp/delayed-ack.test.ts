import assert from 'node:assert/strict';
import type { Endpoint } from '../../../core/tcp/endpoint.ts';
import type { TcpEvent } from '../../../core/tcp/event.ts';
import { PROFILES, type Profile } from '../../../core/tcp/profiles.ts';
import { ACK, FIN, PSH } from '../../../core/tcp/segment.ts';
import { step } from '../../../core/tcp/step.ts';
import { ms } from '../../../core/tcp/time.ts';
import { from, play, WAYS } from './fixtures.ts';

// When data is acknowledged: RFC 9293 §3.8.6.3, and as Linux paces it (tcp_event_data_recv, __tcp_ack_snd_check).

const { rfc9293, linux } = PROFILES;
/** Windows that do not grow: only pace is looked at. */
const LINUX: Profile = { ...linux, receiveSpace: undefined, mss: 1000 };
const DUE: TcpEvent = { kind: 'timer', timer: 'delayed-ack' };

interface Walk {
  readonly e: Endpoint;
  readonly acks: number;
  readonly due: number | undefined;
  readonly rules: readonly string[];
}

function at(time: number, e: Endpoint, event: TcpEvent, profile = LINUX): Walk {
  const { endpoint, effects, rules } = step(e, event, ms(time), profile);
  const acks = effects.filter((effect) => effect.kind === 'send').length;
  return { e: endpoint, acks, due: endpoint.deadlines['delayed-ack'], rules };
}

const data = (seq: number, length: number) => from({ seq, ack: 1, length }, PSH, ACK);

/** Established, the first data long past, no quick ACKs left; in a dialogue or not. */
function later(changes: Partial<Endpoint> = {}): Endpoint {
  const first = at(100, play(WAYS['ESTABLISHED'], LINUX), data(1, 1000));
  return { ...first.e, quickAcks: 0, ackWait: ms(40), dialogue: false, rto: ms(300), srtt: 100, ...changes };
}

describe('delayed ACKs (RFC 9293 §3.8.6.3)', () => {
  it('the first segment waits, the second is acknowledged with it, and nothing waits then', () => {
    const first = at(100, play(WAYS['ESTABLISHED'], rfc9293), data(1, 10), rfc9293);
    assert.deepEqual([first.acks, first.due], [0, 300]);
    const second = at(110, first.e, data(11, 10), rfc9293);
    assert.deepEqual([second.acks, second.due], [1, undefined]);
  });

  it('a lone one leaves when its time is up, and what fills a gap never waits', () => {
    const first = at(100, play(WAYS['ESTABLISHED'], rfc9293), data(1, 10), rfc9293);
    assert.equal(at(300, first.e, DUE, rfc9293).acks, 1);
    const gap = at(100, play(WAYS['ESTABLISHED'], rfc9293), data(11, 10), rfc9293);
    assert.equal(gap.acks, 1, 'a duplicate ACK tells of the gap');
    assert.equal(at(110, gap.e, data(1, 10), rfc9293).acks, 1);
  });
});

describe('ACKs as Linux paces them', () => {
  it('quick at first: as many as half a window has segments, sixteen at most', () => {
    let walk = at(100, play(WAYS['ESTABLISHED'], LINUX), data(1, 1000));
    assert.equal(walk.e.quickAcks, 15);
    let acks = walk.acks;
    for (let place = 1; place < 20; place++) {
      walk = at(100 + place, walk.e, data(1 + place * 1000, 1000));
      acks += walk.acks;
    }
    assert.equal(acks, 18, 'sixteen quick ones, then every second');
    const small = { ...LINUX, receiveBuffer: 8000 };
    assert.equal(at(100, play(WAYS['ESTABLISHED'], small), data(1, 1000), small).e.quickAcks, 3);
  });

  it('not when the first that came was out of order: the flow is no new one then, and its pause was short', () => {
    const gap = at(
      100,
      { ...play(WAYS['ESTABLISHED'], linux), sack: true, lastTextAt: ms(60) },
      data(1449, 1448),
      linux,
    );
    assert.deepEqual([gap.acks, gap.e.rcvMss, gap.e.ackWait], [1, 1448, 40]);
    const filled = at(101, gap.e, data(1, 1448), linux);
    assert.equal(filled.e.quickAcks, 0);
    const plain = at(101, play(WAYS['ESTABLISHED'], linux), data(1, 1448), linux);
    assert.ok(plain.e.quickAcks >= 15);
  });

  it('and from the opening on: an ACK of data that leaves soon after it does not make a dialogue of it', () => {
    const opened = play(WAYS['ESTABLISHED'], LINUX);
    assert.notEqual(opened.lastTextAt, undefined);
    assert.equal(at(20, opened, { kind: 'send', length: 10 }).e.dialogue, false);
  });

  it('three ACKs tell of a gap at once, the others go together, without a delay of their own', () => {
    const waiting = { ...later({ sack: true, srtt: 100, timestamps: true }), rcvWnd: 60_000 };
    let walk = at(200, waiting, data(3001, 1000));
    const acks = [walk.acks];
    for (let place = 1; place < 6; place += 1) {
      walk = at(200, walk.e, data(3001 + place * 1000, 1000));
      acks.push(walk.acks);
    }
    assert.deepEqual([acks, walk.due], [[1, 1, 1, 0, 0, 0], 201]);
    const told = at(201, walk.e, DUE);
    assert.deepEqual([told.acks, told.e.ackWait, told.due], [1, 40, undefined]);
    assert.equal(at(202, told.e, data(1001, 1000)).acks, 1, 'what closes it is acknowledged at once');
    const plain = at(
      200,
      { ...waiting, sack: false, gapTold: { at: waiting.rcvNxt, times: 3 } },
      data(3001, 1000),
    );
    assert.equal(plain.acks, 1, 'without SACK each must be told');
    const quick = at(
      200,
      { ...waiting, quickAcks: 5, gapTold: { at: waiting.rcvNxt, times: 3 } },
      data(3001, 1000),
    );
    assert.deepEqual([quick.acks, quick.e.quickAcks], [1, 4]);
  });

  it('a wheel of ticks lets the tick pass, and nothing more, where an ACK need not wait', () => {
    const wheel: Profile = { ...LINUX, wheelFrom: ms(0) };
    const fin = from({ seq: 1, ack: 1 }, FIN, ACK);
    assert.equal(at(101, play(WAYS['ESTABLISHED'], LINUX), fin, wheel).due, 104);
    assert.equal(at(101, play(WAYS['ESTABLISHED'], LINUX), fin).due, 105);
  });

  it('then one full segment waits, and more than one is acknowledged at once', () => {
    const first = at(10_000, later(), data(1001, 1000));
    assert.equal(first.acks, 1, 'a pause longer than RTO: quick again');
    const one = at(150, later(), data(1001, 1000));
    assert.deepEqual([one.acks, one.due], [0, 190]);
    const two = at(151, one.e, data(2001, 1000));
    assert.deepEqual([two.acks, two.due], [1, undefined]);
    assert.ok(two.rules.includes('ack/every-second-segment'));
    assert.equal(at(151, one.e, data(2001, 0)).acks, 0);
  });

  it('small segments wait together: exactly one full size is not more than one', () => {
    const one = at(150, later(), data(1001, 500));
    const two = at(160, one.e, data(1501, 500));
    assert.equal(two.acks, 0);
    assert.equal(at(170, two.e, data(2001, 1)).acks, 1);
  });

  it('an ACK that waits already is not put off, but one nearly due leaves with the next segment', () => {
    const one = at(150, later(), data(1001, 100));
    assert.equal(one.due, 190);
    const early = at(160, one.e, data(1101, 100));
    assert.deepEqual([early.acks, early.due], [0, 190]);
    const near = at(182, one.e, data(1101, 100));
    assert.equal(near.acks, 1, 'within a quarter of the wait');
  });

  it('a shorter wait brings a waiting ACK forward', () => {
    const one = at(150, { ...later({ ackWait: ms(160), srtt: 500 }), dialogue: true }, data(1001, 100));
    assert.ok(one.due !== undefined && one.due > 190, String(one.due));
    const two = at(152, { ...one.e, ackWait: ms(40) }, data(1101, 100));
    assert.equal(two.due, 192);
  });

  it('outside a dialogue, an ACK that was due waits twice as long the next time, up to RTO; in one, 40 ms again', () => {
    const one = at(150, later(), data(1001, 100));
    assert.equal(at(190, one.e, DUE).e.ackWait, 80);
    assert.equal(at(190, { ...one.e, ackWait: ms(200) }, DUE).e.ackWait, 300);
    const talk = at(190, { ...one.e, dialogue: true, ackWait: ms(200) }, DUE);
    assert.deepEqual([talk.e.ackWait, talk.e.dialogue], [40, false]);
    const plain = at(300, at(100, play(WAYS['ESTABLISHED'], rfc9293), data(1, 10), rfc9293).e, DUE, rfc9293);
    assert.equal(plain.e.ackWait, 0, 'only where ACKs adapt');
  });

  it('segments that follow soon bring the wait nearer to its floor; slow ones stretch it', () => {
    const soon = at(110, later({ ackWait: ms(80) }), data(1001, 1000));
    assert.equal(soon.e.ackWait, 60);
    const slower = at(160, later({ ackWait: ms(80) }), data(1001, 1000));
    assert.equal(slower.e.ackWait, 100, 'half of 80, and the gap of 60');
    const slow = at(200, later({ ackWait: ms(80) }), data(1001, 1000));
    assert.deepEqual([slow.e.ackWait, slow.e.quickAcks], [80, 0], 'a gap of 100: neither soon nor past RTO');
    const past = at(500, later({ ackWait: ms(80) }), data(1001, 1000));
    assert.ok(past.e.quickAcks > 0);
  });

  it('data sent soon after data came makes a dialogue: its ACKs wait for something to ride on', () => {
    const soon = at(120, later(), { kind: 'send', length: 10 });
    assert.equal(soon.e.dialogue, true);
    const late = at(160, later(), { kind: 'send', length: 10 });
    assert.equal(late.e.dialogue, false);
    const quick = at(130, { ...soon.e, quickAcks: 5 }, data(1001, 10));
    assert.equal(quick.acks, 0, 'quick ACKs are for those who only listen');
  });

  it('reading frees a waiting ACK: of more than a full segment, or of small ones once all is read', () => {
    const asleep = { ...later(), reads: false };
    const small = at(150, asleep, data(1001, 100));
    assert.deepEqual([small.acks, small.due], [0, 190]);
    assert.equal(at(160, small.e, { kind: 'receive', length: 50 }).acks, 0, 'some is left');
    const all = at(160, small.e, { kind: 'receive' });
    assert.deepEqual([all.acks, all.due], [1, undefined]);
    assert.ok(all.rules.includes('ack/reading-frees-it'));
    assert.equal(
      at(160, { ...small.e, dialogue: true }, { kind: 'receive' }).acks,
      0,
      'in a dialogue one may wait',
    );
    const nothing = at(160, { ...small.e, deadlines: {} }, { kind: 'receive' });
    assert.equal(nothing.acks, 0, 'no ACK waits');
  });

  it('the ACK of a FIN waits for our own FIN; that of one that fills a gap does not', () => {
    const fin = at(150, later(), from({ seq: 1001, ack: 1 }, FIN, ACK));
    assert.deepEqual([fin.e.state, fin.acks, fin.due], ['CLOSE-WAIT', 0, 190]);
    const gap = at(150, later(), from({ seq: 1101, ack: 1 }, FIN, ACK));
    const filled = at(160, gap.e, data(1001, 100));
    assert.deepEqual([filled.e.state, filled.acks], ['CLOSE-WAIT', 1]);
  });

  it('what comes again is acknowledged at once, and the next ones too', () => {
    const again = at(150, later({ dialogue: true }), data(1, 1000));
    assert.equal(again.acks, 1);
    assert.equal(again.e.dialogue, false);
    assert.ok(again.e.quickAcks > 0);
  });
});
