import assert from 'node:assert/strict';
import { workbenchUrl } from '../../scripts/vscode/workbench-url.ts';

describe('the address of a web workbench', () => {
  const server = {
    authority: '127.0.0.1:4000',
    token: 'secret',
  };

  it('survives spaces and other letters in paths', () => {
    const url = new URL(
      workbenchUrl(server, { folder: '/home/张 三/my lessons', extension: '/opt/hand shake' }),
    );
    assert.equal(url.searchParams.get('folder'), '/home/张 三/my lessons');
    assert.deepEqual(JSON.parse(url.searchParams.get('payload') ?? '')[0], [
      'extensionDevelopmentPath',
      'vscode-remote://127.0.0.1:4000/opt/hand%20shake',
    ]);
  });

  it('opens a workspace file as a workspace', () => {
    const file = '/f/mine.code-workspace';
    const url = new URL(workbenchUrl(server, { folder: file, extension: '/e' }));
    assert.deepEqual([url.searchParams.get('workspace'), url.searchParams.get('folder')], [file, null]);
  });

  it('lets in only who has the token', () => {
    const url = new URL(workbenchUrl(server, { folder: '/f', extension: '/e' }));
    assert.equal(url.searchParams.get('tkn'), 'secret');
  });
});
