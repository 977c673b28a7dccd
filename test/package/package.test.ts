import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/paths.ts';
import { readZip } from '../../scripts/zip.ts';

/** Everything a .vsix may hold, by its path in the archive. */
const ALLOWED = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/package(\.nls(\.[a-z-]+)?)?\.json$/,
  /^extension\/(readme(\.[a-z-]+)?|changelog)\.md$/i,
  /^extension\/LICENSE(\.txt|\.md)?$/,
  /^extension\/media\/[\w./-]+\.(png|svg|md|css)$/,
  /^extension\/dist\/(extension\.cjs|extension-web\.cjs(\.js)?|webview\.(js|css)|strings\.[a-z-]+\.json|tcpquiz\.schema\.json)$/,
  /^extension\/media\/packetdrill\/(grammar|language-configuration)\.json$/,
  /^extension\/dist\/packs\/.+\.(tcpquiz\.yaml|pcap|pcapng|md)$/,
];

const MAX_BYTES = 1_048_576;

describe('the .vsix that `npm run package` makes', () => {
  const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    readonly version: string;
    readonly icon: string;
    readonly main: string;
    readonly browser: string;
  };
  const zip = readFileSync(path.join(ROOT, `handshake-${manifest.version}.vsix`));
  const entries = readZip(zip);
  const names = new Set(entries.map((entry) => entry.name));
  const holds = (file: string) => names.has(path.posix.join('extension', file));

  it('holds nothing but what a user needs', () => {
    assert.deepEqual(
      [...names].filter((name) => !ALLOWED.some((pattern) => pattern.test(name))),
      [],
    );
  });

  it('holds both bundles, the webview, the icon and the papers', () => {
    const files = [manifest.main, manifest.browser, `${manifest.browser}.js`, manifest.icon];
    const others = [
      'dist/webview.js',
      'dist/webview.css',
      'dist/strings.zh-cn.json',
      'package.nls.json',
      'package.nls.zh-cn.json',
    ];
    for (const file of [...files, ...others]) assert.ok(holds(file), `${file} is missing`);
    for (const name of ['readme.md', 'changelog.md', 'license.txt']) {
      assert.ok(
        [...names].some((each) => each.toLowerCase() === `extension/${name}`),
        `${name} is missing`,
      );
    }
  });

  it('holds every pack of the sources, and the translated sentences in its code', () => {
    const files = (folder: string) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(path.join(ROOT, folder), path.join(entry.parentPath, entry.name)));
    const packs = files('quizzes/packs').map((file) => `dist/packs/${file.replaceAll('\\', '/')}`);
    assert.ok(packs.length > 0);
    for (const file of packs) assert.ok(holds(file), `${file} is missing`);
    const code = entries.find(({ name }) => name === 'extension/dist/extension-web.cjs')?.text() ?? '';
    for (const file of files('l10n')) {
      const sentences = JSON.parse(readFileSync(path.join(ROOT, 'l10n', file), 'utf8')) as object;
      assert.ok(
        Object.values(sentences).every((sentence: string) => code.includes(sentence)),
        file,
      );
    }
  });

  it('points to no source map', () => {
    const code = entries.filter((entry) => /\.(c?js|css)$/.test(entry.name));
    assert.deepEqual(
      code.filter((entry) => entry.text().includes('sourceMappingURL=')).map((entry) => entry.name),
      [],
    );
  });

  it(`is under ${MAX_BYTES} bytes`, () => {
    assert.ok(zip.length < MAX_BYTES, `${zip.length} bytes`);
  });
});
