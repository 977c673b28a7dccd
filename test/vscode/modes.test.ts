import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../extension/test-api.ts';
import type { SavedLesson } from '../../quizzes/engine/lesson.ts';
import { children, closeEditors, handshake, screenOf, until, writeFile } from './handshake.ts';

const LESSON = 'handshake.lesson';
const PACK = `format: 1
id: modes
title: Modes
profile: textbook
exam: { shuffle: true, pass: 60, time-limit: 45 min }
scenarios:
  open:
    script:
      - B: listen
      - A: connect
questions:
  - { id: syn-ack, scenario: open, when: B receives SYN, ask: ack of next segment from B }
  - { id: state, scenario: open, when: B receives SYN, ask: state of B }
  - { id: third, scenario: open, when: A receives SYN-ACK, ask: ack of next segment from A }
`;
const RIGHT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'syn-ack': { 'B.ack': 'x+1' },
  'state': { 'B.state': 'SYN-RECEIVED' },
  'third': { 'A.ack': 'y' },
};

async function treeMarks(api: TestApi) {
  const node = (await children(api)).find((each) => each.kind === 'pack' && each.packId === 'modes');
  assert.ok(node?.kind === 'pack');
  return { done: node.done, marks: api.progress.now().packs['modes']?.marks ?? {} };
}

describe('the modes of a pack', () => {
  let api: TestApi;
  before(async () => {
    api = await handshake();
    await api.progress.forgetEverything();
    await writeFile('modes.tcpquiz.yaml', PACK);
    await vscode.commands.executeCommand('handshake.refresh');
  });
  after(async () => {
    await closeEditors();
    const [file] = await vscode.workspace.findFiles('modes.tcpquiz.yaml');
    if (file !== undefined) await vscode.workspace.fs.delete(file);
  });

  const lesson = (fits: Parameters<typeof screenOf<'lesson'>>[3]) => screenOf(api, LESSON, 'lesson', fits);

  it('are asked for when a pack is started from the view', async () => {
    const node = (await children(api)).find((each) => each.kind === 'pack' && each.packId === 'modes');
    const started = vscode.commands.executeCommand('handshake.startDrill', node);
    // Nothing can be pressed here: the list that waits for an answer is closed, and no lesson is opened.
    const before = api.messages.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await started;
    assert.equal(api.messages.length, before);
  });

  it('an exam: nothing is told before it is handed in, in the panel or in the view', async () => {
    await vscode.commands.executeCommand('handshake.startDrill', 'modes', 'exam');
    const first = await lesson(({ sitting }) => sitting?.mode === 'exam');
    assert.equal(first.sitting?.clock?.state, 'running');
    const from = api.messages.length;
    for (let place = 0; place < 3; place += 1) {
      api.post(LESSON, { type: 'question/go', index: place });
      const { question } = await lesson(({ index }) => index === place);
      api.post(LESSON, { type: 'question/answer', questionId: question.id, fields: RIGHT[question.id] });
      await lesson(({ index, sitting }) => index === place && sitting?.saved === true);
    }
    for (const { message } of api.messages.slice(from)) {
      assert.ok(message.screen.kind === 'lesson');
      assert.equal(message.screen.verdict, undefined);
      assert.ok(message.screen.marks.every((mark) => mark === 'open' || mark === 'given'));
    }
    assert.deepEqual(await treeMarks(api), { done: 0, marks: {} });
  });

  it('an exam: survives its panel being closed, and goes on by its clock', async () => {
    await closeEditors();
    await vscode.commands.executeCommand('handshake.startDrill', 'modes', 'exam');
    const again = await lesson(({ sitting }) => sitting?.saved === true);
    assert.deepEqual(again.marks, ['given', 'given', 'given']);
  });

  it('an exam: says at the end how each question went, and whether it is passed', async () => {
    api.post(LESSON, { type: 'question/go', index: 3 });
    await screenOf(api, LESSON, 'hand-in');
    api.post(LESSON, { type: 'exam/hand-in' });
    const result = await screenOf(api, LESSON, 'result');
    assert.deepEqual([result.points, result.possible, result.percent], [2, 3, 66]);
    assert.deepEqual(result.pass, { line: 60, reached: true });
    assert.deepEqual(result.questions.map(({ outcome }) => outcome).sort(), ['right', 'right', 'wrong']);
    const { marks } = await until('the marks', async () => {
      const now = await treeMarks(api);
      return now.done === 3 ? now : undefined;
    });
    assert.deepEqual(marks, { 'syn-ack': 'right', 'state': 'right', 'third': 'wrong' });
  });

  it('a drill: runs against its clock, stands when its panel is hidden, and goes on', async () => {
    await vscode.commands.executeCommand('handshake.startDrill', 'modes', 'drill');
    const running = await lesson(({ sitting }) => sitting?.clock?.state === 'running');
    assert.equal(running.sitting?.mode, 'drill');
    await vscode.commands.executeCommand('workbench.action.files.newUntitledFile');
    await lesson(({ sitting }) => sitting?.clock?.state === 'paused');
    await vscode.commands.executeCommand('handshake.startDrill', 'modes', 'drill');
    api.post(LESSON, { type: 'sitting/resume' });
    await lesson(({ sitting }) => sitting?.clock?.state === 'running');
    const { id } = running.question;
    api.post(LESSON, { type: 'question/answer', questionId: id, fields: RIGHT[id] });
    const answered = await lesson(({ verdict }) => verdict !== undefined);
    assert.equal(answered.sitting?.clock?.state, 'stopped');
  });

  /** The time used up by the drill as it is kept, by question. */
  const spentInDrill = () =>
    (api.progress.session('drill/modes') as SavedLesson | undefined)?.session.sitting?.spent ?? {};

  it('a drill: the time used up is kept when its tab is closed', async () => {
    const before = await lesson(({ sitting }) => sitting?.mode === 'drill');
    api.post(LESSON, { type: 'question/go', index: (before.index + 1) % 3 });
    const { question } = await lesson(({ sitting }) => sitting?.clock?.state === 'running');
    assert.equal(spentInDrill()[question.id], undefined);
    await closeEditors();
    await until('the time used up', () => (spentInDrill()[question.id] ?? 0) > 0 || undefined);
  });

  it('a drill: runs on while other packs change, and stands when its own does', async () => {
    await vscode.commands.executeCommand('handshake.startDrill', 'modes', 'drill');
    api.post(LESSON, { type: 'sitting/resume' });
    await lesson(({ sitting }) => sitting?.clock?.state === 'running');
    const from = api.messages.length;
    const other = await writeFile('other.tcpquiz.yaml', PACK.replace('id: modes', 'id: other'));
    await until('the other pack', async () =>
      (await children(api)).find((node) => node.kind === 'pack' && node.packId === 'other'),
    );
    await until('the screen after it', () => api.messages.length > from || undefined);
    assert.ok(
      api.messages.slice(from).every(({ message: { screen } }) => {
        return screen.kind === 'lesson' && screen.sitting?.clock?.state === 'running';
      }),
    );
    await writeFile('modes.tcpquiz.yaml', PACK.replace('pass: 60', 'pass: 70'));
    await lesson(({ sitting }) => sitting?.clock?.state === 'paused');
    await vscode.workspace.fs.delete(other);
  });

  it('each keep a run of their own: practice knows nothing of the exam', async () => {
    await vscode.commands.executeCommand('handshake.startDrill', 'modes');
    const practice = await lesson(({ sitting }) => sitting === undefined);
    assert.deepEqual(practice.marks, ['open', 'open', 'open']);
  });

  it('an exam whose time ended while nobody looked counts for reviews, once', async () => {
    const key = 'exam/modes';
    const asked = async () =>
      (await api.study.now()).reviews
        .filter(({ pack }) => pack === 'modes')
        .map(({ at, day }) => ({ at, day }));
    await vscode.commands.executeCommand('handshake.startDrill', 'modes', 'exam');
    await screenOf(api, LESSON, 'result');
    api.post(LESSON, { type: 'pack/restart' });
    const { question } = await lesson(({ sitting }) => sitting?.clock?.state === 'running');
    api.post(LESSON, { type: 'question/answer', questionId: question.id, fields: RIGHT[question.id] });
    await lesson(({ sitting }) => sitting?.saved === true);
    // Something else comes on screen: the exam goes on unseen.
    await vscode.commands.executeCommand('handshake.startDrill', 'modes', 'practice');
    await lesson(({ sitting }) => sitting === undefined);
    const { session, ...saved } = api.progress.session(key) as SavedLesson;
    assert.ok(session.sitting);
    const begun = session.sitting.begun - 86_400_000;
    await api.progress.keepSession(key, {
      ...saved,
      session: { ...session, sitting: { ...session.sitting, begun } },
    });
    const before = await asked();
    const look = async () => {
      await vscode.commands.executeCommand('handshake.startDrill', 'modes', 'exam');
      await screenOf(api, LESSON, 'result');
    };
    await look();
    const [counted, ...others] = await until('the answer', async () => {
      const known = new Set(before.map(({ at }) => at));
      const fresh = (await asked()).filter(({ at }) => !known.has(at));
      return fresh.length > 0 ? fresh : undefined;
    });
    assert.deepEqual(others, []);
    // It counts when the exam was over, not when somebody looked.
    assert.equal(counted?.at, begun + 45 * 60_000);
    await vscode.commands.executeCommand('handshake.startDrill', 'modes', 'practice');
    await lesson(({ sitting }) => sitting === undefined);
    await look();
    assert.equal((await asked()).length, before.length + 1);
  });
});
