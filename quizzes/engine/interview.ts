// The interview drill: questions of all packs by role, difficulty and length, each with its follow-ups, as one pack.

import { isRecord } from '../../core/record.ts';
import { RULES, sourceText } from '../../core/tcp/rules.ts';
import type { Bilingual, Language } from '../../core/text.ts';
import type { Change } from '../../core/timeline/scenario.ts';
import {
  HOSTS,
  type HostId,
  peerOf,
  type Timeline,
  type Transmission,
} from '../../core/timeline/timeline.ts';
import { deriveSeed } from './chance.ts';
import { type BilingualHtml, bilingualHtml, codeHtml, type Html } from './html.ts';
import { changeText } from './lab/change-text.ts';
import { endOf, endText, tellDifference, toldText } from './lab/story.ts';
import type { Ask, Pack, Question, ScenarioPlan } from './pack.ts';
import { changedRun, type Placed, placeQuestion } from './place-question.ts';
import type { Posed } from './posed.ts';
import { promptOf } from './prompts.ts';
import { INTERVIEW_PACK } from './review-lesson.ts';
import { ruleOptions } from './rule-choice.ts';
import type { Run } from './run.ts';
import { newSession } from './session.ts';
import { rulesOf } from './telling-rules.ts';
import { canSee, seenBefore } from './visibility.ts';

export const ROLES = ['student', 'backend', 'sre'] as const;
export type Role = (typeof ROLES)[number];

/** Minutes. */
export const LENGTHS = [10, 20, 40] as const;
export type Length = (typeof LENGTHS)[number];

/** 0 takes every difficulty. */
export const DIFFICULTIES = [0, 1, 2, 3] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];

/** What an interview is made from. It holds the seed: never post it to a webview. */
export interface InterviewChoice {
  readonly role: Role;
  readonly minutes: Length;
  readonly difficulty: Difficulty;
  readonly seed: number;
  /** When it began, in milliseconds since the epoch: the engine has no clock. */
  readonly at: number;
}

/** One question of an interview, still without its follow-ups. */
export interface Picked {
  readonly pack: Pack;
  readonly question: Question;
  readonly plan: ScenarioPlan;
}

/** Seconds that a computed step takes, by difficulty, and each of its follow-ups. */
const SECONDS = { step: { 1: 75, 2: 105, 3: 150 }, why: 45, whatIf: 75 } as const;

/** Whether the question can be asked of a candidate: graded, on a run that can be branched. */
function isAskable(pack: Pack, question: Question): boolean {
  const plan = pack.scenarios[question.scenario ?? ''];
  return question.asks.length > 0 && plan?.kind === 'script' && plan.believe === undefined;
}

/**
 * Picks questions until the time is full: those tagged with the role first, no scenario twice, packs by turns.
 * Equal packs and choices give equal interviews.
 */
export function planInterview(packs: readonly Pack[], choice: InterviewChoice): readonly Picked[] {
  const { role, minutes, difficulty, seed } = choice;
  const candidates = packs.flatMap((pack) =>
    pack.questions
      .filter((question) => isAskable(pack, question))
      .filter((question) => difficulty === 0 || question.difficulty === difficulty)
      .flatMap((question): Picked[] => {
        const plan = pack.scenarios[question.scenario ?? ''];
        return plan === undefined ? [] : [{ pack, question, plan }];
      }),
  );
  const order = ({ pack, question }: Picked) => deriveSeed(seed, `interview/${pack.id}/${question.id}`);
  const suits = ({ question }: Picked) => Number(question.tags.includes(role));
  const rest = candidates.sort((one, other) => suits(other) - suits(one) || order(one) - order(other));
  const picked: Picked[] = [];
  const used = new Map<string, number>();
  let left = minutes * 60;
  while (left > 0 && rest.length > 0) {
    const place = nextPlace(rest, used, role);
    const [next] = rest.splice(place, 1);
    if (next === undefined) break;
    left -= SECONDS.step[next.question.difficulty] + SECONDS.why + SECONDS.whatIf;
    picked.push(next);
    used.set(next.pack.id, (used.get(next.pack.id) ?? 0) + 1);
    for (let at = rest.length - 1; at >= 0; at -= 1) if (rest[at]?.plan === next.plan) rest.splice(at, 1);
  }
  return picked;
}

/** The first of the pack that was asked of least, among those that suit the role as long as there are any. */
function nextPlace(rest: readonly Picked[], used: ReadonlyMap<string, number>, role: Role): number {
  const suited = rest.filter(({ question }) => question.tags.includes(role));
  const among = suited.length > 0 ? suited : rest;
  const asked = ({ pack }: Picked) => used.get(pack.id) ?? 0;
  const least = Math.min(...among.map(asked));
  const next = among.find((each) => asked(each) === least);
  return next === undefined ? 0 : rest.indexOf(next);
}

const TITLE: Bilingual = { en: 'Interview drill', 'zh-CN': '面试演练' };
const WHY: Bilingual = {
  en: 'And why? Name the rule that decides, as you would to an interviewer.',
  'zh-CN': '追问：为什么？像回答面试官那样，说出起决定作用的规则。',
};
const WHICH: Bilingual = {
  en: 'And why? Choose the rule that decides it. All of these hold; one of them decides here.',
  'zh-CN': '追问：为什么？请选出起决定作用的规则。下列各条都成立，但只有一条决定了这里的答案。',
};
const TITLES = {
  why: { en: 'why?', 'zh-CN': '为什么？' },
  whatIf: { en: 'what if?', 'zh-CN': '如果……？' },
} as const satisfies Record<string, Bilingual>;

/** The interview as a pack: each question, then "why", then a what-if on the same connection. */
export function interviewPack(packs: readonly Pack[], choice: InterviewChoice): Pack {
  const picked = planInterview(packs, choice);
  const scenarios: Record<string, ScenarioPlan> = {};
  const steps = picked.map(({ pack, question, plan }): Question => {
    const scenario = `${pack.id}/${question.scenario ?? ''}`;
    scenarios[scenario] = plan;
    return {
      ...question,
      id: `${pack.id}/${question.id}`,
      replaces: [],
      section: undefined,
      scenario,
      time: SECONDS.step[question.difficulty] * 1000,
    };
  });
  const bare: Pack = {
    id: INTERVIEW_PACK,
    version: '1',
    title: TITLE,
    summary: undefined,
    license: undefined,
    scenarios,
    sections: [],
    questions: steps,
  };
  const session = newSession(choice.seed);
  return {
    ...bare,
    questions: steps.flatMap((step) => [
      step,
      ...followUps(step, placeQuestion(bare, session, step), choice),
    ]),
  };
}

/** Where an interview's question comes from, and which part of its block it is. */
export function originOf(id: string): {
  readonly packId: string;
  readonly questionId: string;
  readonly part: 'step' | 'why' | 'what-if';
} {
  const [packId = '', questionId = '', part] = id.split('/');
  return { packId, questionId, part: part === 'why' || part === 'what-if' ? part : 'step' };
}

function followUps(step: Question, placed: Placed, choice: InterviewChoice): Question[] {
  const { posed, run } = placed;
  if (posed === undefined || run?.scenario === undefined) return [];
  const asked = whatIf(run, placed, choice.seed);
  return [
    ...why(step, posed, choice.seed),
    ...(asked === undefined
      ? []
      : [followUp(step, 'what-if', bilingualHtml(asked.prompt), TITLES.whatIf, asked)]),
  ];
}

/** Whether the picture of the step itself shows the rules that decide it: to choose them would be to read them off. */
function isReasonSeen({ asks }: Question, { run, cut, answers }: Posed): boolean {
  const seen = seenBefore(run.timeline, cut, asks);
  return [...answers.values()].some(
    ({ decidedIn }) => decidedIn !== undefined && canSee(seen, decidedIn.index, 'rules'),
  );
}

/** Graded where the run offers other rules to choose among; otherwise marked by the learner; none if nothing decided. */
function why(step: Question, posed: Posed, seed: number): Question[] {
  const options = isReasonSeen(step, posed) ? undefined : ruleOptions(posed, deriveSeed(seed, step.id));
  if (options !== undefined) {
    const asks: readonly Ask[] = [{ kind: 'rule', of: step.asks, options }];
    return [followUp(step, 'why', afterQuestion(step, posed, WHICH), TITLES.why, { asks })];
  }
  const rubric = rulesOf(posed)
    .slice(0, 4)
    .map((id) => {
      const { says } = RULES[id];
      const source = sourceText(RULES[id]);
      return { en: `${says.en} (${source})`, 'zh-CN': `${says['zh-CN']}（${source}）` };
    });
  return rubric.length === 0
    ? []
    : [followUp(step, 'why', afterQuestion(step, posed, WHY), TITLES.why, { rubric })];
}

/** A follow-up with the question that it follows, for by then that is off the screen. */
function afterQuestion(step: Question, { run, cut }: Posed, text: Bilingual): BilingualHtml {
  const quote = (language: Language) =>
    `<p>${codeHtml(text[language])}</p><blockquote>${promptOf(step, run.timeline, cut, language)}</blockquote>` as Html;
  return { en: quote('en'), 'zh-CN': quote('zh-CN') };
}

/** What is asked about is a rule to choose, or points that the learner marks: both are computed, not written. */
function followUp(
  step: Question,
  part: 'why' | 'what-if',
  prompt: BilingualHtml,
  title: Bilingual,
  { asks = [], rubric = [], whatIf }: Partial<Pick<Question, 'asks' | 'rubric' | 'whatIf'>>,
): Question {
  return {
    ...step,
    id: `${step.id}/${part}`,
    title: { en: `${step.title.en} · ${title.en}`, 'zh-CN': `${step.title['zh-CN']} · ${title['zh-CN']}` },
    asks,
    rubric,
    alternatives: [],
    ...(whatIf && { whatIf }),
    prompt,
    hints: [],
    feedback: {},
    time: (part === 'why' ? SECONDS.why : SECONDS.whatIf) * 1000,
  };
}

/**
 * Something to change, from the question's moment on if it can be, and what comes of it. Something does: more follows than
 * is seen, and an end is another; that a crash ends the host itself goes without saying.
 */
function whatIf(
  run: Run,
  { cut }: Placed,
  seed: number,
): (Required<Pick<Question, 'rubric' | 'whatIf'>> & { readonly prompt: Bilingual }) | undefined {
  const from = Math.max(0, cut?.step ?? 0);
  const original = run.timeline;
  const lose = ({ id }: Transmission): Possible => ({
    change: { kind: 'lose', transmission: id },
    ends: HOSTS,
  });
  const sent = original.transmissions.filter(({ sentIn, lost }) => sentIn !== undefined && !lost);
  const later = sent.filter(({ sentIn = -1 }) => sentIn >= from).slice(0, 3);
  const crashes = HOSTS.map(
    (host): Possible => ({
      change: { kind: 'act', after: from, what: { kind: 'call', host, call: 'crash' } },
      ends: [peerOf(host)],
    }),
  );
  const order = ({ change }: Possible) => deriveSeed(seed, JSON.stringify(change));
  const ahead = [...later.map(lose), ...crashes].sort((one, other) => order(one) - order(other));
  // Where all is over, what came before could have gone otherwise.
  const before = sent.filter(({ sentIn = -1 }) => sentIn < from).reverse();
  for (const [place, { change, ends: others }] of [...ahead, ...before.map(lose)].entries()) {
    const made = changedRun(run, change);
    if (made === undefined) continue;
    const changed = made.run.timeline;
    if (made.cut.step + 1 >= changed.steps.length) continue;
    const tell = (language: Language) => tellDifference(original, changed, language);
    const [en, zh] = [tell('en'), tell('zh-CN')];
    if (en === undefined || zh === undefined) continue;
    if (!others.some((host) => endsOtherwise(original, changed, host))) continue;
    const ends = HOSTS.map((host): Bilingual => {
      const state = endOf(changed, host);
      return { en: `${host} ends in ${state}`, 'zh-CN': `${host} 最终处于 ${state}` };
    });
    const reasons = en.rules.slice(0, 1).map(
      ({ text, source }, place): Bilingual => ({
        en: `Because: ${text} (${source})`,
        'zh-CN': `因为：${zh.rules[place]?.text ?? ''}（${source}）`,
      }),
    );
    return {
      prompt: {
        en: `${place < ahead.length ? 'And' : 'Go back in this run:'} what if ${changeText(original, change, 'en')}? Say what happens next, and how it ends.`,
        'zh-CN': `追问：${place < ahead.length ? '' : '回到之前，'}如果 ${changeText(original, change, 'zh-CN')}，接下来会发生什么，最后如何结束？`,
      },
      rubric: [{ en: en.text, 'zh-CN': zh.text }, ...reasons, ...ends],
      whatIf: change,
    };
  }
  return undefined;
}

/** Something to change, and the hosts of which one has to end otherwise. */
interface Possible {
  readonly change: Change;
  readonly ends: readonly HostId[];
}

/** Whether a host ends in another state, at another time, or with its application told something else. */
function endsOtherwise(original: Timeline, changed: Timeline, host: HostId): boolean {
  return (
    endText(original, host, 'en') !== endText(changed, host, 'en') ||
    toldText(original, host, 'en') !== toldText(changed, host, 'en')
  );
}

/** Reads a choice that was kept; undefined when it is none. */
export function parseInterviewChoice(value: unknown): InterviewChoice | undefined {
  if (!isRecord(value)) return undefined;
  const role = ROLES.find((known) => known === value['role']);
  const minutes = LENGTHS.find((known) => known === value['minutes']);
  const difficulty = DIFFICULTIES.find((known) => known === value['difficulty']);
  const { seed, at } = value;
  if (role === undefined || minutes === undefined || difficulty === undefined) return undefined;
  if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(at)) return undefined;
  return { role, minutes, difficulty, seed: seed as number, at: at as number };
}
