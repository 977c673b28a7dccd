import assert from 'node:assert/strict';
import type { LabScreen } from '../../quizzes/engine/lab/lab-view.ts';
import { type Harness, type Look, openHarness, type Shown } from '../webview/harness/page.ts';
import { type LabScreenName, labScreens } from '../webview/lab-screens.ts';
import { findings } from './axe.ts';

const LOOKS: readonly Look[] = [
  { theme: 'dark' },
  { theme: 'light', chinese: true },
  { theme: 'hc-dark' },
  { theme: 'hc-light' },
  { theme: 'dark', width: 380 },
];

describe('the what-if lab in a browser', function () {
  this.timeout(120_000);
  let harness: Harness;
  let screens: ReadonlyMap<LabScreenName, LabScreen>;
  before(async () => {
    harness = await openHarness();
    screens = new Map((await labScreens('en')).map(({ name, screen }) => [name, screen]));
  });
  after(() => harness?.close());

  const open = (name: LabScreenName, look: Look = {}) => harness.show(screens.get(name), look);
  const lastPosted = async (shown: Shown) => (await shown.posted()).at(-1);
  const action = (what: unknown) => ({ type: 'lab/do', action: what });

  describe('is accessible, keeps to the policy, and never scrolls sideways', () => {
    for (const name of [
      'lab/begin',
      'lab/last-ack-lost',
      'lab/predicting',
      'lab/predicted',
      'lab/capture',
    ] as const) {
      it(name, async () => {
        for (const look of LOOKS) {
          const shown = await open(name, look);
          assert.deepEqual(await findings(shown.page), [], `${look.theme} ${look.width ?? ''}`);
          assert.deepEqual(shown.complaints, []);
          const over = await shown.page.evaluate('document.documentElement.scrollWidth - innerWidth');
          assert.equal(over, 0, `at ${look.width ?? 1180} px`);
          await shown.close();
        }
      });
    }
  });

  it('has all its tools in one row at 1180 pixels, in both languages', async () => {
    for (const chinese of [false, true]) {
      const shown = await open('lab/begin', { width: 1180, chinese });
      const rows = await shown.page
        .locator('.lab-buttons button')
        .evaluateAll((buttons) => buttons.map((button) => Math.round(button.getBoundingClientRect().top)));
      assert.ok(rows.length >= 12);
      assert.deepEqual([...new Set(rows)].length, 1, `rows at ${rows.join(' ')}`);
      await shown.close();
    }
  });

  it('changes the run by keyboard alone', async () => {
    const shown = await open('lab/begin');
    const { keyboard } = shown.page;
    const arrow = screens.get('lab/begin')?.original.arrows.at(-1)?.id;
    await keyboard.press('d');
    assert.deepEqual(await lastPosted(shown), action({ type: 'change', request: { kind: 'lose', arrow } }));
    await keyboard.press('Home');
    await keyboard.press('b');
    assert.deepEqual(
      await lastPosted(shown),
      action({ type: 'change', request: { kind: 'call', step: 0, host: 'B', call: 'crash' } }),
    );
    await keyboard.press('End');
    await keyboard.press('l');
    await shown.page.locator('.lab-drawer input:focus').waitFor();
    await keyboard.press('Control+a');
    await keyboard.type('250 ms');
    await keyboard.press('Enter');
    assert.deepEqual(
      await lastPosted(shown),
      action({ type: 'change', request: { kind: 'delay', arrow, by: '250 ms' } }),
    );
    await keyboard.press('Escape');
    await keyboard.press('q');
    await shown.close();
  });

  it('undoes with Z, and toggles prediction with Q', async () => {
    const shown = await open('lab/two-changes');
    await shown.page.locator('.scroller').last().focus();
    await shown.page.keyboard.press('z');
    assert.deepEqual(await lastPosted(shown), action({ type: 'keep', count: 1 }));
    await shown.page.keyboard.press('q');
    assert.deepEqual(await lastPosted(shown), action({ type: 'predict-first', on: true }));
    await shown.close();
  });

  it('forges a segment with the numbers its sender would use', async () => {
    const shown = await open('lab/begin');
    await shown.page.locator('.scroller').focus();
    await shown.page.keyboard.press('Home');
    for (let step = 0; step < 5; step += 1) await shown.page.keyboard.press('ArrowRight');
    await shown.page.keyboard.press('f');
    await shown.page.getByRole('button', { name: 'Forge', exact: true }).click();
    assert.deepEqual(
      await lastPosted(shown),
      action({
        type: 'change',
        request: {
          kind: 'forge',
          step: 5,
          segment: { from: 'A', flags: 'RST', length: '0', seq: 'u', ack: '' },
        },
      }),
    );
    await shown.close();
  });

  it('shows both runs level in time, the first difference framed, and a text for each', async () => {
    const shown = await open('lab/last-ack-lost', { height: 1100 });
    assert.equal(await shown.page.locator('.frame').count(), 2);
    const heights =
      (await shown.page.evaluate(`[...document.querySelectorAll('.lab-side svg.picture')].map((svg) =>
      Object.fromEntries([...svg.querySelectorAll('text.time, tspan.time')].map((text) => [text.textContent.trim(), Math.round(text.getBoundingClientRect().y)])))`)) as readonly Readonly<
        Record<string, number>
      >[];
    const [one, other] = heights;
    assert.ok(one && other);
    const common = Object.keys(one).filter((time) => time in other);
    assert.ok(common.length > 3, JSON.stringify(heights));
    for (const time of common) assert.equal(one[time], other[time], time);
    await shown.page.getByRole('button', { name: 'Text' }).click();
    assert.equal(await shown.page.locator('.text-twin').count(), 2);
    assert.match(await shown.page.locator('.text-twin').last().innerText(), /retransmission timer fires/);
    await shown.close();
  });

  it('shows how a prediction went', async () => {
    const shown = await open('lab/predicted');
    const box = await shown.page.locator('.lab-verdict').boundingBox();
    assert.ok(box && box.height > 40, `the verdict is ${box?.height} px high`);
    await shown.close();
  });

  it('takes a prediction, and keeps what is typed over a reload', async () => {
    const shown = await open('lab/predicting');
    await shown.page.getByLabel('B, when a timer fires').check();
    await shown.page.locator('#predict-seq').fill('w');
    await shown.page.reload();
    await shown.send(screens.get('lab/predicting') as LabScreen);
    assert.equal(await shown.page.locator('#predict-seq').inputValue(), 'w');
    await shown.page.getByRole('button', { name: /Show what happens/ }).click();
    assert.match(await shown.page.locator('.lab-prediction').innerText(), /fill this in/);
    await shown.page.getByLabel('nobody, unless an application makes a call').check();
    assert.equal(await shown.page.locator('#predict-seq').count(), 0);
    await shown.page.locator('#predict-A\\.state').selectOption('CLOSED');
    await shown.page.locator('#predict-B\\.state').selectOption('LAST-ACK');
    await shown.page.getByLabel('None: nothing new happens.').check();
    await shown.page.getByRole('button', { name: /Show what happens/ }).click();
    assert.deepEqual(
      await lastPosted(shown),
      action({
        type: 'predict',
        fields: { 'next': 'nobody', 'A.state': 'CLOSED', 'B.state': 'LAST-ACK', 'rule': 'nothing' },
      }),
    );
    await shown.close();
  });
});
