import assert from 'node:assert/strict';
import type { Diagnosis } from '../../../quizzes/engine/diagnose.ts';
import { byRun, counted, type MetCounts, misconceptionsIn } from '../../../quizzes/engine/met.ts';
import { findMisconception } from '../../../quizzes/engine/mutants.ts';

function diagnosed(...ids: readonly string[]): readonly Diagnosis[] {
  return ids.map((id) => {
    const misconception = findMisconception(id);
    assert.ok(misconception);
    return { misconception, explains: ['B.ack'], reach: 'step' };
  });
}

const SYN_ACK = diagnosed('syn-consumes-nothing', 'ack-is-last-octet', 'ack-repeats-seq');
const THIRD = diagnosed('ack-is-last-octet', 'ack-repeats-seq');
const DATA = diagnosed('ack-is-last-octet');

describe('misconceptions of a whole run', () => {
  const runs: readonly [string, readonly (readonly Diagnosis[])[], readonly [string, number][]][] = [
    ['one answer alone counts for the most basic', [SYN_ACK], [['syn-consumes-nothing', 1]]],
    [
      'what other answers disprove counts for none',
      [SYN_ACK, THIRD, DATA, THIRD],
      [['ack-is-last-octet', 4]],
    ],
    [
      'what the first does not explain has another',
      [DATA, DATA, diagnosed('one-msl')],
      [
        ['ack-is-last-octet', 2],
        ['one-msl', 1],
      ],
    ],
    ['right answers, and those that nothing explains, count nothing', [[], []], []],
  ];
  for (const [name, answers, expected] of runs) {
    it(name, () => {
      const met = answers.reduce<MetCounts>(counted, {});
      assert.deepEqual([...misconceptionsIn(met)], expected);
    });
  }

  it('reads what earlier versions kept: one id an answer', () => {
    assert.deepEqual(
      [...misconceptionsIn({ 'one-msl': 2, 'no-back-off': 1 })],
      [
        ['one-msl', 2],
        ['no-back-off', 1],
      ],
    );
  });

  it('puts first, of what explains an answer alike, what explains most of the run so far', () => {
    const order = (answers: readonly (readonly Diagnosis[])[], one = THIRD) =>
      byRun(one, answers.reduce<MetCounts>(counted, {})).map(({ misconception }) => misconception.id);
    assert.deepEqual(order([]), ['ack-is-last-octet', 'ack-repeats-seq']);
    assert.deepEqual(order([diagnosed('ack-repeats-seq'), THIRD]), ['ack-repeats-seq', 'ack-is-last-octet']);
    assert.deepEqual(order([], []), []);
    const [less] = diagnosed('one-msl').map((one) => ({ ...one, explains: ['A.state'] }));
    assert.ok(less);
    assert.deepEqual(order([diagnosed('one-msl')], [...DATA, less]), ['ack-is-last-octet', 'one-msl']);
  });

  it('takes one that explains less for no likeness', () => {
    const [more] = diagnosed('fin-consumes-nothing');
    assert.ok(more);
    const two = { ...more, explains: ['B.seq', 'B.ack'] };
    assert.deepEqual([...misconceptionsIn(counted({}, [two, ...DATA]))], [['fin-consumes-nothing', 1]]);
  });
});
