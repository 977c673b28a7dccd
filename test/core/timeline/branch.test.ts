import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RST } from '../../../core/tcp/segment.ts';
import { ms } from '../../../core/tcp/time.ts';
import { type Branch, branch } from '../../../core/timeline/branch.ts';
import type { Change, Scenario } from '../../../core/timeline/scenario.ts';
import { simulate } from '../../../core/timeline/simulate.ts';
import type { HostId, Timeline } from '../../../core/timeline/timeline.ts';
import { SCENES } from './scenes.ts';

function scene(name: string): Scenario {
  const found = SCENES[name];
  assert.ok(found, name);
  return found;
}

function branched(from: Scenario, change: Change): Branch {
  const result = branch(from, change);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

function lastState(timeline: Timeline, host: HostId): string | undefined {
  return timeline.steps.findLast((step) => step.host === host)?.after.state;
}

/** Id of the last pure ACK of A: the one that ends TIME-WAIT's worries. */
function lastAckOfA(timeline: Timeline): number {
  const sent = timeline.transmissions.findLast(({ from }) => from === 'A');
  assert.ok(sent);
  return sent.id;
}

describe('what if? branches of a run', () => {
  const close = scene('four-way-close');

  it('losing the last ACK makes B send its FIN again and A wait anew', () => {
    const { original, changed, firstDifference } = branched(close, {
      kind: 'lose',
      transmission: lastAckOfA(simulate(close)),
    });
    assert.ok(firstDifference !== undefined);
    assert.equal(original.steps[firstDifference]?.after.state, 'TIME-WAIT');
    const restarts = changed.steps.flatMap(({ effects }) =>
      effects.filter((e) => e.kind === 'arm' && e.timer === 'time-wait' && e.restarted),
    );
    assert.equal(restarts.length, 1);
    assert.deepEqual([lastState(changed, 'A'), lastState(changed, 'B')], ['CLOSED', 'CLOSED']);
  });

  it('delivering what was lost gives the run without the fault', () => {
    const lost = simulate(scene('syn-lost')).transmissions.find(({ lost: gone }) => gone);
    assert.ok(lost);
    const { changed } = branched(scene('syn-lost'), { kind: 'deliver', transmission: lost.id });
    assert.deepEqual(changed.steps, simulate(scene('three-way-handshake')).steps);
  });

  it('a duplicate of the SYN changes nothing for the applications', () => {
    const { original, changed } = branched(scene('three-way-handshake'), {
      kind: 'duplicate',
      transmission: 0,
      after: ms(5),
    });
    const told = (timeline: Timeline) => timeline.steps.flatMap(({ app }) => app.map(({ kind }) => kind));
    assert.deepEqual(told(changed), told(original));
    assert.equal(changed.transmissions.filter(({ copyOf }) => copyOf === 0).length, 1);
  });

  it('delaying data lets the FIN overtake it, and B waits for the data', () => {
    const data = simulate(close).transmissions.find(({ segment }) => segment.length > 0);
    assert.ok(data);
    const { changed } = branched(close, { kind: 'delay', transmission: data.id, by: ms(500) });
    assert.equal(lastState(changed, 'B'), 'CLOSED');
  });

  it('a crash of B in the middle leaves A half-open until it sends', () => {
    const established = simulate(close).steps.findIndex(({ after }) => after.state === 'ESTABLISHED');
    const { changed } = branched(close, {
      kind: 'act',
      after: established + 1,
      what: { kind: 'call', host: 'B', call: 'crash' },
    });
    const error = changed.steps.flatMap(({ app }) => app).find(({ kind }) => kind === 'error');
    assert.deepEqual(error, { kind: 'error', code: 'ETIMEDOUT' });
  });

  it('a forged RST at RCV.NXT ends the connection', () => {
    const opened = scene('three-way-handshake');
    const { changed } = branched(opened, {
      kind: 'act',
      after: simulate(opened).steps.length - 1,
      what: { kind: 'forge', from: 'A', flags: RST, seq: { host: 'A', of: 'snd.nxt', plus: 0 }, length: 0 },
    });
    assert.equal(lastState(changed, 'B'), 'CLOSED');
  });

  it('a timer can be fired before its time', () => {
    const waiting = simulate(close).steps.findIndex(({ after }) => after.state === 'TIME-WAIT');
    const { changed, original } = branched(close, {
      kind: 'fire',
      after: waiting,
      host: 'A',
      timer: 'time-wait',
    });
    assert.equal(lastState(changed, 'A'), 'CLOSED');
    const end = (timeline: Timeline) => timeline.steps.find(({ cause }) => cause.kind === 'timer')?.at ?? 0;
    assert.ok(end(changed) < end(original));
  });

  it('says which places there are when there is no such one', () => {
    const result = branch(close, { kind: 'lose', transmission: 999 });
    assert.ok(!result.ok);
    assert.deepEqual(result.error, {
      code: 'no-such-transmission',
      count: simulate(close).transmissions.length,
    });
  });

  it('leaves everything before the change as it was, in every scene', () => {
    const names = Object.keys(SCENES);
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), (name, pick) => {
        const original = simulate(scene(name));
        const transmission = pick % original.transmissions.length;
        const { changed } = branched(scene(name), { kind: 'lose', transmission });
        const sent = original.transmissions[transmission]?.sentIn ?? 0;
        assert.deepEqual(changed.steps.slice(0, sent), original.steps.slice(0, sent));
      }),
      { numRuns: 200 },
    );
  });
});
