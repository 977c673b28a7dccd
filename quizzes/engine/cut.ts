import { unreachable } from '../../core/result.ts';
import { isKind } from '../../core/timeline/pattern.ts';
import type { HostId, Step, Timeline } from '../../core/timeline/timeline.ts';
import type { When, Which } from './pack.ts';

/**
 * The last moment a learner sees: everything before `step`, and of that step its cause alone or its outcome too.
 * -1 stands for the moment before the first step.
 */
export interface Cut {
  readonly step: number;
  readonly shows: 'cause' | 'outcome';
}

/** Finds the moment in a Timeline; undefined when it never comes. */
export function findCut(timeline: Timeline, when: When): Cut | undefined {
  switch (when.kind) {
    case 'start':
      return { step: -1, shows: 'outcome' };
    case 'end':
      return { step: timeline.steps.length - 1, shows: 'outcome' };
    case 'receives':
      return cutAt(timeline, when.which, 'cause', (step) => receives(timeline, step, when));
    case 'sends':
      return cutAt(timeline, when.which, 'outcome', (step) => sends(timeline, step, when));
    case 'calls':
      return cutAt(timeline, when.which, 'cause', ({ host, cause }) =>
        Number(host === when.host && cause.kind === 'call' && cause.call === when.call),
      );
    case 'timer':
      return cutAt(timeline, when.which, 'cause', ({ host, cause }) =>
        Number(host === when.host && cause.kind === 'timer' && cause.timer === when.timer),
      );
    case 'enters':
      return cutAt(timeline, when.which, 'outcome', ({ host, path }) =>
        Number(host === when.host && path.slice(1).includes(when.state)),
      );
    case 'gives-up':
      return cutAt(timeline, when.which, 'outcome', (step) =>
        Number(step.host === when.host && givesUp(step)),
      );
    default:
      return unreachable(when);
  }
}

/** Whether a connection is given up in this step. */
export function givesUp({ rules }: Step): boolean {
  return rules.some((id) => id.includes('/give-up/'));
}

/** How often such a moment comes in a Timeline, whichever of them is meant. */
export function countMoments(timeline: Timeline, when: When): number {
  if (!('which' in when)) return 1;
  let count = 0;
  while (findCut(timeline, { ...when, which: count + 1 }) !== undefined) count += 1;
  return count;
}

/** How often in this step the host receives such a segment: 0 or 1. */
function receives(timeline: Timeline, step: Step, when: Extract<When, { kind: 'receives' }>): number {
  if (step.host !== when.host || step.cause.kind !== 'arrival') return 0;
  const arrived = timeline.transmissions[step.cause.transmission];
  return Number(arrived !== undefined && isKind(arrived.segment, arrived.purpose, when.segment));
}

/** How many such segments the host sends in this step. */
function sends(timeline: Timeline, step: Step, when: Extract<When, { kind: 'sends' }>): number {
  if (step.host !== when.host) return 0;
  return step.sent.filter((id) => {
    const left = timeline.transmissions[id];
    return left !== undefined && isKind(left.segment, left.purpose, when.segment);
  }).length;
}

function cutAt(
  timeline: Timeline,
  which: Which,
  shows: Cut['shows'],
  timesIn: (step: Step) => number,
): Cut | undefined {
  let seen = 0;
  let last: number | undefined;
  for (const step of timeline.steps) {
    const times = timesIn(step);
    if (times === 0) continue;
    seen += times;
    last = step.index;
    if (which !== 'last' && seen >= which) return { step: step.index, shows };
  }
  return which === 'last' && last !== undefined ? { step: last, shows } : undefined;
}

/** Simulated time at a cut, in milliseconds. */
export function timeAt(timeline: Timeline, cut: Cut): number {
  return timeline.steps[cut.step]?.at ?? 0;
}

/** The last step of `host` up to and including `upTo`. */
export function lastStepOf(timeline: Timeline, host: HostId, upTo: number): Step | undefined {
  return timeline.steps.slice(0, upTo + 1).findLast((step) => step.host === host);
}
