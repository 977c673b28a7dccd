import { type Ms, ms } from '../../../core/tcp/time.ts';
import type { AppCall, Trace } from '../trace.ts';
import { firstBeyond, firstDisagreement, ONLY_PUSH, type Pair, type Story } from './agreement.ts';
import { excuseOf } from './excuses.ts';
import type { Recorded } from './recorded.ts';

/** What is known about one end of one connection. */
export interface Evidence {
  readonly trace: Trace;
  /** The wire of the connection. */
  readonly here: readonly Recorded[];
  /** Calls of the log that were not replayed. */
  readonly unknown: readonly AppCall[];
  readonly recorded: Story;
  readonly predicted: Story;
  /** When the application of this end made calls, as they were made in the prediction. */
  readonly calls: readonly Ms[];
  /** When observation ended. */
  readonly end: Ms;
}

export interface Judgment {
  readonly verdict: 'ok' | 'differs' | 'departure' | 'out of scope';
  readonly detail: string;
  /** What differs. */
  readonly pair?: Pair;
}

/** Compares the stories; behind an excused difference, what the excuse does not touch has to agree all the same. */
export function judge(evidence: Evidence): Judgment {
  const { trace, here, unknown, recorded, predicted, calls, end } = evidence;
  const difference = firstDisagreement(recorded, predicted, calls, end);
  if (difference === undefined) return { verdict: 'ok', detail: '' };
  const { place, what } = difference;
  const pair: Pair = { recorded: recorded.departures[place], predicted: predicted.departures[place] };
  const at = ms(Math.max(pair.recorded?.at ?? end, pair.predicted?.at ?? end));
  const excuse = excuseOf(trace, here, unknown, at, pair);
  if (excuse === undefined) {
    if (what === ONLY_PUSH) return { verdict: 'departure', detail: 'burst-size' };
    return { verdict: 'differs', detail: `place ${place + 1}: ${what}`, pair };
  }
  const { verdict, detail, stillCounts } = excuse;
  const beyond = stillCounts && firstBeyond(recorded, predicted, stillCounts, end);
  if (beyond === undefined) return { verdict, detail };
  return { verdict: 'differs', detail: `another segment, which ${detail} does not explain`, pair: beyond };
}
