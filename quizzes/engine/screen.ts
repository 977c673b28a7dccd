// What is on screen, made from a session: plain data in the learner's language.

import type { Language } from '../../core/text.ts';
import type { Timeline } from '../../core/timeline/timeline.ts';
import { fieldsOf } from './ask.ts';
import { deriveSeed } from './chance.ts';
import { compareRules } from './compare.ts';
import { type Grading, grade, type NotUnderstood } from './grade.ts';
import { hintsOf } from './hints.ts';
import { codeHtml } from './html.ts';
import { byRun, misconceptionsIn } from './met.ts';
import { findMisconception } from './mutants.ts';
import type { Pack, Question, ScenarioPlan } from './pack.ts';
import { openOnRun, type Placed, placeQuestion, visibleAfter, visibleBefore } from './place-question.ts';
import type { Posed } from './posed.ts';
import { profileViews } from './profile-answers.ts';
import { project } from './project.ts';
import { askedHost, fieldViews, promptOf } from './prompts.ts';
import {
  isClosed,
  isInExam,
  isSettled,
  isTold,
  marksOf,
  type SessionState,
  shareRun,
  stateOf,
} from './session.ts';
import { clockOf, isOver, isSealed, type Sitting } from './sitting.ts';
import type { TimelineView } from './timeline-view.ts';
import { gradedVerdict, proseVerdict, shownVerdict } from './verdict.ts';
import type {
  CompareView,
  LessonScreen,
  ProfileAnswerView,
  QuestionView,
  SittingView,
  SummaryScreen,
  VerdictView,
} from './view.ts';
import { isWithin, seeAll, seenAfter, type Visibility } from './visibility.ts';

/** What is on screen beside the session and does not outlive it. */
export interface Passing {
  /** The misconception whose rules are played beside the right ones. */
  readonly compare: string | undefined;
  /** The last try, if it could not be read. */
  readonly unread:
    | { readonly given: Readonly<Record<string, string>>; readonly problems: NotUnderstood }
    | undefined;
}

/** The question on screen with its picture. */
export function questionScreen(
  pack: Pack,
  session: SessionState,
  question: Question,
  passing: Passing,
  language: Language,
): LessonScreen {
  const placed = placeQuestion(pack, session, question);
  const told = isTold(session, question.id);
  const visibility = visibilityOf(pack, session, placed);
  const key = keyOf(pack, session, question);
  const judged = gradingOf(placed, session);
  const playable = (id: string) => comparison(placed, judged, id, key, visibility, language) !== undefined;
  const isWhyOpen = asksWhy(pack, session, question);
  const whole = told ? verdictOf(placed, session, judged, playable, language) : undefined;
  const verdict = whole && (isWhyOpen ? { ...whole, rules: [] } : whole);
  return {
    kind: 'lesson',
    pack: { id: pack.id, title: pack.title[language], profile: profileText(pack, question, language) },
    intro: introOf(pack, session, question, language),
    marks: marksOf(session, pack),
    index: session.index,
    timeline: picture(placed, visibility, key, told, language),
    question: questionView(pack, placed, session, passing, language),
    verdict,
    compare:
      passing.compare === undefined
        ? undefined
        : comparison(placed, judged, passing.compare, key, visibility, language),
    branchable: verdict !== undefined && !isWhyOpen && canLeaveForLab(pack, session, placed),
    profiles: verdict === undefined || isWhyOpen ? [] : profilesOf(placed, language),
    ...(session.sitting && { sitting: sittingView(session.sitting, session, question) }),
  };
}

/** What to read first, and no more once an exam is under way: it teaches what is asked. */
function introOf(pack: Pack, session: SessionState, { section }: Question, language: Language) {
  if (section === undefined || isInExam(session)) return undefined;
  return pack.sections[section]?.intro?.[language];
}

/** The lab shows the whole run: open questions on it need other numbers first, and a capture has none. */
function canLeaveForLab(pack: Pack, session: SessionState, { question, run }: Placed): boolean {
  if (run === undefined || isInExam(session)) return false;
  if (run.plan.kind === 'capture') return openOnRun(pack, session, question).length === 0;
  return run.scenario !== undefined;
}

/** Whether another question on the same run still asks which rule decides here. */
function asksWhy(pack: Pack, session: SessionState, question: Question): boolean {
  return pack.questions.some(
    (other) =>
      other.id !== question.id &&
      other.asks.some(({ kind }) => kind === 'rule') &&
      !isSettled(session, other.id) &&
      shareRun(session, question, other),
  );
}

/** The clock and what else a drill or an exam tells; `question` is the one on screen, if any. */
export function sittingView(
  sitting: Sitting,
  session: SessionState,
  question: Question | undefined,
): SittingView {
  const answered = question !== undefined && stateOf(session, question.id).answered !== undefined;
  const closed = question !== undefined && !answered && isClosed(session, question.id);
  return {
    mode: sitting.mode,
    clock: clockOf(sitting, question, answered),
    saved: (answered || closed) && isSealed(sitting),
    ...(closed && { closed }),
    over: isOver(sitting),
  };
}

/** The grading of the answer given, if it was graded and may be told. */
export function gradingOf(placed: Placed, session: SessionState): Grading | undefined {
  if (isSealed(session.sitting)) return undefined;
  const answered = stateOf(session, placed.question.id).answered;
  if (placed.posed === undefined || answered?.how !== 'answered') return undefined;
  const graded = grade(placed.posed, answered.given);
  if (!graded.ok) return undefined;
  return { ...graded.value, misconceptions: byRun(graded.value.misconceptions, session.met) };
}

/** The two runs of "play both rules", when the answer showed that misconception and the runs visibly part. */
export function comparison(
  placed: Placed,
  grading: Grading | undefined,
  id: string,
  key: string,
  visibility: Visibility,
  language: Language,
): CompareView | undefined {
  const found = grading?.misconceptions.find(({ misconception }) => misconception.id === id);
  return placed.posed && found && compareRules(placed.posed, found, { key, visibility, language });
}

/**
 * What of the run the learner may see: all that is drawn and posted is cut by this. Until the question is answered,
 * nothing of it shows, or lets anyone compute, what this question asks, or an open one after it.
 */
export function visibilityOf(pack: Pack, session: SessionState, placed: Placed): Visibility {
  const timeline = placed.run?.timeline;
  if (timeline === undefined) return [];
  if (placed.cut === undefined) return placed.question.asks.length === 0 ? seeAll(timeline) : [];
  return isTold(session, placed.question.id)
    ? visibleAfter(pack, session, placed, timeline)
    : visibleBefore(timeline, placed);
}

/** Names the run without telling its seed. */
export function keyOf(pack: Pack, session: SessionState, question: Question): string {
  const { fresh } = stateOf(session, question.id);
  const { mode } = session.sitting ?? {};
  return `${mode === undefined ? '' : `${mode}/`}${pack.id}/${question.scenario ?? question.id}/${session.round}${fresh === 0 ? '' : `/${question.id}/${fresh}`}`;
}

function picture(
  placed: Placed,
  visibility: Visibility,
  key: string,
  answered: boolean,
  language: Language,
): TimelineView | undefined {
  if (placed.run === undefined) return undefined;
  const { timeline, scenario } = placed.run;
  const asks = placed.question.asks;
  const next = asks.find((ask) => ask.kind === 'segment');
  return project(timeline, {
    key,
    visibility,
    language,
    symbols: scenario?.symbols ?? timeline.symbols,
    asked: answered || next === undefined ? undefined : next.host,
    more: answered ? !isWithin(seeAll(timeline), visibility) : asks.length > 0,
    rest: answered ? decidedBy(timeline, placed) : undefined,
  });
}

/** The step that the answer was read from; undefined where nothing was read from one. */
function decidedBy(timeline: Timeline, { cut, question: { asks } }: Placed): number | undefined {
  if (cut === undefined || fieldsOf(asks).length === 0) return undefined;
  return seenAfter(timeline, cut, asks).length - 1;
}

function questionView(
  pack: Pack,
  placed: Placed,
  session: SessionState,
  passing: Passing,
  language: Language,
): QuestionView {
  const { question, run, cut, posed } = placed;
  const state = stateOf(session, question.id);
  const hints = session.sitting?.mode === 'exam' ? [] : hintsOf(question, posed);
  const lost = question.asks.length > 0 && posed === undefined;
  return {
    id: question.id,
    draftKey: draftKeyOf(pack, session, question),
    prompt: lost ? codeHtml(NOT_POSED[language]) : promptOf(question, run?.timeline, cut, language),
    host: askedHost(question.asks),
    fields: lost ? [] : fieldViews(question.asks, language, posed),
    hints: hints.slice(0, state.hints).map((hint) => hint[language]),
    hintsLeft: Math.max(0, hints.length - state.hints),
    difficulty: question.difficulty,
    selfMarked: question.asks.length === 0,
    tries: state.tries,
    given: passing.unread?.given ?? state.answered?.given ?? {},
    notUnderstood: (passing.unread?.problems ?? []).map(({ name, text }) => ({ name, text: text[language] })),
  };
}

/** Sixteen bits tell two runs apart, and nothing of the seed that the numbers on screen do not. */
function draftKeyOf(pack: Pack, session: SessionState, question: Question): string {
  const asking = `draft/${session.round}/${question.id}/${stateOf(session, question.id).fresh}`;
  return `${pack.id}/${question.id}/${deriveSeed(session.seed, asking) & 0xffff}`;
}

const NOT_POSED = {
  en: 'This question cannot be asked on these numbers. Go on to the next one.',
  'zh-CN': '这组数据无法提出此题，请继续下一题。',
} as const;

function verdictOf(
  placed: Placed,
  session: SessionState,
  grading: Grading | undefined,
  playable: (id: string) => boolean,
  language: Language,
): VerdictView | undefined {
  const answered = stateOf(session, placed.question.id).answered;
  const posed: Posed | undefined = placed.posed;
  if (answered?.how === 'self' || posed === undefined) {
    return proseVerdict(placed.question, answered?.met, language);
  }
  return grading === undefined
    ? shownVerdict(posed, language, answered?.how === 'late')
    : gradedVerdict(posed, grading, language, playable);
}

/** What other profiles answer, where it is something else. */
function profilesOf({ question, run, seed }: Placed, language: Language): readonly ProfileAnswerView[] {
  return run?.plan.kind === 'script' ? profileViews(question, run.plan, seed, language) : [];
}

function profileText(pack: Pack, question: Question, language: Language): string {
  const plan: ScenarioPlan | undefined =
    question.scenario === undefined ? undefined : pack.scenarios[question.scenario];
  if (plan === undefined) return '';
  if (plan.kind === 'capture') return { en: 'capture', 'zh-CN': '抓包' }[language];
  if (plan.kind === 'packetdrill') return `packetdrill · ${plan.profile.id}`;
  const believed = plan.believe === undefined ? undefined : findMisconception(plan.believe)?.name[language];
  return believed === undefined ? plan.profile.id : `${plan.profile.id} · ${believed}`;
}

/** The end of a pack. */
export function summaryScreen(
  pack: Pack,
  session: SessionState,
  next: { readonly id: string; readonly title: string } | undefined,
  language: Language,
): SummaryScreen {
  const met = [...misconceptionsIn(session.met)].flatMap(([id, times]) => {
    const known = findMisconception(id);
    return known === undefined ? [] : [{ name: known.name[language], text: known.text[language], times }];
  });
  return {
    kind: 'summary',
    pack: { id: pack.id, title: pack.title[language], profile: '' },
    marks: marksOf(session, pack),
    misconceptions: met,
    next,
    ...(session.sitting && { sitting: sittingView(session.sitting, session, undefined) }),
  };
}
