import assert from 'node:assert/strict';
import fc from 'fast-check';
import { load, readShipped, SHIPPED } from '../support.ts';

/** Packs of one section each: small enough to be read hundreds of times. */
function shortened(text: string): string {
  const second = text.indexOf('\n  - title:', text.indexOf('\n  - title:') + 1);
  return second < 0 ? text : text.slice(0, second + 1);
}
const TEXTS = SHIPPED.slice(0, 4).map(readShipped).map(shortened);

const PIECES = [
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ':',
  ': ',
  '-',
  '\n',
  '\n  ',
  '\t',
  '#',
  '&a ',
  '*a',
  '!!binary ',
  '|',
  '>',
  '%',
  '\0',
  '\u2028',
  '😀',
  '中',
  'null',
  '1e999',
  '__proto__: 1\n',
  'ask: ',
  'when: ',
];

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(30),
  insert: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 8 })),
});

describe('any input at all', () => {
  it('never throws; whatever takes something away is told, with a place in the file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...TEXTS),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        async (text, mutations) => {
          let changed = text;
          for (const { at, remove, insert } of mutations) {
            const from = Math.floor(at * changed.length);
            changed = changed.slice(0, from) + insert + changed.slice(from + remove);
          }
          const { pack, issues } = await load(changed);
          for (const { start, end, message } of issues) {
            assert.ok(start.offset >= 0 && start.offset <= end.offset && end.offset <= changed.length);
            assert.ok(start.line >= 1 && start.column >= 1);
            assert.ok(message.en !== '' && !/undefined|\[object/.test(message.en), message.en);
          }
          if (pack === undefined) assert.ok(issues.some(({ severity }) => severity === 'error'));
        },
      ),
      { numRuns: 120 },
    );
  }).timeout(120_000);

  it('never throws on text that is no pack', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
        const { pack, issues } = await load(text);
        assert.ok(pack !== undefined || issues.length > 0);
      }),
    );
  });
});
