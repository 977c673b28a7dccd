// npm run verify -- DIR: infers the states of every socket recorded in DIR and compares them with the kernel's.

import { tracesIn } from './verify/trace.ts';
import { type Row, verifyTrace } from './verify/verify.ts';

const DEFAULT_DIRECTORY = '../shared/kernel-traces';

function print(row: Row): void {
  const verdict =
    row.verdict === 'ok' ? 'ok' : row.verdict === 'differs' ? row.detail : `out of scope: ${row.detail}`;
  console.log([row.trace.padEnd(28), row.side, row.socket.padEnd(12), verdict].join('  '));
  if (row.verdict !== 'differs') return;
  console.log(`    kernel    ${row.kernel.join(' > ')}`);
  console.log(`    inferred  ${row.inferred.join(' > ')}`);
}

const directory = process.argv[2] ?? DEFAULT_DIRECTORY;
const names = tracesIn(directory);
if (names.length === 0) {
  console.error(`No traces (NAME.json) in ${directory}. Give their directory: npm run verify -- DIR`);
  process.exit(1);
}
const rows = names.flatMap((name) => verifyTrace(directory, name));
for (const row of rows) print(row);
const count = (verdict: Row['verdict']) => rows.filter((row) => row.verdict === verdict).length;
console.log(`${count('ok')} passed, ${count('differs')} failed, ${count('out of scope')} out of scope`);
process.exitCode = count('differs') > 0 ? 1 : 0;
