import { addSocket, newestConnection, newestListener, noSocket, type Socket } from '../host/host.ts';
import { CLOSED_ENDPOINT } from '../tcp/endpoint.ts';
import type { TcpEvent } from '../tcp/event.ts';
import type { RuleId } from '../tcp/rules.ts';
import { segment } from '../tcp/segment.ts';
import { add, type Seq } from '../tcp/seq.ts';
import { act, record } from './act.ts';
import { transmit } from './network.ts';
import { type Run, takeIss } from './run.ts';
import type { Action, NumberRef } from './scenario.ts';
import { type CallName, type Cause, type HostId, peerOf } from './timeline.ts';

/** Does what one line of a script says. */
export function perform(run: Run, what: Exclude<Action['what'], { kind: 'wait' }>): void {
  switch (what.kind) {
    case 'cut':
    case 'heal':
      run.cut = what.kind === 'cut';
      return;
    case 'forge':
      forge(run, what);
      return;
    default:
      call(run, what.host, what.call, what.length ?? 0);
  }
}

function forge(run: Run, what: Extract<Action['what'], { kind: 'forge' }>): void {
  const { hosts } = run.scenario;
  transmit(run, {
    from: what.from,
    fromPort: hosts[what.from].port,
    toPort: hosts[peerOf(what.from)].port,
    segment: segment({
      flags: what.flags,
      seq: resolve(run, what.seq),
      ...(what.ack === undefined ? {} : { ack: resolve(run, what.ack) }),
      length: what.length,
      window: run.scenario.profile.receiveBuffer,
    }),
    purpose: 'fresh',
    sentIn: undefined,
    forged: true,
  });
}

/** The number a reference names at this moment; before any connection, the ISS the host would choose next. */
function resolve(run: Run, ref: NumberRef): Seq {
  const endpoint = newestConnection(run.hosts[ref.host])?.endpoint;
  const iss = run.scenario.iss[ref.host][0];
  if (iss === undefined) throw new Error(`scenario without an ISS for host ${ref.host}`);
  if (endpoint === undefined) return add(iss, ref.plus);
  const fields = { iss: 'iss', 'snd.nxt': 'sndNxt', 'snd.una': 'sndUna', 'rcv.nxt': 'rcvNxt' } as const;
  return add(endpoint[fields[ref.of]], ref.plus);
}

function call(run: Run, host: HostId, name: CallName, length: number): void {
  const cause: Cause = { kind: 'call', call: name, ...(name === 'send' ? { length } : {}) };
  if (name === 'crash' || name === 'reboot') return power(run, host, name, cause);
  if (name === 'listen' || name === 'connect') return open(run, host, name, cause);
  const socket = heldSocket(run, host);
  act(run, host, socket, eventOf(name, length), cause);
}

/** The socket the application has in hand: its connection, alive or ended; before there was one, its listener. */
function heldSocket(run: Run, host: HostId): Socket {
  const here = run.hosts[host];
  return (
    newestConnection(here) ??
    run.ended[host] ??
    newestListener(here) ??
    noSocket(here, run.scenario.hosts[host].port, 0)
  );
}

function eventOf(
  name: Exclude<CallName, 'crash' | 'reboot' | 'listen' | 'connect'>,
  length: number,
): TcpEvent {
  switch (name) {
    case 'send':
      return { kind: 'send', length };
    case 'stop-reading':
      return { kind: 'reading', on: false };
    default:
      return { kind: name };
  }
}

function open(run: Run, host: HostId, name: 'listen' | 'connect', cause: Cause): void {
  const { hosts } = run.scenario;
  const port = hosts[host].port;
  const remotePort = name === 'listen' ? undefined : hosts[peerOf(host)].port;
  const taken = (localPort: number) =>
    run.hosts[host].sockets.some((s) => s.localPort === localPort && s.remotePort === remotePort);
  let localPort = port;
  while (taken(localPort)) localPort += 1;
  run.hosts[host] = addSocket(run.hosts[host], { localPort, remotePort, endpoint: CLOSED_ENDPOINT });
  const socket = run.hosts[host].sockets.at(-1);
  if (socket === undefined) return;
  const mode = name === 'listen' ? 'passive' : 'active';
  const iss = mode === 'active' ? takeIss(run, host) : CLOSED_ENDPOINT.iss;
  act(run, host, socket, { kind: 'open', mode, iss }, cause);
}

function power(run: Run, host: HostId, name: 'crash' | 'reboot', cause: Cause): void {
  const down = name === 'crash';
  const socket = heldSocket(run, host);
  run.hosts[host] = { ...run.hosts[host], sockets: [], down };
  run.ended[host] = undefined;
  const rule: RuleId = down ? 'host/crash-forgets' : 'host/starts-empty';
  const { state } = socket.endpoint;
  record(run, host, socket, cause, {
    endpoint: CLOSED_ENDPOINT,
    effects: [],
    rules: [rule],
    path: state === 'CLOSED' ? [state] : [state, 'CLOSED'],
  });
}
