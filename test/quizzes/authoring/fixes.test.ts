import assert from 'node:assert/strict';
import { openChecker } from '../../../quizzes/authoring/check.ts';
import { fixesFor } from '../../../quizzes/authoring/fixes.ts';
import { foldsOf } from '../../../quizzes/authoring/folds.ts';
import { outlineOf, writtenQuestions } from '../../../quizzes/authoring/outline.ts';
import { fromTemplate, TEMPLATES } from '../../../quizzes/authoring/templates.ts';
import { loadPack } from '../../../quizzes/format/load-pack.ts';
import { readBeside, readShipped, SHIPPED } from '../support.ts';

const PACK = `format: 1
id: p
title: { en: P, zh-CN: 题 }
profile: textbook
scenarios:
  first:
    script:
      - B: listen
      - A: connect
      - A: close
      - B: close
questions:
  - id: one
    scenario: first
    when: B receives FIN
    ask: next segment from B
    feedback:
      fin-consumes-nothing: { en: Look., zh-CN: 看。 }
  - { id: two, scenario: first, when: A enters TIME-WAIT, ask: time left in TIME-WAIT at A }
`;

async function issuesOf(text: string) {
  const request = { file: 'x', readFile: readBeside, pause: () => undefined };
  return (await openChecker().check(text, request)).issues;
}

/** The file after the first fix of its first issue. */
async function fixed(text: string, place = 0): Promise<string> {
  const [issue] = await issuesOf(text);
  assert.ok(issue, 'nothing is wrong');
  const fix = fixesFor(text, { code: issue.code, from: issue.start.offset, to: issue.end.offset })[place];
  assert.ok(fix, `no fix for ${issue.code}`);
  return [...fix.edits]
    .sort((one, other) => other.from - one.from)
    .reduce((now, edit) => now.slice(0, edit.from) + edit.text + now.slice(edit.to), text);
}

describe('quick fixes', () => {
  it('begin with a pack in which nothing is wrong', async () => assert.deepEqual(await issuesOf(PACK), []));

  /** What is spoilt by writing the second in place of the first; the fix must bring the pack back as it was. */
  const SPOILT: readonly (readonly [what: string, good: string, bad: string])[] = [
    ['a misspelt key', '    when: B', '    wehn: B'],
    ['a misspelt key at the top', 'questions:', 'question:'],
    ['a misspelt key of a line', '- B: listen', '- b: listen'],
    ['a misspelt phrase', 'B receives FIN', 'B recieves FIN'],
    ['a misspelt phrase in braces', 'A enters TIME-WAIT', 'A enters TIMEWAIT'],
    ['a misspelt ask', 'next segment from B', 'nxt segment from B'],
    ['a misspelt call', 'A: connect', 'A: conect'],
    ['a misspelt misconception', 'fin-consumes-nothing', 'fin-consume-nothing'],
    ['a misspelt scenario', 'scenario: first\n', 'scenario: frist\n'],
    ['a misspelt profile', 'profile: textbook', 'profile: texbook'],
    ['no profile', 'profile: textbook\n', ''],
  ];
  for (const [what, good, bad] of SPOILT) {
    it(`mend ${what}`, async () => {
      assert.ok(PACK.includes(good));
      assert.equal(await fixed(PACK.replace(good, bad)), PACK);
    });
  }

  /** What is mended otherwise than it was before: nothing is wrong any more. */
  const MENDED: readonly (readonly [what: string, good: string, bad: string, then: string])[] = [
    ['an id that is taken', 'id: two', 'id: one', 'id: one-2'],
    [
      'a text without a translation',
      '{ en: Look., zh-CN: 看。 }',
      '{ en: Look. }',
      '{ en: Look., zh-CN: "…" }',
    ],
    ['a plain text', '{ en: Look., zh-CN: 看。 }', 'Look.', '{ en: "Look.", zh-CN: "…" }'],
    ['a text cut at a comma', '{ en: Look.,', '{ en: Look, look.,', '{ en: "Look, look.",'],
    ['a question without its moment', '    when: B receives FIN\n', '', 'id: one\n    when: end'],
    ['one in braces', ', scenario: first', '', '{ id: two, scenario: first'],
    ['feedback that is never shown', 'fin-consumes-nothing:', 'one-msl:', 'ask: next segment from B\n  - {'],
  ];
  for (const [what, good, bad, then] of MENDED) {
    it(`mend ${what}`, async () => {
      assert.ok(PACK.includes(good));
      const after = await fixed(PACK.replace(good, bad));
      assert.ok(after.includes(then), after);
    });
  }

  it('offer every profile', async () => {
    const without = PACK.replace('profile: textbook\n', '');
    assert.equal(await fixed(without, 2), PACK.replace('textbook', 'linux'));
  });
});

describe('the outline', () => {
  it('names what there is, with its places', () => {
    const [scenarios, questions] = outlineOf(PACK);
    assert.deepEqual([scenarios?.name, questions?.name], ['scenarios', 'questions']);
    assert.deepEqual(
      scenarios?.children.map(({ name }) => name),
      ['first'],
    );
    const [one, two] = questions?.children ?? [];
    assert.deepEqual(
      [one?.name, one?.detail, two?.name, two?.detail],
      ['one', 'B receives FIN', 'two', 'A enters TIME-WAIT'],
    );
    assert.equal(PACK.slice(one?.nameFrom, one?.nameTo), 'one');
    assert.match(PACK.slice(one?.from, one?.to), /^ {2}- id: one[\s\S]*看。 }$/);
  });

  it('has every question of every shipped pack, inside what is around it', async () => {
    for (const name of SHIPPED) {
      const text = readShipped(name);
      const { pack } = await loadPack(text, { file: name, readFile: readBeside });
      assert.deepEqual(
        writtenQuestions(text).map(({ id, scenario }) => [id, scenario]),
        pack?.questions.map(({ id, scenario }) => [id, scenario]),
        name,
      );
      const check = (entries: ReturnType<typeof outlineOf>, from: number, to: number): number =>
        entries.reduce((count, entry) => {
          assert.ok(from <= entry.from && entry.to <= to, `${name}: ${entry.name}`);
          assert.ok(entry.from <= entry.nameFrom && entry.nameTo <= entry.to, `${name}: ${entry.name}`);
          return count + Number(entry.kind === 'question') + check(entry.children, entry.from, entry.to);
        }, 0);
      assert.equal(check(outlineOf(text), 0, text.length), pack?.questions.length, name);
    }
  });
});

describe('templates', () => {
  for (const template of TEMPLATES) {
    it(`leave nothing to be mended: ${template.id}`, async () => {
      const text = fromTemplate(template, 'another-id');
      const request = { file: 'x', readFile: readBeside, pause: () => undefined };
      const { pack, issues } = await openChecker().check(text, request);
      assert.deepEqual(
        issues.map(({ start, message }) => `${start.line}: ${message.en}`),
        [],
      );
      assert.equal(pack?.id, 'another-id');
    });
  }
});

describe('folding', () => {
  it('folds scenarios, questions and whatever has lines below it', () => {
    const lines = PACK.split('\n');
    const folded = foldsOf(PACK).map(({ from, to }) => `${lines[from]?.trim()} … ${lines[to]?.trim()}`);
    assert.ok(folded.includes('first: … - B: close'));
    assert.ok(folded.includes('- id: one … fin-consumes-nothing: { en: Look., zh-CN: 看。 }'));
    assert.ok(folded.includes('script: … - B: close'));
  });
});
