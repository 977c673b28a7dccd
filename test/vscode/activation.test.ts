import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('activation', () => {
  const extension = vscode.extensions.getExtension('handshake.handshake');

  it('activates', async () => {
    assert.ok(extension, 'handshake.handshake is not installed');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers every command that package.json contributes', async () => {
    const manifest = extension?.packageJSON as { contributes: { commands: readonly { command: string }[] } };
    const commands = new Set(await vscode.commands.getCommands(true));
    assert.ok(manifest.contributes.commands.length > 0);
    for (const { command } of manifest.contributes.commands) {
      assert.ok(commands.has(command), `${command} is not registered`);
    }
  });
});
