import assert from 'node:assert/strict';
import type { LessonScreen } from '../../quizzes/engine/view.ts';
import { type Harness, openHarness, type Shown } from '../webview/harness/page.ts';
import { packScreens } from '../webview/pack-screens.ts';
import { SCREENS } from '../webview/screens.ts';
import { findings } from './axe.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const ORDER: LessonScreen = {
  ...SCREENS.asked,
  question: {
    ...SCREENS.asked.question,
    fields: [
      {
        kind: 'order',
        name: 'order',
        label: 'order of the next 3 segments',
        items: [
          { value: 'a', label: 'a: B → A FIN ACK seq=w ack=u+1' },
          { value: 'b', label: 'b: B → A ACK seq=y+1 ack=u+1' },
          { value: 'c', label: 'c: A → B ACK seq=u+1 ack=w+1' },
        ],
      },
    ],
  },
};

describe('views of study in a browser', function () {
  this.timeout(120_000);
  let harness: Harness;
  before(async () => {
    harness = await openHarness();
  });
  after(() => harness?.close());

  const focusedLabel = ({ page }: Shown) =>
    page.evaluate('document.activeElement?.getAttribute("aria-label") ?? ""') as Promise<string>;

  it('cards are put in order by keyboard alone, and the focus follows the card', async () => {
    const shown = await harness.show(ORDER);
    const { keyboard } = shown.page;
    await shown.page.locator('#field-0').focus();
    const cards = async () =>
      (await shown.page.locator('.order .card-text').allInnerTexts()).map((text) => text[0]).join('');
    assert.equal(await cards(), 'abc');
    await keyboard.press('Alt+ArrowDown');
    await shown.page.waitForFunction(
      'document.querySelector(".order .card-text")?.textContent?.startsWith("b")',
    );
    await shown.page.waitForFunction('document.activeElement?.closest("li")?.textContent?.startsWith("a")');
    assert.equal(await cards(), 'bac');
    await keyboard.press('ArrowDown');
    await keyboard.press('Alt+ArrowUp');
    await shown.page.waitForFunction('document.activeElement?.closest("li")?.textContent?.startsWith("c")');
    assert.equal(await cards(), 'bca');
    for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'] as const) {
      const themed = await harness.show(ORDER, { theme });
      assert.deepEqual(await findings(themed.page), [], theme);
      await themed.close();
    }
    await shown.page.locator('.actions .primary').focus();
    await keyboard.press('Enter');
    const posted = (await shown.posted()).at(-1);
    assert.deepEqual(posted, {
      type: 'question/answer',
      questionId: ORDER.question.id,
      fields: { order: 'bca' },
    });
    await shown.close();
  });

  it('what ss and tcpdump print is reached by keyboard, and follows the step', async () => {
    const run = (await packScreens('en')).find(
      ({ screen }) => (screen.timeline?.steps.at(-1)?.sockets?.length ?? 0) > 0 && screen.index > 3,
    );
    const shown = await harness.show(run?.screen);
    const { keyboard } = shown.page;
    for (const tool of ['ss', 'tcpdump'] as const) {
      await shown.page.getByRole('button', { name: tool, exact: true }).focus();
      await keyboard.press('Enter');
      const pane = shown.page.locator('.tool-pane');
      await pane.waitFor();
      const last = await pane.innerText();
      assert.match(last, tool === 'ss' ? /State\s+Recv-Q\s+Send-Q/ : /Flags \[/);
      assert.deepEqual(await findings(shown.page), [], tool);
      await shown.page.locator('input[type=range]').first().focus();
      await keyboard.press('Home');
      assert.notEqual(await pane.innerText(), last);
      await keyboard.press('End');
      assert.equal(await pane.innerText(), last);
    }
    await shown.close();
  });

  it('mastery: each transition says by keyboard what it is and how well it is known', async () => {
    const shown = await harness.show(SCREENS.mastery);
    const { keyboard } = shown.page;
    await shown.page.locator('[data-edge][tabindex="0"]').focus();
    const seen = new Set<string>();
    const edges = await shown.page.locator('[data-edge]').count();
    for (let place = 0; place < edges; place += 1) {
      const label = await focusedLabel(shown);
      assert.match(label, /^[A-Z0-9-]+ → [A-Z0-9-]+: (\d+ %|not met yet)$/);
      const note = await shown.page.locator('.state-note').innerText();
      assert.ok(note.startsWith(label.slice(0, label.indexOf(':'))), note);
      seen.add(label);
      await keyboard.press('ArrowDown');
    }
    assert.equal(seen.size, edges);
    await shown.close();
  });

  it('mastery: no text of the chart of recall lies on a ring or on another text, at any width', async () => {
    for (const [name, chinese] of [
      ['mastery', false],
      ['mastery-zh', true],
    ] as const) {
      for (const width of [380, 800, 1180, 1800]) {
        const shown = await harness.show(SCREENS[name], { width, chinese, height: 1900 });
        const crossing = await shown.page.evaluate(`(() => {
          const svg = [...document.querySelectorAll('.chart svg')].at(-1);
          const boxOf = (element) => element.getBoundingClientRect();
          const texts = [...svg.querySelectorAll('text')].map(boxOf);
          const rings = [...svg.querySelectorAll('circle')].map(boxOf);
          const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
          return texts.flatMap((text, place) =>
            [...rings, ...texts.slice(place + 1)].filter((other) => meet(text, other)).map(() => place)).length;
        })()`);
        assert.equal(crossing, 0, `${name} at ${width} px`);
        await shown.close();
      }
    }
  });
});

describe('study at home in the workbench', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ size: { width: 1400, height: 1000 } });
  });
  after(() => workbench?.dispose());

  it('a newcomer is welcomed, and the walkthrough has a step for all there is', async () => {
    const { page } = workbench;
    await page
      .getByRole('tab', { name: /^Handshake/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Interview Drill' }).waitFor();
    await workbench.screenshot('welcome');
    await workbench.runCommand('Welcome: Open Walkthrough...');
    await page.keyboard.type('Get Started with Handshake');
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'Handshake' }).waitFor();
    await page.keyboard.press('Enter');
    for (const step of [
      'Answer what comes next',
      'Come back where you left',
      'Review just before you forget',
      'See what you know',
      'Ask what if',
      'Rehearse an interview',
      'Read a real capture',
    ]) {
      await page.locator('.gettingStartedContainer').getByText(step, { exact: true }).first().waitFor();
    }
    await workbench.screenshot('walkthrough');
    await workbench.runCommand('View: Close All Editors');
  });

  it('the lab is reached from a lesson by keyboard, once its question is answered', async () => {
    const { page } = workbench;
    await workbench.runAndChoose('Handshake: Start a Drill', 'Which pack?', 'Four-way close and half-close');
    await workbench.choose('How?', 'Practice');
    const lesson = await workbench.webviewFrame('form.question');
    await lesson.locator('#field-0:focus').waitFor();
    assert.equal(await lesson.getByRole('button', { name: /^What if/ }).count(), 0);
    await lesson.getByRole('button', { name: 'Show answer' }).focus();
    await page.keyboard.press('Enter');
    await lesson.locator('.verdict.shown').waitFor();
    await lesson.locator('.actions .primary:focus').waitFor();
    await page.keyboard.press('i');
    const lab = await workbench.webviewFrame('.lab-tools');
    await lab.locator('.scroller').first().focus();
    await page.keyboard.press('x');
    await lab.locator('.lab-first').waitFor();
    assert.deepEqual(await findings(lab), []);
    await workbench.screenshot('lab-from-lesson');
  });
});
