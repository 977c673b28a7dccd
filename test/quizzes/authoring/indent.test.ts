import assert from 'node:assert/strict';
import { blanksToAdd } from '../../../quizzes/authoring/indent.ts';

/** The line before, the fresh line as VS Code makes it, and how many blanks are to be added. */
const CASES: readonly (readonly [string, string, number])[] = [
  ['  - id: one', '  ', 2],
  ['      - id: one', '      ', 2],
  ['  -   id: one', '  ', 4],
  ['- title: { en: A, zh-CN: 甲 }', '', 2],
  ['  - id: one', '    ', 0],
  ['  - id: one', '  when', 0],
  ['    scenario: close', '    ', 0],
  ['  - id:', '    ', 0],
  ['  - prompt: |', '  ', 0],
  ['  - prompt: { en: A,', '  ', 0],
  // Lines of a script: the next one begins with a dash.
  ['      - A: connect', '      ', 0],
  ['      - lose: last ACK from A', '      ', 0],
];

describe('a fresh line in a pack', () => {
  for (const [before, fresh, expected] of CASES) {
    it(`after ${JSON.stringify(before)}, at column ${fresh.length}: ${expected} more`, () => {
      assert.equal(blanksToAdd(before, fresh), expected);
    });
  }
});
