import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../extension/test-api.ts';
import { closeEditors, handshake, screenOf, writeFile } from './handshake.ts';

const LAB = 'handshake.lab';
const LESSON = 'handshake.lesson';
const PACK = 'four-way-close';
const SCRIPT = `0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 32792 <mss 1000>
+0 > S. 0:0(0) ack 1 <...>
+.1 < . 1:1(0) ack 1 win 32792
`;

describe('the what-if lab in VS Code', () => {
  let api: TestApi;
  before(async () => {
    api = await handshake();
    await api.progress.forgetEverything();
  });
  after(async () => {
    await api.progress.forgetEverything();
    await closeEditors();
  });

  const lose = (arrow: number) =>
    api.post(LAB, { type: 'lab/do', action: { type: 'change', request: { kind: 'lose', arrow } } });

  it('opens on a scenario, branches it, and takes the change back', async () => {
    await vscode.commands.executeCommand('handshake.openLab', PACK, 'four-way');
    const fresh = await screenOf(api, LAB, 'lab', ({ changed }) => changed === undefined);
    lose(fresh.original.arrows.at(-1)?.id ?? 0);
    const branched = await screenOf(api, LAB, 'lab', ({ changed }) => changed !== undefined);
    assert.match(branched.difference?.text ?? '', /LAST-ACK/);
    api.post(LAB, { type: 'lab/do', action: { type: 'keep', count: 0 } });
    await screenOf(api, LAB, 'lab', ({ changed }) => changed === undefined);
  });

  it('tells nothing of a branch that is to be predicted, until it was', async () => {
    const { original } = await screenOf(api, LAB, 'lab', ({ changed }) => changed === undefined);
    api.post(LAB, { type: 'lab/do', action: { type: 'predict-first', on: true } });
    await screenOf(api, LAB, 'lab', ({ predictFirst }) => predictFirst);
    const from = api.messages.length;
    lose(original.arrows.at(-1)?.id ?? 0);
    await screenOf(api, LAB, 'lab', ({ prediction }) => prediction !== undefined);
    for (const { viewType, message } of api.messages.slice(from)) {
      if (viewType !== LAB) continue;
      assert.ok(message.screen.kind === 'lab');
      assert.deepEqual(
        [message.screen.changed, message.screen.difference, message.screen.verdict],
        [undefined, undefined, undefined],
      );
      assert.deepEqual(message.resume, { version: 1, kind: 'lab' });
    }
    const fields = {
      next: 'B-timer',
      flags: 'FIN,ACK',
      seq: 'w',
      ack: 'u+1',
      'A.state': 'CLOSED',
      'B.state': 'CLOSED',
      rule: 'timer/earliest-again',
    };
    api.post(LAB, { type: 'lab/do', action: { type: 'predict', fields } });
    const told = await screenOf(api, LAB, 'lab', ({ verdict }) => verdict !== undefined);
    assert.equal(told.verdict?.outcome, 'right');
    assert.ok(told.changed);
  });

  it('opens on the run of a question only once it is answered', async () => {
    await vscode.commands.executeCommand('handshake.startDrill', PACK);
    api.post(LESSON, { type: 'question/go', index: 0 });
    const { question } = await screenOf(
      api,
      LESSON,
      'lesson',
      ({ pack, index }) => pack.id === PACK && index === 0,
    );
    const from = api.messages.length;
    api.post(LESSON, { type: 'question/what-if', questionId: question.id });
    api.post(LESSON, { type: 'question/reveal', questionId: question.id });
    const answered = await screenOf(api, LESSON, 'lesson', ({ verdict }) => verdict !== undefined);
    assert.ok(answered.branchable);
    assert.ok(api.messages.slice(from).every(({ viewType }) => viewType !== LAB));
    api.post(LESSON, { type: 'question/what-if', questionId: question.id });
    const lab = await screenOf(api, LAB, 'lab', ({ begin }) => begin !== undefined);
    assert.equal(lab.original.arrows[0]?.seq, answered.timeline?.arrows[0]?.seq);
  });

  it('opens on a script and on a block of Markdown, by command and by lens', async () => {
    const script = await writeFile('what-if.pkt', SCRIPT);
    await vscode.window.showTextDocument(script);
    await vscode.commands.executeCommand('handshake.openLab');
    const ofScript = await screenOf(api, LAB, 'lab', ({ scenario }) => scenario === 'what-if.pkt');
    assert.ok(ofScript.original.arrows.length >= 3);
    const note = await writeFile('what-if.md', '# A note\n\n```tcp\n- B: listen\n- A: connect\n```\n');
    await vscode.window.showTextDocument(note);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      note,
    );
    const lens = lenses.find(({ command }) => command?.command === 'handshake.openLab');
    assert.equal(lens?.range.start.line, 2);
    await vscode.commands.executeCommand('handshake.openLab', ...(lens.command?.arguments ?? []));
    const ofBlock = await screenOf(api, LAB, 'lab', ({ scenario }) => scenario === 'what-if.md:3');
    lose(ofBlock.original.arrows[0]?.id ?? 0);
    await screenOf(api, LAB, 'lab', ({ changed }) => changed !== undefined);
    for (const file of [script, note]) await vscode.workspace.fs.delete(file);
  });

  it('plays a recording of a pack again, and says how far it is the same', async () => {
    await vscode.commands.executeCommand('handshake.openLab', 'real-capture', 'ordinary');
    const lab = await screenOf(api, LAB, 'lab', ({ scenario }) => scenario === 'ordinary');
    assert.match(lab.note ?? '', /all \d+ segments are as captured/);
    lose(lab.original.arrows[0]?.id ?? 0);
    await screenOf(api, LAB, 'lab', ({ changed }) => changed !== undefined);
  });
});
