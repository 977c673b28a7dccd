/**
 * Stands in for a desktop VS Code where there is none: `runTests({ vscodeExecutablePath: <this> })`.
 *
 * Understands the arguments that `@vscode/test-electron` gives to VS Code, starts VS Code's server, opens its web workbench in
 * a Chromium nobody sees, prints what the tests print, and ends with their exit code.
 *
 * Environment: HANDSHAKE_VSCODE is `oldest` or `newest` (see get-vscode.ts), HANDSHAKE_HOST is `remote`
 * (the extension host is a Node process) or `web` (a web worker, as on vscode.dev).
 */
import { launchBrowser } from './browser.ts';
import { getServer, isWhichVscode } from './get-vscode.ts';
import { deferred } from './processes.ts';
import { IN_WEB_HOST, startServer } from './server.ts';
import { workbenchUrl } from './workbench-url.ts';

/** Milliseconds of real time until tests that do not end are ended. */
const PATIENCE = 900_000;

/** The values of `--name=value`, which may be said more than once. */
function options(name: string): readonly string[] {
  const prefix = `--${name}=`;
  return process.argv.filter((arg) => arg.startsWith(prefix)).map((arg) => arg.slice(prefix.length));
}

/** Begins what the tests print; see test/vscode/run.ts. */
const MARK = '[test] ';

/** Errors of a VS Code that runs without its native modules and without a network, where nothing is amiss. */
const EXPECTED = /watchdog|bindings file|\[Service Worker\]|Failed to fetch|ENOTFOUND/;

/** Of what else VS Code complained of, when the tests failed: how many complaints are shown, and how many lines of each. */
const COMPLAINTS = 10;
const LINES_EACH = 8;

async function main(): Promise<number> {
  const [extension, ...others] = options('extensionDevelopmentPath');
  const [tests] = options('extensionTestsPath');
  if (extension === undefined || tests === undefined) {
    console.error('usage: launcher --extensionDevelopmentPath=FOLDER --extensionTestsPath=MODULE [FOLDER]');
    return 2;
  }
  const which = process.env['HANDSHAKE_VSCODE'];
  const vscode = await getServer(isWhichVscode(which) ? which : 'newest');
  const ended = deferred<number>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => ended.resolve(130));
  const host = process.env['HANDSHAKE_HOST'] === 'web' ? 'web' : 'remote';
  const server = await startServer(vscode, host === 'web' ? IN_WEB_HOST : {}, others);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
      const text = args.map(String).join(' ');
      if (text.includes(MARK)) console.log(`  ${text.replace(MARK, '')}`);
      else if (type === 'error' && !EXPECTED.test(text))
        complaints.push(text.split('\n').slice(0, LINES_EACH).join('\n'));
    });
    await page.exposeFunction('codeAutomationExit', (code: number) => ended.resolve(code));
    console.log(`VS Code ${vscode.version}, ${host} extension host`);
    const folder = process.argv.slice(2).find((arg) => !arg.startsWith('-')) ?? server.folder;
    await page.goto(workbenchUrl(server, { folder, extension, tests }));
    const patience = setTimeout(() => {
      console.error(`the tests did not end within ${PATIENCE / 1000} s`);
      ended.resolve(124);
    }, PATIENCE);
    page.on('crash', () => ended.resolve(125));
    const code = await ended.promise;
    clearTimeout(patience);
    if (code !== 0) console.error(complaints.slice(-COMPLAINTS).join('\n'));
    return code;
  } finally {
    await browser.close();
    await server.dispose();
  }
}

process.exitCode = await main();
