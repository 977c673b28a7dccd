import type { Socket, SocketId } from '../host/host.ts';
import type { Returned } from '../host/returns.ts';
import type { Endpoint } from '../tcp/endpoint.ts';
import type { AppResult, Effect, Purpose, TimerName } from '../tcp/event.ts';
import type { ProfileId } from '../tcp/profiles.ts';
import type { RuleId } from '../tcp/rules.ts';
import type { Segment } from '../tcp/segment.ts';
import type { Seq } from '../tcp/seq.ts';
import type { TcpState } from '../tcp/states.ts';
import type { Ms } from '../tcp/time.ts';
import type { Anomaly } from '../wire/analysis.ts';

/** The two hosts of a Timeline. By custom A opens (client) and B listens (server). */
export const HOSTS = ['A', 'B'] as const;
export type HostId = (typeof HOSTS)[number];

/** The other host. */
export function peerOf(host: HostId): HostId {
  return host === 'A' ? 'B' : 'A';
}

/** What made a step happen. */
export type Cause =
  /** A socket call, or the host itself (`crash`, `reboot`). */
  | { readonly kind: 'call'; readonly call: CallName; readonly length?: number }
  | { readonly kind: 'arrival'; readonly transmission: number }
  | { readonly kind: 'timer'; readonly timer: TimerName }
  /** A capture shows the host sending; why is inferred. */
  | { readonly kind: 'departure'; readonly transmission: number };

/** Socket calls as an application makes them, and what can happen to a host. */
export type CallName =
  | 'listen'
  /** Takes a local port. */
  | 'bind'
  /** SO_REUSEADDR on every socket made from now on. */
  | 'reuse-address'
  | 'accept'
  | 'connect'
  | 'send'
  /** send() with MSG_MORE: the message goes on. */
  | 'send-more'
  /** send() with MSG_OOB: everything so far is urgent. */
  | 'send-urgent'
  | 'receive'
  | 'stop-reading'
  | 'shutdown'
  /** shutdown(SHUT_RD). */
  | 'shutdown-read'
  /** shutdown(SHUT_RDWR). */
  | 'shutdown-both'
  /** SO_LINGER with a time of 0. */
  | 'linger-zero'
  | 'close'
  | 'close-at-eof'
  | 'abort'
  | 'keepalive'
  /** TCP_QUICKACK off: ACKs wait for something to ride on. */
  | 'delay-acks'
  /** A second process shares every socket of the first. */
  | 'fork'
  /** The process ends, or is killed: everything it holds is closed. */
  | 'exit'
  /** The socket is gone and nobody is told. */
  | 'vanish'
  | 'crash'
  | 'reboot';

/** One thing that happened on one host, with everything that followed from it at once. */
export interface Step {
  /** Its place in `Timeline.steps`. */
  readonly index: number;
  readonly at: Ms;
  readonly host: HostId;
  readonly socket: SocketId;
  readonly cause: Cause;
  readonly before: Endpoint;
  readonly after: Endpoint;
  /** States passed through, first and last included; one entry when the state did not change. */
  readonly path: readonly TcpState[];
  /** Ids of the rules that decided, in order. */
  readonly rules: readonly RuleId[];
  readonly effects: readonly Effect[];
  /** Ids of the transmissions that left, in order. */
  readonly sent: readonly number[];
  readonly app: readonly AppResult[];
  /** Which socket calls return, block or fail in this step, in order; a capture does not show it. */
  readonly returns?: readonly Returned[];
  /** Every socket of the host after the step; a capture does not show it. */
  readonly sockets?: readonly Socket[];
  /** Captures only: what the capture cannot know about this step, if anything. */
  readonly doubt?:
    | 'late-start'
    | 'one-direction'
    | 'lost-before-tap'
    | 'call-time-unknown'
    /** Of what was sent: see {@link Transmission.lossUnsure}. */
    | 'lost-or-its-answer';
}

/** One segment put on the wire: a copy made by the network is a transmission of its own. */
export interface Transmission {
  /** Its place in `Timeline.transmissions`. */
  readonly id: number;
  readonly from: HostId;
  readonly fromPort: number;
  readonly toPort: number;
  readonly segment: Segment;
  readonly purpose: Purpose;
  readonly sentAt: Ms;
  /** The step it left in; undefined for forged or old segments that no host sent. */
  readonly sentIn: number | undefined;
  /** Undefined when lost. */
  readonly arrivesAt: Ms | undefined;
  readonly arrivedIn: number | undefined;
  readonly lost: boolean;
  /** Captures only: that it was lost is a guess, for had its answer been lost instead, the capture would look the same. */
  readonly lossUnsure?: true;
  /** The network's own doing: a copy of that transmission. */
  readonly copyOf?: number;
  /** Nobody on this connection sent it: an old duplicate or a forgery. */
  readonly forged?: boolean;
  /** Captures only: what Wireshark would remark. */
  readonly odd?: readonly Anomaly[];
}

/** A name for a number of this Timeline, such as x for A's ISS. */
export interface TimelineSymbol {
  readonly name: string;
  readonly value: Seq;
  /** Whose sequence space it lives in. */
  readonly host: HostId;
  /** The transmission that first shows it; undefined when none does. */
  readonly shownBy: number | undefined;
}

export interface TimelineHost {
  readonly name: string;
  readonly address: string;
  readonly port: number;
}

/** A connection's whole life. Everything on screen is drawn from it and every answer graded from it. */
export interface Timeline {
  readonly origin: 'scenario' | 'capture';
  readonly profile: ProfileId;
  readonly hosts: Readonly<Record<HostId, TimelineHost>>;
  readonly steps: readonly Step[];
  readonly transmissions: readonly Transmission[];
  readonly symbols: readonly TimelineSymbol[];
  /** How the run ended: everything quiet, or a limit was met before that. */
  readonly end: 'quiet' | 'limit';
  /** Of a later part of a capture: the first sequence number of each side, the zero of relative numbers. */
  readonly bases?: Readonly<Partial<Record<HostId, Seq>>>;
}
