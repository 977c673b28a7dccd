import assert from 'node:assert/strict';
import { findIdLine, withoutDoubles } from '../../extension/packs/pack-file.ts';
import { fileOf, packOf } from './packs.ts';

describe('packs with the same id', () => {
  const shipped = fileOf('close.tcpquiz.yaml', packOf('close', [['a']]));
  const other = fileOf('flags.tcpquiz.yaml', packOf('flags', [['a']]));
  const mine = fileOf('mine/close.tcpquiz.yaml', packOf('close', [['b']]), 'workspace');
  const copy = fileOf('old/close.tcpquiz.yaml', packOf('close', [['c']]), 'workspace');

  it('a pack of the workspace takes the place of a shipped one', () => {
    assert.deepEqual(withoutDoubles([shipped, other, mine]), [mine, other]);
  });

  it('the second of two in the workspace is told which file has its id', () => {
    const [first, , second] = withoutDoubles([shipped, other, mine, copy]);
    assert.equal(first, mine);
    assert.equal(second?.pack, undefined);
    assert.deepEqual(
      second?.issues.map(({ code, file, message }) => [code, file, message.en]),
      [
        [
          'duplicate-pack-id',
          'old/close.tcpquiz.yaml',
          'The pack id "close" is already that of mine/close.tcpquiz.yaml; give this pack another id.',
        ],
      ],
    );
  });

  it('broken files do not count', () => {
    const broken = [fileOf('a', undefined, 'workspace'), fileOf('b', undefined, 'workspace')];
    assert.deepEqual(withoutDoubles(broken), broken);
  });
});

describe('the place of the id', () => {
  it('is its line', () => {
    assert.deepEqual(findIdLine('format: 1\nid: close \ntitle: x\n'), {
      start: { offset: 10, line: 2, column: 1 },
      end: { offset: 19, line: 2, column: 10 },
    });
  });

  it('is the start of a file without one', () => {
    const start = { offset: 0, line: 1, column: 1 };
    assert.deepEqual(findIdLine('title: x\n  id: deeper\n'), { start, end: start });
  });
});
