import assert from 'node:assert/strict';
import { ACK, has, PSH, RST, SYN, segment } from '../../core/tcp/segment.ts';
import { parseFlags } from '../../core/wire/notation.ts';
import { parseDuration } from '../../quizzes/engine/durations.ts';
import { parseNumber } from '../../quizzes/engine/numbers.ts';
import { PLACEHOLDERS } from '../../webview/lesson/placeholders.ts';
import { packScreens } from './pack-screens.ts';

describe('the placeholder of an empty field', () => {
  it('cannot be read as a number or a time', () => {
    for (const text of [PLACEHOLDERS.number, PLACEHOLDERS.count, PLACEHOLDERS.word])
      assert.equal(parseNumber(text, { host: 'A', symbols: [], base: undefined }), undefined, text);
    assert.equal(parseDuration(PLACEHOLDERS.duration), undefined);
  });

  it('shows how control bits are written, but a segment that no TCP sends: neither SYN, RST nor ACK', () => {
    const flags = parseFlags(PLACEHOLDERS.flags);
    assert.ok(flags !== undefined && has(segment({ flags }), PSH));
    assert.ok([SYN, RST, ACK].every((bit) => !has(segment({ flags }), bit)));
  });

  it('is the answer to no field of a shipped pack', async () => {
    const texts = new Set<string>(Object.values(PLACEHOLDERS));
    const expected = (await packScreens('en')).flatMap(({ screen }) => screen.verdict?.fields ?? []);
    assert.ok(expected.length > 100);
    assert.deepEqual(
      expected.filter((field) => texts.has(field.expected)),
      [],
    );
  });
});
