// Which misconceptions a run tells of: one answer by itself may come of any of several.

import type { Diagnosis } from './diagnose.ts';

/** How often what answers gave away was met, by the ids of the misconceptions that explain such an answer alike. */
export type MetCounts = Readonly<Record<string, number>>;

const OR = '|';

/** What one answer gives away: none, or the ids of the misconceptions that explain as much of it as the first does. */
function givenAway(diagnoses: readonly Diagnosis[]): readonly string[] {
  const [first] = diagnoses;
  if (first === undefined) return [];
  const alike = diagnoses.filter(
    ({ explains, reach }) => reach === first.reach && explains.join() === first.explains.join(),
  );
  return [alike.map(({ misconception }) => misconception.id).join(OR)];
}

/** The run with one more answer counted. */
export function counted(met: MetCounts, diagnoses: readonly Diagnosis[]): MetCounts {
  const key = givenAway(diagnoses)[0];
  return key === undefined ? met : { ...met, [key]: (met[key] ?? 0) + 1 };
}

/**
 * How often each misconception was met, most often first: the fewest that explain all answers, so that one which other
 * answers of the run disprove does not count for those that it would explain as well.
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

/** Of the misconceptions that explain an answer alike, the one that explains most answers of the run. */
export function likeliest(diagnoses: readonly Diagnosis[], met: MetCounts): readonly string[] {
  const totals = totalsOf(Object.entries(met));
  return givenAway(diagnoses).map((key) =>
    key.split(OR).reduce((best, id) => ((totals.get(id) ?? 0) > (totals.get(best) ?? 0) ? id : best)),
  );
}

function totalsOf(entries: readonly (readonly [string, number])[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const [key, times] of entries) {
    for (const id of key.split(OR)) totals.set(id, (totals.get(id) ?? 0) + times);
  }
  return totals;
}
