// The screens of a lesson: plain data that holds nothing from which an answer still to be given could be read.

import type { HostId } from '../../core/timeline/timeline.ts';
import type { RuleView, TimelineView } from './timeline-view.ts';

/** One thing to fill in. `name` is unique within its question. */
export type FieldView =
  /** Control bits to toggle. */
  | { readonly kind: 'flags'; readonly name: string; readonly label: string }
  /** A number: symbol expression, absolute, hex or relative. */
  | {
      readonly kind: 'number';
      readonly name: string;
      readonly label: string;
      /** A quantity: a plain number, never a symbol. */
      readonly counts?: true;
    }
  /** A state by any of its names. */
  | {
      readonly kind: 'state';
      readonly name: string;
      readonly label: string;
      readonly host: HostId;
      /** As ss prints it, or not at all. */
      readonly spelling?: 'ss';
    }
  /** What a call gives back: a number, a word or an error; `words` can be chosen. */
  | {
      readonly kind: 'word';
      readonly name: string;
      readonly label: string;
      readonly words: readonly string[];
    }
  /** Cards to put in order; the value is their letters. */
  | {
      readonly kind: 'order';
      readonly name: string;
      readonly label: string;
      readonly items: readonly { readonly value: string; readonly label: string }[];
    }
  /** A duration such as "60 s"; plain numbers are seconds. */
  | { readonly kind: 'duration'; readonly name: string; readonly label: string }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly label: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
    };

export interface QuestionView {
  readonly id: string;
  /** Names this asking of the question: what is typed belongs to it, and to no other pack, capture, round or numbers. */
  readonly draftKey: string;
  /** HTML made from Markdown by our own sanitised renderer; text and inline code only. */
  readonly prompt: string;
  /** Who is asked about: colours the prompt. */
  readonly host: HostId | undefined;
  readonly fields: readonly FieldView[];
  /** Hints opened so far, in order. */
  readonly hints: readonly string[];
  readonly hintsLeft: number;
  readonly difficulty: 1 | 2 | 3;
  /** Prose questions are marked by the learner; the key points come only with the verdict. */
  readonly selfMarked: boolean;
  /** Tries so far at this question. */
  readonly tries: number;
  /** What the learner last wrote, by field name; empty before the first try on these numbers. */
  readonly given: Readonly<Record<string, string>>;
  /** Fields that could not be read, each with what would be understood; such an answer costs no try. */
  readonly notUnderstood: readonly { readonly name: string; readonly text: string }[];
}

export interface FieldVerdictView {
  readonly name: string;
  readonly correct: boolean;
  /** What the learner wrote, cleaned up. */
  readonly given: string;
  /** The right value in the learner's own notation. */
  readonly expected: string;
  /** Why it is right though it is not what was computed: what of it the pack's author accepts. */
  readonly accepted?: string;
}

export interface MisconceptionView {
  readonly id: string;
  /** Its name: "FIN consumes nothing". */
  readonly name: string;
  /** The belief in one sentence and why it is wrong. */
  readonly text: string;
  readonly source: string;
  readonly href: string | undefined;
  /** Feedback of the pack's author for this question, if any. */
  readonly feedback: string | undefined;
  /** Whether "play both rules" can show where they part. */
  readonly playable: boolean;
  /** Explains what one before it explains, too: it was the one or the other. */
  readonly instead: boolean;
}

export interface VerdictView {
  readonly outcome: 'right' | 'partly' | 'wrong' | 'shown' | 'self';
  readonly fields: readonly FieldVerdictView[];
  readonly rules: readonly RuleView[];
  readonly misconceptions: readonly MisconceptionView[];
  /** Key points of a prose question; `met` as marked by the learner, undefined before. */
  readonly points: readonly { readonly text: string; readonly met: boolean | undefined }[];
  /** One sentence: "2 of 3 fields right". */
  readonly summary: string;
}

/** One dot of the progress strip; `given` is answered in an exam that says no more yet. */
export type Mark = 'right' | 'wrong' | 'self' | 'open' | 'given';

/** Time left; milliseconds, `until` in milliseconds since the epoch by the host's clock. */
export type ClockView =
  | { readonly state: 'running'; readonly until: number; readonly limit: number }
  /** A stopped clock is that of a question that is answered. */
  | { readonly state: 'paused' | 'stopped'; readonly left: number; readonly limit: number };

/** What a drill or an exam adds to a screen. */
export interface SittingView {
  readonly mode: 'drill' | 'exam';
  readonly clock: ClockView | undefined;
  /** Exam: the answer on screen is kept and final, and nothing is told about it yet. */
  readonly saved: boolean;
  /** Exam: the question on screen was left open, and a later one's picture has shown its answer. */
  readonly closed?: true;
  /** Exam: it takes no more answers, and everything can be looked at. */
  readonly over: boolean;
}

/** A question with the timeline it is asked on; `verdict` once answered. */
export interface LessonScreen {
  readonly kind: 'lesson';
  readonly pack: { readonly id: string; readonly title: string; readonly profile: string };
  /** The section's text, as sanitised HTML; shown above the timeline, can be folded. */
  readonly intro: string | undefined;
  readonly marks: readonly Mark[];
  /** Place of this question among `marks`. */
  readonly index: number;
  readonly timeline: TimelineView | undefined;
  readonly question: QuestionView;
  readonly verdict: VerdictView | undefined;
  /** "Play both rules": the run under the misconception beside the right one; only after the verdict. */
  readonly compare: CompareView | undefined;
  /** Whether the run can be played again with something changed: a recording cannot. */
  readonly branchable: boolean;
  /** The answer by each profile, the question's own first; only after the verdict, and only where they differ. */
  readonly profiles: readonly ProfileAnswerView[];
  /** Absent in practice. */
  readonly sitting?: SittingView;
}

/** The answer to a question by one profile, and why it is another. */
export interface ProfileAnswerView {
  readonly profile: string;
  /** The one the question is asked by. */
  readonly own: boolean;
  /** Empty when the moment asked about never comes by this profile. */
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  /** The numbers and choices that make the difference, each with its source. */
  readonly reasons: readonly string[];
  /** Rules that decide here and not by the question's own profile. */
  readonly rules: readonly RuleView[];
}

export interface CompareView {
  readonly misconception: string;
  readonly name: string;
  readonly right: TimelineView;
  readonly wrong: TimelineView;
  /** Index into both `steps` of the first step that differs. */
  readonly firstDifference: number;
  /** The difference in one sentence. */
  readonly text: string;
}

/** The end of a pack. */
export interface SummaryScreen {
  readonly kind: 'summary';
  readonly pack: { readonly id: string; readonly title: string; readonly profile: string };
  readonly marks: readonly Mark[];
  readonly misconceptions: readonly {
    readonly name: string;
    readonly text: string;
    readonly times: number;
  }[];
  readonly next: { readonly id: string; readonly title: string } | undefined;
  /** Absent in practice. */
  readonly sitting?: SittingView;
  /** What the questions were from, where that is no pack. */
  readonly of?: 'review' | 'capture' | 'sockets';
}

/** Behind the last question of an exam: what is still open, and the way to hand in. */
export interface HandInScreen {
  readonly kind: 'hand-in';
  readonly pack: { readonly id: string; readonly title: string; readonly profile: string };
  readonly marks: readonly Mark[];
  /** Place of the first question that can still be answered. */
  readonly firstOpen: number | undefined;
  readonly sitting: SittingView;
}

/** How an exam went. */
export interface ResultScreen {
  readonly kind: 'result';
  readonly pack: { readonly id: string; readonly title: string; readonly profile: string };
  readonly marks: readonly Mark[];
  readonly sitting: SittingView;
  readonly why: 'handed-in' | 'time';
  /** Milliseconds from the beginning to the end. */
  readonly took: number;
  readonly points: number;
  readonly possible: number;
  /** Percent of the points, rounded down so that it never promises more than there is. */
  readonly percent: number;
  /** Percent that is enough, and whether it was reached; undefined when the pack draws no such line. */
  readonly pass: { readonly line: number; readonly reached: boolean } | undefined;
  /** In the order in which they were asked. */
  readonly questions: readonly ResultLine[];
}

export interface ResultLine {
  readonly title: string;
  readonly outcome: 'right' | 'partly' | 'wrong' | 'self' | 'open';
  /** Undefined for prose, which the learner marks. */
  readonly points: number | undefined;
  readonly possible: number;
}

/** How an interview went. */
export interface InterviewScreen {
  readonly kind: 'interview';
  readonly pack: { readonly id: string; readonly title: string; readonly profile: string };
  readonly marks: readonly Mark[];
  readonly role: 'student' | 'backend' | 'sre';
  /** Minutes. */
  readonly planned: number;
  /** Milliseconds from the beginning over all answers. */
  readonly used: number;
  /** Graded questions. */
  readonly graded: { readonly right: number; readonly of: number };
  /** Key points by the learner's own mark, of what was answered. */
  readonly points: { readonly met: number; readonly of: number };
  /** In the order in which they were asked. */
  readonly lines: readonly InterviewLine[];
  readonly misconceptions: SummaryScreen['misconceptions'];
  /** What to look at again, by pack and title. */
  readonly review: readonly { readonly pack: string; readonly title: string }[];
}

export interface InterviewLine {
  readonly title: string;
  readonly outcome: 'right' | 'wrong' | 'self' | 'open';
  /** Undefined when it is graded. */
  readonly points: { readonly met: number; readonly of: number } | undefined;
  /** Milliseconds; undefined when not answered. */
  readonly took: number | undefined;
}
