// Where sources disagree: the same question on the same run by every profile, and what makes the answers differ.

import { PROFILE_IDS, type Profile, type ProfileId } from '../../core/tcp/profiles.ts';
import type { RuleId } from '../../core/tcp/rules.ts';
import type { Language } from '../../core/text.ts';
import { hasLetters } from './believed-answers.ts';
import { formatDuration } from './durations.ts';
import type { Question, ScriptPlan } from './pack.ts';
import { type Posed, pose } from './posed.ts';
import { PROFILE_SOURCES, type ProfileKey } from './profile-sources.ts';
import { ruleViews } from './project.ts';
import { fieldViews } from './prompts.ts';
import { play } from './run.ts';
import { rulesOf } from './telling-rules.ts';
import { keysThatDiffer, underProfile } from './under-profile.ts';
import { shownVerdict } from './verdict.ts';
import type { ProfileAnswerView } from './view.ts';

/** The answer by one profile; `posed` is undefined when the moment never comes by it. */
interface ProfileAnswer {
  readonly id: ProfileId;
  readonly profile: Profile;
  readonly posed: Posed | undefined;
  /** What of the profile makes the answer another than the question's own. */
  readonly because: readonly ProfileKey[];
}

/** Computed once for every plan, seed and question; only speed depends on it. */
const known = new WeakMap<ScriptPlan, Map<string, readonly ProfileAnswer[]>>();
const KEPT = 16;

/** The question by each profile, its own first; empty when all answer alike. */
export function answersByProfile(
  question: Question,
  plan: ScriptPlan,
  seed: number,
): readonly ProfileAnswer[] {
  const all = known.get(plan) ?? new Map<string, readonly ProfileAnswer[]>();
  known.set(plan, all);
  const key = `${question.id}/${seed}`;
  const before = all.get(key);
  if (before !== undefined) return before;
  if (all.size >= KEPT) all.clear();
  const answers = compute(question, plan, seed);
  all.set(key, answers);
  return answers;
}

function compute(question: Question, plan: ScriptPlan, seed: number): readonly ProfileAnswer[] {
  if (question.asks.length === 0 || plan.believe !== undefined) return [];
  const under = (profile: Profile): Posed | undefined => {
    const posed = pose(question, play({ ...plan, profile }, seed));
    return posed.ok ? posed.value : undefined;
  };
  const own = plan.profile;
  const mine = under(own);
  const said = answersText(mine);
  const others = PROFILE_IDS.filter((id) => id !== own.id).map((id): ProfileAnswer => {
    const profile = underProfile(own, id);
    const posed = under(profile);
    const differs = answersText(posed) !== said;
    const differing = keysThatDiffer(own, profile);
    const alone = differs
      ? differing.filter((key) => answersText(under({ ...own, [key]: profile[key] })) !== said)
      : [];
    const together =
      differs && alone.length === 0
        ? differing.filter(
            (key) => answersText(under({ ...profile, [key]: own[key] })) !== answersText(posed),
          )
        : [];
    return { id, profile, posed, because: [...alone, ...together] };
  });
  const isSame = others.every(({ posed }) => answersText(posed) === said);
  return isSame ? [] : [{ id: own.id, profile: own, posed: mine, because: [] }, ...others];
}

/** All answers in a line, in the textbook's notation. */
function answersText(posed: Posed | undefined): string {
  if (posed === undefined) return '';
  return shownVerdict(posed, 'en')
    .fields.map(({ expected }) => expected)
    .join(', ');
}

/** The answers by each profile in the learner's language; empty when they are the same. */
export function profileViews(
  question: Question,
  plan: ScriptPlan,
  seed: number,
  language: Language,
): readonly ProfileAnswerView[] {
  if (question.asks.some(hasLetters)) return [];
  const answers = answersByProfile(question, plan, seed);
  const [own] = answers;
  if (own === undefined) return [];
  const labels = fieldViews(question.asks, language);
  const decided = new Set(own.posed === undefined ? [] : rulesOf(own.posed));
  return answers.map(({ id, profile, posed, because }) => ({
    profile: id,
    own: id === own.id,
    fields:
      posed === undefined
        ? []
        : shownVerdict(posed, language).fields.map(({ name, expected }) => ({
            label: labels.find((field) => field.name === name)?.label ?? name,
            value: expected,
          })),
    reasons: because.flatMap((key) => reasonText(key, profile, own.profile, language) ?? []),
    rules: ruleViews(newRules(posed, decided), language),
  }));
}

/** Rules that decide by this profile and not by the question's own. */
function newRules(posed: Posed | undefined, decided: ReadonlySet<RuleId>): readonly RuleId[] {
  return posed === undefined ? [] : rulesOf(posed).filter((rule) => !decided.has(rule));
}

/** "least RTO: 200 ms (TCP_RTO_MIN) instead of 1 s (RFC 6298 (2.4))". */
function reasonText(key: ProfileKey, profile: Profile, own: Profile, language: Language): string | undefined {
  const found = PROFILE_SOURCES[key];
  if (found === undefined) return undefined;
  const write = (one: Profile) => {
    const says = found.says[one.id];
    return `${valueText(one[key], found.unit, language)}${says === undefined ? '' : ` (${says})`}`;
  };
  return language === 'en'
    ? `${found.what.en}: ${write(profile)} instead of ${write(own)}`
    : `${found.what['zh-CN']}：${write(profile)}，而不是 ${write(own)}`;
}

const WORDS = {
  yes: { en: 'yes', 'zh-CN': '是' },
  no: { en: 'no', 'zh-CN': '否' },
  none: { en: 'none', 'zh-CN': '无' },
} as const;

function valueText(value: unknown, unit: 'time' | 'count' | undefined, language: Language): string {
  if (value === undefined) return WORDS.none[language];
  if (typeof value === 'boolean') return WORDS[value ? 'yes' : 'no'][language];
  return unit === 'time' && typeof value === 'number' ? formatDuration(value, language) : String(value);
}
