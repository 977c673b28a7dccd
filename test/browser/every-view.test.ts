import assert from 'node:assert/strict';
import { LANGUAGES } from '../../core/text.ts';
import { galleryViews } from '../webview/gallery-screens.ts';
import { type Harness, openHarness } from '../webview/harness/page.ts';
import { sidewaysAndCut } from '../webview/harness/room.ts';

describe('every view, made of what ships', () => {
  let harness: Harness;
  before(async () => {
    harness = await openHarness();
  });
  after(() => harness.close());

  for (const language of LANGUAGES) {
    for (const width of [380, 1180]) {
      it(`has room for all its text at ${width} px in ${language}, and nothing to complain of`, async () => {
        const views = await galleryViews(language);
        assert.ok(views.length >= 28);
        const shown = await harness.show(undefined, { width, chinese: language === 'zh-CN' });
        for (const { name, screen } of views) {
          await shown.send(screen);
          assert.deepEqual(await sidewaysAndCut(shown.page), [], name);
          assert.deepEqual(shown.complaints, [], name);
        }
        await shown.close();
      });
    }
  }
});
