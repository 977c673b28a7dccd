import type { SegmentKind } from '../../core/timeline/scenario.ts';
import { HOSTS, type HostId, type Step, type Timeline } from '../../core/timeline/timeline.ts';
import { bilingualHtml } from './html.ts';
import type { Ask, Pack, Question, When } from './pack.ts';
import { type Posed, pose } from './posed.ts';
import { defaultTitle } from './prompts.ts';

interface Candidate {
  readonly id: string;
  readonly when: When;
  readonly asks: readonly Ask[];
}

/** What tells something at either end of any connection, most telling first. */
function candidatesAt(host: HostId): Candidate[] {
  const received = (segment: SegmentKind) => ({ kind: 'receives', host, segment, which: 1 }) as const;
  const whole = { kind: 'segment', host, parts: ['flags', 'seq', 'ack'] } as const;
  const acked = { kind: 'segment', host, parts: ['flags', 'ack'] } as const;
  const state = { kind: 'state', host } as const;
  return [
    { id: 'answer-to-syn', when: received('SYN'), asks: [whole] },
    { id: 'answer-to-syn-ack', when: received('SYN-ACK'), asks: [whole, state] },
    { id: 'answer-to-fin', when: received('FIN'), asks: [acked, state] },
    { id: 'answer-to-data', when: received('data'), asks: [acked] },
    { id: 'state-after-rst', when: received('RST'), asks: [state] },
  ].map((candidate) => ({ ...candidate, id: `${candidate.id}-${host.toLowerCase()}` }));
}

const MOST = 8;

/** A pack of questions about one captured connection, in the order of its life; empty when it shows no such moment. */
export function captureDrill(timeline: Timeline, name: string): Pack {
  const plan = { kind: 'capture', id: 'capture', file: name, timeline } as const;
  const run = { plan, timeline, scenario: undefined };
  const posed = HOSTS.flatMap(candidatesAt)
    .map((candidate) => pose(drillQuestion(candidate), run))
    .flatMap((result) => (result.ok && isCertain(result.value) ? [result.value] : []))
    .slice(0, MOST)
    .sort((one, other) => one.cut.step - other.cut.step);
  return {
    id: `capture:${name}`,
    version: '1',
    title: { en: name, 'zh-CN': name },
    summary: undefined,
    license: undefined,
    scenarios: { capture: plan },
    sections: [{ title: undefined, intro: bilingualHtml(INTRO) }],
    questions: posed.map(({ question }) => question),
  };
}

/** No question on what the capture itself cannot know; when a call was made, and whether a segment came, is not asked. */
function isCertain({ answers }: Posed): boolean {
  return [...answers.values()].every(
    ({ decidedIn: step }) => step?.doubt === undefined || NOT_ASKED.has(step.doubt),
  );
}

const NOT_ASKED: ReadonlySet<Step['doubt']> = new Set(['call-time-unknown', 'lost-or-its-answer']);

const INTRO = {
  en: 'Questions made from this capture. States are inferred from the segments by the rules of RFC 9293; the answers are what the capture itself shows.',
  'zh-CN': '题目由此抓包生成。状态按 RFC 9293 的规则从报文段推断；答案就是抓包中实际出现的内容。',
};

function drillQuestion({ id, when, asks }: Candidate): Question {
  return {
    id,
    replaces: [],
    section: 0,
    title: defaultTitle(when, asks),
    scenario: 'capture',
    when,
    asks,
    prompt: undefined,
    rubric: [],
    hints: [],
    feedback: {},
    difficulty: 1,
    tags: ['capture'],
  };
}
