/**
 * `npm run screenshots`: takes the pictures of the README, docs/images/*.png, from the running extension.
 *
 * One row is one picture. Add a row, run it, look at the picture.
 */
import path from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { openWorkbench, type Size, type Theme } from '../test/browser/workbench.ts';
import { ROOT } from './paths.ts';

interface Picture {
  readonly name: string;
  /** A file of quizzes/packs/captures to show instead of the first lesson. */
  readonly capture?: string;
  /** What to do in the lesson before the picture is taken. */
  readonly act?: (lesson: Frame) => Promise<void>;
  readonly theme: Theme;
  readonly size: Size;
  readonly language: 'en' | 'zh-cn';
}

const WIDE: Size = { width: 1280, height: 800 };
const NARROW: Size = { width: 480, height: 800 };

/** Gives the answer of someone who believes that SYN uses up no sequence number. */
async function answerWrongly(lesson: Frame): Promise<void> {
  await lesson.getByRole('textbox', { name: 'flags' }).fill('SYN');
  await lesson.getByRole('textbox', { name: 'numbers taken' }).fill('0');
  await lesson.getByRole('textbox', { name: 'numbers taken' }).press('Enter');
  await lesson.getByText('RFC 9293').first().waitFor();
}

const PICTURES: readonly Picture[] = [
  { name: 'drill-dark', theme: 'dark', size: WIDE, language: 'en' },
  { name: 'drill-light', theme: 'light', size: WIDE, language: 'en' },
  { name: 'drill-high-contrast', theme: 'high-contrast', size: WIDE, language: 'en' },
  { name: 'drill-narrow', theme: 'dark', size: NARROW, language: 'en' },
  { name: 'drill-zh', theme: 'light', size: WIDE, language: 'zh-cn' },
  { name: 'verdict-dark', theme: 'dark', size: WIDE, language: 'en', act: answerWrongly },
  {
    name: 'capture-dark',
    theme: 'dark',
    size: WIDE,
    language: 'en',
    capture: 'normal_client_close.client.pcap',
  },
];

/** Opens a file from the explorer, once VS Code knows the editor for it. */
async function openCapture(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name: 'Handshake' }).waitFor();
  await page.getByRole('treeitem', { name }).dblclick();
}

async function take({ name, theme, size, language, capture, act }: Picture): Promise<void> {
  const workbench = await openWorkbench({
    theme,
    size,
    language,
    ...(capture !== undefined && { folder: path.join(ROOT, 'quizzes', 'packs', 'captures') }),
    settings: { 'handshake.openOnStartup': capture === undefined, 'workbench.sideBar.location': 'right' },
  });
  try {
    if (capture !== undefined) await openCapture(workbench.page, capture);
    const frame = await workbench.webviewFrame('svg');
    await act?.(frame);
    console.log(await workbench.screenshot(path.join(ROOT, 'docs', 'images', `${name}.png`)));
  } finally {
    await workbench.dispose();
  }
}

for (const picture of PICTURES) await take(picture);
