import assert from 'node:assert/strict';
import { grade } from '../../../quizzes/engine/grade.ts';
import type { Pack } from '../../../quizzes/engine/pack.ts';
import { gradedVerdict } from '../../../quizzes/engine/verdict.ts';
import { loadGood, packOf, posed } from '../support.ts';

const SCRIPT = `
- B: listen
- A: connect
- A: send 300
- A: close
- B: send 100
- B: close
`;
const MORE = `
iss: { A: 4000000000, B: 3000000000 }
symbols: { u: seq of A's FIN, w: seq of B's FIN }
`;
const QUESTIONS = `
- { id: syn, scenario: run, when: A calls connect, ask: next segment from A }
- { id: syn-ack, scenario: run, when: B receives SYN, ask: next segment from B }
- { id: third, scenario: run, when: A receives SYN-ACK, ask: "next segment from A" }
- { id: data, scenario: run, when: A calls send, ask: "seq, ack and length of next segment from A" }
- { id: ack-of-data, scenario: run, when: B receives data, ask: next segment from B }
- { id: ack-of-fin, scenario: run, when: B receives FIN, ask: next segment from B }
- { id: eof, scenario: run, when: B receives FIN, ask: what B's application sees }
- { id: close-wait, scenario: run, when: B sends ACK last, ask: state of B }
- { id: last, scenario: run, when: A receives FIN, ask: [state of A, time left in TIME-WAIT at A] }
`;

/** Question, what the learner writes, which fields are right, and the misconceptions named, best first. */
const CASES: readonly (readonly [string, Record<string, string>, readonly string[], readonly string[]])[] = [
  // every notation of the right answer
  ['syn', { 'A.flags': 'SYN', 'A.seq': 'x', 'A.ack': '' }, ['A.flags', 'A.seq', 'A.ack'], []],
  ['syn', { 'A.flags': '[S]', 'A.seq': '0r', 'A.ack': 'none' }, ['A.flags', 'A.seq', 'A.ack'], []],
  ['syn', { 'A.flags': 'S', 'A.seq': '4000000000', 'A.ack': '0' }, ['A.flags', 'A.seq', 'A.ack'], []],
  ['syn-ack', { 'B.flags': 'SYN,ACK', 'B.seq': 'y', 'B.ack': 'x+1' }, ['B.flags', 'B.seq', 'B.ack'], []],
  [
    'syn-ack',
    { 'B.flags': 'SYN+ACK', 'B.seq': '0xb2d05e00', 'B.ack': '1' },
    ['B.flags', 'B.seq', 'B.ack'],
    [],
  ],
  [
    'syn-ack',
    { 'B.flags': '[S.]', 'B.seq': '0', 'B.ack': '4,000,000,001' },
    ['B.flags', 'B.seq', 'B.ack'],
    [],
  ],
  ['syn-ack', { 'B.flags': 'SA', 'B.seq': 'y', 'B.ack': '1r' }, ['B.flags', 'B.seq', 'B.ack'], []],
  [
    'ack-of-data',
    { 'B.flags': 'PSH ACK', 'B.seq': 'y+1', 'B.ack': 'x+301' },
    ['B.flags', 'B.seq', 'B.ack'],
    [],
  ],
  ['close-wait', { 'B.state': 'close_wait' }, ['B.state'], []],
  ['last', { 'A.state': 'TIME_WAIT', 'A.time-wait': '1 min' }, ['A.state', 'A.time-wait'], []],
  ['eof', { 'B.app': 'eof' }, ['B.app'], []],
  // SYN consumes nothing
  [
    'syn-ack',
    { 'B.flags': 'SYN ACK', 'B.seq': 'y', 'B.ack': 'x' },
    ['B.flags', 'B.seq'],
    ['syn-consumes-nothing', 'ack-is-last-octet', 'ack-repeats-seq'],
  ],
  ['data', { 'A.seq': 'x', 'A.ack': 'y', 'A.length': '300' }, ['A.length'], ['syn-consumes-nothing']],
  // FIN consumes nothing
  [
    'ack-of-fin',
    { 'B.flags': 'ACK', 'B.seq': 'y+1', 'B.ack': 'u' },
    ['B.flags', 'B.seq'],
    ['fin-consumes-nothing', 'ack-is-last-octet', 'ack-repeats-seq'],
  ],
  // a pure ACK consumes one
  [
    'data',
    { 'A.seq': 'x+2', 'A.ack': 'y+1', 'A.length': '300' },
    ['A.ack', 'A.length'],
    ['pure-ack-consumes-one'],
  ],
  // ack is the last octet received: every seq is right
  [
    'ack-of-data',
    { 'B.flags': 'ACK', 'B.seq': 'y+1', 'B.ack': 'x+300' },
    ['B.flags', 'B.seq'],
    ['ack-is-last-octet'],
  ],
  [
    'third',
    { 'A.flags': 'ACK', 'A.seq': 'x+1', 'A.ack': 'y' },
    ['A.flags', 'A.seq'],
    ['ack-is-last-octet', 'ack-repeats-seq'],
  ],
  // ack repeats the peer's seq
  [
    'ack-of-data',
    { 'B.flags': 'ACK', 'B.seq': 'y+1', 'B.ack': 'x+1' },
    ['B.flags', 'B.seq'],
    ['ack-repeats-seq'],
  ],
  // ack is seq + 1
  [
    'ack-of-data',
    { 'B.flags': 'ACK', 'B.seq': 'y+1', 'B.ack': 'x+2' },
    ['B.flags', 'B.seq'],
    ['ack-is-seq-plus-one', 'ack-counts-segments'],
  ],
  // seq and ack swapped
  ['third', { 'A.flags': 'ACK', 'A.seq': 'y+1', 'A.ack': 'x+1' }, ['A.flags'], ['seq-and-ack-swapped']],
  [
    'ack-of-data',
    { 'B.flags': 'ACK', 'B.seq': 'x+301', 'B.ack': 'y+1' },
    ['B.flags'],
    ['seq-and-ack-swapped'],
  ],
  // states and timers
  ['close-wait', { 'B.state': 'FIN-WAIT-1' }, [], ['close-wait-and-fin-wait-swapped']],
  ['close-wait', { 'B.state': 'LAST-ACK' }, [], ['close-wait-skipped']],
  [
    'last',
    { 'A.state': 'CLOSED', 'A.time-wait': '60' },
    ['A.time-wait'],
    ['passive-closer-waits', 'no-time-wait'],
  ],
  ['last', { 'A.state': 'TIME-WAIT', 'A.time-wait': '30 s' }, ['A.state'], ['one-msl']],
  // nobody believes this
  ['ack-of-fin', { 'B.flags': 'RST', 'B.seq': 'y+77', 'B.ack': 'none' }, [], []],
];

describe('grading field by field', () => {
  let pack: Pack;
  before(async () => {
    pack = await loadGood(packOf(SCRIPT, QUESTIONS, MORE));
  });

  for (const [id, given, right, misconceptions] of CASES) {
    it(`${id}: ${Object.values(given).join(' | ')}`, () => {
      const graded = grade(posed(pack, id), given);
      assert.ok(graded.ok);
      const correct = graded.value.judged.filter((one) => one.correct).map(({ field }) => field.name);
      assert.deepEqual(correct, right);
      assert.deepEqual(
        graded.value.misconceptions.map(({ misconception }) => misconception.id),
        misconceptions,
      );
    });
  }

  const EXPECTED = [
    ['ack-of-fin', { 'B.flags': 'SYN', 'B.seq': 'x', 'B.ack': 'u' }, ['ACK', 'y+1', 'u+1']],
    [
      'ack-of-fin',
      { 'B.flags': '[S]', 'B.seq': '12r', 'B.ack': '0x10' },
      ['[.]', '1 (relative)', '0xee6b292e'],
    ],
    [
      'syn-ack',
      { 'B.flags': 'SYN+FIN', 'B.seq': '3', 'B.ack': '4000000000' },
      ['SYN+ACK', '0 (relative)', '4000000001'],
    ],
    ['syn-ack', { 'B.flags': 'SF', 'B.seq': 'y', 'B.ack': 'y' }, ['SYN ACK', 'y', 'x+1']],
    ['close-wait', { 'B.state': 'SYN_RECV' }, ['CLOSE_WAIT']],
    ['close-wait', { 'B.state': 'ESTAB' }, ['CLOSE-WAIT']],
  ] as const;
  for (const [id, given, expected] of EXPECTED) {
    it(`answers ${Object.values(given).join(' | ')} in the learner's own notation`, () => {
      const question = posed(pack, id);
      const graded = grade(question, given);
      assert.ok(graded.ok);
      const verdict = gradedVerdict(question, graded.value, 'en', () => false);
      assert.deepEqual(
        verdict.fields.map((field) => field.expected),
        expected,
      );
    });
  }

  const UNREAD = [
    ['ack-of-fin', { 'B.flags': 'ACK', 'B.seq': 'y+1', 'B.ack': '' }, ['B.ack']],
    ['ack-of-fin', { 'B.flags': '', 'B.seq': 'q+1', 'B.ack': 'x' }, ['B.flags', 'B.seq']],
    ['ack-of-fin', {}, ['B.flags', 'B.seq', 'B.ack']],
    ['close-wait', { 'B.state': 'FIN-WAIT' }, ['B.state']],
    ['last', { 'A.state': 'TIME-WAIT', 'A.time-wait': 'a while' }, ['A.time-wait']],
    ['eof', { 'B.app': 'whatever' }, ['B.app']],
    // a name for the very thing asked is no answer
    ['last', { 'A.state': 'TIME-WAIT', 'A.time-wait': '' }, ['A.time-wait']],
  ] as const;
  for (const [id, given, fields] of UNREAD) {
    it(`grades nothing while ${fields.join(', ')} cannot be read`, () => {
      const graded = grade(posed(pack, id), given);
      assert.ok(!graded.ok);
      assert.deepEqual(
        graded.error.map(({ name }) => name),
        fields,
      );
      for (const { text } of graded.error) assert.ok(text.en.length > 10 && text['zh-CN'].length > 5);
    });
  }

  it('does not take the name of what is asked for an answer', async () => {
    const own = await loadGood(
      packOf(
        SCRIPT,
        '- { id: fin, scenario: run, when: A calls close, ask: seq of next segment from A }',
        MORE,
      ),
    );
    assert.ok(!grade(posed(own, 'fin'), { 'A.seq': 'u' }).ok);
    const right = grade(posed(own, 'fin'), { 'A.seq': 'x+301' });
    assert.ok(right.ok && right.value.judged[0]?.correct);
  });

  it('names the rules of the step that decided, with their section', () => {
    const question = posed(pack, 'ack-of-fin');
    const graded = grade(question, { 'B.flags': 'ACK', 'B.seq': 'y+1', 'B.ack': 'u' });
    assert.ok(graded.ok);
    const { rules, summary, outcome, misconceptions } = gradedVerdict(
      question,
      graded.value,
      'en',
      () => true,
    );
    assert.ok(rules.some(({ id, source }) => id === 'number/fin-takes-one' && source === 'RFC 9293 §3.4'));
    assert.equal(summary, '2 of 3 fields right.');
    assert.equal(outcome, 'partly');
    assert.equal(misconceptions[0]?.name, 'FIN consumes nothing');
    assert.match(misconceptions[0]?.href ?? '', /^https:\/\/www\.rfc-editor\.org\//);
  });

  it('tells one misconception, and of all others that fit as well one', () => {
    const question = posed(pack, 'ack-of-fin');
    const graded = grade(question, { 'B.flags': 'ACK', 'B.seq': 'y+1', 'B.ack': 'u' });
    assert.ok(graded.ok);
    assert.ok(graded.value.misconceptions.length > 2);
    const { misconceptions } = gradedVerdict(question, graded.value, 'en', () => true);
    assert.deepEqual(
      misconceptions.map(({ id, instead }) => [id, instead]),
      [
        ['fin-consumes-nothing', false],
        ['ack-is-last-octet', true],
      ],
    );
  });
});
