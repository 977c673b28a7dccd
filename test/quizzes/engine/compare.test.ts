import assert from 'node:assert/strict';
import { act, lessonScreen, openLesson } from '../../../quizzes/engine/lesson.ts';
import type { CompareView } from '../../../quizzes/engine/view.ts';
import { loadGood, packOf } from '../support.ts';

const SCRIPT = `
- B: listen
- A: connect
- A: send 300
- A: close
- B: close
`;
const MORE = `
symbols: { u: seq of A's FIN, w: seq of B's FIN }
`;

/** Question, wrong answer, misconception, and the difference in one sentence. */
const CASES = [
  [
    '{ id: q, scenario: run, when: B receives FIN, ask: next segment from B }',
    { 'B.flags': 'ACK', 'B.seq': 'y+1', 'B.ack': 'u' },
    'fin-consumes-nothing',
    'B: ACK seq=y+1 ack=u+1; by the rule “FIN consumes nothing” it would be ACK seq=y+1 ack=u.',
  ],
  [
    '{ id: q, scenario: run, when: A calls send, ask: seq of next segment from A }',
    { 'A.seq': 'x' },
    'syn-consumes-nothing',
    'B: SYN ACK seq=y ack=x+1; by the rule “SYN consumes nothing” it would be SYN ACK seq=y ack=x.',
  ],
  [
    '{ id: q, scenario: run, when: A enters TIME-WAIT, ask: time left in TIME-WAIT at A }',
    { 'A.time-wait': '30 s' },
    'one-msl',
    'A: 2MSL timer starts: 60 s; by the rule “TIME-WAIT lasts one MSL” it would be 2MSL timer starts: 30 s.',
  ],
  [
    '{ id: q, scenario: run, when: B sends ACK last, ask: state of B }',
    { 'B.state': 'LAST-ACK' },
    'close-wait-skipped',
    'B: CLOSE-WAIT; by the rule “Receiving a FIN closes both directions” it would be LAST-ACK.',
  ],
] as const;

async function compared(
  question: string,
  fields: Record<string, string>,
  misconception: string,
  more = '',
): Promise<CompareView | undefined> {
  const pack = await loadGood(packOf(SCRIPT, `- ${question}\n${more}`, MORE));
  const answered = act(openLesson(pack, 4), { type: 'answer', questionId: 'q', fields });
  const shown = lessonScreen(act(answered, { type: 'compare', misconception }), 'en');
  assert.ok(shown.kind === 'lesson');
  return shown.compare;
}

describe('playing both rules', () => {
  for (const [question, fields, misconception, text] of CASES) {
    it(`shows where ${misconception} parts from the RFC`, async () => {
      const view = await compared(question, fields, misconception);
      assert.ok(view);
      assert.equal(view.text, text);
      const { right, wrong, firstDifference: at } = view;
      const seen = ({
        variables: _inside,
        sockets: _queues,
        ...step
      }: CompareView['right']['steps'][number]) => step;
      assert.deepEqual(right.steps.slice(0, at).map(seen), wrong.steps.slice(0, at).map(seen));
      assert.notDeepEqual(
        [right.steps[at], right.arrows.filter(({ sentIn }) => sentIn === at)],
        [wrong.steps[at], wrong.arrows.filter(({ sentIn }) => sentIn === at)],
      );
      assert.notEqual(right.key, wrong.key);
    });
  }

  it('draws a name where the sentence says it: the answer sent by the wrong rule brings it in, too', async () => {
    const question =
      '{ id: q, scenario: run, when: B receives SYN, ask: flags and ack of next segment from B }';
    const view = await compared(question, { 'B.flags': 'SYN,ACK', 'B.ack': 'x' }, 'syn-consumes-nothing');
    assert.ok(view);
    assert.match(view.text, /by the rule .* it would be SYN ACK seq=y ack=x\.$/);
    const nameOfY = ({ symbols }: CompareView['right']) => symbols.find(({ name }) => name === 'y')?.value;
    const last = view.wrong.arrows.at(-1);
    assert.equal(last?.from, 'B');
    assert.equal(nameOfY(view.wrong), last?.seq);
    assert.equal(nameOfY(view.wrong), nameOfY(view.right));
  });

  it('tells nothing of either run that a later question asks', async () => {
    const later = '- { id: later, scenario: run, when: B receives FIN, ask: state of B }';
    const [question, fields, misconception] = CASES[0];
    const view = await compared(question, fields, misconception, later);
    assert.ok(view);
    assert.equal(view.right.steps.at(-1)?.path, 'hidden');
    assert.equal(view.wrong.steps.at(-1)?.path, 'hidden');
    assert.doesNotMatch(JSON.stringify(view), /CLOSE-WAIT/);
  });
});
