// What helps before the answer.

import { RULES, sourceText } from '../../core/tcp/rules.ts';
import type { Bilingual } from '../../core/text.ts';
import type { Question } from './pack.ts';
import type { Posed } from './posed.ts';
import { skillsOfQuestion } from './skills.ts';

/** Sections named at the most. */
const MOST_SOURCES = 2;

/** The author's hints, and behind them where it is written: the sections of the rules that decide, which tell no answer. */
export function hintsOf({ asks, hints }: Question, posed: Posed | undefined): readonly Bilingual[] {
  if (posed === undefined || asks.some(({ kind }) => kind === 'rule')) return hints;
  const sources = [...new Set(skillsOfQuestion(posed).map((rule) => sourceText(RULES[rule])))];
  if (sources.length === 0) return hints;
  const shown = sources.slice(0, MOST_SOURCES);
  return [
    ...hints,
    { en: `Where it is written: ${shown.join(', ')}.`, 'zh-CN': `出处：${shown.join('、')}。` },
  ];
}
