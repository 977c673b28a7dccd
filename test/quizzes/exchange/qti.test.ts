// Well-formed by libxml2, unpacked by our own reader, references followed. test/browser/qti.test.ts plays the items.

import assert from 'node:assert/strict';
import { toQti } from '../../../quizzes/exchange/qti.ts';
import { staticPack } from '../../../quizzes/exchange/static-question.ts';
import { readZip } from '../../../scripts/zip.ts';
import { shippedPacks } from '../support.ts';
import { hostilePack, shippedStatic } from './support.ts';
import { all, assertWellFormed, type Element, one, readXml, textOf } from './xml.ts';

function unpack(zip: Uint8Array): Readonly<Record<string, string>> {
  return Object.fromEntries(readZip(Buffer.from(zip)).map((entry) => [entry.name, entry.text()]));
}

/** Every element below, with its name. */
function* within(element: Element): Generator<readonly [string, Element]> {
  for (const [name, children] of Object.entries(element)) {
    if (!Array.isArray(children)) continue;
    for (const child of children as Element[]) {
      yield [name, child];
      yield* within(child);
    }
  }
}

const IDENTIFIER = /^[A-Za-z_][\w.-]*$/;

describe('a QTI 3 package', () => {
  it('is well-formed for libxml2, file by file', async () => {
    const [pack] = await shippedStatic('zh-CN');
    assert.ok(pack);
    const hostile = staticPack(await hostilePack(), { variants: 1, seed: 1, language: 'en' });
    for (const each of [pack, hostile]) {
      const files = unpack(toQti(each));
      await assertWellFormed(
        Object.fromEntries(Object.entries(files).map(([name, text]) => [name.replace('/', '-'), text])),
      );
    }
  }).timeout(60_000);

  it('lists every file it holds, and holds every file it lists', async () => {
    for (const pack of await shippedStatic('en')) {
      const files = unpack(toQti(pack));
      const resources = all(
        one(readXml(files['imsmanifest.xml'] ?? ''), 'manifest', 'resources'),
        'resource',
      );
      const listed = resources.map((resource) => textOf(resource, '@href'));
      assert.deepEqual(
        [...listed].sort(),
        Object.keys(files)
          .filter((name) => name !== 'imsmanifest.xml')
          .sort(),
      );
      const refs = [...within(readXml(files['test.xml'] ?? ''))].filter(
        ([name]) => name === 'qti-assessment-item-ref',
      );
      assert.deepEqual(
        refs.map(([, ref]) => textOf(ref, '@href')).sort(),
        listed.filter((name) => name !== 'test.xml').sort(),
      );
    }
  });

  it('has items whose parts name each other rightly', async () => {
    for (const pack of await shippedStatic('en')) {
      for (const [name, text] of Object.entries(unpack(toQti(pack)))) {
        if (!name.startsWith('items/')) continue;
        const item = one(readXml(text), 'qti-assessment-item');
        const parts = [...within(item)];
        const ids = (tag: string) =>
          parts.filter(([each]) => each === tag).map(([, part]) => textOf(part, '@identifier'));
        const responses = ids('qti-response-declaration');
        const outcomes = ids('qti-outcome-declaration');
        for (const id of [...responses, ...outcomes, textOf(item, '@identifier')])
          assert.match(id, IDENTIFIER);
        const interactions = parts.flatMap(([, part]) => textOf(part, '@response-identifier') || []);
        assert.deepEqual(interactions.sort(), responses, name);
        const feedbacks = new Set(ids('qti-modal-feedback'));
        const set = parts
          .filter(([tag]) => tag === 'qti-base-value')
          .filter(([, value]) => value['@base-type'] === 'identifier');
        const choices = new Set(ids('qti-simple-choice'));
        for (const [, value] of set)
          assert.ok(feedbacks.has(textOf(value)) || choices.has(textOf(value)), `${name}: ${textOf(value)}`);
      }
    }
  });

  it('is the same for the same pack and seed', async () => {
    const [pack] = await shippedPacks();
    assert.ok(pack);
    const make = () => toQti(staticPack(pack, { variants: 2, seed: 9, language: 'en' }));
    assert.deepEqual(make(), make());
  });
});
