/**
 * `npm start [-- --web]`: builds the extension and opens VS Code on the first lesson.
 *
 * Takes the desktop VS Code if `code` is on PATH, else (or with `--web`) VS Code's web workbench, served on this machine only.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './paths.ts';
import { getServer } from './vscode/get-vscode.ts';
import { deferred, run } from './vscode/processes.ts';
import { startServer } from './vscode/server.ts';
import { workbenchUrl } from './vscode/workbench-url.ts';

/** Makes whatever VS Code opens `folder` begin with the first lesson; the extension reads the setting. */
async function openOnLesson(folder: string): Promise<void> {
  await mkdir(path.join(folder, '.vscode'), { recursive: true });
  const settings = { 'handshake.openOnStartup': true };
  await writeFile(path.join(folder, '.vscode', 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`);
}

async function openDesktop(): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'handshake-'));
  await openOnLesson(folder);
  const { code, stderr } = await run('code', ['--new-window', `--extensionDevelopmentPath=${ROOT}`, folder]);
  if (code !== 0) throw new Error(`VS Code did not start: ${stderr}`);
  console.log('VS Code is opening with Handshake. To open one in the browser instead: npm start -- --web');
}

/** Shows `url` in the default browser, where there is one. */
function showInBrowser(url: string): void {
  const isHeadless =
    process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
  if (isHeadless || process.env['CI'] !== undefined) return;
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', url]
        : ['xdg-open', url];
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

async function openWeb(): Promise<void> {
  const stopped = deferred<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => stopped.resolve());
  const vscode = await getServer('newest');
  const server = await startServer(vscode);
  await openOnLesson(server.folder);
  const url = workbenchUrl(server, { folder: server.folder, extension: ROOT });
  console.log(`\nVS Code ${vscode.version} with Handshake is at\n\n  ${url}\n\nCtrl+C stops it.`);
  showInBrowser(url);
  await stopped.promise;
  await server.dispose();
}

const { values } = parseArgs({ options: { web: { type: 'boolean', default: false } } });
const hasDesktop = !values.web && (await run('code', ['--version'])).code === 0;
await (hasDesktop ? openDesktop() : openWeb());
