import type { TcpState } from '../../core/tcp/states.ts';
import type { HostId } from '../../core/timeline/timeline.ts';
import type { ArrowView, StepView, TimelineView } from '../../quizzes/engine/timeline-view.ts';

/** Where a host stands at the cursor and how it came there. */
export interface HostMoment {
  /** `'hidden'` while that is asked. */
  readonly state: TcpState | 'hidden';
  /** State changes so far, oldest first. */
  readonly taken: readonly { readonly from: TcpState; readonly to: TcpState }[];
}

/** Whether an arrow has left, or arrived, by a step; arrows of no step go by their time. */
export function hasLeft(arrow: ArrowView, cursor: number, steps: readonly StepView[]): boolean {
  if (arrow.sentIn !== undefined) return arrow.sentIn <= cursor;
  return arrow.arrivedIn === undefined
    ? arrow.sentAt <= (steps[cursor]?.at ?? Number.NEGATIVE_INFINITY)
    : arrow.arrivedIn <= cursor || arrow.sentAt <= (steps[cursor]?.at ?? Number.NEGATIVE_INFINITY);
}

/** Whether the arrow has reached its host at the cursor’s step. */
export function hasArrived(arrow: ArrowView, cursor: number, steps: readonly StepView[]): boolean {
  if (arrow.arrivedIn !== undefined) return arrow.arrivedIn <= cursor;
  if (arrow.arrivesAt === undefined) return hasLeft(arrow, cursor, steps);
  return arrow.arrivesAt <= (steps[cursor]?.at ?? Number.NEGATIVE_INFINITY);
}

/** A host's state and path after the step at the cursor. */
export function hostMoment(view: TimelineView, host: HostId, cursor: number): HostMoment {
  let state: TcpState | 'hidden' = view.hosts[host].scripted ? 'hidden' : view.hosts[host].initial;
  const taken: { from: TcpState; to: TcpState }[] = [];
  for (const step of view.steps) {
    if (step.index > cursor) break;
    if (step.host !== host) continue;
    if (step.path === 'hidden') {
      state = 'hidden';
      continue;
    }
    for (const [place, to] of step.path.entries()) {
      const from = place === 0 ? undefined : step.path[place - 1];
      if (from !== undefined && from !== to) taken.push({ from, to });
    }
    state = step.path.at(-1) ?? state;
  }
  return { state, taken };
}

/** The arrow to look into: the chosen one, else the last that left by the cursor. */
export function arrowAt(
  view: TimelineView,
  cursor: number,
  chosen: number | undefined,
): ArrowView | undefined {
  const byHand = view.arrows.find(({ id }) => id === chosen);
  if (byHand !== undefined) return byHand;
  const step = view.steps[cursor];
  const own = view.arrows.findLast(
    (arrow) => arrow.sentIn === cursor || (step?.arrow !== undefined && arrow.id === step.arrow),
  );
  return own ?? view.arrows.findLast((arrow) => hasLeft(arrow, cursor, view.steps));
}

/**
 * The step that tells of an arrow: that of its leaving, else of its arrival, else the last one before it; undefined when
 * it is before all steps, or no arrow of the view.
 */
export function stepOf({ arrows, steps }: TimelineView, id: number): number | undefined {
  const arrow = arrows.find((each) => each.id === id);
  if (arrow === undefined) return undefined;
  const before = steps.findLastIndex(({ at }) => at <= arrow.sentAt);
  return arrow.sentIn ?? arrow.arrivedIn ?? (before < 0 ? undefined : before);
}

/** The cursor as a step that exists: where the view rests unless another one is looked at. */
export function cursorOf(view: TimelineView, cursor: number | undefined): number {
  return Math.min(cursor ?? restOf(view), view.steps.length - 1);
}

/** Where a view stands by itself: at the step that decided what was asked, else at its last one. */
export function restOf({ rest, steps }: TimelineView): number {
  return rest ?? steps.length - 1;
}
