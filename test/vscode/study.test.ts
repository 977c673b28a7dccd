import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../extension/test-api.ts';
import { NO_STUDY, readStudy, type Study } from '../../quizzes/engine/study.ts';
import {
  children,
  closeEditors,
  folder,
  handshake,
  screenOf,
  unlikelyAnswer,
  until,
  writeFile,
} from './handshake.ts';

const LESSON = 'handshake.lesson';
const MASTERY = 'handshake.mastery';

/**
 * Someone else's study: one rule, answered rightly once, on a day so long ago that it is due; at a moment after any
 * other test has reset the progress.
 */
const longAgo = (): Study => ({
  ...NO_STUDY,
  reviews: [
    {
      at: Date.now(),
      day: 18_518,
      pack: 'time-wait',
      question: 'none-of-ours',
      numbers: 1,
      grades: { 'time-wait/lasts-2msl': 'good' },
      misconceptions: [],
    },
  ],
});

describe('study in VS Code', () => {
  let api: TestApi;
  before(async () => {
    api = await handshake();
    await api.progress.forgetEverything();
    // What other tests have answered is due, too.
    await api.study.forget(Date.now());
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
    const file = await writeFile('elsewhere.json', JSON.stringify(longAgo()));
    for (let time = 0; time < 2; time += 1) {
      await vscode.commands.executeCommand('handshake.importProgress', file);
      assert.equal((await api.study.now()).reviews.length, before + 1);
    }
    await vscode.workspace.fs.delete(file);
    await vscode.commands.executeCommand('handshake.showMastery');
    const { review } = await mastery(({ due }) => due > 0);
    assert.ok(review !== undefined && review.questions > 0);
    const pack = await until('the pack with what is due', async () =>
      (await children(api)).find((each) => each.kind === 'pack' && each.due > 0),
    );
    const item = await api.tree.getTreeItem(pack);
    assert.match(String(item.description), / · 1 (due|条到期)$/);
    assert.match(item.contextValue ?? '', /\.due$/);
  });

  it('says so in another language, too', async () => {
    const settings = vscode.workspace.getConfiguration('handshake');
    const setting = settings.inspect('language')?.globalValue;
    const duePack = async () => (await children(api)).find((each) => each.kind === 'pack' && each.due > 0);
    const before = await duePack();
    try {
      await settings.update('language', 'zh-CN', vscode.ConfigurationTarget.Global);
      const chinese = await until('the pack in Chinese, still due', async () => {
        const pack = await duePack();
        return pack?.kind === 'pack' && pack.label !== before?.label ? pack : undefined;
      });
      assert.match(chinese.label, /\p{Script=Han}/u);
      assert.equal(chinese.due, before?.kind === 'pack' ? before.due : 0);
    } finally {
      await settings.update('language', setting, vscode.ConfigurationTarget.Global);
    }
    await until('the pack as before', async () => (await duePack())?.label === before?.label);
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

  it('asks of one pack alone when its row says so', async () => {
    const pack = (await children(api)).find((each) => each.kind === 'pack' && each.due > 0);
    await vscode.commands.executeCommand('handshake.review', pack);
    const fits = /^time-wait\//;
    await screenOf(
      api,
      LESSON,
      'lesson',
      (screen) => screen.pack.id === 'review:due' && fits.test(screen.question.id),
    );
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

  it('asks again what somebody had wrong who has marks of an earlier version alone, and counts them as no review', async () => {
    await api.progress.forgetEverything();
    await api.study.forget(Date.now());
    const marks = [
      ['ack-of-syn', 'right'],
      ['nothing-of-ours', 'wrong'],
    ] as const;
    const node = (await children(api)).find(
      (each) => each.kind === 'pack' && each.packId === 'three-way-handshake',
    );
    const first = (await children(api, node))
      .flatMap((each) => (each.kind === 'question' ? [each] : each.children))
      .at(0);
    assert.ok(first?.kind === 'question');
    await api.progress.keepPack('three-way-handshake', undefined, [...marks, [first.questionId, 'wrong']]);
    await vscode.commands.executeCommand('handshake.review');
    const review = await screenOf(api, LESSON, 'lesson', ({ pack }) => pack.id === 'review:due');
    assert.deepEqual(
      [review.question.id, review.marks],
      [`three-way-handshake/${first.questionId}`, ['open']],
    );
    assert.deepEqual((await api.study.now()).reviews, []);
    assert.equal(api.progress.now().packs['three-way-handshake']?.marks['ack-of-syn'], 'right');
  });
});
