// What a learner has done, as plain data. progress.ts keeps it in VS Code's storage.

import { isRecord } from '../../core/record.ts';
import type { Mark } from '../../quizzes/engine/view.ts';

/** A question that has been answered carries one of these. */
type DoneMark = Exclude<Mark, 'open' | 'given'>;

interface PackProgress {
  /** Question id → how it went last. */
  readonly marks: Readonly<Record<string, DoneMark>>;
}

export interface Progress {
  readonly version: 1;
  readonly packs: Readonly<Record<string, PackProgress>>;
  /** The pack answered or opened last. */
  readonly last: string | undefined;
}

export const NO_PROGRESS: Progress = { version: 1, packs: {}, last: undefined };

const DONE_MARKS = ['right', 'wrong', 'self'] as const satisfies readonly DoneMark[];

function parseMarks(value: unknown): Readonly<Record<string, DoneMark>> {
  if (!isRecord(value)) return {};
  const known = Object.entries(value).flatMap(([id, raw]) => {
    const mark = DONE_MARKS.find((each) => each === raw);
    return mark === undefined ? [] : [[id, mark] as const];
  });
  return Object.fromEntries(known);
}

/** Reads what storage holds; what it cannot read counts as not done. Never throws. */
export function parseProgress(value: unknown): Progress {
  if (!isRecord(value) || value['version'] !== 1 || !isRecord(value['packs'])) return NO_PROGRESS;
  const packs = Object.entries(value['packs']).map(
    ([id, pack]) => [id, { marks: parseMarks(isRecord(pack) ? pack['marks'] : undefined) }] as const,
  );
  const last = value['last'];
  return { version: 1, packs: Object.fromEntries(packs), last: typeof last === 'string' ? last : undefined };
}

/**
 * Adds the marks of a run to those the pack had, and remembers the pack as the last one.
 * A question that is open in this run keeps its mark: the run may be a new one, on another machine.
 */
export function withMarks(
  progress: Progress,
  packId: string,
  marks: readonly (readonly [questionId: string, mark: Mark])[],
): Progress {
  const done = marks.filter((entry): entry is readonly [string, DoneMark] =>
    DONE_MARKS.some((known) => known === entry[1]),
  );
  const merged = { ...progress.packs[packId]?.marks, ...Object.fromEntries(done) };
  return { version: 1, packs: { ...progress.packs, [packId]: { marks: merged } }, last: packId };
}

/** Forgets one pack. */
export function withoutPack(progress: Progress, packId: string): Progress {
  const { [packId]: _, ...packs } = progress.packs;
  return { ...progress, packs };
}

/** How the question went last; `open` when it was never answered. */
export function markOf(progress: Progress, packId: string, questionId: string): Mark {
  const marks = progress.packs[packId]?.marks ?? {};
  return Object.hasOwn(marks, questionId) ? (marks[questionId] ?? 'open') : 'open';
}

/** Questions that were answered wrongly when they were answered last, by pack and question. */
export function wronglyAnswered({
  packs,
}: Progress): readonly { readonly pack: string; readonly question: string }[] {
  return Object.entries(packs).flatMap(([pack, { marks }]) =>
    Object.entries(marks).flatMap(([question, mark]) => (mark === 'wrong' ? [{ pack, question }] : [])),
  );
}

/** Whether nothing was ever answered. */
export function isNewcomer(progress: Progress): boolean {
  return Object.values(progress.packs).every((pack) => Object.keys(pack.marks).length === 0);
}
