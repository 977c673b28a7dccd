import assert from 'node:assert/strict';
import { FIN, has, SYN } from '../../../../core/tcp/segment.ts';
import { add } from '../../../../core/tcp/seq.ts';
import type { Timeline } from '../../../../core/timeline/timeline.ts';
import { tellAgain } from '../../../../quizzes/engine/lab/retold.ts';
import { play } from '../../../../quizzes/engine/run.ts';
import { loadGood, packOf } from '../../support.ts';

const SCRIPT = `
- B: listen
- A: connect
- A: send 30000
- A: close
- B: close`;

/** What a capture of a run would hold, for those who ask about nothing but segments and calls. */
async function recorded(script: string, more = ''): Promise<Timeline> {
  const pack = await loadGood(packOf(script, '- { id: q, scenario: run, when: end, ask: state of A }', more));
  const plan = pack.scenarios['run'];
  assert.ok(plan);
  return play(plan, 3).timeline;
}

describe('what is said of a capture that is played again', () => {
  it('tells that all is as captured', async () => {
    const told = tellAgain(await recorded(SCRIPT, 'profile: textbook'));
    assert.ok(told.ok);
    assert.match(told.value.note.en, /: all \d+ segments are as captured\.$/);
    assert.match(told.value.note['zh-CN'], /全部与抓包一致。$/);
    assert.equal(told.value.apart, undefined);
  });

  it('says that the run goes on where the capture ends', async () => {
    const whole = await recorded(SCRIPT, 'profile: textbook');
    const last = whole.transmissions.length - 1;
    const transmissions = whole.transmissions.slice(0, last);
    const steps = whole.steps.map((step) => ({ ...step, sent: step.sent.filter((id) => id < last) }));
    const told = tellAgain({ ...whole, transmissions, steps });
    assert.ok(told.ok);
    assert.match(told.value.note.en, /are as captured; then it goes on\.$/);
    assert.equal(told.value.apart, last);
  });

  it('names the first segment that is otherwise, in numbers that compare', async () => {
    const whole = await recorded(SCRIPT, 'profile: textbook');
    const fin = whole.transmissions.find(({ from, segment }) => from === 'A' && has(segment, FIN));
    assert.ok(fin);
    const odd = { ...fin, segment: { ...fin.segment, ack: add(fin.segment.ack, 7) } };
    const transmissions = whole.transmissions.map((sent) => (sent === fin ? odd : sent));
    const told = tellAgain({ ...whole, transmissions });
    assert.ok(told.ok);
    assert.match(
      told.value.note.en,
      /Then A sent FIN ACK seq=30001 ack=8 in the capture, and here FIN ACK seq=30001 ack=1 /,
    );
    assert.equal(told.value.apart, fin.id);
  });

  it('refuses a capture whose segments are cut into too many', async () => {
    const whole = await recorded(
      SCRIPT.replace('- A: send 30000', '- A: send 100000\n'.repeat(20).trim()),
      'profile: { base: textbook, mss: 65000, receive-buffer: 1000000 }',
    );
    assert.ok(whole.transmissions.length < 400);
    const transmissions = whole.transmissions.map((sent) =>
      has(sent.segment, SYN) ? { ...sent, segment: { ...sent.segment, options: { mss: 536 } } } : sent,
    );
    assert.deepEqual(tellAgain({ ...whole, transmissions }), { ok: false, error: 'too-long' });
  });
});
