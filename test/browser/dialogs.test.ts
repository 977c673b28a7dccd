// What asks before it does something, by keyboard, in the real workbench.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { openWorkbench, type Workbench } from './workbench.ts';

const PACK = `format: 1
id: asking
title: Asking pack
profile: textbook
scenarios:
  run: { script: [{ B: listen }, { A: connect }] }
questions:
  - id: linked
    scenario: run
    when: B receives SYN
    ask: state of B
    prompt: Read [about TCP](https://example.org/tcp?x=1) first.
`;

describe('what asks first, in the web workbench', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  let folder: string;
  let store: Server;
  interface Posted {
    readonly path: string;
    readonly body: string;
    readonly login: string;
  }
  const posted: Posted[] = [];
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'handshake-dialogs-'));
    await writeFile(path.join(folder, 'asking.yaml'), PACK);
    store = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += String(part);
      });
      request.on('end', () => {
        const [, login = ''] = (request.headers.authorization ?? '').split(' ');
        posted.push({ path: request.url ?? '', body, login: Buffer.from(login, 'base64').toString() });
        response.setHeader('content-type', 'application/json').end('[]');
      });
    });
    await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve));
    const { port } = store.address() as AddressInfo;
    workbench = await openWorkbench({
      folder,
      settings: {
        'handshake.lrsEndpoint': `http://127.0.0.1:${port}/xapi`,
        'files.simpleDialog.enable': true,
      },
    });
  });
  after(async () => {
    await workbench?.dispose();
    store?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Types into the box that asks for a text. */
  async function answer(title: string, text: string): Promise<void> {
    const { page } = workbench;
    await page.locator('.quick-input-title', { hasText: title }).waitFor();
    const input = page.locator('.quick-input-widget input').first();
    // While a box takes the place of another, what is typed may be lost, and Enter with it.
    for (let tries = 0; tries < 10; tries += 1) {
      if ((await input.inputValue()) !== text) await input.fill(text);
      await page.keyboard.press('Enter');
      const isTaken = page.waitForFunction(
        (typed) => {
          const box = document.querySelector<HTMLInputElement>('.quick-input-widget input');
          return box === null || !box.checkVisibility() || box.value !== typed;
        },
        text,
        { timeout: 1_000 },
      );
      if ((await isTaken.catch(() => undefined)) !== undefined) return;
    }
  }

  /** Names a file in VS Code's own dialog, which begins with a path where the lists before it are empty. */
  async function nameFile(file: string): Promise<void> {
    const { page } = workbench;
    const input = page.locator('.quick-input-widget input').first();
    await page.waitForFunction(() =>
      document.querySelector<HTMLInputElement>('.quick-input-widget input')?.value.startsWith('/'),
    );
    // While the dialog still looks a path up, what is typed may be lost, and Enter means nothing to it.
    for (let tries = 0; tries < 10 && (await input.isVisible()); tries += 1) {
      await page.waitForTimeout(700);
      if ((await input.inputValue()) === file) await page.keyboard.press('Enter');
      else await input.fill(file);
    }
  }

  /** What the dialog in the middle says; pressed away by the button of that name. */
  async function dialog(button: string): Promise<string> {
    const box = workbench.page.locator('.monaco-dialog-box');
    await box.waitFor();
    const said = await box.innerText();
    const own = await box.locator('#monaco-dialog-message-text').innerText();
    await box.getByRole('button', { name: button, exact: true }).click();
    // Another dialog may have taken its place.
    await box.filter({ hasText: own }).waitFor({ state: 'detached' });
    return said;
  }

  /** What VS Code keeps of what was said: under tests it lets nothing pop up. */
  async function notice(text: string): Promise<void> {
    const { page } = workbench;
    await workbench.runCommand('Notifications: Show Notifications');
    await page.locator('.notifications-center').getByText(text).first().waitFor();
    await workbench.runCommand('Notifications: Clear All Notifications');
  }

  const row = (name: string) =>
    workbench.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: name });

  it('a pack is added from a file that the dialog finds', async () => {
    await workbench.runAndChoose('Handshake: Add Pack from File or URL…', 'Add a Pack', 'From a File…');
    await nameFile(path.join(workbench.folder, 'asking.yaml'));
    await notice('“Asking pack” was added to your packs.');
  });

  it('an address is refused while it is typed, and nothing is fetched before the dialog allows it', async () => {
    const { page } = workbench;
    await workbench.runAndChoose('Handshake: Add Pack from File or URL…', 'Add a Pack', 'From a URL…');
    await page.locator('.quick-input-widget', { hasText: 'The https address' }).waitFor();
    await page.locator('.quick-input-widget input').first().fill('http://127.0.0.1/a');
    await page.getByText('Packs are fetched over https only.').waitFor();
    await answer('Add a Pack', 'https://127.0.0.1:1/a.tcpquiz.yaml');
    assert.match(
      await dialog('Cancel'),
      /Download a quiz pack from 127\.0\.0\.1:1\?[\s\S]*https:\/\/127\.0\.0\.1:1\/a\.tcpquiz\.yaml/,
    );
    await workbench.runAndChoose('Handshake: Add Pack from File or URL…', 'Add a Pack', 'From a URL…');
    await answer('Add a Pack', 'https://127.0.0.1:1/a.tcpquiz.yaml');
    await dialog('Download');
    await notice('Nothing could be fetched');
  });

  it('a link of an author’s asks with its full address; VS Code is asked only after that', async () => {
    const { page } = workbench;
    await workbench.runAndChoose('Handshake: Start a Drill', 'Which pack?', 'Asking pack');
    await workbench.choose('How?', 'Practice');
    const frame = await workbench.webviewFrame('a[href^="https://example.org"]');
    const link = frame.getByRole('link', { name: 'about TCP' });
    await link.focus();
    await page.keyboard.press('Enter');
    const said = await dialog('Cancel');
    assert.match(said, /Open this address in your browser\?\s+https:\/\/example\.org\/tcp\?x=1/);
    // Neither did anybody else ask.
    await page.waitForTimeout(500);
    assert.equal(await page.locator('.monaco-dialog-box').count(), 0);
    await link.click();
    await dialog('Open in Browser');
    assert.match(await page.locator('.monaco-dialog-box').innerText(), /example\.org/);
    await dialog('Cancel');
  });

  it('results are saved where the dialog says', async () => {
    const frame = await workbench.webviewFrame('#field-0');
    await frame.locator('#field-0').selectOption('SYN-RECEIVED');
    await frame.getByRole('button', { name: 'Check' }).click();
    await frame.locator('.verdict.right').waitFor();
    await frame.locator('.actions .primary:focus').waitFor();
    await workbench.runAndChoose('Handshake: Export Results…', 'Which pack?', 'Asking pack');
    await answer('Export Results', 'Ann');
    const target = path.join(workbench.folder, 'ann.json');
    await nameFile(target);
    await notice('Results of 1 answered questions were saved.');
    const { pack, learner } = JSON.parse(await readFile(target, 'utf8')) as Record<string, unknown>;
    assert.deepEqual([pack, learner], [{ id: 'asking', version: '1.0.0' }, 'Ann']);
  });

  it('results are sent to a record store only after key, secret and consent', async () => {
    await workbench.runAndChoose('Handshake: Send Results to a Record Store…', 'Which pack?', 'Asking pack');
    await answer('Send Results', 'Ann');
    await answer('Record Store', 'key');
    await answer('Record Store', 'secret');
    assert.match(await dialog('Cancel'), /Send 2 statements to 127\.0\.0\.1/);
    assert.equal(posted.length, 0);
    await workbench.runAndChoose('Handshake: Send Results to a Record Store…', 'Which pack?', 'Asking pack');
    await answer('Send Results', 'Ann');
    await dialog('Send');
    await notice('2 statements were sent');
    assert.deepEqual(
      posted.map(({ path: to, login }) => [to, login]),
      [['/xapi/statements', 'key:secret']],
    );
    assert.equal((JSON.parse(posted[0]?.body ?? '[]') as unknown[]).length, 2);
  });

  it('an added pack is removed only after the dialog, and then it is gone', async () => {
    const { page } = workbench;
    await page.getByRole('tab', { name: 'Handshake' }).first().click();
    await row('Asking pack').first().waitFor();
    await workbench.runAndChoose('Handshake: Remove Added Pack…', 'Which pack?', 'Asking pack');
    assert.match(await dialog('Cancel'), /Remove “Asking pack” from your packs\?/);
    assert.ok((await row('Asking pack').count()) > 0);
    await row('Asking pack').first().click({ button: 'right' });
    const item = page.locator('.monaco-menu').getByText('Remove Added Pack…');
    await item.waitFor();
    // VS Code's menus take no click in their first moments.
    while (await item.isVisible()) {
      await item.click({ timeout: 2_000 }).catch(() => undefined);
      await page.waitForTimeout(500);
    }
    await dialog('Remove');
    await row('Asking pack').first().waitFor({ state: 'detached' });
  });
});
