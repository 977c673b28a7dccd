import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  isNewcomer,
  markOf,
  NO_PROGRESS,
  parseProgress,
  withMarks,
  withoutPack,
  wronglyAnswered,
} from '../../extension/lessons/progress-model.ts';
import { hasAnswers, NO_STUDY, parseStudy } from '../../quizzes/engine/study.ts';

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

  it('of version 1, as it was stored before answers were kept: every mark stays, and none counts as a review', () => {
    const file = new URL('../fixtures/progress-v1.json', import.meta.url);
    const stored: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const progress = parseProgress(stored);
    assert.deepEqual(progress, {
      version: 1,
      last: 'four-way-close',
      packs: {
        'three-way-handshake': { marks: { 'syn-ack': 'right', 'third-ack': 'wrong', 'why-three': 'self' } },
        'four-way-close': { marks: { 'ack-of-fin': 'wrong', 'half-close': 'right' } },
        'a-pack-that-is-gone': { marks: { anything: 'wrong' } },
      },
    });
    assert.equal(isNewcomer(progress), false);
    assert.deepEqual(parseProgress(JSON.parse(JSON.stringify(progress))), progress);
    const study = parseStudy(stored);
    assert.deepEqual(study, NO_STUDY);
    assert.equal(hasAnswers(study), false);
    assert.deepEqual(wronglyAnswered(progress), [
      { pack: 'three-way-handshake', question: 'third-ack' },
      { pack: 'four-way-close', question: 'ack-of-fin' },
      { pack: 'a-pack-that-is-gone', question: 'anything' },
    ]);
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
