import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './paths.ts';

/** Lets `npx handshake` in this checkout find dist/cli.cjs: npm links the programs of dependencies, not the project's own. */
export async function linkBin(): Promise<void> {
  const program = path.join(ROOT, 'dist', 'cli.cjs');
  const folder = path.join(ROOT, 'node_modules', '.bin');
  const link = path.join(folder, 'handshake');
  await mkdir(folder, { recursive: true });
  if (process.platform === 'win32') {
    await writeFile(`${link}.cmd`, '@node "%~dp0\\..\\..\\dist\\cli.cjs" %*\r\n');
    return;
  }
  await chmod(program, 0o755);
  await rm(link, { force: true });
  await symlink(path.relative(folder, program), link);
}
