// Recordings that are not ours to publish stand beside the checkout, in ../shared. Nothing goes unrun in silence.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where something of ../shared is, as a path. The mutation run has its copy of the tests deeper inside the checkout. */
export function sharedPath(name: string): string {
  const beside = new URL('../../../', import.meta.url);
  for (let folder = beside; folder.pathname !== '/'; folder = new URL('../', folder)) {
    const path = fileURLToPath(new URL(`shared/${name}`, folder));
    if (existsSync(path)) return path;
  }
  return fileURLToPath(new URL(`shared/${name}`, beside));
}

/** A reason not to run, and whether that is a failure. */
type Absence = { readonly line: string; readonly fails: boolean };

/** What to say when `path` is absent: CI has to have it, or to say that it has not (HANDSHAKE_NO_SHARED=1). */
export function absenceOf(
  path: string,
  what: string,
  env: Readonly<Record<string, string | undefined>>,
): Absence | undefined {
  if (existsSync(path)) return undefined;
  return {
    line: `NOT RUN: ${what}: ${path} is absent`,
    fails: env['CI'] === 'true' && env['HANDSHAKE_NO_SHARED'] !== '1',
  };
}

/** Whether the suite about to be described can run. When it cannot, one line says so, and its one test is pending or fails. */
export function isThere(path: string, what: string): boolean {
  const absence = absenceOf(path, what, process.env);
  if (absence === undefined) return true;
  console.log(absence.line);
  it(absence.line, function () {
    if (absence.fails) throw new Error(`${absence.line}; set HANDSHAKE_NO_SHARED=1 if that is meant`);
    this.skip();
  });
  return false;
}
