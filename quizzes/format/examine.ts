// What only a run of the core can tell about one question, as data without places: it may be kept while neither the
// question nor its scenario changes, and placed anew in every version of the file.

import { PROFILE_IDS, PROFILES, type Profile } from '../../core/tcp/profiles.ts';
import type { Bilingual, Language } from '../../core/text.ts';
import { inferTimeline } from '../../core/timeline/infer.ts';
import type { Timeline } from '../../core/timeline/timeline.ts';
import { outcomeOf } from '../engine/alternatives.ts';
import { separates } from '../engine/believed-answers.ts';
import { deriveSeed } from '../engine/chance.ts';
import { countMoments } from '../engine/cut.ts';
import type { CapturePlan, Question, ScenarioPlan, ScriptPlan } from '../engine/pack.ts';
import { type Posed, pose } from '../engine/posed.ts';
import { play, type Run } from '../engine/run.ts';
import { shownVerdict } from '../engine/verdict.ts';
import type { PackDocument, Path } from './document.ts';
import type { IssueCode, MessageDetails } from './messages.ts';

/** Something amiss with a question, by its place within the question. */
export interface Finding {
  readonly code: IssueCode;
  readonly severity: 'error' | 'warning';
  readonly within: Path;
  readonly of: 'value' | 'key';
  readonly details: MessageDetails;
}

/** Runs tried of every scenario: numbers that are drawn must not matter. */
const TRIES = 2;

/** The runs that a plan is judged by. */
export function runsOf(plan: ScenarioPlan): Run[] {
  if (plan.kind === 'capture') return [play(plan, 0)];
  return Array.from({ length: TRIES }, (_, round) => play(plan, deriveSeed(round, plan.id)));
}

/** Whether the question has its moment and its answer on every run, and what else its author should know. */
export function examine(question: Question, runs: readonly Run[]): Finding[] {
  const poses: Posed[] = [];
  for (const run of runs) {
    const posed = pose(question, run);
    if (!posed.ok) return [whyNotPosed(question, run, posed.error)];
    poses.push(posed.value);
  }
  const [first] = poses;
  if (first === undefined) return [];
  return [
    ...unsetProfile(question, poses),
    ...uselessFeedback(question, first),
    ...idleAlternatives(question, poses),
  ];
}

/** What to say of a question that a run does not allow. */
export function whyNotPosed(
  question: Question,
  run: Run,
  error: Extract<ReturnType<typeof pose>, { ok: false }>['error'],
): Finding {
  const moment = error.code === 'no-such-moment';
  return {
    code: error.code,
    severity: 'error',
    within: [moment ? 'when' : 'ask'],
    of: 'value',
    details: {
      name: moment ? '' : error.field.name,
      times: String(countMoments(run.timeline, question.when)),
    },
  };
}

function uselessFeedback(question: Question, posed: Posed): Finding[] {
  return Object.keys(question.feedback)
    .filter((id) => !separates(posed, id))
    .map((name) => ({
      code: 'feedback-never',
      severity: 'warning',
      within: ['feedback', name],
      of: 'key',
      details: { name },
    }));
}

/** An alternative that answers nothing is a slip; one that never answers otherwise does nothing. */
function idleAlternatives(question: Question, poses: readonly Posed[]): Finding[] {
  return (question.alternatives ?? []).flatMap((alternative, place): Finding[] => {
    const outcomes = poses.map((posed) => outcomeOf(alternative, posed));
    const at = { within: ['alternatives', place], of: 'value', details: {} } as const;
    if (outcomes.includes('never')) return [{ code: 'alternative-never', severity: 'error', ...at }];
    return outcomes.includes('other') ? [] : [{ code: 'alternative-same', severity: 'warning', ...at }];
  });
}

/** Where no profile was named, the answer must be the same by all of them. */
function unsetProfile(question: Question, poses: readonly Posed[]): Finding[] {
  for (const [round, posed] of poses.entries()) {
    const { plan } = posed.run;
    if (plan.kind === 'packetdrill' || plan.profileUnset !== true) return [];
    const said = PROFILE_IDS.map((id) => [id, answersBy(question, plan, id, round)] as const);
    if (new Set(said.map(([, { en }]) => en)).size === 1) continue;
    const all = (language: Language) => said.map(([id, says]) => `${id}: ${says[language]}`).join('; ');
    const details = { says: { 'en': all('en'), 'zh-CN': all('zh-CN') } };
    return [{ code: 'depends-on-profile', severity: 'error', within: ['ask'], of: 'value', details }];
  }
  return [];
}

const NO_ANSWER: Bilingual = { en: 'no answer', 'zh-CN': '无答案' };

function answersBy(
  question: Question,
  plan: ScriptPlan | CapturePlan,
  id: (typeof PROFILE_IDS)[number],
  round: number,
): Bilingual {
  const profile = PROFILES[id];
  const by =
    plan.kind === 'script' ? { ...plan, profile } : { ...plan, profile, timeline: inferAgain(plan, profile) };
  const run = play(by, deriveSeed(round, plan.id));
  const posed = pose(question, run);
  return posed.ok ? answersText(posed.value) : NO_ANSWER;
}

/** The captured connection with its states inferred by another profile. */
function inferAgain({ connection, timeline }: CapturePlan, profile: Profile): Timeline {
  return connection === undefined ? timeline : inferTimeline(connection, { profile });
}

/** All answers in a line: "SYN ACK, y, x+1". */
function answersText(posed: Posed): Bilingual {
  const text = (language: Language) =>
    shownVerdict(posed, language)
      .fields.map(({ expected }) => expected)
      .join(', ');
  return { en: text('en'), 'zh-CN': text('zh-CN') };
}

/** Reports a finding at its place in the file. */
export function placeFinding(document: PackDocument, path: Path, finding: Finding): void {
  const { code, severity, within, of, details } = finding;
  const at = [...path, ...within];
  const span = document.span(at, of);
  const written = document.text.slice(span.from, Math.min(span.to, span.from + 60));
  const all = { found: written || (details.name ?? ''), ...details };
  if (severity === 'error') document.report(code, span, at, all);
  else document.warn(code, span, at, all);
}
