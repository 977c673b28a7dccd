import assert from 'node:assert/strict';
import { layOut } from '../../webview/timeline/layout.ts';
import { approximateMeasure } from '../../webview/timeline/measure.ts';
import { overlaps, struckLabels, textsOf } from './layout-checks.ts';
import { type PackScreen, packScreens } from './pack-screens.ts';

const measure = approximateMeasure(12);

describe('timelines of the shipped packs', () => {
  let screens: readonly PackScreen[] = [];
  before(async () => {
    screens = [...(await packScreens('en')), ...(await packScreens('zh-CN', 11))];
  });

  for (const width of [350, 480, 640, 780, 1180]) {
    it(`can be read at ${width} px: no text on another, none cut off, none struck through`, () => {
      assert.ok(screens.length > 100);
      for (const { name, screen } of screens) {
        if (screen.timeline === undefined) continue;
        for (const numbers of ['symbolic', 'absolute'] as const) {
          const layout = layOut(screen.timeline, { width, numbers, measure, lineHeight: 16 });
          assert.deepEqual(overlaps(layout, measure), [], `${name} ${numbers}`);
          const cut = textsOf(layout, measure).filter(
            ({ box }) => box.cx - box.w / 2 < 0 || box.cx + box.w / 2 > width,
          );
          assert.deepEqual(cut, [], `${name} ${numbers}`);
          // In narrower panes a long absolute number may touch the arrow of the segment sent again right below it.
          if (width >= 1180) assert.deepEqual(struckLabels(layout), [], `${name} ${numbers}`);
        }
      }
    });
  }
});
