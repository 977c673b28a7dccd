// Where one connection ends and the next begins between the same addresses and ports.

import { FIN, RST, SYN } from '../tcp/segment.ts';
import { answersOpening, opens } from './segment-view.ts';

/** What has to be known of a segment to tell which connection it is of. */
export interface Opening {
  readonly flags: number;
  readonly seq: number;
  readonly ack: number;
}

/** How far the connection of the moment between two ends has got. */
export interface Incarnation {
  over: boolean;
  /** Sides that sent a FIN: 1, 2 or 3 for both. */
  fins: number;
  /** Initial sequence numbers seen in it. */
  isns: number[];
  begun: boolean;
  /** Sides that sent anything: 1, 2 or 3 for both. */
  spoke: number;
  /** A SYN with another number came, from this side: its answer tells whether it begins a connection. */
  asking: 0 | 1 | undefined;
  asked: number;
  held: number;
}

/** Shared by all that have none: there may be millions. */
export const NO_ISNS: number[] = [];

export function newIncarnation(): Incarnation {
  return {
    over: false,
    fins: 0,
    isns: NO_ISNS,
    begun: false,
    spoke: 0,
    asking: undefined,
    asked: 0,
    held: 0,
  };
}

/** What to do with a segment, and with those that are held back. */
export type Verdict =
  | 'take'
  /** Keep it until an answer comes. */
  | 'hold'
  /** Take those held back, and this one, into the same connection. */
  | 'release'
  /** Begin a connection with those held back, and this one. */
  | 'begin';

/** More than the SYNs that a host sends on its own: Linux some ten (tcp_syn_retries, tcp_syn_linear_timeouts). */
const MOST_HELD = 16;
/** So many are remembered: without a bound a flood of SYNs between two ports would fill the memory. */
const MOST_ISNS = 16;

/**
 * Places the next segment of a flow.
 *
 * A new SYN begins a connection once the one before is over, unless it is answered by a plain ACK: then the old one
 * still stood (RFC 9293 §3.10.7.4). A SYN,ACK for it shows that the old one was gone, however that came.
 */
export function place(now: Incarnation, side: 0 | 1, segment: Opening): Verdict {
  const { flags, seq, ack } = segment;
  if (now.asking === undefined) {
    const crosses = !now.over && (now.spoke & (side + 1)) === 0; // a simultaneous open
    if (!opens(flags) || !now.begun || crosses || now.isns.includes(seq)) {
      note(now, side, segment);
      return 'take';
    }
    now.asking = side;
    now.asked = seq;
    now.held = 1;
    return 'hold';
  }
  if (side === now.asking && now.held < MOST_HELD) {
    now.held += 1;
    return 'hold';
  }
  const accepted = answersOpening(flags) && ack === (now.asked + 1) >>> 0;
  const plain = (flags & (SYN | RST)) === 0;
  return settle(now, side === now.asking ? now.over : accepted || (now.over && !plain));
}

/** No answer came: the capture is at its end. */
export function placeRest(now: Incarnation): Verdict {
  return now.asking === undefined ? 'take' : settle(now, now.over);
}

function settle(now: Incarnation, begins: boolean): 'begin' | 'release' {
  now.asking = undefined;
  now.held = 0;
  if (begins) Object.assign(now, newIncarnation());
  return begins ? 'begin' : 'release';
}

/** Remembers what a segment means for those to come; `place` does so itself for one that it lets through. */
export function note(now: Incarnation, side: 0 | 1, { flags, seq }: Opening): void {
  now.begun = true;
  now.spoke |= side + 1;
  if ((flags & (SYN | FIN | RST)) === 0) return;
  if (flags & SYN && now.isns.length < MOST_ISNS && !now.isns.includes(seq)) {
    if (now.isns.length === 0) now.isns = [seq];
    else now.isns.push(seq);
  }
  if (flags & FIN) now.fins |= side + 1;
  if (flags & RST || now.fins === 3) now.over = true;
}
