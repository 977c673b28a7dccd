import type { HostId } from '../../core/timeline/timeline.ts';
import type { ArrowView } from '../../quizzes/engine/timeline-view.ts';
import type { Ends, Slot } from './slots.ts';

/** What the heights are made from. Pixels, unless said otherwise. */
export interface HeightRules {
  readonly lineHeight: number;
  /** Height of the label of each arrow, by its id. */
  readonly labelHeight: ReadonlyMap<number, number>;
  /** Lines beside the lifeline, per slot. */
  readonly sideLines: readonly number[];
  /** Where the first slot may be. */
  readonly top: number;
  /** Down to where each side is taken before the first slot. */
  readonly taken: Readonly<Record<HostId, number>>;
  /** How far an arrow that takes time falls at least. */
  readonly drop: number;
  /** A usual time under way, in milliseconds. */
  readonly unit: number;
  /** Moments that may stand no higher than this: milliseconds → pixels. */
  readonly floors: ReadonlyMap<number, number> | undefined;
}

/** Idle time that is not drawn to scale. */
interface Break {
  readonly y: number;
  /** Milliseconds left out. */
  readonly idle: number;
}

export interface Heights {
  /** Per slot, never decreasing. */
  readonly y: readonly number[];
  readonly breaks: readonly Break[];
}

const STEP_GAP = 10;
const REPLY_GAP = 6;
/** Where the words of a break stand. */
const BREAK_GAP = 36;
/** So many usual times of silence are left out. */
const BREAK_UNITS = 8;
const LABEL_GAP = 7;

/** The usual time under way: the median, so that one late segment does not stretch all. Milliseconds. */
export function usualTransit(arrows: readonly ArrowView[]): number {
  const transits = arrows
    .flatMap(({ sentAt, arrivesAt }) =>
      arrivesAt === undefined || arrivesAt <= sentAt ? [] : [arrivesAt - sentAt],
    )
    .sort((a, b) => a - b);
  return transits[Math.floor(transits.length / 2)] ?? 20;
}

/** Room for the time between two slots; silence grows less than time does. */
function timeGap(elapsed: number, unit: number): number {
  if (elapsed <= 0) return 0;
  return 20 * Math.min(elapsed / unit, 1.8);
}

/** Both hosts act at the same moment and neither waits for the other: drawn at one height. */
function sharesRow(slot: Slot, place: number, slots: readonly Slot[]): number | undefined {
  const before = slots[place - 1];
  const other = before?.pinned ? before.parent : place - 1;
  const row = other === undefined ? undefined : slots[other];
  if (slot.kind !== 'step' || row?.kind !== 'step' || slot.arrives.length > 0) return undefined;
  return row.host !== slot.host && row.time === slot.time ? other : undefined;
}

/**
 * Gives every slot its height, from top to bottom: order first, then room for what is written, then time.
 *
 * @param extra - more room above a slot, found necessary when labels were placed
 */
export function assignHeights(
  slots: readonly Slot[],
  arrows: ReadonlyMap<number, ArrowView>,
  ends: ReadonlyMap<number, Ends>,
  rules: HeightRules,
  extra: readonly number[],
): Heights {
  const y: number[] = [];
  const breaks: Break[] = [];
  const taken = { ...rules.taken };
  const lastLeft: Record<HostId, number> = { A: Number.NEGATIVE_INFINITY, B: Number.NEGATIVE_INFINITY };
  let lowest = rules.top;
  let drawnTo = rules.top;
  let lastTime: number | undefined;

  const labelRoom = (id: number) => (rules.labelHeight.get(id) ?? 0) + LABEL_GAP;
  const isLevel = (id: number) => {
    const arrow = arrows.get(id);
    return arrow !== undefined && arrow.arrivesAt !== undefined && arrow.arrivesAt <= arrow.sentAt;
  };
  const roomForDeparture = (id: number, host: HostId) =>
    Math.max(lastLeft[host] + labelRoom(id), isLevel(id) ? lowest + labelRoom(id) : 0);
  const roomForArrival = (id: number) => {
    const from = ends.get(id)?.departs;
    const start = from === undefined ? undefined : y[from];
    return start === undefined ? 0 : start + (isLevel(id) ? 0 : rules.drop);
  };

  for (const [place, slot] of slots.entries()) {
    if (slot.pinned && slot.parent !== undefined) {
      const at = y[slot.parent] ?? lowest;
      y.push(at);
      lastLeft[slot.host] = at;
      continue;
    }
    const row = sharesRow(slot, place, slots);
    const level =
      slot.arrives.length > 0 && slot.arrives.every(isLevel) && slots[place - 1]?.departs === slot.arrives[0];
    const elapsed = slot.time - (lastTime ?? slot.time);
    const isFirst = place === 0;
    const gap =
      isFirst || row !== undefined || level
        ? 0
        : slot.kind === 'depart' && slot.parent !== undefined
          ? REPLY_GAP
          : STEP_GAP;
    let at = (row === undefined ? lowest : (y[row] ?? lowest)) + gap + timeGap(elapsed, rules.unit);
    const lines = rules.sideLines[place] ?? 0;
    if (lines > 0) at = Math.max(at, taken[slot.host] + 4 + rules.lineHeight / 2);
    for (const id of slot.arrives) at = Math.max(at, roomForArrival(id));
    const next = slots[place + 1];
    const leaving = slot.departs ?? (next?.pinned && next.parent === place ? next.departs : undefined);
    if (leaving !== undefined) at = Math.max(at, roomForDeparture(leaving, slot.host));
    const floor = slot.time === lastTime ? undefined : rules.floors?.get(slot.time);
    at = Math.max(at + (extra[place] ?? 0), lowest, floor ?? 0);
    if (elapsed > rules.unit * BREAK_UNITS) {
      const room = leaving === undefined ? STEP_GAP : labelRoom(leaving) + 4;
      at = Math.max(at, Math.max(drawnTo, taken.A, taken.B) + BREAK_GAP + room);
      breaks.push({ y: at - room - BREAK_GAP / 2, idle: elapsed });
    }
    y.push(at);
    const lands = leaving === undefined || ends.get(leaving)?.arrives !== undefined;
    drawnTo = Math.max(drawnTo, lands ? at : at + rules.drop + rules.lineHeight);
    lowest = at;
    lastTime = slot.time;
    if (lines > 0) taken[slot.host] = at + (lines - 0.5) * rules.lineHeight;
    if (slot.departs !== undefined) lastLeft[slot.host] = at;
  }
  return { y, breaks };
}
