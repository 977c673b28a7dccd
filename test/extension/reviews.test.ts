import assert from 'node:assert/strict';
import type { ProgressStore } from '../../extension/lessons/progress.ts';
import { NO_PROGRESS } from '../../extension/lessons/progress-model.ts';
import type { PackLibrary } from '../../extension/packs/pack-library.ts';
import { openReviews } from '../../extension/study/reviews.ts';
import type { StudyStore } from '../../extension/study/study-store.ts';
import { NO_STUDY } from '../../quizzes/engine/study.ts';
import { shippedPacks } from '../quizzes/support.ts';

describe('a review when nothing is due', () => {
  it('says so of no file, and offers the pack to go on with', async () => {
    const packs = await shippedPacks();
    const reviews = openReviews(
      { packs: async () => packs } as Partial<PackLibrary> as PackLibrary,
      { now: () => NO_PROGRESS, session: () => undefined } as Partial<ProgressStore> as ProgressStore,
      { now: async () => NO_STUDY } as Partial<StudyStore> as StudyStore,
      { now: () => 0, today: () => 0, seed: () => 1 },
    );
    const course = await reviews.open({ version: 1, kind: 'review' });
    assert.equal(course.kind, 'problem');
    const [first] = packs;
    assert.ok(first);
    for (const language of ['en', 'zh-CN'] as const) {
      const { followsFile, next } = course.screen(language);
      assert.equal(followsFile, undefined);
      assert.deepEqual(next, { id: first.id, title: first.title[language] });
    }
  });
});
