// Which misconceptions a run tells of: one answer by itself may come of any of several.

import type { Diagnosis } from './diagnose.ts';

/** How often what answers gave away was met, by the ids of the misconceptions that explain such an answer alike. */
export type MetCounts = Readonly<Record<string, number>>;

const OR = '|';

/** Whether both explain the same of an answer, equally near. */
function isAlike(one: Diagnosis, other: Diagnosis): boolean {
  return one.reach === other.reach && one.explains.join() === other.explains.join();
}

/** The run with one more answer counted: what explains as much of it as the first does is not told apart. */
export function counted(met: MetCounts, diagnoses: readonly Diagnosis[]): MetCounts {
  const [first] = diagnoses;
  if (first === undefined) return met;
  const alike = diagnoses.filter((one) => isAlike(one, first));
  const key = alike.map(({ misconception }) => misconception.id).join(OR);
  return { ...met, [key]: (met[key] ?? 0) + 1 };
}

/**
 * How often each misconception was met, most often first. One by one whichever explains most of the answers left is
 * taken, so that one which other answers of the run disprove does not count for those that it would explain as well.
 */
export function misconceptionsIn(met: MetCounts): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let left = Object.entries(met);
  for (;;) {
    const totals = totalsOf(left);
    const best = [...totals].reduce<[string, number] | undefined>(
      (most, next) => (most === undefined || next[1] > most[1] ? next : most),
      undefined,
    );
    if (best === undefined) return found;
    found.set(...best);
    left = left.filter(([key]) => !key.split(OR).includes(best[0]));
  }
}

/** The same, but of those that explain as much as the first does, those first that explain most answers of the run. */
export function byRun(diagnoses: readonly Diagnosis[], met: MetCounts): readonly Diagnosis[] {
  const [first] = diagnoses;
  if (first === undefined) return [];
  const totals = totalsOf(Object.entries(met));
  const times = ({ misconception }: Diagnosis) => totals.get(misconception.id) ?? 0;
  const alike = diagnoses.filter((one) => isAlike(one, first));
  return [
    ...alike.sort((one, other) => times(other) - times(one)),
    ...diagnoses.filter((one) => !isAlike(one, first)),
  ];
}

function totalsOf(entries: readonly (readonly [string, number])[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const [key, times] of entries) {
    for (const id of key.split(OR)) totals.set(id, (totals.get(id) ?? 0) + times);
  }
  return totals;
}
