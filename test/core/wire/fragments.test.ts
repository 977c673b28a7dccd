import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ACK } from '../../../core/tcp/segment.ts';
import { decodeCapture } from '../../../core/wire/capture.ts';
import { ethernet, ipv4, ipv6, pcap, tcp, u16 } from './build.ts';

const PAYLOAD = new Array<number>(100).fill(9);
const whole = tcp({ flags: ACK, seq: 7, ack: 8, payload: PAYLOAD });

/** A packet in pieces of these many octets, each a multiple of eight but the last. */
function pieces(sizes: readonly number[]): number[][] {
  let at = 0;
  return sizes.map((size) => {
    const more = at + size < whole.length ? 0x2000 : 0;
    const packet = ipv4(whole.slice(at, at + size), { fragment: more | (at / 8) });
    at += size;
    return ethernet(packet);
  });
}

function segmentsOf(frames: readonly (readonly number[])[], wireLength?: number): (number | undefined)[][] {
  const read = decodeCapture(
    pcap(
      frames.map((octets, index) => ({
        at: [index, 0] as const,
        octets,
        ...(wireLength === undefined ? {} : { wireLength }),
      })),
    ),
  );
  assert.ok(read.ok);
  return read.value.packets.map(({ frame, segment }) => [frame, segment.seq, segment.length]);
}

describe('fragments', () => {
  it('are one segment, at the frame that completes it', () => {
    assert.deepEqual(segmentsOf(pieces([24, 48, 48])), [[3, 7, 100]]);
  });
  it('may come in any order, and twice', () => {
    const [first = [], second = [], third = []] = pieces([24, 48, 48]);
    assert.deepEqual(segmentsOf([third, first, first, second]), [[4, 7, 100]]);
  });
  it('may be so small that the header is in two of them', () => {
    assert.deepEqual(segmentsOf(pieces([8, 8, 104])), [[3, 7, 100]]);
  });
  it('tell the length though the capture cut them', () => {
    const cut = pieces([72, 48]).map((octets) => octets.slice(0, 14 + 20 + 20));
    assert.deepEqual(segmentsOf(cut, 200), [[2, 7, 100]]);
  });
  it('of IPv6 are put together, too', () => {
    const part = (from: number, to: number, more: boolean) =>
      ethernet(ipv6([6, 0, ...u16(from | (more ? 1 : 0)), 0, 0, 0, 5, ...whole.slice(from, to)], 44), 0x86dd);
    assert.deepEqual(segmentsOf([part(0, 64, true), part(64, whole.length, false)]), [[2, 7, 100]]);
  });
  it('that miss one, or contradict each other, are none', () => {
    const [first = [], second = [], third = []] = pieces([24, 48, 48]);
    assert.deepEqual(segmentsOf([first, third]), []);
    const beyond = ethernet(ipv4(whole.slice(72), { fragment: 0x2000 | 20 }));
    assert.deepEqual(segmentsOf([third, beyond, first, second]), []);
  });
  it('never throw, whatever their offsets say', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(0x3fff), fc.nat(60)), { maxLength: 40 }),
        (parts) =>
          segmentsOf(parts.map(([fragment, size]) => ethernet(ipv4(whole.slice(0, size), { fragment }))))
            .length <= parts.length,
      ),
      { numRuns: 300 },
    );
  });
});
