import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../extension/test-api.ts';
import { closeEditors, handshake, lastScreen, screenOf, until, writeFile } from './handshake.ts';

const CAPTURE = 'handshake.capture';

const SCRIPT = `0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 32792 <mss 1000>
+0 > S. 0:0(0) ack 2 <...>
+.1 < . 1:1(0) ack 1 win 257
+0 oops
`;

const PRINTED = `IP 192.0.2.1.51000 > 192.0.2.2.80: Flags [S], seq 1000, win 64240, length 0
IP 192.0.2.2.80 > 192.0.2.1.51000: Flags [S.], seq 5000, ack 1001, win 65160, length 0
IP 192.0.2.1.51000 > 192.0.2.2.80: Flags [.], ack 1, win 502, length 0
`;

const bytes = (text: string) => new TextEncoder().encode(text);

describe('scripts and printed segments', () => {
  let api: TestApi;
  before(async () => {
    api = await handshake();
  });
  afterEach(closeEditors);

  it('a packetdrill script has its problems, its hover and its outline', async () => {
    const uri = await writeFile('wrong.pkt', bytes(SCRIPT));
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.languageId, 'packetdrill');
    await vscode.window.showTextDocument(document);
    const problems = await until('problems of the script', () => {
      const found = vscode.languages.getDiagnostics(uri);
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual(problems.map(({ range, severity }) => [range.start.line, severity]).sort(), [
      [3, vscode.DiagnosticSeverity.Warning],
      [5, vscode.DiagnosticSeverity.Error],
    ]);
    assert.match(
      problems.find(({ range }) => range.start.line === 3)?.message ?? '',
      /expects 2, the core sends 1/,
    );
    const wrong = problems.find(({ range }) => range.start.line === 3)?.range;
    assert.equal(document.getText(wrong), '2', 'the number is underlined');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      wrong,
    );
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Write 1'],
    );
    assert.deepEqual(
      actions[0]?.edit?.get(uri).map(({ newText }) => newText),
      ['1'],
    );
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      new vscode.Position(3, 6),
    );
    const text = hovers.flatMap(({ contents }) =>
      contents.map((one) => (typeof one === 'string' ? one : one.value)),
    );
    assert.match(text.join('\n'), /S\. 0:0\(0\) ack 1/);
    assert.match(text.join('\n').replaceAll('\\', ''), /RFC 9293 §/);
    const outline = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    assert.equal(outline.length, 5);
  });

  it('shows a script and printed segments as a timeline, and writes what is shown', async () => {
    const script = await writeFile('shown.pkt', bytes(SCRIPT.replace('+0 oops\n', '')));
    await vscode.commands.executeCommand('handshake.showAsTimeline', script);
    const drawn = await screenOf(api, 'handshake.script', 'script', ({ file }) => file === 'shown.pkt');
    assert.deepEqual(
      drawn.timeline.arrows.map(({ flags, odd }) => [flags.join(' '), odd?.join()]),
      [
        ['SYN', undefined],
        ['SYN ACK', 'differs from the script'],
        ['ACK', undefined],
      ],
    );
    assert.equal(drawn.differing, 1);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(script, new vscode.Range(3, 17, 3, 18), '1');
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    await screenOf(api, 'handshake.script', 'script', ({ differing }) => differing === 0);
    await closeEditors();
    const printed = await writeFile('printed.txt', bytes(PRINTED));
    await vscode.commands.executeCommand('handshake.showAsTimeline', printed);
    await screenOf(api, CAPTURE, 'capture', ({ file }) => file.startsWith('printed.txt'));
    const target = vscode.Uri.joinPath(printed, '..', 'printed.mmd');
    await vscode.commands.executeCommand('handshake.exportTimeline', 'mermaid', target);
    const written = new TextDecoder().decode(await vscode.workspace.fs.readFile(target));
    assert.match(written, /^sequenceDiagram\n/);
    assert.match(written, /A->>B: SYN seq=x/);
  });

  it('exports the picture as PNG, drawn by the panel, in both sizes', async () => {
    await closeEditors();
    const printed = await writeFile('drawn.txt', bytes(PRINTED));
    await vscode.commands.executeCommand('handshake.showAsTimeline', printed);
    await screenOf(api, CAPTURE, 'capture', ({ file }) => file.startsWith('drawn.txt'));
    const widths: number[] = [];
    for (const format of ['png', 'png-2x']) {
      const target = vscode.Uri.joinPath(printed, '..', `drawn-${format}.png`);
      await until('a PNG', async () => {
        await vscode.commands.executeCommand('handshake.exportTimeline', format, target);
        return vscode.workspace.fs.stat(target).then(
          () => true,
          () => undefined,
        );
      });
      const octets = await vscode.workspace.fs.readFile(target);
      assert.deepEqual([...octets.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
      const header = new DataView(octets.buffer, octets.byteOffset);
      widths.push(header.getUint32(16));
      assert.ok(header.getUint32(20) > 200, 'the picture has a height');
    }
    assert.deepEqual(widths, [940, 1880]);
  });

  it('exports what is shown as a script that runs', async () => {
    await closeEditors();
    const printed = await writeFile('again.txt', bytes(PRINTED));
    await vscode.commands.executeCommand('handshake.showAsTimeline', printed);
    await screenOf(api, CAPTURE, 'capture', ({ file }) => file.startsWith('again.txt'));
    const target = vscode.Uri.joinPath(printed, '..', 'again.pkt');
    await vscode.commands.executeCommand('handshake.exportTimeline', 'pkt-a', target);
    const document = await vscode.workspace.openTextDocument(target);
    assert.match(document.getText(), /connect\(3/);
    const { parseScript } = await import('../../core/wire/packetdrill/parse.ts');
    const { differencesIn, playScript } = await import('../../core/wire/packetdrill/play.ts');
    const { PROFILES } = await import('../../core/tcp/profiles.ts');
    const { profileOfScript } = await import('../../core/wire/packetdrill/script.ts');
    const { script, issues } = parseScript(document.getText());
    assert.deepEqual(issues, []);
    assert.equal(differencesIn(playScript(script, PROFILES[profileOfScript(script) ?? 'linux'])), 0);
  });

  it('shows what the states of listed sockets mean, with runs that lead there, and asks about them', async () => {
    const listed = await writeFile(
      'sockets.txt',
      bytes('ESTAB 0 0 10.0.0.1:22 10.0.0.2:50000\nCLOSE-WAIT 1 0 10.0.0.1:8080 10.0.0.2:50001\n'),
    );
    await vscode.commands.executeCommand('handshake.showAsTimeline', listed);
    await until('a preview', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .some(({ label }) => label.includes('sockets.txt.md'))
        ? true
        : undefined,
    );
    await vscode.commands.executeCommand('handshake.quizText', listed);
    const { marks } = await screenOf(
      api,
      'handshake.lesson',
      'lesson',
      ({ pack, question }) => pack.id === 'listed-sockets' && question.id === 'established-1',
    );
    assert.equal(marks.length, 4);
  });

  it('asks about printed segments', async () => {
    const printed = await writeFile('asked.txt', bytes(PRINTED));
    await vscode.commands.executeCommand('handshake.quizText', printed);
    await until('a question', () =>
      lastScreen(api, 'handshake.lesson')?.kind === 'lesson' ? true : undefined,
    );
  });
});
