import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inferTimeline } from '../../../core/timeline/infer.ts';
import { decodeCapture } from '../../../core/wire/capture.ts';
import { captureIndexer } from '../../../core/wire/capture-index.ts';
import { type ConnectionRow, connectionRow } from '../../../core/wire/connection-row.ts';
import { connectionReader } from '../../../core/wire/connection-view.ts';
import { connectionsOf } from '../../../core/wire/connections.ts';
import { SEEDS } from '../../fuzz/seeds.ts';

function rows(octets: Uint8Array, piece: number): readonly ConnectionRow[] {
  const indexer = captureIndexer();
  for (let at = 0; at < octets.length; at += piece) indexer.push(octets.subarray(at, at + piece));
  indexer.end();
  return indexer.conversations.map((one) => connectionRow(indexer, one));
}

describe('the index of a capture', () => {
  it('is the same in whatever pieces the file comes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SEEDS), fc.integer({ min: 1, max: 200 }), ([, octets], piece) => {
        assert.deepEqual(rows(octets, piece), rows(octets, octets.length));
      }),
      { numRuns: 200 },
    );
  });

  for (const [name, octets] of SEEDS)
    it(`lists the connections that are there as objects: ${name}`, () => {
      const read = decodeCapture(octets);
      assert.ok(read.ok);
      const connections = connectionsOf(read.value.packets);
      assert.deepEqual(
        rows(octets, 64).map(({ hosts, summary }) => ({ hosts, summary })),
        connections.map(({ hosts, summary }) => ({ hosts, summary })),
      );
    });

  it('finds the segments of one connection again, and draws them as they are drawn as objects', () => {
    for (const [name, octets] of SEEDS) {
      const read = decodeCapture(octets);
      assert.ok(read.ok);
      connectionsOf(read.value.packets).forEach((connection, place) => {
        const indexer = captureIndexer();
        indexer.push(octets);
        indexer.end();
        const wanted = indexer.conversations.at(place);
        assert.ok(wanted !== undefined, name);
        const reader = connectionReader(wanted);
        reader.indexer.push(octets);
        reader.indexer.end();
        const view = reader.view();
        assert.ok(view !== undefined, name);
        const whole = view.timeline(0, view.count());
        const plain = inferTimeline(connection);
        assert.deepEqual(
          { ...whole, transmissions: whole.transmissions.map(({ odd: _, ...sent }) => sent) },
          plain,
          name,
        );
      });
    }
  });

  it('looks at a later part with the states that the earlier one led to', () => {
    const [, octets] = SEEDS[0] ?? ['', new Uint8Array()];
    const reader = connectionReader({ flow: 0, turn: 0 });
    reader.indexer.push(octets);
    reader.indexer.end();
    const view = reader.view();
    assert.ok(view !== undefined);
    const whole = view.timeline(0, view.count());
    for (let from = 0; from < view.count(); from += 1) {
      const part = view.timeline(from, view.count());
      assert.equal(part.transmissions.length, view.count() - from);
      assert.deepEqual(part.steps.at(-1)?.after.state, whole.steps.at(-1)?.after.state);
      for (const [index, step] of part.steps.entries()) assert.equal(step.index, index);
    }
  });
});
