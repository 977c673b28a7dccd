import { CLOSED_ENDPOINT, type Draft, draftOf, type Endpoint, withDeadline } from './endpoint.ts';
import type { AppResult, Effect, ErrorCode, TimerName } from './event.ts';
import { numbersTaken, timeWaitLength } from './laws.ts';
import type { Profile } from './profiles.ts';
import type { RuleId } from './rules.ts';
import type { Segment } from './segment.ts';
import type { Seq } from './seq.ts';
import type { TcpState } from './states.ts';
import { type Ms, ms } from './time.ts';
import { findTransition, type Trigger, transitionId } from './transitions.ts';

/** One step under way: the endpoint being changed and what has been decided so far. Private to core/tcp. */
export interface Work {
  readonly e: Draft;
  readonly at: Ms;
  readonly profile: Profile;
  readonly effects: Effect[];
  readonly rules: RuleId[];
  readonly path: TcpState[];
  /** An ACK is owed: sent at the end of the step unless another segment carried it. */
  ackOwed: boolean;
  /** An ACK would be welcome: sent at the end of the step, or later. Only where ACKs adapt. */
  ackWaits: boolean;
  /** Something arrived out of order: its ACK leaves at once, or soon with others. Only where ACKs adapt. */
  gapWaits: boolean;
  /** The segment was good enough for its ACK to be looked at. */
  heard: boolean;
  /** Segments of ours that this step shows to have arrived, reported by SACK or acknowledged. */
  delivered: number;
  /** The ACK was a belated one: what it does not acknowledge need not be lost. */
  mayBeLate: boolean;
}

/** A copy of the endpoint to write on while one event at `at` (milliseconds) is handled. */
export function beginWork(endpoint: Endpoint, at: Ms, profile: Profile): Work {
  return {
    e: draftOf(endpoint),
    at,
    profile,
    effects: [],
    rules: [],
    path: [endpoint.state],
    ackOwed: false,
    ackWaits: false,
    gapWaits: false,
    heard: false,
    delivered: 0,
    mayBeLate: false,
  };
}

/** Names a rule that decided; once per step is enough. */
export function cite(w: Work, rule: RuleId): void {
  if (!w.rules.includes(rule)) w.rules.push(rule);
}

/** An effect for the application: it is established, has data, was reset …. */
export function tell(w: Work, result: AppResult): void {
  w.effects.push({ kind: 'app', result });
}

/** The connection is gone: whoever waits in a call is told; else the next call is. Linux sk_err, sk_stream_error. */
export function fail(w: Work, code: ErrorCode): void {
  tell(w, { kind: 'error', code });
  if (!w.e.reads && w.e.awaits === 0) w.e.pending = code;
  w.e.awaits = 0;
}

/** Starts a timer that fires `after` from now, in whole milliseconds: never early. */
export function arm(w: Work, timer: TimerName, after: Ms): void {
  const at =
    w.profile.wheelFrom === undefined
      ? ms(w.at + Math.ceil(after))
      : endOfBucket(w, after, w.profile.wheelFrom);
  w.effects.push({ kind: 'arm', timer, at, restarted: w.e.deadlines[timer] !== undefined });
  w.e.deadlines = withDeadline(w.e.deadlines, timer, at);
}

const SLACK = 0.2;

/** Starts a timer that is no part of the wheel: it fires on time, or a little late. Linux hrtimer, tcp_comp_sack_slack_ns. */
export function armExactly(w: Work, timer: TimerName, after: Ms): void {
  const at = ms(w.at + (w.profile.wheelFrom === undefined ? Math.max(1, Math.ceil(after)) : after + SLACK));
  w.effects.push({ kind: 'arm', timer, at, restarted: w.e.deadlines[timer] !== undefined });
  w.e.deadlines = withDeadline(w.e.deadlines, timer, at);
}

/** Buckets of one level of the wheel, and how much coarser the next is. Linux LVL_SIZE - 1, LVL_CLK_DIV. */
const BUCKETS = 63;
const COARSER = 8;

/** When a timer really fires: at the end of its bucket. Linux calc_index in kernel/time/timer.c. */
function endOfBucket({ at, profile }: Work, after: Ms, wheelFrom: Ms): Ms {
  const { tick } = profile;
  const due = Math.floor((at - wheelFrom) / tick) + Math.ceil(after / tick);
  let grain = 1;
  while (after / tick >= BUCKETS * grain) grain *= COARSER;
  return ms((Math.floor(due / grain) + 1) * grain * tick + wheelFrom);
}

/** Milliseconds since then, by a clock that only counts ticks. */
export function ticksSince({ at, profile: { tick, wheelFrom = ms(0) } }: Work, time: number): number {
  const count = (moment: number) => Math.floor((moment - wheelFrom) / tick);
  return (count(at) - count(time)) * tick;
}

/** Stops the timer; nothing happens when it is not running. */
export function cancel(w: Work, timer: TimerName): void {
  if (w.e.deadlines[timer] === undefined) return;
  w.e.deadlines = withDeadline(w.e.deadlines, timer, undefined);
  w.effects.push({ kind: 'cancel', timer });
}

function cancelAll(w: Work): void {
  for (const timer of Object.keys(w.e.deadlines) as TimerName[]) cancel(w, timer);
}

/**
 * Moves along the row of the transition table for `on`. The only place where the state of an endpoint that lives changes.
 *
 * @returns whether the table has such a row for the present state
 */
export function move(w: Work, on: Trigger): boolean {
  const row = findTransition(w.e.state, on, w.e.role);
  if (row === undefined) return false;
  const id = transitionId(row);
  cite(w, id);
  enter(w, w.profile.laws.detours[id] ?? row.to);
  return true;
}

function enter(w: Work, to: TcpState): void {
  const from = w.e.state;
  w.e.state = to;
  if (to !== from) w.path.push(to);
  if (to === 'CLOSED' || to === 'LISTEN') {
    cancelAll(w);
    w.e.retransmit = [];
    w.e.unsent = 0;
    w.e.held = [];
    w.ackOwed = false;
    w.ackWaits = false;
    if (to === 'LISTEN' && from !== 'CLOSED') listenAnew(w);
  } else if (to === 'TIME-WAIT') {
    for (const timer of Object.keys(w.e.deadlines) as TimerName[])
      if (timer !== 'time-wait') cancel(w, timer);
    if (from !== to) cite(w, 'time-wait/lasts-2msl');
    if (from !== 'FIN-WAIT-2' || !w.e.orphaned) becomeAnother(w);
    if (from !== to || w.profile.laws.timeWaitRestarts) arm(w, 'time-wait', timeWaitLength(w.profile));
  }
}

/** An orphan that is left in FIN-WAIT-2 does not wait for ever, where the profile says so. Linux tcp_fin_timeout. */
export function limitFinWait2(w: Work): void {
  const { state, orphaned, deadlines } = w.e;
  const { finWait2Timeout } = w.profile;
  if (state !== 'FIN-WAIT-2' || !orphaned || finWait2Timeout === undefined) return;
  if (deadlines['fin-wait-2'] !== undefined) return;
  cite(w, 'timer/fin-wait-2-ends');
  arm(w, 'fin-wait-2', finWait2Timeout);
  becomeAnother(w);
}

/** A mini socket takes the place of a full one, or the other way round: it has sent no challenge ACK yet. */
export function becomeAnother({ e, profile }: Work): void {
  if (profile.miniSockets) e.challengedAt = undefined;
}

/** Whether there is a connection whose peer may be probed. RFC 9293 §3.8.4. */
export function keepsAlive({ e }: Work): boolean {
  return e.state !== 'CLOSED' && e.state !== 'LISTEN' && e.state !== 'TIME-WAIT';
}

/** What an endpoint knows before it has heard of a peer. */
export function prepare(w: Work, role: 'active' | 'passive', iss: Seq): void {
  const { e, profile } = w;
  e.role = role;
  e.iss = iss;
  e.sndUna = iss;
  e.sndNxt = iss;
  e.rcvWnd = profile.receiveBuffer;
  e.windowLimit = profile.receiveBuffer;
  e.sndMss = profile.mss;
  e.rto = profile.initialRto;
  e.cwnd = profile.initialWindow ?? CLOSED_ENDPOINT.cwnd;
}

/** Back in LISTEN the peer is forgotten; what the application chose stays, a CLOSE that waited too. */
function listenAnew(w: Work): void {
  const { state, iss, reads, closesAtEof, keepalive, lingersNot, closing } = w.e;
  Object.assign(w.e, CLOSED_ENDPOINT, { state, reads, closesAtEof, keepalive, lingersNot });
  prepare(w, 'passive', iss);
  if (closing) move(w, 'close');
}

/** Octets of sequence space a segment takes under the laws of this profile. RFC 9293 §3.4. */
export function spaceOf(w: Work, segment: Segment): number {
  return numbersTaken(w.profile.laws, segment);
}
