import { CLOSED_ENDPOINT, type Endpoint } from '../tcp/endpoint.ts';

/** Names a socket on its host: `A1`, `B2` … in the order they came to be. */
export type SocketId = string;

/** One socket: a listener, or one end of a connection. */
export interface Socket {
  readonly id: SocketId;
  readonly localPort: number;
  /** Undefined for a listener. */
  readonly remotePort: number | undefined;
  readonly endpoint: Endpoint;
  /** Of a listener: connections that may wait for accept(); undefined accepts each at once. */
  readonly backlog?: number;
  /** The listener it came from, until accept() takes it. */
  readonly waitsAt?: SocketId;
  /** Of a listener: how many accept() calls are waiting. */
  readonly accepting?: number;
  /** Processes that hold it, when more than one: fork() shares descriptors. */
  readonly holders?: number;
  /** SO_REUSEADDR; a listener's connections have it from the listener. */
  readonly reuse?: boolean;
  /** Nothing of it is kept before the third ACK: a SYN cookie holds all. RFC 4987 §3.6. */
  readonly cookie?: boolean;
}

/** A host with its sockets. Immutable: every change is a new Host. */
export interface Host {
  readonly name: string;
  readonly sockets: readonly Socket[];
  /** How many sockets it has ever had. */
  readonly opened: number;
  /** Ports that bind() took for a socket that neither listens nor connects yet. */
  readonly bound: readonly number[];
  /** New sockets get SO_REUSEADDR. */
  readonly reuses: boolean;
  /** Crashed and not rebooted: it hears and says nothing. */
  readonly down: boolean;
}

/** A host that runs no program yet: no socket, every port free. */
export function newHost(name: string): Host {
  return { name, sockets: [], opened: 0, bound: [], reuses: false, down: false };
}

/** Adds a socket; the new one is the last in the list. */
export function addSocket(host: Host, fields: Omit<Socket, 'id'>): Host {
  const socket = { ...fields, id: `${host.name}${host.opened + 1}` };
  return { ...host, sockets: [...host.sockets, socket], opened: host.opened + 1 };
}

/** Puts the endpoint in place of the one that socket had; a socket in CLOSED leaves the host. */
export function putEndpoint(host: Host, id: SocketId, endpoint: Endpoint): Host {
  const sockets =
    endpoint.state === 'CLOSED'
      ? host.sockets.filter((socket) => socket.id !== id)
      : host.sockets.map((socket) => (socket.id === id ? { ...socket, endpoint } : socket));
  return { ...host, sockets };
}

/** Without that socket; its port is free again unless others hold it. */
export function removeSocket(host: Host, id: SocketId): Host {
  return { ...host, sockets: host.sockets.filter((socket) => socket.id !== id) };
}

/** Whether it waits for connections (LISTEN), rather than being one. */
export function isListener(socket: Socket): boolean {
  return socket.remotePort === undefined;
}

/** The socket a segment is for: the connection with those ports if there is one, else the listener. RFC 9293 §3.10.7. */
export function findSocket(host: Host, localPort: number, remotePort: number): Socket | undefined {
  const here = host.sockets.filter((socket) => socket.localPort === localPort);
  return here.find((socket) => socket.remotePort === remotePort) ?? here.find(isListener);
}

/** Stands for the connection that does not exist: RFC 9293 §3.10.7.1 answers from it. */
export function noSocket(host: Host, localPort: number, remotePort: number): Socket {
  return { id: `${host.name}0`, localPort, remotePort, endpoint: CLOSED_ENDPOINT };
}

/** Whether bind() may not have the port. Linux inet_csk_bind_conflict. */
export function isTaken({ sockets, bound, reuses }: Host, port: number): boolean {
  const conflicts = ({ localPort, reuse, endpoint }: Socket) =>
    localPort === port && !(reuses && reuse === true && endpoint.state !== 'LISTEN');
  return bound.includes(port) || sockets.some(conflicts);
}

/** The newest connection of the host. */
export function newestConnection(host: Host): Socket | undefined {
  return host.sockets.findLast((socket) => !isListener(socket));
}

/** The listener opened last, which takes the calls of a script that names no port; undefined when none listens. */
export function newestListener(host: Host): Socket | undefined {
  return host.sockets.findLast(isListener);
}
