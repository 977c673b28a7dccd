import assert from 'node:assert/strict';
import fc from 'fast-check';
import { deriveSeed, drawInt } from '../../../quizzes/engine/chance.ts';

/** Seeds are stored with learners' answers: these numbers may never change. */
const SEEDS = [
  [0, '', 4_276_314_682],
  [1, 'iss/A/0', 957_536_597],
  [42, '0/four-way', 3_094_100_951],
  [4_294_967_295, '三次握手', 2_271_194_383],
] as const;

const DRAWS = [
  [1, 'iss/A/0', 0x1000_0000, 0x6fff_ffff, 1_458_382_506],
  [2, 'length/3', 100, 900, 830],
  [3, 'length/3', 7, 7, 7],
] as const;

describe('chance', () => {
  for (const [seed, label, expected] of SEEDS) {
    it(`derives the same seed from ${seed} and "${label}" for ever`, () => {
      assert.equal(deriveSeed(seed, label), expected);
    });
  }
  for (const [seed, label, from, to, expected] of DRAWS) {
    it(`draws the same number from ${from} to ${to} for seed ${seed} for ever`, () => {
      assert.equal(drawInt(seed, label, { from, to }), expected);
    });
  }
  it('stays within the range and its steps', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.string(),
        fc.nat(10_000),
        fc.nat(10_000),
        fc.integer({ min: 1, max: 100 }),
        (seed, label, from, more, step) => {
          const drawn = drawInt(seed, label, { from, to: from + more, step });
          return drawn >= from && drawn <= from + more && (drawn - from) % step === 0;
        },
      ),
    );
  });
  it('gives other numbers for another label', () => {
    const drawn = new Set(Array.from({ length: 100 }, (_, place) => deriveSeed(7, `iss/${place}`)));
    assert.equal(drawn.size, 100);
  });
});
