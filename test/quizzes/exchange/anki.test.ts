// Read by csv-parse with the rules of docs.ankiweb.net/importing/text-files.html: headers, tabs, doubled quotes.

import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { parseFragment } from 'parse5';
import { toAnki } from '../../../quizzes/exchange/anki.ts';
import { staticPack } from '../../../quizzes/exchange/static-question.ts';
import { hostilePack, shippedStatic } from './support.ts';

/** The headers of an import file, and its notes. */
function read(text: string) {
  const lines = text.split('\n');
  const length = lines.findIndex((line) => !line.startsWith('#'));
  const headers = Object.fromEntries(
    lines.slice(0, length).map((line) => {
      const [key = '', ...value] = line.slice(1).split(':');
      return [key, value.join(':')];
    }),
  );
  const notes = parse(lines.slice(length).join('\n'), {
    delimiter: '\t',
    quote: '"',
    escape: '"',
  }) as string[][];
  return { headers, notes };
}

describe('notes for Anki', () => {
  it('have a guid that stays, HTML on both sides and tags without blanks', async () => {
    for (const language of ['en', 'zh-CN'] as const) {
      for (const pack of [
        ...(await shippedStatic(language)),
        staticPack(await hostilePack(), { variants: 1, seed: 1, language }),
      ]) {
        const { headers, notes } = read(toAnki(pack));
        assert.equal(headers['separator'], 'tab');
        assert.equal(headers['html'], 'true');
        assert.equal(headers['columns']?.split('\t').length, 4);
        assert.equal(notes.length, pack.questions.length);
        assert.equal(new Set(notes.map(([guid]) => guid)).size, notes.length);
        for (const [guid = '', front = '', back = '', tags = ''] of notes) {
          assert.ok(guid.startsWith(`handshake/${pack.id}/`));
          for (const side of [front, back]) {
            const errors: string[] = [];
            parseFragment(side, { onParseError: ({ code }) => errors.push(code) });
            assert.deepEqual(errors, [], guid);
          }
          assert.ok(tags.split(' ').every((tag) => tag !== ''));
        }
      }
    }
  });
});
