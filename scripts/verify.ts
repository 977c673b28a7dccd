// npm run verify -- DIR: holds every trace recorded in DIR against the core, two ways.
// 1. Inference: the states of every socket, inferred from one side's capture and calls, are the kernel's.
// 2. Prediction: from the calls and what the network did, the linux profile sends the same segments.

import { type Prediction, predictTrace } from './verify/predict/predict.ts';
import { tracesIn } from './verify/trace.ts';
import { type Row, verifyTrace } from './verify/verify.ts';

const DEFAULT_DIRECTORY = '../shared/kernel-traces';

type Verdict = Prediction['verdict'];

const LABELS: Readonly<Record<Verdict, string>> = {
  ok: 'ok',
  differs: '',
  departure: 'departure: ',
  'out of scope': 'out of scope: ',
};

interface Result {
  readonly trace: string;
  readonly side: string;
  readonly socket: string;
  readonly verdict: Verdict;
  readonly detail: string;
}

function print(
  kind: string,
  { trace, side, socket, verdict, detail }: Result,
  evidence: readonly string[],
): void {
  const words = [trace.padEnd(28), kind, side, socket.padEnd(12), `${LABELS[verdict]}${detail}`];
  console.log(words.join('  ').trimEnd());
  if (verdict === 'differs') for (const line of evidence) console.log(`    ${line}`);
}

function printInference(row: Row): void {
  print('inference ', row, [`kernel    ${row.kernel.join(' > ')}`, `inferred  ${row.inferred.join(' > ')}`]);
}

function printPrediction(row: Prediction): void {
  print('prediction', row, [`recorded   ${row.recorded}`, `predicted  ${row.predicted}`]);
}

function count(results: readonly Result[], ...verdicts: readonly Verdict[]): number {
  return results.filter(({ verdict }) => verdicts.includes(verdict)).length;
}

/** "N agree, N differ, N depart as docs/departures.md explains, N could not be compared". */
function inWords(results: readonly Result[]): string {
  const departed = `${count(results, 'departure')} depart as docs/departures.md explains`;
  const rest = `${count(results, 'out of scope')} could not be compared`;
  return `${count(results, 'ok')} agree, ${count(results, 'differs')} differ, ${departed}, ${rest}`;
}

/** The closing line; a departure has not passed: it is out of scope. */
function sum(results: readonly Result[]): string {
  const outOfScope = count(results, 'departure', 'out of scope');
  return `${count(results, 'ok')} passed, ${count(results, 'differs')} failed, ${outOfScope} out of scope`;
}

const directory = process.argv[2] ?? DEFAULT_DIRECTORY;
const names = tracesIn(directory);
if (names.length === 0) {
  console.error(`No traces (NAME.json) in ${directory}. Give their directory: npm run verify -- DIR`);
  process.exit(1);
}
const inferred: Row[] = [];
const predicted: Prediction[] = [];
let unreadable = 0;
for (const name of names) {
  try {
    const rows = verifyTrace(directory, name);
    const predictions = predictTrace(directory, name);
    for (const row of rows) printInference(row);
    for (const row of predictions) printPrediction(row);
    inferred.push(...rows);
    predicted.push(...predictions);
  } catch (error) {
    unreadable += 1;
    console.log(`${name.padEnd(28)}  cannot be verified: ${error instanceof Error ? error.message : error}`);
  }
}
console.log(`inference:  ${inWords(inferred)}`);
console.log(`prediction: ${inWords(predicted)}`);
if (unreadable > 0) console.log(`${unreadable} of ${names.length} traces could not be read`);
console.log(sum([...inferred, ...predicted]));
process.exitCode = unreadable > 0 || count([...inferred, ...predicted], 'differs') > 0 ? 1 : 0;
