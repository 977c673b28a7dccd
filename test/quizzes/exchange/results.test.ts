// Results as files: CSV read by csv-parse, statements by Learning Locker's validator of xAPI.

import assert from 'node:assert/strict';
import validateStatement from '@learninglocker/xapi-validation';
import { parse } from 'csv-parse/sync';
import { act, type Lesson, openLesson } from '../../../quizzes/engine/lesson.ts';
import type { Pack } from '../../../quizzes/engine/pack.ts';
import { placeQuestion } from '../../../quizzes/engine/place-question.ts';
import { regrade } from '../../../quizzes/engine/regrade.ts';
import { type Results, readResults, resultsOf } from '../../../quizzes/engine/results.ts';
import { valueText } from '../../../quizzes/engine/verdict.ts';
import { toResultsCsv } from '../../../quizzes/exchange/results-csv.ts';
import { toXapi } from '../../../quizzes/exchange/xapi.ts';
import { shippedPacks } from '../support.ts';

const CONTEXT = {
  packHash: 'a'.repeat(64),
  core: '0.1.0',
  mode: 'practice',
  learner: '=Ann, "the" first',
  exportedAt: '2026-01-02T03:04:05.678Z',
} as const;

/** Answers every third question rightly, every third wrongly, and asks for the answer of the rest; prose is marked. */
function work(pack: Pack): Lesson {
  let lesson = openLesson(pack, 42);
  for (const [index, question] of pack.questions.entries()) {
    lesson = act(lesson, { type: 'go', index });
    if (index === 1) lesson = act(lesson, { type: 'hint', questionId: question.id });
    const { posed } = placeQuestion(pack, lesson.session, question);
    const fields = Object.fromEntries(
      [...(posed?.answers ?? [])].map(([name, { value }]) => {
        const field = posed?.fields.find((each) => each.name === name);
        if (value.kind === 'choice') {
          const wrong = name === 'next' ? 'nobody' : 'nothing';
          return [name, index % 3 === 0 ? value.choice : wrong];
        }
        assert.ok(posed && field);
        const right = valueText(posed, { field, given: '', written: undefined }, value, 'en');
        const wrong = {
          flags: 'URG',
          seq: '1234567890',
          count: '77777',
          state: 'LISTEN',
          duration: '7777 s',
          returned: 'EISCONN',
          order: 'hgfedc',
        };
        return [name, index % 3 === 0 ? right : wrong[value.kind]];
      }),
    );
    lesson =
      index % 3 === 2
        ? act(lesson, { type: 'reveal', questionId: question.id, at: 1_767_323_045_000 + index })
        : act(lesson, { type: 'answer', questionId: question.id, fields, at: 1_767_323_045_000 + index });
    if (question.rubric.length > 0)
      lesson = act(lesson, {
        type: 'mark',
        questionId: question.id,
        met: question.rubric.map((_, place) => place === 0),
      });
  }
  return lesson;
}

function resultsFor(pack: Pack): Results {
  return resultsOf(pack, work(pack).session, CONTEXT);
}

describe('results', () => {
  it('are graded from the file as they were in the lesson', async () => {
    for (const pack of await shippedPacks()) {
      const lesson = work(pack);
      const read = readResults(JSON.stringify(resultsOf(pack, lesson.session, CONTEXT), undefined, 2));
      assert.ok(read.ok);
      const graded = regrade(read.value, pack);
      assert.equal(graded.questions.length, pack.questions.length);
      for (const question of graded.questions) {
        const mark = lesson.session.questions[question.id]?.mark ?? 'open';
        const expected = {
          right: 'right',
          partly: 'wrong',
          wrong: 'wrong',
          shown: 'wrong',
          self: 'self',
          open: 'open',
        };
        assert.equal(expected[question.outcome], mark, `${pack.id}/${question.id}`);
        if (question.outcome === 'right') assert.equal(question.points, question.possible);
        if (question.outcome === 'shown' || question.outcome === 'wrong') assert.equal(question.points, 0);
      }
      assert.ok(graded.points > 0 && graded.points < graded.possible);
    }
  });

  it('show that they were changed', async () => {
    const [pack] = await shippedPacks();
    assert.ok(pack);
    const text = JSON.stringify(resultsFor(pack));
    const broken = readResults(text.replace('"how":"shown"', '"how":"answered"'));
    assert.ok(!broken.ok && broken.error.code === 'seal-broken');
    for (const [bad, code] of [
      ['', 'not-json'],
      ['{}', 'not-results'],
      ['[1]', 'not-results'],
      [text.replace('"version":1', '"version":2'), 'unknown-version'],
      [text.replace('"seed":42', '"seed":"42"'), 'not-results'],
    ] as const) {
      const read = readResults(bad);
      assert.ok(!read.ok && read.error.code === code, code);
    }
  });

  it('are a table that csv-parse reads, without formulas', async () => {
    const [pack] = await shippedPacks();
    assert.ok(pack);
    const results = resultsFor(pack);
    const csv = toResultsCsv([{ results, graded: regrade(results, pack) }]);
    const rows = parse(csv, { columns: true, record_delimiter: '\r\n' }) as Record<string, string>[];
    assert.equal(rows.length, pack.questions.length);
    assert.equal(rows[0]?.['learner'], `'${CONTEXT.learner}`);
    assert.equal(rows[0]?.['outcome'], 'right');
    assert.equal(rows[0]?.['answered_at'], new Date(1_767_323_045_000).toISOString());
    for (const row of rows) for (const cell of Object.values(row)) assert.ok(!/^[=+\-@]/.test(cell), cell);
  });

  it('are statements that a validator of xAPI finds nothing wrong with', async () => {
    for (const pack of await shippedPacks()) {
      for (const learner of ['Ann', '']) {
        const results = resultsOf(pack, work(pack).session, { ...CONTEXT, learner });
        const statements = toXapi({ results, graded: regrade(results, pack) }, pack);
        assert.equal(statements.length, pack.questions.length + 1);
        assert.equal(new Set(statements.map(({ id }) => id)).size, statements.length);
        for (const statement of statements) {
          const warnings = validateStatement(JSON.parse(JSON.stringify(statement)));
          assert.deepEqual(
            warnings.map((warning) => String(warning)),
            [],
            JSON.stringify(warnings),
          );
        }
      }
    }
  });

  it('have a validator of xAPI that finds mistakes', async () => {
    const [pack] = await shippedPacks();
    assert.ok(pack);
    const results = resultsFor(pack);
    const [statement] = toXapi({ results, graded: regrade(results, pack) }, pack);
    assert.ok(validateStatement({ ...statement, id: 'no uuid' }).length > 0);
    assert.ok(validateStatement({ ...statement, verb: undefined }).length > 0);
  });
});
