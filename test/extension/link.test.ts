import assert from 'node:assert/strict';
import fc from 'fast-check';
import { linkText, parseLink } from '../../extension/lessons/link.ts';

describe('links to Handshake', () => {
  const good = [
    ['/review', '', { kind: 'review' }],
    ['/mastery/', 'x=1', { kind: 'mastery' }],
    ['/drill', 'pack=time-wait', { kind: 'drill', pack: 'time-wait', question: undefined, seed: undefined }],
    ['/drill', 'pack=a&question=b', { kind: 'drill', pack: 'a', question: 'b', seed: undefined }],
    [
      '/drill',
      'pack=a&question=b&seed=4294967295',
      { kind: 'drill', pack: 'a', question: 'b', seed: 4_294_967_295 },
    ],
  ] as const;
  for (const [path, query, target] of good) {
    it(`follows ${path}?${query}`, () =>
      assert.deepEqual(parseLink(path, query), { ok: true, value: target }));
  }

  const bad = [
    ['/install', '', 'unknown-path'],
    ['/drill', '', 'no-pack'],
    ['/drill', 'pack=', 'no-pack'],
    ['/drill', 'pack=../../etc', 'bad-id'],
    ['/drill', 'pack=a&question=%3Cscript%3E', 'bad-id'],
    ['/drill', 'pack=a&question=b&seed=-1', 'bad-seed'],
    ['/drill', 'pack=a&question=b&seed=4294967296', 'bad-seed'],
    ['/drill', 'pack=a&question=b&seed=1e3', 'bad-seed'],
    ['/drill', 'pack=a&seed=1', 'seed-without-question'],
  ] as const;
  for (const [path, query, code] of bad) {
    it(`refuses ${path}?${query}`, () => {
      const parsed = parseLink(path, query);
      assert.equal(parsed.ok ? undefined : parsed.error.code, code);
    });
  }

  it('never throws, and reads back every link that is made', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (path, query) => typeof parseLink(path, query).ok === 'boolean'),
    );
    const link = linkText('vscode', 'handshake.handshake', { pack: 'time-wait', question: 'one.b', seed: 7 });
    assert.equal(link, 'vscode://handshake.handshake/drill?pack=time-wait&question=one.b&seed=7');
    const { pathname, search } = new URL(link);
    const target = { kind: 'drill', pack: 'time-wait', question: 'one.b', seed: 7 };
    assert.deepEqual(parseLink(pathname, search.slice(1)), { ok: true, value: target });
  });
});
