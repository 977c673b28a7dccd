import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TreeNode } from '../../extension/packs/tree-model.ts';
import { children, closeEditors, folder, handshake, screenOf, until, writeFile } from './handshake.ts';

/** As small as a pack can be. */
function pack(id: string, title: string): string {
  return `format: 1\nid: ${id}\ntitle: ${title}\nquestions:\n  - { id: why, prompt: Why three?, rubric: [because] }\n`;
}

type PackNode = Extract<TreeNode, { kind: 'pack' }>;

async function nodes(): Promise<readonly PackNode[]> {
  return (await children(await handshake())).filter((node): node is PackNode => node.kind === 'pack');
}

const nodeOf = (label: string) =>
  until(label, async () => (await nodes()).find((node) => node.label === label));
const gone = (label: string) =>
  until(`${label} gone`, async () =>
    (await nodes()).some((node) => node.label === label) ? undefined : true,
  );

async function setFolders(value: readonly string[] | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration('handshake');
  await settings.update('packFolders', value, vscode.ConfigurationTarget.Global);
}

describe('packs from elsewhere', () => {
  after(closeEditors);

  describe('the user’s folders', () => {
    // Names of packs in a folder whose own files the workspace does not find.
    const place = () => vscode.Uri.joinPath(folder(), 'node_modules', 'shelf');
    before(async () => {
      await writeFile('node_modules/shelf/deep/shelved.tcpquiz.yaml', pack('shelved', 'Shelved'));
    });
    after(async () => {
      await setFolders(undefined);
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder(), 'node_modules'), { recursive: true });
    });
    const written = () => (place().scheme === 'file' ? place().fsPath : place().toString());

    it('are searched as soon as the setting names them, and no longer than that', async () => {
      await setFolders([written()]);
      const node = await nodeOf('Shelved');
      assert.equal(node.packId, 'shelved');
      await setFolders(undefined);
      await gone('Shelved');
    });

    it('that cannot be read are said once, with what to do', async () => {
      const missing = vscode.Uri.joinPath(place(), 'nowhere');
      const text = missing.scheme === 'file' ? missing.fsPath : missing.toString();
      await setFolders([text, 'relative/folder']);
      const node = await nodeOf(text);
      assert.equal(node.packId, undefined);
      assert.equal(node.problems.length, 1);
      assert.match(
        node.problems[0]?.message.en ?? '',
        /cannot be read; create it, or take it out of the setting/,
      );
      const relative = await nodeOf('relative/folder');
      assert.match(relative.problems[0]?.message.en ?? '', /no full path/);
      const shown = await until('the diagnostic', () => {
        const found = vscode.languages.getDiagnostics(missing);
        return found.length > 0 ? found : undefined;
      });
      assert.equal(shown.length, 1);
      await setFolders(undefined);
      await gone(text);
      await until('no diagnostic', () => vscode.languages.getDiagnostics(missing).length === 0 || undefined);
    });

    it('give way to a pack of the workspace with the same id, and say so', async () => {
      await writeFile('nearer.tcpquiz.yaml', pack('shelved', 'Nearer'));
      await setFolders([written()]);
      await nodeOf('Nearer');
      const aside = await nodeOf('shelf/deep/shelved.tcpquiz.yaml');
      assert.match(aside.problems[0]?.message.en ?? '', /already that of nearer\.tcpquiz\.yaml/);
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder(), 'nearer.tcpquiz.yaml'));
      await setFolders(undefined);
    });
  });

  describe('a file that is added', () => {
    it('is copied, stays when the original goes, and can be opened', async () => {
      const api = await handshake();
      const original = await writeFile('node_modules/given.tcpquiz.yaml', pack('given', 'Given'));
      await vscode.commands.executeCommand('handshake.addPack', original);
      await vscode.workspace.fs.delete(original);
      await vscode.commands.executeCommand('handshake.refresh');
      const node = await nodeOf('Given');
      assert.ok(!node.address.startsWith(folder().toString()), node.address);
      await vscode.commands.executeCommand('handshake.startDrill', 'given');
      await screenOf(api, 'handshake.lesson', 'lesson', (screen) => screen.pack.id === 'given');
      await vscode.workspace.fs.delete(vscode.Uri.parse(node.address));
      await vscode.commands.executeCommand('handshake.refresh');
      await gone('Given');
    });

    it('is removed with its folder once that is confirmed, and no other pack can be', async () => {
      const original = await writeFile('node_modules/given.tcpquiz.yaml', pack('given', 'Given'));
      await vscode.commands.executeCommand('handshake.addPack', original);
      const node = await nodeOf('Given');
      const near = await writeFile('near.tcpquiz.yaml', pack('near', 'Near'));
      const inWorkspace = await nodeOf('Near');
      const asked: string[] = [];
      const window = vscode.window as { showWarningMessage: (...said: readonly unknown[]) => unknown };
      const { showWarningMessage } = window;
      const answering = async (yes: boolean, target: PackNode) => {
        window.showWarningMessage = async (message, ...rest) => {
          asked.push(String(message));
          return yes ? rest.at(-1) : undefined;
        };
        await vscode.commands.executeCommand('handshake.removePack', target);
      };
      try {
        await answering(true, inWorkspace);
        await answering(false, node);
        await nodeOf('Given');
        await answering(true, node);
        await gone('Given');
      } finally {
        window.showWarningMessage = showWarningMessage;
      }
      assert.equal(asked.length, 3);
      assert.match(asked[0] ?? '', /“Near” was not added by you/);
      assert.match(asked[1] ?? '', /Remove “Given” from your packs\?/);
      await assert.rejects(async () =>
        vscode.workspace.fs.stat(vscode.Uri.joinPath(vscode.Uri.parse(node.address), '..')),
      );
      await vscode.workspace.fs.delete(near);
      await vscode.workspace.fs.delete(original);
      await gone('Near');
    });

    it('that is no pack is not added', async () => {
      const before = (await nodes()).map(({ label }) => label);
      const bad = await writeFile('node_modules/bad.tcpquiz.yaml', 'format: 1\nid: bad\n');
      await vscode.commands.executeCommand('handshake.addPack', bad);
      assert.deepEqual(
        (await nodes()).map(({ label }) => label),
        before,
      );
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder(), 'node_modules'), { recursive: true });
    });

    it('comes over https only', async () => {
      const before = (await nodes()).length;
      await vscode.commands.executeCommand('handshake.addPack', 'http://127.0.0.1/a.tcpquiz.yaml');
      assert.equal((await nodes()).length, before);
    });
  });
});
