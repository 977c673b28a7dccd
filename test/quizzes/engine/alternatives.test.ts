import assert from 'node:assert/strict';
import { grade } from '../../../quizzes/engine/grade.ts';
import type { Pack } from '../../../quizzes/engine/pack.ts';
import { gradedVerdict } from '../../../quizzes/engine/verdict.ts';
import { toGift } from '../../../quizzes/exchange/gift.ts';
import { toSheet } from '../../../quizzes/exchange/sheet.ts';
import { staticPack } from '../../../quizzes/exchange/static-question.ts';
import { load, loadGood, packOf, posed } from '../support.ts';

const SCRIPT = `
- B: listen
- A: connect
- A: send 300
- A: close
- B: close
`;

/** A question on the close, with its alternatives. */
function question(when: string, ask: string, ...alternatives: readonly string[]): string {
  const list = alternatives.map((text) => `\n    - ${text}`).join('');
  return `- id: q\n  scenario: run\n  when: ${when}\n  ask: ${ask}${list === '' ? '' : `\n  alternatives:${list}`}`;
}

function verdictOn(pack: Pack, given: Readonly<Record<string, string>>) {
  const one = posed(pack, 'q');
  const graded = grade(one, given);
  assert.ok(graded.ok);
  return gradedVerdict(one, graded.value, 'en', () => false);
}

describe('what the author accepts beside the computed answer', () => {
  const CASES: readonly {
    readonly name: string;
    readonly pack: string;
    readonly given: Readonly<Record<string, string>>;
    readonly accepted: readonly (string | undefined)[];
  }[] = [
    {
      name: 'what another profile answers on the same numbers',
      pack: question('A enters TIME-WAIT', 'time left in TIME-WAIT at A', 'profile rfc9293'),
      given: { 'A.time-wait': '4 min' },
      accepted: ['as profile rfc9293 has it'],
    },
    {
      name: 'what is right at another moment',
      pack: question('B receives FIN', 'state of B', 'at B enters LAST-ACK'),
      given: { 'B.state': 'LAST-ACK' },
      accepted: ['as of another moment: B enters LAST-ACK'],
    },
    {
      name: 'what the author writes for one field, by names of numbers',
      pack: question(
        'B receives FIN',
        '[next segment from B, state of B]',
        'ack of next segment from B = x+303',
      ),
      given: { 'B.flags': 'ACK', 'B.seq': 'y+1', 'B.ack': 'x+303', 'B.state': 'CLOSE-WAIT' },
      accepted: [undefined, undefined, 'another way to see it', undefined],
    },
    {
      name: 'a time within so much',
      pack: question('A enters TIME-WAIT', 'time left in TIME-WAIT at A', 'within 5 s'),
      given: { 'A.time-wait': '65 s' },
      accepted: ['near enough: within 5 s'],
    },
    {
      name: 'a time within so many percent of what another profile answers',
      pack: question('A enters TIME-WAIT', 'time left in TIME-WAIT at A', 'within 10 %', 'profile rfc9293'),
      given: { 'A.time-wait': '220 s' },
      accepted: ['near enough: within 10 %'],
    },
  ];
  for (const { name, pack: written, given, accepted } of CASES) {
    it(`is right and says why: ${name}`, async () => {
      const pack = await loadGood(packOf(SCRIPT, written));
      const verdict = verdictOn(pack, given);
      assert.equal(verdict.outcome, 'right');
      assert.deepEqual(
        verdict.fields.map((field) => field.accepted),
        accepted,
      );
      assert.deepEqual(verdict.misconceptions, []);
      const without = await loadGood(packOf(SCRIPT, written.replace(/\n {2}alternatives:[\s\S]*/, '')));
      assert.notEqual(
        verdictOn(without, given).outcome,
        'right',
        'it is the alternative that makes it right',
      );
    });
  }

  it('leaves the computed answer right, and wrong ones wrong with their misconception', async () => {
    const pack = await loadGood(
      packOf(SCRIPT, question('B receives FIN', 'state of B', 'at B enters LAST-ACK')),
    );
    const right = verdictOn(pack, { 'B.state': 'CLOSE-WAIT' });
    assert.deepEqual([right.outcome, right.fields[0]?.accepted], ['right', undefined]);
    assert.equal(verdictOn(pack, { 'B.state': 'CLOSING' }).outcome, 'wrong');
  });

  it('does not take parts of two answers for one', async () => {
    // Before the FIN and after it: each is a whole answer, half of one with half of the other is none.
    const pack = await loadGood(
      packOf(SCRIPT, question('B receives FIN', '[state of B, RCV.NXT of B]', 'at B receives data')),
    );
    const whole = (state: string, next: string) =>
      verdictOn(pack, { 'B.state': state, 'B.RCV.NXT': next }).outcome;
    assert.equal(whole('CLOSE-WAIT', 'x+302'), 'right');
    assert.equal(whole('ESTABLISHED', 'x+301'), 'right');
    assert.equal(whole('ESTABLISHED', 'x+302'), 'partly');
    assert.equal(whole('CLOSE-WAIT', 'x+301'), 'partly');
  });

  it('is accepted in exports, and nobody’s mistake there', async () => {
    const pack = await loadGood(
      packOf(
        SCRIPT,
        question(
          'B receives FIN',
          '[state of B, who sends next]',
          'state of B = CLOSING',
          'at A calls close',
        ),
      ),
    );
    const exported = staticPack(pack, { variants: 1, seed: 1, language: 'en' });
    const [state, next] = exported.questions[0]?.fields ?? [];
    assert.ok(state?.kind === 'text' && next?.kind === 'choice');
    assert.deepEqual(state.alternatives, ['CLOSING', 'ESTABLISHED']);
    assert.ok(['CLOSE-WAIT', 'CLOSING', 'ESTABLISHED'].every((name) => state.accepted.includes(name)));
    assert.deepEqual(next.accepted, ['B', 'A']);
    for (const { mistakes } of [state, next]) {
      for (const { written } of mistakes) {
        assert.ok(
          !written.some((text) => ['CLOSING', 'ESTABLISHED', 'A', 'B'].includes(text)),
          String(written),
        );
      }
    }
    assert.match(toGift(exported), /=A, at once[\s\S]*=B, at once/);
    assert.match(toSheet(exported), /also accepted: CLOSING, ESTABLISHED/);
  });

  const WRONG: readonly (readonly [string, string, string])[] = [
    [
      'a phrase nobody understands',
      question('B receives FIN', 'state of B', 'profile windows'),
      'bad-phrase «windows»',
    ],
    [
      'an answer to what is not asked',
      question('B receives FIN', 'state of B', 'state of A = CLOSED'),
      'alternative-not-asked «state of A = CLOSED»',
    ],
    [
      'an answer to several things at once',
      question('B receives FIN', 'next segment from B', 'next segment from B = ACK'),
      'alternative-not-asked «next segment from B = ACK»',
    ],
    [
      'an answer that cannot be read',
      question('B receives FIN', 'state of B', 'state of B = ASLEEP'),
      'alternative-never «state of B = ASLEEP»',
    ],
    [
      'a moment that never comes',
      question('B receives FIN', 'state of B', 'at B enters TIME-WAIT'),
      'alternative-never «at B enters TIME-WAIT»',
    ],
    [
      'a tolerance where no time is asked',
      question('B receives FIN', 'state of B', 'within 5 s'),
      'alternative-never «within 5 s»',
    ],
    [
      'what answers as the core does',
      question('B receives FIN', 'state of B', 'profile linux'),
      'alternative-same «profile linux»',
    ],
    [
      'prose',
      '- { id: q, prompt: Why?, rubric: [Because], alternatives: [profile linux] }',
      'alternative-not-asked «profile linux»',
    ],
  ];
  for (const [name, written, expected] of WRONG) {
    it(`is told of at its place: ${name}`, async () => {
      const text = packOf(SCRIPT, written);
      const { issues } = await load(text);
      assert.deepEqual(
        issues.map(({ code, start, end }) => `${code} «${text.slice(start.offset, end.offset)}»`),
        [expected],
      );
    });
  }
});
