import assert from 'node:assert/strict';
import { grade } from '../../../quizzes/engine/grade.ts';
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

  it('names the belief about gaps before the one that data disproves', async () => {
    const given = { 'B.ack': 'u+1', 'B.state': 'CLOSE-WAIT', 'B.app': 'data+eof' };
    const named = await namedFor('closing-in-every-case', 'fin-overtakes', given);
    assert.equal(named[0], 'ack-skips-the-gap');
  });

  it('begins the reasons with those of what was wrong', async () => {
    const pack = (await shippedPacks()).find(({ id }) => id === 'header-and-flags');
    assert.ok(pack);
    const graded = grade(posed(pack, 'first-segment'), { 'A.flags': 'SYN', 'A.takes': '0' });
    assert.ok(graded.ok);
    assert.equal(graded.value.rules[0], 'number/syn-takes-one');
  });
});
