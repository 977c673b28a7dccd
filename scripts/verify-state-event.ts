// npm run verify:state-event -- FILE: plays every case of FILE against our endpoint and prints one line a case.

import { playCase, readCases } from './verify/state-event.ts';

const DEFAULT_FILE = '../shared/state-event.tsv';

const file = process.argv[2] ?? DEFAULT_FILE;
const cases = readCases(file);
if (cases === undefined) {
  console.error(`No file ${file}. Give its place: npm run verify:state-event -- FILE`);
  process.exit(1);
}
let differ = 0;
for (const one of cases) {
  const results = playCase(one);
  const differences = results.filter(({ difference }) => difference !== undefined);
  if (differences.length > 0) differ += 1;
  const verdict =
    differences.length === 0
      ? 'reproduced'
      : differences.map(({ mode, difference }) => `${mode}: ${difference}`).join('; ');
  const agreed = one.agreed ? 'two stacks agree' : 'one stack';
  console.log(
    [one.state.padEnd(12), one.segment.padEnd(8), one.name.padEnd(72), agreed.padEnd(17), verdict].join(' '),
  );
}
console.log(`${cases.length - differ} of ${cases.length} reproduced; docs/departures.md explains the others`);
