import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { children, closeEditors, handshake, screenOf } from '../handshake.ts';

// The launcher loads docs/sample-pack-extension beside our extension. In the Node host only: a web worker host
// with a server behind it does not see the extensions of that server.
describe('the sample extension of docs', () => {
  after(closeEditors);

  it('is there, and holds no code', () => {
    const sample = vscode.extensions.getExtension('example.sample-pack-extension');
    assert.ok(sample);
    assert.equal((sample.packageJSON as { readonly main?: unknown }).main, undefined);
  });

  it('brings a pack that is in the view and works', async () => {
    const api = await handshake();
    const nodes = await children(api);
    const node = nodes.find((each) => each.kind === 'pack' && each.packId === 'sample-of-an-extension');
    assert.ok(node?.kind === 'pack', 'the pack is not in the view');
    assert.deepEqual(node.problems, []);
    assert.match(node.address, /packs\/sample\.tcpquiz\.yaml$/);
    await vscode.commands.executeCommand('handshake.startDrill', node.packId);
    const screen = await screenOf(api, 'handshake.lesson', 'lesson', ({ pack }) => pack.id === node.packId);
    assert.equal(screen.question.fields.length, 2);
  });
});
