import assert from 'node:assert/strict';
import { PROFILES } from '../../core/tcp/profiles.ts';
import { inferTimeline } from '../../core/timeline/infer.ts';
import { agreement, retell } from '../../core/timeline/retell.ts';
import { simulate } from '../../core/timeline/simulate.ts';
import { connectionsOf } from '../../core/wire/connections.ts';
import { readCapture, readTrace, SIDES, tracesIn } from '../../scripts/verify/trace.ts';
import { interference } from './by-hand.ts';
import { isThere, sharedPath } from './shared.ts';

const TRACES = sharedPath('kernel-traces/');

describe('captured connections told again', () => {
  if (!isThere(TRACES, 'captured connections told again')) return;

  it('are those in which each host received only what the other sent, and no more often', () => {
    for (const name of tracesIn(TRACES)) {
      const { wire, app } = readTrace(TRACES, name);
      const touched =
        wire.some(({ verdict }) => verdict.startsWith('injected') || verdict === 'dup') ||
        app.some(({ call }) => call.startsWith('crash'));
      const why = interference(TRACES, name);
      assert.equal(why !== undefined, touched, `${name}: ${why ?? 'nothing was found'}`);
    }
  });

  it('are played by the core as the kernel sent them, wherever nothing was injected by hand', () => {
    const counts = { whole: 0, told: 0, same: 0, segments: 0 };
    const untouched = tracesIn(TRACES).filter((name) => interference(TRACES, name) === undefined);
    const captures = untouched.flatMap((name) =>
      SIDES.flatMap((side) => readCapture(TRACES, name, side) ?? []),
    );
    for (const { packets } of captures) {
      for (const connection of connectionsOf(packets)) {
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
