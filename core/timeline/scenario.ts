import type { TimerName } from '../tcp/event.ts';
import type { Profile } from '../tcp/profiles.ts';
import type { Flags, SegmentOptions } from '../tcp/segment.ts';
import type { Seq } from '../tcp/seq.ts';
import type { Ms } from '../tcp/time.ts';
import type { CallName, HostId, TimelineHost } from './timeline.ts';

/** Kinds of segment as people name them: by their control bits, or `data` for any payload. */
export const SEGMENT_KINDS = ['SYN', 'SYN-ACK', 'ACK', 'FIN', 'RST', 'data', 'keepalive', 'segment'] as const;
export type SegmentKind = (typeof SEGMENT_KINDS)[number];

/**
 * Points at segments of a run, for example "the second FIN from B".
 * `SYN` is a SYN without ACK; `ACK` is a pure ACK; `FIN` any segment with FIN; `segment` any at all.
 */
export interface SegmentPattern {
  readonly from: HostId;
  readonly kind: SegmentKind;
  /** 1 is the first. */
  readonly which: number | 'last' | 'every';
  /** Only of connections that have this port at A. */
  readonly port?: number;
}

/** What the network does to segments. Without a fault each arrives once, after the one-way delay, in order. */
export type Fault =
  | { readonly kind: 'lose'; readonly pattern: SegmentPattern }
  /** Arrives `by` later than it would have, and may be overtaken. */
  | {
      readonly kind: 'delay';
      readonly pattern: SegmentPattern;
      readonly by: Ms;
      /** Not overtaken by what leaves later: the wire was slow, not another one. */
      readonly inOrder?: boolean;
    }
  /** Is held back until then; what is held together arrives in the order it left. */
  | {
      readonly kind: 'hold';
      readonly pattern: SegmentPattern;
      readonly until: Ms;
      /** When it left elsewhere: what leaves earlier here, by more than a millisecond, arrives as much earlier. */
      readonly left?: Ms;
    }
  /** A copy follows `after` later. */
  | { readonly kind: 'duplicate'; readonly pattern: SegmentPattern; readonly after: Ms };

/** One line of a script. */
export interface Action {
  /**
   * `settled`: when everything before has come to rest (nothing in flight, nothing waiting to be sent again).
   * `with-previous`: at the moment of the line before. `after`: that long after the line before.
   * `at`: at that moment of the run, or at once when it has passed.
   */
  readonly when:
    | { readonly kind: 'settled' | 'with-previous' }
    | { readonly kind: 'after'; readonly wait: Ms }
    | { readonly kind: 'at'; readonly time: Ms };
  readonly what:
    | CallAction
    /** A segment that no host sent in this run: an old duplicate or a forgery, seemingly from `from`. */
    | {
        readonly kind: 'forge';
        readonly from: HostId;
        readonly flags: Flags;
        readonly seq: NumberRef | Seq;
        readonly ack?: NumberRef | Seq;
        readonly length: number;
        readonly ports?: Ports;
        readonly window?: number;
        readonly urgent?: number;
        readonly options?: SegmentOptions;
      }
    /** From now on every segment in both directions is lost, or is delivered again. */
    | { readonly kind: 'cut' | 'heal' }
    /** Lets time pass. */
    | { readonly kind: 'wait'; readonly time: Ms };
}

/** A socket call, or something that befalls a host. */
export interface CallAction {
  readonly kind: 'call';
  readonly host: HostId;
  readonly call: CallName;
  /** Octets to send or to read at most; of `connect`, those that ride on the SYN (TCP Fast Open). */
  readonly length?: number;
  /** The host's connection it is made on: 1 is its first, 0 its listener; by default the newest connection. */
  readonly connection?: number;
  /** Of `bind`, `listen` and `connect`; by default those of the hosts, or the next free one. */
  readonly ports?: Ports;
  /** Of `listen`: connections that may wait for accept(); without it each is accepted at once. */
  readonly backlog?: number;
}

/** Ports of the host that acts, or of the sender, and of its peer: by default the peer's own. */
interface Ports {
  readonly local: number;
  readonly remote?: number;
}

/** A number named by what it is in the run at that moment. */
export interface NumberRef {
  readonly host: HostId;
  readonly of: 'iss' | 'snd.nxt' | 'snd.una' | 'rcv.nxt';
  readonly plus: number;
}

/** A name for a number: the host's ISS, or the sequence number of a segment it sends. */
export interface SymbolDefinition {
  readonly name: string;
  readonly host: HostId;
  readonly of: 'iss' | SegmentPattern;
}

/** One thing that goes otherwise than the script and its faults have it: a branch of a run. See branch.ts. */
export type Change =
  /** Another fate for one transmission, by its id. */
  | { readonly kind: 'lose' | 'deliver'; readonly transmission: number }
  | { readonly kind: 'delay'; readonly transmission: number; readonly by: Ms }
  | { readonly kind: 'duplicate'; readonly transmission: number; readonly after: Ms }
  /** Right after a step, by its index: a call, a crash, a forged segment, a cut of the path. */
  | { readonly kind: 'act'; readonly after: number; readonly what: Deed }
  /** Right after a step: a running timer of the host's newest connection fires before its time. */
  | { readonly kind: 'fire'; readonly after: number; readonly host: HostId; readonly timer: TimerName };

/** What a script can do at one moment. */
export type Deed = Exclude<Action['what'], { readonly kind: 'wait' }>;

/** Everything a run depends on. Equal scenarios give equal Timelines, for ever. */
export interface Scenario {
  readonly profile: Profile;
  /** A host that is configured otherwise. */
  readonly profiles?: Readonly<Partial<Record<HostId, Profile>>>;
  readonly hosts: Readonly<Record<HostId, TimelineHost>>;
  /** ISS of each connection a host opens or accepts, in order; the last value plus 64,000 each from there on. */
  readonly iss: Readonly<Record<HostId, readonly Seq[]>>;
  /** Instead: the first value, and from then on one more every 4 µs, as between the same ports. RFC 9293 §3.4.1. */
  readonly issClock?: boolean;
  /** One-way delay. */
  readonly delay: Ms;
  /** Whether applications read whatever arrives, at once; true unless told otherwise. */
  readonly reads?: boolean;
  /** Between two segments on one wire; 1 ms unless told otherwise. */
  readonly spacing?: Ms;
  /** That host has no TCP: it does only what is forged in its name, and the run ends with the script. */
  readonly scripted?: HostId;
  readonly script: readonly Action[];
  readonly faults: readonly Fault[];
  readonly symbols: readonly SymbolDefinition[];
  /** In the order they were made; ids and indices are those of the run with the changes before. */
  readonly changes?: readonly Change[];
}
