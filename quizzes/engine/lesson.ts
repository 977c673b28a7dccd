// The quiz as the editor uses it: open a pack, show a screen, act on what the learner did, save.

import type { Language } from '../../core/text.ts';
import type { Timeline } from '../../core/timeline/timeline.ts';
import { captureDrill } from './capture-drill.ts';
import { givenAwayBy, type Placed, placeQuestion } from './course.ts';
import { grade } from './grade.ts';
import type { Pack, Question } from './pack.ts';
import {
  comparison,
  gradingOf,
  keyOf,
  type Passing,
  questionScreen,
  summaryScreen,
  visibilityOf,
} from './screen.ts';
import { marksOf, newSession, parseSession, reduce, type SessionState, stateOf } from './session.ts';
import type { LessonScreen, Mark, SummaryScreen } from './view.ts';

/** A pack being worked through. Immutable: {@link act} returns the next one. */
export interface Lesson {
  readonly pack: Pack;
  readonly session: SessionState;
  readonly passing: Passing;
}

/** What a learner can do. Actions about a question that is not the one on screen are ignored. */
export type LessonAction =
  | {
      readonly type: 'answer';
      readonly questionId: string;
      readonly fields: Readonly<Record<string, string>>;
      /** When, in milliseconds since the epoch: the engine has no clock. */
      readonly at?: number;
    }
  /** Gives up: shows the answer, counts as wrong. */
  | { readonly type: 'reveal'; readonly questionId: string; readonly at?: number }
  | { readonly type: 'hint'; readonly questionId: string }
  /** The same question again on fresh numbers. */
  | { readonly type: 'retry'; readonly questionId: string }
  /** One past the last is the summary. */
  | { readonly type: 'go'; readonly index: number }
  | { readonly type: 'mark'; readonly questionId: string; readonly met: readonly boolean[] }
  /** Opens or closes "play both rules". */
  | { readonly type: 'compare'; readonly misconception: string | undefined }
  /** All over again, with fresh numbers. */
  | { readonly type: 'restart' };

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
  return arriveAt({ pack, session, passing: NOTHING_PASSING }, session.index);
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
): LessonScreen | SummaryScreen {
  const question = pack.questions[session.index];
  return question === undefined
    ? summaryScreen(pack, session, next, language)
    : questionScreen(pack, session, question, passing, language);
}

/** The lesson after what the learner did; the very same lesson when that means nothing now. */
export function act(lesson: Lesson, action: LessonAction): Lesson {
  if (action.type === 'go') return arriveAt(lesson, action.index);
  if (action.type === 'restart') {
    return { ...lesson, session: reduce(lesson.session, { type: 'restarted' }), passing: NOTHING_PASSING };
  }
  const question = lesson.pack.questions[lesson.session.index];
  if (question === undefined) return lesson;
  if (action.type === 'compare') return compare(lesson, question, action.misconception);
  if (action.questionId !== question.id) return lesson;
  const open = stateOf(lesson.session, question.id).answered === undefined;
  switch (action.type) {
    case 'answer':
      return open ? answer(lesson, question, action.fields, action.at) : lesson;
    case 'reveal':
      return open ? reveal(lesson, question, action.at) : lesson;
    case 'hint':
      return open && stateOf(lesson.session, question.id).hints < question.hints.length
        ? { ...lesson, session: reduce(lesson.session, { type: 'hint', id: question.id }) }
        : lesson;
    case 'retry':
      return open ? lesson : renew(lesson, question);
    case 'mark':
      return open || question.rubric.length === 0 ? lesson : markRubric(lesson, question, action.met);
  }
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
    mark: graded.value.judged.every(({ correct }) => correct) ? 'right' : 'wrong',
    misconceptions: graded.value.misconceptions.slice(0, 1).map(({ misconception }) => misconception.id),
  });
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
    mark: 'self',
    misconceptions: [],
  });
}

function settle(lesson: Lesson, event: Parameters<typeof reduce>[1]): Lesson {
  return { ...lesson, session: reduce(lesson.session, event), passing: NOTHING_PASSING };
}

function renew(lesson: Lesson, question: Question): Lesson {
  return settle(lesson, { type: 'renewed', id: question.id });
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
 * would give away get fresh numbers first.
 */
function arriveAt(lesson: Lesson, index: number): Lesson {
  const { pack } = lesson;
  const place = Math.max(0, Math.min(Math.trunc(index), pack.questions.length));
  let session = reduce(lesson.session, { type: 'moved', index: place });
  const question = pack.questions[place];
  if (question !== undefined) {
    for (const id of givenAwayBy(pack, session, question)) session = reduce(session, { type: 'renewed', id });
  }
  return { ...lesson, session, passing: NOTHING_PASSING };
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
