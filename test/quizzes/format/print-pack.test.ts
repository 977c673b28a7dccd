import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import { packHash } from '../../../quizzes/format/pack-hash.ts';
import { printPack } from '../../../quizzes/format/print-pack.ts';
import { load, readShipped, SHIPPED } from '../support.ts';

const text = fc
  .oneof(
    fc.string({ minLength: 1, unit: 'grapheme' }),
    fc.constantFrom(
      'yes',
      'null',
      '1e3',
      '~',
      '- a',
      'a: b',
      'a #b',
      ' x ',
      'x\n',
      '\n\nx',
      '"',
      "'",
      '|',
      '>-',
      '中文，“引号”',
      '{ en: One, two }',
      '0x10',
      '2026-01-01',
      '<<',
      '*a',
      '&a',
      '!t',
      '\t',
    ),
  )
  .filter((each) => each.trim() !== '');
const bilingual = fc.oneof(text, fc.record({ 'en': text, 'zh-CN': text }));
const id = fc.stringMatching(/^[a-z0-9]+(-[a-z0-9]+){0,2}$/).filter((each) => each.length <= 60);
const prose = fc.record(
  {
    id,
    title: bilingual,
    prompt: bilingual,
    rubric: fc.array(bilingual, { minLength: 1, maxLength: 4 }),
    hints: fc.array(bilingual, { maxLength: 3 }),
    difficulty: fc.constantFrom(1, 2, 3),
    points: fc.integer({ min: 0, max: 1000 }),
  },
  { requiredKeys: ['id', 'prompt', 'rubric'] },
);
const computed = fc.record(
  {
    id,
    scenario: fc.constant('run'),
    when: fc.constant('A enters TIME-WAIT'),
    ask: fc.constant(['time left in TIME-WAIT at A', 'state of A']),
    prompt: bilingual,
    alternatives: fc.uniqueArray(
      fc.constantFrom(
        'profile rfc9293',
        'within 5 s',
        'within 10 %',
        'at B receives FIN',
        'state of A = CLOSED',
      ),
      { minLength: 1 },
    ),
    feedback: fc.record({ 'no-time-wait': bilingual }),
  },
  { requiredKeys: ['id', 'scenario', 'when', 'ask'] },
);
const SCENARIOS = {
  run: {
    profile: 'textbook',
    script: [{ B: 'listen' }, { A: 'connect' }, { A: 'close' }, { B: 'close' }],
  },
  drilled: { script: '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 bind(3, ..., ...) = 0\n' },
};
const pack = fc.record({
  format: fc.constant(1),
  id,
  title: bilingual,
  intro: bilingual,
  exam: fc.record(
    {
      'time-limit': fc.constantFrom('45 min', '1 h'),
      'shuffle': fc.boolean(),
      'pass': fc.integer({ min: 0, max: 100 }),
    },
    { requiredKeys: [] },
  ),
  authors: fc.uniqueArray(fc.constantFrom('Ann', 'Ben', '陈'), { minLength: 1 }),
  languages: fc.constantFrom(['en'], ['zh-CN'], ['en', 'zh-CN']),
  scenarios: fc.constant(SCENARIOS),
  questions: fc.uniqueArray(fc.oneof(prose, computed), {
    minLength: 1,
    maxLength: 4,
    selector: (question) => question.id,
  }),
});

const nothing = async () => undefined;

describe('a printed pack', () => {
  it('is read back as what was printed, whatever its texts hold', async () => {
    await fc.assert(
      fc.asyncProperty(pack, async (drawn) => {
        const value = structuredClone(drawn);
        const printed = printPack(value);
        assert.deepEqual(parse(printed), value);
        assert.equal(printPack(parse(printed)), printed);
        const { issues, pack: loaded } = await load(printed);
        assert.deepEqual(
          issues.filter(({ severity }) => severity === 'error').map(({ message }) => message.en),
          [],
        );
        assert.equal(loaded?.questions.length, value.questions.length);
        assert.deepEqual(
          loaded?.questions.map(({ rubric }) => rubric.map(({ en }) => en)),
          value.questions.map((question) =>
            ('rubric' in question ? question.rubric : []).map((point) =>
              typeof point === 'string' ? point : point.en,
            ),
          ),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('is the same pack, for every shipped one', async () => {
    for (const name of SHIPPED) {
      const source = readShipped(name);
      const printed = printPack(parse(source));
      assert.deepEqual((await load(printed)).pack, (await load(source)).pack, name);
      assert.equal(await packHash(printed, nothing), await packHash(source, nothing), name);
    }
  });
});

describe('the hash of a pack', () => {
  it('changes with what it says and with its captures, not with its layout', async () => {
    const source = 'format: 1\nid: a # comment\nscenarios:\n  c: { capture: x.pcap }\n';
    const reader = (octet: number) => async () => Uint8Array.of(octet);
    const hash = await packHash(source, reader(1));
    assert.equal(await packHash('id: a\nformat: 1\nscenarios: {c: {capture: "x.pcap"}}', reader(1)), hash);
    assert.notEqual(await packHash(source.replace('id: a', 'id: b'), reader(1)), hash);
    assert.notEqual(await packHash(source, reader(2)), hash);
    assert.match(hash, /^[0-9a-f]{64}$/);
  });
});
