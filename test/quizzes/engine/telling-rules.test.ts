import assert from 'node:assert/strict';
import type { RuleId } from '../../../core/tcp/rules.ts';
import { indexOf } from '../../../quizzes/engine/question-index.ts';
import { rulesOf, tellingRules } from '../../../quizzes/engine/telling-rules.ts';
import { assertGolden } from '../../golden.ts';
import { loadGood, packOf, posed, shippedPacks } from '../support.ts';

const CLOSES = `
- B: listen
- A: connect
- A: close
- wait: 1 s
- B: close`;

const WAITS = `
- B: listen
- B: stop reading
- A: connect
- A: send 3000`;

const IDLE = `
- B: listen
- A: connect
- A: keepalive
- wait: 3 h`;

const LOST = `
- B: listen
- A: connect
- A: send 100`;

/** What heads the reasons of each field: script, moment, what is asked, and more of the scenario. */
const CASES: readonly (readonly [string, readonly string[], readonly RuleId[]])[] = [
  [
    'how long FIN-WAIT-2 lasts is told by the timer of an orphan, the state by its row',
    [CLOSES, 'A receives ACK', "[time until A's fin-wait-2 timer fires, state of A]", 'profile: linux'],
    ['timer/fin-wait-2-ends', 'FIN-WAIT-1/recv-ack-of-fin/FIN-WAIT-2'],
  ],
  [
    'flags, seq and ack of a FIN are told by three rules',
    [CLOSES, 'A calls close', 'next segment from A', ''],
    ['ESTABLISHED/close/FIN-WAIT-1', 'number/fin-takes-one', 'number/ack-is-next-expected'],
  ],
  [
    'a persist timer that starts is told by the rule that starts it',
    [
      WAITS,
      'A receives ACK',
      "time until A's persist timer fires",
      'profile: { base: textbook, receive-buffer: 1000 }',
    ],
    ['window/probe-after-one-rto'],
  ],
  [
    'an idle time that counts anew is told by what was heard',
    [IDLE, 'A receives ACK', "time until A's keepalive timer fires", ''],
    ['keepalive/peer-was-heard'],
  ],
  [
    'who sends next is told by the timer, and the number by its repetition',
    [LOST, 'A sends data', '[who sends next, seq of next segment from A]', 'network: [lose: data from A]'],
    ['timer/earliest-again', 'timer/same-number-again'],
  ],
];

describe('the rules that decide an answer', () => {
  for (const [says, [script = '', when = '', ask = '', more = ''], expected] of CASES) {
    it(says, async () => {
      const pack = await loadGood(
        packOf(script, `- { id: q, scenario: run, when: ${when}, ask: ${ask} }`, more),
      );
      const asked = posed(pack, 'q');
      assert.deepEqual(
        asked.fields.map((field) => tellingRules(asked, field)[0]),
        expected,
      );
      assert.equal(rulesOf(asked)[0], expected[0]);
    });
  }

  it('tells first what is still to come where the rest of the answer stands since long', async () => {
    const pack = (await shippedPacks()).find(({ id }) => id === 'time-wait');
    assert.ok(pack);
    // B went to LAST-ACK before; that its timer sends next is what is asked now.
    assert.equal(rulesOf(posed(pack, 'who-notices'))[0], 'timer/earliest-again');
  });

  it('heads every field of every shipped question (reviewed in test/golden/telling-rules.md)', async () => {
    const lines = (await shippedPacks()).flatMap((pack) => [
      `## ${pack.id}`,
      '',
      '| question | field | decided by | and |',
      '|---|---|---|---|',
      ...indexOf(pack).flatMap(({ question, posed: asked }) =>
        asked.fields.map((field) => {
          const [head = '', ...rest] = tellingRules(asked, field);
          return `| ${question.id} | ${field.name} | ${head} | ${rest.join(', ')} |`;
        }),
      ),
      '',
    ]);
    assertGolden(
      'telling-rules.md',
      ['# The rules that head the reasons of each field', '', ...lines].join('\n'),
    );
  });
});
