import assert from 'node:assert/strict';
import { simulate } from '../../core/timeline/simulate.ts';
import { projectAll } from '../../quizzes/engine/project.ts';
import { toMermaid } from '../../quizzes/exchange/mermaid.ts';
import { lintNotes } from '../../quizzes/notes/lint.ts';
import { lintBlock } from '../../quizzes/notes/lint-block.ts';
import { SCENES } from '../core/timeline/scenes.ts';

const mermaid = (...lines: readonly string[]) =>
  `# Notes\n\n\`\`\`mermaid\nsequenceDiagram\n${lines.map((line) => `    ${line}`).join('\n')}\n\`\`\`\n`;

/** What each problem would put where. */
function fixes(text: string): readonly string[] {
  return lintNotes(text).map(({ from, to, value }) => `${text.slice(from, to)} -> ${value}`);
}

const HANDSHAKE = ['C->>S: SYN seq=x', 'S->>C: SYN-ACK seq=y ack=x+1', 'C->>S: ACK seq=x+1 ack=y+1'];

const RIGHT: readonly string[] = [
  mermaid(...HANDSHAKE),
  mermaid('C->>S: SYN, seq=100', 'S-->>C: SYN, ACK, seq=300, ack=101', 'C->>S: ACK, seq=101, ack=301'),
  mermaid('C->>+S: SYN=1, seq=x', 'S->>C: SYN=1, ACK=1, seq=y, ack=x+1', 'C->>S: ACK=1, seq=x+1, ack=y+1'),
  mermaid(
    ...HANDSHAKE,
    'C->>S: FIN ACK seq=u ack=v',
    'S->>C: ACK seq=v ack=u+1',
    'S->>C: FIN ACK seq=w ack=u+1',
    'C->>S: ACK seq=u+1 ack=w+1',
  ),
  mermaid(...HANDSHAKE, 'C->>S: PSH ACK seq=x+1 ack=y+1 len=100', 'S->>C: ACK seq=y+1 ack=x+101'),
  mermaid(
    ...HANDSHAKE,
    'C->>S: data',
    'S->>C: ACK ack=whatever',
    'C->>S: FIN seq=z ack=y+1',
    'S->>C: ACK ack=z+1',
  ),
  mermaid(
    ...HANDSHAKE,
    'C->>S: PSH ACK seq=x+1 ack=y+1 len=100',
    'S->>C: PSH ACK seq=y+1 ack=x+101 len=10',
    'C->>S: ACK seq=x+101 ack=y+11',
    'C->>S: PSH ACK seq=x+1 ack=y+1 len=100',
  ),
  mermaid('C->>S: SYN', 'S->>C: SYN-ACK', 'C->>S: ACK'),
  mermaid('C-xS: SYN seq=x (lost)', 'C->>S: SYN seq=x', 'S->>C: SYN-ACK seq=y ack=x'),
  mermaid('A->>B: GET /', 'B->>A: 200 OK ack=3'),
  mermaid('A->>B: SYN seq=x', 'B->>P: SYN seq=x', 'P->>A: SYN-ACK seq=y ack=x'),
  mermaid('loop retries', 'C->>S: SYN seq=x', 'S->>C: SYN-ACK seq=y ack=x', 'end'),
  mermaid('C->>S: ACK seq=5 ack=7', 'S->>C: ACK seq=9 ack=3'),
  '| direction | flags | seq | ack |\n|---|---|---|---|\n| C → S | SYN | x | - |\n| S → C | SYN, ACK | y | x+1 |\n| C → S | ACK | x+1 | y+1 |\n',
  '| state | meaning |\n|---|---|\n| SYN-SENT | ack = 3 |\n',
  'seq=x then ack=x, in plain words',
];

const WRONG: readonly (readonly [text: string, fixes: readonly string[]])[] = [
  [mermaid('C->>S: SYN seq=x', 'S->>C: SYN-ACK seq=y ack=x', 'C->>S: ACK seq=x+1 ack=y+1'), ['x -> x+1']],
  [mermaid('C->>S: SYN seq=x', 'S->>C: SYN-ACK seq=y ack=x+1', 'C->>S: ACK seq=x ack=y+1'), ['x -> x+1']],
  [mermaid('C->>S: SYN seq=x', 'S->>C: SYN-ACK seq=y ack=x+1', 'C->>S: ACK seq=x+1 ack=y'), ['y -> y+1']],
  [mermaid('C->>S: SYN seq=x', 'S->>C: SYN-ACK seq=y ack=y+1'), ['y+1 -> x+1']],
  [
    mermaid('C->>S: SYN seq=100', 'S->>C: SYN ACK seq=300 ack=100', 'C->>S: ACK seq=101 ack=302'),
    ['100 -> 101', '302 -> 301'],
  ],
  [mermaid('C->>S: SYN=1, seq=x', 'S->>C: SYN=1, ACK=1, seq=y, ack=x + 2'), ['x + 2 -> x+1']],
  [
    mermaid(...HANDSHAKE, 'C->>S: PSH ACK seq=x+1 ack=y+1 len=100', 'S->>C: ACK seq=y+1 ack=x+100'),
    ['x+100 -> x+101'],
  ],
  [mermaid(...HANDSHAKE, 'C->>S: FIN ACK seq=x+1 ack=y+1', 'S->>C: ACK seq=y+1 ack=x+1'), ['x+1 -> x+2']],
  [mermaid(...HANDSHAKE, 'C->>S: FIN ACK seq=x+2 ack=y+1'), ['x+2 -> x+1']],
  [mermaid(...HANDSHAKE, 'C->>S: FIN ACK seq=u ack=y+1', 'S->>C: ACK seq=y+1 ack=u'), ['u -> u+1']],
  [
    mermaid(
      ...HANDSHAKE,
      'C->>S: FIN ACK seq=u ack=v',
      'S->>C: ACK seq=v ack=u+1',
      'S->>C: FIN ACK seq=w ack=u',
      'C->>S: ACK seq=u+1 ack=w+1',
    ),
    ['u -> u+1'],
  ],
  [
    mermaid(...HANDSHAKE, 'C->>S: FIN ACK seq=u ack=v', 'S->>C: ACK ack=u', 'S->>C: FIN ACK seq=w ack=u'),
    ['u -> u+1', 'u -> u+1'],
  ],
  [mermaid(...HANDSHAKE, 'C->>S: PSH ACK seq=x+1 ack=y len=100'), ['y -> y+1']],
  [
    '| 方向 | 标志位 | 序号 | 确认号 |\n| --- | --- | --- | --- |\n| 客户端 → 服务器 | SYN | 100 | |\n| 服务器 → 客户端 | SYN ACK | 300 | 100 |\n',
    ['100 -> 101'],
  ],
  [
    '| From | To | Flags | Seq | Ack |\n|---|---|---|---|---|\n| A | B | SYN | `x` | |\n| B | A | SYN+ACK | `y` | `x+1` |\n| A | B | ACK | `x+2` | `y+1` |\n',
    ['x+2 -> x+1'],
  ],
];

describe("a learner's own notes", () => {
  for (const [place, text] of RIGHT.entries()) {
    it(`says nothing of notes that are right, or of which it cannot be sure (${place + 1})`, () => {
      assert.deepEqual(fixes(text), [], text);
    });
  }

  for (const [text, expected] of WRONG) {
    it(`gives the number that has to be: ${expected.join(', ')}`, () => {
      assert.deepEqual(fixes(text), expected, text);
      for (const { message } of lintNotes(text)) {
        assert.match(message.en, /RFC 9293 §3\.4/);
        assert.match(message['zh-CN'], /应为/);
      }
      const mended = lintNotes(text).reduceRight(
        (left, { from, to, value }) => left.slice(0, from) + value + left.slice(to),
        text,
      );
      assert.deepEqual(fixes(mended), [], 'the fix mends it');
    });
  }

  it('finds nothing to say of any diagram that Handshake itself draws', () => {
    for (const [name, scene] of Object.entries(SCENES)) {
      const drawn = toMermaid(projectAll(simulate(scene), name, 'en'), 'en');
      assert.deepEqual(fixes(`\`\`\`mermaid\n${drawn}\`\`\`\n`), [], `${name}\n${drawn}`);
    }
  });
});

/** Each problem's line and column, what is underlined, and what the first fix makes of the block. */
function blockProblems(block: string): readonly unknown[] {
  const lines = block.split('\n');
  return lintBlock(block).map(({ start, end, fixes }) => {
    const under = (lines[start.line - 1] ?? '').slice(start.column - 1, end.column - 1);
    const [edit, ...more] = fixes[0]?.edits ?? [];
    assert.deepEqual(more, []);
    if (edit === undefined) return [start.line, start.column, under];
    const line = lines[edit.start.line - 1] ?? '';
    const mended = line.slice(0, edit.start.column - 1) + edit.text + line.slice(edit.end.column - 1);
    return [start.line, start.column, under, mended];
  });
}

describe('a tcp block in Markdown', () => {
  const cases: readonly (readonly [block: string, problems: readonly unknown[]])[] = [
    ['- B: listen\n- A: connect', []],
    ['- B: listen\n\n- A: conect', [[3, 6, 'conect', '- A: connect']]],
    ['profile: linx\nscript:\n  - B: listen', [[1, 10, 'linx', 'profile: linux']]],
    ['scrpt:\n  - B: listen', [[1, 1, 'scrpt', 'script:']]],
  ];
  for (const [block, expected] of cases) {
    it(`says what is wrong, where, and what was meant: ${JSON.stringify(block)}`, () => {
      assert.deepEqual(blockProblems(block), expected);
      for (const { message } of lintBlock(block)) assert.ok(message.en && message['zh-CN']);
    });
  }
});
