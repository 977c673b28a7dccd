import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/paths.ts';

const WEBVIEW = path.join(ROOT, 'webview');
const CALL = /\bt\(\s*(?:'((?:[^'\\]|\\.)*)'|([^)]))/g;

function sources(): readonly { readonly file: string; readonly text: string }[] {
  return readdirSync(WEBVIEW, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && path.basename(file) !== 'text.ts')
    .map((file) => ({ file, text: readFileSync(path.join(WEBVIEW, file), 'utf8') }));
}

const dictionary: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(path.join(WEBVIEW, 'strings.zh-cn.json'), 'utf8'),
);
const places = (text: string) => [...new Set(text.match(/\{\d+\}/g))].sort();

describe('sentences of the webview', () => {
  const used = new Set<string>();
  for (const { file, text } of sources()) {
    for (const [whole, sentence] of text.matchAll(CALL)) {
      it(`${file} calls t() with a literal: ${whole}`, () => assert.notEqual(sentence, undefined));
      if (sentence !== undefined) used.add(sentence.replaceAll("\\'", "'"));
    }
  }

  it('are all found', () => assert.ok(used.size > 100));
  it('are all in Chinese', () =>
    assert.deepEqual(
      [...used].filter((sentence) => !dictionary[sentence]),
      [],
    ));
  it('are all still used', () =>
    assert.deepEqual(
      Object.keys(dictionary).filter((sentence) => !used.has(sentence)),
      [],
    ));
  it('have the same places for values in both languages', () => {
    const different = Object.entries(dictionary).filter(
      ([en, zh]) => places(en).join() !== places(zh).join(),
    );
    assert.deepEqual(different, []);
  });
});
