import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../extension/test-api.ts';
import { closeEditors, handshake, screenOf, until } from './handshake.ts';

const LESSON = 'handshake.lesson';

describe('the interview drill in VS Code', () => {
  let api: TestApi;
  before(async () => {
    api = await handshake();
    await api.progress.forgetEverything();
  });
  after(async () => {
    await api.progress.forgetEverything();
    await closeEditors();
  });

  it('begins by a choice, follows up, looks at nothing ahead, and survives its panel', async () => {
    await vscode.commands.executeCommand('handshake.startInterview', {
      role: 'sre',
      minutes: 10,
      difficulty: 0,
      seed: 5,
    });
    const first = await screenOf(api, LESSON, 'lesson', ({ pack }) => pack.id === 'interview:drill');
    assert.ok(first.question.fields.length > 0);
    api.post(LESSON, { type: 'question/go', index: 1 });
    api.post(LESSON, { type: 'question/reveal', questionId: first.question.id });
    const answered = await screenOf(api, LESSON, 'lesson', ({ verdict }) => verdict !== undefined);
    assert.deepEqual([answered.index, answered.branchable], [0, false]);
    assert.equal(answered.sitting?.mode, 'drill');
    assert.deepEqual(answered.verdict?.rules, []);
    api.post(LESSON, { type: 'question/go', index: 1 });
    const why = await screenOf(api, LESSON, 'lesson', ({ index }) => index === 1);
    assert.ok(why.question.id.endsWith('/why'));
    assert.deepEqual(
      why.question.fields.map(({ kind }) => kind),
      ['choice'],
    );
    assert.equal(why.sitting?.clock?.state, 'running');
    await closeEditors();
    await vscode.commands.executeCommand('handshake.startDrill', 'four-way-close');
    await screenOf(api, LESSON, 'lesson', ({ pack }) => pack.id === 'four-way-close');
  });

  it('reports on a screen, and as Markdown', async () => {
    await vscode.commands.executeCommand('handshake.interviewReport');
    const report = await screenOf(api, LESSON, 'interview');
    assert.deepEqual([report.role, report.planned, report.lines[0]?.outcome], ['sre', 10, 'wrong']);
    assert.equal(report.review.length, 1);
    api.post(LESSON, { type: 'interview/report' });
    const text = await until('the report', () => {
      const written = vscode.window.activeTextEditor?.document.getText();
      return written?.startsWith('# ') ? written : undefined;
    });
    assert.match(text, /^# (Interview report|面试报告)/);
    assert.match(text, /\| 1 \|/);
  });

  it('asks again what went badly, and nothing else, on fresh numbers', async () => {
    api.post(LESSON, { type: 'interview/review' });
    const review = await screenOf(api, LESSON, 'lesson', ({ pack }) => pack.id === 'review:due');
    assert.deepEqual(review.marks, ['open']);
  });
});
