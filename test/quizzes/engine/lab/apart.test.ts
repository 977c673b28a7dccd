import assert from 'node:assert/strict';
import { openToldLab } from '../../../../quizzes/engine/lab/lab.ts';
import { labScreen } from '../../../../quizzes/engine/lab/lab-screen.ts';
import { play } from '../../../../quizzes/engine/run.ts';
import { loadGood, packOf } from '../../support.ts';

const SCRIPT = `
- B: listen
- A: connect
- A: send 300
- A: close
- B: close`;

describe('a capture played again, in the lab', () => {
  it('marks the one segment from which on it is no longer what was captured', async () => {
    const pack = await loadGood(packOf(SCRIPT, '- { id: q, scenario: run, when: end, ask: state of A }'));
    const plan = pack.scenarios['run'];
    const scenario = plan && play(plan, 3).scenario;
    assert.ok(scenario);
    const subject = { packId: '', scenario: 'a.pcap', seed: 1, begin: undefined };
    const marked = (apart: number | undefined) => {
      const { arrows } = labScreen(
        openToldLab(scenario, subject, { note: { 'en': 'n', 'zh-CN': 'n' }, apart }),
        'en',
      ).original;
      return arrows.flatMap((arrow, place) => (arrow.apart ? [place] : []));
    };
    assert.deepEqual(marked(undefined), []);
    assert.deepEqual(marked(4), [4]);
  });
});
