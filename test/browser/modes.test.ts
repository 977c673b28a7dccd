import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findings } from './axe.ts';
import { fillLearnerFolder } from './learner-folder.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('drills and exams in the web workbench', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  before(async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'handshake-modes-'));
    await fillLearnerFolder(folder);
    workbench = await openWorkbench({ folder });
    await rm(folder, { recursive: true });
  });
  after(() => workbench?.dispose());

  /** Starts the pack of one question in a mode, by keyboard. */
  async function start(mode: string): Promise<void> {
    await workbench.runAndChoose('Handshake: Start a Drill', 'Which pack?', 'One question');
    await workbench.choose('How?', mode);
  }

  it('an exam is taken by keyboard alone: answered, kept, handed in, looked at', async () => {
    const { keyboard } = workbench.page;
    await start('Exam');
    const frame = await workbench.webviewFrame('#field-0:focus');
    assert.equal(await frame.locator('.chip.mode').innerText(), 'Exam');
    assert.equal(await frame.getByRole('button', { name: /Hint|Show answer/ }).count(), 0);
    for (const key of ['s', 'a', 'Enter', 'x', 'Enter']) await keyboard.press(key);
    await frame.getByText('Answer saved').waitFor();
    assert.equal(await frame.locator('.verdict.right, .verdict.wrong, .verdict.partly').count(), 0);
    assert.deepEqual(
      await frame.locator('.mark').evaluateAll((marks) => marks.map((mark) => mark.className)),
      ['mark given'],
    );
    await frame.locator('.actions .primary:focus').waitFor();
    await keyboard.press('Enter');
    await frame.getByText('All 1 questions are answered.').waitFor();
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await frame.locator('.result-lines').waitFor();
    assert.match(await frame.locator('.result-lines tbody').innerText(), /partly right\s+0\.5 \/ 1/);
    assert.deepEqual(await findings(frame), []);
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await frame.locator('.verdict.partly .misconception').first().waitFor();
  });

  it('an exam that is over is over after the page was loaded anew, too', async () => {
    await workbench.reload();
    const frame = await workbench.webviewFrame('.verdict.partly');
    assert.match(await frame.locator('.chip.mode').innerText(), /^Exam · over$/);
  });

  it('a drill counts down, stands when paused by keyboard, and covers its question meanwhile', async () => {
    const { keyboard } = workbench.page;
    await start('Drill');
    const frame = await workbench.webviewFrame('.clock.running');
    await frame.locator('#field-0:focus').waitFor();
    const read = () => frame.locator('.clock').innerText();
    const first = await read();
    await frame.waitForFunction((before) => document.querySelector('.clock')?.textContent !== before, first);
    await frame.getByRole('button', { name: 'Pause' }).focus();
    await keyboard.press('Enter');
    await frame.locator('.pause-cover').waitFor();
    assert.equal(await frame.locator('form.question, .timeline-pane').count(), 0);
    assert.deepEqual(await findings(frame), []);
    const stands = await read();
    await frame.waitForTimeout(1_200);
    assert.equal(await read(), stands);
    await frame.locator('.pause-cover .primary:focus').waitFor();
    await keyboard.press('Enter');
    await frame.locator('form.question').waitFor();
  });
});
