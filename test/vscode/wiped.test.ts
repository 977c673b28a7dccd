import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../extension/test-api.ts';
import type { SavedLesson } from '../../quizzes/engine/lesson.ts';
import { closeEditors, handshake, screenOf } from './handshake.ts';

const LESSON = 'handshake.lesson';
const PACK = 'three-way-handshake';

// The last file of all: what is wiped here, others would miss.
describe('progress that is wiped', () => {
  let api: TestApi;
  before(async () => {
    api = await handshake();
  });
  after(closeEditors);

  const lesson = (fits: Parameters<typeof screenOf<'lesson'>>[3]) => screenOf(api, LESSON, 'lesson', fits);

  it('does not come back with the drill that was on screen', async () => {
    await vscode.commands.executeCommand('handshake.startDrill', PACK, 'drill');
    const { question } = await lesson(
      ({ pack, sitting }) => pack.id === PACK && sitting?.clock?.state === 'running',
    );
    api.post(LESSON, { type: 'question/reveal', questionId: question.id });
    await lesson(({ marks }) => marks[0] === 'wrong');
    api.post(LESSON, { type: 'question/go', index: 1 });
    await lesson(({ index, sitting }) => index === 1 && sitting?.clock?.state === 'running');
    const { showWarningMessage } = vscode.window;
    try {
      // Stands in for the learner, who agrees: tests cannot press a button of a dialog.
      vscode.window.showWarningMessage = (async (...said: readonly unknown[]) => said.at(-1)) as never;
      await vscode.commands.executeCommand('handshake.resetProgress');
    } finally {
      vscode.window.showWarningMessage = showWarningMessage;
    }
    await lesson(({ marks, sitting }) => sitting?.mode === 'drill' && marks.every((mark) => mark === 'open'));
    const kept = api.progress.session(`drill/${PACK}`) as SavedLesson | undefined;
    assert.deepEqual(kept?.session.sitting?.spent ?? {}, {});
    assert.deepEqual(api.progress.now().packs[PACK]?.marks ?? {}, {});
  });
});
