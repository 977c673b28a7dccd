// npm run bench: a pack of 1,000 questions is checked as it is typed. What matters to typing is the longest slice.

import { Stopped, sliced } from '../../extension/slices.ts';
import { type Analysis, openChecker } from '../../quizzes/authoring/check.ts';
import { complete } from '../../quizzes/authoring/complete.ts';
import { bigPack } from './big-pack.ts';

const QUESTIONS = 1_000;

interface Figures {
  /** Milliseconds until everything was known but what takes many runs. */
  readonly early: number;
  readonly all: number;
  /** The longest time that nothing else could run. */
  readonly longest: number;
  /** The most processor time used in one go: unlike the clock's, it is the same on a busy machine. */
  readonly cpu: number;
  readonly over50: number;
  readonly analysis: Analysis;
}

const checker = openChecker();

/** One check in slices, with a watch that measures how long the event loop stood still. */
async function check(text: string, isStopped = () => false): Promise<Figures> {
  let last = performance.now();
  const begun = last;
  let longest = 0;
  let used = process.cpuUsage();
  let cpu = 0;
  let over50 = 0;
  let early = 0;
  let running = true;
  const watch = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    if (now - last > 50) over50 += 1;
    last = now;
    const { user, system } = process.cpuUsage(used);
    cpu = Math.max(cpu, (user + system) / 1000);
    used = process.cpuUsage();
    if (running) setImmediate(watch);
  };
  setImmediate(watch);
  try {
    const analysis = await checker.check(text, {
      file: 'big.tcpquiz.yaml',
      readFile: () => Promise.resolve(undefined),
      pause: sliced(isStopped),
      early: () => {
        early = performance.now() - begun;
      },
    });
    watch();
    const all = performance.now() - begun;
    return { early: early || all, all, longest, cpu, over50, analysis };
  } finally {
    running = false;
  }
}

function row(name: string, { early, all, longest, cpu, over50, analysis }: Figures): string {
  const figures = [early, all, longest, cpu].map((time) => `${time.toFixed(0).padStart(6)} ms`);
  return [name.padEnd(46), ...figures, String(over50).padStart(6), `${analysis.issues.length} issues`].join(
    ' ',
  );
}

const text = bigPack(QUESTIONS);
console.log(`\nchecking ${QUESTIONS} questions (${Math.round(text.length / 1024)} KB)`);
console.log(
  `${''.padEnd(46)} ${'early'.padStart(9)} ${'all'.padStart(9)} ${'longest'.padStart(9)} ${'its CPU'.padStart(9)}  >50ms`,
);
console.log(row('opened', await check(text)));
console.log(row('a letter typed in a hint', await check(text.replace('use up?', 'use up??'))));
console.log(row('another moment', await check(text.replace('when: B receives FIN', 'when: A receives FIN'))));
console.log(row('a line half written', await check(text.replace('when: B receives SYN', 'when: "B rec'))));
console.log(row('a scenario changed', await check(text.replace('send 100..900', 'send 200..900'))));

// Typing without a rest: every check is stopped by the next, and the last one must be right.
let stops = 0;
const begun = performance.now();
let typed = text;
for (let key = 0; key < 20; key += 1) {
  typed = typed.replace('id: q-500', 'id: q-500x');
  let left = 25;
  try {
    await check(typed, () => left-- < 0);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    stops += 1;
  }
}
const final = await check(typed);
console.log(row(`after ${stops} checks stopped by the next key`, final));
console.log(`twenty keys and the last check: ${(performance.now() - begun).toFixed(0)} ms`);
if (!final.analysis.pack?.questions.some(({ id }) => id.startsWith('q-500x')))
  throw new Error('the last key is lost');

const offset = typed.lastIndexOf('when: ') + 'when: '.length;
const before = performance.now();
for (let i = 0; i < 20; i += 1) complete(typed, offset, final.analysis);
console.log(`a completion at the end of the file: ${((performance.now() - before) / 20).toFixed(1)} ms`);
