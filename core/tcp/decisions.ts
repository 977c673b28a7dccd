// Decisions that are no arrow of the state diagram: how segments are numbered, judged, answered and timed.

import { ARRIVALS } from './decisions-of-arrivals.ts';
import { CALLS } from './decisions-of-calls.ts';
import { NUMBERS } from './decisions-of-numbers.ts';
import { OPENING } from './decisions-of-opening.ts';
import { PRACTICE } from './decisions-of-practice.ts';
import { TIMERS } from './decisions-of-timers.ts';
import type { Rule } from './rule.ts';

/** Every decision beside the transition table, with its source and what it says. */
export const DECISIONS = {
  ...NUMBERS,
  ...OPENING,
  ...ARRIVALS,
  ...TIMERS,
  ...CALLS,
  ...PRACTICE,
} as const satisfies Record<string, Rule>;

export type DecisionId = keyof typeof DECISIONS;
