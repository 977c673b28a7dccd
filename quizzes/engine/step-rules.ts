// Which rules decided what a host did in a step, wherever they stand in the Timeline.

import type { RuleId } from '../../core/tcp/rules.ts';
import type { Step, Timeline } from '../../core/timeline/timeline.ts';

/** Rules that decided what a host did in a step. */
export function rulesOfStep(timeline: Timeline, step: Step): readonly RuleId[] {
  return [...promptedBy(timeline, step), ...madeWayFor(timeline, step), ...step.rules];
}

/** The same SYN has ended a TIME-WAIT just before. */
function madeWayFor({ steps }: Timeline, { index, host, cause }: Step): readonly RuleId[] {
  const before = steps[index - 1];
  if (cause.kind !== 'arrival' || before?.cause.kind !== 'arrival') return [];
  return before.host === host && before.cause.transmission === cause.transmission ? before.rules : [];
}

/** In a capture a segment leaves in a step of its own; the rules stand with the arrival that it answers. */
function promptedBy({ steps, transmissions }: Timeline, step: Step): readonly RuleId[] {
  const { cause, host, index } = step;
  if (cause.kind !== 'departure') return [];
  const sent = transmissions[cause.transmission];
  if (sent?.purpose === 'retransmission') {
    const isFast = sent.odd?.includes('fast-retransmission') === true;
    return [isFast ? 'loss/sent-again-at-once' : 'timer/earliest-again', 'timer/same-number-again'];
  }
  return (
    steps.slice(0, index).findLast((one) => one.host === host && one.cause.kind === 'arrival')?.rules ?? []
  );
}
