// What socket calls give back, and when: a call returns in its own step, or blocks until a later one.

import type { AppResult, ErrorCode } from '../tcp/event.ts';
import type { StepResult } from '../tcp/step.ts';
import type { Socket } from './host.ts';

/** A call as programs know it. */
export type SocketCall =
  | 'bind'
  | 'listen'
  | 'accept'
  | 'connect'
  | 'read'
  | 'write'
  | 'shutdown'
  | 'close'
  | 'setsockopt'
  | 'fork';

/** What a call gives back. */
export type ReturnValue =
  /** 0 of a call that only succeeds or fails. */
  | { readonly kind: 'done' }
  /** read() and write(): how many. */
  | { readonly kind: 'octets'; readonly count: number }
  /** read() returns 0. */
  | { readonly kind: 'eof' }
  /** accept() returns a new descriptor. */
  | { readonly kind: 'connection' }
  /** Not yet: it waits. Without waiting connect() gives EINPROGRESS, the others EAGAIN. */
  | { readonly kind: 'blocks' }
  /** -1 and errno. */
  | { readonly kind: 'error'; readonly code: ErrorCode };

export interface Returned {
  readonly call: SocketCall;
  readonly value: ReturnValue;
}

/** What made the step happen, as far as it matters here: `call` when an application did. */
interface Occasion {
  readonly kind: string;
  readonly call?: string;
  readonly length?: number;
}

const CALLED: Readonly<Record<string, SocketCall>> = {
  'bind': 'bind',
  'listen': 'listen',
  'accept': 'accept',
  'connect': 'connect',
  'send': 'write',
  'send-more': 'write',
  'send-urgent': 'write',
  'receive': 'read',
  'shutdown': 'shutdown',
  'shutdown-read': 'shutdown',
  'shutdown-both': 'shutdown',
  'close': 'close',
  'linger-zero': 'setsockopt',
  'reuse-address': 'setsockopt',
  'keepalive': 'setsockopt',
  'fork': 'fork',
};

/** Whether a line of a script is a call that programs make on a descriptor. */
export function isSocketCall(name: string): boolean {
  return name in CALLED;
}

/**
 * The calls that return, block or fail in a step.
 *
 * @param socket - before the step; `sockets` are those of its host after it
 */
export function returnsOf(
  occasion: Occasion,
  socket: Socket,
  result: StepResult,
  app: readonly AppResult[],
  sockets: readonly Socket[],
): readonly Returned[] {
  if (occasion.kind === 'call') return returnsOfCall(occasion, result, app);
  return app.flatMap((one) => returnsLater(one, socket, sockets));
}

function returnsOfCall(
  { call: name = '', length = 0 }: Occasion,
  { rules }: StepResult,
  app: readonly AppResult[],
): readonly Returned[] {
  const call = CALLED[name];
  if (call === undefined) return [];
  const error = app.find((one) => one.kind === 'error');
  const failed = (): ReturnValue | undefined => error && { kind: 'error', code: error.code };
  switch (call) {
    case 'accept': {
      const taken = rules.includes('listen/accept-takes-one');
      return [{ call, value: failed() ?? { kind: taken ? 'connection' : 'blocks' } }];
    }
    case 'connect': {
      const begins = rules.includes('CLOSED/open-active/SYN-SENT') || error !== undefined;
      return begins ? [{ call, value: failed() ?? { kind: 'blocks' } }] : []; // else a TIME-WAIT makes room for it
    }
    case 'write':
      return [{ call, value: failed() ?? { kind: 'octets', count: length } }];
    case 'read': {
      const data = app.find((one) => one.kind === 'data');
      const eof: ReturnValue = { kind: app.some((one) => one.kind === 'eof') ? 'eof' : 'blocks' };
      const value = data === undefined ? eof : ({ kind: 'octets', count: data.length } as const);
      return [{ call, value: failed() ?? value }];
    }
    case 'close':
      return [{ call, value: error?.code === 'EBADF' ? { kind: 'error', code: 'EBADF' } : { kind: 'done' } }];
    default:
      return [{ call, value: failed() ?? { kind: 'done' } }];
  }
}

/** A call that was blocked returns now. */
function returnsLater(
  one: AppResult,
  { id, endpoint }: Socket,
  sockets: readonly Socket[],
): readonly Returned[] {
  const reads = endpoint.reads || endpoint.awaits > 0;
  switch (one.kind) {
    case 'established': {
      if (endpoint.role === 'active') return [{ call: 'connect', value: { kind: 'done' } }];
      const isTaken = sockets.some((other) => other.id === id && other.waitsAt === undefined);
      return isTaken ? [{ call: 'accept', value: { kind: 'connection' } }] : [];
    }
    case 'data':
      return [{ call: 'read', value: { kind: 'octets', count: one.length } }];
    case 'eof':
      return [{ call: 'read', value: { kind: 'eof' } }];
    case 'error': {
      const value: ReturnValue = { kind: 'error', code: one.code };
      if (endpoint.state === 'SYN-SENT' || endpoint.state === 'SYN-RECEIVED')
        return [{ call: 'connect', value }];
      return reads && !endpoint.peerFin ? [{ call: 'read', value }] : [];
    }
    default:
      return [];
  }
}
