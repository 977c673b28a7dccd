import type { TimelineView } from '../../quizzes/engine/timeline-view.ts';
import { type Layout, layOut } from './layout.ts';
import type { LayoutOptions } from './layout-options.ts';

/** Each round moves the first moment that still differs, and with it most that follow. */
const ROUNDS = 24;
/** Pixels that nobody sees. */
const NEAR = 0.5;

/** The lower of both heights for every moment that either has. */
function lowest(one: Layout, other: Layout): ReadonlyMap<number, number> {
  const floors = new Map(one.timeY);
  for (const [time, y] of other.timeY) floors.set(time, Math.max(y, floors.get(time) ?? 0));
  return floors;
}

function isLevel({ timeY }: Layout, floors: ReadonlyMap<number, number>): boolean {
  return [...timeY].every(([time, y]) => Math.abs((floors.get(time) ?? y) - y) <= NEAR);
}

/** Places a timeline beside another one: the same columns, the same height, and every common moment level with itself. */
export function layOutBeside(view: TimelineView, beside: TimelineView, options: LayoutOptions): Layout {
  const mine: LayoutOptions = { ...options, beside };
  const theirs: LayoutOptions = { ...options, beside: view };
  let [own, other] = [layOut(view, mine), layOut(beside, theirs)];
  let floors = lowest(own, other);
  for (let round = 0; round < ROUNDS && !(isLevel(own, floors) && isLevel(other, floors)); round += 1) {
    [own, other] = [layOut(view, { ...mine, floors }), layOut(beside, { ...theirs, floors })];
    floors = lowest(own, other);
  }
  return layOut(view, { ...mine, floors, minHeight: Math.max(own.height, other.height) });
}
