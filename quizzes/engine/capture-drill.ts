import type { Timeline } from '../../core/timeline/timeline.ts';
import { bilingualHtml } from './html.ts';
import type { Ask, Pack, Question, When } from './pack.ts';
import { pose } from './posed.ts';
import { defaultTitle } from './prompts.ts';

/** Moments that tell something in any connection, in the order of its life. */
const CANDIDATES: readonly { readonly id: string; readonly when: When; readonly ask: Ask }[] = [
  ...(['A', 'B'] as const).flatMap((host) => [
    {
      id: `answer-to-syn-${host}`,
      when: { kind: 'receives', host, segment: 'SYN', which: 1 },
      ask: { kind: 'segment', host, parts: ['flags', 'seq', 'ack'] },
    } as const,
    {
      id: `third-segment-${host}`,
      when: { kind: 'receives', host, segment: 'SYN-ACK', which: 1 },
      ask: { kind: 'segment', host, parts: ['flags', 'seq', 'ack'] },
    } as const,
    {
      id: `state-after-syn-ack-${host}`,
      when: { kind: 'receives', host, segment: 'SYN-ACK', which: 1 },
      ask: { kind: 'state', host },
    } as const,
  ]),
  ...(['A', 'B'] as const).flatMap((host) => [
    {
      id: `ack-of-data-${host}`,
      when: { kind: 'receives', host, segment: 'data', which: 1 },
      ask: { kind: 'segment', host, parts: ['ack'] },
    } as const,
  ]),
  ...(['A', 'B'] as const).flatMap((host) => [
    {
      id: `state-after-fin-${host}`,
      when: { kind: 'receives', host, segment: 'FIN', which: 1 },
      ask: { kind: 'state', host },
    } as const,
    {
      id: `ack-of-fin-${host}`,
      when: { kind: 'receives', host, segment: 'FIN', which: 1 },
      ask: { kind: 'segment', host, parts: ['ack'] },
    } as const,
    {
      id: `state-after-rst-${host}`,
      when: { kind: 'receives', host, segment: 'RST', which: 1 },
      ask: { kind: 'state', host },
    } as const,
  ]),
];

const MOST = 8;

/** A pack of questions about one captured connection; empty when it shows none of those moments. */
export function captureDrill(timeline: Timeline, name: string): Pack {
  const plan = { kind: 'capture', id: 'capture', file: name, timeline } as const;
  const questions = CANDIDATES.map(drillQuestion)
    .filter((question) => pose(question, { plan, timeline, scenario: undefined }).ok)
    .slice(0, MOST);
  return {
    id: `capture:${name}`,
    version: '1',
    title: { en: name, 'zh-CN': name },
    summary: undefined,
    license: undefined,
    scenarios: { capture: plan },
    sections: [{ title: undefined, intro: bilingualHtml(INTRO) }],
    questions,
  };
}

const INTRO = {
  en: 'Questions made from this capture. States are inferred from the segments by the rules of RFC 9293; the answers are what the capture itself shows.',
  'zh-CN': '题目由此抓包生成。状态按 RFC 9293 的规则从报文段推断；答案就是抓包中实际出现的内容。',
};

function drillQuestion({ id, when, ask }: (typeof CANDIDATES)[number]): Question {
  return {
    id,
    replaces: [],
    section: 0,
    title: defaultTitle(when, [ask]),
    scenario: 'capture',
    when,
    asks: [ask],
    prompt: undefined,
    rubric: [],
    hints: [],
    feedback: {},
    difficulty: 1,
    tags: ['capture'],
  };
}
