/**
 * Takes pictures of questions of the shipped packs, and of the lab (`lab/`):
 * `node --import tsx test/webview/harness/shoot-packs.ts FILTER [--width 1180] [--height 840] [--theme dark] [--zh] [--folder DIR]`.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { labScreens } from '../lab-screens.ts';
import { packScreens } from '../pack-screens.ts';
import { openHarness } from './page.ts';
import { THEMES, type ThemeName } from './themes.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: 'string', default: '1180' },
    height: { type: 'string', default: '840' },
    theme: { type: 'string', default: 'dark' },
    zh: { type: 'boolean', default: false },
    folder: { type: 'string', default: '/tmp/handshake-shots' },
  },
});
const theme = (Object.keys(THEMES) as ThemeName[]).find((name) => name === values.theme) ?? 'dark';
const look = { theme, width: Number(values.width), height: Number(values.height), chinese: values.zh };
const language = values.zh ? 'zh-CN' : 'en';
const screens = [...(await packScreens(language)), ...(await labScreens(language))];
const wanted = screens.filter(({ name }) => positionals.some((each) => name.includes(each)));
await mkdir(values.folder, { recursive: true });
const harness = await openHarness();
for (const { name, screen } of wanted) {
  const shown = await harness.show(screen, look);
  const file = path.join(
    values.folder,
    `${name.replaceAll('/', '.')}.${values.width}${values.zh ? '.zh' : ''}.png`,
  );
  await shown.page.screenshot({ path: file });
  console.log(file, ...shown.complaints);
  await shown.close();
}
await harness.close();
