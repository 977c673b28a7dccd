import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { VscodeServer } from './get-vscode.ts';
import { deferred, endTree } from './processes.ts';

/** A VS Code server that is answering on this machine, and on no other. */
export interface RunningServer {
  /** `127.0.0.1:41234`. */
  readonly authority: string;
  /** What a browser must show to be let in. */
  readonly token: string;
  /** An empty folder to open in it. */
  readonly folder: string;
  /** Of the server's process: its extension hosts are children of it. */
  readonly pid: number | undefined;
  /** Where it keeps settings and what extensions store. */
  readonly userData: string;
  /** Ends the server, and removes all it wrote, the folder too, unless it was to be kept. Also when this process ends. */
  dispose(): Promise<void>;
}

const FLAGS = [
  '--host=127.0.0.1',
  '--accept-server-license-terms',
  // Without it the workbench ignores the `payload` of its address.
  '--enable-smoke-test-driver',
  '--disable-telemetry',
  '--disable-experiments',
  '--disable-workspace-trust',
];

/** Milliseconds of real time until a server that says nothing is given up. */
const PATIENCE = 60_000;

/** A VS Code that keeps to itself: the extension under test is all there is to see. */
const QUIET_SETTINGS = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** A setting that puts the extension into the web worker host, as on vscode.dev, rather than into a Node process. */
export const IN_WEB_HOST = { 'remote.extensionKind': { 'handshake.handshake': ['web'] } };

/** Installs an extension from its folder, by copying it: the workbench's address has room for one extension alone. */
async function install(extension: string, folder: string): Promise<unknown> {
  const manifest = JSON.parse(await readFile(path.join(extension, 'package.json'), 'utf8')) as {
    readonly publisher: string;
    readonly name: string;
    readonly version: string;
  };
  const id = `${manifest.publisher}.${manifest.name}`;
  const relativeLocation = `${id}-${manifest.version}`;
  const target = path.join(folder, relativeLocation);
  await cp(extension, target, { recursive: true });
  const location = { $mid: 1, path: target, scheme: 'file' };
  return { identifier: { id }, version: manifest.version, location, relativeLocation };
}

/** A server that is to be found again: its files and settings stay, and its address does, by which browsers keep theirs. */
export interface Kept {
  readonly home: string;
  /** Taken when it is free, else any other. */
  readonly port: number;
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1');
  const free = await once(probe, 'listening').then(
    () => true,
    () => false,
  );
  probe.close();
  return free;
}

/** Writes the settings of a user who has none yet. */
async function writeSettings(file: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  await writeFile(file, JSON.stringify(settings, null, 2), { flag: 'wx' }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
}

/**
 * Starts a server on 127.0.0.1, with these user settings and copies of these extensions; on any free port and with no
 * state, unless it is to be kept.
 */
export async function startServer(
  vscode: VscodeServer,
  settings: Readonly<Record<string, unknown>> = {},
  extensions: readonly string[] = [],
  kept?: Kept,
): Promise<RunningServer> {
  const home = kept?.home ?? (await mkdtemp(path.join(os.tmpdir(), 'handshake-')));
  const folder = path.join(home, 'workspace');
  const data = path.join(home, 'server');
  const user = path.join(data, 'data', 'User');
  await Promise.all([mkdir(folder, { recursive: true }), mkdir(user, { recursive: true })]);
  await writeSettings(path.join(user, 'settings.json'), { ...QUIET_SETTINGS, ...settings });
  if (extensions.length > 0) {
    const folderOfExtensions = path.join(data, 'extensions');
    await mkdir(folderOfExtensions);
    const installed = await Promise.all(extensions.map((each) => install(each, folderOfExtensions)));
    await writeFile(path.join(folderOfExtensions, 'extensions.json'), JSON.stringify(installed));
  }
  const wanted = kept !== undefined && (await isFree(kept.port)) ? kept.port : 0;
  const token = randomBytes(16).toString('hex');
  const child = spawn(
    vscode.node,
    [vscode.main, ...FLAGS, `--port=${wanted}`, `--connection-token=${token}`, `--server-data-dir=${data}`],
    {
      detached: process.platform !== 'win32',
      // No marketplace: nothing to look up, and nothing that waits for a network.
      env: { ...process.env, EXTENSIONS_GALLERY: '{}' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const end = () => {
    endTree(child);
    if (kept === undefined) rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  process.once('exit', end);
  const ready = deferred<string | undefined>();
  const patience = setTimeout(() => ready.resolve(undefined), PATIENCE);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
      const port = /(?:127\.0\.0\.1|localhost):(\d+)/.exec(said)?.[1];
      if (port !== undefined) ready.resolve(port);
    });
  }
  child.on('error', () => ready.resolve(undefined));
  child.on('exit', () => ready.resolve(undefined));
  const dispose = async () => {
    process.removeListener('exit', end);
    const gone = child.exitCode ?? child.signalCode ?? once(child, 'exit');
    endTree(child);
    await gone;
    end();
  };
  const port = await ready.promise;
  clearTimeout(patience);
  if (port === undefined) {
    await dispose();
    throw new Error(`VS Code ${vscode.version} did not start:\n${said}`);
  }
  return { authority: `127.0.0.1:${port}`, token, folder, pid: child.pid, userData: user, dispose };
}
