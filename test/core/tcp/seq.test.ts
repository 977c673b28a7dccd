import assert from 'node:assert/strict';
import fc from 'fast-check';
import { add, distance, inWindow, latest, leq, lt, seq } from '../../../core/tcp/seq.ts';

const anySeq = fc.integer({ min: 0, max: 0xffff_ffff }).map(seq);
const below = fc.integer({ min: 1, max: 0x7fff_ffff });

describe('sequence arithmetic (RFC 9293 §3.4)', () => {
  for (const [from, count, expected] of [
    [0, 1, 1],
    [0xffff_ffff, 1, 0],
    [0xffff_ff00, 1001, 745],
    [0, -1, 0xffff_ffff],
    [5, 0, 5],
  ] as const) {
    it(`${from} + ${count} = ${expected}`, () => assert.equal(add(seq(from), count), expected));
  }

  it('takes numbers modulo 2^32', () => {
    assert.equal(seq(2 ** 32), 0);
    assert.equal(seq(-1), 0xffff_ffff);
  });

  it('puts a number before every number up to half the space ahead of it, across the wrap', () => {
    fc.assert(
      fc.property(anySeq, below, (a, count) => {
        const b = add(a, count);
        assert.ok(lt(a, b) && leq(a, b) && !lt(b, a) && !leq(b, a));
        assert.equal(distance(a, b), count);
        assert.equal(distance(b, a), -count);
        assert.equal(latest(a, b), b);
      }),
    );
  });

  it('knows a window by its left edge and size, across the wrap', () => {
    fc.assert(
      fc.property(anySeq, fc.integer({ min: 1, max: 0x3fff_ffff }), (low, size) => {
        assert.ok(inWindow(low, low, size));
        assert.ok(inWindow(add(low, size - 1), low, size));
        assert.ok(!inWindow(add(low, size), low, size));
        assert.ok(!inWindow(add(low, -1), low, size));
      }),
    );
    assert.ok(!inWindow(seq(7), seq(7), 0), 'an empty window holds nothing');
  });
});
