// Socket calls: which socket one is made on, and what it does beyond that socket's endpoint.

import { accept, isHeld } from '../host/accept-queue.ts';
import { addSocket, isListener, newestListener, noSocket, removeSocket, type Socket } from '../host/host.ts';
import { CLOSED_ENDPOINT } from '../tcp/endpoint.ts';
import type { RuleId } from '../tcp/rules.ts';
import { act, record } from './act.ts';
import { callEvent } from './call-event.ts';
import { type Run, takeIss } from './run.ts';
import type { CallAction } from './scenario.ts';
import { type Cause, type HostId, peerOf } from './timeline.ts';

/** Makes a call on its socket. */
export function call(run: Run, what: CallAction): void {
  const { host, call: name, length } = what;
  const counts = name.startsWith('send') || length !== undefined;
  const cause: Cause = { kind: 'call', call: name, ...(counts ? { length: length ?? 0 } : {}) };
  switch (name) {
    case 'crash':
    case 'reboot':
      return power(run, host, name, cause);
    case 'listen':
    case 'connect':
      return open(run, what, name, cause);
    case 'accept':
      return take(run, host, cause);
    case 'exit':
      return exit(run, host, cause);
    case 'vanish':
      return vanish(run, host, heldSocket(run, what), cause);
    case 'close':
      return close(run, host, heldSocket(run, what), cause);
    default:
      act(run, host, heldSocket(run, what), callEvent(name, length), cause);
  }
}

/** The socket the application has in hand: its connection, alive or ended; before there was one, its listener. */
function heldSocket(run: Run, { host, connection }: CallAction): Socket {
  const here = run.hosts[host];
  const nobody = noSocket(here, run.scenario.hosts[host].port, 0);
  if (connection === undefined)
    return here.sockets.findLast(isHeld) ?? run.ended[host].at(-1) ?? newestListener(here) ?? nobody;
  if (connection === 0) return newestListener(here) ?? nobody;
  const id = run.connections[host][connection - 1];
  return [...here.sockets, ...run.ended[host]].find((socket) => socket.id === id) ?? nobody;
}

function open(run: Run, what: CallAction, mode: 'listen' | 'connect', cause: Cause): void {
  const { host, ports, backlog, length } = what;
  const { hosts } = run.scenario;
  const remotePort = mode === 'listen' ? undefined : (ports?.remote ?? hosts[peerOf(host)].port);
  const inTheWay = (localPort: number) =>
    run.hosts[host].sockets.find((s) => s.localPort === localPort && s.remotePort === remotePort);
  let localPort = ports?.local ?? hosts[host].port;
  for (let old = inTheWay(localPort); old !== undefined; old = inTheWay(localPort)) {
    if (ports !== undefined && old.endpoint.state === 'TIME-WAIT')
      act(run, host, old, { kind: 'replaced' }, cause);
    else localPort += 1;
  }
  run.hosts[host] = addSocket(run.hosts[host], {
    localPort,
    remotePort,
    endpoint: { ...CLOSED_ENDPOINT, reads: run.scenario.reads ?? true },
    ...(backlog === undefined ? {} : { backlog }),
  });
  const socket = run.hosts[host].sockets.at(-1);
  if (socket === undefined) return;
  if (mode === 'connect') run.connections[host].push(socket.id);
  const iss = mode === 'connect' ? takeIss(run, host) : CLOSED_ENDPOINT.iss;
  if (mode === 'listen') return act(run, host, socket, { kind: 'open', mode: 'passive', iss }, cause);
  const data = length === undefined ? {} : { data: length };
  act(run, host, socket, { kind: 'open', mode: 'active', iss, ...data }, cause);
}

/** accept() takes the oldest connection that waits; nothing happens on the wire. */
function take(run: Run, host: HostId, cause: Cause): void {
  const taken = accept(run.hosts[host]);
  if (taken === undefined) return;
  run.hosts[host] = taken.host;
  const { endpoint } = taken.accepted;
  record(run, host, taken.accepted, cause, {
    endpoint,
    effects: [],
    rules: ['listen/accept-takes-one'],
    path: [endpoint.state],
  });
}

/** close(); a listener takes along what nobody has accepted: complete connections are reset, half-made ones forgotten. */
function close(run: Run, host: HostId, socket: Socket, cause: Cause): void {
  if (isListener(socket)) {
    for (const child of run.hosts[host].sockets) {
      if (child.waitsAt !== socket.id) continue;
      if (child.endpoint.state === 'SYN-RECEIVED') vanish(run, host, child, cause);
      else act(run, host, child, { kind: 'abort' }, cause);
    }
  }
  act(run, host, socket, { kind: 'close' }, cause);
}

/** The system closes whatever a process still holds when it ends. */
function exit(run: Run, host: HostId, cause: Cause): void {
  for (const socket of run.hosts[host].sockets.filter(isHeld)) close(run, host, socket, cause);
  for (const socket of run.hosts[host].sockets.filter(isListener)) close(run, host, socket, cause);
}

/** The socket is no more, and nobody is told. */
function vanish(run: Run, host: HostId, socket: Socket, cause: Cause): void {
  run.hosts[host] = removeSocket(run.hosts[host], socket.id);
  forget(run, host, socket, cause, 'host/crash-forgets');
}

function power(run: Run, host: HostId, name: 'crash' | 'reboot', cause: Cause): void {
  const down = name === 'crash';
  const socket = heldSocket(run, { kind: 'call', host, call: name });
  run.hosts[host] = { ...run.hosts[host], sockets: [], down };
  run.ended[host] = [];
  forget(run, host, socket, cause, down ? 'host/crash-forgets' : 'host/starts-empty');
}

function forget(run: Run, host: HostId, socket: Socket, cause: Cause, rule: RuleId): void {
  const { state } = socket.endpoint;
  record(run, host, socket, cause, {
    endpoint: CLOSED_ENDPOINT,
    effects: [],
    rules: [rule],
    path: state === 'CLOSED' ? [state] : [state, 'CLOSED'],
  });
}
