// A call and a timer that fall into the same tick: which came first the record tells, and a prediction cannot know.

import { ACK } from '../../../core/tcp/segment.ts';
import { type Ms, ms } from '../../../core/tcp/time.ts';
import type { Action, Scenario } from '../../../core/timeline/scenario.ts';
import { HOSTS, type HostId, type Step, type Timeline } from '../../../core/timeline/timeline.ts';
import type { Recorded } from './recorded.ts';

/** Two ticks: one for the phase of the clock, one for the bucket of the timer. */
const NEAR = 8;
/** What is moved comes so long before the timer. */
const BEFORE = 0.01;

/**
 * The scenario with the calls moved before a delayed-ACK timer that would fire just ahead of them, where no such ACK was
 * recorded; undefined when there are none.
 */
export function callsBeforeTimers(
  scenario: Scenario,
  played: Timeline,
  wire: readonly Recorded[],
): Scenario | undefined {
  for (const host of HOSTS) {
    for (const step of played.steps) {
      if (step.host !== host || step.cause.kind !== 'timer' || step.cause.timer !== 'delayed-ack') continue;
      const script = movedBefore(scenario.script, host, step, wire);
      if (script !== undefined) return { ...scenario, script };
    }
  }
  return undefined;
}

function movedBefore(
  script: readonly Action[],
  host: HostId,
  { at }: Step,
  wire: readonly Recorded[],
): readonly Action[] | undefined {
  const isTied = (action: Action) =>
    action.when.kind === 'at' &&
    action.what.kind === 'call' &&
    action.what.host === host &&
    action.when.time >= at &&
    action.when.time <= at + NEAR;
  const [first] = script.filter(isTied);
  if (first?.when.kind !== 'at') return undefined;
  const { time } = first.when;
  const acked = wire.some(
    (one) =>
      one.from === host &&
      !one.forged &&
      one.segment.flags === ACK &&
      one.segment.length === 0 &&
      one.at > at - NEAR &&
      one.at < time,
  );
  const heard = wire.some(
    ({ from, arrivesAt }) =>
      from !== host && arrivesAt !== undefined && arrivesAt > at - BEFORE && arrivesAt <= time,
  );
  if (acked || heard) return undefined;
  return script
    .map(
      (action): Action => (isTied(action) ? { ...action, when: { kind: 'at', time: before(at) } } : action),
    )
    .sort((a, b) => timeOf(a) - timeOf(b));
}

function before(at: Ms): Ms {
  return ms(at - BEFORE);
}

/**
 * The scenario with the calls moved behind a delayed-ACK timer that fired just ahead of them in the record, where the
 * prediction has none; undefined when there are none.
 */
export function callsAfterTimers(
  scenario: Scenario,
  played: Timeline,
  wire: readonly Recorded[],
): Scenario | undefined {
  for (const one of wire) {
    const { from, at, segment, forged } = one;
    if (forged || segment.flags !== ACK || segment.length > 0) continue;
    const answers = wire.some(
      (other) =>
        other.from !== from && other.arrivesAt !== undefined && isWithin(other.arrivesAt, at - 1, at + NEAR),
    );
    const predicted = played.transmissions.some(
      (sent) =>
        sent.from === from &&
        sent.segment.flags === ACK &&
        sent.segment.ack === segment.ack &&
        isWithin(sent.sentAt, at - LONG, at + LONG),
    );
    if (answers || predicted) continue;
    const isTied = ({ when, what }: Action) =>
      when.kind === 'at' &&
      what.kind === 'call' &&
      what.host === from &&
      isWithin(when.time, at - 1, at + NEAR);
    if (!scenario.script.some(isTied)) continue;
    const script = scenario.script
      .map(
        (action): Action =>
          isTied(action) ? { ...action, when: { kind: 'at', time: ms(at + NEAR) } } : action,
      )
      .sort((a, b) => timeOf(a) - timeOf(b));
    return { ...scenario, script };
  }
  return undefined;
}

function isWithin(time: number, from: number, to: number): boolean {
  return time >= from && time <= to;
}

/** Farther away an ACK is another one. */
const LONG = 60;

/** When a line of a replay is due. */
export function timeOf({ when }: Action): number {
  return when.kind === 'at' ? when.time : 0;
}
