import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ACK, FIN, flags, RST, SYN } from '../../../core/tcp/segment.ts';
import { inferTimeline } from '../../../core/timeline/infer.ts';
import { decodeCapture } from '../../../core/wire/capture.ts';
import { connectionsOf } from '../../../core/wire/connections.ts';
import type { CaptureIssue } from '../../../core/wire/issue.ts';
import { openPcap, readRecords } from '../../../core/wire/pcap.ts';
import { ethernet, ipv4, pcap, tcp } from './build.ts';

const there = { sourcePort: 40_000, destinationPort: 80 };
const back = { sourcePort: 80, destinationPort: 40_000 };
const reversed = { source: [10, 0, 0, 2], destination: [10, 0, 0, 1] };

/** Handshake, one exchange, close: eleven short frames. */
const frames = [
  ipv4(tcp({ ...there, flags: SYN, seq: 99, options: [2, 4, 5, 180, 1, 3, 3, 7] })),
  ipv4(tcp({ ...back, flags: flags(SYN, ACK), seq: 299, ack: 100 }), reversed),
  ipv4(tcp({ ...there, flags: ACK, seq: 100, ack: 300 })),
  ipv4(tcp({ ...there, flags: ACK, seq: 100, ack: 300, payload: [1, 2, 3] })),
  ipv4(tcp({ ...back, flags: ACK, seq: 300, ack: 103 }), reversed),
  ipv4(tcp({ ...there, flags: flags(FIN, ACK), seq: 103, ack: 300 })),
  ipv4(tcp({ ...back, flags: flags(FIN, ACK), seq: 300, ack: 104 }), reversed),
  ipv4(tcp({ ...there, flags: ACK, seq: 104, ack: 301 })),
  ipv4(tcp({ ...there, flags: RST, seq: 104 })),
].map((packet, index) => ({ at: [10, index * 1000] as const, octets: ethernet(packet) }));
const whole = pcap(frames);

/** Decodes, groups and infers: whatever the octets, none of it may throw. */
function everything(bytes: Uint8Array): number {
  const read = decodeCapture(bytes);
  if (!read.ok) return 0;
  const connections = connectionsOf(read.value.packets);
  for (const connection of connections) inferTimeline(connection);
  return read.value.packets.length;
}

describe('pcap files', () => {
  for (const byteOrder of ['little', 'big'] as const)
    for (const nano of [false, true])
      it(`reads ${byteOrder} endian, ${nano ? 'nanoseconds' : 'microseconds'}`, () => {
        const bytes = pcap(frames, { byteOrder, nano });
        const opened = openPcap(bytes);
        assert.ok(opened.ok);
        assert.equal(opened.value.byteOrder, byteOrder);
        assert.equal(opened.value.linkType, 1);
        const times: number[] = [];
        const read = readRecords(bytes, opened.value, (_start, _end, _wire, seconds, nanoseconds) =>
          times.push(seconds * 1e9 + nanoseconds),
        );
        assert.deepEqual(read, { records: frames.length });
        assert.equal((times[1] ?? 0) - (times[0] ?? 0), nano ? 1000 : 1_000_000);
      });

  const refused: readonly (readonly [string, Uint8Array, CaptureIssue['code'], number, RegExp])[] = [
    ['an empty file', Uint8Array.of(), 'empty-file', 0, /capture again/i],
    ['three octets', Uint8Array.of(1, 2, 3), 'not-a-capture', 0, /tcpdump -w/],
    ['text', new TextEncoder().encode('hello, this is no capture'), 'not-a-capture', 0, /magic/],
    ['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0, 0), 'compressed', 0, /gunzip/],
    ['zstd', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd), 'compressed', 0, /zstd -d/],
    ['a header cut off', whole.subarray(0, 23), 'cut-header', 23, /copy or capture it again/i],
    [
      'a version of the future',
      Uint8Array.from(whole, (octet, at) => (at === 4 ? 3 : octet)),
      'version-unsupported',
      4,
      /editcap/,
    ],
    ['a link type without IP', pcap(frames, { linkType: 189 }), 'link-unsupported', 20, /189/],
  ];
  for (const [name, bytes, code, offset, remedy] of refused)
    it(`refuses ${name} with one error`, () => {
      const read = decodeCapture(bytes);
      assert.ok(!read.ok);
      assert.equal(read.error.code, code);
      assert.equal(read.error.offset, offset);
      assert.match(read.error.message, remedy);
    });

  it('reads what is there of a file that breaks off at any octet, and says where', () => {
    let most = 0;
    for (let length = 24; length <= whole.length; length += 1) {
      const read = decodeCapture(whole.subarray(0, length));
      assert.ok(read.ok);
      const { frames: count, issue, packets } = read.value;
      assert.equal(packets.length, count);
      assert.ok(count >= most);
      most = count;
      if (issue === undefined) continue;
      assert.equal(issue.code, 'cut-record');
      assert.ok(issue.offset < length);
    }
    assert.equal(most, frames.length);
    for (let length = 0; length < whole.length; length += 1) everything(whole.subarray(0, length));
  });

  it('stops at a record that claims more than a frame can have', () => {
    const bytes = Uint8Array.from(whole);
    bytes.set([0xff, 0xff, 0xff, 0x7f], 24 + 8);
    const read = decodeCapture(bytes);
    assert.ok(read.ok);
    assert.equal(read.value.frames, 0);
    assert.deepEqual([read.value.issue?.code, read.value.issue?.offset], ['bad-record', 24]);
  });

  it('says where another capture was joined on', () => {
    const read = decodeCapture(Uint8Array.from([...whole, ...whole]));
    assert.ok(read.ok);
    assert.equal(read.value.frames, frames.length);
    assert.deepEqual([read.value.issue?.code, read.value.issue?.offset], ['another-capture', whole.length]);
  });

  it('never throws on octets changed at random', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 40 }),
        fc.nat(whole.length),
        (changes, length) => {
          const bytes = Uint8Array.from(whole);
          for (const [at, value] of changes) bytes[at] = value;
          everything(bytes.subarray(0, length));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('never throws on octets changed inside TCP headers', () => {
    const headers = frames.map((_, index) => 24 + index * 70);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...headers), fc.integer({ min: 50, max: 69 }), fc.nat(255)), {
          minLength: 1,
          maxLength: 60,
        }),
        (changes) => {
          const bytes = Uint8Array.from(whole);
          for (const [start, at, value] of changes) if (start + at < bytes.length) bytes[start + at] = value;
          everything(bytes);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
