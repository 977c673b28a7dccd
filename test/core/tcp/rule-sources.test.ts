import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import type { RfcSource } from '../../../core/tcp/rule.ts';
import { RULES, sourceLink, sourceText } from '../../../core/tcp/rules.ts';
import { MISCONCEPTIONS } from '../../../quizzes/engine/misconceptions.ts';
import { isThere, sharedPath } from '../../oracle/shared.ts';

const RFCS = [9293, 6298, 1337, 2018, 3522, 5681, 5961, 6937, 7323, 7413, 8985];

const CITED: readonly (readonly [string, RfcSource])[] = [
  ...Object.entries(RULES),
  ...MISCONCEPTIONS.map((misconception) => [misconception.id, misconception] as const),
].flatMap(([id, { source }]) => ('rfc' in source ? [[id, source] as const] : []));

/** Where the text of an RFC is; not every one that is cited is there. */
function textOf(rfc: number): string {
  return sharedPath(`rfc/rfc${rfc}.txt`);
}

/** Numbers of the headings of an RFC's text: they stand at the margin, while the table of contents does not. */
function headings(text: string): ReadonlySet<string> {
  return new Set(
    [...text.matchAll(/^(?:Appendix )?([A-Z]|[A-Z]?[\d.]*\d)\. +\S/gm)].map(([, number = '']) => number),
  );
}

describe('what rules and misconceptions cite', () => {
  it('is a section of an RFC that is known here', () => {
    for (const [id, { rfc, section }] of CITED) {
      assert.ok(RFCS.includes(rfc), id);
      assert.match(section, /^(?:[A-Z]|\d+)(?:\.\d+)*$/, id);
    }
  });

  const read = isThere(sharedPath('rfc'), 'that what is cited is a heading there')
    ? [...new Set(CITED.map(([, source]) => source.rfc))].filter((rfc) => existsSync(textOf(rfc)))
    : [];
  for (const rfc of read) {
    it(`is a heading of RFC ${rfc}, and an item of that section`, () => {
      const text = readFileSync(textOf(rfc), 'utf8');
      const known = headings(text);
      for (const [id, { section, item }] of CITED.filter(([, source]) => source.rfc === rfc)) {
        assert.ok(known.has(section), `${id}: RFC ${rfc} has no §${section}`);
        assert.ok(
          item === undefined || text.includes(`(${item})`),
          `${id}: RFC ${rfc} has no item (${item})`,
        );
      }
    });
  }

  const shown: readonly (readonly [keyof typeof RULES, string, string | undefined])[] = [
    ['number/syn-takes-one', 'RFC 9293 §3.4', 'https://www.rfc-editor.org/rfc/rfc9293.html#section-3.4'],
    ['timer/backs-off', 'RFC 6298 §5 (5.5)', 'https://www.rfc-editor.org/rfc/rfc6298.html#section-5'],
    [
      'open/simultaneous-ack-counts',
      'RFC 9293 §A.2',
      'https://www.rfc-editor.org/rfc/rfc9293.html#appendix-A.2',
    ],
    ['listen/queue-is-full', 'Linux tcp_abort_on_overflow', undefined],
  ];
  for (const [id, text, link] of shown) {
    it(`is shown for ${id} as ${text}`, () => {
      assert.equal(sourceText(RULES[id]), text);
      assert.equal(sourceLink(RULES[id]), link);
    });
  }
});
