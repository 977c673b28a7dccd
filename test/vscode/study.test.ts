import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../extension/test-api.ts';
import { NO_STUDY, readStudy, type Study } from '../../quizzes/engine/study.ts';
import { closeEditors, folder, handshake, screenOf, unlikelyAnswer, until, writeFile } from './handshake.ts';

const LESSON = 'handshake.lesson';
const MASTERY = 'handshake.mastery';

/** Someone else's study: one rule, answered rightly once, so long ago that it is due. */
const LONG_AGO: Study = {
  ...NO_STUDY,
  reviews: [
    {
      at: 1_600_000_000_000,
      day: 18_518,
      pack: 'three-way-handshake',
      question: 'none-of-ours',
      numbers: 1,
      grades: { 'time-wait/lasts-2msl': 'good' },
      misconceptions: [],
    },
  ],
};

describe('study in VS Code', () => {
  let api: TestApi;
  before(async () => {
    api = await handshake();
    await api.progress.forgetEverything();
  });
  after(async () => {
    await api.progress.forgetEverything();
    await closeEditors();
  });

  async function onDisk(): Promise<Study> {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(api.storage, 'study.json'));
    const read = readStudy(new TextDecoder().decode(bytes));
    assert.ok(read.ok);
    return read.value;
  }

  /** What the mastery view was told since. */
  const mastery = (fits: Parameters<typeof screenOf<'mastery'>>[3]) =>
    screenOf(api, MASTERY, 'mastery', fits);

  let asked = '';

  it('keeps an answer in study.json once it is graded, with the rules it exercised', async () => {
    const before = (await api.study.now()).reviews.length;
    await vscode.commands.executeCommand('handshake.restartPack', 'three-way-handshake');
    const { question } = await screenOf(api, LESSON, 'lesson', ({ verdict }) => verdict === undefined);
    api.post(LESSON, { type: 'question/answer', questionId: question.id, fields: unlikelyAnswer(question) });
    await screenOf(api, LESSON, 'lesson', ({ verdict }) => verdict !== undefined);
    const study = await until('the answer in study.json', async () => {
      const kept = await onDisk().catch(() => undefined);
      return kept !== undefined && kept.reviews.length === before + 1 ? kept : undefined;
    });
    const review = study.reviews.at(-1);
    assert.deepEqual([review?.pack, review?.question], ['three-way-handshake', question.id]);
    assert.ok(Object.values(review?.grades ?? {}).includes('again'));
    asked = question.id;
  });

  it('keeps it once: an answer looked at again adds nothing', async () => {
    const { reviews } = await onDisk();
    await closeEditors();
    await vscode.commands.executeCommand('handshake.startDrill', 'three-way-handshake');
    const again = await screenOf(api, LESSON, 'lesson', ({ verdict }) => verdict !== undefined);
    assert.equal(again.question.id, asked);
    assert.deepEqual((await api.study.now()).reviews, reviews);
  });

  it('takes in what was exported elsewhere, once, and says what is due', async () => {
    const before = (await api.study.now()).reviews.length;
    const file = await writeFile('elsewhere.json', JSON.stringify(LONG_AGO));
    for (let time = 0; time < 2; time += 1) {
      await vscode.commands.executeCommand('handshake.importProgress', file);
      assert.equal((await api.study.now()).reviews.length, before + 1);
    }
    await vscode.workspace.fs.delete(file);
    await vscode.commands.executeCommand('handshake.showMastery');
    const { review } = await mastery(({ due }) => due > 0);
    assert.ok(review !== undefined && review.questions > 0);
  });

  it('refuses a file that holds no progress, and changes nothing', async () => {
    const before = await api.study.now();
    const file = await writeFile('strange.json', '{"kind":"shopping list"}');
    await vscode.commands.executeCommand('handshake.importProgress', file);
    assert.deepEqual(await api.study.now(), before);
    await vscode.workspace.fs.delete(file);
  });

  it('asks what is due, on other numbers than ever before', async () => {
    await vscode.commands.executeCommand('handshake.review');
    const screen = await screenOf(api, LESSON, 'lesson', ({ pack }) => pack.id === 'review:due');
    assert.ok(screen.question.fields.length > 0);
    assert.ok(screen.marks.every((mark) => mark === 'open'));
  });

  it('exports all of it to a file that reads the same', async () => {
    const target = vscode.Uri.joinPath(folder(), 'exported.json');
    await vscode.commands.executeCommand('handshake.exportProgress', target);
    const read = readStudy(new TextDecoder().decode(await vscode.workspace.fs.readFile(target)));
    assert.ok(read.ok);
    assert.deepEqual(read.value, await api.study.now());
    await vscode.workspace.fs.delete(target);
  });

  it('puts a file aside that cannot be read, and goes on with what it knows', async () => {
    const before = await api.study.now();
    const file = vscode.Uri.joinPath(api.storage, 'study.json');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('{"kind":"handshake-stu'));
    await api.study.merge(NO_STUDY);
    assert.deepEqual(await onDisk(), before);
    const names = (await vscode.workspace.fs.readDirectory(api.storage)).map(([name]) => name);
    assert.equal(names.filter((name) => name.includes('unreadable')).length, 1);
  });
});
