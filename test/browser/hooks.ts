import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../../scripts/paths.ts';
import { openPages } from './workbench.ts';

/** Hooks for every browser test (.mocharc.browser.json): a failed test leaves pictures of what there was to see. */
export const mochaHooks: Mocha.RootHookObject = {
  async afterEach(this: Mocha.Context) {
    const test = this.currentTest;
    if (test?.state !== 'failed') return;
    const folder = path.join(ROOT, 'out', 'screenshots');
    await mkdir(folder, { recursive: true });
    for (const [index, page] of [...openPages].entries()) {
      const name = `failed ${test.fullTitle()} ${index}`.replaceAll(/[^\p{L}\p{N}]+/gu, '-');
      await page.screenshot({ path: path.join(folder, `${name}.png`) });
      console.log(`      see out/screenshots/${name}.png`);
    }
  },
};
