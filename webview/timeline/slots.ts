import { type HostId, peerOf } from '../../core/timeline/timeline.ts';
import type { ArrowView, TimelineView } from '../../quizzes/engine/timeline-view.ts';

/** One moment on one lifeline; slots follow each other down the picture. */
export interface Slot {
  /** A step, an arrow leaving, or an arrow arriving where no step shows it. */
  readonly kind: 'step' | 'depart' | 'arrive';
  readonly host: HostId;
  /** Milliseconds of simulated time. */
  readonly time: number;
  readonly step: number | undefined;
  /** The arrow that leaves here. */
  readonly departs: number | undefined;
  /** The arrows whose heads end here. */
  readonly arrives: readonly number[];
  /** Place of the step slot this departure belongs to. */
  readonly parent: number | undefined;
  /** Drawn at the height of its parent: the first segment of a call or timer leaves at once. */
  readonly pinned: boolean;
}

/** The ends of one arrow, as places in the list of slots. */
export interface Ends {
  readonly departs: number;
  /** Undefined when lost or in flight. */
  readonly arrives: number | undefined;
}

function loose(arrows: readonly ArrowView[]): readonly Slot[] {
  const common = { step: undefined, parent: undefined, pinned: false } as const;
  const departures = arrows
    .filter(({ sentIn }) => sentIn === undefined)
    .map(
      (a): Slot => ({ ...common, kind: 'depart', host: a.from, time: a.sentAt, departs: a.id, arrives: [] }),
    );
  const arrivals = arrows.flatMap((a): Slot[] =>
    a.arrivesAt === undefined || a.arrivedIn !== undefined
      ? []
      : [
          {
            ...common,
            kind: 'arrive',
            host: peerOf(a.from),
            time: a.arrivesAt,
            departs: undefined,
            arrives: [a.id],
          },
        ],
  );
  return [...departures, ...arrivals].sort((a, b) => a.time - b.time);
}

function groupBy(
  arrows: readonly ArrowView[],
  key: (arrow: ArrowView) => number | undefined,
): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const arrow of arrows) {
    const place = key(arrow);
    if (place === undefined) continue;
    const group = groups.get(place);
    if (group) group.push(arrow.id);
    else groups.set(place, [arrow.id]);
  }
  return groups;
}

/** Everything that needs a height, in the order of the picture. */
export function slotsOf(view: TimelineView): readonly Slot[] {
  const sentIn = groupBy(view.arrows, (arrow) => arrow.sentIn);
  const arrivedIn = groupBy(view.arrows, (arrow) => arrow.arrivedIn);
  const unattached = [...loose(view.arrows)];
  const slots: Slot[] = [];
  for (const step of view.steps) {
    while (unattached[0] && unattached[0].time <= step.at) {
      slots.push(...unattached.splice(0, 1));
    }
    const arrives = arrivedIn.get(step.index) ?? [];
    const parent = slots.length;
    const { at: time, host, index } = step;
    slots.push({
      kind: 'step',
      host,
      time,
      step: index,
      departs: undefined,
      arrives,
      parent: undefined,
      pinned: false,
    });
    for (const [place, departs] of (sentIn.get(index) ?? []).entries()) {
      const pinned = place === 0 && arrives.length === 0;
      slots.push({ kind: 'depart', host, time, step: index, departs, arrives: [], parent, pinned });
    }
  }
  return [...slots, ...unattached];
}

/** Where each arrow begins and ends, by its id. */
export function endsOf(slots: readonly Slot[]): ReadonlyMap<number, Ends> {
  const arrivals = new Map(slots.flatMap((slot, place) => slot.arrives.map((id) => [id, place] as const)));
  return new Map(
    slots.flatMap(({ departs: id }, departs) =>
      id === undefined ? [] : [[id, { departs, arrives: arrivals.get(id) }] as const],
    ),
  );
}
