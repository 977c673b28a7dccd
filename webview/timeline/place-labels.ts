import { type Box, boxesOverlap, type Line, lineMeetsBox, spanOfBox } from './geometry.ts';
import type { LabelBlock } from './labels.ts';
import { Stripes } from './stripes.ts';

/** One arrow that wants a label. */
export interface LabelWish {
  readonly line: Line;
  /** From fewest lines to most; all that fit the channel. */
  readonly blocks: readonly LabelBlock[];
  /** Where along the line the middle of the label is wanted; 0 is the tail. */
  readonly middle: number;
}

export interface PlacedLabel {
  readonly box: Box;
  readonly block: LabelBlock;
}

/** Labels in the order of the wishes, and the wishes that found no free place. */
export interface Placement {
  readonly labels: readonly (PlacedLabel | undefined)[];
  readonly crowded: readonly number[];
}

/** Between a label and its own arrow. */
const LIFT = 4;
const LINE_MARGIN = 1.5;
const CHANNEL_MARGIN = 6;
/** How far from the wanted place the label is tried, as shares of the arrow. */
const PLACES = [0, 0.07, -0.07, 0.14, -0.14, 0.21, -0.21, 0.28, -0.28] as const;
const MAX_TURN = (40 / 180) * Math.PI;

/** The box of a block that stands `lift` above its arrow, `place` from where it is wanted, kept inside the channel. */
function boxAt({ line, middle }: LabelWish, block: LabelBlock, place: number, lift: number): Box {
  const slope = Math.atan2(line.y2 - line.y1, line.x2 - line.x1);
  const upright = line.x2 >= line.x1 ? slope : slope - Math.PI * Math.sign(slope || 1);
  const angle = Math.max(-MAX_TURN, Math.min(MAX_TURN, upright));
  const up = block.h / 2 + lift;
  const half = (Math.cos(angle) * block.w + Math.abs(Math.sin(angle)) * block.h) / 2;
  const left = Math.min(line.x1, line.x2) + CHANNEL_MARGIN + half;
  const right = Math.max(line.x1, line.x2) - CHANNEL_MARGIN - half;
  const wanted = line.x1 + (line.x2 - line.x1) * (middle + place) + Math.sin(angle) * up;
  const cx = left > right ? (left + right) / 2 : Math.max(left, Math.min(right, wanted));
  const share = (cx - Math.sin(angle) * up - line.x1) / (line.x2 - line.x1);
  const cy = line.y1 + (line.y2 - line.y1) * share - Math.cos(angle) * up;
  return { cx, cy, w: block.w, h: block.h, angle };
}

/** Places on the arrow, best first: fewer lines of text before a better place. */
function* tries(wish: LabelWish): Generator<PlacedLabel> {
  for (const block of wish.blocks) {
    for (const place of PLACES) yield { block, box: boxAt(wish, block, place, LIFT) };
  }
}

/** Away from its arrow, above or below, until it meets no other label: clear of text comes before close to the arrow. */
function lastResort(wish: LabelWish, hitsBox: (box: Box) => boolean): PlacedLabel | undefined {
  const block = wish.blocks.at(-1);
  if (block === undefined) return undefined;
  for (let away = 0; away < 60; away += 1) {
    const lift = away % 2 === 0 ? LIFT + away * 5 : -block.h - LIFT - away * 5;
    for (const place of PLACES) {
      const box = boxAt(wish, block, place, lift);
      if (spanOfBox(box).top >= 0 && !hitsBox(box)) return { block, box };
    }
  }
  return undefined;
}

/**
 * Finds for each label a place on its arrow where it meets no line and no other label.
 *
 * @param fixed - room that is taken already
 * @param lines - everything that is drawn
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  fixed: readonly Box[],
  lines: Stripes<Line>,
): Placement {
  const boxes = new Stripes<Box>();
  for (const box of fixed) boxes.add(box, spanOfBox(box));

  const hitsBox = (box: Box) => boxes.some(spanOfBox(box), (other) => boxesOverlap(box, other));
  const hitsLine = (box: Box) => lines.some(spanOfBox(box), (line) => lineMeetsBox(line, box, LINE_MARGIN));
  const labels: (PlacedLabel | undefined)[] = [];
  const crowded: number[] = [];
  for (const [index, wish] of wishes.entries()) {
    let clearOfText: PlacedLabel | undefined;
    let free: PlacedLabel | undefined;
    for (const tried of tries(wish)) {
      if (hitsBox(tried.box)) continue;
      clearOfText ??= tried;
      if (hitsLine(tried.box)) continue;
      free = tried;
      break;
    }
    const found = free ?? clearOfText ?? lastResort(wish, hitsBox);
    if (free === undefined) crowded.push(index);
    labels.push(found);
    if (found !== undefined) boxes.add(found.box, spanOfBox(found.box));
  }
  return { labels, crowded };
}
