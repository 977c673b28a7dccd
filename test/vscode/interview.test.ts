import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../extension/test-api.ts';
import { closeEditors, handshake, screenOf, unlikelyAnswer } from './handshake.ts';

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
    api.post(LESSON, {
      type: 'question/answer',
      questionId: first.question.id,
      fields: unlikelyAnswer(first.question),
    });
    const answered = await screenOf(api, LESSON, 'lesson', ({ verdict }) => verdict !== undefined);
    assert.deepEqual([answered.index, answered.branchable], [0, false]);
    api.post(LESSON, { type: 'question/go', index: 1 });
    const why = await screenOf(api, LESSON, 'lesson', ({ index }) => index === 1);
    assert.ok(why.question.selfMarked && why.question.id.endsWith('/why'));
    await closeEditors();
    await vscode.commands.executeCommand('handshake.startDrill', 'four-way-close');
    await screenOf(api, LESSON, 'lesson', ({ pack }) => pack.id === 'four-way-close');
  });

  it('reports as Markdown', async () => {
    await vscode.commands.executeCommand('handshake.interviewReport');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /^# (Interview report|面试报告)/);
    assert.match(text, /\| 1 \|/);
  });
});
