import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Case, playCase, readCases } from '../../scripts/verify/state-event.ts';
import { isThere, sharedPath } from './shared.ts';

// State × segment → reply, from another stack's conformance suite, read in place: the file is not ours to publish.

const SHARED = sharedPath('state-event.tsv');
const DEPARTURES = new URL('../../docs/departures.md', import.meta.url);

/** Names of the cases that docs/departures.md explains. */
function explainedCases(): ReadonlySet<string> {
  const names = readFileSync(DEPARTURES, 'utf8').matchAll(/`(rcv-[a-z0-9-]+)`/g);
  return new Set([...names].map(([, name = '']) => name));
}

function assertCase(one: Case, explained: ReadonlySet<string>): void {
  const differences = playCase(one).flatMap(({ mode, difference }) =>
    difference === undefined ? [] : [`${mode}: ${difference}`],
  );
  if (explained.has(one.name)) {
    assert.ok(!one.agreed, 'two stacks agree here: no departure is allowed');
    assert.ok(differences.length > 0, 'reproduced, so docs/departures.md need not explain it');
  } else assert.deepEqual(differences, [], 'neither reproduced nor explained in docs/departures.md');
}

describe('state × segment, as another stack’s conformance suite has it', () => {
  if (!isThere(SHARED, 'state × segment')) return;
  const cases = readCases(SHARED) ?? [];
  const explained = explainedCases();

  it('explains only cases that exist', () => {
    const names = new Set(cases.map(({ name }) => name));
    assert.deepEqual(
      [...explained].filter((name) => !names.has(name)),
      [],
    );
  });

  for (const one of cases) it(`${one.rules} ${one.name}`, () => assertCase(one, explained));
});
