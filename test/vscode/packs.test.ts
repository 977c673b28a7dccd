import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { children, closeEditors, folder, handshake, screenOf, until, writeFile } from './handshake.ts';

/** As small as a pack can be; prose, so that it needs no scenario. */
function proseNamed(id: string): string {
  return [
    'format: 1',
    `id: ${id}`,
    'version: 1.0.0',
    `title: { en: Pack ${id}, zh-CN: 题包 ${id} }`,
    'questions:',
    '  - id: why',
    '    title: { en: Why, zh-CN: 为什么 }',
    '    prompt: { en: Why three?, zh-CN: 为什么是三次？ }',
    '    rubric:',
    '      - { en: both numbers are confirmed, zh-CN: 双方序号都得到确认 }',
    '',
  ].join('\n');
}

async function labels(): Promise<readonly string[]> {
  return (await children(await handshake())).flatMap((node) => (node.kind === 'pack' ? [node.label] : []));
}

async function remove(name: string): Promise<void> {
  await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder(), name));
  await vscode.commands.executeCommand('handshake.refresh');
}

describe('the Packs view', () => {
  it('lists the shipped packs, all of them usable, with their questions', async () => {
    const packs = await children(await handshake());
    assert.ok(packs.length >= 7, `${packs.length} packs`);
    for (const pack of packs) {
      assert.equal(pack.kind, 'pack');
      if (pack.kind !== 'pack') continue;
      assert.ok(pack.packId, `${pack.label} cannot be used`);
      assert.deepEqual(pack.problems, [], pack.label);
      assert.ok(pack.total > 0, `${pack.label} has no question`);
    }
  });

  it('gives every pack and question a name, an icon and a spoken label', async () => {
    const api = await handshake();
    const [pack] = await children(api);
    assert.ok(pack);
    const item = await api.tree.getTreeItem(pack);
    assert.match(String(item.description), /^\d+\/\d+$/);
    assert.ok(item.iconPath instanceof vscode.ThemeIcon);
    assert.match(item.accessibilityInformation?.label ?? '', /done/);
    const below = await children(api, pack);
    assert.ok(below.length > 0);
  });
});

describe('packs of the workspace', () => {
  after(closeEditors);

  it('appear when their file does, and go with it', async () => {
    await writeFile('mine.tcpquiz.yaml', proseNamed('mine'));
    await vscode.commands.executeCommand('handshake.refresh');
    await until('the new pack', async () => (await labels()).includes('Pack mine') || undefined);
    await remove('mine.tcpquiz.yaml');
    assert.ok(!(await labels()).includes('Pack mine'));
  });

  it('are watched: an edit outside VS Code needs no refresh', async () => {
    await writeFile('watched.tcpquiz.yaml', proseNamed('watched'));
    await until('the watched pack', async () => (await labels()).includes('Pack watched') || undefined);
    await remove('watched.tcpquiz.yaml');
  });

  it('that are broken are marked where they are broken, and the others work on', async () => {
    const before = await labels();
    const text = 'format: 1\nid: broken\ntitle: { en: Broken, zh-CN: 坏 }\nquestions: 5\n';
    const uri = await writeFile('broken.tcpquiz.yaml', text);
    await vscode.commands.executeCommand('handshake.refresh');
    const diagnostics = await until('diagnostics', () => {
      const found = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Handshake');
      return found.length > 0 ? found : undefined;
    });
    const wrong = diagnostics.find(({ range }) => range.start.line === 3);
    assert.ok(wrong, JSON.stringify(diagnostics));
    assert.equal(wrong.severity, vscode.DiagnosticSeverity.Error);
    assert.deepEqual(
      [wrong.range.start.character, wrong.range.end.line, wrong.range.end.character],
      ['questions: '.length, 3, 'questions: 5'.length],
    );

    const api = await handshake();
    const node = (await children(api)).find(
      (each) => each.kind === 'pack' && each.label === 'broken.tcpquiz.yaml',
    );
    assert.ok(node, 'the broken pack is not in the view');
    assert.deepEqual(
      (await labels()).filter((label) => label !== 'broken.tcpquiz.yaml'),
      before,
    );
    await vscode.commands.executeCommand('handshake.startDrill', node);
    const screen = await screenOf(api, 'handshake.lesson', 'problem');
    assert.match(screen.problems[0] ?? '', /^broken\.tcpquiz\.yaml, line \d+, column \d+: \S/);

    await writeFile('broken.tcpquiz.yaml', proseNamed('mended'));
    await screenOf(api, 'handshake.lesson', 'lesson', ({ pack }) => pack.id === 'mended');
    await remove('broken.tcpquiz.yaml');
    await until('no diagnostics', () => vscode.languages.getDiagnostics(uri).length === 0 || undefined);
  });

  it('with an id that is taken say so at the id', async () => {
    await writeFile('a.tcpquiz.yaml', proseNamed('twice'));
    const second = await writeFile('b.tcpquiz.yaml', proseNamed('twice'));
    await vscode.commands.executeCommand('handshake.refresh');
    const [diagnostic] = await until('diagnostics', () => {
      const found = vscode.languages.getDiagnostics(second);
      return found.length > 0 ? found : undefined;
    });
    assert.equal(diagnostic?.code, 'duplicate-pack-id');
    assert.equal(diagnostic?.range.start.line, 1);
    await remove('a.tcpquiz.yaml');
    await remove('b.tcpquiz.yaml');
  });
});
