import assert from 'node:assert/strict';
import { inferTimeline } from '../../../core/timeline/infer.ts';
import { flowsOf } from '../../../core/wire/connections.ts';
import { projectAll } from '../../../quizzes/engine/project.ts';
import { toMermaid } from '../../../quizzes/exchange/mermaid.ts';
import { pictureOf } from '../../../quizzes/exchange/picture.ts';
import { timelineSvg, twinOf } from '../../../quizzes/exchange/timeline-svg.ts';
import { plainText } from '../../../webview/timeline/words.ts';
import { packets } from '../../core/wire/packets.ts';

describe('a captured connection in words', () => {
  const [flow] = flowsOf(
    packets(
      '0 > SYN 99',
      '20 < SYN,ACK 299 100',
      '20 > ACK 100 300',
      '30 > PSH,ACK 100 300 44',
      '50 < ACK 300 144',
      '60 > FIN,ACK 144 300',
    ),
  );
  assert.ok(flow);
  const view = projectAll(inferTimeline(flow), 'capture', 'en');
  const tellings = {
    picture: pictureOf(view, 'en').rows.map((row) => row.join(' | ')),
    twin: twinOf(view, 'en').split('\n'),
    mermaid: toMermaid(view, 'en').split('\n'),
    text: plainText(view, 'relative').split('\n'),
    svg: timelineSvg(view, 'en').markup.split('<text'),
  };

  it('says what there is to be read, not that anybody called read()', () => {
    for (const [name, lines] of Object.entries(tellings)) {
      assert.ok(
        lines.some((line) => line.includes('44 octets can be read')),
        name,
      );
      assert.ok(
        lines.some((line) => line.includes('EOF can be read')),
        name,
      );
      assert.ok(!lines.some((line) => line.includes('read() returns')), name);
    }
  });

  it('names a segment that left once', () => {
    assert.equal(tellings.picture[0]?.match(/SYN seq/g)?.length, 1);
    for (const [name, lines] of Object.entries(tellings))
      for (const line of lines.filter((one) => !one.includes('receives') && !one.includes('STATE')))
        assert.ok((line.match(/\bSYN(?! ACK)(?!-)/g) ?? []).length <= 1, `${name}: ${line}`);
  });
});
