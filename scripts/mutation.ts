// npm run mutation [-- FILE…]: mutants of core/, in two passes. First the quick tests try to kill each; then all tests
// that reach it try whatever is left. docs/mutation.md says why, and what has come of it.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.ts';

interface Place {
  readonly line: number;
  readonly column: number;
}

interface Mutant {
  readonly mutatorName: string;
  readonly replacement: string;
  readonly status: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

const FOLDER = path.join(ROOT, 'out', 'mutation');
const OPTIONS = JSON.parse(readFileSync(path.join(ROOT, 'stryker.config.json'), 'utf8')) as {
  readonly mutate: readonly string[];
};
/** A static mutant needs a process of its own and every test: the golden files hold what is read while loading. */
const PASSES = [
  { name: 'first', mocharc: '.mocharc.mutation.json' },
  { name: 'second', mocharc: '.mocharc.mutation-all.json' },
] as const;

function run({ name, mocharc }: (typeof PASSES)[number], mutate: readonly string[]): Report {
  const file = path.join(FOLDER, `${name}.json`);
  const config = path.join(FOLDER, `${name}.config.json`);
  const options = { ...OPTIONS, mutate, mochaOptions: { config: mocharc }, jsonReporter: { fileName: file } };
  writeFileSync(config, JSON.stringify(options));
  const { status } = spawnSync('npx', ['stryker', 'run', config], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: true,
  });
  if (status !== 0) throw new Error(`the ${name} pass did not end: see above`);
  return JSON.parse(readFileSync(file, 'utf8')) as Report;
}

const lives = ({ status }: Mutant): boolean => status === 'Survived' || status === 'NoCoverage';
const dies = ({ status }: Mutant): boolean => status === 'Killed' || status === 'Timeout';
const placeOf = ({ start, end }: Mutant['location']): string =>
  `${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;
const nameOf = (file: string, one: Mutant): string =>
  [file, placeOf(one.location), one.mutatorName, one.replacement].join('|');

mkdirSync(FOLDER, { recursive: true });
const wanted = process.argv.slice(2);
const first = run(PASSES[0], wanted.length > 0 ? wanted : OPTIONS.mutate);
const left = Object.entries(first.files).flatMap(([file, { mutants }]) =>
  mutants.filter(lives).map(({ location }) => `${file}:${placeOf(location)}`),
);
const second = left.length === 0 ? { files: {} } : run(PASSES[1], [...new Set(left)]);
const killedLater = new Set(
  Object.entries(second.files).flatMap(([file, { mutants }]) =>
    mutants.filter(dies).map((one) => nameOf(file, one)),
  ),
);

const survivors: string[] = [];
let killed = 0;
for (const [file, { source, mutants }] of Object.entries(first.files)) {
  const lines = source.split('\n');
  const alive = mutants.filter((one) => lives(one) && !killedLater.has(nameOf(file, one)));
  const dead = mutants.filter((one) => dies(one) || killedLater.has(nameOf(file, one))).length;
  killed += dead;
  if (dead + alive.length > 0) console.log(`${file.padEnd(36)} ${dead} of ${dead + alive.length}`);
  for (const { location, replacement } of alive)
    survivors.push(
      `${file}:${location.start.line}  ${lines[location.start.line - 1]?.trim()}  =>  ${replacement}`,
    );
}
writeFileSync(path.join(FOLDER, 'survivors.txt'), `${survivors.join('\n')}\n`);
const score = (100 * killed) / (killed + survivors.length);
console.log(
  `${killed} of ${killed + survivors.length} killed: ${score.toFixed(1)} %; the others: out/mutation/survivors.txt`,
);
process.exitCode = score < 85 ? 1 : 0;
