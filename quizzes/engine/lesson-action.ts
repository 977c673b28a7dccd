/**
 * What a learner can do, and when, in milliseconds since the epoch: the engine has no clock, and against one every
 * action needs it.
 */
export type LessonAction = (QuestionAction | RunAction) & At;

interface At {
  readonly at?: number;
}

/** Ignored when it is not about the question on screen. */
export type QuestionAction = At &
  (
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
    | { readonly type: 'mark'; readonly questionId: string; readonly met: readonly boolean[] }
  );

type RunAction =
  /** One past the last is the summary. */
  | { readonly type: 'go'; readonly index: number }
  /** Opens or closes "play both rules". */
  | { readonly type: 'compare'; readonly misconception: string | undefined }
  /** All over again, with fresh numbers. */
  | { readonly type: 'restart' }
  /** Nothing but time has passed. */
  | { readonly type: 'tick' }
  /** Drill: stops the clock and lets it run again. */
  | { readonly type: 'pause' | 'resume' }
  /** Exam: takes no more answers. */
  | { readonly type: 'hand-in' };

export type Deed = LessonAction['type'];
