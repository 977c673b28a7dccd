import { DECISIONS, type DecisionId } from './decisions.ts';
import type { Rule } from './rule.ts';
import { TRANSITION_TEXTS } from './transition-texts.ts';
import { ALL_TRANSITIONS, type TransitionId } from './transitions.ts';

/** A row of the transition table, or a decision beside it. */
export type RuleId = TransitionId | DecisionId;

/** Every rule that can decide a step. */
export const RULES: Readonly<Record<RuleId, Rule>> = {
  ...DECISIONS,
  ...(Object.fromEntries(
    ALL_TRANSITIONS.map(({ id, row }) => [
      id,
      {
        source: typeof row.rfc === 'string' ? { rfc: 9293, section: row.rfc } : row.rfc,
        says: TRANSITION_TEXTS[id],
      },
    ]),
  ) as Record<TransitionId, Rule>),
};

/** What a rule rests on, as it is shown: "RFC 9293 §3.4", "RFC 6298 §5 (5.5)", "Linux tcp_abort_on_overflow". */
export function sourceText({ source }: Pick<Rule, 'source'>): string {
  if ('practice' in source) return source.practice;
  const { rfc, section, item } = source;
  return `RFC ${rfc} §${section}${item === undefined ? '' : ` (${item})`}`;
}

/** Where the source of a rule can be read; nowhere but in the code for what a stack does. */
export function sourceLink({ source }: Pick<Rule, 'source'>): string | undefined {
  if ('practice' in source) return undefined;
  const kind = /^[A-Z]/.test(source.section) ? 'appendix' : 'section';
  return `https://www.rfc-editor.org/rfc/rfc${source.rfc}.html#${kind}-${source.section}`;
}
