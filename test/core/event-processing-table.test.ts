import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isThere, sharedPath } from '../oracle/shared.ts';
import { assertReferences, ROOT } from './references.ts';

// docs/event-processing.md beside the text of RFC 9293 §3.10: nothing left out, nothing made up.

interface Row {
  readonly section: string;
  readonly quote: string;
  readonly status: string;
  readonly where: string;
}

/** A paragraph or an item of a list, its lines joined. */
interface Paragraph {
  readonly section: string;
  readonly text: string;
}

const TABLE = readFileSync(new URL('docs/event-processing.md', ROOT), 'utf8');

const ROWS: readonly Row[] = TABLE.split(/^## /m)
  .slice(1)
  .flatMap((part) =>
    [...part.matchAll(/^\| "(.+)" \| (.+?) \| (.+) \|$/gm)].map(
      ([, quote = '', status = '', where = '']) => ({
        section: /^\S+/.exec(part)?.[0] ?? '',
        quote: quote.replaceAll('\\"', '"'),
        status,
        where,
      }),
    ),
  );

/** Names of states and timeouts, headings of checks, segment formats, drawings: they say nothing to do by themselves. */
const HEADINGS =
  /^(?:[A-Z0-9 -]+ (?:STATE|TIMEOUT)(?: \(.*\))?|(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth), (?:check|process|other).*:|If the state is .*, then|[iI]f the (?:RST|ACK) bit is set,|if the ACK bit is on,|Otherwise,|Return\.|and return\.|<SEQ=.*>|[+|].*|Table 6.*|SND\.WL[12] <- .*)$/;

function paragraphsOf(rfc: string): readonly Paragraph[] {
  const lines = rfc.split(/\r?\n/);
  const from = lines.findIndex((line) => line.startsWith('3.10.1.  OPEN Call'));
  const to = lines.findIndex((line) => line.startsWith('4.  Glossary'));
  const found: Paragraph[] = [];
  let section = '';
  let text = '';
  const close = () => {
    if (text !== '') found.push({ section, text: text.replaceAll(/(?<=[A-Za-z])- (?=[A-Za-z])/g, '-') });
    text = '';
  };
  for (const line of lines.slice(from, to)) {
    if (/^(?:Eddy|RFC 9293)/.test(line)) continue;
    const heading = /^(3\.10\.\d(?:\.\d)?)\. {2}/.exec(line)?.[1];
    const item = /^(?:[*o+-]|\d\)) +(.*)$/.exec(line.trim())?.[1];
    if (heading !== undefined || item !== undefined || line.trim() === '') close();
    if (heading !== undefined) section = heading;
    else text = `${text} ${item ?? line.trim()}`.trim().replaceAll(/ {2,}/g, ' ');
  }
  close();
  return found.filter((one) => !HEADINGS.test(one.text));
}

describe('RFC 9293 §3.10, sentence by sentence (docs/event-processing.md)', () => {
  it('has rows', () => assert.ok(ROWS.length > 100));

  for (const { section, quote, status, where } of ROWS) {
    it(`§${section} ${quote.slice(0, 60)}: ${status}`, () => {
      assert.match(status, /^(?:met|otherwise|not met|not applicable)$/);
      const references = assertReferences(where);
      if (status === 'met') assert.ok(references.length > 0, 'names where it is seen');
      if (status === 'otherwise') assert.match(references.join(), /docs\/departures\.md: /);
      assert.ok(where.length > 5, 'says why');
    });
  }

  const path = sharedPath('rfc/rfc9293.txt');
  if (!isThere(path, 'RFC 9293 §3.10 beside docs/event-processing.md')) return;
  const paragraphs = () => paragraphsOf(readFileSync(path, 'utf8'));

  it('quotes every paragraph that says what to do', () => {
    const quotes = (one: Paragraph) =>
      ROWS.some(({ section, quote }) => section === one.section && one.text.includes(quote));
    assert.deepEqual(
      paragraphs().filter((one) => !quotes(one)),
      [],
    );
  });

  it('quotes nothing that the RFC does not say there', () => {
    const said = paragraphs();
    const stands = ({ section, quote }: Row) =>
      said.some((one) => one.section === section && one.text.includes(quote));
    assert.deepEqual(
      ROWS.filter((row) => !stands(row)).map(({ section, quote }) => `${section} ${quote}`),
      [],
    );
  });
});
