// Whatever a pack holds as text shows as text: every text field of the format, through every screen of a lesson,
// in a real browser.

import assert from 'node:assert/strict';
import { act, beginLesson, lessonScreen, openLesson } from '../../quizzes/engine/lesson.ts';
import type { Pack } from '../../quizzes/engine/pack.ts';
import type { Screen } from '../../webview/protocol.ts';
import { load } from '../quizzes/support.ts';
import { type Harness, openHarness } from '../webview/harness/page.ts';

/** What has slipped through somewhere before; each sets `pwned` when it runs. */
const CORPUS = [
  '<script>window.pwned=1</script>',
  '<img src=x onerror=window.pwned=1>',
  '<svg onload=window.pwned=1><animate onbegin=window.pwned=1 attributeName=x></svg>',
  '"><img src=x onerror="window.pwned=1">',
  "'-window.pwned=1-'",
  '</textarea><script>window.pwned=1</script>',
  '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>',
  '<math><mtext></mtext><mglyph><style><!--</style><img title="--><img src=x onerror=window.pwned=1>">',
  '[click](javascript:window.pwned=1) ![x](javascript:window.pwned=1)',
  '<a href="javascript:window.pwned=1">click</a> <https://example.org>',
  '[x](https://example.org" onclick="window.pwned=1) [y](https://example.org/"onmouseover=window.pwned=1)',
  '[x](data:text/html,<script>parent.pwned=1</script>) [y](vbscript:pwned) [z](//example.org) [w](java&#10;script:pwned)',
  '<form action="javascript:window.pwned=1"><button>go</button></form>',
  '<base href="https://example.org/"><link rel=stylesheet href=//example.org/x.css>',
  '<details open ontoggle=window.pwned=1>x</details>',
  '&lt;img src=x onerror=window.pwned=1&gt;',
  '`<img src=x onerror=window.pwned=1>` **<b onclick=window.pwned=1>b</b>**',
] as const;

/** A pack that says the same thing wherever its author may say anything. */
function hostile(text: string): string {
  const t = JSON.stringify(text);
  return `format: 1
id: hostile
version: ${t}
title: ${t}
summary: ${t}
author: ${t}
license: ${t}
intro: ${t}
profile: textbook
scenarios:
  run:
    hosts: { A: { name: ${t} }, B: { name: ${t} } }
    script: [{ B: listen }, { A: connect }]
sections:
  - title: ${t}
    intro: ${t}
    questions:
      - id: one
        title: ${t}
        scenario: run
        when: B receives SYN
        ask: ack of next segment from B
        prompt: ${t}
        hints: [${t}, ${t}]
        feedback: { syn-consumes-nothing: ${t} }
        tags: [${t}]
      - { id: two, title: ${t}, prompt: ${t}, rubric: [${t}, ${t}], hints: [${t}] }
`;
}

/** Every screen on which text of the pack shows. */
function screensOf(pack: Pack): readonly Screen[] {
  const begun = openLesson(pack, 1);
  const hinted = act(begun, { type: 'hint', questionId: 'one' });
  const wrong = act(hinted, { type: 'answer', questionId: 'one', fields: { 'B.ack': 'x' } });
  const prose = act(act(wrong, { type: 'go', index: 1 }), { type: 'answer', questionId: 'two', fields: {} });
  const exam = beginLesson(pack, 1, { mode: 'exam', at: 0 });
  const over = act(exam, { type: 'hand-in', at: 1 });
  const lessons = [begun, hinted, wrong, prose, act(prose, { type: 'go', index: 2 }), over];
  return lessons.map((lesson) => lessonScreen(lesson, 'en', { id: 'next', title: pack.title.en }));
}

describe('text of a pack in a browser', function () {
  this.timeout(120_000);
  let harness: Harness;
  before(async () => {
    harness = await openHarness();
  });
  after(() => harness?.close());

  it('is inert in every field and on every screen', async () => {
    const shown = await harness.show(undefined);
    for (const text of CORPUS) {
      const { pack } = await load(hostile(text));
      assert.equal(pack?.questions.length, 2, `${text}: the pack was not read`);
      for (const screen of screensOf(pack)) {
        await shown.send(screen);
        const name = `${text} on ${screen.kind}`;
        assert.ok((await shown.page.locator('#app, body').first().innerText()).length > 20, name);
        const strange = await shown.page.evaluate(`[...document.body.querySelectorAll('*')]
          .filter((element) => /^(img|iframe|object|embed|base|link|style|math|animate)$/i.test(element.tagName)
            || element.localName === 'a' && !(/^https?:\\/\\/[^/]/i.test(element.getAttribute('href')) && ['href', 'title'].every((name) => element.getAttribute(name) === element.getAttribute('href')) && element.attributes.length === 2)
            || [...element.attributes].some(({ name, value }) => /^on/i.test(name) || /javascript:/i.test(value) && !['title', 'aria-label', 'value'].includes(name)))
          .map((element) => element.outerHTML.slice(0, 120))`);
        assert.deepEqual(strange, [], name);
      }
    }
    assert.equal(await shown.page.evaluate('window.pwned'), undefined);
    assert.deepEqual(shown.complaints, []);
    await shown.close();
  });
});
