/**
 * `npm run screenshots`: takes the pictures of the READMEs, docs/images/*.png, from the running extension.
 *
 * One row is one picture. Add a row, run it, look at the picture.
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { openWorkbench, type Size, type Theme, type Workbench } from '../test/browser/workbench.ts';
import { ROOT } from './paths.ts';

interface Picture {
  readonly name: string;
  /** Brings what is to be seen to the screen. */
  readonly act: (workbench: Workbench) => Promise<unknown>;
  readonly theme: Theme;
  readonly language: 'en' | 'zh-cn';
}

const PICTURES: readonly Picture[] = [
  { name: 'verdict-dark', theme: 'dark', language: 'en', act: showVerdict },
  { name: 'compare-dark', theme: 'dark', language: 'en', act: showBothRules },
  { name: 'capture-dark', theme: 'dark', language: 'en', act: showCapture },
  { name: 'verdict-zh', theme: 'light', language: 'zh-cn', act: showVerdict },
  { name: 'capture-zh', theme: 'light', language: 'zh-cn', act: showCapture },
];

const SIZE: Size = { width: 1400, height: 880 };
/** Pixels that VS Code's title and status bar take, which tell nothing. */
const TITLE = 35;
const STATUS = 26;

/** The third pack (closing) and its second question: what B sends when A's FIN arrives. */
const PACK = 2;
const QUESTION = 1;
const CAPTURE = 'four-ways-to-close.pcap';
/** Octets of a pcap file before its first record. */
const FILE_HEADER = 24;

/** One capture made of the shipped ones, whose records follow each other. */
async function joinCaptures(folder: string): Promise<void> {
  const captures = path.join(ROOT, 'quizzes', 'packs', 'captures');
  const names = (await readdir(captures)).filter((name) => name.endsWith('.pcap')).sort();
  const files = await Promise.all(names.map((name) => readFile(path.join(captures, name))));
  const joined = files.map((bytes, place) => (place === 0 ? bytes : bytes.subarray(FILE_HEADER)));
  await writeFile(path.join(folder, CAPTURE), Buffer.concat(joined));
}

/** Gives the answer of someone who believes that FIN uses up no sequence number. */
async function showVerdict(workbench: Workbench): Promise<Frame> {
  const { page } = workbench;
  await page.getByRole('tab', { name: /^Handshake/ }).click();
  const pack = page.getByRole('treeitem', { level: 1 }).nth(PACK);
  await pack.hover();
  await pack.locator('.action-label').first().click();
  // How to go about it: the first choice is practice.
  await page.locator('.quick-input-list .monaco-list-row.focused').waitFor();
  await page.keyboard.press('Enter');
  const lesson = await workbench.webviewFrame('form.question');
  await lesson.locator('.mark').nth(QUESTION).click();
  await lesson.getByText(`${QUESTION + 1} / `).waitFor();
  for (const [place, text] of ['ACK', 'y+1', 'u'].entries())
    await lesson.locator('.fields input[type=text]').nth(place).fill(text);
  await lesson.locator('.actions .primary').click();
  await lesson.locator('.verdict .misconception').first().waitFor();
  return lesson;
}

async function showBothRules(workbench: Workbench): Promise<void> {
  const lesson = await showVerdict(workbench);
  await lesson.locator('.actions .primary').press('p');
  await lesson.locator('.lesson.comparing').waitFor();
}

async function showCapture(workbench: Workbench): Promise<void> {
  // The explorer knows the editor for captures once the extension is there.
  await workbench.page.getByRole('tab', { name: /^Handshake/ }).waitFor();
  await workbench.page.getByRole('treeitem', { name: CAPTURE }).dblclick();
  const capture = await workbench.webviewFrame('tbody tr');
  await capture.locator('tbody tr').nth(1).click();
  await capture.locator('tbody tr.chosen').and(capture.locator('tbody tr').nth(1)).waitFor();
  await capture.locator('.arrow').first().waitFor();
}

async function take({ name, theme, language, act }: Picture, folder: string): Promise<void> {
  const workbench = await openWorkbench({ theme, language, size: SIZE, folder });
  try {
    await act(workbench);
    // An empty place of the side bar: nothing there to hover.
    await workbench.page.mouse.move(200, 600);
    await workbench.page.waitForTimeout(1_000);
    const file = path.join(ROOT, 'docs', 'images', `${name}.png`);
    const clip = { x: 0, y: TITLE, width: SIZE.width, height: SIZE.height - TITLE - STATUS };
    await workbench.page.screenshot({ path: file, clip });
    console.log(file);
  } finally {
    await workbench.dispose();
  }
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'handshake-pictures-'));
try {
  await joinCaptures(folder);
  for (const picture of PICTURES) await take(picture, folder);
} finally {
  await rm(folder, { recursive: true });
}
