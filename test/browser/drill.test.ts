import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('starting a drill in the web workbench', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
  });
  after(() => workbench?.dispose());

  it('draws the first lesson in a webview', async () => {
    await workbench.runCommand('Handshake: Start a Drill');
    const drill = await workbench.webviewFrame('svg');
    assert.match((await drill.locator('body').textContent()) ?? '', /SYN/);
  });
});
