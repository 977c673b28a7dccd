import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ACK, FIN, flags, SYN } from '../../../core/tcp/segment.ts';
import { inferTimeline } from '../../../core/timeline/infer.ts';
import { type Capture, decodeCapture } from '../../../core/wire/capture.ts';
import { connectionsOf } from '../../../core/wire/connections.ts';
import type { CaptureIssue } from '../../../core/wire/issue.ts';
import { ethernet, ipv4, pcap, tcp } from './build.ts';
import { block, frame, networkInterface, pcapng, section, simpleFrame } from './build-pcapng.ts';

const there = { sourcePort: 40_000, destinationPort: 80 };
const back = { sourcePort: 80, destinationPort: 40_000 };
const reversed = { source: [10, 0, 0, 2], destination: [10, 0, 0, 1] };

/** Handshake and half a close; one frame's length is no multiple of four. */
const packets = [
  ipv4(tcp({ ...there, flags: SYN, seq: 99, options: [2, 4, 5, 180] })),
  ipv4(tcp({ ...back, flags: flags(SYN, ACK), seq: 299, ack: 100 }), reversed),
  ipv4(tcp({ ...there, flags: ACK, seq: 100, ack: 300, payload: [1, 2, 3] })),
  ipv4(tcp({ ...there, flags: flags(FIN, ACK), seq: 103, ack: 300 })),
];
const frames = packets.map((packet) => ethernet(packet));
const first = frames[0] ?? [];
const start = [section(), networkInterface()];
/** The halves of a timestamp. */
const halves = (stamp: bigint) => [Number(stamp >> 32n), Number(stamp & 0xffffffffn)] as const;
/** 1 718 000 000 s and so many microseconds. */
const time = (microseconds: number) => halves(1_718_000_000_000_000n + BigInt(microseconds));
const whole = [...start, ...frames.map((octets, index) => frame(octets, { time: time(index * 1000) }))];

function decode(...[blocks, byteOrder]: Parameters<typeof pcapng>): Capture {
  const read = decodeCapture(pcapng(blocks, byteOrder));
  assert.ok(read.ok);
  return read.value;
}

const seqs = (capture: Capture) => capture.packets.map(({ segment }) => segment.seq);

/** Decodes, groups and infers: whatever the octets, none of it may throw. */
function everything(bytes: Uint8Array): void {
  const read = decodeCapture(bytes);
  if (!read.ok) return;
  for (const connection of connectionsOf(read.value.packets)) inferTimeline(connection);
}

describe('pcapng files', () => {
  for (const byteOrder of ['little', 'big'] as const)
    it(`give what the same frames give as pcap, ${byteOrder} endian`, () => {
      const classic = decodeCapture(
        pcap(frames.map((octets, index) => ({ at: [1_718_000_000, index * 1000], octets }))),
      );
      assert.ok(classic.ok);
      assert.deepEqual(decode(whole, byteOrder), classic.value);
    });

  it('may hold sections of either byte order, each with interfaces of its own', () => {
    const cooked = [...new Array<number>(14).fill(0), 8, 0, ...(packets[1] ?? [])];
    const bytes = Uint8Array.from([
      ...pcapng([...start, frame(first)], 'big'),
      ...pcapng([section(), networkInterface({ linkType: 113 }), frame(cooked)], 'little'),
    ]);
    const read = decodeCapture(bytes);
    assert.ok(read.ok);
    assert.deepEqual(seqs(read.value), [99, 299]);
  });

  it('may hold several interfaces, each with its link type, also described later', () => {
    const capture = decode([
      ...start,
      frame(first),
      networkInterface({ linkType: 101 }),
      frame(packets[1] ?? [], { interface: 1 }),
      networkInterface({ linkType: 0 }),
      frame([2, 0, 0, 0, ...(packets[2] ?? [])], { interface: 2 }, 'old'),
    ]);
    assert.deepEqual(seqs(capture), [99, 299, 100]);
  });

  it('are read past blocks that are no frames, numbered as Wireshark numbers', () => {
    const other = (type: number) => block(type, ({ n32 }) => [...n32(7), ...n32(0)]);
    const names = [4, 5, 10, 0x80000001, 0x0000fade].map(other);
    const custom = [9, 0xbad, 0x40000bad].map(other);
    const capture = decode([...start, ...names, frame(first), ...custom, ...names, frame(frames[1] ?? [])]);
    assert.deepEqual(
      capture.packets.map(({ frame: number }) => number),
      [1, 5],
    );
    assert.equal(capture.frames, 5);
  });

  it('hold simple frames cut to the snap length, which came when the frame before them came', () => {
    const long = ethernet(ipv4(tcp({ flags: ACK, seq: 7, payload: new Array<number>(100).fill(1) })));
    const blocks = [section(), networkInterface({ snapLength: 60 })];
    const timed = [frame(first, { time: time(0) }), frame(first, { time: time(5000) })];
    const capture = decode([
      ...blocks,
      simpleFrame(first),
      ...timed,
      simpleFrame(long.slice(0, 60), long.length),
    ]);
    assert.deepEqual(
      capture.packets.map(({ at, segment }) => [at, segment.length]),
      [
        [0, 0],
        [0, 0],
        [5, 0],
        [5, 100],
      ],
    );
    assert.equal(capture.startedAt?.seconds, 1_718_000_000);
  });

  it('of simple frames alone have no time', () => {
    const capture = decode([...start, simpleFrame(first)]);
    assert.equal(capture.startedAt, undefined);
    assert.equal(capture.packets.length, 1);
  });
});

describe('times of pcapng', () => {
  // [name, if_tsresol, if_tsoffset, timestamp, seconds, nanoseconds]
  const clocks: readonly (readonly [
    string,
    number | undefined,
    readonly [number, number] | undefined,
    bigint,
    number,
    number,
  ])[] = [
    ['microseconds unless said otherwise', undefined, undefined, 1_718_000_000_000_001n, 1_718_000_000, 1000],
    ['milliseconds', 3, undefined, 1_718_000_000_999n, 1_718_000_000, 999_000_000],
    ['seconds', 0, undefined, 1_718_000_000n, 1_718_000_000, 0],
    ['nanoseconds, to the last', 9, undefined, 1_718_000_000_123_456_789n, 1_718_000_000, 123_456_789],
    ['the last nanosecond there is', 9, undefined, 2n ** 64n - 1n, 18_446_744_073, 709_551_615],
    ['picoseconds', 12, undefined, 5_000_000_001_999n, 5, 1],
    ['halves of a second', 0x81, undefined, 3n, 1, 500_000_000],
    ['2^-32 seconds', 0xa0, undefined, (7n << 32n) | (1n << 31n), 7, 500_000_000],
    ['the smallest units', 0xff, undefined, 2n ** 64n - 1n, 0, 0],
    ['an offset', 6, [0, 1_000_000_000], 2_000_000n, 1_000_000_002, 0],
    ['a negative offset', 6, [0xffffffff, 0xfffffffe], 5_000_001n, 3, 1000],
  ];
  for (const [name, resolution, offset, stamp, seconds, nanoseconds] of clocks)
    for (const byteOrder of ['little', 'big'] as const)
      it(`read ${name}, ${byteOrder} endian`, () => {
        const described = networkInterface({
          ...(resolution === undefined ? {} : { resolution }),
          ...(offset === undefined ? {} : { offset }),
        });
        const capture = decode([section(), described, frame(first, { time: halves(stamp) })], byteOrder);
        assert.deepEqual(capture.startedAt, { seconds, nanoseconds });
      });
});

describe('pcapng files that are damaged', () => {
  const broken: readonly (readonly [
    string,
    Parameters<typeof pcapng>[0][number],
    CaptureIssue['code'],
    RegExp,
  ])[] = [
    ['a length of 0', block(6, () => [], { front: 0 }), 'bad-block', /claims 0 octets, fewer/],
    [
      'a length beyond the file',
      block(6, () => [], { front: 0xfffffffc }),
      'cut-block',
      /4294967292 octets, and 12 are left/,
    ],
    ['two lengths', block(5, () => [], { behind: 16 }), 'bad-block', /two different lengths/],
    [
      'a frame larger than its block',
      frame(first, { captured: 5000 }),
      'bad-block',
      /5000 octets, more than it holds/,
    ],
    ['an interface without description', frame(first, { interface: 1 }), 'bad-block', /interface 1/],
    ['no room for a frame', block(6, ({ n32 }) => n32(0)), 'bad-block', /too short for a frame/],
    ['no room for a simple frame', block(3, () => []), 'bad-block', /too short for a frame/],
    ['no room for an interface', block(1, ({ n32 }) => n32(1)), 'bad-block', /too short to describe/],
    ['a section of the future', section(2), 'version-unsupported', /2\.0 .*editcap/],
  ];
  for (const [name, bad, code, says] of broken)
    it(`are read up to ${name}`, () => {
      const before = pcapng([...start, frame(first)]).length;
      const { frames: count, issue, packets: read } = decode([...start, frame(first), bad]);
      assert.deepEqual([count, read.length], [1, 1]);
      assert.equal(issue?.code, code);
      assert.equal(issue?.offset, code === 'version-unsupported' ? before + 12 : before);
      assert.match(issue?.message ?? '', says);
    });

  it('are read up to more interfaces than there can be', () => {
    const described = pcapng([networkInterface()]);
    const many = new Uint8Array(described.length * 70_000);
    for (let at = 0; at < many.length; at += described.length) many.set(described, at);
    const read = decodeCapture(Buffer.concat([pcapng([section()]), many]));
    assert.ok(read.ok);
    assert.deepEqual(
      [read.value.issue?.code, read.value.issue?.offset],
      ['bad-block', 28 + 65_536 * described.length],
    );
  });

  it('are read where a length leaves the padding out', () => {
    const odd = block(5, () => [1], { front: 13, behind: 13 });
    assert.equal(decode([...start, odd, frame(first)]).packets.length, 1);
  });

  const refused: readonly (readonly [string, Uint8Array, CaptureIssue['code'], number])[] = [
    ['a header cut off', pcapng(whole).subarray(0, 27), 'cut-header', 27],
    ['no byte-order magic', pcapng(whole).fill(0, 8, 12), 'bad-block', 8],
    ['a version of the future', pcapng([section(2)]), 'version-unsupported', 12],
    [
      'link types without IP only',
      pcapng([section(), networkInterface({ linkType: 189 }), frame(first)]),
      'link-unsupported',
      36,
    ],
  ];
  for (const [name, bytes, code, offset] of refused)
    it(`are refused for ${name}, with one error`, () => {
      const read = decodeCapture(bytes);
      assert.ok(!read.ok);
      assert.deepEqual([read.error.code, read.error.offset], [code, offset]);
    });

  it('say which interface could not be read, and give the frames of the others', () => {
    const capture = decode([
      ...start,
      networkInterface({ linkType: 189 }),
      frame(first, { interface: 1 }),
      frame(first),
    ]);
    assert.deepEqual(seqs(capture), [99]);
    assert.deepEqual([capture.frames, capture.packets[0]?.frame], [2, 2]);
    assert.equal(capture.issue?.code, 'link-unsupported');
  });

  for (const byteOrder of ['little', 'big'] as const)
    it(`give what is there when they break off at any octet, ${byteOrder} endian`, () => {
      const bytes = pcapng(whole, byteOrder);
      let most = 0;
      for (let length = 0; length <= bytes.length; length += 1) {
        const read = decodeCapture(bytes.subarray(0, length));
        if (length < 28) {
          assert.ok(!read.ok);
          continue;
        }
        assert.ok(read.ok);
        const { packets: kept, issue } = read.value;
        assert.ok(kept.length >= most);
        most = kept.length;
        if (issue !== undefined) {
          assert.equal(issue.code, 'cut-block');
          assert.ok(issue.offset < length);
        }
        everything(bytes.subarray(0, length));
      }
      assert.equal(most, frames.length);
    });

  it('never make it throw, whatever octets change', () => {
    const octets = pcapng([
      ...whole,
      networkInterface({ resolution: 12, offset: [0, 5] }),
      frame(first, { interface: 1, time: [1, 1] }, 'old'),
      simpleFrame(first),
      block(0xbad, () => [1, 2, 3]),
      ...whole,
    ]);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(octets.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }),
        fc.nat(octets.length),
        (changes, length) => {
          const bytes = Uint8Array.from(octets);
          for (const [at, value] of changes) bytes[at] = value;
          everything(bytes.subarray(0, length > 40 ? length : octets.length));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('never make it throw, whatever octets follow a section header', () => {
    const header = pcapng(start);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (tail) =>
        everything(Uint8Array.from([...header, ...tail])),
      ),
      { numRuns: 2000 },
    );
  });
});
