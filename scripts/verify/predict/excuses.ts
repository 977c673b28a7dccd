// Differences that docs/departures.md explains, and traces that cannot be replayed. Decided by what a trace holds, never
// by its name; and asked only once a difference is there.

import { ACK, PSH, RST, SYN } from '../../../core/tcp/segment.ts';
import { type Ms, ms } from '../../../core/tcp/time.ts';
import { HOSTS, type HostId } from '../../../core/timeline/timeline.ts';
import type { AppCall, Trace } from '../trace.ts';
import type { Departure, Pair } from './agreement.ts';
import { delayOf, type Recorded } from './recorded.ts';

/** Why a difference is none of the core's, and which segments have to agree all the same, from there to the end. */
export interface Excuse {
  readonly verdict: 'departure' | 'out of scope';
  readonly detail: string;
  /** Absent when what follows cannot be compared. */
  readonly stillCounts?: (segment: Departure['segment']) => boolean;
}

/**
 * Why that difference at that time is none of the core's, if so: what the trace holds, and what differs, both decide.
 *
 * @param here - the wire of the connection
 * @param unknown - calls of the log that were not replayed
 */
export function excuseOf(
  trace: Trace,
  here: readonly Recorded[],
  unknown: readonly AppCall[],
  at: Ms,
  pair: Pair,
): Excuse | undefined {
  const unlogged = trace.app.some(
    ({ call, t }) => call.includes('until EAGAIN') && t * 1000 - LOOKING_BACK <= at,
  );
  if (unlogged && touches(pair, isPlain))
    return { verdict: 'departure', detail: 'writes-not-logged', stillCounts: (segment) => !isPlain(segment) };
  const decided = HOSTS.some((host) => memoryDecides(host, here, at));
  const limited = HOSTS.some((host) => windowLimits(host, here, at));
  if (decided && (limited || touches(pair, isPureAck)))
    return {
      verdict: 'departure',
      detail: 'receive-memory',
      stillCounts: (segment) => (limited ? !isPlain(segment) : !isPureAck(segment)),
    };
  const call = unknown.find(({ t }) => t * 1000 - LOOKING_BACK <= at);
  if (call !== undefined) return { verdict: 'out of scope', detail: `a call not known here: ${call.call}` };
  const strange = here.find((one) => one.at <= at && !isKnownVerdict(one.verdict));
  return strange && { verdict: 'out of scope', detail: `the wire did something unknown: ${strange.verdict}` };
}

/** One of the two is such a segment: the other end's next may stand in its place. */
function touches({ recorded, predicted }: Pair, is: (segment: Departure['segment']) => boolean): boolean {
  return [recorded, predicted].some((one) => one !== undefined && is(one.segment));
}

/** Data, or the ACK of it: where segments are cut moves both. */
function isPlain({ flags }: Departure['segment']): boolean {
  return (flags & ~PSH) === ACK;
}

function isPureAck({ flags, length }: Departure['segment']): boolean {
  return flags === ACK && length === 0;
}

/** A loop of calls is logged when it ends. */
const LOOKING_BACK = 1000;

/** Smaller than the first window of an unchanged buffer, which is a whole number of segments below 64 KiB. */
const SMALL_BUFFER = 60_000;
/** What a window may shrink and grow to without the kernel's memory accounting having had a say. */
const HALF = 0.5;
const GROWN = 4 / 3;

/** The window this end offers was small from the start, or had left the range it opened with by then. */
function memoryDecides(host: HostId, here: readonly Recorded[], at: Ms): boolean {
  const own = here.filter(
    (one) => one.from === host && !one.forged && one.at <= at + SOON && !(one.segment.flags & RST), // whose window means nothing
  );
  const syn = own.find(({ segment }) => segment.flags & SYN);
  if (syn !== undefined && syn.segment.window < SMALL_BUFFER) return true;
  const [first, ...others] = own
    .filter(({ segment }) => !(segment.flags & SYN))
    .map(({ segment }) => segment.window);
  return first !== undefined && others.some((window) => window < first * HALF || window > first * GROWN);
}

/** The window this end offered was small from the start or closed: it decides what the other end may send, and how it is cut. */
function windowLimits(host: HostId, here: readonly Recorded[], at: Ms): boolean {
  return here.some(
    ({ from, forged, at: left, segment: { flags, window } }) =>
      from === host &&
      !forged &&
      left <= at + SOON &&
      !(flags & RST) &&
      (window === 0 || ((flags & SYN) !== 0 && window < SMALL_BUFFER)),
  );
}

/** The ACK that first shows the window may itself be the one that comes late. */
const SOON = ms(100);

function isKnownVerdict(verdict: string): boolean {
  return (
    ['deliver', 'drop', 'dup', 'hold'].includes(verdict) ||
    verdict.startsWith('injected') ||
    delayOf(verdict) !== undefined
  );
}
