import assert from 'node:assert/strict';
import { inputOf } from '../../fuzz/mutate.ts';
import { readAll } from '../../fuzz/read-all.ts';
import { SEEDS } from '../../fuzz/seeds.ts';

/** Inputs that once failed, by number. */
const FOUND: readonly number[] = [];

describe('mutated captures (the whole run is npm run fuzz)', () => {
  it('begin with captures that hold connections', () => {
    for (const [name, octets] of SEEDS)
      assert.equal(readAll({ octets, piece: octets.length, packed: false }, true), 'connections', name);
  });
  it('give connections, no TCP or one error, and never throw', () => {
    for (let seed = 1; seed <= 5000; seed += 1) {
      readAll(inputOf(seed), seed % 20 === 0);
    }
  });
  it('that once failed do so no more', () => {
    for (const seed of FOUND) {
      readAll(inputOf(seed), true);
    }
  });
});
