// Which of our panels the learner turned to last: what "Export Timeline As…" is about.

import type { TimelineView } from '../../quizzes/engine/timeline-view.ts';
import type { Screen } from '../../webview/protocol.ts';

/** Why a webview drew no picture. */
export type NotDrawn = 'hidden' | 'too-large';

/** SVG to the octets of a PNG, by a panel; `scale` is device pixels per pixel of the SVG. */
export type DrawPng = (svg: string, scale: number) => Promise<Uint8Array | NotDrawn>;

/** A timeline exactly as its webview was given it, and that panel's hand. */
export interface ShownTimeline {
  readonly view: TimelineView;
  readonly drawPng: DrawPng;
}

/** A panel that is open. */
export interface Panel {
  screen(): Screen | undefined;
  readonly drawPng: DrawPng;
}

export interface PanelInUse {
  /** undefined when no panel is in use, or it shows no timeline. */
  timeline(): ShownTimeline | undefined;
  /** The learner turned to this panel, or did something in it. */
  use(panel: Panel): void;
  closed(panel: Panel): void;
}

export function watchPanelInUse(): PanelInUse {
  let used: Panel | undefined;
  return {
    timeline() {
      const screen = used?.screen();
      const view = screen !== undefined && 'timeline' in screen ? screen.timeline : undefined;
      return used === undefined || view === undefined ? undefined : { view, drawPng: used.drawPng };
    },
    use(panel) {
      used = panel;
    },
    closed(panel) {
      if (used === panel) used = undefined;
    },
  };
}
