// What a learner knows, as the mastery screen shows it: plain data in their language.

import { RULES, sourceText } from '../../core/tcp/rules.ts';
import type { TransitionId } from '../../core/tcp/transitions.ts';
import type { Language } from '../../core/text.ts';
import { findMisconception } from './mutants.ts';
import type { Pack } from './pack.ts';
import { indexOf, spoilsIn } from './question-index.ts';
import { planReview } from './review-lesson.ts';
import {
  cardsOf,
  dueDay,
  dueSkills,
  forecast,
  GOAL_RECALL,
  HORIZON,
  history,
  masteryOf,
  overallMastery,
  streakOf,
} from './schedule.ts';
import { type SkillId, skillName } from './skills.ts';
import { dayCounts, misconceptionsMet, type Study } from './study.ts';

/** What somebody knows of each skill, and what comes next. Percents are whole numbers. */
export interface MasteryScreen {
  readonly kind: 'mastery';
  /** Nothing was ever answered. */
  readonly isEmpty: boolean;
  /** The pack to begin with. */
  readonly begin: { readonly id: string; readonly title: string } | undefined;
  /** Skills due today. */
  readonly due: number;
  /** The review that would be opened now. */
  readonly review: { readonly questions: number; readonly minutes: number } | undefined;
  /** Days until something is due; undefined when something is, or nothing ever will be. */
  readonly nextIn: number | undefined;
  /** Over all that the packs ask. */
  readonly overall: number;
  readonly known: { readonly count: number; readonly of: number };
  readonly goalRecall: number;
  /** Days ahead that a figure speaks of. */
  readonly horizon: number;
  readonly today: { readonly answered: number; readonly goal: number };
  readonly streak: number;
  /** Of every row that was met. */
  readonly transitions: Readonly<Partial<Record<TransitionId, number>>>;
  /** What is known worst of what was met, worst first. */
  readonly weakest: readonly SkillView[];
  readonly misconceptions: readonly {
    readonly id: string;
    readonly name: string;
    readonly times: number;
    readonly daysAgo: number;
  }[];
  /** Skills due today and on the days after it. */
  readonly forecast: readonly number[];
  /** Oldest first, today last. */
  readonly past: readonly PastDayView[];
}

interface SkillView {
  readonly id: SkillId;
  readonly name: string;
  readonly source: string;
  readonly percent: number;
}

interface PastDayView {
  readonly daysAgo: number;
  readonly recall: number | undefined;
  readonly answered: number;
  readonly right: number;
}

const WEAKEST = 8;
const AHEAD = 14;
const BACK = 30;
/** A question of a review with its verdict, as a rule of thumb. */
const MINUTES = 0.7;

const percent = (share: number) => Math.round(share * 100);

/** Makes the screen of a study. `goal` is in answers a day. */
export function masteryScreen(
  study: Study,
  packs: readonly Pack[],
  today: number,
  goal: number,
  language: Language,
): MasteryScreen {
  const cards = cardsOf(study);
  const due = dueSkills(study, today, spoilsIn(packs));
  const plan = planReview(packs, due, study, 0);
  const asked = new Set([...packs.flatMap(indexOf).flatMap(({ skills }) => skills), ...cards.keys()]);
  const [first] = packs;
  const rated = [...cards].map(([skill, card]) => [skill, percent(masteryOf(card, today))] as const);
  const coming = [...cards.values()].map((card) => dueDay(card) - today).filter((days) => days > 0);
  return {
    kind: 'mastery',
    isEmpty: cards.size === 0,
    begin: first && { id: first.id, title: first.title[language] },
    due: due.length,
    review: plan && {
      questions: plan.picks.length,
      minutes: Math.max(1, Math.round(plan.picks.length * MINUTES)),
    },
    nextIn: due.length > 0 || coming.length === 0 ? undefined : Math.min(...coming),
    overall: percent(overallMastery(cards, asked, today)),
    known: { count: rated.filter(([, share]) => share >= percent(GOAL_RECALL)).length, of: asked.size },
    goalRecall: percent(GOAL_RECALL),
    horizon: HORIZON,
    today: { answered: dayCounts(study).get(today)?.answered ?? 0, goal },
    streak: streakOf(study, today),
    transitions: Object.fromEntries(rated),
    weakest: rated
      .filter(([, share]) => share < percent(GOAL_RECALL))
      .sort(([one, a], [other, b]) => a - b || (one < other ? -1 : 1))
      .slice(0, WEAKEST)
      .map(([id, share]) => ({
        id,
        name: skillName(id)[language],
        source: sourceText(RULES[id]),
        percent: share,
      })),
    misconceptions: [...misconceptionsMet(study)]
      .sort(([, a], [, b]) => b.at - a.at)
      .flatMap(([id, { times, day }]) => {
        const name = findMisconception(id)?.name[language];
        return name === undefined ? [] : [{ id, name, times, daysAgo: Math.max(0, today - day) }];
      }),
    forecast: forecast(cards, today, AHEAD).map((count, place) => (place === 0 ? due.length : count)),
    past: history(study, today, BACK).map(({ day, recall, answered, right }) => ({
      daysAgo: today - day,
      recall: recall === undefined ? undefined : percent(recall),
      answered,
      right,
    })),
  };
}
