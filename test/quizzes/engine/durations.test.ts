import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatDuration, parseDuration } from '../../../quizzes/engine/durations.ts';

const READ = [
  ['60', 60_000],
  ['60 s', 60_000],
  ['60s', 60_000],
  ['1 min', 60_000],
  ['1m', 60_000],
  ['1 minute', 60_000],
  ['0.5 min', 30_000],
  ['500 ms', 500],
  ['1.5', 1500],
  ['2 h 5 min', 7_500_000],
  ['2 h, 5 min', 7_500_000],
  ['60 秒', 60_000],
  ['60秒', 60_000],
  ['２分钟', 120_000],
  ['2 小时', 7_200_000],
  ['300 毫秒', 300],
] as const;

const WRITTEN = [
  [25, '25 ms', '25 毫秒'],
  [1500, '1.5 s', '1.5 秒'],
  [60_000, '60 s', '60 秒'],
  [75_000, '75 s', '75 秒'],
  [240_000, '4 min', '4 分'],
  [200_000, '3 min 20 s', '3 分 20 秒'],
  [7_200_000, '2 h', '2 小时'],
] as const;

describe('durations as people write them', () => {
  for (const [text, time] of READ) {
    it(`reads "${text}"`, () => assert.equal(parseDuration(text), time));
  }
  for (const text of ['', 's', '5 parsecs', '-5 s', '1 2', 'sixty', '5 s min']) {
    it(`does not understand "${text}"`, () => assert.equal(parseDuration(text), undefined));
  }
  for (const [time, en, zh] of WRITTEN) {
    it(`writes ${time} ms as "${en}" and "${zh}"`, () => {
      assert.equal(formatDuration(time, 'en'), en);
      assert.equal(formatDuration(time, 'zh-CN'), zh);
    });
  }
  it('reads back whatever it writes, in both languages', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.constantFrom('en' as const, 'zh-CN' as const),
        (time, language) => {
          assert.equal(parseDuration(formatDuration(time, language)), time === 0 ? 0 : time);
        },
      ),
    );
  });
});
