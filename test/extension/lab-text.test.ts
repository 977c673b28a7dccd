import assert from 'node:assert/strict';
import { scenarioOf, tcpBlocks, textSubject } from '../../extension/lab/lab-text.ts';
import { actInLab, openToldLab, resumeLab, savedSubject, saveLab } from '../../quizzes/engine/lab/lab.ts';
import { labScreen } from '../../quizzes/engine/lab/lab-screen.ts';

const SCRIPT = `0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 32792 <mss 1000>
+0 > S. 0:0(0) ack 1 <mss 1460>
+.1 < . 1:1(0) ack 1 win 32792
+0 accept(3, ..., ...) = 4
+0 close(4) = 0
+0 > F. 1:1(0) ack 1
+.1 < F. 1:1(0) ack 2 win 32792
+0 > . 2:2(0) ack 2
`;

const BLOCK = `- B: listen
- A: connect
- A: close
- B: close`;

const NOTE = `# Notes

\`\`\`tcp
${BLOCK}
\`\`\`

~~~sh
\`\`\`tcp
not ours
~~~

\`\`\`\`tcp title
- B: listen
\`\`\`
\`\`\`\`
`;

describe('the lab on texts', () => {
  const texts = [
    ['a packetdrill script', { kind: 'packetdrill', text: SCRIPT }],
    ['a block of Markdown', { kind: 'block', text: BLOCK }],
  ] as const;

  for (const [what, text] of texts) {
    it(`opens on ${what}, branches it and comes back as it was`, async () => {
      const subject = textSubject('its name', text);
      const scenario = await scenarioOf(text);
      assert.ok(scenario);
      const fresh = openToldLab(scenario, subject);
      const arrow = labScreen(fresh, 'en').original.arrows.at(-1)?.id ?? 0;
      const lab = actInLab(fresh, { type: 'change', request: { kind: 'lose', arrow } });
      const screen = labScreen(lab, 'en');
      assert.equal(screen.scenario, 'its name');
      assert.ok(screen.difference && screen.changed, what);
      const kept: unknown = JSON.parse(JSON.stringify(saveLab(lab)));
      assert.deepEqual(savedSubject(kept), subject);
      assert.deepEqual(
        labScreen(resumeLab(openToldLab(scenario, subject), kept), 'zh-CN'),
        labScreen(lab, 'zh-CN'),
      );
    });
  }

  it('has nothing to run in a text that tells nothing', async () => {
    assert.equal(await scenarioOf({ kind: 'packetdrill', text: 'nonsense' }), undefined);
    assert.equal(await scenarioOf({ kind: 'block', text: 'nonsense: [' }), undefined);
  });

  it('finds the tcp blocks of a document with their lines, and no other', () => {
    assert.deepEqual(tcpBlocks(NOTE), [
      { from: 2, to: 7, text: BLOCK },
      { from: 14, to: 17, text: '- B: listen\n```' },
    ]);
    assert.deepEqual(tcpBlocks('```tcp\n- B: listen'), [{ from: 0, to: 2, text: '- B: listen' }]);
    assert.deepEqual(tcpBlocks('no block'), []);
  });
});
