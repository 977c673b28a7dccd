import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

interface Manifest {
  readonly icon: string;
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
  };
}

const text = readFileSync(path.join(ROOT, 'package.json'), 'utf8');
const manifest = JSON.parse(text) as Manifest;

describe('package.json', () => {
  it('is written against the oldest VS Code it promises to run in', () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
  });

  it('names only media that are there', () => {
    for (const [, file] of text.matchAll(/"(media\/[^"]+)"/g))
      assert.ok(existsSync(path.join(ROOT, file ?? '')), file);
  });

  it('has an icon of 256 by 256 pixels', () => {
    const png = readFileSync(path.join(ROOT, manifest.icon));
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [256, 256]);
  });

  it('has commands behind all of its menus', () => {
    const commands = new Set(manifest.contributes.commands.map(({ command }) => command));
    for (const item of Object.values(manifest.contributes.menus).flat())
      assert.ok(commands.has(item.command), item.command);
  });
});
