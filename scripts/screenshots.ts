/**
 * `npm run screenshots`: takes the pictures of the README, docs/images/*.png, from the running extension.
 *
 * One row is one picture. Add a row, run it, look at the picture.
 */
import path from 'node:path';
import { openWorkbench, type Size, type Theme } from '../test/browser/workbench.ts';
import { ROOT } from './paths.ts';

interface Picture {
  readonly name: string;
  readonly theme: Theme;
  readonly size: Size;
  readonly language: 'en' | 'zh-cn';
}

const WIDE: Size = { width: 1280, height: 800 };
const NARROW: Size = { width: 480, height: 800 };

const PICTURES: readonly Picture[] = [
  { name: 'drill-dark', theme: 'dark', size: WIDE, language: 'en' },
  { name: 'drill-light', theme: 'light', size: WIDE, language: 'en' },
  { name: 'drill-high-contrast', theme: 'high-contrast', size: WIDE, language: 'en' },
  { name: 'drill-narrow', theme: 'dark', size: NARROW, language: 'en' },
  { name: 'drill-zh', theme: 'light', size: WIDE, language: 'zh-cn' },
];

async function take({ name, theme, size, language }: Picture): Promise<void> {
  const workbench = await openWorkbench({
    theme,
    size,
    language,
    settings: { 'handshake.openOnStartup': true, 'workbench.sideBar.location': 'right' },
  });
  try {
    await workbench.webviewFrame('svg');
    console.log(await workbench.screenshot(path.join(ROOT, 'docs', 'images', `${name}.png`)));
  } finally {
    await workbench.dispose();
  }
}

for (const picture of PICTURES) await take(picture);
