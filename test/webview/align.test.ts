import assert from 'node:assert/strict';
import { layOutBeside } from '../../webview/timeline/align.ts';
import { approximateMeasure } from '../../webview/timeline/measure.ts';
import { labScreens } from './lab-screens.ts';
import { overlaps } from './layout-checks.ts';

const measure = approximateMeasure(12);

describe('two timelines side by side', () => {
  for (const width of [370, 560, 900]) {
    it(`keep every common moment level, and no text on another, at ${width} px`, async () => {
      let compared = 0;
      for (const { name, screen } of await labScreens('en')) {
        if (screen.changed === undefined) continue;
        const options = { width, numbers: 'symbolic', measure, lineHeight: 16, unit: 25 } as const;
        const one = layOutBeside(screen.original, screen.changed, options);
        const other = layOutBeside(screen.changed, screen.original, options);
        for (const [time, y] of one.timeY) {
          const level = other.timeY.get(time);
          if (level === undefined) continue;
          compared += 1;
          assert.ok(Math.abs(level - y) <= 1, `${name}: ${time} ms at ${y} and ${level}`);
        }
        assert.ok(Math.abs(one.height - other.height) <= 1, `${name}: ${one.height} and ${other.height}`);
        for (const layout of [one, other]) assert.deepEqual(overlaps(layout, measure), [], name);
      }
      assert.ok(compared > 20, `${compared} moments`);
    });
  }
});
