/**
 * `npm start [-- --web] [-- --port NUMBER] [-- FOLDER]`: builds the extension and opens VS Code on a lesson.
 *
 * Opens FOLDER; without one, a folder beside the downloaded VS Codes, where what is saved is found again the next time.
 * Takes the desktop VS Code if `code` is on PATH, else (or with `--web`) VS Code's web workbench, served on this machine only.
 */
import { spawn } from 'node:child_process';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CACHE, ROOT } from './paths.ts';
import { HELP, startOptions } from './start-options.ts';
import { getServer } from './vscode/get-vscode.ts';
import { deferred, run } from './vscode/processes.ts';
import { startServer } from './vscode/server.ts';
import { workbenchUrl } from './vscode/workbench-url.ts';

const HOME = path.join(CACHE, 'start');
/** Makes whatever VS Code opens begin with a lesson; the extension reads the setting. */
const ON_LESSON = { 'handshake.openOnStartup': true };

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Handshake's own folder. */
async function ownFolder(): Promise<string> {
  const folder = path.join(HOME, 'workspace');
  await mkdir(path.join(folder, '.vscode'), { recursive: true });
  await writeFile(path.join(folder, '.vscode', 'settings.json'), asJson(ON_LESSON));
  return folder;
}

/** A folder of the user's, in a workspace beside our own folder: nothing is written into it. */
async function workspaceOf(folder: string): Promise<string> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) fail(`There is no folder ${folder}.`);
  await mkdir(HOME, { recursive: true });
  const file = path.join(HOME, `${path.basename(folder) || 'folder'}.code-workspace`);
  await writeFile(file, asJson({ folders: [{ path: folder }], settings: ON_LESSON }));
  return file;
}

/** Ends with one sentence. */
function fail(sentence: string): never {
  console.error(`${sentence}\n\n${HELP}`);
  process.exit(2);
}

async function openDesktop(opened: string): Promise<void> {
  const { code, stderr } = await run('code', ['--new-window', `--extensionDevelopmentPath=${ROOT}`, opened]);
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

async function openWeb(opened: string, saved: string, port: number): Promise<void> {
  const stopped = deferred<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => stopped.resolve());
  const vscode = await getServer('newest');
  const server = await startServer(vscode, {}, [], { home: HOME, port });
  const url = workbenchUrl(server, { folder: opened, extension: ROOT });
  const taken =
    new URL(url).port === String(port) ? '' : `\nPort ${port} is taken: on this one progress starts anew.`;
  console.log(
    `\nVS Code ${vscode.version} with Handshake is at\n\n  ${url}\n\nWhat you save is in ${saved}. Ctrl+C stops it.${taken}`,
  );
  showInBrowser(url);
  await stopped.promise;
  await server.dispose();
}

const read = startOptions(process.argv.slice(2));
if (!read.ok) fail(read.error);
if (read.value.kind === 'help') {
  console.log(HELP);
} else {
  const { web, port, folder } = read.value;
  const saved = folder === undefined ? await ownFolder() : path.resolve(folder);
  const opened = folder === undefined ? saved : await workspaceOf(saved);
  const hasDesktop = !web && (await run('code', ['--version'])).code === 0;
  await (hasDesktop ? openDesktop(opened) : openWeb(opened, saved, port));
}
