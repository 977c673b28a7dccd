/** Draws media/icon.png from media/icon.svg: `node --import tsx scripts/icon.ts`. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { ROOT } from './paths.ts';
import { findChromium } from './vscode/find-chromium.ts';

const SIZE = 256;
const MEDIA = path.join(ROOT, 'media');

const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
  const svg = await readFile(path.join(MEDIA, 'icon.svg'), 'utf8');
  await page.setContent(`<body style="margin:0;background:transparent">${svg}</body>`);
  await page.screenshot({ path: path.join(MEDIA, 'icon.png'), omitBackground: true });
} finally {
  await browser.close();
}
