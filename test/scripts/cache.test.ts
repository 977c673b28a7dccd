import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { cached } from '../../scripts/vscode/cache.ts';

describe('the cache of downloaded VS Codes', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'handshake-cache-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const fillWith = (text: string) => (folder: string) => writeFile(path.join(folder, 'file'), text);

  it('fills a folder once', async () => {
    await cached('a', fillWith('first'), root);
    const folder = await cached('a', fillWith('second'), root);
    assert.equal(await readFile(path.join(folder, 'file'), 'utf8'), 'first');
  });

  it('leaves nothing behind when filling failed, so that the next try starts afresh', async () => {
    await assert.rejects(
      cached('a', () => Promise.reject(new Error('no network')), root),
      /no network/,
    );
    assert.deepEqual(await readdir(root), []);
  });

  it('gives one whole folder to two that fill it at once', async () => {
    const folders = await Promise.all([cached('a', fillWith('x'), root), cached('a', fillWith('y'), root)]);
    assert.equal(folders[0], folders[1]);
    assert.ok(existsSync(path.join(folders[0], 'file')));
    assert.deepEqual(await readdir(root), ['a']);
  });
});
