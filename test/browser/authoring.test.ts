import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { TEMPLATES } from '../../quizzes/authoring/templates.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** A first pack with a slip in it. */
const PACK = (TEMPLATES[0]?.text ?? '').replace('B receives SYN', 'B recieves SYN');

describe('writing a pack in the web workbench', () => {
  let workbench: Workbench;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'handshake-pack-'));
    await writeFile(path.join(folder, 'my.tcpquiz.yaml'), PACK);
    workbench = await openWorkbench({ folder });
  });
  after(async () => {
    await workbench?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('underlines the slip, and shows a question beside the text that follows what is typed', async () => {
    const { page } = workbench;
    await page.locator('.explorer-folders-view').getByText('my.tcpquiz.yaml').click();
    await page.locator('.squiggly-error').first().waitFor();
    await page.locator('.codelens-decoration a').getByText('Preview').nth(1).click();
    const preview = await workbench.webviewFrame('svg');
    await preview.getByText('B has just received').first().waitFor();
    await workbench.screenshot('authoring-preview');
    // The learner sees up to another moment as soon as the author writes it.
    await page.locator('.view-line', { hasText: 'when: B receives FIN' }).click();
    await page.keyboard.press('End');
    for (let back = 0; back < 'FIN'.length; back += 1) await page.keyboard.press('Backspace');
    await page.keyboard.insertText('ACK');
    await preview
      .getByText(/B has just received\s*ACK/)
      .first()
      .waitFor();
    assert.equal(await page.locator('.squiggly-error').count(), 1);
  });

  it('indents a fresh line so that a question can be typed straight on', async () => {
    const { page } = workbench;
    const type = async (text: string) => {
      await page.keyboard.type(text);
      // Whatever is offered is not taken.
      await page.keyboard.press('Escape');
    };
    await page.locator('.view-line', { hasText: 'B recieves SYN' }).click();
    await page.keyboard.press('Control+End');
    await type('  - id: last-state');
    await page.keyboard.press('Enter');
    // The editor asks the extension: whoever types on at once is not helped.
    await page
      .getByText(/^Ln \d+, Col 5$/)
      .first()
      .waitFor();
    for (const line of ['scenario: close', 'when: A receives FIN']) {
      await type(line);
      await page.keyboard.press('Enter');
    }
    await type('ask: state of A');
    await page.locator('.codelens-decoration a').getByText('Preview').nth(2).click();
    const preview = await workbench.webviewFrame('text=Which state is A in then?');
    await preview.getByText('A has just received').first().waitFor();
    assert.equal(
      await page.locator('.squiggly-error').count(),
      1,
      'the slip of the first question, and no other',
    );
  });

  it('says that a script beside the pack is missing, until it is there', async () => {
    const { page } = workbench;
    const file = (name: string) => path.join(workbench.folder, name);
    const scripted = PACK.replace('recieves', 'receives')
      .replace('id: my-pack', 'id: scripted')
      .replace('  close:\n', '  scripted:\n    script: beside.pkt\n  close:\n');
    assert.match(scripted, /id: scripted/);
    await writeFile(file('scripted.tcpquiz.yaml'), scripted);
    await page.locator('.explorer-folders-view').getByText('scripted.tcpquiz.yaml').click();
    await page.locator('.squiggly-error').first().waitFor();
    await writeFile(file('beside.pkt'), '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n');
    await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
    await rm(file('beside.pkt'));
    await page.locator('.squiggly-error').first().waitFor();
  });
});
