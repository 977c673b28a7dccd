import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { ROOT } from '../../../scripts/paths.ts';
import { findChromium } from '../../../scripts/vscode/find-chromium.ts';
import type { NumberMode, Screen, ToWebview } from '../../../webview/protocol.ts';
import { THEMES, type ThemeName, themeCss } from './themes.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The webview as VS Code would load it. */
interface Bundle {
  readonly script: string;
  readonly style: string;
}

async function bundleWebview(): Promise<Bundle> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: { webview: 'webview/main.tsx' },
    outdir: 'out/webview',
    write: false,
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  });
  const textOf = (extension: string) => outputFiles.find((file) => file.path.endsWith(extension))?.text ?? '';
  return { script: textOf('.js'), style: textOf('.css') };
}

export interface Look {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly chinese?: boolean;
  readonly numbers?: NumberMode;
  readonly reducedMotion?: boolean;
}

/** A webview on a page of its own: what it posts, what it breaks, what it keeps. */
export interface Shown {
  readonly page: Page;
  /** Sends a screen as the extension would. */
  send(screen: Screen): Promise<void>;
  /** Everything posted so far. */
  posted(): Promise<readonly { readonly type: string }[]>;
  /** Console errors and violations of the content security policy. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface Harness {
  show(screen: Screen | undefined, look?: Look): Promise<Shown>;
  close(): Promise<void>;
}

const ORIGIN = 'http://webview.test';

function html(theme: ThemeName): string {
  const policy = `default-src 'none'; script-src 'nonce-harness'; style-src ${ORIGIN}`;
  return `<!DOCTYPE html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Handshake</title><link rel="stylesheet" href="${ORIGIN}/theme.css"><link rel="stylesheet" href="${ORIGIN}/webview.css"></head>
<body class="${THEMES[theme].bodyClass}"><script nonce="harness" src="${ORIGIN}/host.js"></script>
<script nonce="harness" src="${ORIGIN}/webview.js"></script></body></html>`;
}

/** Stands in for VS Code's side of the page. State lives in sessionStorage, so that a reload keeps it. */
const HOST_SCRIPT = `
window.posted = [];
window.acquireVsCodeApi = () => ({
  postMessage: (message) => window.posted.push(message),
  getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
  setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
});`;

async function chineseStrings(): Promise<Readonly<Record<string, string>>> {
  return JSON.parse(await readFile(path.join(ROOT, 'webview', 'strings.zh-cn.json'), 'utf8'));
}

async function show(
  browser: Browser,
  bundle: Bundle,
  screen: Screen | undefined,
  look: Look,
): Promise<Shown> {
  const {
    theme = 'dark',
    width = 1180,
    height = 840,
    chinese = false,
    numbers = 'symbolic',
    reducedMotion = true,
  } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  const answers: Readonly<Record<string, readonly [string, string]>> = {
    '/': ['text/html', html(theme)],
    '/host.js': ['text/javascript', HOST_SCRIPT],
    '/webview.js': ['text/javascript', bundle.script],
    '/webview.css': ['text/css', bundle.style],
    '/theme.css': ['text/css', themeCss(theme)],
  };
  await page.route('**/*', (route) => {
    const answer = answers[new URL(route.request().url()).pathname];
    return answer
      ? route.fulfill({ contentType: answer[0], body: answer[1] })
      : route.fulfill({ status: 404 });
  });
  await page.goto(`${ORIGIN}/`);
  const strings = chinese ? await chineseStrings() : {};
  const send = async (next: Screen) => {
    const message: ToWebview = {
      type: 'screen/show',
      screen: next,
      preferences: { language: chinese ? 'zh-CN' : 'en', numbers },
      strings,
      resume: { pack: 'close-basics' },
      now: Date.now(),
    };
    await page.evaluate((data) => window.postMessage(data, '*'), message);
    await page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 80))))',
    );
  };
  if (screen) await send(screen);
  return {
    page,
    send,
    complaints,
    posted: () => page.evaluate('window.posted') as Promise<readonly { readonly type: string }[]>,
    close: () => context.close(),
  };
}

/** Bundles the webview once and starts a browser for it. */
export async function openHarness(): Promise<Harness> {
  const [bundle, executablePath] = await Promise.all([bundleWebview(), findChromium()]);
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  return { show: (screen, look = {}) => show(browser, bundle, screen, look), close: () => browser.close() };
}
