/**
 * `npm start [-- --web] [-- FOLDER]`: builds the extension and opens VS Code on the first lesson.
 *
 * Opens FOLDER; without one, a folder beside the downloaded VS Codes, where what is saved is found again the next time.
 * Takes the desktop VS Code if `code` is on PATH, else (or with `--web`) VS Code's web workbench, served on this machine only.
 */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CACHE, ROOT } from './paths.ts';
import { getServer } from './vscode/get-vscode.ts';
import { deferred, run } from './vscode/processes.ts';
import { startServer } from './vscode/server.ts';
import { workbenchUrl } from './vscode/workbench-url.ts';

const HOME = path.join(CACHE, 'start');
/** Of the web workbench: a browser keeps the learner's progress by the address. */
const PORT = 41_793;

/** Makes whatever VS Code opens `folder` begin with the first lesson; the extension reads the setting. */
async function openOnLesson(folder: string): Promise<void> {
  await mkdir(path.join(folder, '.vscode'), { recursive: true });
  const settings = { 'handshake.openOnStartup': true };
  await writeFile(path.join(folder, '.vscode', 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`);
}

async function openDesktop(folder: string): Promise<void> {
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

async function openWeb(folder: string): Promise<void> {
  const stopped = deferred<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => stopped.resolve());
  const vscode = await getServer('newest');
  const server = await startServer(vscode, {}, [], { home: HOME, port: PORT });
  const url = workbenchUrl(server, { folder, extension: ROOT });
  console.log(
    `\nVS Code ${vscode.version} with Handshake is at\n\n  ${url}\n\nWhat you save is in ${folder}. Ctrl+C stops it.`,
  );
  showInBrowser(url);
  await stopped.promise;
  await server.dispose();
}

const { values, positionals } = parseArgs({
  options: { web: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const chosen = positionals[0];
const folder = path.resolve(chosen ?? path.join(HOME, 'workspace'));
if (chosen === undefined) await openOnLesson(folder);
const hasDesktop = !values.web && (await run('code', ['--version'])).code === 0;
await (hasDesktop ? openDesktop(folder) : openWeb(folder));
