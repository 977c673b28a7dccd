// What there is to know: each row of the transition table and each rule beside it is one skill.

import { RULES, type RuleId } from '../../core/tcp/rules.ts';
import { ALL_TRANSITIONS } from '../../core/tcp/transitions.ts';
import type { Bilingual } from '../../core/text.ts';
import type { Field } from './ask.ts';
import { answersBy } from './believed-answers.ts';
import type { Posed } from './posed.ts';
import { tellingRules } from './telling-rules.ts';

/** A rule of the core, as something a learner knows or does not. */
export type SkillId = RuleId;

const ROWS = new Map<string, (typeof ALL_TRANSITIONS)[number]>(ALL_TRANSITIONS.map((row) => [row.id, row]));

/** Whether it is the id of a rule that can be learnt. */
export function isSkill(id: string): id is SkillId {
  return Object.hasOwn(RULES, id);
}

/** What a skill is called in lists: an arrow by its ends, a rule by what it says. */
export function skillName(skill: SkillId): Bilingual {
  const row = ROWS.get(skill);
  const { says } = RULES[skill];
  if (row === undefined) return says;
  const ends = `${row.from} → ${row.row.to}`;
  return { en: `${ends}: ${says.en}`, 'zh-CN': `${ends}：${says['zh-CN']}` };
}

/** The skills that a field exercises: what decided its answer. Empty when nothing did. */
export function skillsOfField(posed: Posed, field: Field): readonly SkillId[] {
  if (field.ask.kind !== 'rule') return [...new Set(tellingRules(posed, field))];
  const value = posed.answers.get(field.name)?.value;
  return value?.kind === 'choice' && isSkill(value.choice) ? [value.choice] : [];
}

/** The skills that a question exercises, in order. */
export function skillsOfQuestion(posed: Posed): readonly SkillId[] {
  return [...new Set(posed.fields.flatMap((field) => skillsOfField(posed, field)))];
}

/** The skills of a question that a misconception spoils: those of the fields it makes one answer wrongly. */
export function spoiltIn(posed: Posed, misconception: string): readonly SkillId[] {
  const beliefs = answersBy(misconception, posed);
  const spoilt = posed.fields.filter(({ name }) => {
    const right = JSON.stringify(posed.answers.get(name)?.value);
    return beliefs.some((belief) => belief.has(name) && JSON.stringify(belief.get(name)) !== right);
  });
  return [...new Set(spoilt.flatMap((field) => skillsOfField(posed, field)))];
}
