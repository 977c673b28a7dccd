/**
 * `npm run fuzz [-- --inputs N] [--from SEED] [--deeply N]`: mutated captures through the readers. Outside CI; a short run is a unit test.
 * Inputs are numbers: what fails is run again by its number, and kept in test/core/wire/fuzz.test.ts.
 */
import { parseArgs } from 'node:util';
import { inputOf } from './mutate.ts';
import { type Outcome, readAll } from './read-all.ts';

/** No input of some kilobytes may take longer, in milliseconds of the processor: the machine may be busy. */
const TOO_LONG = 2000;

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    from: { type: 'string', default: '1' },
    // Looked at closer, as objects and through the core: one in so many.
    deeply: { type: 'string', default: '100' },
  },
});
const from = Number(values.from);
const deeply = Number(values.deeply);
const until = from + Number(values.inputs);
const counts: Record<Outcome, number> = { 'connections': 0, 'no TCP': 0, 'one error': 0 };
let octets = 0;
let slowest = 0;
let largest = 0;
let failures = 0;
const started = performance.now();

for (let seed = from; seed < until; seed += 1) {
  const input = inputOf(seed);
  octets += input.octets.length;
  const begun = process.cpuUsage().user;
  try {
    counts[readAll(input, seed % deeply === 0)] += 1;
  } catch (error) {
    failures += 1;
    console.error(`input ${seed}: ${error instanceof Error ? error.stack : String(error)}`);
  }
  const took = (process.cpuUsage().user - begun) / 1000;
  if (took > TOO_LONG) {
    failures += 1;
    console.error(`input ${seed}: ${Math.round(took)} ms`);
  }
  slowest = Math.max(slowest, took);
  if (seed % 10_000 === 0) largest = Math.max(largest, process.memoryUsage.rss());
  if (failures > 20) break;
}

const seconds = (performance.now() - started) / 1000;
console.log(
  `${until - from} inputs from ${from}, ${Math.round(octets / 1e6)} MB, in ${seconds.toFixed(0)} s: ${JSON.stringify(counts)}, ` +
    `${failures} failures; slowest ${slowest.toFixed(0)} ms, resident at most ${Math.round(largest / 1e6)} MB`,
);
process.exitCode = failures === 0 ? 0 : 1;
