import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { tracesIn } from '../../scripts/verify/trace.ts';
import { verifyTrace } from '../../scripts/verify/verify.ts';
import { isThere, sharedPath } from './shared.ts';

// What a Linux kernel reported, socket by socket, against what is inferred from one side's capture and calls.

const COPIED = fileURLToPath(new URL('traces/', import.meta.url));
const MORE = fileURLToPath(new URL('more-traces/', import.meta.url));
const SHARED = sharedPath('kernel-traces/');

/** Sockets that never touched the wire, per trace; everything else must agree. */
function assertAgreement(directory: string, name: string): void {
  for (const row of verifyTrace(directory, name)) {
    const where = `${name} ${row.side} ${row.socket}: ${row.detail}`;
    const both = `\n  kernel    ${row.kernel.join(' > ')}\n  inferred  ${row.inferred.join(' > ')}`;
    assert.notEqual(row.verdict, 'differs', where + both);
    if (row.verdict === 'out of scope') assert.match(row.detail, /tap|no states were recorded/, where);
  }
}

describe('inference against a real kernel', () => {
  const copied = tracesIn(COPIED);
  it('has traces of its own', () => assert.ok(copied.length >= 12));
  for (const name of copied) it(name, () => assertAgreement(COPIED, name));
});

describe('inference against what only a recording can teach', () => {
  for (const name of tracesIn(MORE)) it(name, () => assertAgreement(MORE, name));
});

describe('inference against every recorded trace', () => {
  if (!isThere(SHARED, 'inference against every recorded trace')) return;
  const shared = tracesIn(SHARED);
  it('has traces', () => assert.ok(shared.length > 0));
  for (const name of shared) it(name, () => assertAgreement(SHARED, name));
});
