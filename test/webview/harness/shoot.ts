/**
 * Takes a picture of every view in every look: `node --import tsx test/webview/harness/shoot.ts [folder] [filter]`,
 * the filter being part of a name such as lesson-wrong.zh-CN.hc-dark. Prints every complaint of a page, and what is
 * wider than its pane or cut off.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { LANGUAGES } from '../../../core/text.ts';
import { galleryViews } from '../gallery-screens.ts';
import { SCREENS } from '../screens.ts';
import { type Look, openHarness } from './page.ts';
import { sidewaysAndCut } from './room.ts';

const LOOKS: Readonly<Record<string, Look>> = {
  'dark': {},
  'light': { theme: 'light' },
  'hc-dark': { theme: 'hc-dark' },
  'hc-light': { theme: 'hc-light' },
  '380': { width: 380 },
  '1800': { width: 1800 },
};

const [folder = '/tmp/handshake-shots', filter = ''] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const harness = await openHarness();
for (const language of LANGUAGES) {
  const cases =
    language === 'en'
      ? Object.entries(SCREENS).map(([name, screen]) => ({ name: `case-${name.replace('/', '-')}`, screen }))
      : [];
  for (const { name, screen } of [...(await galleryViews(language)), ...cases]) {
    for (const [lookName, look] of Object.entries(LOOKS)) {
      const file = `${name}.${language}.${lookName}`;
      if (!file.includes(filter)) continue;
      const shown = await harness.show(screen, { height: 1000, ...look, chinese: language === 'zh-CN' });
      const complaints = [...shown.complaints, ...(await sidewaysAndCut(shown.page))];
      if (complaints.length > 0) console.log(file, complaints);
      await shown.page.screenshot({ path: path.join(folder, `${file}.png`), fullPage: true });
      await shown.close();
    }
  }
}
await harness.close();
