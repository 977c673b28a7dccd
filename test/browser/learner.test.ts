import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { findings } from './axe.ts';
import { BROKEN_CAPTURE, CAPTURE, fillLearnerFolder } from './learner-folder.ts';
import { openWorkbench, type Theme, type Workbench } from './workbench.ts';

/**
 * A workbench on a folder of packs and captures, with our extension at work: a capture that is opened before VS Code
 * has read our manifest opens in the text editor. Dispose of it after the tests.
 */
async function openLearner(): Promise<Workbench> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'handshake-learner-'));
  try {
    await fillLearnerFolder(folder);
    const workbench = await openWorkbench({ folder, size: { width: 1400, height: 900 } });
    await showView(workbench, /^Handshake/);
    await row(workbench, /^Header and flags/).waitFor();
    return workbench;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The lesson once `selector` shows in it. */
const lesson = (workbench: Workbench, selector = 'form.question') => workbench.webviewFrame(selector);
const onQuestion = (frame: Frame, text: string) => frame.locator('.count', { hasText: text }).waitFor();
const marksOf = (frame: Frame) =>
  frame
    .locator('.mark')
    .evaluateAll((marks) =>
      marks.map((mark) => mark.className.replace('mark ', '')).filter((each) => each !== 'open'),
    );
const focused = (frame: Frame) =>
  frame.evaluate('document.activeElement?.closest("label, button")?.textContent ?? ""') as Promise<string>;

/** Shows a view of the activity bar; a click on the one that is shown would hide it. */
async function showView({ page }: Workbench, name: RegExp): Promise<void> {
  const tab = page.getByRole('tab', { name }).first();
  if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
}
const row = ({ page }: Workbench, name: RegExp | string): Locator => page.getByRole('treeitem', { name });

describe('a learner in the web workbench', function () {
  this.timeout(240_000);

  describe('drills', () => {
    let workbench: Workbench;
    before(async () => {
      workbench = await openLearner();
    });
    after(() => workbench?.dispose());

    it('opens a pack from the Handshake view', async () => {
      const pack = row(workbench, /^Header and flags/);
      await pack.hover();
      await pack.getByRole('button', { name: 'Start a Drill' }).click();
      await workbench.choose('How?', 'Practice');
      const frame = await lesson(workbench);
      await onQuestion(frame, '1 / 10');
      assert.match(await frame.locator('.intro').innerText(), /sequence number/);
    });

    it('is told by keyboard alone what was wrong: the value, the misconception, the rule, the section', async () => {
      const { keyboard } = workbench.page;
      const frame = await lesson(workbench, '#field-0:focus');
      await keyboard.press('s');
      await keyboard.press('Enter');
      await frame.locator('.judgement', { hasText: 'fill this in' }).waitFor();
      assert.match(await focused(frame), /numbers taken/);
      await keyboard.type('0');
      await keyboard.press('Enter');
      await frame.locator('.verdict.partly').waitFor();
      const verdict = await frame.locator('.verdict').innerText();
      assert.match(verdict, /numbers taken = 1 · you answered 0/);
      assert.match(verdict, /“SYN consumes nothing”/);
      assert.match(verdict, /RFC 9293 §3\.4/);
      assert.match(await frame.locator('.field.number .judgement').innerText(), /expected 1/);
      await keyboard.press('w');
      const rules = await frame.locator('.verdict .rules li').allInnerTexts();
      assert.ok(
        rules.some((rule) => rule.includes('A SYN takes one sequence number')),
        rules.join('\n'),
      );
      assert.ok(rules.every((rule) => /RFC \d+ §/.test(rule)));
    });

    it('shows all of the verdict without scrolling', async () => {
      const frame = await lesson(workbench, '.verdict.partly');
      await workbench.page.keyboard.press('w');
      const inView = await frame.locator('.verdict .source').evaluate((source) => {
        const pane = source.parentElement?.getBoundingClientRect();
        return pane !== undefined && source.getBoundingClientRect().bottom <= pane.bottom + 1;
      });
      assert.ok(inView, 'the RFC sections are below the fold');
    });

    it('goes on with Enter and answers rightly by keyboard', async () => {
      const { keyboard } = workbench.page;
      const frame = await lesson(workbench);
      await keyboard.press('Enter');
      await onQuestion(frame, '2 / 10');
      await frame.locator('#field-0:focus').waitFor();
      await keyboard.press('s');
      await keyboard.press('a');
      await keyboard.press('Enter');
      await keyboard.type('x + 1');
      await keyboard.press('Enter');
      await frame.locator('.verdict.right').waitFor();
      assert.deepEqual(await marksOf(frame), ['wrong', 'right']);
    });

    it('takes a hint', async () => {
      const { keyboard } = workbench.page;
      const frame = await lesson(workbench);
      await keyboard.press('Enter');
      await onQuestion(frame, '3 / 10');
      const hint = frame.getByRole('button', { name: /^Hint/ });
      await hint.click();
      await frame.locator('.hints li').waitFor();
    });

    it('finds its answers, its place and its draft after the page was loaded anew', async () => {
      await (await lesson(workbench)).locator('#field-0').fill('x+');
      await workbench.reload();
      const frame = await lesson(workbench);
      await onQuestion(frame, '3 / 10');
      assert.deepEqual(await marksOf(frame), ['wrong', 'right']);
      assert.equal(await frame.locator('#field-0').inputValue(), 'x+');
      assert.equal(await frame.locator('.hints li').count(), 1);
    });

    it('goes on by command after the panel was closed', async () => {
      await workbench.runCommand('View: Close All Editors');
      await workbench.page.getByRole('tab', { name: 'Header and flags' }).waitFor({ state: 'detached' });
      await workbench.runCommand('Handshake: Continue');
      const frame = await lesson(workbench);
      await onQuestion(frame, '3 / 10');
      assert.deepEqual(await marksOf(frame), ['wrong', 'right']);
    });

    it('opens another pack by command and keyboard, and plays both rules', async () => {
      const { page } = workbench;
      await workbench.runAndChoose('Handshake: Start a Drill', 'Which pack?', 'One question');
      await workbench.choose('How?', 'Practice');
      await page.getByRole('tab', { name: 'One question' }).waitFor();
      const frame = await lesson(workbench);
      await frame.locator('#field-0:focus').waitFor();
      await page.keyboard.press('s');
      await page.keyboard.press('a');
      await page.keyboard.press('Enter');
      await page.keyboard.type('x');
      await page.keyboard.press('Enter');
      await frame.locator('.verdict .misconception').first().waitFor();
      await page.keyboard.press('p');
      await frame.locator('.compare .player, .lesson.comparing').first().waitFor();
      assert.match(await frame.locator('body').innerText(), /First difference/);
      await page.keyboard.press('Escape');
      await frame.locator('.lesson:not(.comparing)').waitFor();
    });

    it('comes to the summary behind the last question', async () => {
      const frame = await lesson(workbench);
      await frame.getByRole('button', { name: 'Next' }).click();
      await frame.getByText('You have reached the end of this pack').waitFor();
      assert.match(await frame.locator('.met').innerText(), /1×/);
    });
  });

  describe('reads captures and packs of its own', () => {
    let workbench: Workbench;
    before(async () => {
      workbench = await openLearner();
    });
    after(() => workbench?.dispose());

    it('sees the error of a pack at its place, while the other packs work', async () => {
      await row(workbench, /^broken\.tcpquiz\.yaml, cannot be used/).click();
      const frame = await workbench.webviewFrame('text=This pack cannot be used');
      assert.match(await frame.locator('body').innerText(), /broken\.tcpquiz\.yaml, line \d+, column \d+: ./);
      await workbench.runCommand('Problems: Focus on Problems View');
      await workbench.page.locator('.markers-panel').getByText('broken.tcpquiz.yaml').waitFor();
      await row(workbench, /^One question/).waitFor();
      await workbench.runCommand('View: Hide Panel');
    });

    it('is told clearly where a capture breaks off, and sees what there is', async () => {
      await showView(workbench, /^Explorer/);
      await row(workbench, BROKEN_CAPTURE).dblclick();
      const frame = await workbench.webviewFrame('.capture tbody tr');
      assert.equal(await frame.locator('.problems li').count(), 1);
      assert.match(await frame.locator('.problems li').innerText(), /breaks off .* Copy the whole file/s);
    });

    it('chooses a connection of a capture, is asked about it and answers', async () => {
      await row(workbench, CAPTURE).dblclick();
      await workbench.page.getByRole('tab', { name: CAPTURE }).waitFor();
      const capture = await workbench.webviewFrame(`h1:has-text("${CAPTURE}")`);
      await capture.locator('tbody tr').first().click();
      await capture.locator('.arrow').first().waitFor();
      await capture.getByRole('button', { name: 'Drill this connection' }).click();
      const frame = await lesson(workbench);
      assert.match(await frame.locator('.intro').innerText(), /made from this capture/);
      await frame.locator('.fields input[type=text]').first().fill('RST');
      await frame.getByRole('button', { name: 'Show answer' }).click();
      await frame.locator('.verdict.shown').waitFor();
      assert.match(await frame.locator('.verdict').innerText(), /RFC \d+ §/);
    });
  });

  describe('sees nothing that axe finds serious', () => {
    const themes: readonly Theme[] = ['dark', 'light', 'high-contrast', 'high-contrast-light'];
    let workbench: Workbench;
    before(async () => {
      workbench = await openLearner();
    });
    after(() => workbench?.dispose());

    async function check(selector: string): Promise<void> {
      for (const theme of themes) {
        await workbench.setTheme(theme);
        assert.deepEqual(await findings(await workbench.webviewFrame(selector)), [], `${selector} ${theme}`);
      }
    }

    it('in a capture', async () => {
      await showView(workbench, /^Explorer/);
      await row(workbench, CAPTURE).dblclick();
      await check('.capture tbody tr');
    });

    it('in a lesson, asked', async () => {
      await workbench.runAndChoose('Handshake: Start a Drill', 'Which pack?', 'One question');
      await workbench.choose('How?', 'Practice');
      await check('form.question');
    });

    it('in a verdict', async () => {
      const frame = await lesson(workbench);
      await frame.locator('.fields input[type=text]').nth(0).fill('SA');
      await frame.locator('.fields input[type=text]').nth(1).fill('x');
      await frame.getByRole('button', { name: 'Check' }).click();
      await check('.verdict.partly');
    });

    it('in the summary', async () => {
      await (await lesson(workbench)).getByRole('button', { name: 'Next' }).click();
      await check('.summary-screen');
    });
  });
});
