import assert from 'node:assert/strict';
import fc from 'fast-check';
import { seq } from '../../../core/tcp/seq.ts';
import {
  formatNumber,
  formatSymbolic,
  type NumberSpace,
  parseNumber,
  sayNumber,
} from '../../../quizzes/engine/numbers.ts';

const X = 4_012_345_678;
const SPACE: NumberSpace = {
  host: 'A',
  base: seq(X),
  symbols: [
    { name: 'x', host: 'A', value: seq(X), shownBy: 0 },
    { name: 'y', host: 'B', value: seq(777_000_111), shownBy: 1 },
    { name: 'u', host: 'A', value: seq(X + 301), shownBy: 5 },
  ],
};

/** All of them mean x + 301. */
const SAME = [
  'x+301',
  'x + 301',
  '301+x',
  'X+301',
  'u',
  'U',
  'u+0',
  'x+300+1',
  'x+302-1',
  'u−0',
  'ｘ＋３０１',
  '4012345979',
  '4,012,345,979',
  '4_012_345_979',
  '4 012 345 979',
  "4'012'345'979",
  '0xef278a7b',
  '0XEF278A7B',
  '0xef27_8a7b',
  '301r',
  '301 r',
  '301rel',
  '+301r',
  '301 (relative)',
  '301（相对）',
  '相对 301',
  'relative 301',
  '301rel.',
  'r301',
  'r+301',
  '301',
];

const NOT_NUMBERS = [
  '',
  ' ',
  'z+1',
  'x*2',
  'x+y',
  '-x',
  'x+',
  '+',
  '4294967296',
  '0x1ef278a7b',
  '0x',
  'one',
  '1.5',
  '3e2',
  'x+99999999999',
];

describe('numbers as people write them', () => {
  for (const text of SAME) {
    it(`reads "${text}" as x+301`, () => {
      assert.ok(parseNumber(text, SPACE)?.readings.includes(seq(X + 301)));
    });
  }

  for (const text of NOT_NUMBERS) {
    it(`does not understand "${text}"`, () => assert.equal(parseNumber(text, SPACE), undefined));
  }

  for (const text of ['none', '-', '—', '无', 'n/a']) {
    it(`reads "${text}" as no number`, () => assert.deepEqual(parseNumber(text, SPACE)?.readings, []));
  }

  it('counts modulo 2^32', () => {
    const space = {
      ...SPACE,
      symbols: [{ name: 'x', host: 'A' as const, value: seq(2 ** 32 - 5), shownBy: 0 }],
    };
    assert.deepEqual(parseNumber('x+10', space)?.readings, [seq(5)]);
    assert.equal(formatSymbolic(seq(5), space), 'x+10');
  });

  it('takes a small number as absolute, too: after the wrap it is one', () => {
    assert.deepEqual(parseNumber('205', SPACE)?.readings, [seq(X + 205), seq(205)]);
  });

  it('tells names apart that differ by case alone', () => {
    const two = {
      ...SPACE,
      symbols: [...SPACE.symbols, { name: 'X', host: 'B' as const, value: seq(9), shownBy: 3 }],
    };
    assert.deepEqual(parseNumber('X', two)?.readings, [seq(9)]);
    assert.deepEqual(parseNumber('x', two)?.readings, [seq(X)]);
  });

  const shown = [
    ['x+301', 'u'],
    ['4012345979', '4012345979'],
    ['0xEF278A7B', '0xef278a7b'],
    ['r301', '301r'],
    ['none', 'u'],
  ] as const;
  for (const [given, expected] of shown) {
    it(`answers in the notation of "${given}"`, () => {
      const notation = parseNumber(given, SPACE)?.notation;
      const kept = notation?.kind === 'symbol' ? undefined : notation;
      assert.equal(formatNumber(seq(X + 301), kept, SPACE), expected);
    });
  }

  it('says in a word that a number is relative, also one before the first', () => {
    const relative = { kind: 'relative' } as const;
    assert.equal(sayNumber(seq(X + 1236), relative, SPACE, 'en'), '1236 (relative)');
    assert.equal(sayNumber(seq(X - 1), relative, SPACE, 'zh-CN'), '-1（相对）');
    assert.equal(sayNumber(seq(X + 1), { kind: 'hex' }, SPACE, 'en'), `0x${(X + 1).toString(16)}`);
    assert.equal(sayNumber(seq(7), relative, { ...SPACE, base: undefined }, 'en'), '7');
  });

  it('keeps to the symbol that the learner used, where it is near', () => {
    assert.equal(formatNumber(seq(X + 302), { kind: 'symbol', name: 'x' }, SPACE), 'x+302');
    assert.equal(formatNumber(seq(X + 302), { kind: 'symbol', name: 'u' }, SPACE), 'u+1');
  });

  it('reads back whatever it writes', () => {
    const notations = fc.constantFrom('symbol', 'absolute', 'hex', 'relative');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), notations, (value, kind) => {
        const notation = kind === 'symbol' ? ({ kind, name: 'x' } as const) : ({ kind } as const);
        const written = notation as Parameters<typeof formatNumber>[1];
        const texts = [
          formatNumber(seq(value), written, SPACE),
          sayNumber(seq(value), written, SPACE, 'en'),
          sayNumber(seq(value), written, SPACE, 'zh-CN'),
        ];
        return texts.every((text) => parseNumber(text, SPACE)?.readings.includes(seq(value)) ?? false);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => parseNumber(text, SPACE) !== null));
  });
});
