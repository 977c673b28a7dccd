import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { PROFILES } from '../../core/tcp/profiles.ts';
import { inferTimeline } from '../../core/timeline/infer.ts';
import { agreement, retell } from '../../core/timeline/retell.ts';
import { simulate } from '../../core/timeline/simulate.ts';
import { decodeCapture } from '../../core/wire/capture.ts';
import { connectionsOf } from '../../core/wire/connections.ts';
import { isThere, sharedPath } from './shared.ts';

const TRACES = sharedPath('kernel-traces/');

/** Traces into which segments were injected by hand, or whose host restarted: no call tells of those. */
const MADE_BY_HAND =
  /^(bad_|rst_|syn_in|syn_to|synack_in|data_out|duplicate_|late_|old_|paws_|half_open|fast_open)/;

describe('captured connections told again', () => {
  if (!isThere(TRACES, 'captured connections told again')) return;

  it('are played by the core as the kernel sent them, wherever nothing was injected by hand', () => {
    const counts = { whole: 0, told: 0, same: 0, segments: 0 };
    const names = readdirSync(TRACES).filter((name) => name.endsWith('.pcap') && !MADE_BY_HAND.test(name));
    for (const name of names) {
      const capture = decodeCapture(new Uint8Array(readFileSync(`${TRACES}${name}`)));
      assert.ok(capture.ok, name);
      for (const connection of connectionsOf(capture.value.packets)) {
        const seen = inferTimeline(connection, { profile: PROFILES.linux });
        const told = retell(seen, PROFILES.linux);
        if (!told.ok) continue;
        const { same, of } = agreement(seen, simulate(told.value));
        counts.told += 1;
        counts.whole += Number(same === of);
        counts.same += same;
        counts.segments += of;
      }
    }
    console.log(
      `    ${counts.whole} of ${counts.told} connections whole, ${counts.same} of ${counts.segments} segments before they part`,
    );
    assert.ok(counts.whole / counts.told > 0.75);
  });
});
