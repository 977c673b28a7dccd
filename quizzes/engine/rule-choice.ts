// "Why?" as something to choose: the rule that decides, among rules that decide elsewhere.

import { RULES, type RuleId } from '../../core/tcp/rules.ts';
import { deriveSeed } from './chance.ts';
import type { Posed } from './posed.ts';
import { type SkillId, skillsOfField } from './skills.ts';
import { latestFirst, rulesOf } from './telling-rules.ts';

/** How many wrong rules stand beside the right one, and how few make no choice. */
const MOST_WRONG = 3;
const FEWEST_WRONG = 2;

/** Rows of the table are weighed against rows, rules of numbering against rules of numbering. */
function familyOf(rule: RuleId): string {
  return rule.slice(0, rule.indexOf('/')).replace(/^[A-Z].*/, 'row');
}

/** What decided the answer that was made last, up to the question's moment: of two sides, that to which something has just happened. */
function latestReason(posed: Posed): SkillId | undefined {
  return latestFirst(posed, posed.fields).flatMap((field) => skillsOfField(posed, field))[0];
}

/**
 * The rules to choose among when asked what decided a question's answers: one that did, and others of the same run that
 * did not, those of its own kind first.
 *
 * @param seed - decides which, and their order
 * @returns undefined when nothing decided, or when too little else happens in the run
 */
export function ruleOptions(posed: Posed, seed: number): readonly RuleId[] | undefined {
  const deciding = rulesOf(posed);
  const right = latestReason(posed);
  if (right === undefined) return undefined;
  const told = new Set(deciding.map((rule) => RULES[rule].says.en));
  const order = (rule: RuleId) => deriveSeed(seed, `rule/${rule}`);
  const isKin = (rule: RuleId) => Number(familyOf(rule) === familyOf(right));
  const wrong: RuleId[] = [];
  const elsewhere = new Set(posed.run.timeline.steps.flatMap(({ rules }) => rules));
  for (const rule of [...elsewhere].sort((a, b) => isKin(b) - isKin(a) || order(a) - order(b))) {
    const text = RULES[rule].says.en;
    if (told.has(text) || wrong.length >= MOST_WRONG) continue;
    told.add(text);
    wrong.push(rule);
  }
  if (wrong.length < FEWEST_WRONG) return undefined;
  return [right, ...wrong].sort((a, b) => order(a) - order(b));
}
