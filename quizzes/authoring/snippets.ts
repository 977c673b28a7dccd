// Whole scenarios and questions to fill in, in VS Code's snippet syntax, with «1:name» for `$` and braces.

import type { Bilingual } from '../../core/text.ts';
import type { Pattern } from './cursor.ts';
import { isQuestion } from './slots.ts';

export interface Snippet {
  readonly label: string;
  readonly says: Bilingual;
  /** Lines; all but the first are indented as far as the first, and more. */
  readonly lines: readonly string[];
}

const SCENARIOS: readonly Snippet[] = [
  {
    label: 'scenario: open and close',
    says: { en: 'A connection from SYN to TIME-WAIT.', 'zh-CN': '从 SYN 到 TIME-WAIT 的一条连接。' },
    lines: [
      '«1:close»:',
      '  script:',
      '    - B: listen',
      '    - A: connect',
      '    - A: send «2:100..900»',
      '    - A: close',
      '    - B: close',
    ],
  },
  {
    label: 'scenario: a segment is lost',
    says: { en: 'Another scenario, with a fault.', 'zh-CN': '仿照另一场景，并加入故障。' },
    lines: ['«1:fin-lost»:', '  like: «2:close»', '  network:', '    - lose: «3:first FIN from A»'],
  },
];

const QUESTIONS: readonly Snippet[] = [
  {
    label: 'question: next segment',
    says: { en: 'Asks for flags, seq and ack.', 'zh-CN': '问标志位、seq 和 ack。' },
    lines: [
      'id: «1:ack-of-fin»',
      'scenario: «2:close»',
      'when: «3:B receives FIN»',
      'ask: «4:next segment from B»',
      'hints:',
      '  - { en: "«5:A hint.»", zh-CN: "«6:提示。»" }',
    ],
  },
  {
    label: 'question: state',
    says: { en: 'Asks for the state of one host.', 'zh-CN': '问一方的状态。' },
    lines: [
      'id: «1:state-of-a»',
      'scenario: «2:close»',
      'when: «3:A receives FIN»',
      'ask: state of «4|A,B|»',
    ],
  },
  {
    label: 'question: prose',
    says: {
      en: 'Answered in words; the learner marks the key points.',
      'zh-CN': '文字作答，由学习者对照要点自评。',
    },
    lines: [
      'id: «1:why»',
      'prompt: { en: "«2:Why?»", zh-CN: "«3:为什么？»" }',
      'rubric:',
      '  - { en: "«4:a key point»", zh-CN: "«5:要点»" }',
    ],
  },
];

/** What fits where a key of that map is to be written. */
export function snippetsAt(path: Pattern, isFirstKey: boolean): readonly Snippet[] {
  const written =
    path.length === 1 && path[0] === 'scenarios'
      ? SCENARIOS
      : isQuestion(path) && isFirstKey
        ? QUESTIONS
        : [];
  return written.map((snippet) => ({
    ...snippet,
    lines: snippet.lines.map((line) => line.replace(/«([^»]*)»/g, (_, place: string) => `\${${place}}`)),
  }));
}
