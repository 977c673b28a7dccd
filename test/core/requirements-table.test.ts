import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { assertReferences, ROOT } from './references.ts';

const TABLE = readFileSync(new URL('docs/requirements.md', ROOT), 'utf8');

/** RFC 9293 numbers its requirements without a gap. */
const NUMBERED = { MUST: 69, SHLD: 31, MAY: 18, REC: 1 } as const;
const IDS = Object.entries(NUMBERED).flatMap(([kind, last]) =>
  Array.from({ length: last }, (_, index) => `${kind}-${index + 1}`),
);

const ROWS = [...TABLE.matchAll(/^\| ((?:MUST|SHLD|MAY|REC)-\d+) \| (.+?) \| (.+?) \| (.+) \|$/gm)].map(
  ([, id = '', , status = '', why = '']) => ({ id, status, why }),
);

describe('the requirements of RFC 9293 Appendix B (docs/requirements.md)', () => {
  it('are all there', () => {
    const named = new Set(ROWS.map(({ id }) => id));
    assert.deepEqual(
      IDS.filter((id) => !named.has(id)),
      [],
    );
    assert.equal(named.size, IDS.length);
  });

  for (const { id, status, why } of ROWS) {
    it(`${id}: ${status}`, () => {
      assert.match(status, /^(?:met|not met|not applicable)$/);
      const references = assertReferences(why);
      if (status === 'met') assert.ok(references.length > 0, 'names where it is seen');
      else assert.ok(why.length > 5, 'says why');
    });
  }
});
