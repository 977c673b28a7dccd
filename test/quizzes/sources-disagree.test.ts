import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grade } from '../../quizzes/engine/grade.ts';
import type { Pack, Question } from '../../quizzes/engine/pack.ts';
import { profileViews } from '../../quizzes/engine/profile-answers.ts';
import { posed, shippedPacks } from './support.ts';

/** What can be seen at a question: see the last column of the table. */
const KINDS = ['verdict', 'profiles', 'key points', 'spelling'] as const;

interface Row {
  readonly point: string;
  readonly pack: Pack;
  readonly question: Question;
  readonly how: string;
}

describe('docs/sources-disagree.md', () => {
  let rows: readonly Row[];
  before(async () => {
    const packs = await shippedPacks();
    const text = readFileSync(join(import.meta.dirname, '../../docs/sources-disagree.md'), 'utf8');
    const lines = text.split('\n').filter((line) => line.startsWith('| ') && line.includes('`'));
    rows = lines.map((line) => {
      const [, point = '', , , , place = '', how = ''] = line.split('|').map((cell) => cell.trim());
      const [packId, questionId] = place.replaceAll('`', '').split('/');
      const pack = packs.find(({ id }) => id === packId);
      const question = pack?.questions.find(({ id }) => id === questionId);
      assert.ok(pack && question, `no question ${place}`);
      return { point, pack, question, how };
    });
  });

  it('has a question to play for each of the twelve points', () => {
    assert.equal(rows.length, 12);
    for (const { how, point } of rows)
      assert.ok(
        KINDS.some((kind) => kind === how),
        `${point}: ${how}`,
      );
  });

  it('marks with "profiles" where the answers differ, each difference with a reason', () => {
    for (const { point, pack, question, how } of rows) {
      const plan = pack.scenarios[question.scenario ?? ''];
      const views = plan?.kind === 'script' ? profileViews(question, plan, 7, 'en') : [];
      if (how === 'profiles') {
        assert.equal(views.length, 3, point);
        assert.ok(
          views.some(({ reasons }) => reasons.length > 0),
          point,
        );
      }
    }
  });

  it('marks with "key points" what is prose, and with "verdict" what is graded', () => {
    for (const { point, question, how } of rows) {
      if (how === 'key points') assert.ok(question.rubric.length > 0, point);
      else assert.ok(question.asks.length > 0, point);
    }
  });

  it('accepts every name of a state where names differ', () => {
    const row = rows.find(({ how }) => how === 'spelling');
    assert.ok(row);
    for (const name of ['SYN-RECEIVED', 'SYN_RCVD', 'SYN_RECV', 'SYN-RECV']) {
      const one = posed(row.pack, row.question.id);
      const given = Object.fromEntries(one.fields.map((field) => [field.name, name]));
      const graded = grade(one, given);
      assert.ok(graded.ok && graded.value.judged.every(({ correct }) => correct), name);
    }
  });
});
