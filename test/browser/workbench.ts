/**
 * A real VS Code with our extension in it, for tests that click and look.
 *
 * ```ts
 * const workbench = await openWorkbench({ settings: { 'handshake.language': 'zh-CN' } });
 * await workbench.runCommand('Handshake: Start a Drill');
 * const drill = await workbench.webviewFrame('text=Send');  // a Playwright Frame: locators, clicks, evaluate
 * await drill.getByRole('button', { name: 'Check' }).click();
 * await workbench.dispose();
 * ```
 *
 * Every workbench has a server of its own (it starts in 0.2 s), so that settings and progress never leak from test to test;
 * they share one Chromium. The page itself takes 3 to 5 seconds: open one per `describe`, in `before`, and dispose it in `after`.
 *
 * `npm run build` must have been run. HANDSHAKE_VSCODE=oldest tests on VS Code 1.100.
 */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { ROOT } from '../../scripts/paths.ts';
import { launchBrowser } from '../../scripts/vscode/browser.ts';
import { getServer, isWhichVscode, type WhichVscode } from '../../scripts/vscode/get-vscode.ts';
import { extensionHostsOf } from '../../scripts/vscode/processes.ts';
import { IN_WEB_HOST, startServer } from '../../scripts/vscode/server.ts';
import { workbenchUrl } from '../../scripts/vscode/workbench-url.ts';

/** The four kinds of theme that VS Code has: a theme of each as the list of themes names it, and the class the workbench then has. */
const THEMES = {
  light: { label: 'Light Modern', css: 'vs' },
  dark: { label: 'Dark Modern', css: 'vs-dark' },
  'high-contrast': { label: 'Dark High Contrast', css: 'hc-black' },
  'high-contrast-light': { label: 'Light High Contrast', css: 'hc-light' },
} as const;
/** The ids of those themes, for settings: each VS Code still knows the old ones. */
const THEME_IDS = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
} as const satisfies Record<keyof typeof THEMES, string>;
export type Theme = keyof typeof THEMES;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface WorkbenchOptions {
  /** A folder whose copy is opened; empty when left out. The original is never written to. */
  readonly folder?: string;
  /** User settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Dark when left out. */
  readonly theme?: Theme;
  /** What `vscode.env.language` says: picks l10n/bundle.l10n.zh-cn.json and package.nls.zh-cn.json. VS Code's own menus stay English. */
  readonly language?: 'en' | 'zh-cn';
  /** 1280 by 800 when left out. */
  readonly size?: Size;
  /** `web` runs dist/extension-web.cjs in a web worker, as on vscode.dev; `remote`, the default, dist/extension.cjs in Node. */
  readonly host?: 'remote' | 'web';
  /** Another extension's folder than ours. */
  readonly extension?: string;
}

export interface Workbench {
  readonly page: Page;
  /** The copy that is open: read here what the extension wrote, write here what it should notice. */
  readonly folder: string;
  /** What our extension stores in this VS Code outside of settings. */
  readonly storage: string;
  /** The processes that extensions run in, of the Node kind; where there is `ps`. */
  extensionHosts(): number[];
  /** Runs a command by its title in the command palette, category and all: `Handshake: Start a Drill`. */
  runCommand(title: string): Promise<void>;
  /** Chooses from the list of that title by typing, as a user at the keyboard does: `choose('Which pack?', 'One question')`. */
  choose(title: string, choice: string): Promise<void>;
  /** Runs a command that asks, and chooses from its list. */
  runAndChoose(command: string, title: string, choice: string): Promise<void>;
  /** The document of the webview in which `selector` is visible; waits for it. Ask again after the webview was hidden or reloaded. */
  webviewFrame(selector?: string): Promise<Frame>;
  /** Changes the colour theme and waits until it is on. */
  setTheme(theme: Theme): Promise<void>;
  /** Adds settings to the folder's, which VS Code notices by itself up to five seconds later. */
  setSettings(settings: Readonly<Record<string, unknown>>): Promise<void>;
  setSize(size: Size): Promise<void>;
  /** Loads the page anew, as F5 in the browser does: editors and webviews are restored. */
  reload(): Promise<void>;
  /** Writes out/screenshots/`name`.png, or `name` when that is an absolute path; returns the path. */
  screenshot(name: string): Promise<string>;
  dispose(): Promise<void>;
}

/** Milliseconds of real time until something that should show has failed to. */
const PATIENCE = 60_000;

let shared: Promise<Browser> | undefined;
const open = new Set<Page>();

/** The pages of the workbenches that are open: what there is to look at when a test failed. */
export const openPages: ReadonlySet<Page> = open;

async function releaseBrowser(): Promise<void> {
  if (open.size > 0) return;
  const browser = shared;
  shared = undefined;
  await (await browser)?.close();
}

/**
 * Makes VS Code believe that its page was served in `language`, and gives tsx's helper to functions that tests evaluate in a page.
 * A text, not a function: tsx would compile a function into calls of that very helper.
 */
function initScript(language: string): string {
  const nls =
    language === 'en'
      ? ''
      : `Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { get() { return '${language}'; }, set() {} });`;
  return `globalThis.__name = (value) => value; ${nls}`;
}

async function findWebview(page: Page, selector: string): Promise<Frame> {
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await page.waitForTimeout(50)) {
    // workbench > iframe.webview, hidden with its editor > iframe#active-frame, the extension's document
    for (const frame of page.frames()) {
      const outer = frame.parentFrame();
      if (outer === null || outer.parentFrame() !== page.mainFrame()) continue;
      try {
        const element = await outer.frameElement();
        const visible = (await element.isVisible()) && (await frame.locator(selector).first().isVisible());
        if (visible) return frame;
      } catch {
        // The frame went away between two lines: look again.
      }
    }
  }
  throw new Error(`no webview shows ${selector}`);
}

/** Asks more than once: just after the start VS Code may not know the extension's commands yet. */
async function runCommand(page: Page, title: string): Promise<void> {
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await page.keyboard.press('Escape')) {
    await page.keyboard.press('F1');
    try {
      await quickInput(page).fill(`>${title}`, { timeout: 2_000 });
      return await quickInputRow(page, title).click({ timeout: 2_000 });
    } catch {
      // Not there yet, or there and redrawn.
    }
  }
  throw new Error(`the command palette has no "${title}"`);
}

/** The text field at the top in which VS Code asks: command palette, lists to choose from, input boxes. */
function quickInput(page: Page): Locator {
  return page.locator('.quick-input-widget input[type=text]');
}

/** The row of VS Code's list that says exactly `label`. */
function quickInputRow(page: Page, label: string): Locator {
  const text = page.getByText(label, { exact: true });
  return page.locator('.quick-input-list .monaco-list-row').filter({ has: text }).first();
}

/**
 * Waits for the title first: the list that was open before, the command palette's, looks the same. Writes more than once:
 * a list that has just replaced another may drop what was written before it had the focus.
 */
async function choose(page: Page, title: string, choice: string): Promise<void> {
  const asked = page.locator('.quick-input-title', { hasText: title });
  await asked.waitFor();
  const row = page.locator('.quick-input-list .monaco-list-row.focused', { hasText: choice });
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; ) {
    try {
      await quickInput(page).fill(choice, { timeout: 2_000 });
      await row.waitFor({ timeout: 2_000 });
      return await page.keyboard.press('Enter');
    } catch {
      if (!(await asked.isVisible())) throw new Error(`"${title}" was closed before "${choice}" was chosen`);
    }
  }
  throw new Error(`"${title}" does not offer "${choice}"`);
}

/** Runs a command that asks, and chooses. Something else that takes the focus, as a late message may, closes a list. */
async function runAndChoose(page: Page, command: string, title: string, choice: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    await runCommand(page, command);
    try {
      return await choose(page, title, choice);
    } catch (error) {
      if (tries >= 2) throw error;
    }
  }
}

/** Chooses from VS Code's own list, as a user does. */
async function setTheme(page: Page, theme: Theme): Promise<void> {
  const { label, css } = THEMES[theme];
  await runCommand(page, 'Preferences: Color Theme');
  await page.locator('.quick-input-widget input[placeholder*=Theme]').fill(label);
  await quickInputRow(page, label).click();
  await page.locator(`.monaco-workbench.${css}`).waitFor();
}

/** Opens a VS Code with the built extension. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const { theme = 'dark', language = 'en', size = { width: 1280, height: 800 } } = options;
  const which: WhichVscode = isWhichVscode(process.env['HANDSHAKE_VSCODE'])
    ? process.env['HANDSHAKE_VSCODE']
    : 'newest';
  const server = await startServer(await getServer(which), {
    ...(options.host === 'web' ? IN_WEB_HOST : {}),
    'workbench.colorTheme': THEME_IDS[theme],
    ...options.settings,
  });
  const { folder } = server;
  if (options.folder !== undefined) await cp(options.folder, folder, { recursive: true });
  shared ??= launchBrowser();
  const context = await (await shared).newContext({
    viewport: size,
    locale: language === 'en' ? 'en-US' : 'zh-CN',
  });
  context.setDefaultTimeout(PATIENCE);
  await context.addInitScript({ content: initScript(language) });
  const page = await context.newPage();
  open.add(page);

  const ready = async () => {
    // The class of a theme comes last: a workbench that has not read its settings yet looks light.
    await page.locator('.monaco-workbench[class*=theme-defaults]').waitFor();
  };
  await page.goto(workbenchUrl(server, { folder, extension: options.extension ?? ROOT }));
  await ready();

  return {
    page,
    folder,
    storage: path.join(server.userData, 'globalStorage', 'handshake.handshake'),
    extensionHosts: () => extensionHostsOf(server.pid),
    async setSettings(settings) {
      const file = path.join(folder, '.vscode', 'settings.json');
      await mkdir(path.dirname(file), { recursive: true });
      const before = await readFile(file, 'utf8').catch(() => '{}');
      await writeFile(file, JSON.stringify({ ...(JSON.parse(before) as object), ...settings }));
    },
    webviewFrame: (selector = 'body *') => findWebview(page, selector),
    setSize: (wanted) => page.setViewportSize(wanted),
    runCommand: (title) => runCommand(page, title),
    choose: (title, choice) => choose(page, title, choice),
    runAndChoose: (command, title, choice) => runAndChoose(page, command, title, choice),
    setTheme: (wanted) => setTheme(page, wanted),
    async reload() {
      // In a browser VS Code writes down what it should find again every few seconds, not when the page goes.
      await page.waitForTimeout(11_000);
      await page.reload();
      await ready();
    },
    async screenshot(name) {
      const file = path.isAbsolute(name) ? name : path.join(ROOT, 'out', 'screenshots', `${name}.png`);
      await mkdir(path.dirname(file), { recursive: true });
      await page.screenshot({ path: file });
      return file;
    },
    async dispose() {
      open.delete(page);
      await context.close();
      await releaseBrowser();
      await server.dispose();
    },
  };
}
