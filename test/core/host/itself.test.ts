import assert from 'node:assert/strict';
import { stepWithItself } from '../../../core/host/itself.ts';
import { CLOSED_ENDPOINT, type Endpoint } from '../../../core/tcp/endpoint.ts';
import type { AppResult, TcpEvent } from '../../../core/tcp/event.ts';
import { PROFILE_IDS, PROFILES } from '../../../core/tcp/profiles.ts';
import { add, seq } from '../../../core/tcp/seq.ts';
import type { TcpState } from '../../../core/tcp/states.ts';
import { type Ms, ms } from '../../../core/tcp/time.ts';

const ISS = seq(0xffff_ffff);

describe('a socket connected to itself', () => {
  for (const id of PROFILE_IDS) {
    let endpoint: Endpoint = CLOSED_ENDPOINT;
    const passed = (event: TcpEvent, at: Ms): { states: readonly TcpState[]; told: readonly AppResult[] } => {
      const steps = stepWithItself(endpoint, event, at, PROFILES[id]);
      endpoint = steps.at(-1)?.endpoint ?? endpoint;
      const effects = steps.flatMap((step) => step.effects);
      return {
        states: steps.flatMap(({ path }) => path.slice(1)),
        told: effects.flatMap((effect) => (effect.kind === 'app' ? [effect.result] : [])),
      };
    };

    it(`${id}: opens with itself, reads what it writes, and closes with itself`, () => {
      endpoint = CLOSED_ENDPOINT;
      const opened = passed({ kind: 'open', mode: 'active', iss: ISS }, ms(0));
      assert.deepEqual(opened.states, ['SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED']);
      assert.deepEqual(opened.told, [{ kind: 'established' }]);
      assert.equal(endpoint.irs, ISS, 'the number of its own SYN');
      const sent = passed({ kind: 'send', length: 4 }, ms(1));
      assert.deepEqual(sent.told, [{ kind: 'data', length: 4 }]);
      assert.deepEqual([endpoint.sndNxt, endpoint.rcvNxt], [add(ISS, 5), add(ISS, 5)]);
      const closed = passed({ kind: 'close' }, ms(2));
      assert.deepEqual(closed.states, ['FIN-WAIT-1', 'CLOSING', 'TIME-WAIT']);
      assert.deepEqual(passed({ kind: 'timer', timer: 'time-wait' }, ms(300_000)).states, ['CLOSED']);
    });
  }

  it('is refused by nobody: with a RST of its own it is gone at once', () => {
    const { linux } = PROFILES;
    const open = stepWithItself(CLOSED_ENDPOINT, { kind: 'open', mode: 'active', iss: ISS }, ms(0), linux);
    const before = open.at(-1)?.endpoint ?? CLOSED_ENDPOINT;
    const steps = stepWithItself(before, { kind: 'abort' }, ms(1), linux);
    assert.equal(steps.at(-1)?.endpoint.state, 'CLOSED');
    assert.equal(steps.length, 2, 'the RST comes back, and nothing answers it');
  });
});
