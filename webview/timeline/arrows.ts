import type { HostId } from '../../core/timeline/timeline.ts';
import type { ArrowView, TimelineView } from '../../quizzes/engine/timeline-view.ts';
import { formatTime } from '../numbers.ts';
import { t } from '../text.ts';
import type { Columns } from './columns.ts';
import {
  type Box,
  boxesOverlap,
  type Line,
  lineMeetsBox,
  type PlacedText,
  type Span,
  spanOfBox,
  spanOfLine,
  uprightBox,
} from './geometry.ts';
import type { Heights } from './heights.ts';
import { arrowTokens, isInFlight, type LabelBlock, labelBlocks } from './labels.ts';
import type { LayoutOptions } from './layout-options.ts';
import { type PlacedLabel, placeLabels } from './place-labels.ts';
import type { Ends } from './slots.ts';
import { Stripes } from './stripes.ts';

/** One arrow as it will be drawn. The asked one has the id {@link ASKED}. */
export interface PlacedArrow extends Span {
  readonly id: number;
  readonly from: HostId;
  readonly line: Line;
  readonly ending: 'head' | 'lost' | 'flight';
  readonly ends: Ends;
  readonly label: PlacedLabel | undefined;
  /** The word at the cross of a lost segment. */
  readonly lost: PlacedText | undefined;
}

const ASKED = -1;

/** Half the height of a lifeline's bar and a little air. */
const BAR = 7;
/** Share of the way a lost segment gets, and one that is still under way. */
const REACH = { head: 1, lost: 0.52, flight: 0.62 } as const;
/** Where on the whole way the label is wanted: over what is drawn of it. */
const MIDDLE = { head: 0.5, lost: 0.34, flight: 0.4 } as const;
const ASKED_GAP = 30;

interface Strokes {
  readonly id: number;
  readonly from: HostId;
  readonly ends: Ends;
  readonly ending: PlacedArrow['ending'];
  readonly unsure: boolean;
  readonly full: Line;
  readonly drawn: Line;
}

function shorten(full: Line, share: number): Line {
  const { x1, y1, x2, y2 } = full;
  return { x1, y1, x2: x1 + (x2 - x1) * share, y2: y1 + (y2 - y1) * share };
}

function fullLine(from: HostId, y1: number, y2: number, { xA, xB }: Columns): Line {
  return from === 'A' ? { x1: xA + BAR, y1, x2: xB - BAR, y2 } : { x1: xB - BAR, y1, x2: xA + BAR, y2 };
}

function strokesOf(arrow: ArrowView, ends: Ends, heights: Heights, drop: number, columns: Columns): Strokes {
  const ending = arrow.lost ? 'lost' : isInFlight(arrow) ? 'flight' : 'head';
  const y1 = heights.y[ends.departs] ?? 0;
  const y2 = ends.arrives === undefined ? y1 + drop : (heights.y[ends.arrives] ?? y1);
  const full = fullLine(arrow.from, y1, y2, columns);
  return {
    id: arrow.id,
    from: arrow.from,
    ends,
    ending,
    unsure: arrow.lossUnsure === true,
    full,
    drawn: shorten(full, REACH[ending]),
  };
}

/** Some line but `own` runs through the box. */
function struck(box: Box, lines: Stripes<Line>, own: Line | undefined, margin: number): boolean {
  return lines.some(spanOfBox(box), (line) => line !== own && lineMeetsBox(line, box, margin));
}

/** The word "lost" behind its cross, or under it where another line runs or another word stands. */
function lostWord(
  stroke: Strokes,
  lines: Stripes<Line>,
  taken: readonly Box[],
  options: LayoutOptions,
): PlacedText {
  const text = stroke.unsure ? t('lost?') : t('lost');
  const w = options.measure(text, 'text');
  const { x1, y1, x2, y2 } = stroke.drawn;
  const ahead = Math.sign(x2 - x1) * (12 + w / 2);
  const slope = (y2 - y1) / (x2 - x1);
  const under = y2 + slope * ahead + options.lineHeight * 0.8;
  const places = [
    [x2 + ahead, under],
    [x2, y2 + options.lineHeight * 1.1],
    [x2 - ahead, y2 + options.lineHeight * 1.1],
    [x2 + ahead, under + options.lineHeight],
    [x2, y2 + options.lineHeight * 2.1],
    [x2 - ahead, y2 + options.lineHeight * 2.1],
  ] as const;
  const boxes = places.map(([cx, cy]) => uprightBox(cx - w / 2, cy, w, options.lineHeight - 2));
  const apart = boxes.filter((box) => !taken.some((other) => boxesOverlap(box, other)));
  const free = apart.find((box) => !struck(box, lines, stroke.drawn, 1)) ?? apart[0];
  return { text, box: free ?? uprightBox(x2 + ahead - w / 2, under, w, options.lineHeight - 2) };
}

function breakTexts(
  heights: Heights,
  columns: Columns,
  lines: Stripes<Line>,
  options: LayoutOptions,
): PlacedText[] {
  return heights.breaks.map(({ y, idle }) => {
    const text = `⋮ ${t('{0} later', formatTime(idle))}`;
    const w = options.measure(text, 'text');
    const boxes = [0.5, 0.25, 0.75, 0.35, 0.65].flatMap((share) =>
      [0, -8, 8].map((lift) =>
        uprightBox(columns.xA + (columns.xB - columns.xA) * share - w / 2, y + lift, w, options.lineHeight),
      ),
    );
    const free = boxes.find((box) => !struck(box, lines, undefined, 2));
    return { text, box: free ?? uprightBox((columns.xA + columns.xB) / 2 - w / 2, y, w, options.lineHeight) };
  });
}

const QUESTION: LabelBlock = { lines: [[{ kind: 'flags', text: '?' }]], w: 14, h: 22 };

interface Given {
  readonly view: TimelineView;
  readonly columns: Columns;
  readonly ends: ReadonlyMap<number, Ends>;
  readonly options: LayoutOptions;
}

export interface ArrowPlacement {
  readonly arrows: readonly PlacedArrow[];
  /** Places in `arrows` of those whose label touches something. */
  readonly crowded: readonly number[];
  readonly breaks: readonly PlacedText[];
  readonly bottom: number;
}

/** Prepares the labels once; `place` may then be tried with several heights. */
export function placeArrows({ view, columns, ends, options }: Given) {
  const room = columns.xB - columns.xA - 2 * (BAR + 6);
  const tokensOf = arrowTokens(view, options.numbers);
  const shown = view.arrows.flatMap((arrow) => {
    const found = ends.get(arrow.id);
    if (found === undefined) return [];
    const all = labelBlocks(tokensOf(arrow), options.lineHeight - 1, options.measure);
    const fitting = all.filter(({ w }) => w <= room);
    return [{ arrow, ends: found, blocks: fitting.length > 0 ? fitting : all.slice(-1) }];
  });
  const heights = new Map(shown.map(({ arrow, blocks }) => [arrow.id, blocks[0]?.h ?? 0]));

  const place = (at: Heights, drop: number): ArrowPlacement => {
    const strokes = shown.map((each) => strokesOf(each.arrow, each.ends, at, drop, columns));
    const blocks = shown.map((each) => each.blocks);
    if (view.asked !== undefined) {
      const y = Math.max(at.y.at(-1) ?? 0, strokes.at(-1)?.drawn.y1 ?? 0) + ASKED_GAP;
      const full = fullLine(view.asked, y, y + drop, columns);
      strokes.push({
        id: ASKED,
        from: view.asked,
        ends: { departs: -1, arrives: undefined },
        ending: 'head',
        unsure: false,
        full,
        drawn: full,
      });
      blocks.push([QUESTION]);
    }
    const lines = new Stripes<Line>();
    for (const { drawn } of strokes) lines.add(drawn, spanOfLine(drawn));
    const breaks = breakTexts(at, columns, lines, options);
    const taken = breaks.map(({ box }) => box);
    const lost = strokes.map((stroke) => {
      if (stroke.ending !== 'lost') return undefined;
      const word = lostWord(stroke, lines, taken, options);
      taken.push(word.box);
      return word;
    });
    const crosses = strokes.flatMap(({ ending, drawn }): Box[] =>
      ending === 'lost' ? [uprightBox(drawn.x2 - 6, drawn.y2, 12, 7)] : [],
    );
    const fixed = [...taken, ...crosses];
    const wishes = strokes.map(({ full, ending }, index) => ({
      line: full,
      blocks: blocks[index] ?? [],
      middle: MIDDLE[ending],
    }));
    const { labels, crowded } = placeLabels(wishes, fixed, lines);
    const arrows = strokes.map(({ id, from, drawn, ending, ends: own }, index): PlacedArrow => {
      const label = labels[index];
      const spans = [spanOfLine(drawn), ...(label ? [spanOfBox(label.box)] : [])];
      const top = Math.min(...spans.map((span) => span.top)) - 8;
      const bottom = Math.max(...spans.map((span) => span.bottom)) + 8;
      return { id, from, line: drawn, ending, ends: own, label, lost: lost[index], top, bottom };
    });
    const bottoms = [
      ...arrows.map((arrow) => arrow.bottom - 8),
      ...lost.map((word) => (word ? spanOfBox(word.box).bottom : 0)),
    ];
    const bottom = bottoms.reduce((low, each) => Math.max(low, each), 0);
    return { arrows, crowded: [...crowded, ...crowdedWords(strokes, lost, lines)], breaks, bottom };
  };
  return { heights, place };
}

/** Lost words that found no free place need room as crowded labels do. */
function crowdedWords(
  strokes: readonly Strokes[],
  lost: readonly (PlacedText | undefined)[],
  lines: Stripes<Line>,
): readonly number[] {
  const words = new Stripes<Box>();
  for (const word of lost) if (word) words.add(word.box, spanOfBox(word.box));
  return strokes.flatMap(({ drawn }, index) => {
    const box = lost[index]?.box;
    if (box === undefined) return [];
    const meetsWord = words.some(spanOfBox(box), (other) => other !== box && boxesOverlap(other, box));
    return meetsWord || struck(box, lines, drawn, 1) ? [index] : [];
  });
}
