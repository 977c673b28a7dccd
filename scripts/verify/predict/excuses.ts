// Differences that docs/departures.md explains, and traces that cannot be replayed. Decided by what a trace holds, never
// by its name; and asked only once a difference is there.

import { RST, SYN } from '../../../core/tcp/segment.ts';
import { type Ms, ms } from '../../../core/tcp/time.ts';
import { HOSTS, type HostId } from '../../../core/timeline/timeline.ts';
import type { AppCall, Trace } from '../trace.ts';
import { delayOf, type Recorded } from './recorded.ts';

type Excuse = readonly [verdict: 'departure' | 'out of scope', detail: string];

/**
 * Why a difference at that time is none of the core's, if so.
 *
 * @param here - the wire of the connection
 * @param unknown - calls of the log that were not replayed
 */
export function excuseOf(
  trace: Trace,
  here: readonly Recorded[],
  unknown: readonly AppCall[],
  at: Ms,
): Excuse | undefined {
  if (trace.app.some(({ call, t }) => call.includes('until EAGAIN') && t * 1000 - LOOKING_BACK <= at))
    return ['departure', 'writes-not-logged'];
  if (HOSTS.some((host) => memoryDecides(host, here, at))) return ['departure', 'receive-memory'];
  const call = unknown.find(({ t }) => t * 1000 - LOOKING_BACK <= at);
  if (call !== undefined) return ['out of scope', `a call not known here: ${call.call}`];
  const strange = here.find((one) => one.at <= at && !isKnownVerdict(one.verdict));
  return strange && ['out of scope', `the wire did something unknown: ${strange.verdict}`];
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

/** The ACK that first shows the window may itself be the one that comes late. */
const SOON = ms(100);

function isKnownVerdict(verdict: string): boolean {
  return (
    ['deliver', 'drop', 'dup', 'hold'].includes(verdict) ||
    verdict.startsWith('injected') ||
    delayOf(verdict) !== undefined
  );
}
