// What tools such as ss and netstat list of a host: its sockets with their states and queues.

import type { Endpoint } from '../tcp/endpoint.ts';
import { distance } from '../tcp/seq.ts';
import type { TcpState } from '../tcp/states.ts';
import { acceptQueueLength } from './accept-queue.ts';
import { isListener, type Socket } from './host.ts';

/** One line of `ss -tan`. */
export interface SocketLine {
  readonly id: string;
  readonly state: TcpState;
  /** Octets not yet read, a FIN not yet read among them; of a listener, connections that wait for accept(). */
  readonly recvQ: number;
  /** Octets not yet acknowledged, SYN and FIN among them; of a listener, its backlog. */
  readonly sendQ: number;
  readonly localPort: number;
  /** Undefined for a listener. */
  readonly remotePort: number | undefined;
}

/** The backlog of a listener that names none. Linux SOMAXCONN. */
const DEFAULT_BACKLOG = 4096;

/** The sockets in the order of the table: listeners first, then connections from the oldest to the newest. */
export function socketTable(sockets: readonly Socket[]): readonly SocketLine[] {
  const listed = sockets.filter(
    ({ cookie, endpoint }) => cookie !== true || endpoint.state !== 'SYN-RECEIVED',
  );
  return [...listed.filter(isListener), ...listed.filter((one) => !isListener(one))].map((socket) => ({
    id: socket.id,
    state: socket.endpoint.state,
    ...queuesOf(socket, sockets),
    localPort: socket.localPort,
    remotePort: socket.remotePort,
  }));
}

function queuesOf(socket: Socket, sockets: readonly Socket[]): { recvQ: number; sendQ: number } {
  if (isListener(socket))
    return { recvQ: acceptQueueLength(sockets, socket), sendQ: socket.backlog ?? DEFAULT_BACKLOG };
  const { endpoint } = socket;
  const isMini = endpoint.state === 'SYN-RECEIVED' && endpoint.role === 'passive';
  if (isMini || endpoint.state === 'TIME-WAIT') return { recvQ: 0, sendQ: 0 };
  return { recvQ: unreadOf(endpoint), sendQ: unacknowledgedOf(endpoint) };
}

/** Linux tcp_diag_get_info: rcv_nxt - copied_seq, and the FIN takes a number. */
function unreadOf({ unread, peerFin, eofTold }: Endpoint): number {
  return unread + (peerFin && !eofTold ? 1 : 0);
}

/** Linux tcp_diag_get_info: write_seq - snd_una. */
function unacknowledgedOf({ unsent, sndUna, sndNxt, closing, finSeq, state }: Endpoint): number {
  const finWaits = closing && finSeq === undefined && state !== 'CLOSED' ? 1 : 0;
  return unsent + distance(sndUna, sndNxt) + finWaits;
}
