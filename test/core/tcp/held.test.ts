import assert from 'node:assert/strict';
import type { Held } from '../../../core/tcp/endpoint.ts';
import { hold } from '../../../core/tcp/held.ts';
import { seq } from '../../../core/tcp/seq.ts';

function range(from: number, to: number, fin = false): Held {
  return { from: seq(from), to: seq(to), fin };
}

describe('what arrived out of order (RFC 9293 §3.10.7.4)', () => {
  const cases: readonly (readonly [
    name: string,
    held: readonly Held[],
    fresh: Held,
    then: readonly Held[],
  ])[] = [
    ['the first', [], range(10, 20), [range(10, 20)]],
    ['before all', [range(30, 40)], range(10, 20), [range(10, 20), range(30, 40)]],
    ['behind all', [range(10, 20)], range(30, 40), [range(10, 20), range(30, 40)]],
    ['between', [range(10, 20), range(50, 60)], range(30, 40), [range(10, 20), range(30, 40), range(50, 60)]],
    ['again', [range(10, 20)], range(10, 20), [range(10, 20)]],
    ['a part again', [range(10, 20)], range(12, 15), [range(10, 20)]],
    ['adjoining both', [range(10, 20), range(30, 40)], range(20, 30), [range(10, 40)]],
    ['overlapping several', [range(10, 20), range(30, 40), range(50, 60)], range(15, 55), [range(10, 60)]],
    ['with its FIN', [range(10, 20)], range(20, 30, true), [range(10, 30, true)]],
    ['a FIN alone', [range(10, 20)], range(20, 20, true), [range(10, 20, true)]],
    ['before its FIN', [range(20, 30, true)], range(10, 20), [range(10, 30, true)]],
    ['across zero', [range(-20, -10)], range(-10, 5), [range(-20, 5)]],
  ];
  for (const [name, held, fresh, then] of cases) it(name, () => assert.deepEqual(hold(held, fresh), then));

  it('is not looked through for every segment: inference was quadratic', () => {
    // Every other segment is missing, and they come last first: nothing can be joined.
    const looksFor = (count: number): number => {
      let looks = 0;
      let held: readonly Held[] = [];
      for (let place = count; place > 0; place -= 1) {
        const from = seq(place * 20);
        const to = seq(place * 20 + 10);
        held = hold(held, {
          get from() {
            looks += 1;
            return from;
          },
          get to() {
            looks += 1;
            return to;
          },
          fin: false,
        });
      }
      assert.equal(held.length, count);
      return looks;
    };
    assert.ok(looksFor(2000) < 2.5 * looksFor(1000));
  });

  it('stays one range while one gap is open, however much comes', () => {
    let held: readonly Held[] = [];
    for (let place = 1; place <= 1000; place += 1) held = hold(held, range(place * 10, place * 10 + 10));
    assert.deepEqual(held, [range(10, 10_010)]);
  });
});
