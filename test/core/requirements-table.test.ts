import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { RULES } from '../../core/tcp/rules.ts';
import { FIGURES } from './timeline/figures.ts';
import { RULE_SCENES } from './timeline/rule-scenes.ts';
import { SCENES } from './timeline/scenes.ts';

const ROOT = new URL('../../', import.meta.url);
const TABLE = readFileSync(new URL('docs/requirements.md', ROOT), 'utf8');

/** RFC 9293 numbers its requirements without a gap. */
const NUMBERED = { MUST: 69, SHLD: 31, MAY: 18, REC: 1 } as const;
const IDS = Object.entries(NUMBERED).flatMap(([kind, last]) =>
  Array.from({ length: last }, (_, index) => `${kind}-${index + 1}`),
);

const ROWS = [...TABLE.matchAll(/^\| ((?:MUST|SHLD|MAY|REC)-\d+) \| (.+?) \| (.+?) \| (.+) \|$/gm)].map(
  ([, id = '', , status = '', why = '']) => ({ id, status, why }),
);

/** Whether something a row names exists: a scene, a figure, a rule, or a text in a file. */
function exists(reference: string): boolean {
  const [, kind, name = ''] = /^(scene|Figure|rule) (.+)$/.exec(reference) ?? [];
  if (kind === 'scene') return name in SCENES || name in RULE_SCENES;
  if (kind === 'Figure') return name in FIGURES;
  if (kind === 'rule') return name in RULES;
  const [path = '', text = ''] = reference.split(/: (.*)/s);
  const file = new URL(path, ROOT);
  return existsSync(file) && readFileSync(file, 'utf8').includes(text);
}

/** A line of core/ says what was written, not what was seen: it is no reference. */
const SHAPE = /^(?:scene |Figure |rule |test\/\S+: )/;

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
      const references = [...why.matchAll(/`([^`]+)`/g)]
        .map(([, text = '']) => text)
        .filter((text) => SHAPE.test(text));
      if (status === 'met') assert.ok(references.length > 0, 'names where it is seen');
      else assert.ok(why.length > 5, 'says why');
      for (const reference of references) assert.ok(exists(reference), reference);
    });
  }
});
