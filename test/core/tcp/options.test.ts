import assert from 'node:assert/strict';
import type { Endpoint } from '../../../core/tcp/endpoint.ts';
import type { TcpEvent } from '../../../core/tcp/event.ts';
import { PROFILES, type Profile } from '../../../core/tcp/profiles.ts';
import {
  ACK,
  dataOffset,
  FIN,
  type Flags,
  flags,
  RST,
  type Segment,
  type SegmentOptions,
  SYN,
  segment,
  sequenceLength,
} from '../../../core/tcp/segment.ts';
import { add, seq } from '../../../core/tcp/seq.ts';
import { step } from '../../../core/tcp/step.ts';
import { ms } from '../../../core/tcp/time.ts';
import { from, IRS, ISS, play, WAYS } from './fixtures.ts';

// MSS, window scale, SACK and timestamps: RFC 9293 §3.7.1, RFC 7323, RFC 2018.

const { textbook, rfc9293, linux } = PROFILES;

function sent(e: Endpoint, event: TcpEvent, profile: Profile = linux, at = 1000): readonly Segment[] {
  const { effects } = step(e, event, ms(at), profile);
  return effects.flatMap((effect) => (effect.kind === 'send' ? [effect.segment] : []));
}

function withOptions(event: TcpEvent, options: SegmentOptions): TcpEvent {
  assert.ok(event.kind === 'segment');
  return { kind: 'segment', segment: { ...event.segment, options } };
}

const FULL: SegmentOptions = {
  mss: 1460,
  sackPermitted: true,
  windowScale: 3,
  timestamps: { value: 7000, echo: 0 },
};
const open = (options: SegmentOptions, profile: Profile = linux) =>
  play(
    [...WAYS['SYN-SENT'], withOptions(from({ seq: 0, ack: 1, window: 9000 }, SYN, ACK), options)],
    profile,
  );
const offered = (profile: Profile) =>
  sent(play([], profile), { kind: 'open', mode: 'active', iss: ISS }, profile)[0]?.options;
const agreed = (options: SegmentOptions, profile: Profile = linux) =>
  sent(play(WAYS['LISTEN'], profile), withOptions(from({ seq: 0 }, SYN), options), profile)[0]?.options;

describe('what a SYN offers and a SYN,ACK agrees to', () => {
  it('a SYN offers what the profile has', () => {
    assert.deepEqual(offered(textbook), {});
    assert.deepEqual(offered(rfc9293), { mss: 1460 });
    assert.deepEqual(offered(linux), {
      mss: 1460,
      sackPermitted: true,
      windowScale: 10,
      timestamps: { value: 1000, echo: 0 },
    });
    assert.equal(offered({ ...linux, timestampsFrom: seq(500) })?.timestamps?.value, 1500);
  });

  it('a SYN,ACK has only what the SYN had as well', () => {
    assert.deepEqual(agreed(FULL), {
      mss: 1460,
      sackPermitted: true,
      windowScale: 10,
      timestamps: { value: 1000, echo: 7000 },
    });
    assert.deepEqual(agreed({ mss: 1000 }), { mss: 1460 });
    assert.deepEqual(agreed(FULL, rfc9293), { mss: 1460 }, 'and what the profile has');
  });

  it('the smaller MSS counts, and timestamps take twelve octets of it', () => {
    assert.equal(open({ mss: 1000 }).sndMss, 1000);
    assert.equal(open({ mss: 9000 }).sndMss, 1460);
    assert.equal(open({ mss: 1000, timestamps: { value: 1, echo: 0 } }).sndMss, 988);
  });
});

describe('the window scale (RFC 7323 §2)', () => {
  it('counts on every segment but a SYN, and only when both ends have it', () => {
    const both = open(FULL);
    assert.deepEqual([both.sndWnd, both.sndScale, both.rcvScale], [9000, 3, 10]);
    const told = withOptions(from({ seq: 1, ack: 1, window: 1000 }, ACK), {
      timestamps: { value: 7001, echo: 0 },
    });
    assert.equal(step(both, told, ms(9), linux).endpoint.sndWnd, 8000);
    const one = open({ mss: 1460 });
    assert.deepEqual([one.sndScale, one.rcvScale], [0, 0]);
    assert.equal(step(one, from({ seq: 1, ack: 1, window: 1000 }, ACK), ms(9), linux).endpoint.sndWnd, 1000);
  });

  it('the field says our window, shifted down, and never more than it can hold', () => {
    const big = { ...linux, receiveBuffer: 200_000, receiveSpace: undefined };
    const field = (options: SegmentOptions) =>
      sent(open(options, big), { kind: 'send', length: 5 }, big)[0]?.window;
    assert.equal(field({ mss: 1460 }), 65_535);
    assert.equal(field({ mss: 1460, windowScale: 0 }), Math.floor(200_000 / 1024));
    assert.equal(sent(play([], big), { kind: 'open', mode: 'active', iss: ISS }, big)[0]?.window, 65_535);
  });
});

describe('timestamps (RFC 7323 §3, §4)', () => {
  it('are on every segment but a RST, and echo the latest', () => {
    const e = open(FULL);
    const [data] = sent(e, { kind: 'send', length: 5 });
    assert.deepEqual(data?.options, { timestamps: { value: 1000, echo: 7000 } });
    assert.deepEqual(
      sent(e, { kind: 'abort' }).map(({ flags: bits, options, window }) => [bits, options, window]),
      [[flags(RST, ACK), {}, 0]],
    );
  });

  it('are kept from a segment that begins where the last ACK ended, or before; never an older one', () => {
    const e = open(FULL);
    const kept = (number: number, value: number) => {
      const event = withOptions(from({ seq: number, ack: 1, length: 5 }, ACK), {
        timestamps: { value, echo: 0 },
      });
      return step(e, event, ms(9), linux).endpoint.recentStamp;
    };
    assert.equal(kept(1, 7005), 7005);
    assert.equal(kept(6, 7005), 7000, 'out of order');
    assert.equal(kept(1, 6999), 7000, 'one tick older');
  });

  it('measure a round trip by their echo where a retransmission spoilt the sample; an echo of 0 measures nothing', () => {
    const again = play(
      [
        { kind: 'send', length: 5 },
        { kind: 'timer', timer: 'retransmission' },
      ],
      linux,
      { ...open(FULL), srtt: undefined, rto: ms(1000), deadlines: { retransmission: ms(1000) } },
    );
    const acked = (echo: number) => {
      const options = { timestamps: { value: 7001, echo } };
      const event = withOptions(from({ seq: 1, ack: 6, window: 9000 }, ACK), options);
      return step(
        { ...again, retransmit: again.retransmit.map((one) => ({ ...one, retries: 1 })) },
        event,
        ms(500),
        linux,
      ).endpoint.srtt;
    };
    assert.deepEqual([acked(420), acked(0)], [80, undefined]);
  });
});

describe('SACK blocks (RFC 2018 §3, §4)', () => {
  const gap = (number: number, length: number, ...bits: readonly Flags[]): TcpEvent =>
    from({ seq: number, ack: 1, length }, ACK, ...bits);
  const e = () => open({ mss: 1460, sackPermitted: true });
  const blocks = (events: readonly TcpEvent[]) => {
    const last = events.at(-1);
    assert.ok(last);
    const due: TcpEvent = { kind: 'timer', timer: 'delayed-ack' }; // the fourth gap is told of a little later
    const [ack] = [
      ...sent(play(events.slice(0, -1), linux, e()), last, linux, 50),
      ...sent(play(events, linux, e()), due, linux, 60),
    ];
    return ack?.options.sack?.map(([a, b]) => [a - IRS, b - IRS]);
  };

  it('tell what came out of order, the highest first, joined where they touch', () => {
    assert.deepEqual(blocks([gap(11, 10)]), [[11, 21]]);
    assert.deepEqual(blocks([gap(11, 10), gap(31, 10)]), [
      [31, 41],
      [11, 21],
    ]);
    assert.deepEqual(blocks([gap(11, 10), gap(21, 10)]), [[11, 31]]);
    assert.deepEqual(blocks([gap(11, 10, FIN)]), [[11, 22]], 'a FIN takes a number');
  });

  it('take their room from the data beside them (RFC 9293 §3.7.1)', () => {
    const written = (events: readonly TcpEvent[]) =>
      sent(play(events, linux, e()), { kind: 'send', length: 3000 }, linux, 50).map(({ length }) => length);
    assert.deepEqual(written([]), [1460, 1460, 80]);
    assert.deepEqual(written([gap(11, 10)]), [1448, 1448, 104]);
    assert.deepEqual(written([gap(11, 10), gap(31, 10)]), [1440, 1440, 120]);
    const narrow = { ...play([gap(11, 10)], linux, e()), sndMss: 9 };
    assert.equal(
      sent(narrow, { kind: 'send', length: 3 }, linux, 50)[0]?.length,
      1,
      'never less than an octet',
    );
  });

  it('are three at most, and gone when nothing is missing', () => {
    assert.deepEqual(blocks([gap(11, 5), gap(21, 5), gap(31, 5), gap(41, 5)]), [
      [41, 46],
      [31, 36],
      [21, 26],
    ]);
    assert.equal(blocks([gap(11, 10), gap(1, 10)]), undefined);
  });

  it('are not sent to a peer that did not permit them', () => {
    const none = play([], linux, open({ mss: 1460 }));
    assert.deepEqual(sent(none, gap(11, 10))[0]?.options, {});
  });
});

describe('the data offset (RFC 9293 §3.1)', () => {
  it('counts words: five, and the options, padded', () => {
    const cases: readonly (readonly [SegmentOptions, number])[] = [
      [{}, 5],
      [{ mss: 1460 }, 6],
      [{ windowScale: 7 }, 6],
      [{ sackPermitted: true }, 6],
      [{ sackPermitted: false }, 5],
      [{ timestamps: { value: 1, echo: 0 } }, 8],
      [{ mss: 1460, windowScale: 7, sackPermitted: true, timestamps: { value: 1, echo: 0 } }, 10],
      [{ sack: [] }, 5],
      [{ sack: [[seq(1), seq(2)]] }, 8],
      [
        {
          timestamps: { value: 1, echo: 0 },
          sack: [
            [seq(1), seq(2)],
            [seq(3), seq(4)],
            [seq(5), seq(6)],
          ],
        },
        14,
      ],
    ];
    for (const [options, words] of cases)
      assert.equal(dataOffset({ options }), words, JSON.stringify(options));
  });

  it('and SEG.LEN counts data, SYN and FIN', () => {
    const lengthOf = (bits: Flags, length: number) => sequenceLength(segment({ flags: bits, length }));
    assert.deepEqual(
      [
        lengthOf(ACK, 0),
        lengthOf(ACK, 9),
        lengthOf(SYN, 0),
        lengthOf(flags(FIN, ACK), 9),
        lengthOf(flags(SYN, FIN), 0),
      ],
      [0, 9, 1, 10, 2],
    );
  });
});

describe('numbers that wrap', () => {
  it('a segment across the end of the space is taken like any other', () => {
    const near = seq(0xffff_fff0);
    const synAck = segment({ flags: flags(SYN, ACK), seq: near, ack: add(ISS, 1), window: 9000 });
    const opened = play([...WAYS['SYN-SENT'], { kind: 'segment', segment: synAck }], textbook);
    const data = segment({ flags: ACK, seq: add(near, 1), ack: add(ISS, 1), length: 40, window: 9000 });
    assert.equal(
      step(opened, { kind: 'segment', segment: data }, ms(9), textbook).endpoint.rcvNxt,
      add(near, 41),
    );
    assert.equal(add(near, 41), 25);
  });
});
