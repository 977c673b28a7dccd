import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import mermaid from 'mermaid';
import { LANGUAGES } from '../../core/text.ts';
import { simulate } from '../../core/timeline/simulate.ts';
import { decodeCapture } from '../../core/wire/capture.ts';
import { projectAll } from '../../quizzes/engine/project.ts';
import { fenceHtml } from '../../quizzes/exchange/fence-html.ts';
import { xmlFile } from '../../quizzes/exchange/markup.ts';
import { toMermaid } from '../../quizzes/exchange/mermaid.ts';
import { linesOf } from '../../quizzes/exchange/svg-text.ts';
import { timelineSvg } from '../../quizzes/exchange/timeline-svg.ts';
import { pcapOfView } from '../../quizzes/exchange/view-pcap.ts';
import { RULE_SCENES } from '../core/timeline/rule-scenes.ts';
import { SCENES } from '../core/timeline/scenes.ts';
import { assertWellFormed } from './exchange/xml.ts';

const RUNS = Object.entries({ ...SCENES, ...RULE_SCENES }).map(
  ([name, scene]) => [name, simulate(scene)] as const,
);

describe('a timeline as a diagram', () => {
  for (const language of LANGUAGES) {
    it(`Mermaid's own parser takes every one (${language})`, async function () {
      this.timeout(120_000);
      for (const [name, timeline] of language === 'en' ? RUNS : RUNS.slice(0, 12)) {
        const text = toMermaid(projectAll(timeline, name, language), language);
        const parsed = await mermaid
          .parse(text)
          .catch((error: unknown) => assert.fail(`${name}: ${error}\n${text}`));
        assert.equal(parsed.diagramType, 'sequence', name);
        const arrows = text.split('\n').filter((line) => /^ {4}[AB](?:->>|-x)[AB]: /.test(line));
        assert.equal(arrows.length, timeline.transmissions.filter(isDrawn).length, name);
      }
    });

    it(`every SVG is well-formed, and needs nothing from outside (${language})`, async function () {
      this.timeout(120_000);
      const files: Record<string, string> = {};
      for (const [name, timeline] of language === 'en' ? RUNS : RUNS.slice(0, 12)) {
        const svg = xmlFile(timelineSvg(projectAll(timeline, name, language), language));
        files[`${name}.svg`] = svg;
        assert.doesNotMatch(svg, /href|<script|@import|url\(|NaN|undefined/, name);
        const arrows = svg.match(/<line class="hs-arrow/g) ?? [];
        assert.equal(arrows.length, timeline.transmissions.filter(isDrawn).length, name);
      }
      await assertWellFormed(files);
    });
  }

  it('a lost segment ends in a cross, in both', () => {
    const [, timeline] = RUNS.find(([name]) => name === 'syn-lost') ?? assert.fail();
    const view = projectAll(timeline, '', 'en');
    assert.match(toMermaid(view, 'en'), /A-xB: SYN seq=x \(lost\)/);
    assert.match(timelineSvg(view, 'en').markup, /class="hs-lost"/);
  });

  it('breaks lines at spaces, and Chinese anywhere but before a full stop', () => {
    assert.deepEqual(linesOf('one two three', 8), ['one two', 'three']);
    assert.deepEqual(linesOf('重传定时器启动。', 14), ['重传定时器启动。']);
    assert.deepEqual(linesOf('unbreakable', 4), ['unbreakable']);
  });

  it('a block of a Markdown document is drawn, with its text', () => {
    for (const block of [
      '- B: listen\n- A: connect\n',
      'profile: linux\nscript:\n  - B: listen\n  - A: connect\n  - A: close\n',
    ]) {
      const html = fenceHtml(block, 'en');
      assert.match(html, /^<figure class="handshake-figure"><svg [^>]*role="img"/);
      assert.match(html, /<pre>.*SYN ACK seq=y ack=x\+1/s);
      assert.equal(html, fenceHtml(block, 'en'), 'the same each time');
    }
  });

  it('every block of docs/notes.md is drawn', () => {
    const blocks = [...readFileSync('docs/notes.md', 'utf8').matchAll(/```tcp\n([\s\S]*?)```/g)].map(
      ([, block]) => block,
    );
    assert.equal(blocks.length, 2);
    for (const block of blocks) assert.match(fenceHtml(block ?? '', 'en'), /<svg /);
  });

  it('a block that cannot be read says where and why, and shows what was written', () => {
    const html = fenceHtml('- B: listen\n- A: konnect <b>\n', 'en');
    assert.match(html, /Line 2: .*konnect/);
    assert.match(html, /&lt;b&gt;/);
    assert.doesNotMatch(html, /<b>/);
    assert.match(fenceHtml('', 'zh-CN'), /role="alert"/);
    assert.match(fenceHtml('network:\n  - lose everything', 'en'), /role="alert"/);
  });

  it('a pcap has the ports of each connection, of hosts with several too', () => {
    for (const [name, timeline] of RUNS) {
      const view = projectAll(timeline, name, 'en');
      const read = decodeCapture(pcapOfView(view));
      assert.ok(read.ok, name);
      const written = read.value.packets.map(
        ({ sourcePort, destinationPort }) => `${sourcePort} ${destinationPort}`,
      );
      const sent = timeline.transmissions.map(({ fromPort, toPort }) => `${fromPort} ${toPort}`);
      assert.deepEqual(written.sort(), sent.sort(), name);
    }
  });
});

function isDrawn({
  sentIn,
  arrivedIn,
}: {
  readonly sentIn: number | undefined;
  readonly arrivedIn: number | undefined;
}) {
  return sentIn !== undefined || arrivedIn !== undefined;
}
