import type { Segment } from './segment.ts';
import type { Seq } from './seq.ts';
import type { Ms } from './time.ts';

/** The timers one endpoint can have running. */
export const TIMERS = [
  'retransmission',
  'time-wait',
  'keepalive',
  'delayed-ack',
  'persist',
  'fin-wait-2',
  'user',
] as const;
export type TimerName = (typeof TIMERS)[number];

/** What an application (or its host) asks of an endpoint. RFC 9293 §3.9.1. */
export type UserCall =
  | { readonly kind: 'open'; readonly mode: 'passive' | 'active'; readonly iss: Seq }
  /** Hands over `length` octets; `push` defaults to true. */
  | { readonly kind: 'send'; readonly length: number; readonly urgent?: boolean }
  /** Reads everything that is there. */
  | { readonly kind: 'receive' }
  /** Whether the application reads whatever arrives at once (the default) or leaves it in the buffer. */
  | { readonly kind: 'reading'; readonly on: boolean }
  /** The application will call close() the moment it reads end of file. */
  | { readonly kind: 'close-at-eof' }
  /** shutdown(SHUT_WR): no more to send, still willing to read. */
  | { readonly kind: 'shutdown' }
  /** close(): the application lets go of the connection. */
  | { readonly kind: 'close' }
  | { readonly kind: 'abort' }
  /** Turns keepalive probes on (SO_KEEPALIVE). RFC 9293 §3.8.4. */
  | { readonly kind: 'keepalive' };

/** One thing that happens to an endpoint. */
export type TcpEvent =
  | UserCall
  | { readonly kind: 'segment'; readonly segment: Segment }
  /** The host gives the ports of a TIME-WAIT connection to a new one. */
  | { readonly kind: 'replaced' }
  | { readonly kind: 'timer'; readonly timer: TimerName };

/** What the application is told. */
export type AppResult =
  /** connect() or accept() completes. */
  | { readonly kind: 'established' }
  /** Octets ready to read. */
  | { readonly kind: 'data'; readonly length: number }
  /** read() returns 0. */
  | { readonly kind: 'eof' }
  | { readonly kind: 'urgent' }
  /** Everything sent and the FIN are acknowledged, nothing left to wait for. */
  | { readonly kind: 'closed' }
  | {
      readonly kind: 'error';
      /** ECONNREFUSED, ECONNRESET, ETIMEDOUT, EPIPE, ENOTCONN (no connection) or EISCONN (already open). */
      readonly code: 'ECONNREFUSED' | 'ECONNRESET' | 'ETIMEDOUT' | 'EPIPE' | 'ENOTCONN' | 'EISCONN';
    };

/** Why a segment left. */
export type Purpose = 'fresh' | 'retransmission' | 'keepalive' | 'window-probe' | 'reply';

/** What the caller of `step` must do. Effects are data; `step` does nothing itself. */
export type Effect =
  | { readonly kind: 'send'; readonly segment: Segment; readonly purpose: Purpose }
  /** `restarted` when the timer was already running. `at` is the moment it will fire. */
  | { readonly kind: 'arm'; readonly timer: TimerName; readonly at: Ms; readonly restarted: boolean }
  | { readonly kind: 'cancel'; readonly timer: TimerName }
  | { readonly kind: 'app'; readonly result: AppResult };
