// Whose call was it? The traces log calls per side, not per socket. A close() shows in a FIN or RST that leaves at
// the same time; one that shows nowhere belongs to the only socket it can be for, or to nobody.

import { ACK, FIN, has, RST, SYN } from '../../core/tcp/segment.ts';
import type { Seq } from '../../core/tcp/seq.ts';
import type { Ms } from '../../core/tcp/time.ts';
import { ms } from '../../core/tcp/time.ts';
import type { KnownCall } from '../../core/timeline/infer-events.ts';
import type { AcceptQueue } from './accept-queue.ts';
import type { Flow } from './flow.ts';
import type { AppCall } from './trace.ts';

/** One life of a socket on this side, from the first SYN or SYN,ACK that left. */
interface Life {
  readonly flow: Flow;
  readonly passive: boolean;
  readonly from: Ms;
  /** The ports were used again: segments belong to another life from here on. */
  until: Ms;
  /** A passive one has a descriptor only once accepted. */
  acceptedAt: Ms;
  closed: boolean;
}

/** Something that left a socket and that a call explains. */
interface Farewell {
  readonly life: Life;
  readonly at: Ms;
  taken: boolean;
}

/** A close() or shutdown() of which nothing is known but the time. */
interface Closing {
  readonly at: Ms;
  readonly what: 'close' | 'shutdown';
}

/** The log entry is written after the call returns; the segment may leave before that, or a little later. */
const LOGGED_AFTER = 25;
const LOGGED_BEFORE = 5;

/** Errors that mean the connection is no more, and that no segment need have told. */
const SILENT_ERRORS = new Set(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNABORTED']);

/**
 * Gives each flow the calls that were made on its socket.
 *
 * @param app - the calls of one side
 * @param queue - what is known of the listener's accept queue
 * @param clock - turns seconds of the trace into the capture's clock
 */
export function attributeCalls(
  app: readonly AppCall[],
  flows: readonly Flow[],
  queue: AcceptQueue,
  clock: (seconds: number) => Ms,
): ReadonlyMap<Flow, readonly KnownCall[]> {
  const known = new Map<Flow, KnownCall[]>(flows.map((flow) => [flow, []]));
  const lives = flows.flatMap(livesOf).sort((a, b) => a.from - b.from);
  const give = (life: Life, at: Ms, what: KnownCall['what']) => {
    if (at < life.until) known.get(life.flow)?.push({ at, host: life.flow.host, what });
  };
  const giveAll = (at: Ms, what: KnownCall['what']) => {
    for (const flow of flows) known.get(flow)?.push({ at, host: flow.host, what });
  };
  for (const { at, what } of queue.calls) {
    if (what === 'accept') accept(lives, at);
    giveAll(at, what);
  }
  const closings = app.flatMap(({ t, call }): Closing[] => {
    const what = closingCall(call);
    return what === undefined ? [] : [{ at: clock(t), what }];
  });
  for (const { at, what } of withoutFarewell(closings, lives, give)) {
    const candidates = candidatesAt(lives, at);
    const [only] = candidates;
    if (only === undefined) giveAll(at, 'close-listener');
    else if (candidates.length === 1) {
      give(only, at, what);
      only.closed ||= what === 'close';
    }
  }
  for (const { t, call, result } of app) {
    const what = call.startsWith('crash')
      ? 'crash'
      : typeof result === 'string' && SILENT_ERRORS.has(result)
        ? 'failed'
        : undefined;
    const [only, ...others] = lives.filter((life) => life.from <= clock(t) && life.until > clock(t));
    if (what !== undefined && only !== undefined && others.length === 0) give(only, clock(t), what);
  }
  for (const calls of known.values()) calls.sort((a, b) => a.at - b.at);
  return known;
}

/** Gives away every closing that shows in a FIN or RST, in order; returns the others. */
function withoutFarewell(
  closings: readonly Closing[],
  lives: readonly Life[],
  give: (life: Life, at: Ms, what: KnownCall['what']) => void,
): Closing[] {
  const farewells = lives.flatMap(farewellsOf).sort((a, b) => a.at - b.at);
  return closings.filter(({ at, what }) => {
    const shown = farewells.find(
      (one) => !one.taken && one.at >= at - LOGGED_AFTER && one.at <= at + LOGGED_BEFORE,
    );
    if (shown === undefined) return true;
    shown.taken = true;
    shown.life.closed ||= what === 'close';
    give(shown.life, ms(Math.min(at, shown.at)), what);
    return false;
  });
}

function closingCall(call: string): 'close' | 'shutdown' | undefined {
  if (call.startsWith('close')) return 'close';
  return call.startsWith('shutdown') && !call.includes('SHUT_RD)') ? 'shutdown' : undefined;
}

/** The first FIN of this life of a socket, and every RST that bears its numbers. */
function farewellsOf(life: Life): Farewell[] {
  let finished = false;
  return life.flow.connection.sightings.flatMap(({ from, packet: { at, segment } }): Farewell[] => {
    if (from !== life.flow.host || at < life.from || at >= life.until) return [];
    if (has(segment, RST)) return has(segment, ACK) ? [{ life, at, taken: false }] : [];
    if (!has(segment, FIN) || finished) return [];
    finished = true;
    return [{ life, at, taken: false }];
  });
}

function livesOf(flow: Flow): Life[] {
  const lives: Life[] = [];
  const seen = new Set<Seq>();
  for (const { from, packet } of flow.connection.sightings) {
    const { at, segment } = packet;
    if (from !== flow.host || !has(segment, SYN) || seen.has(segment.seq)) continue;
    seen.add(segment.seq);
    const before = lives.at(-1);
    if (before !== undefined) before.until = at;
    const passive = has(segment, ACK);
    lives.push({
      flow,
      passive,
      from: at,
      until: FOR_EVER,
      acceptedAt: passive ? FOR_EVER : at,
      closed: false,
    });
  }
  return lives;
}

const FOR_EVER = ms(Number.POSITIVE_INFINITY);

/** accept() takes the oldest connection that has none of its own yet. */
function accept(lives: readonly Life[], at: Ms): void {
  const next = lives.find((life) => life.passive && life.acceptedAt === FOR_EVER && life.from <= at);
  if (next !== undefined) next.acceptedAt = at;
}

/** Sockets that have a descriptor at that time and of which no close() is known, alive or not. */
function candidatesAt(lives: readonly Life[], at: Ms): readonly Life[] {
  return lives.filter((life) => life.from <= at + LOGGED_BEFORE && life.acceptedAt <= at && !life.closed);
}
