// What the what-if lab shows: plain data in the learner's language. Of a branch still to be predicted it holds nothing.

import type { TimerName } from '../../../core/tcp/event.ts';
import type { HostId } from '../../../core/timeline/timeline.ts';
import type { RuleView, TimelineView } from '../timeline-view.ts';
import type { FieldVerdictView, FieldView } from '../view.ts';

/** A connection as it happened beside what becomes of it with something changed. */
export interface LabScreen {
  readonly kind: 'lab';
  readonly pack: { readonly id: string; readonly title: string; readonly profile: string };
  /** Name of the scenario in its pack. */
  readonly scenario: string;
  readonly original: TimelineView;
  /** With all changes made so far; undefined while there is none. */
  readonly changed: TimelineView | undefined;
  /** The step to begin at; undefined for the end. */
  readonly begin: number | undefined;
  /** In words, in the order they were made. */
  readonly changes: readonly string[];
  /** What can be done at each step of the latest run, by its index. */
  readonly places: readonly LabPlace[];
  /** Arrows of the latest run that another one of the same sender follows. */
  readonly overtakable: readonly number[];
  /** Undefined while there is no change, or one that changes nothing. */
  readonly difference: LabDifference | undefined;
  readonly predictFirst: boolean;
  /** A change that waits for the learner's prediction. */
  readonly prediction: PredictionView | undefined;
  /** How the last prediction went, until the next change. */
  readonly verdict: PredictionVerdict | undefined;
  /** Why the last request could not be done. */
  readonly problem: string | undefined;
  /** What is to be known of the run: that it is a capture played again, and how far it is the same. */
  readonly note?: string;
}

/** What holds after a step. */
export interface LabPlace {
  /** Timers of each host's newest connection that run. */
  readonly timers: readonly { readonly host: HostId; readonly timer: TimerName; readonly text: string }[];
  /** Hosts that have crashed and not rebooted. */
  readonly down: readonly HostId[];
  /** Whether the path loses everything. */
  readonly cut: boolean;
}

export interface LabDifference {
  /** Steps to frame: in the run as it happened, and in the changed one. */
  readonly original: number | undefined;
  readonly changed: number | undefined;
  /** One sentence. */
  readonly text: string;
  /** Rules that decided the first thing that is new. */
  readonly rules: readonly RuleView[];
  /** What follows from it. */
  readonly outcomes: readonly Outcome[];
}

/** One thing to compare at the end of both runs. */
export interface Outcome {
  readonly label: string;
  readonly original: string;
  readonly changed: string;
}

export interface PredictionView {
  /** Names this asking: what is typed belongs to it and to no other. */
  readonly draftKey: string;
  readonly prompt: string;
  readonly fields: readonly FieldView[];
  readonly given: Readonly<Record<string, string>>;
  readonly notUnderstood: readonly { readonly name: string; readonly text: string }[];
}

export interface PredictionVerdict {
  readonly outcome: 'right' | 'partly' | 'wrong' | 'shown';
  readonly summary: string;
  /** With the label of each. */
  readonly fields: readonly (FieldVerdictView & { readonly label: string })[];
}
