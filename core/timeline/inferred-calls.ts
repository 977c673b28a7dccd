// The calls behind a captured host's segments: what its application must have asked for, and when at the latest.

import { ACK, FIN, has, PSH, RST, type Segment, SYN, sequenceLength } from '../tcp/segment.ts';
import { add, distance, lt, type Seq } from '../tcp/seq.ts';
import type { CallName, HostId, Step, Timeline } from './timeline.ts';

/** A call, made just before its step. */
export interface InferredCall {
  readonly call: CallName;
  readonly length: number;
}

/** Octets that may be missing of a capture and still be taken for written. */
const LARGEST_GAP = 2 ** 20;

/**
 * The calls of one host, by the step they come before.
 *
 * Data in a row that ends with PSH is one write(); a FIN after which the host still acknowledges data is a shutdown().
 *
 * @param steps - those of the host, in order
 */
export function inferredCalls(
  { transmissions }: Timeline,
  host: HostId,
  steps: readonly Step[],
): ReadonlyMap<Step, readonly InferredCall[]> {
  const calls = new Map<Step, InferredCall[]>();
  const make = (step: Step, call: CallName, length = 0) => {
    const known = calls.get(step) ?? [];
    calls.set(step, [...known, { call, length }]);
  };
  const departures = steps.flatMap((step) =>
    step.sent.flatMap((id) => {
      const sent = transmissions[id];
      return sent === undefined || sent.from !== host ? [] : [{ step, segment: sent.segment }];
    }),
  );
  const first = steps[0];
  if (first !== undefined && steps.some(({ path }) => path[0] === 'LISTEN')) make(first, 'listen');
  let opened = false;
  let finished = false;
  /** Behind the last octet written so far; undefined before the first segment. */
  let written: Seq | undefined;
  departures.forEach(({ step, segment }, place) => {
    if (has(segment, RST)) {
      if (step.cause.kind === 'departure' && step.before.state !== 'CLOSED' && step.path.at(-1) === 'CLOSED')
        make(step, 'abort');
      return;
    }
    if (has(segment, SYN)) {
      if (!opened && !has(segment, ACK)) make(step, 'connect');
      opened = true;
      written = add(segment.seq, 1);
      return;
    }
    written ??= segment.seq;
    if (lt(written, segment.seq) && distance(written, segment.seq) > LARGEST_GAP) written = segment.seq;
    const end = add(segment.seq, segment.length);
    const closes = has(segment, FIN) && !finished;
    if (segment.length > 0 && lt(written, end)) {
      const reached = endOfWrite(departures.slice(place), written);
      make(step, closes ? 'send-more' : 'send', distance(written, reached));
      written = reached;
    }
    if (closes) {
      finished = true;
      make(step, hearsMore(departures.slice(place + 1)) ? 'shutdown' : 'close');
    }
  });
  return calls;
}

interface Departure {
  readonly step: Step;
  readonly segment: Segment;
}

/** How far the data goes that is handed over at once: to the next PSH or FIN, or as far as it goes. */
function endOfWrite(departures: readonly Departure[], from: Seq): Seq {
  let reached = from;
  for (const { segment } of departures) {
    const end = add(segment.seq, segment.length);
    if (segment.length === 0 || !lt(reached, end)) continue;
    if (has(segment, FIN) && reached !== from) return reached;
    reached = end;
    if (has(segment, PSH) || has(segment, FIN)) return reached;
  }
  return reached;
}

/** After its FIN the host acknowledges more than the peer's own FIN. */
function hearsMore(departures: readonly Departure[]): boolean {
  const acks = departures.flatMap(({ segment }) =>
    has(segment, ACK) && !has(segment, RST) ? [segment] : [],
  );
  const [first, last] = [acks[0], acks.at(-1)];
  return first !== undefined && last !== undefined && first !== last
    ? lt(add(first.ack, 1), last.ack) && sequenceLength(last) === 0
    : false;
}
