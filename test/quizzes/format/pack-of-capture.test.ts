import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { anonymisedPcap } from '../../../core/wire/anonymise.ts';
import { decodeCapture } from '../../../core/wire/capture.ts';
import { connectionsOf } from '../../../core/wire/connections.ts';
import { loadPack } from '../../../quizzes/format/load-pack.ts';
import { packOfCapture } from '../../../quizzes/format/pack-of-capture.ts';

const CAPTURE = new URL('../../../quizzes/packs/captures/normal_client_close.client.pcap', import.meta.url);

describe('a pack made of a captured connection', () => {
  const read = decodeCapture(readFileSync(CAPTURE));
  assert.ok(read.ok);
  const [connection] = connectionsOf(read.value.packets);
  assert.ok(connection !== undefined);
  const octets = anonymisedPcap(connection);

  it('keeps every segment and moment, and nothing of whose it was', () => {
    const made = decodeCapture(octets);
    assert.ok(made.ok && made.value.issue === undefined);
    const [copy] = connectionsOf(made.value.packets);
    assert.ok(copy !== undefined);
    const start = connection.sightings[0]?.packet.at ?? 0;
    assert.deepEqual(
      copy.sightings.map(({ from, packet }) => [from, packet.segment, Math.round(packet.at * 1000)]),
      connection.sightings.map(({ from, packet }) => [
        from,
        packet.segment,
        Math.round((packet.at - start) * 1000),
      ]),
    );
    assert.deepEqual(copy.hosts, {
      A: { address: '192.0.2.1', port: 50_000 },
      B: { address: '198.51.100.1', port: 80 },
    });
  });

  it('has no problem, and asks', async () => {
    const text = packOfCapture('captured', 'one.pcap', octets);
    assert.match(text ?? '', /Captured: captured/, 'two packs from captures can be told apart in a list');
    assert.ok(text !== undefined);
    const { pack, issues } = await loadPack(text, { file: 'one.tcpquiz.yaml', readFile: async () => octets });
    assert.deepEqual(issues, []);
    assert.ok((pack?.questions.length ?? 0) >= 3);
  });
});
