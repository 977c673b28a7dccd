import type { Pack } from '../../quizzes/engine/pack.ts';
import { misconceptionsMet, type Study } from '../../quizzes/engine/study.ts';
import { sliced } from '../slices.ts';

/** Finds what the schedule needs of all questions, in slices: only the first time it takes long. */
export async function prepareStudy(study: Study, packs: readonly Pack[]): Promise<void> {
  const { indexInPieces } = await import('../../quizzes/engine/question-index.ts');
  await indexInPieces(
    packs,
    [...misconceptionsMet(study).keys()],
    sliced(() => false),
  );
}
