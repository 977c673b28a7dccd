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
  /** The last segment in flight is sent again before its timeout. RFC 8985 §7. */
  'tail-loss-probe',
  /** A segment others have overtaken counts as lost once this fires. RFC 8985 §6.2. */
  'reordering',
  'fin-wait-2',
  'user',
] as const;
export type TimerName = (typeof TIMERS)[number];

/** What an application (or its host) asks of an endpoint. RFC 9293 §3.9.1. */
export type UserCall =
  /** With `data`, so many octets ride on the SYN (TCP Fast Open, RFC 7413). */
  | {
      readonly kind: 'open';
      readonly mode: 'passive' | 'active';
      readonly iss: Seq;
      readonly data?: number;
    }
  /** Hands over `length` octets; with `more` the application says that they are not the last of its message. */
  | { readonly kind: 'send'; readonly length: number; readonly urgent?: boolean; readonly more?: boolean }
  /** Reads everything that is there, or up to `length` octets. */
  | { readonly kind: 'receive'; readonly length?: number }
  /** Whether the application reads whatever arrives at once (the default) or leaves it in the buffer. */
  | { readonly kind: 'reading'; readonly on: boolean }
  /** The application will call close() the moment it reads end of file. */
  | { readonly kind: 'close-at-eof' }
  /** shutdown(SHUT_WR): no more to send, still willing to read. */
  | { readonly kind: 'shutdown' }
  /** shutdown(SHUT_RD): the application reads no more. */
  | { readonly kind: 'shutdown-read' }
  /** shutdown(SHUT_RDWR): both at once. */
  | { readonly kind: 'shutdown-both' }
  /** SO_LINGER with a time of 0: close() will abort. */
  | { readonly kind: 'linger-zero' }
  /** close(): the application lets go of the connection. */
  | { readonly kind: 'close' }
  | { readonly kind: 'abort' }
  /** Lets ACKs wait for something to ride on from now (TCP_QUICKACK 0). */
  | { readonly kind: 'delay-acks' }
  /** Turns keepalive probes on (SO_KEEPALIVE). RFC 9293 §3.8.4. */
  | { readonly kind: 'keepalive' };

/** One thing that happens to an endpoint. */
export type TcpEvent =
  | UserCall
  | { readonly kind: 'segment'; readonly segment: Segment }
  /** The host gives the ports of a TIME-WAIT connection to a new one. */
  | { readonly kind: 'replaced' }
  /** The third ACK of a handshake arrived, but the listener has no room for the connection and refuses it. */
  | { readonly kind: 'refused'; readonly segment: Segment }
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
      readonly code: ErrorCode;
    };

/** How calls fail: ENOTCONN without a connection, EISCONN when it is open already, EADDR… for want of a port, EBADF after close(). */
export const ERROR_CODES = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTCONN',
  'EISCONN',
  'EADDRINUSE',
  'EADDRNOTAVAIL',
  'EBADF',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Why a segment left. */
export type Purpose = 'fresh' | 'retransmission' | 'keepalive' | 'window-probe' | 'reply';

/** What the caller of `step` must do. Effects are data; `step` does nothing itself. */
export type Effect =
  | { readonly kind: 'send'; readonly segment: Segment; readonly purpose: Purpose }
  /** `restarted` when the timer was already running. `at` is the moment it will fire. */
  | { readonly kind: 'arm'; readonly timer: TimerName; readonly at: Ms; readonly restarted: boolean }
  | { readonly kind: 'cancel'; readonly timer: TimerName }
  | { readonly kind: 'app'; readonly result: AppResult };
