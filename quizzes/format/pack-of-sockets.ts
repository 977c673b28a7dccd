// A pack about the states that ss or netstat listed. Answers come from the runs, as in every pack.

import { TCP_STATES, type TcpState } from '../../core/tcp/states.ts';
import type { Bilingual } from '../../core/text.ts';
import { formatState } from '../../core/wire/notation.ts';
import type { Pack } from '../engine/pack.ts';
import { loadPack } from './load-pack.ts';
import { printPack } from './print-pack.ts';
import { SOCKET_SCENES } from './socket-scenes.ts';

const TITLE: Bilingual = { en: 'States in a list of sockets', 'zh-CN': '套接字列表中的状态' };

/** Writes it: a section for each state, in the order of a connection's life. */
export function printSocketPack(states: readonly TcpState[]): string {
  const wanted = TCP_STATES.filter((state) => states.includes(state));
  return printPack({
    format: 1,
    id: 'listed-sockets',
    version: '1.0.0',
    title: TITLE,
    profile: 'linux',
    scenarios: Object.fromEntries(wanted.map((state) => [idOf(state), SOCKET_SCENES[state].scenario])),
    sections: wanted.map((state) => {
      const { host, questions } = SOCKET_SCENES[state];
      const printed = formatState(state, 'ss');
      return {
        title: { en: state, 'zh-CN': state },
        // What the state means would answer half of what is asked.
        intro: {
          en: `In this connection \`ss\` comes to print \`${printed}\` on **${host}**.`,
          'zh-CN': `在这个连接中，**${host}** 上的 \`ss\` 会显示 \`${printed}\`。`,
        },
        questions: questions.map(({ when, ask }, place) => ({
          id: `${idOf(state)}-${place + 1}`,
          scenario: idOf(state),
          when,
          ask,
          tags: ['tools'],
        })),
      };
    }),
  });
}

function idOf(state: TcpState): string {
  return state.toLowerCase();
}

/** The pack on some states, at least one. */
export async function packOfSockets(states: readonly TcpState[]): Promise<Pack> {
  const { pack, issues } = await loadPack(printSocketPack(states), {
    file: TITLE.en,
    readFile: async () => undefined,
  });
  if (pack === undefined) throw new Error(issues.map(({ message }) => message.en).join('\n'));
  return pack;
}
