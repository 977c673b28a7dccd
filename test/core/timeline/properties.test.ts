import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TIMERS } from '../../../core/tcp/event.ts';
import { PROFILE_IDS, PROFILES } from '../../../core/tcp/profiles.ts';
import { flags, segment } from '../../../core/tcp/segment.ts';
import { add, distance, leq, seq } from '../../../core/tcp/seq.ts';
import { TCP_STATES } from '../../../core/tcp/states.ts';
import { step } from '../../../core/tcp/step.ts';
import { ms } from '../../../core/tcp/time.ts';
import { type Action, type Fault, SEGMENT_KINDS } from '../../../core/timeline/scenario.ts';
import { simulate } from '../../../core/timeline/simulate.ts';
import { HOSTS, type Timeline } from '../../../core/timeline/timeline.ts';
import { play, WAYS } from '../tcp/fixtures.ts';
import { after, and, call, scenario } from './scenes.ts';

const host = fc.constantFrom(...HOSTS);
const line: fc.Arbitrary<Action> = fc
  .tuple(
    host,
    fc.constantFrom('send', 'shutdown', 'close', 'close', 'abort', 'receive', 'stop-reading', 'keepalive'),
    fc.integer({ min: 1, max: 4000 }),
    fc.constantFrom<'settled' | 'together' | 'after'>('settled', 'together', 'after'),
    fc.integer({ min: 0, max: 200 }),
  )
  .map(([who, name, length, when, wait]) => {
    const action = call(who, name as 'send', name === 'send' ? length : undefined);
    if (when === 'together') return and(action);
    return when === 'after' ? after(ms(wait), action) : action;
  });

const fault: fc.Arbitrary<Fault> = fc
  .tuple(
    fc.constantFrom<'lose' | 'delay' | 'duplicate'>('lose', 'delay', 'duplicate'),
    host,
    fc.constantFrom(...SEGMENT_KINDS),
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 3000 }),
  )
  .map(([kind, from, of, which, time]) => {
    const pattern = { from, kind: of, which };
    if (kind === 'lose') return { kind, pattern };
    return kind === 'delay' ? { kind, pattern, by: ms(time) } : { kind, pattern, after: ms(time) };
  });

const anyScenario = fc
  .record({
    script: fc.array(line, { maxLength: 6 }),
    faults: fc.array(fault, { maxLength: 3 }),
    profile: fc.constantFrom(...PROFILE_IDS),
    x: fc.nat(0xffff_ffff),
    y: fc.nat(0xffff_ffff),
    simultaneous: fc.boolean(),
  })
  .map(({ script, faults, profile, x, y, simultaneous }) => {
    const open = simultaneous
      ? [call('A', 'connect'), and(call('B', 'connect'))]
      : [call('B', 'listen'), call('A', 'connect')];
    return scenario([...open, ...script], { faults, profile, iss: [x, y] });
  });

function assertSound(timeline: Timeline): void {
  for (const { index, after: e, before, path, rules } of timeline.steps) {
    const where = `step ${index}`;
    assert.ok(leq(e.sndUna, e.sndNxt), `${where}: SND.UNA <= SND.NXT`);
    assert.ok(e.rcvWnd >= 0 && e.unsent >= 0 && e.unread >= 0, `${where}: no negative counts`);
    assert.equal(path[0], before.state, `${where}: the path begins where the endpoint was`);
    if (path.length > 1 && path[0] !== 'CLOSED')
      assert.ok(rules.length > 0, `${where}: a change of state has a rule`);
    assert.ok(
      leq(before.rcvNxt, e.rcvNxt) || before.rcvNxt === 0 || path.includes('LISTEN'),
      `${where}: RCV.NXT never goes back`,
    );
  }
}

/** Nothing may acknowledge what its peer has not sent. */
function assertAcksAreEarned(timeline: Timeline): void {
  const highest: Partial<Record<'A' | 'B', number>> = {};
  const base: Partial<Record<'A' | 'B', number>> = {};
  for (const { from, segment: s, forged } of timeline.transmissions) {
    if (forged || s.flags & 4) continue;
    base[from] ??= s.seq;
    const end =
      distance(seq(base[from] ?? 0), s.seq) + s.length + (s.flags & 2 ? 1 : 0) + (s.flags & 1 ? 1 : 0);
    highest[from] = Math.max(highest[from] ?? 0, end);
    const peer = from === 'A' ? 'B' : 'A';
    const peerBase = base[peer];
    if (s.flags & 16 && peerBase !== undefined) {
      assert.ok(distance(seq(peerBase), s.ack) <= (highest[peer] ?? 0), 'an ACK covers only what was sent');
    }
  }
}

describe('any scenario at all', () => {
  it('comes to an end with sound numbers, and the same one every time', () => {
    fc.assert(
      fc.property(anyScenario, (any) => {
        const timeline = simulate(any);
        assertSound(timeline);
        assertAcksAreEarned(timeline);
        assert.deepEqual(simulate(any), timeline);
      }),
      { numRuns: 400 },
    );
  });

  it('delivers every octet once and in order when only the network is at fault', () => {
    const network = fc.array(fault, { maxLength: 4 });
    fc.assert(
      fc.property(
        network,
        fc.integer({ min: 1, max: 9000 }),
        fc.constantFrom(...PROFILE_IDS),
        (faults, length, profile) => {
          const script = [
            call('B', 'listen'),
            call('A', 'connect'),
            call('A', 'send', length),
            call('A', 'shutdown'),
            call('B', 'close'),
          ];
          const { steps } = simulate(scenario(script, { faults, profile }));
          const read = steps.filter(({ host: who }) => who === 'B').flatMap(({ app }) => app);
          const octets = read.reduce((sum, result) => sum + (result.kind === 'data' ? result.length : 0), 0);
          assert.equal(octets, length);
          assert.equal(read.filter(({ kind }) => kind === 'eof').length, 1);
          const ends = HOSTS.map((who) =>
            steps.findLast((s) => s.host === who && s.after.state !== 'LISTEN'),
          );
          assert.deepEqual(
            ends.map((s) => s?.after.state),
            ['CLOSED', 'CLOSED'],
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('any segment at all', () => {
  it('never throws, whatever arrives in whatever state', () => {
    const anything = fc.record({
      state: fc.constantFrom(...TCP_STATES),
      profile: fc.constantFrom(...PROFILE_IDS),
      bits: fc.nat(63),
      at: fc.integer({ min: -70_000, max: 70_000 }),
      ack: fc.integer({ min: -70_000, max: 70_000 }),
      length: fc.nat(2000),
      window: fc.nat(65_535),
      timer: fc.constantFrom(...TIMERS),
    });
    fc.assert(
      fc.property(anything, ({ state, profile, bits, at, ack, length, window, timer }) => {
        const before = play(WAYS[state], PROFILES[profile]);
        const arriving = segment({
          flags: flags(bits as ReturnType<typeof flags>),
          seq: add(before.rcvNxt, at),
          ack: add(before.sndNxt, ack),
          length,
          window,
        });
        const next = step(before, { kind: 'segment', segment: arriving }, ms(50), PROFILES[profile]);
        assert.ok(TCP_STATES.includes(next.endpoint.state));
        if (bits & 4)
          assert.ok(!next.effects.some((e) => e.kind === 'send' && e.segment.flags & 4), 'no RST for a RST');
        step(next.endpoint, { kind: 'timer', timer }, ms(60), PROFILES[profile]);
      }),
      { numRuns: 3000 },
    );
  });
});
