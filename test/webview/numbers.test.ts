import assert from 'node:assert/strict';
import fc from 'fast-check';
import { add, seq } from '../../core/tcp/seq.ts';
import { readScript } from '../../extension/scripts/read-script.ts';
import { scriptScreen } from '../../extension/scripts/script-screen.ts';
import {
  allForms,
  contextPerArrow,
  formatNumber,
  formatTime,
  type NumberContext,
} from '../../webview/numbers.ts';
import { closeAnswered } from './timelines.ts';

const X = 4_294_967_290;
const CONTEXT: NumberContext = {
  mode: 'symbolic',
  bases: { A: X, B: 1000 },
  symbols: [
    { name: 'x', host: 'A', value: seq(X), shownBy: undefined },
    { name: 'u', host: 'A', value: add(seq(X), 301), shownBy: undefined },
    { name: 'y', host: 'B', value: seq(1000), shownBy: undefined },
  ],
};

describe('sequence numbers as text', () => {
  const table = [
    [X, 'A', 'x', '0', '4294967290'],
    [4_294_967_291, 'A', 'x+1', '1', '4294967291'],
    [0, 'A', 'x+6', '6', '0'],
    [294, 'A', 'x+300', '300', '294'],
    [295, 'A', 'u', '301', '295'],
    [296, 'A', 'u+1', '302', '296'],
    [4_294_967_289, 'A', 'x-1', '-1', '4294967289'],
    [1001, 'B', 'y+1', '1', '1001'],
    [999, 'B', 'y-1', '-1', '999'],
    [2_147_485_000, 'B', '2147485000', '-2147483296', '2147485000'],
  ] as const;
  for (const [value, host, symbolic, relative, absolute] of table) {
    it(`${value} of ${host} is ${symbolic}, ${relative}, ${absolute}`, () => {
      assert.equal(formatNumber(value, host, CONTEXT), symbolic);
      assert.equal(formatNumber(value, host, { ...CONTEXT, mode: 'relative' }), relative);
      assert.equal(formatNumber(value, host, { ...CONTEXT, mode: 'absolute' }), absolute);
    });
  }

  it('falls back to relative without symbols, and to absolute without a base', () => {
    assert.equal(formatNumber(1001, 'B', { ...CONTEXT, symbols: [] }), '1');
    assert.equal(formatNumber(1001, 'B', { ...CONTEXT, symbols: [], bases: { A: 0, B: undefined } }), '1001');
  });

  it('never takes a symbol of the other host', () => {
    assert.equal(
      formatNumber(1000, 'A', { ...CONTEXT, symbols: CONTEXT.symbols.filter(({ host }) => host === 'B') }),
      '1006',
    );
  });

  it('knows a number that no host sent from the segment that brings it on', () => {
    const text = [
      '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3',
      '+0 connect(3, ..., ...) = 0',
      '+0 > S 0:0(0)',
      '+.1 < S. 0:0(0) ack 1 win 1000',
      '+0 > . 1:1(0) ack 1',
    ].join('\n');
    const { timeline } = scriptScreen('open.pkt', 'open', text, readScript(text), 'en');
    const contextOf = contextPerArrow(timeline, 'symbolic');
    const acks = timeline.arrows.map((arrow) => formatNumber(arrow.ack ?? 0, 'B', contextOf(arrow)));
    assert.equal(acks[2], 'y+1');
  });

  it('lists every form once, nearest symbol first', () => {
    assert.deepEqual(allForms(296, 'A', CONTEXT), ['u+1', 'x+302', '302', '296']);
    assert.deepEqual(allForms(1000, 'B', CONTEXT), ['y', '0', '1000']);
  });

  it('reads back as the number it stands for, across the wrap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.integer({ min: -5000, max: 2 ** 20 - 1 }),
        (iss, offset) => {
          const value = add(seq(iss), offset);
          const text = formatNumber(value, 'A', {
            ...CONTEXT,
            symbols: [{ name: 'x', host: 'A', value: seq(iss), shownBy: undefined }],
          });
          const [, read = '0'] = /^x([+-]\d+)?$/.exec(text) ?? [];
          assert.equal(add(seq(iss), Number(read)), value);
        },
      ),
    );
  });

  it('does not rename what was there when a symbol comes later', () => {
    const view = closeAnswered();
    const contextOf = contextPerArrow(view, 'symbolic');
    const acks = view.arrows
      .filter(({ id }) => id === 4 || id === 6)
      .map((arrow) => formatNumber(arrow.ack ?? 0, 'A', contextOf(arrow)));
    assert.deepEqual(acks, ['x+301', 'u+1']);
  });
});

describe('simulated time as text', () => {
  const table = [
    [0, '0 ms'],
    [0.25, '0.25 ms'],
    [25, '25 ms'],
    [999, '999 ms'],
    [1000, '1 s'],
    [1325, '1.325 s'],
    [61_325, '61.33 s'],
    [127_000, '2 min 7 s'],
    [7_200_000, '2 h'],
    [7_875_000, '2 h 11 min'],
  ] as const;
  for (const [time, text] of table) it(`${time} ms is ${text}`, () => assert.equal(formatTime(time), text));
});
