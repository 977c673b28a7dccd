// Socket calls: which socket one is made on, and what it does beyond that socket's endpoint.

import { accept, awaitConnection, isHeld } from '../host/accept-queue.ts';
import {
  addSocket,
  isListener,
  isTaken,
  newestListener,
  noSocket,
  removeSocket,
  type Socket,
} from '../host/host.ts';
import { isSocketCall } from '../host/returns.ts';
import { CLOSED_ENDPOINT } from '../tcp/endpoint.ts';
import type { Effect, ErrorCode } from '../tcp/event.ts';
import { timeWaitLength } from '../tcp/laws.ts';
import type { RuleId } from '../tcp/rules.ts';
import { step } from '../tcp/step.ts';
import { act, record, settleResult } from './act.ts';
import { callEvent } from './call-event.ts';
import { profileOf, type Run, takeIss } from './run.ts';
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
    case 'bind':
      return bind(run, what, cause);
    case 'reuse-address':
      run.hosts[host] = { ...run.hosts[host], reuses: true };
      return decide(run, host, heldSocket(run, what), cause, 'bind/reuse-address');
    case 'accept':
      return take(run, host, cause);
    case 'fork':
      return fork(run, what, cause);
    case 'exit':
      return exit(run, host, cause);
    case 'vanish':
      return vanish(run, host, heldSocket(run, what), cause);
    default: {
      const socket = heldSocket(run, what);
      if (socket.endpoint.orphaned && isSocketCall(name)) return failCall(run, host, socket, cause);
      if (name === 'close') return letGo(run, host, socket, cause);
      act(run, host, socket, callEvent(name, length), cause);
    }
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
  const here = run.hosts[host];
  const wanted = ports?.local ?? here.bound.at(-1) ?? hosts[host].port;
  const remotePort = mode === 'listen' ? undefined : (ports?.remote ?? hosts[peerOf(host)].port);
  const isChosen = ports !== undefined || here.bound.includes(wanted);
  run.hosts[host] = { ...here, bound: here.bound.filter((port) => port !== wanted) };
  if (remotePort === undefined && isTaken(run.hosts[host], wanted))
    return refuseCall(run, host, wanted, cause, 'bind/address-in-use', 'EADDRINUSE');
  const localPort =
    remotePort === undefined ? wanted : choosePort(run, host, wanted, remotePort, isChosen, cause);
  if (localPort === undefined)
    return refuseCall(run, host, wanted, cause, 'connect/no-port-left', 'EADDRNOTAVAIL');
  run.hosts[host] = addSocket(run.hosts[host], {
    localPort,
    remotePort,
    endpoint: { ...CLOSED_ENDPOINT, reads: run.scenario.reads ?? true },
    ...(backlog === undefined ? {} : { backlog }),
    ...(run.hosts[host].reuses ? { reuse: true } : {}),
  });
  const socket = run.hosts[host].sockets.at(-1);
  if (socket === undefined) return;
  if (mode === 'connect') run.connections[host].push(socket.id);
  const iss = mode === 'connect' ? takeIss(run, host) : CLOSED_ENDPOINT.iss;
  if (mode === 'listen') return act(run, host, socket, { kind: 'open', mode: 'passive', iss }, cause);
  const data = length === undefined ? {} : { data: length };
  act(run, host, socket, { kind: 'open', mode: 'active', iss, ...data }, cause);
}

/** The local port of a new connection; undefined when there is none. A TIME-WAIT may have to make room for it. */
function choosePort(
  run: Run,
  host: HostId,
  wanted: number,
  remotePort: number,
  isChosen: boolean,
  cause: Cause,
): number | undefined {
  const inTheWay = (port: number) =>
    run.hosts[host].sockets.find((one) => one.localPort === port && one.remotePort === remotePort);
  const room = isChosen ? 1 : profileOf(run, host).ephemeralPorts;
  for (let port = wanted; port < wanted + room; port += 1) if (inTheWay(port) === undefined) return port;
  for (let port = wanted; port < wanted + room; port += 1) {
    const old = inTheWay(port);
    if (old === undefined || !mayReplace(run, host, old)) continue;
    const result = step(old.endpoint, { kind: 'replaced' }, run.now, profileOf(run, host));
    settleResult(run, host, old, cause, { ...result, rules: ['connect/reuses-time-wait', ...result.rules] });
    return port;
  }
  return undefined;
}

/** Linux tcp_twsk_unique: only timestamps tell the segments of both connections apart. */
function mayReplace(run: Run, host: HostId, { endpoint }: Socket): boolean {
  const profile = profileOf(run, host);
  const { reusesTimeWaitAfter } = profile;
  const ends = endpoint.deadlines['time-wait'];
  if (endpoint.state !== 'TIME-WAIT' || ends === undefined || reusesTimeWaitAfter === undefined) return false;
  return endpoint.timestamps && run.now - (ends - timeWaitLength(profile)) >= reusesTimeWaitAfter;
}

/** bind(): the next listen() or connect() has this port. */
function bind(run: Run, { host, ports }: CallAction, cause: Cause): void {
  const port = ports?.local ?? run.scenario.hosts[host].port;
  const here = run.hosts[host];
  if (isTaken(here, port)) return refuseCall(run, host, port, cause, 'bind/address-in-use', 'EADDRINUSE');
  run.hosts[host] = { ...here, bound: [...here.bound, port] };
  decide(run, host, noSocket(here, port, 0), cause, 'bind/takes-a-port');
}

/** The call fails before there is any connection. */
function refuseCall(run: Run, host: HostId, port: number, cause: Cause, rule: RuleId, code: ErrorCode): void {
  const socket = noSocket(run.hosts[host], port, 0);
  const effects: readonly Effect[] = [{ kind: 'app', result: { kind: 'error', code } }];
  const { endpoint } = socket;
  record(run, host, socket, cause, { endpoint, effects, rules: [rule], path: [endpoint.state] });
}

/** After close() the descriptor names no socket, though the connection may live on. */
function failCall(run: Run, host: HostId, socket: Socket, cause: Cause): void {
  const { endpoint } = socket;
  const effects: readonly Effect[] = [{ kind: 'app', result: { kind: 'error', code: 'EBADF' } }];
  const rules: readonly RuleId[] = ['close/descriptor-is-gone'];
  record(run, host, socket, cause, { endpoint, effects, rules, path: [endpoint.state] });
}

/** A call that changes nothing in the endpoint. */
function decide(run: Run, host: HostId, socket: Socket, cause: Cause, rule: RuleId): void {
  const { endpoint } = socket;
  record(run, host, socket, cause, { endpoint, effects: [], rules: [rule], path: [endpoint.state] });
}

/** accept() takes the oldest connection that waits, or waits for one; nothing happens on the wire. */
function take(run: Run, host: HostId, cause: Cause): void {
  const taken = accept(run.hosts[host]);
  if (taken !== undefined) {
    run.hosts[host] = taken.host;
    return decide(run, host, taken.accepted, cause, 'listen/accept-takes-one');
  }
  const listener = newestListener(run.hosts[host]);
  if (listener === undefined) return;
  run.hosts[host] = awaitConnection(run.hosts[host], listener);
  decide(run, host, listener, cause, 'listen/accept-waits');
}

/** A second process holds whatever this one does. */
function fork(run: Run, what: CallAction, cause: Cause): void {
  const here = run.hosts[what.host];
  const shared = here.sockets.map((one) =>
    one.waitsAt === undefined ? { ...one, holders: (one.holders ?? 1) + 1 } : one,
  );
  run.hosts[what.host] = { ...here, sockets: shared };
  decide(run, what.host, heldSocket(run, what), cause, 'fork/shares-the-socket');
}

/** close() of one descriptor: only the last one closes the socket. */
function letGo(run: Run, host: HostId, socket: Socket, cause: Cause): void {
  const holders = socket.holders ?? 1;
  if (holders < 2) return close(run, host, socket, cause);
  const here = run.hosts[host];
  const left = here.sockets.map((one) => (one.id === socket.id ? { ...one, holders: holders - 1 } : one));
  run.hosts[host] = { ...here, sockets: left };
  decide(run, host, socket, cause, 'close/others-hold-it');
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
  for (const socket of run.hosts[host].sockets.filter(isHeld)) letGo(run, host, socket, cause);
  for (const socket of run.hosts[host].sockets.filter(isListener)) letGo(run, host, socket, cause);
}

/** The socket is no more, and nobody is told. */
function vanish(run: Run, host: HostId, socket: Socket, cause: Cause): void {
  run.hosts[host] = removeSocket(run.hosts[host], socket.id);
  forget(run, host, socket, cause, 'host/crash-forgets');
}

function power(run: Run, host: HostId, name: 'crash' | 'reboot', cause: Cause): void {
  const down = name === 'crash';
  const socket = heldSocket(run, { kind: 'call', host, call: name });
  run.hosts[host] = { ...run.hosts[host], sockets: [], bound: [], down };
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
