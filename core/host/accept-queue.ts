// Connections that a listener has and nobody has accepted yet. RFC 9293 knows no such queue; sockets have two.

import type { Endpoint } from '../tcp/endpoint.ts';
import type { Profile } from '../tcp/profiles.ts';
import { ACK, RST, type Segment, SYN } from '../tcp/segment.ts';
import { type Host, isListener, type Socket } from './host.ts';

/** Half-made connections of a listener. */
function synQueue(host: Host, listener: Socket): readonly Socket[] {
  return host.sockets.filter((one) => one.waitsAt === listener.id && one.endpoint.state === 'SYN-RECEIVED');
}

/** One more than the backlog fits: Linux sk_acceptq_is_full compares with `>`. */
function isFull(waiting: number, { backlog }: Socket, spare = 1): boolean {
  return backlog !== undefined && waiting >= backlog + spare;
}

/** What becomes of a SYN: a half-made connection, a SYN cookie in place of one, or nothing. Linux tcp_conn_request. */
export function admits(host: Host, listener: Socket, profile: Profile): 'queue' | 'cookie' | 'drop' {
  if (isFull(acceptQueueLength(host.sockets, listener), listener)) return 'drop';
  if (profile.synCookies === 'always') return 'cookie';
  if (!isFull(synQueue(host, listener).length, listener)) return 'queue';
  return profile.synCookies === 'on-overflow' ? 'cookie' : 'drop';
}

/** Whether a segment would complete a handshake for which the accept queue has no room. */
export function overflows(host: Host, child: Socket, segment: Segment, profile: Profile): boolean {
  if (child.endpoint.state !== 'SYN-RECEIVED' || child.waitsAt === undefined) return false;
  const listener = host.sockets.find((one) => one.id === child.waitsAt);
  const completes = (segment.flags & (SYN | RST | ACK)) === ACK && segment.ack === child.endpoint.sndNxt;
  if (!completes || listener === undefined) return false;
  const { completesWithoutAccept, queuedBeyondBacklog } = profile.laws;
  if (!completesWithoutAccept && (listener.accepting ?? 0) === 0) return true;
  return isFull(acceptQueueLength(host.sockets, listener), listener, queuedBeyondBacklog);
}

/** accept(): the oldest complete connection no longer waits. */
export function accept(host: Host): { readonly host: Host; readonly accepted: Socket } | undefined {
  const waiting = host.sockets.find(
    (one) => one.waitsAt !== undefined && one.endpoint.state !== 'SYN-RECEIVED',
  );
  if (waiting === undefined) return undefined;
  const { waitsAt: _, ...accepted } = waiting;
  return {
    host: { ...host, sockets: host.sockets.map((one) => (one === waiting ? accepted : one)) },
    accepted,
  };
}

/** accept() on an empty queue: the call waits at its listener. */
export function awaitConnection(host: Host, listener: Socket): Host {
  const waiting = { ...listener, accepting: (listener.accepting ?? 0) + 1 };
  return { ...host, sockets: host.sockets.map((one) => (one.id === listener.id ? waiting : one)) };
}

/** A complete connection goes straight to an accept() that waits for one. */
export function serveWaiting(host: Host): Host {
  const listener = host.sockets.find(({ accepting = 0 }) => accepting > 0);
  if (listener === undefined) return host;
  const next = host.sockets.find(
    (one) => one.waitsAt === listener.id && one.endpoint.state !== 'SYN-RECEIVED',
  );
  if (next === undefined) return host;
  const { waitsAt: _, ...taken } = next;
  const served = { ...listener, accepting: (listener.accepting ?? 0) - 1 };
  const sockets = host.sockets.map((one) => (one === next ? taken : one === listener ? served : one));
  return { ...host, sockets };
}

/** Connections in the accept queue of a listener: what ss prints as its Recv-Q. */
export function acceptQueueLength(sockets: readonly Socket[], listener: Socket): number {
  return sockets.filter((one) => one.waitsAt === listener.id && one.endpoint.state !== 'SYN-RECEIVED').length;
}

/** The child of a listener that keeps nothing of it: a SYN cookie holds all, so no timer runs. RFC 4987 §3.6. */
export function asCookie(endpoint: Endpoint): Endpoint {
  return { ...endpoint, deadlines: {} };
}

/** A connection the application can make calls on. */
export function isHeld(socket: Socket): boolean {
  return !isListener(socket) && socket.waitsAt === undefined;
}
