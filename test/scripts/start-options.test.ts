import assert from 'node:assert/strict';
import { HELP, PORT, startOptions } from '../../scripts/start-options.ts';

describe('npm start', () => {
  const start = { kind: 'start', web: false, port: PORT, folder: undefined } as const;
  const read: readonly (readonly [args: string, value: unknown])[] = [
    ['', start],
    ['--help', { kind: 'help' }],
    ['-h', { kind: 'help' }],
    ['lessons', { ...start, folder: 'lessons' }],
    ['--web lessons', { ...start, web: true, folder: 'lessons' }],
    ['--port 5000', { ...start, web: true, port: 5000 }],
  ];
  for (const [args, value] of read) {
    it(`understands "${args}"`, () => {
      assert.deepEqual(startOptions(args.split(' ').filter(Boolean)), { ok: true, value });
    });
  }

  for (const [args, error] of [
    ['--prot 5000', /--prot/],
    ['--port many', /--port many: a port is a number/],
    ['--port 80', /from 1024/],
    ['one two', /one, two/],
  ] as const) {
    it(`says in one sentence what is wrong with "${args}"`, () => {
      const found = startOptions(args.split(' '));
      assert.ok(!found.ok);
      assert.match(found.error, error);
    });
  }

  it('has every option in its help', () => {
    for (const option of ['--web', '--port', '--help', 'FOLDER', String(PORT)])
      assert.ok(HELP.includes(option));
  });
});
