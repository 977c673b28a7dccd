import path from 'node:path';
import { run } from './processes.ts';

/** Runs npm quietly, and once more if it failed: a registry hiccups now and then. */
async function npm(args: readonly string[], cwd: string): Promise<string> {
  // Below the repository npm would obey its .npmrc, whose engine-strict is about this project and not about VS Code's.
  const quiet = [...args, '--loglevel=error', '--engine-strict=false', '--fund=false', '--audit=false'];
  const first = await run('npm', quiet, cwd);
  if (first.code === 0) return first.stdout;
  const second = await run('npm', quiet, cwd);
  if (second.code === 0) return second.stdout;
  throw new Error(`npm ${args.join(' ')} failed:\n${second.stderr || second.stdout}`);
}

/** Unpacks a package as it was published into `folder`/package, running none of its scripts. */
export async function unpackPackage(spec: string, folder: string): Promise<string> {
  const printed = await npm(['pack', spec], folder);
  const tarball = printed.trim().split('\n').at(-1) ?? '';
  const { code, stderr } = await run('tar', ['-xzf', tarball], folder);
  if (code !== 0) throw new Error(`could not unpack ${tarball}: ${stderr}`);
  return path.join(folder, 'package');
}

/** Installs what the package.json in `folder` names, running no scripts: nothing native is needed. */
export async function installDependencies(folder: string): Promise<void> {
  await npm(['install', '--omit=dev', '--ignore-scripts', '--no-package-lock'], folder);
}

/** The newest published version of a package. */
export async function newestVersion(name: string): Promise<string> {
  const printed = await npm(['view', name, 'version'], process.cwd());
  return printed.trim();
}
