import assert from 'node:assert/strict';
import { TCP_STATES, type TcpState } from '../../../core/tcp/states.ts';
import { loadPack } from '../../../quizzes/format/load-pack.ts';
import { packOfSockets, printSocketPack } from '../../../quizzes/format/pack-of-sockets.ts';
import { SOCKET_SCENES } from '../../../quizzes/format/socket-scenes.ts';

async function issuesOf(states: readonly TcpState[]): Promise<readonly string[]> {
  const { issues } = await loadPack(printSocketPack(states), {
    file: 'sockets',
    readFile: async () => undefined,
  });
  return issues.map(({ start, message }) => `${start.line}: ${message.en}`);
}

describe('a pack on the states of listed sockets', () => {
  it('has no problem and no warning, with one state or with all', async () => {
    assert.deepEqual(await issuesOf(TCP_STATES), []);
    for (const state of TCP_STATES) assert.deepEqual(await issuesOf([state]), [], state);
  });

  it('asks of each listed state, in the order of a connection, whatever the order of the list', async () => {
    const { sections, questions } = await packOfSockets(['TIME-WAIT', 'LISTEN', 'CLOSE-WAIT']);
    assert.deepEqual(
      sections.map(({ title }) => title?.en),
      ['LISTEN', 'CLOSE-WAIT', 'TIME-WAIT'],
    );
    for (const state of ['listen', 'close-wait', 'time-wait'])
      assert.ok(questions.some(({ id }) => id.startsWith(state)));
  });

  it('does not say before a question what the state tells', async () => {
    const { sections } = await packOfSockets(TCP_STATES);
    sections.forEach(({ intro }, place) => {
      const scene = SOCKET_SCENES[TCP_STATES[place] ?? 'CLOSED'];
      assert.ok(intro !== undefined && !intro.en.includes(scene.tells.en) && !intro.en.includes('close()'));
    });
  });
});
