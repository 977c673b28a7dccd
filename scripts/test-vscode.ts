/**
 * Runs test/vscode inside VS Code: the oldest that we support and the newest that can be had, each with both kinds of extension host.
 *
 * `npm run test:vscode` builds first; `-- newest web` runs one of the four only. Ends with 0 only if every run ended with 0, which needs at least one passed test in each.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { ROOT, TEST_BUNDLES } from './paths.ts';
import { getServer, getVscode, VSCODES, type WhichVscode } from './vscode/get-vscode.ts';

const LAUNCHER = path.join(
  ROOT,
  'scripts',
  'vscode',
  process.platform === 'win32' ? 'launcher.cmd' : 'launcher',
);

/** One run; a desktop VS Code has the Node host only, so the web host always takes the launcher. */
async function runOnce(which: WhichVscode, host: 'remote' | 'web'): Promise<void> {
  const vscode = host === 'web' ? await getServer(which) : await getVscode(which);
  const userData = await mkdtemp(path.join(os.tmpdir(), 'handshake-user-'));
  const folder = await mkdtemp(path.join(os.tmpdir(), 'handshake-folder-'));
  try {
    await runTests({
      vscodeExecutablePath: vscode.kind === 'desktop' ? vscode.executable : LAUNCHER,
      // The sample of docs beside ours: its pack must be found.
      extensionDevelopmentPath: [ROOT, path.join(ROOT, 'docs', 'sample-pack-extension')],
      extensionTestsPath: path.join(TEST_BUNDLES, host === 'web' ? 'web.cjs' : 'node.cjs'),
      extensionTestsEnv: { HANDSHAKE_VSCODE: which, HANDSHAKE_HOST: host },
      // Tests write packs and captures into the folder that is open.
      launchArgs: [folder, `--user-data-dir=${userData}`],
    });
  } finally {
    for (const each of [userData, folder]) await rm(each, { recursive: true, force: true, maxRetries: 5 });
  }
}

const HOSTS = ['remote', 'web'] as const;
const words = process.argv.slice(2);
const strange = words.find((word) => ![...VSCODES, ...HOSTS].some((known) => known === word));
if (strange !== undefined)
  throw new Error(`${strange}? Say ${[...VSCODES, ...HOSTS].join(', ')}, or nothing`);
/** Those of `all` that the command line names; all, if it names none of them. */
function chosen<T extends string>(all: readonly T[]): readonly T[] {
  const named = all.filter((each) => words.includes(each));
  return named.length > 0 ? named : all;
}

const failures: string[] = [];
for (const which of chosen(VSCODES)) {
  for (const host of chosen(HOSTS)) {
    try {
      await runOnce(which, host);
    } catch (error) {
      failures.push(
        `${which} VS Code, ${host} extension host: ${error instanceof Error ? error.message : error}`,
      );
    }
  }
}
console.log(failures.length === 0 ? 'test:vscode passed' : `test:vscode FAILED\n${failures.join('\n')}`);
process.exitCode = failures.length === 0 ? 0 : 1;
