import assert from 'node:assert/strict';
import { formatFlags } from '../../../core/wire/notation.ts';
import { cardsOf } from '../../../quizzes/engine/card-texts.ts';
import { grade } from '../../../quizzes/engine/grade.ts';
import type { Pack } from '../../../quizzes/engine/pack.ts';
import { type Posed, pose } from '../../../quizzes/engine/posed.ts';
import { fieldViews, promptOf } from '../../../quizzes/engine/prompts.ts';
import { play } from '../../../quizzes/engine/run.ts';
import { shownVerdict } from '../../../quizzes/engine/verdict.ts';
import { staticPack } from '../../../quizzes/exchange/static-question.ts';
import { runOf } from '../support.ts';
import { SOCKET_ANSWERS, socketPack } from './socket-asks.ts';

describe('questions about sockets, calls and what is still to come', () => {
  let pack: Pack;
  before(async () => {
    pack = await socketPack();
  });
  const posedOf = (id: string): Posed => {
    const question = pack.questions.find((one) => one.id === id);
    assert.ok(question, id);
    const posed = pose(question, runOf(pack, question, 5));
    assert.ok(posed.ok, `${id}: ${JSON.stringify(posed)}`);
    return posed.value;
  };

  for (const [id, expected] of Object.entries(SOCKET_ANSWERS)) {
    it(`${id}: ${expected.join(', ')}`, () => {
      const posed = posedOf(id);
      const [ask] = posed.question.asks;
      if (ask?.kind === 'order') {
        const cards = cardsOf(posed, ask);
        const flags = [...(cards?.right ?? '')].map((letter) =>
          formatFlags(
            cards?.cards.find((card) => card.letter === letter)?.segment.flags ?? (0 as never),
          ).join(' '),
        );
        assert.deepEqual([flags.join(', ')], expected);
        return;
      }
      assert.deepEqual(
        shownVerdict(posed, 'en').fields.map((field) => field.expected),
        expected,
      );
    });
  }

  it('never lays the cards to be ordered in order', async () => {
    const question = pack.questions.find(({ id }) => id === 'order');
    assert.ok(question);
    for (let seed = 0; seed < 120; seed += 1) {
      const posed = pose(question, runOf(pack, question, seed));
      assert.ok(posed.ok);
      const cards = posed.value.question.asks[0] && cardsOf(posed.value, posed.value.question.asks[0]);
      const shown = cards?.cards.map(({ letter }) => letter).join('');
      assert.equal(shown, 'abcd');
      assert.notEqual(cards?.right, shown, `seed ${seed}`);
    }
  });

  it('takes every usual way to write an answer', () => {
    const written: readonly (readonly [string, string, string])[] = [
      ['fails-with', 'A.connect.finally', '-1 ETIMEDOUT'],
      ['blocks', 'B.read.returns', '阻塞'],
      ['end-of-file', 'B.read.returns', 'EOF'],
      ['part', 'B.call.returns', '50 octets'],
    ];
    for (const [id, field, text] of written) {
      const graded = grade(posedOf(id), { [field]: text });
      assert.ok(graded.ok && graded.value.judged.every(({ correct }) => correct), `${id}: ${text}`);
    }
  });

  it('has one card that no run has, and the others come next', () => {
    for (const seed of [1, 2, 3, 4]) {
      const question = pack.questions.find(({ id }) => id === 'impossible');
      assert.ok(question);
      const plan = pack.scenarios['reading'];
      assert.ok(plan);
      const run = play(plan, seed);
      const posed = pose(question, run);
      assert.ok(posed.ok);
      const cards = cardsOf(posed.value, { kind: 'impossible' });
      assert.ok(cards && cards.cards.length >= 3);
      const numbers = run.timeline.transmissions.map(
        ({ segment }) => `${segment.flags} ${segment.seq} ${segment.ack}`,
      );
      for (const { letter, segment } of cards.cards) {
        const real = numbers.includes(`${segment.flags} ${segment.seq} ${segment.ack}`);
        assert.equal(real, letter !== cards.right, letter);
      }
    }
  });

  it('asks in both languages, with all that a field needs', () => {
    for (const question of pack.questions) {
      const { run, cut, symbols } = posedOf(question.id);
      for (const language of ['en', 'zh-CN'] as const) {
        assert.ok(promptOf(question, run.timeline, cut, language).length > 10, question.id);
        for (const view of fieldViews(question.asks, language, { run, cut, symbols })) {
          assert.ok(view.label.length > 0);
          if (view.kind === 'choice') assert.ok(view.options.length > 1, question.id);
          if (view.kind === 'order') assert.equal(view.items.length, 4);
        }
      }
    }
  });

  it('can be exported whole', () => {
    const { questions } = staticPack(pack, { variants: 1, seed: 3, language: 'en' });
    assert.equal(questions.length, pack.questions.length);
    for (const { id, fields } of questions)
      for (const field of fields)
        assert.ok(field.kind === 'choice' ? field.right !== '' : field.accepted.length > 0, id);
  });
});
