import type { Segment } from '../tcp/segment.ts';
import type { Step, Timeline } from './timeline.ts';

/** The first step that is not the same in both, as an index into either's steps; undefined when none differs. */
export function firstDifference(one: Timeline, other: Timeline): number | undefined {
  const length = Math.max(one.steps.length, other.steps.length);
  for (let place = 0; place < length; place += 1) {
    if (signature(one, place) !== signature(other, place)) return place;
  }
  return undefined;
}

/**
 * The first step of `one`, from a place on, that did not happen in `other`, whatever the network did to its segments;
 * undefined when all of them did.
 */
export function firstMissing(one: Timeline, other: Timeline, from: number): Step | undefined {
  const happened = new Set(other.steps.map((step) => eventSignature(other, step)));
  return one.steps.slice(from).find((step) => !happened.has(eventSignature(one, step)));
}

/** What a step comes to, for whoever watches: when and where, states, segments and their fate, timers, the application. */
function signature(timeline: Timeline, place: number): string {
  const step = timeline.steps[place];
  if (step === undefined) return '';
  const fates = step.sent.map((id) => timeline.transmissions[id]?.lost);
  return JSON.stringify([eventSignature(timeline, step), fates]);
}

/** The same without the fate of its segments. */
function eventSignature(timeline: Timeline, step: Step): string {
  const timers = step.effects.filter(({ kind }) => kind === 'arm' || kind === 'cancel');
  return JSON.stringify([step.host, step.at, step.path, step.app, timers, segmentsOf(timeline, step)]);
}

/** The segments a step sent, in order. */
export function segmentsOf(timeline: Timeline, step: Step): readonly Segment[] {
  return step.sent.flatMap((id) => timeline.transmissions[id]?.segment ?? []);
}
