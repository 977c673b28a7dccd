import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { CACHE } from '../paths.ts';

/**
 * The folder `name` of the cache `root`, filled by `fill` the first time.
 *
 * It appears whole or not at all: filled under another name, then renamed. Two processes may fill it at once; one wins.
 */
export async function cached(
  name: string,
  fill: (folder: string) => Promise<void>,
  root: string = CACHE,
): Promise<string> {
  const folder = path.join(root, name);
  if (existsSync(folder)) return folder;
  await mkdir(root, { recursive: true });
  const unfinished = await mkdtemp(path.join(root, `.${name}-`));
  try {
    await fill(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
