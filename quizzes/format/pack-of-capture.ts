// A pack about one captured connection, as a file that its author goes on with.

import { inferTimeline } from '../../core/timeline/infer.ts';
import { decodeCapture } from '../../core/wire/capture.ts';
import { connectionsOf } from '../../core/wire/connections.ts';
import { captureDrill } from '../engine/capture-drill.ts';
import { printPack } from './print-pack.ts';

/** What to ask at each moment that a drill asks about, in the words of packs. `H` is the host. */
const WORDS: Readonly<Record<string, readonly [when: string, ask: readonly string[]]>> = {
  'answer-to-syn': ['H receives SYN', ['next segment from H']],
  'answer-to-syn-ack': ['H receives SYN-ACK', ['next segment from H', 'state of H']],
  'answer-to-fin': [
    'H receives FIN',
    ['flags of next segment from H', 'ack of next segment from H', 'state of H'],
  ],
  'answer-to-data': ['H receives data', ['flags of next segment from H', 'ack of next segment from H']],
  'state-after-rst': ['H receives RST', ['state of H']],
};

/**
 * Writes a pack about a capture that stands beside it and holds one connection; undefined when it shows nothing to ask.
 *
 * @param id - of the pack
 * @param file - name of the capture, relative to the pack
 */
export function packOfCapture(id: string, file: string, capture: Uint8Array): string | undefined {
  const decoded = decodeCapture(capture);
  const [connection] = decoded.ok ? connectionsOf(decoded.value.packets) : [];
  if (connection === undefined) return undefined;
  const drill = captureDrill(inferTimeline(connection), file);
  const questions = drill.questions.flatMap((question) => {
    const host = question.id.endsWith('-a') ? 'A' : 'B';
    const words = WORDS[question.id.slice(0, -2)];
    if (words === undefined) return [];
    const [when, ask] = words;
    const named = (phrase: string) => phrase.replace(/\bH\b/, host);
    return [
      {
        id: question.id,
        scenario: 'captured',
        when: named(when),
        ask: ask.length === 1 ? named(ask[0] ?? '') : ask.map(named),
        tags: ['capture'],
      },
    ];
  });
  if (questions.length === 0) return undefined;
  return printPack({
    format: 1,
    id,
    version: '1.0.0',
    title: { en: `Captured: ${id}`, 'zh-CN': `抓包：${id}` },
    summary: {
      en: 'Made from a capture; addresses, ports and payload were taken out.',
      'zh-CN': '由抓包生成；地址、端口和数据内容均已去除。',
    },
    scenarios: { captured: { capture: file } },
    sections: [{ title: { en: 'What comes next?', 'zh-CN': '接下来是什么？' }, questions }],
  });
}
