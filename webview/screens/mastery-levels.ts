import { t } from '../text.ts';

/** How well something is known; each has a colour, a dash pattern and a word. */
export type Level = 'known' | 'fair' | 'weak' | 'new';

/** Percents from which on a level holds. */
const FROM = [
  ['known', 90],
  ['fair', 75],
  ['weak', 0],
] as const;

export function levelOf(percent: number | undefined): Level {
  if (percent === undefined) return 'new';
  return FROM.find(([, from]) => percent >= from)?.[0] ?? 'weak';
}

export const LEVEL_WORDS = {
  known: () => t('known: {0} % or more', 90),
  fair: () => t('fair: {0} % or more', 75),
  weak: () => t('weak'),
  new: () => t('not met yet'),
} as const satisfies Record<Level, () => string>;
