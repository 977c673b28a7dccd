import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../extension/test-api.ts';
import {
  children,
  closeEditors,
  handshake,
  lastScreen,
  screenOf,
  unlikelyAnswer,
  until,
} from './handshake.ts';

const LESSON = 'handshake.lesson';

/** Opens a shipped pack at its first question, which the core grades. */
async function openGraded(api: TestApi) {
  for (const pack of await children(api)) {
    if (pack.kind !== 'pack' || pack.packId === undefined) continue;
    const isPack = (screen: { pack: { id: string } }) => screen.pack.id === pack.packId;
    await vscode.commands.executeCommand('handshake.startDrill', pack.packId);
    api.post(LESSON, { type: 'question/go', index: 0 });
    const screen = await screenOf(api, LESSON, 'lesson', (shown) => isPack(shown) && shown.index === 0);
    if (screen.question.fields.length > 0) return screen;
  }
  throw new Error('no shipped pack begins with a graded question');
}

describe('a lesson', () => {
  let api: TestApi;
  before(async () => {
    api = await handshake();
    await api.progress.forgetEverything();
  });
  after(closeEditors);

  it('opens in its panel', async () => {
    await openGraded(api);
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
    const panels = tabs.filter(
      ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(LESSON),
    );
    assert.equal(panels.length, 1);
  });

  it('opens in the same panel the next time', async () => {
    await openGraded(api);
    await vscode.commands.executeCommand('handshake.continue');
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
    assert.equal(tabs.filter(({ input }) => input instanceof vscode.TabInputWebview).length, 1);
  });

  it('grades on the host, and remembers how it went', async () => {
    const { pack, question } = await openGraded(api);
    assert.equal(lastScreen(api, LESSON)?.kind, 'lesson');
    const fields = unlikelyAnswer(question);
    api.post(LESSON, { type: 'question/answer', questionId: question.id, fields });
    const answered = await screenOf(api, LESSON, 'lesson', ({ verdict }) => verdict !== undefined);
    assert.ok(answered.verdict);
    assert.match(answered.verdict.outcome, /^(wrong|partly)$/);
    assert.ok(answered.verdict.fields.every(({ expected }) => expected !== ''));
    assert.ok(answered.verdict.rules.length > 0, 'the verdict names no rule');

    await until('the mark', () => api.progress.now().packs[pack.id]?.marks[question.id]);
    assert.equal(api.progress.now().packs[pack.id]?.marks[question.id], 'wrong');
    assert.ok(api.progress.session(pack.id), 'the run was not kept');
    const node = (await children(api)).find((each) => each.kind === 'pack' && each.packId === pack.id);
    assert.equal(node?.kind === 'pack' ? node.done : undefined, 1);
  });

  it('goes on after its panel was closed where it was left', async () => {
    const before = lastScreen(api, LESSON);
    assert.ok(before?.kind === 'lesson' && before.verdict !== undefined);
    await closeEditors();
    await vscode.commands.executeCommand('handshake.continue');
    const again = await screenOf(api, LESSON, 'lesson', ({ verdict }) => verdict !== undefined);
    assert.deepEqual(
      [again.pack.id, again.question.id, again.index],
      [before.pack.id, before.question.id, before.index],
    );
    assert.deepEqual(again.verdict, before.verdict);
  });

  describe('when the language changes', () => {
    after(async () => {
      const settings = vscode.workspace.getConfiguration('handshake');
      await settings.update('language', undefined, vscode.ConfigurationTarget.Global);
      await settings.update('numbers', undefined, vscode.ConfigurationTarget.Global);
    });

    it('follows at once, title, strings and tree alike', async () => {
      const { pack } = await openGraded(api);
      api.post(LESSON, { type: 'preferences/set', preferences: { language: 'zh-CN', numbers: 'absolute' } });
      const chinese = await screenOf(api, LESSON, 'lesson', (screen) => screen.pack.title !== pack.title);
      assert.match(chinese.pack.title, /\p{Script=Han}/u);
      const message = await until('a message with both preferences', () => {
        const last = api.messages.at(-1)?.message;
        return last?.preferences.language === 'zh-CN' && last.preferences.numbers === 'absolute'
          ? last
          : undefined;
      });
      assert.ok(Object.keys(message.strings).length > 0, 'the dictionary is empty');
      const node = (await children(api)).find((each) => each.kind === 'pack' && each.packId === pack.id);
      assert.ok(node);
      assert.equal(node.label, chinese.pack.title);
      const { accessibilityInformation } = await api.tree.getTreeItem(node);
      assert.match(accessibilityInformation?.label ?? '', /已完成/);
    });
  });

  it('does not stumble over malformed messages', async () => {
    await openGraded(api);
    for (const raw of [undefined, null, 5, {}, { type: 'nonsense' }, { type: 'question/go', index: -1 }]) {
      api.post(LESSON, raw);
    }
    assert.equal(lastScreen(api, LESSON)?.kind, 'lesson');
  });

  it('begins anew, with nothing done', async () => {
    const { pack } = await openGraded(api);
    await vscode.commands.executeCommand('handshake.restartPack', pack.id);
    const screen = await screenOf(api, LESSON, 'lesson', ({ verdict }) => verdict === undefined);
    assert.ok(screen.marks.every((mark) => mark === 'open'));
    assert.deepEqual(api.progress.now().packs[pack.id]?.marks ?? {}, {});
  });

  it('ends in a summary that offers the next pack', async () => {
    const { marks } = await openGraded(api);
    api.post(LESSON, { type: 'question/go', index: marks.length });
    const summary = await screenOf(api, LESSON, 'summary');
    assert.equal(summary.marks.length, marks.length);
    assert.ok(summary.next, 'no next pack is offered');
    api.post(LESSON, { type: 'pack/open', packId: summary.next.id });
    await screenOf(api, LESSON, 'lesson', ({ pack }) => pack.id === summary.next?.id);
  });
});
