import type { HostId } from '../../core/timeline/timeline.ts';
import type { ArrowView, TimelineView } from '../../quizzes/engine/timeline-view.ts';
import { formatTime } from '../numbers.ts';
import { t } from '../text.ts';
import { type PlacedArrow, placeArrows } from './arrows.ts';
import { type Columns, columnsFor, TEXT, TIGHT_TEXT } from './columns.ts';
import { type Box, type PlacedText, uprightBox } from './geometry.ts';
import { assignHeights, type Heights, usualTransit } from './heights.ts';
import { FONT_OF_SIDE, type SideLine, sideLines, sideWidth, wrapSide } from './labels.ts';
import type { LayoutOptions } from './layout-options.ts';
import type { Measure } from './measure.ts';
import { endsOf, type Slot, slotsOf } from './slots.ts';
import { initialText } from './words.ts';

/** Lines beside a lifeline, the first centred on `y`. */
export interface SideBlock {
  readonly step: number | undefined;
  readonly host: HostId;
  readonly y: number;
  readonly lines: readonly SideLine[];
}

/** A stretch of a lifeline in one state; `'hidden'` while that is asked. */
export interface Band {
  readonly host: HostId;
  readonly state: string;
  readonly top: number;
  readonly bottom: number;
  /** The step that began it; undefined for the state at the start. */
  readonly step: number | undefined;
}

export interface Layout {
  readonly columns: Columns;
  readonly width: number;
  readonly height: number;
  readonly lineHeight: number;
  /** In pixels. */
  readonly textSize: number;
  /** Height of each step, by its index. */
  readonly stepY: readonly number[];
  /** Height of each moment at which something happens: milliseconds → pixels. */
  readonly timeY: ReadonlyMap<number, number>;
  readonly sides: readonly SideBlock[];
  readonly bands: readonly Band[];
  readonly times: readonly PlacedText[];
  readonly arrows: readonly PlacedArrow[];
  readonly asked: PlacedArrow | undefined;
  readonly breaks: readonly PlacedText[];
  /** The line under which everything is hidden. */
  readonly more: { readonly y: number; readonly lines: readonly PlacedText[] } | undefined;
}

const TOP = 16;
const DROP = { roomy: 28, tight: 18 } as const;
const PASSES = 10;
/** Beyond so many arrows a crowded label costs less than the time to free it. */
const MANY_ARROWS = 400;

/** The largest of many numbers; a spread would overflow the stack. */
function widest(widths: readonly number[]): number {
  return widths.reduce((most, width) => Math.max(most, width), 0);
}

function columnsOf(view: TimelineView, options: LayoutOptions): Columns {
  const { measure, width, beside } = options;
  const views = beside === undefined ? [view] : [view, beside];
  const need = (host: HostId) =>
    widest([
      measure(initialText(view, host), 'strong'),
      ...views
        .flatMap((each) => each.steps.map((step) => ({ step, arrows: each.arrows })))
        .filter(({ step }) => step.host === host)
        .flatMap(({ step, arrows }) => sideLines(step, arrows, false))
        .map(({ kind, text }) => measure(text, FONT_OF_SIDE[kind])),
    ]);
  const time = widest(views.flatMap(({ steps }) => steps.map(({ at }) => measure(formatTime(at), 'text'))));
  return columnsFor(width, time, need('A') + 2, need('B') + 2, measure('SYN-RECEIVED', 'strong') + 2);
}

/** Where there is little room the hand is a little smaller. */
function tighten(options: LayoutOptions, columns: Columns): LayoutOptions {
  if (columns.mode === 'roomy') return options;
  const scale = TIGHT_TEXT / TEXT;
  const { measure, lineHeight } = options;
  return {
    ...options,
    measure: (text, font) => measure(text, font) * scale,
    lineHeight: Math.round(lineHeight * scale),
  };
}

function sideOf(slot: Slot, view: TimelineView, columns: Columns, measure: Measure): readonly SideLine[] {
  const step = slot.kind === 'step' && slot.step !== undefined ? view.steps[slot.step] : undefined;
  if (step === undefined) return [];
  const width = slot.host === 'A' ? columns.sideWidthA : columns.sideWidthB;
  return wrapSide(sideLines(step, view.arrows, columns.mode === 'tight'), width, measure);
}

/** The box of each line of a side block. */
export function sideBoxes(block: SideBlock, layout: Layout, measure: Measure): readonly Box[] {
  const { columns, lineHeight, textSize } = layout;
  return block.lines.map((line, index) => {
    const w = sideWidth(line, measure) * (textSize / TEXT);
    const left = block.host === 'A' ? columns.sideA - w : columns.sideB;
    return uprightBox(left, block.y + index * lineHeight, w, lineHeight);
  });
}

function bandsOf(view: TimelineView, stepY: readonly number[], top: number, bottom: number): readonly Band[] {
  return (['A', 'B'] as const).flatMap((host) => {
    const starts: { state: string; top: number; step: number | undefined }[] = [
      { state: view.hosts[host].initial, top, step: undefined },
    ];
    for (const step of view.steps) {
      if (step.host !== host) continue;
      const state =
        step.path === 'hidden' ? 'hidden' : (step.path.at(-1) ?? starts.at(-1)?.state ?? 'CLOSED');
      if (state !== starts.at(-1)?.state)
        starts.push({ state, top: stepY[step.index] ?? top, step: step.index });
    }
    return starts.map((start, index) => ({ ...start, host, bottom: starts[index + 1]?.top ?? bottom }));
  });
}

function timesOf(
  view: TimelineView,
  stepY: readonly number[],
  columns: Columns,
  options: LayoutOptions,
): PlacedText[] {
  const right = columns.timeRight;
  if (right === undefined) return [];
  const times: PlacedText[] = [];
  let free = Number.NEGATIVE_INFINITY;
  let last: number | undefined;
  for (const { index, at } of view.steps) {
    const y = stepY[index] ?? 0;
    if (at === last || y - options.lineHeight / 2 < free) continue;
    const text = formatTime(at);
    const w = options.measure(text, 'text');
    times.push({ text, box: uprightBox(right - w, y, w, options.lineHeight) });
    free = y + options.lineHeight / 2;
    last = at;
  }
  return times;
}

function extraRoom(
  crowded: readonly number[],
  arrows: readonly PlacedArrow[],
  slots: readonly Slot[],
  extra: readonly number[],
): number[] {
  const more = [...extra];
  const push = (place: number | undefined, by: number, limit: number) => {
    if (place !== undefined && place >= 0) more[place] = Math.min((more[place] ?? 0) + by, limit);
  };
  for (const index of crowded) {
    const arrow = arrows[index];
    if (arrow === undefined) continue;
    const slot = slots[arrow.ends.departs];
    const isReply = slot?.parent !== undefined && !slot.pinned;
    const lands = arrow.ends.arrives !== undefined;
    push(arrow.ends.arrives, isReply ? 9 : 3, 90);
    if (isReply) push(arrow.ends.departs, lands ? 3 : 9, lands ? 12 : 90);
    else push(slot?.pinned ? slot.parent : arrow.ends.departs, 7, 90);
  }
  return more;
}

/**
 * Places everything the timeline shows: a pure function of the view, the width and the widths of texts.
 * No two texts share room; slots keep their order; time is to scale until it would tear the picture apart.
 */
export function layOut(view: TimelineView, given: LayoutOptions): Layout {
  const columns = columnsOf(view, given);
  const options = tighten(given, columns);
  const { measure, lineHeight, width } = options;
  const slots = slotsOf(view);
  const ends = endsOf(slots);
  const byId = new Map<number, ArrowView>(view.arrows.map((arrow) => [arrow.id, arrow]));
  const sides = slots.map((slot) => sideOf(slot, view, columns, measure));
  const labels = placeArrows({ view, columns, ends, options });
  const initial = (host: HostId): SideBlock => {
    const width = host === 'A' ? columns.sideWidthA : columns.sideWidthB;
    const lines = wrapSide([{ kind: 'state', text: initialText(view, host) }], width, measure);
    return { step: undefined, host, y: TOP + lineHeight / 2, lines };
  };
  const initials = { A: initial('A'), B: initial('B') };
  const initialBottom = (host: HostId) => TOP + lineHeight * initials[host].lines.length;
  const bottoms = { A: initialBottom('A'), B: initialBottom('B') };
  const rules = {
    lineHeight,
    labelHeight: labels.heights,
    sideLines: sides.map((lines) => lines.length),
    top: Math.max(bottoms.A, bottoms.B) + lineHeight / 2 + 6,
    taken: bottoms,
    drop: DROP[columns.mode],
    unit: options.unit ?? usualTransit(view.arrows),
    floors: options.floors,
  };

  let extra: number[] = slots.map(() => 0);
  let heights: Heights = assignHeights(slots, byId, ends, rules, extra);
  let placed = labels.place(heights, rules.drop);
  const passes = view.arrows.length > MANY_ARROWS ? 2 : PASSES;
  for (let pass = 0; pass < passes && placed.crowded.length > 0; pass += 1) {
    extra = extraRoom(placed.crowded, placed.arrows, slots, extra);
    heights = assignHeights(slots, byId, ends, rules, extra);
    placed = labels.place(heights, rules.drop);
  }

  const stepY: number[] = [];
  for (const [place, slot] of slots.entries()) {
    if (slot.kind === 'step' && slot.step !== undefined) stepY[slot.step] = heights.y[place] ?? 0;
  }
  const blocks = slots.flatMap((slot, place): SideBlock[] => {
    const lines = sides[place] ?? [];
    return lines.length === 0 ? [] : [{ step: slot.step, host: slot.host, y: heights.y[place] ?? 0, lines }];
  });
  const low = Math.max(
    rules.top,
    (options.minHeight ?? 0) - 20,
    placed.bottom,
    ...heights.y.slice(-1),
    ...blocks.slice(-6).map((block) => block.y + (block.lines.length - 0.5) * lineHeight),
  );
  const more = view.more ? moreLine(low + 22, columns, options) : undefined;
  const height = more ? (more.lines.at(-1)?.box.cy ?? more.y) + lineHeight : low + 20;
  const bandBottom = Math.ceil(more ? more.y + (columns.mode === 'tight' ? 0 : 12) : height);
  return {
    columns,
    width,
    height: Math.ceil(height),
    lineHeight,
    textSize: columns.mode === 'tight' ? TIGHT_TEXT : TEXT,
    stepY,
    timeY: momentsOf(slots, heights.y),
    sides: [initials.A, initials.B, ...blocks],
    bands: bandsOf(view, stepY, TOP, bandBottom),
    times: timesOf(view, stepY, columns, options),
    arrows: placed.arrows.filter(({ id }) => id >= 0),
    asked: placed.arrows.find(({ id }) => id < 0),
    breaks: placed.breaks,
    more,
  };
}

/** Where each moment begins. */
function momentsOf(slots: readonly Slot[], y: readonly number[]): ReadonlyMap<number, number> {
  const moments = new Map<number, number>();
  for (const [place, { time }] of slots.entries()) {
    if (!moments.has(time)) moments.set(time, y[place] ?? 0);
  }
  return moments;
}

function moreLine(y: number, columns: Columns, options: LayoutOptions): NonNullable<Layout['more']> {
  const text = t('what follows stays hidden until you are asked about it');
  const room = columns.mode === 'tight' ? options.width - 24 : columns.xB - columns.xA - 24;
  const lines = wrapSide([{ kind: 'app', text }], room, options.measure).map((line, index) => {
    const w = options.measure(line.text, 'text');
    const middle = (columns.xA + columns.xB) / 2;
    return {
      text: line.text,
      box: uprightBox(middle - w / 2, y + 16 + index * options.lineHeight, w, options.lineHeight),
    };
  });
  return { y, lines };
}
