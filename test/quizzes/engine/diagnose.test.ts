import assert from 'node:assert/strict';
import { answersBy, isWrong } from '../../../quizzes/engine/believed-answers.ts';
import { grade } from '../../../quizzes/engine/grade.ts';
import { MISCONCEPTIONS } from '../../../quizzes/engine/misconceptions.ts';
import { formatFlagsLike } from '../../../quizzes/engine/parse-answer.ts';
import type { Posed } from '../../../quizzes/engine/posed.ts';
import { indexOf } from '../../../quizzes/engine/question-index.ts';
import { valueText } from '../../../quizzes/engine/verdict.ts';
import { posed, shippedPacks } from '../support.ts';

/** The misconceptions named for an answer to a question of a shipped pack, best first. */
async function namedFor(
  packId: string,
  questionId: string,
  given: Record<string, string>,
): Promise<readonly string[]> {
  const pack = (await shippedPacks()).find(({ id }) => id === packId);
  assert.ok(pack);
  const graded = grade(posed(pack, questionId), given);
  assert.ok(graded.ok);
  return graded.value.misconceptions.map(({ misconception }) => misconception.id);
}

/** The same for somebody who has all else right. */
async function namedForSlip(
  packId: string,
  questionId: string,
  slip: Record<string, string>,
): Promise<readonly string[]> {
  const pack = (await shippedPacks()).find(({ id }) => id === packId);
  assert.ok(pack);
  return namedFor(packId, questionId, { ...writtenBy(posed(pack, questionId), new Map()), ...slip });
}

/** What somebody who holds it writes: its answers, and the right ones where it has none. */
function writtenBy(posed: Posed, belief: ReturnType<typeof answersBy>[number]): Record<string, string> {
  const fields = posed.fields.map((field) => {
    const value = belief.get(field.name) ?? posed.answers.get(field.name)?.value;
    assert.ok(value);
    if (value.kind === 'choice') return [field.name, value.choice];
    if (value.kind === 'flags') return [field.name, formatFlagsLike('', value.flags)];
    const text = valueText(posed, { field, given: '', written: undefined }, value, 'en');
    return [field.name, text === 'none' ? '' : text];
  });
  return Object.fromEntries(fields);
}

describe('naming what a wrong answer gives away', () => {
  it('names none where almost any other course of events answers so', async () => {
    assert.deepEqual(await namedFor('queues-and-floods', 'nat-behind', { next: 'B' }), []);
  });

  it('names what the author has feedback for, even there', async () => {
    const given = { 'B.listen.returns': '0', 'B.state': 'LISTEN' };
    assert.deepEqual(await namedFor('time-wait-and-reuse', 'restart-on-the-same-port', given), [
      'no-time-wait',
    ]);
  });

  it('names it before others that answer alike', async () => {
    const given = { 'B.flags': 'ACK', 'B.ack': 'u', 'B.state': 'CLOSE-WAIT' };
    const named = await namedFor('closing-in-every-case', 'acks-alone', given);
    assert.equal(named[0], 'ack-repeats-seq');
  });

  it('takes no state for a sign of a belief about numbers', async () => {
    const right = { 'A.state': 'CLOSED', 'B.state': 'ESTABLISHED', 'next': 'nobody' };
    const given = { ...right, 'B.state': 'CLOSED' };
    assert.deepEqual(await namedFor('closing-in-every-case', 'half-open-states', given), []);
  });

  it('names none that would have had wrong what the learner has right', async () => {
    // Whoever lets FIN take nothing would let B answer RST without ACK: this learner has the right ack.
    const given = { 'B.flags': 'RST', 'B.ack': 'x+278', 'B.app': 'nothing' };
    assert.deepEqual(await namedFor('what-the-application-sees', 'write-into-half-closed', given), []);
  });

  it('takes a segment in the place of the one asked for no answer to it', async () => {
    // Whoever lets ack repeat seq would have A answer with a RST, whose seq happens to be x.
    assert.deepEqual(await namedForSlip('numbers-and-identity', 'what-the-third-takes', { 'A.seq': 'x' }), [
      'syn-consumes-nothing',
    ]);
    // To a FIN without ACK A would answer so; this one has it, as the learner sees.
    const slip = { 'A.flags': 'RST ACK' };
    assert.deepEqual(await namedForSlip('closing-in-every-case', 'last-ack-again', slip), []);
  });

  it('takes a state for no sign of a belief about numbers even where the belief misreads what arrived', async () => {
    const slip = { 'B.state': 'TIME-WAIT' };
    assert.deepEqual(await namedForSlip('real-capture', 'fins-cross', slip), ['closing-skipped']);
  });

  it('names the belief that changes less before one that holds it, too', async () => {
    const slip = { 'A.retransmission': '2 s' };
    assert.deepEqual(await namedForSlip('opening-in-every-case', 'linear-at-first', slip), [
      'syn-timeout-doubles-at-once',
      'five-syn-retries',
    ]);
  });

  it('names the belief about gaps before the one that data disproves', async () => {
    const given = { 'B.ack': 'u+1', 'B.state': 'CLOSE-WAIT', 'B.app': 'data+eof' };
    const named = await namedFor('closing-in-every-case', 'fin-overtakes', given);
    assert.equal(named[0], 'ack-skips-the-gap');
  });

  it('names every misconception to whoever holds it, in some shipped question before all others', async () => {
    const questions = (await shippedPacks()).flatMap((pack) => indexOf(pack));
    const isNamed = (id: string) =>
      questions.some(({ posed: one }) =>
        answersBy(id, one)
          .filter((belief) => isWrong(one, belief))
          .some((belief) => {
            const graded = grade(one, writtenBy(one, belief));
            return graded.ok && graded.value.misconceptions[0]?.misconception.id === id;
          }),
      );
    assert.deepEqual(
      MISCONCEPTIONS.filter(({ id }) => !isNamed(id)).map(({ id }) => id),
      [],
    );
  });

  it('begins the reasons with those of what was wrong', async () => {
    const pack = (await shippedPacks()).find(({ id }) => id === 'header-and-flags');
    assert.ok(pack);
    const graded = grade(posed(pack, 'first-segment'), { 'A.flags': 'SYN', 'A.takes': '0' });
    assert.ok(graded.ok);
    assert.equal(graded.value.rules[0], 'number/syn-takes-one');
  });
});
