/** Gets a VS Code to run: Microsoft's desktop build where it can be had, else VS Code's own server and web workbench. */
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { CACHE } from '../paths.ts';
import { cached } from './cache.ts';
import { installDependencies, newestVersion, unpackPackage } from './npm.ts';

/** The VS Codes that we test on: the oldest that package.json allows, and the newest that can be had. */
export const VSCODES = ['oldest', 'newest'] as const;
export type WhichVscode = (typeof VSCODES)[number];

/** VS Code 1.100, the `engines.vscode` of package.json, in the two shapes it comes in. */
const OLDEST = { desktop: '1.100.3', server: '4.100.3' };
/** code-server 4.139.1 is VS Code 1.139.1: what "newest" means when the registry does not answer. */
const NEWEST_KNOWN = '4.139.1';

/** VS Code's server, which serves the web workbench to a browser. */
export interface VscodeServer {
  readonly kind: 'server';
  /** VS Code's version, not code-server's. */
  readonly version: string;
  /** The Node that this server was made for. */
  readonly node: string;
  readonly main: string;
}

/** A desktop VS Code. */
export interface VscodeDesktop {
  readonly kind: 'desktop';
  readonly executable: string;
}

export function isWhichVscode(value: unknown): value is WhichVscode {
  return VSCODES.some((which) => which === value);
}

/** A VS Code to run tests in; a desktop one only where it can be downloaded and there is a desktop to show it on. */
export async function getVscode(which: WhichVscode): Promise<VscodeServer | VscodeDesktop> {
  return (await getDesktop(which)) ?? (await getServer(which));
}

async function getDesktop(which: WhichVscode): Promise<VscodeDesktop | undefined> {
  const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (!hasDisplay || process.env['HANDSHAKE_NO_DESKTOP']) return undefined;
  try {
    await fetch('https://update.code.visualstudio.com/api/releases/stable', {
      signal: AbortSignal.timeout(5_000),
    });
    const version = which === 'oldest' ? OLDEST.desktop : 'stable';
    return {
      kind: 'desktop',
      executable: await downloadAndUnzipVSCode({ version, cachePath: CACHE, timeout: 30_000 }),
    };
  } catch {
    return undefined;
  }
}

/**
 * VS Code's server, from the npm package `code-server` (a repackaging of VS Code by Coder, MIT).
 *
 * Only lib/vscode of it is kept: the rest is Coder's login and proxy, which a test on this machine has no use for.
 */
export function getServer(which: WhichVscode): Promise<VscodeServer> {
  const known = servers.get(which) ?? findServer(which);
  servers.set(which, known);
  return known;
}

/** Servers that this process asked for, so as to ask the registry only once. */
const servers = new Map<WhichVscode, Promise<VscodeServer>>();

async function findServer(which: WhichVscode): Promise<VscodeServer> {
  const release = which === 'oldest' ? OLDEST.server : await newestRelease();
  const folder = await cached(`code-server-${release}`, async (unfinished) => {
    console.error(`downloading VS Code (code-server ${release}) …`);
    const unpacked = await unpackPackage(`code-server@${release}`, unfinished);
    await installDependencies(path.join(unpacked, 'lib', 'vscode'));
    await rm(path.join(unfinished, `code-server-${release}.tgz`), { force: true });
  });
  const lib = path.join(folder, 'package', 'lib', 'vscode');
  const wants = await readJson(path.join(folder, 'package', 'package.json'));
  const is = await readJson(path.join(lib, 'package.json'));
  return {
    kind: 'server',
    version: String(is['version']),
    node: await getNode(majorOf(wants['engines'])),
    main: path.join(lib, 'out', 'server-main.js'),
  };
}

async function newestRelease(): Promise<string> {
  try {
    return await newestVersion('code-server');
  } catch {
    return NEWEST_KNOWN;
  }
}

/** A Node of that major version: this one if it is, else the executable of the npm package `node-<platform>-<arch>`. */
async function getNode(major: number): Promise<string> {
  if (Number.parseInt(process.versions.node, 10) === major) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const folder = await cached(`node-${major}`, async (unfinished) => {
    console.error(`downloading Node ${major} …`);
    await unpackPackage(`node-${platform}-${process.arch}@${major}`, unfinished);
  });
  const bin = path.join(folder, 'package', 'bin');
  return [path.join(bin, 'node'), path.join(bin, 'node.exe')].find(existsSync) ?? path.join(bin, 'node');
}

/** 24 of `{ "node": "24" }`, `{ "node": ">=24.1" }` and the like; this Node's when it says nothing of the kind. */
function majorOf(engines: unknown): number {
  const digits = /"node":"\D*(\d+)/.exec(JSON.stringify(engines) ?? '');
  return Number(digits?.[1] ?? Number.parseInt(process.versions.node, 10));
}

async function readJson(file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
}
