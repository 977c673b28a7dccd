import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { inferTimeline } from '../../core/timeline/infer.ts';
import { decodeCapture } from '../../core/wire/capture.ts';
import { connectionsOf } from '../../core/wire/connections.ts';
import { isThere, sharedPath } from './shared.ts';

// Captures that nobody here made, many of them broken on purpose. None may throw; one that hangs meets mocha's own timeout.

const CAPTURES = sharedPath('captures/');

type Outcome = 'connections' | 'no TCP' | 'one error';

function outcomeOf(file: string): Outcome {
  const read = decodeCapture(readFileSync(file));
  if (!read.ok) {
    assert.ok(read.error.message.length > 0 && read.error.offset >= 0);
    return 'one error';
  }
  const connections = connectionsOf(read.value.packets);
  for (const connection of connections) {
    const { steps, transmissions } = inferTimeline(connection);
    assert.equal(transmissions.length, connection.sightings.length);
    for (const [index, step] of steps.entries()) assert.equal(step.index, index);
  }
  return connections.length > 0 ? 'connections' : 'no TCP';
}

for (const folder of ['odd', 'wellformed', 'pcapng']) {
  describe(`captures of others: ${folder}`, () => {
    const directory = CAPTURES + folder;
    if (!isThere(directory, `captures of others: ${folder}`)) return;
    it('gives connections, no TCP, or one error', () => {
      const counts: Record<Outcome, number> = { connections: 0, 'no TCP': 0, 'one error': 0 };
      const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      );
      assert.ok(files.length > 0);
      for (const file of files) {
        counts[outcomeOf(`${file.parentPath}/${file.name}`)] += 1;
      }
      console.log(`    ${folder}: ${files.length} files: ${JSON.stringify(counts)}`);
    });
  });
}
