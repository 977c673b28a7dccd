import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, folder, handshake, screenOf, until, writeFile } from './handshake.ts';

const PACK = `format: 1
id: authored
title: { en: Authored, zh-CN: 编写 }
profile: textbook
scenarios:
  close:
    script:
      - B: listen
      - A: connect
      - A: send 100..900
      - A: close
      - B: close
questions:
  - id: syn-ack
    scenario: close
    when: B receives SYN
    ask: next segment from B
    hints:
      - { en: Look at the SYN., zh-CN: 看看 SYN。 }
  - id: after-fin
    scenario: close
    when: B receives FIN
    ask: state of B
    feedback:
      close-wait-skipped: { en: Who closes?, zh-CN: 谁来关闭？ }
`;
const FILE = 'authored.tcpquiz.yaml';

async function openPack(text = PACK): Promise<vscode.TextEditor> {
  const uri = await writeFile(FILE, text);
  const document = await vscode.workspace.openTextDocument(uri);
  return vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

/** Types in place of the first such text. */
async function replace(editor: vscode.TextEditor, old: string, by: string): Promise<void> {
  const text = editor.document.getText();
  const from = text.indexOf(old);
  assert.ok(from >= 0, `${old} is not in the text`);
  const { document } = editor;
  const range = new vscode.Range(document.positionAt(from), document.positionAt(from + old.length));
  assert.ok(await editor.edit((edit) => edit.replace(range, by)));
}

function placeOf({ document }: vscode.TextEditor, text: string, after = 0): vscode.Position {
  const from = document.getText().indexOf(text);
  assert.ok(from >= 0, text);
  return document.positionAt(from + after);
}

function issues(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Handshake');
}

/** Waits until these codes, and no others, are shown. */
function shown(uri: vscode.Uri, ...codes: readonly string[]): Promise<readonly vscode.Diagnostic[]> {
  let last = '';
  return until(`the diagnostics ${codes.join(', ') || 'to go'}`, () => {
    const found = issues(uri);
    last = found.map(({ code }) => code).join();
    return last === codes.join() ? found : undefined;
  }).catch((error: Error) => assert.fail(`${error.message}; there is ${last}`));
}

function hoverText(hovers: readonly vscode.Hover[]): string {
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

async function hoverAt(editor: vscode.TextEditor, text: string): Promise<string> {
  return hoverText(
    await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      placeOf(editor, text, 2),
    ),
  );
}

describe('writing a pack', () => {
  let editor: vscode.TextEditor;
  beforeEach(async () => {
    editor = await openPack();
    await shown(editor.document.uri);
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await closeEditors();
  });
  after(async () => {
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder(), FILE));
    await vscode.commands.executeCommand('handshake.refresh');
  });

  it('underlines a slip as it is typed, and what it means is mended by a quick fix', async () => {
    const { document } = editor;
    await replace(editor, 'B receives FIN', 'B recieves FIN');
    const [diagnostic] = await shown(document.uri, 'bad-phrase');
    assert.ok(diagnostic);
    assert.equal(document.getText(diagnostic.range), 'recieves');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      diagnostic.range,
    );
    const fix = actions.find(({ title }) => title === 'Change to "receives"');
    assert.ok(fix?.edit, actions.map(({ title }) => title).join());
    assert.equal(fix.isPreferred, true);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await shown(document.uri);
    assert.equal(document.getText(), PACK);
  });

  it('warns of what takes many runs to see', async () => {
    await replace(editor, 'ask: state of B', 'ask: ack of next segment from B');
    await replace(editor, 'close-wait-skipped', 'fin-consumes-nothing');
    await shown(editor.document.uri);
    await replace(editor, 'when: B receives FIN', 'when: A sends data');
    await replace(editor, 'send 100..900', 'send 1..900');
    await replace(editor, 'fin-consumes-nothing', 'ack-is-seq-plus-one');
    await shown(editor.document.uri, 'coincides', 'coincides');
  });

  it('completes phrases, misconceptions, and moments that come', async () => {
    const offered = async (place: vscode.Position) => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        editor.document.uri,
        place,
      );
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    await replace(editor, 'when: B receives FIN', 'when: ');
    const moments = await offered(placeOf(editor, 'when: \n', 6));
    for (const label of ['start', 'B receives FIN', 'A enters TIME-WAIT'])
      assert.ok(moments.includes(label), moments.join());
    const misconceptions = await offered(placeOf(editor, 'close-wait-skipped', 0));
    assert.ok(misconceptions.includes('fin-consumes-nothing'), misconceptions.join());
    const keys = await offered(placeOf(editor, '    ask: state', 4));
    assert.ok(keys.includes('prompt') && !keys.includes('script'), keys.join());
  });

  it('explains misconceptions, and says the answer for the seed of the preview', async () => {
    assert.match(await hoverAt(editor, 'close-wait-skipped'), /RFC 9293/);
    const before = await hoverAt(editor, 'next segment from B');
    assert.match(before, /Answer \(seed 1\).*SYN/);
    await vscode.commands.executeCommand('handshake.newSeed', editor.document.uri);
    assert.match(await hoverAt(editor, 'next segment from B'), /Answer \(seed 2\)/);
  });

  it('has an outline, folds, and three lenses above each question', async () => {
    const { uri } = editor.document;
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    const questions = symbols.find(({ name }) => name === 'questions');
    assert.deepEqual(
      questions?.children.map(({ name }) => name),
      ['syn-ack', 'after-fin'],
    );
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      uri,
    );
    const first = placeOf(editor, '- id: syn-ack').line;
    assert.ok(folds.some(({ start, end }) => start === first && end === first + 5));
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
    );
    const titles = lenses
      .filter(({ range }) => range.start.line === first)
      .map(({ command }) => command?.title);
    assert.deepEqual(titles.slice(0, 2), ['Preview', 'Try']);
    assert.match(titles[2] ?? '', /^New seed \(\d+\)$/);
    assert.equal(lenses.length, 6);
  });

  it('shows a question beside the text, and keeps to it while the text changes', async () => {
    const api = await handshake();
    const { uri } = editor.document;
    await vscode.commands.executeCommand('handshake.preview', uri, 'after-fin');
    const preview = (fits: Parameters<typeof screenOf<'lesson'>>[3]) =>
      screenOf(api, 'handshake.preview', 'lesson', fits);
    const first = await preview(({ question }) => question.id === 'after-fin');
    assert.equal(first.verdict, undefined);
    assert.equal(
      vscode.window.activeTextEditor?.document.uri.toString(),
      uri.toString(),
      'the text keeps the keyboard',
    );

    api.post('handshake.preview', { type: 'question/reveal', questionId: 'after-fin' });
    const answered = await preview(({ verdict }) => verdict?.outcome === 'shown');
    assert.equal(answered.verdict?.fields[0]?.expected, 'CLOSE-WAIT');

    // A half-written line: the last version stays. A question put before it: the place is kept by id.
    await replace(editor, '    when: B receives FIN', '    when: "B rec');
    await until('the syntax error', () => issues(uri).some(({ code }) => code === 'bad-yaml') || undefined);
    await replace(editor, '    when: "B rec', '    when: A receives FIN');
    await replace(editor, 'ask: state of B', 'ask: state of A');
    await replace(
      editor,
      '    feedback:\n      close-wait-skipped: { en: Who closes?, zh-CN: 谁来关闭？ }\n',
      '',
    );
    const changed = await preview(({ verdict }) => verdict?.fields[0]?.expected === 'TIME-WAIT');
    assert.equal(changed.question.id, 'after-fin');
    await replace(
      editor,
      'questions:\n',
      'questions:\n  - { id: new-one, scenario: close, when: start, ask: state of B }\n',
    );
    const moved = await preview(({ index }) => index === 2);
    assert.equal(moved.question.id, 'after-fin');
    assert.equal(moved.verdict?.outcome, 'shown', 'the answer stays open');

    await vscode.commands.executeCommand('handshake.try', uri, 'after-fin');
    await preview(({ verdict, question }) => verdict === undefined && question.id === 'after-fin');
    api.post('handshake.preview', {
      type: 'question/answer',
      questionId: 'after-fin',
      fields: { 'A.state': 'TIME_WAIT' },
    });
    await preview(({ verdict }) => verdict?.outcome === 'right');
    assert.equal(api.progress.session('authored'), undefined, 'nothing is recorded');
  });
});

describe('a new pack', () => {
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await closeEditors();
  });

  it('opens from a template with nothing to mend, and is checked before it is saved', async () => {
    await vscode.commands.executeCommand('handshake.newPack', 'course');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const { uri } = editor.document;
    assert.match(uri.path, /my-pack\.tcpquiz\.yaml$/);
    assert.equal(uri.scheme, 'untitled');
    await replace(editor, 'when: B receives FIN', 'when: B receives FIN 7');
    await shown(uri, 'no-such-moment');
    await replace(editor, 'when: B receives FIN 7', 'when: B receives FIN');
    await shown(uri);
  });
});
