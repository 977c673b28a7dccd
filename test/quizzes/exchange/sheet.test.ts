// Read by parse5, as a browser would. test/browser/sheet.test.ts asks axe about it.

import assert from 'node:assert/strict';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { toSheet } from '../../../quizzes/exchange/sheet.ts';
import { staticPack } from '../../../quizzes/exchange/static-question.ts';
import { HOSTILE, hostilePack, shippedStatic } from './support.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

function* elements(node: Node): Generator<Element> {
  if ('tagName' in node) yield node;
  if ('childNodes' in node) for (const child of node.childNodes) yield* elements(child);
}

function textIn(node: Node): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textIn).join('') : '';
}

function read(html: string) {
  const errors: string[] = [];
  const document = parse(html, { onParseError: ({ code }) => errors.push(code) });
  // A slash in a void tag is no mistake of HTML, only one that does nothing.
  assert.deepEqual(
    errors.filter((code) => code !== 'non-void-html-element-start-tag-with-trailing-solidus'),
    [],
  );
  return [...elements(document)];
}

function sections(all: readonly Element[], name: string): Element[] {
  return all.filter(
    ({ tagName, attrs }) => tagName === 'section' && attrs.some(({ value }) => value === name),
  );
}

describe('a sheet to print', () => {
  it('has a version and a key for each variant, in both languages', async () => {
    for (const language of ['en', 'zh-CN'] as const) {
      for (const pack of await shippedStatic(language)) {
        const all = read(toSheet(pack));
        const versions = Math.max(...pack.questions.map(({ variants }) => variants));
        assert.equal(sections(all, 'sheet').length, versions);
        assert.equal(sections(all, 'key').length, versions);
        assert.equal(
          all.find(({ tagName }) => tagName === 'html')?.attrs.find(({ name }) => name === 'lang')?.value,
          language,
        );
      }
    }
  });

  it('keeps the answers to the key', async () => {
    for (const pack of await shippedStatic('en')) {
      const all = read(toSheet(pack));
      const [sheet, other] = sections(all, 'sheet').map(textIn);
      const [key] = sections(all, 'key').map(textIn);
      for (const question of pack.questions.filter(({ variant }) => variant === 1)) {
        for (const { text } of question.reasons) {
          assert.ok(!sheet?.includes(text) && !other?.includes(text), `${pack.id}/${question.id}`);
          assert.ok(key?.includes(text), `${pack.id}/${question.id}`);
        }
      }
    }
  });

  it('holds no scripts, and an author’s signs as text', async () => {
    const pack = staticPack(await hostilePack(), { variants: 1, seed: 1, language: 'en' });
    const all = read(toSheet(pack));
    assert.ok(
      all.every(
        ({ tagName, attrs }) =>
          tagName !== 'script' && attrs.every(({ name }) => !/^on|^href|^src/.test(name)),
      ),
    );
    assert.ok(all.some((element) => element.tagName === 'h1' && textIn(element) === HOSTILE));
  });
});
