import assert from 'node:assert/strict';
import { TCP_STATES, type TcpState } from '../../../core/tcp/states.ts';
import { ALL_TRANSITIONS } from '../../../core/tcp/transitions.ts';
import { play } from '../../../quizzes/engine/run.ts';
import { readFenced } from '../../../quizzes/format/fenced-scenario.ts';
import { printPack } from '../../../quizzes/format/print-pack.ts';
import { SOCKET_SCENES } from '../../../quizzes/format/socket-scenes.ts';

/** The states that B comes to. */
function statesOfB(script: readonly unknown[]): readonly TcpState[] {
  const { plan } = readFenced(printPack({ profile: 'linux', script }));
  assert.ok(plan);
  return play(plan, 1).timeline.steps.flatMap(({ host, path }) => (host === 'B' ? path.slice(-1) : []));
}

describe('what is said of listed states', () => {
  const CLOSED_BY_A = [{ B: 'listen' }, { A: 'connect' }, { A: 'close' }];

  it('CLOSE-WAIT lasts while both are idle and keepalive is off: with it the state ends', () => {
    assert.equal(statesOfB(CLOSED_BY_A).at(-1), 'CLOSE-WAIT');
    assert.equal(statesOfB([...CLOSED_BY_A, { B: 'keepalive' }]).at(-1), 'CLOSED');
    const { tells } = SOCKET_SCENES['CLOSE-WAIT'];
    assert.match(tells.en, /idle and keepalive is off/);
    assert.match(tells['zh-CN'], /保活/);
  });

  it('says of no state from which the peer can be given up that it lasts for ever', () => {
    for (const state of TCP_STATES) {
      if (!ALL_TRANSITIONS.some(({ from, row: { on } }) => from === state && on === 'give-up')) continue;
      const { waits, tells } = SOCKET_SCENES[state];
      assert.doesNotMatch(`${waits.en} ${tells.en}`, /No timer|for ever|only this program/, state);
      assert.doesNotMatch(`${waits['zh-CN']}${tells['zh-CN']}`, /没有定时器|一直等下去|只有本端程序/, state);
    }
  });

  it('CLOSED answers a RST with nothing (RFC 9293 §3.10.7.1)', () => {
    const { tells } = SOCKET_SCENES['CLOSED'];
    assert.match(tells.en, /answered with RST, unless it is a RST/);
    assert.match(tells['zh-CN'], /除 RST 以外/);
  });

  it('names both ways of closing that lead through FIN-WAIT-1 and to TIME-WAIT', () => {
    const to = ALL_TRANSITIONS.filter(({ row }) => row.to === 'TIME-WAIT').map(({ from }) => from);
    assert.ok(to.includes('FIN-WAIT-2') && to.includes('CLOSING'));
    const { waits } = SOCKET_SCENES['TIME-WAIT'];
    assert.match(waits.en, /closed first, or both at the same time/);
    assert.match(waits['zh-CN'], /先关闭，或双方同时关闭/);
    assert.doesNotMatch(SOCKET_SCENES['FIN-WAIT-1'].waits.en, /first/);
    assert.doesNotMatch(SOCKET_SCENES['FIN-WAIT-1'].waits['zh-CN'], /先/);
  });
});
