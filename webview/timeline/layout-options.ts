import type { TimelineView } from '../../quizzes/engine/timeline-view.ts';
import type { NumberMode } from '../protocol.ts';
import type { Measure } from './measure.ts';

export interface LayoutOptions {
  /** Of the picture, in pixels. */
  readonly width: number;
  readonly numbers: NumberMode;
  readonly measure: Measure;
  /** In pixels. */
  readonly lineHeight: number;
  /** A usual time under way in milliseconds; found from the timeline unless two are to be alike. */
  readonly unit?: number;
  /** Another timeline that stands beside this one: their columns are alike. */
  readonly beside?: TimelineView;
  /** Moments that may stand no higher than this: milliseconds → pixels. */
  readonly floors?: ReadonlyMap<number, number>;
  /** Of the whole picture, in pixels. */
  readonly minHeight?: number;
}
