import assert from 'node:assert/strict';
import { type Harness, type Look, openHarness, type Shown } from '../webview/harness/page.ts';
import { labScreens } from '../webview/lab-screens.ts';
import { SCREENS, type ScreenName } from '../webview/screens.ts';
import { closeAnswered, download } from '../webview/timelines.ts';
import { findings } from './axe.ts';

const LOOKS: readonly Look[] = [
  { theme: 'dark' },
  { theme: 'light' },
  { theme: 'hc-dark' },
  { theme: 'hc-light' },
  { theme: 'dark', width: 380 },
];

describe('the webview in a browser', function () {
  this.timeout(240_000);
  let harness: Harness;
  before(async () => {
    harness = await openHarness();
  });
  after(() => harness?.close());

  const open = (name: ScreenName, look: Look = {}) => harness.show(SCREENS[name], look);
  const lastPosted = async (shown: Shown) => (await shown.posted()).at(-1);

  describe('is accessible and keeps to the content security policy', () => {
    for (const name of Object.keys(SCREENS) as ScreenName[]) {
      it(name, async () => {
        for (const look of LOOKS) {
          const shown = await open(name, look);
          assert.deepEqual(await findings(shown.page), [], `${look.theme} ${look.width ?? ''}`);
          assert.deepEqual(shown.complaints, []);
          await shown.close();
        }
      });
    }
  });

  it('tells the host that it is ready, and shows a frame until something comes', async () => {
    const shown = await harness.show(undefined);
    assert.deepEqual(await shown.posted(), [{ type: 'ready' }]);
    assert.equal(await shown.page.getByRole('status').count(), 1);
    await shown.close();
  });

  it('scrolls in no direction sideways, from 380 to 1800 px', async () => {
    for (const width of [380, 500, 759, 760, 1000, 1800]) {
      for (const name of ['asked', 'wrong', 'compare', 'summary', 'problem', 'prose'] as const) {
        const shown = await open(name, { width });
        const over = await shown.page.evaluate('document.documentElement.scrollWidth - innerWidth');
        assert.equal(over, 0, `${name} at ${width} px`);
        await shown.close();
      }
    }
  });

  describe('answering by keyboard alone', () => {
    it('starts in the first field, builds the segment, checks with Enter', async () => {
      const shown = await open('asked');
      const { keyboard } = shown.page;
      await keyboard.press('a');
      await keyboard.press('Enter');
      assert.match(await shown.page.locator('.field.number .judgement').first().innerText(), /fill this in/);
      assert.equal(await shown.page.evaluate('document.activeElement.id'), 'field-1');
      await keyboard.type('y+1');
      await keyboard.press('Tab');
      await keyboard.type('u+1');
      await keyboard.press('Tab');
      await keyboard.type('CLOSE-W');
      await keyboard.press('Enter');
      assert.deepEqual(await lastPosted(shown), {
        type: 'question/answer',
        questionId: 'ack-of-fin',
        fields: { flags: 'ACK', seq: 'y+1', ack: 'u+1', state: 'CLOSE-WAIT' },
      });
      await shown.close();
    });

    it('takes typed control bits, and tells none from nothing', async () => {
      const shown = await open('asked');
      await shown.page.getByLabel('flags', { exact: true }).fill('syn ack');
      assert.equal(await shown.page.locator('.flag[aria-pressed=true]').count(), 2);
      await shown.page.getByRole('button', { name: 'none' }).click();
      assert.equal(await shown.page.getByLabel('flags', { exact: true }).inputValue(), 'none');
      await shown.page.getByRole('button', { name: 'none' }).click();
      assert.equal(await shown.page.getByLabel('flags', { exact: true }).inputValue(), '');
      await shown.close();
    });

    it('starts in the first field again when the same question is asked anew, as an exam of the same pack does', async () => {
      const shown = await open('asked');
      await shown.page.evaluate('document.activeElement.blur()');
      const { asked } = SCREENS;
      assert.ok(asked.kind === 'lesson');
      await shown.send({ ...asked, question: { ...asked.question, draftKey: 'exam' } });
      await shown.page.locator('.fields :focus').waitFor();
      await shown.close();
    });

    it('leaves letters typed into a field alone', async () => {
      const shown = await open('asked');
      await shown.page.locator('#field-1').focus();
      await shown.page.keyboard.type('h w p . , + - 0x1');
      assert.equal(await shown.page.locator('#field-1').inputValue(), 'h w p . , + - 0x1');
      assert.deepEqual(await shown.posted(), [{ type: 'ready' }]);
      await shown.close();
    });

    it('asks for a hint with H and gives up with a button', async () => {
      const shown = await open('asked');
      await shown.page.locator('.scroller').focus();
      await shown.page.keyboard.press('h');
      assert.deepEqual(await lastPosted(shown), { type: 'question/hint', questionId: 'ack-of-fin' });
      await shown.page.getByRole('button', { name: 'Show answer' }).click();
      assert.deepEqual(await lastPosted(shown), { type: 'question/reveal', questionId: 'ack-of-fin' });
      await shown.close();
    });

    it('goes on with Enter after the verdict; P plays both rules, W tells why', async () => {
      const shown = await open('asked');
      await shown.send(SCREENS.wrong);
      assert.match((await shown.page.evaluate('document.activeElement.textContent')) as string, /Next/);
      await shown.page.keyboard.press('w');
      assert.equal(await shown.page.locator('.verdict .rules li').count(), 2);
      await shown.page.keyboard.press('p');
      assert.deepEqual(await lastPosted(shown), {
        type: 'verdict/compare',
        misconception: 'fin-consumes-nothing',
      });
      await shown.page.keyboard.press('Enter');
      assert.deepEqual(await lastPosted(shown), { type: 'question/go', index: 4 });
      await shown.close();
    });

    it('tells who hears a field why it could not be read, and what was expected', async () => {
      for (const [name, text] of [
        ['not-understood', /write y\+1/],
        ['wrong', /expected u\+1/],
      ] as const) {
        const shown = await harness.show(SCREENS[name]);
        const said = await shown.page
          .locator('form.question [aria-describedby]')
          .evaluateAll((controls) =>
            controls.map(
              (control) =>
                control.ownerDocument.getElementById(control.getAttribute('aria-describedby') ?? '')
                  ?.textContent ?? 'nothing',
            ),
          );
        assert.ok(
          said.some((each) => text.test(each)),
          said.join(' | '),
        );
        assert.ok(!said.includes('nothing'));
        await shown.close();
      }
    });

    it('does not move the form or the picture when the verdict comes', async () => {
      const shown = await open('asked');
      const places = () =>
        shown.page.evaluate(`[...document.querySelectorAll('.question-pane, .fields, .actions, .timeline-pane, .side-panels')]
          .map((each) => { const { x, y, width, height } = each.getBoundingClientRect(); return [x, y, width, height].map(Math.round).join(); })`);
      const before = await places();
      await shown.send(SCREENS.wrong);
      assert.deepEqual(await places(), before);
      await shown.close();
    });
  });

  describe('stepping', () => {
    const position = (shown: Shown) => shown.page.locator('.scrub').inputValue();

    it('goes back, forward, to the ends, by key and by slider', async () => {
      const shown = await open('time-wait');
      await shown.page.locator('.scroller').focus();
      const { keyboard } = shown.page;
      for (const [key, expected] of [
        ['ArrowLeft', '14'],
        [',', '13'],
        ['.', '14'],
        ['Home', '0'],
        ['ArrowRight', '1'],
        ['End', '15'],
      ] as const) {
        await keyboard.press(key);
        assert.equal(await position(shown), expected, key);
      }
      await shown.page.locator('.scrub').fill('4');
      assert.equal((await shown.page.locator('.side.later').count()) > 0, true);
      assert.match(await shown.page.locator('.panel-step').innerText(), /send\(300\)/);
      await shown.close();
    });

    it('plays to the end and stops', async () => {
      const shown = await open('asked');
      await shown.page.clock.install();
      await shown.page.locator('.scroller').focus();
      await shown.page.keyboard.press(' ');
      assert.equal(await position(shown), '0');
      for (let step = 0; step < 9; step += 1) await shown.page.clock.runFor(950);
      assert.equal(await position(shown), '8');
      assert.equal(await shown.page.getByRole('button', { name: 'Play (Space)' }).count(), 1);
      await shown.close();
    });

    it('hides what is asked in the picture, the diagram, the header and the text', async () => {
      const shown = await open('asked');
      const words = await shown.page.locator('body').innerText();
      assert.doesNotMatch(words.replace('CLOSE-WAIT\nFIN', ''), /ESTABLISHED → CLOSE-WAIT/);
      assert.equal(await shown.page.locator('.node.host-B').count(), 0);
      assert.equal(await shown.page.locator('.arrow.asked').count(), 1);
      await shown.page.getByRole('button', { name: 'Text' }).click();
      assert.match(await shown.page.locator('.text-twin').innerText(), /you are asked/);
      await shown.close();
    });

    it('chooses an arrow by click and by Enter, and shows its header', async () => {
      const shown = await open('wrong');
      await shown.page.locator('[data-arrow="0"] .label').click();
      assert.match(await shown.page.locator('.panel-header h2').innerText(), /segment 1/i);
      await shown.page.locator('[data-arrow="0"]').focus();
      await shown.page.keyboard.press('ArrowDown');
      await shown.page.keyboard.press('Enter');
      assert.match(await shown.page.locator('.panel-header h2').innerText(), /segment 2/i);
      await shown.close();
    });

    it('takes the step along to a segment of a capture, by click, Enter and in the text', async () => {
      const shown = await open('capture');
      const titles = async () =>
        (await shown.page.locator('.panel-header h2, .panel-step h2').allInnerTexts()).join(' | ');
      await shown.page.locator('[data-arrow="2"] .label').click();
      assert.match(await titles(), /segment 3 .* step 3 /i);
      await shown.page.keyboard.press('ArrowUp');
      await shown.page.keyboard.press('Enter');
      assert.match(await titles(), /segment 2 .* step 2 /i);
      await shown.page.getByRole('button', { name: 'Text' }).click();
      await shown.page.locator('.text-twin .link-like').nth(4).click();
      assert.match(await titles(), /segment 5 .* step /i);
      assert.match(await shown.page.locator('.text-twin [aria-current=step]').innerText(), /Sends/);
      await shown.close();
    });
  });

  describe('zoom and place', () => {
    const zoomOf = (shown: Shown) => shown.page.locator('.percent').innerText();

    it('zooms by key, by button and with Ctrl+wheel; a plain wheel scrolls', async () => {
      const shown = await open('capture');
      await shown.page.locator('.scroller').focus();
      await shown.page.keyboard.press('+');
      assert.equal(await zoomOf(shown), '120 %');
      await shown.page.locator('.scroller').hover();
      await shown.page.mouse.wheel(0, 300);
      await shown.page.waitForTimeout(100);
      assert.equal(await zoomOf(shown), '120 %');
      assert.ok(
        ((await shown.page.evaluate('document.querySelector(".scroller").scrollTop')) as number) > 200,
      );
      await shown.page.keyboard.down('Control');
      await shown.page.mouse.wheel(0, -100);
      await shown.page.keyboard.up('Control');
      await shown.page.waitForTimeout(50);
      assert.equal(await zoomOf(shown), '154 %');
      await shown.close();
    });

    it('survives a new snapshot of the same timeline and a reload', async () => {
      const shown = await open('capture');
      const top = () =>
        shown.page.evaluate('document.querySelector(".scroller").scrollTop') as Promise<number>;
      await shown.page.evaluate('document.querySelector(".scroller").scrollTo(0, 900)');
      await shown.page.waitForTimeout(300);
      await shown.send({ ...SCREENS.capture, timeline: download(30) });
      assert.equal(await top(), 900);
      await shown.page.reload();
      await shown.send(SCREENS.capture);
      assert.equal(await top(), 900);
      await shown.close();
    });

    it('keeps an unsent answer across a reload', async () => {
      const shown = await open('asked');
      await shown.page.locator('#field-1').fill('y+1');
      await shown.page.reload();
      await shown.send(SCREENS.asked);
      assert.equal(await shown.page.locator('#field-1').inputValue(), 'y+1');
      await shown.close();
    });

    it('moves to the end when more of the run is revealed', async () => {
      const shown = await open('asked');
      await shown.page.locator('.scroller').focus();
      await shown.page.keyboard.press('Home');
      await shown.send({ ...SCREENS.wrong, timeline: closeAnswered() });
      assert.equal(await shown.page.locator('.scrub').inputValue(), '9');
      await shown.close();
    });

    it('draws only what is on screen of a thousand arrows', async () => {
      const view = download(260);
      const shown = await harness.show({ ...SCREENS.capture, timeline: view });
      assert.ok(view.arrows.length > 1000);
      assert.ok((await shown.page.locator('.arrow').count()) < 60);
      await shown.page.evaluate('document.querySelector(".scroller").scrollTo(0, 1e9)');
      await shown.page.waitForTimeout(150);
      assert.equal(await shown.page.locator(`[data-arrow="${view.arrows.length - 1}"]`).count(), 1);
      await shown.close();
    });
  });

  it('never follows markup of a prompt beyond the allowed elements', async () => {
    const { question } = SCREENS.asked;
    const prompt =
      '<p onclick="x()">Hello <img src=x onerror=alert(1)><script>alert(1)</script><a href="javascript:alert(1)">a</a> <a href="https://example.org">b</a></p>' +
      '<pre><code>a b</code></pre><blockquote><p>q</p></blockquote><h2>t</h2><hr><ol><li>one</li></ol>';
    const shown = await harness.show({ ...SCREENS.asked, question: { ...question, prompt } });
    const html = await shown.page.locator('.prompt-text').innerHTML();
    assert.doesNotMatch(html, /onclick|img|script|javascript/);
    // A link to the web stays one: the host asks before it opens it.
    assert.deepEqual(
      await shown.page
        .locator('.prompt-text a')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
      ['https://example.org'],
    );
    for (const tag of ['pre', 'blockquote', 'h2', 'hr', 'ol'])
      assert.equal(await shown.page.locator(`.prompt-text ${tag}`).count(), 1, tag);
    await shown.close();
  });

  it('marks key points, chooses connections, opens packs', async () => {
    const prose = await open('prose-marked');
    await prose.page.getByRole('checkbox').nth(1).click();
    assert.deepEqual(await lastPosted(prose), {
      type: 'rubric/mark',
      questionId: 'why-time-wait',
      met: [true, true],
    });
    await prose.close();
    const capture = await open('capture');
    await capture.page.getByRole('button', { name: 'Segments' }).click();
    await capture.page.getByRole('button', { name: 'Segments' }).click();
    // The host puts the table in order, and posts it anew: here nothing answers.
    assert.equal(((await lastPosted(capture)) as { readonly type: string }).type, 'capture/rows');
    await capture.page.locator('tbody tr').first().click();
    assert.deepEqual(await lastPosted(capture), { type: 'capture/choose', connection: 0 });
    await capture.page.getByRole('button', { name: 'Drill this connection' }).click();
    assert.deepEqual(await lastPosted(capture), { type: 'capture/drill', connection: 1 });
    await capture.close();
    const summary = await open('summary');
    await summary.page.getByRole('button', { name: /Loss and retransmission/ }).click();
    assert.deepEqual(await lastPosted(summary), { type: 'pack/open', packId: 'loss' });
    await summary.close();
  });

  it('keeps height and columns of a list while it is narrowed down', async () => {
    const table = { from: 0, sort: 'index', down: false, filter: '', all: 24, matching: 24 } as const;
    const shown = await harness.show({ ...SCREENS.capture, table });
    const boxes = async () =>
      shown.page
        .locator('.table-frame, .connections th')
        .evaluateAll((elements) =>
          elements.map((element) => element.getBoundingClientRect()).map((box) => [box.width, box.height]),
        );
    const before = await boxes();
    await shown.send({
      ...SCREENS.capture,
      connections: [],
      table: { ...table, filter: 'no such', matching: 0 },
    });
    await shown.page.getByText('No connection has “no such”').waitFor();
    const round = (sizes: readonly number[][]) => sizes.map((pair) => pair.map(Math.round));
    assert.deepEqual(round(await boxes()), round(before));
    await shown.close();
  });

  it('keeps the button of a prediction and the step at the cursor in sight in a low window', async () => {
    const screens = await labScreens('en');
    const screen = (name: string) => screens.find((one) => one.name === name)?.screen;
    const shown = await harness.show(screen('lab/begin'), { width: 1230, height: 690 });
    await shown.page.locator('input[type=range]').fill('14');
    const predicting = screen('lab/predicting');
    assert.ok(predicting);
    await shown.send(predicting);
    const button = await shown.page.getByRole('button', { name: 'Show what happens' }).boundingBox();
    assert.ok(button && button.y + button.height <= 690);
    const pane = await shown.page.locator('.scroller').boundingBox();
    const cursor = await shown.page.locator('.scroller .cursor').first().boundingBox();
    assert.ok(pane && cursor && cursor.y + cursor.height <= pane.y + pane.height);
    await shown.close();
  });

  it('reaches every row of a list with millions, part by part', async () => {
    const { capture } = SCREENS;
    const matching = 1_000_000;
    const [row] = capture.connections;
    assert.ok(row);
    const rows = (from: number) => ({
      ...capture,
      connections: Array.from({ length: 200 }, (_, place) => ({ ...row, index: from + place })),
      table: { from, sort: 'index', down: false, filter: '', all: matching, matching } as const,
    });
    const shown = await harness.show(rows(0));
    const frame = shown.page.locator('.table-frame');
    const parts = shown.page.getByRole('navigation', { name: 'Parts of the list' });
    await parts.getByRole('button', { name: 'Later' }).click();
    const wish = { sort: 'index', down: false, filter: '' };
    assert.deepEqual(await lastPosted(shown), { type: 'capture/rows', wish: { ...wish, from: 400_000 } });
    await shown.send(rows(800_000));
    assert.match((await parts.getByRole('status').textContent()) ?? '', /800,001 to 1,000,000 of 1,000,000/);
    await frame.evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    await shown.page.waitForFunction('window.posted.at(-1).wish?.from > 999_000');
    await shown.send(rows(999_800));
    assert.equal(
      await shown.page.getByRole('button', { name: /^Show connection 1,000,000$/ }).isVisible(),
      true,
    );
    await shown.close();
  });
});
