import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TimelineView } from '../../quizzes/engine/timeline-view.ts';
import { type Layout, layOut } from '../../webview/timeline/layout.ts';
import { approximateMeasure } from '../../webview/timeline/measure.ts';
import { slotsOf } from '../../webview/timeline/slots.ts';
import { anyTimeline } from './any-timeline.ts';
import { overlaps, struckLabels, textsOf } from './layout-checks.ts';
import {
  closeAnswered,
  closeAsked,
  closeMisunderstood,
  crossing,
  download,
  lastAckLost,
} from './timelines.ts';

const WIDTHS = [340, 380, 460, 560, 640, 780, 1100, 1800];
const MODES = ['symbolic', 'relative', 'absolute'] as const;
const measure = approximateMeasure(12);

function lay(view: TimelineView, width: number, numbers: (typeof MODES)[number] = 'symbolic'): Layout {
  return layOut(view, { width, numbers, measure, lineHeight: 16 });
}

function scripted(view: TimelineView): TimelineView {
  return { ...view, hosts: { ...view.hosts, A: { ...view.hosts.A, scripted: true } } };
}

const SCENES: Readonly<Record<string, TimelineView>> = {
  'close, asked': closeAsked(),
  'close, answered': closeAnswered(),
  'close, misunderstood': closeMisunderstood(),
  'last ACK lost': lastAckLost(),
  'crossing FINs': crossing(),
  'a busy download': download(12),
  'one host played by a script': scripted(closeAnswered()),
};

/** Segments that cross in a channel narrower than two labels: a label then stands on a plate over the line. */
const CROWDED: Readonly<Record<string, number>> = { 'crossing FINs': 460, 'a busy download': 1100 };

describe('timeline layout', () => {
  for (const [name, view] of Object.entries(SCENES)) {
    describe(name, () => {
      for (const width of WIDTHS) {
        it(`shares no room between texts at ${width} px`, () => {
          for (const mode of MODES) assert.deepEqual(overlaps(lay(view, width, mode), measure), [], mode);
        });
      }
      it('runs no line through a label where there is room', () => {
        for (const width of WIDTHS.filter((each) => each >= (CROWDED[name] ?? 0)))
          assert.deepEqual(struckLabels(lay(view, width)), [], `${width} px`);
      });
      it('keeps every text on the picture', () => {
        for (const width of WIDTHS) {
          for (const { what, box } of textsOf(lay(view, width), measure)) {
            assert.ok(box.cx - box.w / 2 >= 0 && box.cx + box.w / 2 <= width, `${what} at ${width} px`);
          }
        }
      });
    });
  }

  it('keeps the order of steps, and arrows never rise', () => {
    fc.assert(
      fc.property(anyTimeline(), fc.integer({ min: 340, max: 1800 }), (view, width) => {
        const layout = lay(view, width);
        const inOrder = layout.stepY.every((y, index) => index === 0 || y >= (layout.stepY[index - 1] ?? 0));
        const falling = layout.arrows.every(({ line }) => line.y2 >= line.y1);
        const inside = layout.arrows.every(({ line }) => line.y1 >= 0 && line.y2 <= layout.height);
        return inOrder && falling && inside;
      }),
      { numRuns: 600 },
    );
  });

  it('shares no room between any two texts, whatever happens', () => {
    fc.assert(
      fc.property(
        anyTimeline(),
        fc.integer({ min: 340, max: 1800 }),
        fc.constantFrom(...MODES),
        (view, width, mode) => {
          assert.deepEqual(overlaps(lay(view, width, mode), measure), []);
        },
      ),
      { numRuns: 600 },
    );
  });

  it('gives every step, departure and arrival one slot', () => {
    fc.assert(
      fc.property(anyTimeline(), (view) => {
        const slots = slotsOf(view);
        const departures = slots
          .flatMap(({ departs }) => (departs === undefined ? [] : [departs]))
          .sort((a, b) => a - b);
        assert.deepEqual(
          departures,
          view.arrows.map(({ id }) => id),
        );
        assert.equal(slots.filter(({ kind }) => kind === 'step').length, view.steps.length);
      }),
      { numRuns: 100 },
    );
  });

  it('lays out a thousand arrows in well under a second', () => {
    const view = download(260);
    assert.ok(view.arrows.length > 1000);
    const started = performance.now();
    const layout = lay(view, 780);
    assert.ok(performance.now() - started < 1500);
    assert.deepEqual(overlaps(layout, measure).slice(0, 3), []);
  });
});
