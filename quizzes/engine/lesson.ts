// The quiz as the editor uses it: open a pack, show a screen, act on what the learner did, save.

import type { Language } from '../../core/text.ts';
import type { Timeline } from '../../core/timeline/timeline.ts';
import { allows, endExam, expire, keepTime, pause } from './against-clock.ts';
import { captureDrill } from './capture-drill.ts';
import { examScreen } from './exam-screen.ts';
import { type Grading, grade } from './grade.ts';
import { hintsOf } from './hints.ts';
import type { LessonAction, QuestionAction } from './lesson-action.ts';
import type { Pack, Question } from './pack.ts';
import { givenAwayBy, type Placed, placeQuestion } from './place-question.ts';
import {
  comparison,
  gradingOf,
  keyOf,
  type Passing,
  questionScreen,
  summaryScreen,
  visibilityOf,
} from './screen.ts';
import {
  isInExam,
  isSettled,
  marksOf,
  newSession,
  parseSession,
  reduce,
  type SessionState,
  stateOf,
} from './session.ts';
import { type Beginning, close, deadlineOf, isSealed, newSitting, renewTime, shuffled } from './sitting.ts';
import type { HandInScreen, LessonScreen, Mark, ResultScreen, SummaryScreen } from './view.ts';

/** A pack being worked through. Immutable: {@link act} returns the next one. */
export interface Lesson {
  /** Its questions stand in the order of this run. */
  readonly pack: Pack;
  readonly session: SessionState;
  readonly passing: Passing;
}

/** JSON that {@link openLesson} takes back. It holds the seed: never post it to a webview. */
export interface SavedLesson {
  readonly version: 1;
  readonly pack: string;
  readonly session: SessionState;
}

/** A question in a list of a pack's questions. */
export interface LessonItem {
  readonly id: string;
  readonly title: string;
  readonly mark: Mark;
}

const NOTHING_PASSING: Passing = { compare: undefined, unread: undefined };

/**
 * Opens a pack where it was left; what `saved` says about questions that no longer exist is dropped, and so is all
 * of it when it is no {@link SavedLesson} of this pack.
 *
 * @param seed - decides the numbers of a lesson that is not restored
 */
export function openLesson(pack: Pack, seed: number, saved?: unknown): Lesson {
  const session = sessionIn(saved, pack) ?? newSession(seed);
  return arriveAt({ pack: inOrder(pack, session), session, passing: NOTHING_PASSING }, session.index);
}

/** Begins a drill or an exam. */
export function beginLesson(pack: Pack, seed: number, beginning: Beginning): Lesson {
  const session = { ...newSession(seed), sitting: newSitting(pack, beginning) };
  return arriveAt({ pack: inOrder(pack, session), session, passing: NOTHING_PASSING }, 0);
}

function inOrder(pack: Pack, { seed, round, sitting }: SessionState): Pack {
  return sitting?.shuffled ? { ...pack, questions: shuffled(pack.questions, seed, round) } : pack;
}

function sessionIn(saved: unknown, pack: Pack): SessionState | undefined {
  if (typeof saved !== 'object' || saved === null) return undefined;
  const { version, pack: id, session } = saved as Partial<Record<string, unknown>>;
  return version === 1 && id === pack.id ? parseSession(session, pack) : undefined;
}

/** What is on screen now. `next` is the pack to offer at the end. */
export function lessonScreen(
  { pack, session, passing }: Lesson,
  language: Language,
  next?: { readonly id: string; readonly title: string },
): LessonScreen | SummaryScreen | HandInScreen | ResultScreen {
  const question = pack.questions[session.index];
  if (question !== undefined) return questionScreen(pack, session, question, passing, language);
  return examScreen(pack, session, language) ?? summaryScreen(pack, session, next, language);
}

/** The lesson after what the learner did; the very same lesson when that means nothing now. */
export function act(lesson: Lesson, action: LessonAction): Lesson {
  const { sitting } = lesson.session;
  if (!allows(lesson.session, action.type)) return lesson;
  if (sitting === undefined) return perform(lesson, action);
  const at = action.at ?? sitting.begun;
  const session = expire(lesson.pack, lesson.session, at);
  // What came too late counts for nothing.
  if (session !== lesson.session) return { ...lesson, session, passing: NOTHING_PASSING };
  const clocked = action.type === 'go' ? pauseAt(lesson, at) : lesson;
  const done = perform(clocked, action);
  if (action.type === 'tick' || action.type === 'pause' || done === lesson) return done;
  return { ...done, session: keepTime(done.pack, done.session, at) };
}

function pauseAt(lesson: Lesson, at: number): Lesson {
  return { ...lesson, session: pause(lesson.pack, lesson.session, at) };
}

function perform(lesson: Lesson, action: LessonAction): Lesson {
  const { pack, session } = lesson;
  switch (action.type) {
    case 'go':
      return arriveAt(lesson, action.index);
    case 'restart':
      return restart(lesson, action.at);
    case 'compare': {
      const question = pack.questions[session.index];
      return question === undefined ? lesson : compare(lesson, question, action.misconception);
    }
    case 'pause':
      return pauseAt(lesson, action.at ?? 0);
    case 'resume':
      return { ...lesson };
    case 'hand-in':
      return ended(lesson, action.at ?? 0);
    case 'tick':
      return lesson;
    default:
      return onQuestion(lesson, action);
  }
}

function ended(lesson: Lesson, at: number): Lesson {
  const session = endExam(lesson.pack, lesson.session, at, 'handed-in');
  return { ...lesson, session, passing: NOTHING_PASSING };
}

function onQuestion(lesson: Lesson, action: QuestionAction): Lesson {
  const question = lesson.pack.questions[lesson.session.index];
  if (question === undefined || action.questionId !== question.id) return lesson;
  const open = !isSettled(lesson.session, question.id);
  switch (action.type) {
    case 'answer':
      return open ? answer(lesson, question, action.fields, action.at) : lesson;
    case 'reveal':
      return open ? reveal(lesson, question, action.at) : lesson;
    case 'hint':
      return open && hasHintLeft(lesson, question)
        ? { ...lesson, session: reduce(lesson.session, { type: 'hint', id: question.id }) }
        : lesson;
    case 'retry':
      return open ? lesson : renew(lesson, question);
    case 'mark':
      return open || question.rubric.length === 0 ? lesson : markRubric(lesson, question, action.met);
  }
}

function hasHintLeft({ pack, session }: Lesson, question: Question): boolean {
  const { posed } = placeQuestion(pack, session, question);
  return stateOf(session, question.id).hints < hintsOf(question, posed).length;
}

function answer(
  lesson: Lesson,
  question: Question,
  given: Readonly<Record<string, string>>,
  at: number | undefined,
): Lesson {
  const placed = placeQuestion(lesson.pack, lesson.session, question);
  if (question.asks.length === 0) return selfMarked(lesson, question, at);
  if (placed.posed === undefined) return lesson;
  const kept = Object.fromEntries(
    placed.posed.fields.map(({ name }) => [name, (given[name] ?? '').slice(0, 200)]),
  );
  const graded = grade(placed.posed, kept);
  if (!graded.ok)
    return { ...lesson, passing: { compare: undefined, unread: { given: kept, problems: graded.error } } };
  return settle(lesson, {
    type: 'answered',
    id: question.id,
    answered: { given: kept, how: 'answered', ...timed(at) },
    ...(isSealed(lesson.session.sitting) ? UNTOLD : outcomeOf(graded.value)),
  });
}

/** An exam grades when it is over. */
const UNTOLD = { mark: 'given', misconceptions: [] } as const;

function outcomeOf({ judged, misconceptions }: Grading): Pick<Grading, 'misconceptions'> & { mark: Mark } {
  return {
    mark: judged.every(({ correct }) => correct) ? 'right' : 'wrong',
    misconceptions,
  };
}

function timed(at: number | undefined): { readonly at?: number } {
  return at === undefined ? {} : { at };
}

function reveal(lesson: Lesson, question: Question, at: number | undefined): Lesson {
  if (question.asks.length === 0) return selfMarked(lesson, question, at);
  return settle(lesson, {
    type: 'answered',
    id: question.id,
    answered: { given: {}, how: 'shown', ...timed(at) },
    mark: 'wrong',
    misconceptions: [],
  });
}

function selfMarked(lesson: Lesson, question: Question, at: number | undefined): Lesson {
  return settle(lesson, {
    type: 'answered',
    id: question.id,
    answered: { given: {}, how: 'self', ...timed(at) },
    ...(isSealed(lesson.session.sitting) ? UNTOLD : { mark: 'self', misconceptions: [] }),
  });
}

function settle(lesson: Lesson, event: Parameters<typeof reduce>[1]): Lesson {
  return { ...lesson, session: reduce(lesson.session, event), passing: NOTHING_PASSING };
}

function renew(lesson: Lesson, question: Question): Lesson {
  return withTime(settle(lesson, { type: 'renewed', id: question.id }), question.id);
}

/** Fresh numbers come with fresh time. */
function withTime(lesson: Lesson, id: string): Lesson {
  const { session } = lesson;
  return session.sitting === undefined
    ? lesson
    : { ...lesson, session: { ...session, sitting: renewTime(session.sitting, id) } };
}

function restart(lesson: Lesson, at = 0): Lesson {
  const { mode, pace } = lesson.session.sitting ?? {};
  const begun = reduce(lesson.session, { type: 'restarted' });
  const sitting = mode && { sitting: newSitting(lesson.pack, { mode, at, ...(pace && { pace }) }) };
  const session = { ...begun, ...sitting };
  return arriveAt({ pack: inOrder(lesson.pack, session), session, passing: NOTHING_PASSING }, 0);
}

function markRubric(lesson: Lesson, question: Question, met: readonly boolean[]): Lesson {
  const marked = question.rubric.map((_, place) => met[place] === true);
  return settle(lesson, { type: 'rubric', id: question.id, met: marked });
}

function compare(lesson: Lesson, question: Question, misconception: string | undefined): Lesson {
  const closed = { ...lesson, passing: { ...lesson.passing, compare: undefined } };
  if (misconception === undefined) return closed;
  const { pack, session } = lesson;
  const placed: Placed = placeQuestion(pack, session, question);
  const view = comparison(
    placed,
    gradingOf(placed, session),
    misconception,
    keyOf(pack, session, question),
    visibilityOf(pack, session, placed),
    'en',
  );
  return view === undefined ? closed : { ...lesson, passing: { ...lesson.passing, compare: misconception } };
}

/**
 * Goes to a place of the progress strip. Questions still open on the same run whose answers this one's picture
 * would give away get fresh numbers first; those that an exam asked before it are left open for good, since symbols
 * answer on any numbers.
 */
function arriveAt(lesson: Lesson, index: number): Lesson {
  const { pack } = lesson;
  const place = Math.max(0, Math.min(Math.trunc(index), pack.questions.length));
  let session = reduce(lesson.session, { type: 'moved', index: place });
  const question = pack.questions[place];
  if (question !== undefined) {
    const givenAway = givenAwayBy(pack, session, question);
    const before = new Set(pack.questions.slice(0, place).map(({ id }) => id));
    const closed = isInExam(session) ? givenAway.filter((id) => before.has(id)) : [];
    for (const id of givenAway) if (!closed.includes(id)) session = reduce(session, { type: 'renewed', id });
    if (session.sitting && closed.length > 0)
      session = { ...session, sitting: close(session.sitting, closed) };
  }
  return { ...lesson, session, passing: NOTHING_PASSING };
}

/** When something happens by itself, in milliseconds since the epoch: then it wants a `tick`. */
export function lessonDeadline({ pack, session }: Lesson): number | undefined {
  const question = pack.questions[session.index];
  const settled = question === undefined || isSettled(session, question.id);
  return session.sitting && deadlineOf(session.sitting, question, settled);
}

/** What to keep of a lesson, as JSON. */
export function saveLesson({ pack, session }: Lesson): SavedLesson {
  return { version: 1, pack: pack.id, session };
}

/** The questions of the pack in order with what is done, for a tree view. */
export function lessonItems({ pack, session }: Lesson, language: Language): readonly LessonItem[] {
  const marks = marksOf(session, pack);
  return pack.questions.map(({ id, title }, place) => ({
    id,
    title: title[language],
    mark: marks[place] ?? 'open',
  }));
}

/** A drill on a captured connection: up to eight questions at its telling moments. */
export function captureLesson(timeline: Timeline, seed: number, name: string): Lesson {
  return openLesson(captureDrill(timeline, name), seed);
}
