import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROFILES } from '../../../core/tcp/profiles.ts';
import { FIN, has } from '../../../core/tcp/segment.ts';
import { inferTimeline } from '../../../core/timeline/infer.ts';
import { agreement, retell } from '../../../core/timeline/retell.ts';
import { simulate } from '../../../core/timeline/simulate.ts';
import type { Timeline } from '../../../core/timeline/timeline.ts';
import { decodeCapture } from '../../../core/wire/capture.ts';
import { connectionsOf } from '../../../core/wire/connections.ts';
import { ROOT } from '../../../scripts/paths.ts';

const { linux } = PROFILES;

/** The first connection of a capture that is shipped, cut by whatever `keep` leaves out. */
function captured(name: string, keep: (place: number) => boolean = () => true): Timeline {
  const octets = readFileSync(path.join(ROOT, 'quizzes', 'packs', 'captures', name));
  const capture = decodeCapture(new Uint8Array(octets));
  assert.ok(capture.ok);
  const [connection] = connectionsOf(capture.value.packets.filter((_, place) => keep(place)));
  assert.ok(connection);
  return inferTimeline(connection, { profile: linux });
}

describe('a captured connection told again', () => {
  for (const name of [
    'normal_client_close.client.pcap',
    'three_segment_close.server.pcap',
    'simultaneous_close.client.pcap',
    'last_ack_lost.server.pcap',
  ]) {
    it(`plays the very segments of ${name}`, () => {
      const seen = captured(name);
      const told = retell(seen, linux);
      assert.ok(told.ok);
      const { same, of, parts } = agreement(seen, simulate(told.value));
      assert.equal(parts, undefined);
      assert.deepEqual([same, of], [seen.transmissions.length, seen.transmissions.length]);
    });
  }

  it('says where the core parts from the capture', () => {
    const seen = captured('normal_client_close.client.pcap');
    const told = retell(seen, linux);
    assert.ok(told.ok);
    const run = simulate({
      ...told.value,
      script: told.value.script.filter(({ what }) => !('call' in what && what.call === 'close')),
    });
    const { same, of, parts } = agreement(seen, run);
    assert.ok(same > 3 && same < of);
    assert.ok(parts?.captured && has(parts.captured.segment, FIN));
    assert.equal(parts.played, undefined);
  });

  it('is not told without its beginning, or from one side', () => {
    assert.deepEqual(
      retell(
        captured('normal_client_close.client.pcap', (place) => place > 2),
        linux,
      ),
      {
        ok: false,
        error: 'begins-late',
      },
    );
    assert.deepEqual(
      retell(
        captured('normal_client_close.client.pcap', (place) => place === 0),
        linux,
      ),
      {
        ok: false,
        error: 'one-sided',
      },
    );
  });

  it('is not told when it is longer than anybody follows', () => {
    const seen = captured('normal_client_close.client.pcap');
    const [first] = seen.transmissions;
    assert.ok(first);
    const long = { ...seen, transmissions: Array.from({ length: 401 }, () => first) };
    assert.deepEqual(retell(long, linux), { ok: false, error: 'too-long' });
  });
});
