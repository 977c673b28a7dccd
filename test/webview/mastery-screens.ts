import { ALL_TRANSITIONS } from '../../core/tcp/transitions.ts';
import { type MasteryScreen, masteryScreen } from '../../quizzes/engine/mastery.ts';
import { isSkill } from '../../quizzes/engine/skills.ts';
import { NO_STUDY, type Review, SKILL_GRADES, type Study, withReview } from '../../quizzes/engine/study.ts';

const DAY = 86_400_000;
const TODAY = 20_030;

const RULES = [
  'number/fin-takes-one',
  'number/syn-takes-one',
  'number/ack-is-next-expected',
  'timer/backs-off',
  'time-wait/lasts-2msl',
  'arrives/outside-window-is-acked',
];
/** What is met, in the order of the table; CLOSING stays unseen. */
const MET = [...ALL_TRANSITIONS.map(({ id }) => id).filter((id) => !id.includes('CLOSING')), ...RULES].filter(
  isSkill,
);

/** A month of answers without chance: skill after skill, some of them mostly wrong. */
function review(nth: number): Review {
  const day = TODAY - 29 + Math.floor(nth / 6);
  const skills = [0, 1, 2].map((step) => MET[(nth * 7 + step * 11) % MET.length] ?? 'number/fin-takes-one');
  const gradeOf = (skill: string) =>
    SKILL_GRADES[skill.length % 7 === 3 ? 0 : (nth + skill.length) % 5 === 0 ? 1 : 2];
  return {
    at: day * DAY + nth,
    day,
    pack: 'pack',
    question: `question-${nth % 20}`,
    numbers: nth,
    grades: Object.fromEntries(skills.map((skill) => [skill, gradeOf(skill) ?? 'good'])),
    misconceptions: nth % 31 === 5 ? ['fin-consumes-nothing'] : nth === 120 ? ['passive-closer-waits'] : [],
  };
}

const STUDY: Study = Array.from({ length: 178 }, (_, nth) => nth)
  .filter((nth) => ![5, 11, 12, 20].includes(Math.floor(nth / 6)))
  .map(review)
  .reduce(withReview, NO_STUDY);

export const MASTERY: MasteryScreen = {
  ...masteryScreen(STUDY, [], TODAY, 10, 'en'),
  review: { questions: 12, minutes: 8 },
  known: { count: 41, of: 63 },
};

export const MASTERY_ZH: MasteryScreen = {
  ...masteryScreen(STUDY, [], TODAY, 10, 'zh-CN'),
  review: { questions: 12, minutes: 8 },
};

export const MASTERY_EMPTY: MasteryScreen = {
  ...masteryScreen(NO_STUDY, [], TODAY, 10, 'en'),
  begin: { id: 'header-and-flags', title: 'The TCP header and its flags' },
};
