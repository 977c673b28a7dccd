import type { Bilingual } from '../text.ts';
import { DECISIONS, type DecisionId } from './decisions.ts';
import { TRANSITION_TEXTS } from './transition-texts.ts';
import { ALL_TRANSITIONS, type TransitionId } from './transitions.ts';

/** A row of the transition table, or a decision beside it. */
export type RuleId = TransitionId | DecisionId;

/** Why a step went as it did, with the place that says so. */
export interface Rule {
  /** The number of the RFC. */
  readonly rfc: number;
  readonly section: string;
  readonly says: Bilingual;
}

/** Every rule that can decide a step. */
export const RULES: Readonly<Record<RuleId, Rule>> = {
  ...DECISIONS,
  ...(Object.fromEntries(
    ALL_TRANSITIONS.map(({ id, row }) => [id, { rfc: 9293, section: row.rfc, says: TRANSITION_TEXTS[id] }]),
  ) as Record<TransitionId, Rule>),
};
