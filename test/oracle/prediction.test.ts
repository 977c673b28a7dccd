import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { predictTrace } from '../../scripts/verify/predict/predict.ts';
import { tracesIn } from '../../scripts/verify/trace.ts';
import { isThere, sharedPath } from './shared.ts';

// Segment by segment: what the linux profile sends, given the calls and the network, against what a Linux kernel sent.

const COPIED = fileURLToPath(new URL('traces/', import.meta.url));
const MORE = fileURLToPath(new URL('more-traces/', import.meta.url));
const SHARED = sharedPath('kernel-traces/');
const DEPARTURES = readFileSync(new URL('../../docs/departures.md', import.meta.url), 'utf8');

function assertPredicted(directory: string, name: string): void {
  for (const row of predictTrace(directory, name)) {
    const where = `${name} ${row.side} ${row.socket}: ${row.detail}`;
    const both = `\n  recorded   ${row.recorded}\n  predicted  ${row.predicted}`;
    assert.notEqual(row.verdict, 'differs', where + both);
    if (row.verdict === 'departure') assert.ok(DEPARTURES.includes(`\`${row.detail}\``), where);
  }
}

describe('prediction of a real kernel', () => {
  const copied = tracesIn(COPIED);
  it('has traces of its own', () => assert.ok(copied.length >= 12));
  for (const name of copied) it(name, () => assertPredicted(COPIED, name));
});

describe('prediction of what only a recording can teach', () => {
  const more = tracesIn(MORE);
  it('has traces of its own', () => assert.ok(more.length >= 20));
  for (const name of more) it(name, () => assertPredicted(MORE, name));
});

describe('prediction of every recorded trace', () => {
  if (!isThere(SHARED, 'prediction of every recorded trace')) return;
  const shared = tracesIn(SHARED);
  it('has traces', () => assert.ok(shared.length > 0));
  for (const name of shared) it(name, () => assertPredicted(SHARED, name));
});
