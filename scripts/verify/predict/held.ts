// A connection as the log of calls has to be matched with: what left it, what reached it, and when.

import { FIN, RST, SYN } from '../../../core/tcp/segment.ts';
import { add, distance } from '../../../core/tcp/seq.ts';
import type { Ms } from '../../../core/tcp/time.ts';
import { peerOf } from '../../../core/timeline/timeline.ts';
import type { Trace } from '../trace.ts';
import { connectionOf, type Life, type Recorded } from './recorded.ts';

/** A connection of one side while its calls are being sorted out. */
export interface Held {
  readonly life: Life;
  readonly out: readonly Recorded[];
  readonly inward: readonly Recorded[];
  /** When the kernel said that the socket is no more, in milliseconds. */
  readonly goneAt: readonly number[];
  accepted: boolean;
  /** Nothing more is to be sent: shutdown(). */
  finished: boolean;
  closed: boolean;
  /** The application was told that the connection is no more. */
  dead: boolean;
  /** Octets handed over and read so far. */
  sent: number;
  read: number;
}

/** The log entry is written after the call returns; the segment may leave before that, or a little later. */
const LOGGED_AFTER = 25;
export const LOGGED_BEFORE = 5;

export function heldFrom(life: Life, lives: readonly Life[], wire: readonly Recorded[], trace: Trace): Held {
  const next = lives.find(
    (other) => connectionOf(other) === connectionOf(life) && other.ordinal > life.ordinal,
  );
  const until = next?.from ?? Number.POSITIVE_INFINITY;
  const here = wire.filter(
    (one) =>
      connectionOf(one) === connectionOf(life) &&
      one.at < until &&
      (one.arrivesAt ?? one.at) >= life.from - LOGGED_AFTER, // with the SYN it answers
  );
  return {
    life,
    out: here.filter((one) => one.from === life.host && !one.forged),
    inward: here.filter((one) => one.from !== life.host),
    goneAt: statesOf(trace, life).flatMap(({ state, t }) => (state === 'CLOSED' ? [t * 1000] : [])),
    accepted: !life.passive,
    finished: false,
    closed: false,
    dead: false,
    sent: 0,
    read: 0,
  };
}

/** The kernel's states of that socket; none when they were not recorded. */
export function statesOf(
  { timeline }: Trace,
  { host, portA, portB }: Life,
): NonNullable<Trace['timeline']['client']>[string] {
  const states =
    host === 'A' ? timeline.client?.[`${portA}-${portB}`] : timeline.server?.[`${portB}-${portA}`];
  return states ?? [];
}

/**
 * The socket was no more as soon as close() was called, though nothing that arrived ended it: SO_LINGER 0, where an abort
 * says nothing (RFC 9293 §3.10.5, CLOSING and LAST-ACK).
 */
export function goneAt({ goneAt: times, inward }: Held, at: Ms): boolean {
  const time = times.find((one) => one >= at - AT_ONCE && one <= at + AT_ONCE);
  if (time === undefined) return false;
  return inward.every(({ arrivesAt }) => arrivesAt === undefined || Math.abs(arrivesAt - time) > AT_ONCE);
}

/** Between a call's doing and its line in the log, in milliseconds. */
const AT_ONCE = 1;

/** close() sends nothing when a FIN left before, when the connection is dead, or while data waits to be sent. */
export function closesInSilence({ out, inward, sent, life }: Held, at: Ms): boolean {
  const before = out.filter((one) => one.at <= at);
  const finished = before.some(({ segment }) => segment.flags & FIN);
  const reset = inward.some(
    ({ segment, arrivesAt }) => segment.flags & RST && arrivesAt !== undefined && arrivesAt <= at,
  );
  const left = before.reduce(
    (most, { segment }) => Math.max(most, distance(add(life.iss, 1), add(segment.seq, segment.length))),
    0,
  );
  return finished || reset || left < sent || out.every((one) => one.at <= at);
}

/** Whether a segment left at the time of a call in the log. */
export function leftAt({ at: left }: Recorded, at: Ms): boolean {
  return left >= at - LOGGED_AFTER && left <= at + LOGGED_BEFORE;
}

/** Octets that arrived by then, counted by the highest number. */
export function arrived({ inward, life }: Held, by: Ms): number {
  const peerSyn = inward.find(({ from, segment }) => from === peerOf(life.host) && segment.flags & SYN);
  if (peerSyn === undefined) return 0;
  return inward.reduce((most, { segment, arrivesAt, forged }) => {
    if (forged || segment.length === 0 || arrivesAt === undefined || arrivesAt > by) return most;
    return Math.max(most, distance(add(peerSyn.segment.seq, 1), add(segment.seq, segment.length)));
  }, 0);
}
