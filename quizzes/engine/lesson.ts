// The quiz as the editor uses it: open a pack, show a screen, act on what the learner did, save.

import type { Language } from '../../core/text.ts';
import type { Timeline } from '../../core/timeline/timeline.ts';
import type { Pack } from './pack.ts';
import type { LessonScreen, Mark, SummaryScreen } from './view.ts';

/** A pack being worked through. Immutable: {@link act} returns the next one. */
export interface Lesson {
  readonly pack: Pack;
  readonly state: unknown;
}

/** What a learner can do. Actions about a question that is not the one on screen are ignored. */
export type LessonAction =
  | {
      readonly type: 'answer';
      readonly questionId: string;
      readonly fields: Readonly<Record<string, string>>;
    }
  /** Gives up: shows the answer, counts as wrong. */
  | { readonly type: 'reveal'; readonly questionId: string }
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
}

/** A question in a list of a pack's questions. */
export interface LessonItem {
  readonly id: string;
  readonly title: string;
  readonly mark: Mark;
}

/** Opens a pack where it was left; what `saved` says about questions that no longer exist is dropped. */
export function openLesson(_pack: Pack, _seed: number, _saved?: unknown): Lesson {
  throw new Error('being written');
}

/** What is on screen now. `next` is the pack to offer at the end. */
export function lessonScreen(
  _lesson: Lesson,
  _language: Language,
  _next?: { readonly id: string; readonly title: string },
): LessonScreen | SummaryScreen {
  throw new Error('being written');
}

export function act(_lesson: Lesson, _action: LessonAction): Lesson {
  throw new Error('being written');
}

export function saveLesson(_lesson: Lesson): SavedLesson {
  throw new Error('being written');
}

/** The questions of the pack in order with what is done, for a tree view. */
export function lessonItems(_lesson: Lesson, _language: Language): readonly LessonItem[] {
  throw new Error('being written');
}

/** A drill on a captured connection: up to eight questions at its telling moments. */
export function captureLesson(_timeline: Timeline, _seed: number, _name: string): Lesson {
  throw new Error('being written');
}
