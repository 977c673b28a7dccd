// npm run bench:timeline: a connection of a million segments on screen, beside Mermaid with a thousand messages.
// The host's part (reading, inferring, projecting) runs here; the webview and Mermaid run in Chromium, as they are built.

import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { readContents } from '../../extension/captures/capture-contents.ts';
import { captureScreen, PART } from '../../extension/captures/capture-screen.ts';
import { FIRST_ROWS } from '../../extension/captures/capture-table.ts';
import { projectAll } from '../../quizzes/engine/project.ts';
import { toMermaid } from '../../quizzes/exchange/mermaid.ts';
import { ROOT } from '../../scripts/paths.ts';
import { openHarness } from '../webview/harness/page.ts';
import { generateDownload } from './generate-capture.ts';

const SEGMENTS = Number(process.argv[2] ?? 1_000_000);
const CHUNK = 1 << 20;
/** What Mermaid is given. */
const MESSAGES = 1000;
/** Pixels a frame: faster than anyone reads. */
const SCROLL = 120;

const folder = mkdtempSync(path.join(tmpdir(), 'handshake-bench-'));
const harness = await openHarness();
try {
  const file = path.join(folder, 'download.pcap');
  generateDownload(file, SEGMENTS);
  const begun = performance.now();
  const contents = readContents(
    'download.pcap',
    async (push, pause) => {
      const from = openSync(file, 'r');
      const buffer = new Uint8Array(CHUNK);
      let taken = 0;
      for (let size = readSync(from, buffer); size > 0; size = readSync(from, buffer)) {
        if (!push(buffer.subarray(0, size))) break;
        taken += size;
        if (!(await pause(taken))) break;
      }
      closeSync(from);
      return 'whole';
    },
    () => undefined,
  );
  await contents.done;
  console.log(`${SEGMENTS} segments of one connection, indexed in ${since(begun)} ms`);

  const capture = {
    address: 'file:///download.pcap',
    name: 'download.pcap',
    size: 0,
    onDidRead: () => ({ dispose: () => undefined }),
    ...contents,
  };
  // A page that was never used, each time: what a learner meets who opens the file.
  const first: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const fresh = await harness.show(undefined, { reducedMotion: false });
    const started = performance.now();
    const view = await contents.view(0, PART);
    const screen = captureScreen(capture, view, { connection: 0, from: 0, table: FIRST_ROWS }, 'en');
    first.push(since(started) + (await paintOf(fresh.page, screen)));
    await fresh.close();
  }
  console.log(`  first paint, three times anew: ${first.map((time) => time.toFixed(0)).join(', ')} ms`);
  const shown = await harness.show(undefined, { reducedMotion: false });
  for (const from of [0, Math.floor(SEGMENTS / 2), SEGMENTS - PART]) {
    const started = performance.now();
    const view = await contents.view(0, from + PART);
    const screen = captureScreen(capture, view, { connection: 0, from, table: FIRST_ROWS }, 'en');
    const host = since(started);
    const paint = await paintOf(shown.page, screen);
    console.log(
      `  segments from ${from}: host ${host} ms + webview ${paint.toFixed(0)} ms = ${(host + paint).toFixed(0)} ms to paint`,
    );
    if (screen.kind !== 'capture' || screen.timeline === undefined) throw new Error('nothing drawn');
    console.log(`    scrolling: ${frames(await scroll(shown.page, '.scroller'))}`);
    if (from !== 0) continue;
    const many = (await contents.view(0, MESSAGES))?.timeline(0, MESSAGES);
    if (many === undefined) throw new Error('nothing to draw');
    const text = toMermaid(projectAll(many, '', 'en'), 'en');
    const page = await shown.page.context().newPage();
    await page.setContent(
      '<!DOCTYPE html><body style="margin:0"><div id="peer" style="height:800px;overflow:auto"></div>',
    );
    await page.addScriptTag({
      content: readFileSync(path.join(ROOT, 'node_modules/mermaid/dist/mermaid.min.js'), 'utf8'),
    });
    const peer = await mermaidPaint(page, text);
    console.log(`  Mermaid, ${MESSAGES} of the segments as messages: ${peer.toFixed(0)} ms to paint`);
    console.log(`    scrolling: ${frames(await scroll(page, '#peer'))}`);
    await page.close();
  }
} finally {
  await harness.close();
  rmSync(folder, { recursive: true, force: true });
}

function since(begun: number): number {
  return Math.round(performance.now() - begun);
}

/** From the message to the second frame after the picture is there. The text is in the page before the clock runs. */
async function paintOf(page: Page, screen: unknown): Promise<number> {
  const message = {
    type: 'screen/show',
    screen,
    preferences: { language: 'en', numbers: 'symbolic' },
    strings: {},
    resume: {},
    now: Date.now(),
  };
  await page.evaluate((data) => Object.assign(window, { held: data }), message as never);
  return page.evaluate(`new Promise((resolve) => {
    const nameOf = () => document.querySelector('.part-bar [role=status]')?.textContent;
    const before = nameOf();
    const begun = performance.now();
    window.postMessage(window.held, '*');
    const look = () => {
      if (document.querySelector('.picture') === null || nameOf() === before) return requestAnimationFrame(look);
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun), 0));
    };
    requestAnimationFrame(look);
  })`);
}

function mermaidPaint(page: Page, text: string): Promise<number> {
  return page.evaluate(async (source) => {
    const { mermaid } = window as unknown as {
      mermaid: {
        initialize(options: object): void;
        render(id: string, text: string): Promise<{ readonly svg: string }>;
      };
    };
    mermaid.initialize({ startOnLoad: false, maxTextSize: 10_000_000, maxEdges: 100_000 });
    const begun = performance.now();
    const { svg } = await mermaid.render('drawn', source);
    const target = document.getElementById('peer');
    if (target !== null) target.innerHTML = svg;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    return performance.now() - begun;
  }, text);
}

/** Milliseconds from frame to frame, from top to bottom. */
function scroll(page: Page, selector: string): Promise<readonly number[]> {
  return page.evaluate(`new Promise((resolve) => {
    const element = document.querySelector(${JSON.stringify(selector)});
    element.scrollTop = 0;
    const deltas = [];
    let last;
    const step = (now) => {
      if (last !== undefined) deltas.push(now - last);
      last = now;
      const before = element.scrollTop;
      element.scrollTop = before + ${SCROLL};
      if (element.scrollTop === before || deltas.length > 900) resolve(deltas);
      else requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  })`);
}

function frames(deltas: readonly number[]): string {
  const sorted = [...deltas].sort((a, b) => a - b);
  const at = (part: number) => (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(1);
  const late = deltas.filter((delta) => delta > 33.5).length;
  return `${deltas.length} frames, median ${at(0.5)} ms, 99 % ${at(0.99)} ms, longest ${at(1)} ms, ${late} over 33 ms`;
}
