import assert from 'node:assert/strict';
import { watch } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { readStudy, type Study } from '../../quizzes/engine/study.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('study outlives the extension host', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  before(async function () {
    if (process.platform === 'win32') this.skip(); // there is no SIGKILL, and no ps
    workbench = await openWorkbench();
  });
  after(() => workbench?.dispose());

  async function study(): Promise<Study> {
    const read = readStudy(await readFile(path.join(workbench.storage, 'study.json'), 'utf8'));
    assert.ok(read.ok, 'study.json cannot be read');
    return read.value;
  }

  async function untilKept(count: number): Promise<void> {
    for (let look = 0; look < 200; look += 1) {
      const kept = await study().catch(() => undefined);
      if (kept !== undefined && kept.reviews.length >= count) return;
      await workbench.page.waitForTimeout(50);
    }
    assert.fail(`study.json never held ${count} answers`);
  }

  const lesson = () => workbench.webviewFrame('form.question');
  const answered = (frame: Frame) =>
    frame.locator(':is(.verdict.right, .verdict.wrong, .verdict.partly)').waitFor();
  const marks = (frame: Frame) => frame.locator('.mark.right, .mark.wrong').count();

  /** Fills in the first field that there is by keyboard, all else as it comes, up to the last Enter. */
  async function write(frame: Frame): Promise<void> {
    const { keyboard } = workbench.page;
    await frame.locator('#field-0:focus').waitFor();
    const fields = await frame.locator('form.question .field').count();
    for (let place = 0; place < fields; place += 1) {
      await frame.locator(`#field-${place}:focus`).waitFor();
      const isText = await frame.locator(`input[type=text]#field-${place}`).count();
      const isRadio = await frame.locator(`input[type=radio]#field-${place}`).count();
      await keyboard.press(isText > 0 ? '7' : isRadio > 0 ? 'Space' : 's');
      if (place + 1 < fields) await keyboard.press('Enter');
    }
  }

  async function answer(): Promise<void> {
    const frame = await lesson();
    await write(frame);
    await workbench.page.keyboard.press('Enter');
    await answered(frame);
  }

  async function next(): Promise<void> {
    const frame = await lesson();
    await frame.locator('.actions .primary').focus();
    await workbench.page.keyboard.press('Enter');
    await frame.getByRole('button', { name: /^Check/ }).waitFor();
  }

  /** Kills the host at the given moment of the answer that is about to be checked. */
  async function killWhile(moment: 'checked' | 'writing' | 'written'): Promise<void> {
    const hosts = workbench.extensionHosts();
    assert.ok(hosts.length > 0, 'no extension host to kill');
    const kill = () => {
      for (const host of hosts.splice(0)) {
        try {
          process.kill(host, 'SIGKILL');
        } catch {
          // It had ended by itself.
        }
      }
    };
    if (moment === 'checked') {
      await workbench.page.keyboard.press('Enter');
      return kill();
    }
    const sign = moment === 'writing' ? /\.tmp$/ : /^study\.json$/;
    await new Promise<void>((resolve) => {
      const watcher = watch(workbench.storage, (_, name) => {
        if (name === null || !sign.test(name)) return;
        kill();
        watcher.close();
        resolve();
      });
      void workbench.page.keyboard.press('Enter');
    });
  }

  it('begins with two answers by keyboard, each in study.json once graded', async () => {
    await workbench.runAndChoose('Handshake: Start a Drill', 'Which pack?', 'Three-way handshake');
    await workbench.choose('How?', 'Practice');
    for (const count of [1, 2]) {
      await answer();
      await untilKept(count);
      await next();
    }
  });

  for (const moment of ['checked', 'writing', 'written'] as const) {
    it(`loses at most the answer in flight when killed as an answer is ${moment}`, async () => {
      const { page } = workbench;
      const before = await study();
      await write(await lesson());
      await killWhile(moment);
      // The page lives on: VS Code in a browser writes down every five seconds what it was told to keep.
      await page.waitForTimeout(6_000);
      const left = await study();
      assert.deepEqual(left.reviews.slice(0, before.reviews.length), before.reviews);
      assert.ok(left.reviews.length <= before.reviews.length + 1);
      if (moment === 'written') assert.equal(left.reviews.length, before.reviews.length + 1);
      await workbench.reload();
      // VS Code closes the panels of an extension host that died.
      await workbench.runCommand('Handshake: Continue');
      const frame = await lesson();
      assert.ok((await marks(frame)) >= before.reviews.length, 'marks of earlier answers are gone');
      // What was in flight may be in the lesson, in the study, in both or in neither.
      if ((await frame.getByRole('button', { name: /^Check/ }).count()) === 0) await next();
      await answer();
      await untilKept(left.reviews.length + 1);
      assert.deepEqual((await study()).reviews.slice(0, left.reviews.length), left.reviews);
      const files = await readdir(workbench.storage);
      assert.deepEqual(
        files.filter((name) => name.includes('unreadable')),
        [],
      );
      await next();
    });
  }
});
