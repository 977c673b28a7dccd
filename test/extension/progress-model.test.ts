import assert from 'node:assert/strict';
import {
  isNewcomer,
  markOf,
  NO_PROGRESS,
  parseProgress,
  withMarks,
  withoutPack,
} from '../../extension/progress-model.ts';

describe('progress', () => {
  const some = withMarks(NO_PROGRESS, 'close', [
    ['fin', 'right'],
    ['ack', 'wrong'],
    ['why', 'open'],
  ]);

  it('keeps how each question went last', () => {
    assert.deepEqual(
      ['fin', 'ack', 'why', 'never-heard-of'].map((id) => markOf(some, 'close', id)),
      ['right', 'wrong', 'open', 'open'],
    );
    assert.equal(markOf(withMarks(some, 'close', [['ack', 'right']]), 'close', 'ack'), 'right');
  });

  it('keeps the marks of another machine when a new run begins here', () => {
    assert.equal(markOf(withMarks(some, 'close', [['fin', 'open']]), 'close', 'fin'), 'right');
  });

  it('remembers the last pack and tells newcomers from others', () => {
    assert.equal(some.last, 'close');
    assert.equal(isNewcomer(some), false);
    assert.equal(isNewcomer(withMarks(NO_PROGRESS, 'close', [['fin', 'open']])), true);
  });

  it('forgets one pack and leaves the others', () => {
    const two = withMarks(some, 'open', [['syn', 'right']]);
    const left = withoutPack(two, 'close');
    assert.equal(markOf(left, 'close', 'fin'), 'open');
    assert.equal(markOf(left, 'open', 'syn'), 'right');
  });

  it('reads back what it stored, and nothing else', () => {
    assert.deepEqual(parseProgress(JSON.parse(JSON.stringify(some))), some);
    const strange = [undefined, null, 3, [], {}, { version: 2, packs: {} }, { version: 1, packs: 'x' }];
    for (const value of strange) assert.deepEqual(parseProgress(value), NO_PROGRESS);
    assert.deepEqual(
      parseProgress({ version: 1, packs: { p: { marks: { q: 'great', r: 'right' } }, s: 5 } }),
      {
        version: 1,
        packs: { p: { marks: { r: 'right' } }, s: { marks: {} } },
        last: undefined,
      },
    );
  });

  it('is not fooled by ids that every object has', () => {
    assert.equal(markOf(NO_PROGRESS, '__proto__', 'constructor'), 'open');
    assert.equal(markOf(withMarks(NO_PROGRESS, 'p', []), 'p', 'constructor'), 'open');
  });
});
