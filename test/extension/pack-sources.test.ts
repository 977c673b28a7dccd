import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { contributedPacks, folderWishes } from '../../extension/packs/pack-sources.ts';

const contributing = (handshakePacks: unknown) => contributedPacks({ contributes: { handshakePacks } });

describe('packs that other extensions contribute', () => {
  it('are named by their paths in the extension', () => {
    assert.deepEqual(contributing([{ path: './packs/a.tcpquiz.yaml' }, { path: 'b.tcpquiz.yaml' }]), [
      { path: 'packs/a.tcpquiz.yaml' },
      { path: 'b.tcpquiz.yaml' },
    ]);
  });

  it('are none in an extension that says nothing of them', () => {
    for (const manifest of [undefined, null, 5, {}, { contributes: 5 }, { contributes: {} }]) {
      assert.deepEqual(contributedPacks(manifest), []);
    }
  });

  it('are refused one by one, each with what to write instead', () => {
    const bad: readonly (readonly [unknown, RegExp])[] = [
      [{ path: 5 }, /\[0\] has no path; write/],
      ['a.tcpquiz.yaml', /\[0\] has no path; write/],
      [{ path: 'a.yaml' }, /"a\.yaml" does not end in \.tcpquiz\.yaml/],
      [{ path: '../a.tcpquiz.yaml' }, /outside the extension/],
      [{ path: '/etc/a.tcpquiz.yaml' }, /outside the extension/],
      [{ path: 'x/../../a.tcpquiz.yaml' }, /outside the extension/],
      [{ path: 'x\\..\\..\\a.tcpquiz.yaml' }, /outside the extension/],
      [{ path: 'https://example.org/a.tcpquiz.yaml' }, /outside the extension/],
    ];
    for (const [entry, message] of bad) {
      const [problem, good] = contributing([entry, { path: 'good.tcpquiz.yaml' }]);
      assert.ok(problem && 'says' in problem, JSON.stringify(entry));
      assert.match(problem.says.en, message);
      assert.deepEqual(good, { path: 'good.tcpquiz.yaml' });
    }
    const [problem] = contributing({ path: 'a.tcpquiz.yaml' });
    assert.ok(problem && 'says' in problem);
    assert.match(problem.says.en, /is no list; write \[/);
  });

  it('may be anything at all without harm', () => {
    fc.assert(fc.property(fc.anything(), (manifest) => contributedPacks(manifest).length >= 0));
    fc.assert(fc.property(fc.anything(), (point) => contributing(point).length >= 0));
  });

  it('are those of the sample in docs', () => {
    const manifest: unknown = JSON.parse(readFileSync('docs/sample-pack-extension/package.json', 'utf8'));
    assert.deepEqual(contributedPacks(manifest), [{ path: 'packs/sample.tcpquiz.yaml' }]);
  });
});

describe('folders that the user names', () => {
  it('are full paths and addresses, each once', () => {
    assert.deepEqual(folderWishes(['/a/b ', 'C:\\packs', '/a/b', 'vscode-vfs://github/a/b', '']), [
      { kind: 'path', text: '/a/b' },
      { kind: 'path', text: 'C:\\packs' },
      { kind: 'uri', text: 'vscode-vfs://github/a/b' },
    ]);
  });

  it('are refused with what to write instead', () => {
    for (const text of ['packs', './packs', '~/packs']) {
      const [wish] = folderWishes([text]);
      assert.ok(wish?.kind === 'bad');
      assert.match(wish.says.en, /no full path; write it from the root on/);
    }
    assert.equal(folderWishes([5])[0]?.kind, 'bad');
    assert.deepEqual(folderWishes('packs'), []);
  });
});
