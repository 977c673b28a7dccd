import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TcpState } from '../../../core/tcp/states.ts';
import { type Ms, ms } from '../../../core/tcp/time.ts';
import { inferTimeline } from '../../../core/timeline/infer.ts';
import type { KnownCall } from '../../../core/timeline/infer-events.ts';
import type { Fault, Scenario, SegmentKind } from '../../../core/timeline/scenario.ts';
import { simulate } from '../../../core/timeline/simulate.ts';
import { HOSTS, type HostId, peerOf, type Timeline } from '../../../core/timeline/timeline.ts';
import type { Packet } from '../../../core/wire/capture.ts';
import { flowsOf } from '../../../core/wire/connections.ts';
import { SCENES } from './scenes.ts';

// What the simulation did, seen from one host's interface, must be inferred again from the segments and calls alone.

/** What a tap at `tap` would have captured, in the order it happened there. */
function captured(timeline: Timeline, tap: HostId): Packet[] {
  const seen = timeline.transmissions.flatMap((sent) => {
    const outgoing = sent.from === tap;
    const at = outgoing ? sent.sentAt : sent.arrivesAt;
    const step = outgoing ? sent.sentIn : sent.arrivedIn;
    return at === undefined || step === undefined ? [] : [{ sent, at, order: step * 2 + (outgoing ? 1 : 0) }];
  });
  return seen
    .sort((a, b) => a.order - b.order || a.sent.id - b.sent.id)
    .map(({ sent, at }, index) => ({
      frame: index + 1,
      at,
      source: timeline.hosts[sent.from].address,
      sourcePort: sent.fromPort,
      destination: timeline.hosts[peerOf(sent.from)].address,
      destinationPort: sent.toPort,
      segment: sent.segment,
    }));
}

const KNOWN = { close: 'close', shutdown: 'shutdown', crash: 'crash' } as const satisfies Partial<
  Record<string, KnownCall['what']>
>;

/** The calls of the script, at their times, on the hosts as the capture names them. */
function known(timeline: Timeline, name: (host: HostId) => HostId): KnownCall[] {
  return timeline.steps.flatMap(({ cause, host, at, app }): KnownCall[] => {
    const failed = app.some((result) => result.kind === 'error' && result.code === 'ETIMEDOUT');
    if (failed) return [{ at, host: name(host), what: 'failed' }];
    if (cause.kind !== 'call' || !(cause.call in KNOWN)) return [];
    return [{ at, host: name(host), what: KNOWN[cause.call as keyof typeof KNOWN] }];
  });
}

/** States of one host in order; of a listener only what its children do. */
function states(timeline: Timeline, host: HostId): TcpState[] {
  const all = timeline.steps
    .filter((step) => step.host === host && !step.socket.endsWith('0'))
    .filter(({ path }) => !(path.length <= 2 && path.at(-1) === 'LISTEN' && path[0] !== 'SYN-RECEIVED'))
    .flatMap(({ path }) => (path[0] === 'CLOSED' || path[0] === 'LISTEN' ? path.slice(1) : path))
    .map((state) => (state === 'LISTEN' ? 'CLOSED' : state));
  return all.filter((state, place) => state !== all[place - 1]);
}

/** Long after everything was over: whoever is silent then has given up. */
const end = (timeline: Timeline): Ms => ms((timeline.steps.at(-1)?.at ?? 0) * 2 + 10_000);

function assertInferred(scene: Scenario, tap: HostId): void {
  const timeline = simulate(scene);
  const [flow, ...others] = flowsOf(captured(timeline, tap));
  assert.equal(others.length, 0, 'one pair of ports');
  if (flow === undefined) return;
  const same = flow.hosts.A.address === scene.hosts.A.address;
  const rename = (host: HostId): HostId => (same ? host : peerOf(host));
  const inferred = inferTimeline(flow, {
    profile: scene.profile,
    tap: rename(tap),
    calls: known(timeline, rename),
    until: end(timeline),
  });
  assert.deepEqual(states(inferred, rename(tap)), states(timeline, tap));
  for (const [index, step] of inferred.steps.entries()) assert.equal(step.index, index);
}

const host = fc.constantFrom(...HOSTS);
const fault: fc.Arbitrary<Fault> = fc
  .tuple(
    fc.constantFrom<'lose' | 'delay' | 'duplicate'>('lose', 'delay', 'duplicate'),
    host,
    fc.constantFrom<SegmentKind>('SYN', 'SYN-ACK', 'ACK', 'FIN', 'data', 'segment'),
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 400 }),
  )
  .map(([kind, from, of, which, time]) => {
    const pattern = { from, kind: of, which };
    if (kind === 'lose') return { kind, pattern };
    return kind === 'delay' ? { kind, pattern, by: ms(time) } : { kind, pattern, after: ms(time) };
  });

describe('inference of what was simulated', () => {
  for (const [name, scene] of Object.entries(SCENES))
    for (const tap of HOSTS) it(`${name}, tapped at ${tap}`, () => assertInferred(scene, tap));

  for (const name of [
    'four-way-close',
    'three-segment-close',
    'server-closes-first',
    'simultaneous-open',
  ] as const)
    it(`${name}, whatever the network does`, () => {
      const scene = SCENES[name];
      assert.ok(scene !== undefined);
      fc.assert(
        fc.property(fc.array(fault, { maxLength: 3 }), host, (faults, tap) =>
          assertInferred({ ...scene, faults }, tap),
        ),
        { numRuns: 300 },
      );
    });
});
