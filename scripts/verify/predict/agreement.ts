// Compares what one end was predicted to send on one connection with what it sent. What must agree, segment by segment:
// control bits, sequence and acknowledgment number, octets, order; and how long it waited for what it waited for.

import { ACK, FIN, PSH, type Segment } from '../../../core/tcp/segment.ts';
import { add, distance, type Seq } from '../../../core/tcp/seq.ts';
import type { Ms } from '../../../core/tcp/time.ts';
import { formatFlags } from '../../../core/wire/notation.ts';

/** A segment and when it left, in milliseconds from the start. */
export interface Departure {
  readonly at: Ms;
  readonly segment: Pick<Segment, 'flags' | 'seq' | 'ack' | 'length'>;
}

/** What one end of one connection sent, and what could have made it send. */
export interface Story {
  readonly departures: readonly Departure[];
  /** Arrivals at this end. */
  readonly arrivals: readonly Ms[];
}

/** A quarter of the wait, and what a busy machine and timers of 4 to 32 ms may add. */
const TOLERANCE = 0.25;
const SCHEDULING = 30;

export interface Difference {
  readonly place: number;
  readonly what: string;
}

/**
 * The first difference, or undefined when they agree.
 *
 * @param calls - when the application of this end made calls, as they were made in the prediction
 * @param end - when observation ended: what is predicted for about then may come later
 */
export function firstDisagreement(
  recorded: Story,
  predicted: Story,
  calls: readonly Ms[],
  end: Ms,
): Difference | undefined {
  const count = Math.max(recorded.departures.length, predicted.departures.length);
  let push: Difference | undefined;
  for (let place = 0; place < count; place += 1) {
    const theirs = recorded.departures[place];
    const ours = predicted.departures[place];
    if (ours === undefined || theirs === undefined) {
      if (theirs === undefined && ours !== undefined && isDueAbout(end, predicted, place, calls))
        return undefined;
      return { place, what: theirs === undefined ? 'nothing more was sent' : 'nothing more was predicted' };
    }
    if (isSameButForPush(theirs.segment, ours.segment)) push ??= { place, what: ONLY_PUSH };
    else if (!isSame(theirs.segment, ours.segment)) return { place, what: 'another segment' };
    const waited = waitOf(recorded, place, calls);
    const expected = waitOf(predicted, place, calls);
    const atTheTime = Math.abs(theirs.at - ours.at) <= SCHEDULING; // whatever each is thought to have waited for
    if (!atTheTime && Math.abs(waited - expected) > TOLERANCE * waited + SCHEDULING)
      return { place, what: `waited ${waited.toFixed(0)} ms, predicted ${expected.toFixed(0)} ms` };
  }
  return push;
}

/** What stands at one place of both stories. */
export interface Pair {
  readonly recorded: Departure | undefined;
  readonly predicted: Departure | undefined;
}

/**
 * The first two segments that differ among those that count: in control bits, number or octets. Neither times nor
 * acknowledgment numbers are compared, nor PSH, nor FINs sent again: they follow from what does not count.
 */
export function firstBeyond(
  recorded: Story,
  predicted: Story,
  counts: (segment: Departure['segment']) => boolean,
  end: Ms,
): Pair | undefined {
  const [theirs, ours] = [recorded, predicted].map(({ departures }) =>
    departures.filter(
      ({ segment }, place) => counts(segment) && !departures.slice(0, place).some(isFinOf(segment)),
    ),
  );
  for (let place = 0; place < Math.max(theirs?.length ?? 0, ours?.length ?? 0); place += 1) {
    const pair: Pair = { recorded: theirs?.[place], predicted: ours?.[place] };
    if (pair.recorded === undefined && (pair.predicted?.at ?? end) + ABOUT_THE_END > end) return undefined;
    if (pair.recorded === undefined || pair.predicted === undefined) return pair;
    const [a, b] = [pair.recorded.segment, pair.predicted.segment];
    if ((a.flags | PSH) !== (b.flags | PSH) || !isSameSpace(a, b)) return pair;
  }
  return undefined;
}

/** A FIN sent again is not: when it is, or with which data, follows from what does not count. */
function isFinOf(segment: Departure['segment']): (before: Departure) => boolean {
  return (before) =>
    (before.segment.flags & segment.flags & FIN) !== 0 && isSameSpace(before.segment, segment);
}

/** A FIN stands where it stands, with or without the data before it; anything else is compared octet by octet. */
function isSameSpace(a: Departure['segment'], b: Departure['segment']): boolean {
  if (a.flags & b.flags & FIN) return add(a.seq, a.length) === add(b.seq, b.length);
  return a.seq === b.seq && a.length === b.length;
}

/** What is predicted so shortly before the end may come after it. */
const ABOUT_THE_END = 1000;

/** The first difference when nothing but PSH on segments of full size differs. */
export const ONLY_PUSH = 'only PSH differs';

/** Smaller than any MSS. */
const SMALL = 536;

function isSameButForPush(a: Departure['segment'], b: Departure['segment']): boolean {
  return a.length > SMALL && (a.flags ^ b.flags) === PSH && isSame(a, { ...b, flags: a.flags });
}

function isDueAbout(end: Ms, story: Story, place: number, calls: readonly Ms[]): boolean {
  const at = story.departures[place]?.at ?? end;
  return at + TOLERANCE * waitOf(story, place, calls) + SCHEDULING > end;
}

function isSame(a: Departure['segment'], b: Departure['segment']): boolean {
  const acks = (a.flags & ACK) !== 0;
  return a.flags === b.flags && a.seq === b.seq && a.length === b.length && (!acks || a.ack === b.ack);
}

/** Since the latest thing that can have made it leave: an arrival, a call, or the segment before it. */
function waitOf({ departures, arrivals }: Story, place: number, calls: readonly Ms[]): number {
  const at = departures[place]?.at ?? 0;
  const before = departures[place - 1]?.at ?? 0;
  const latest = (times: readonly Ms[]) =>
    times.reduce((late, time) => (time <= at ? Math.max(late, time) : late), 0);
  return at - Math.max(before, latest(arrivals), latest(calls));
}

/** "FIN,ACK 18:0 ack 18": numbers counted from each end's ISS. */
export function departureText(
  departure: Departure | undefined,
  iss: Seq | undefined,
  irs: Seq | undefined,
): string {
  if (departure === undefined) return '(nothing)';
  const { segment, at } = departure;
  const from = (base: Seq | undefined, number: Seq) => (base === undefined ? number : distance(base, number));
  const ack = segment.flags & ACK ? ` ack ${from(irs, segment.ack)}` : '';
  const bits = formatFlags(segment.flags).join(',') || 'none';
  return `${(at / 1000).toFixed(4)} s  ${bits} ${from(iss, segment.seq)}:${segment.length}${ack}`;
}
