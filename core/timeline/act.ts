import { serveWaiting } from '../host/accept-queue.ts';
import { type Host, isListener, putEndpoint, removeSocket, type Socket } from '../host/host.ts';
import { returnsOf } from '../host/returns.ts';
import type { Endpoint } from '../tcp/endpoint.ts';
import type { TcpEvent } from '../tcp/event.ts';
import { type StepResult, step } from '../tcp/step.ts';
import { transmit } from './network.ts';
import { appResults, profileOf, type Run } from './run.ts';
import type { Cause, HostId } from './timeline.ts';

/** Applies an event to a socket and lets its effects happen. */
export function act(run: Run, host: HostId, socket: Socket, event: TcpEvent, cause: Cause): void {
  settleResult(run, host, socket, cause, step(socket.endpoint, event, run.now, profileOf(run, host)));
}

/** Keeps the endpoint that came out of an event, and lets its effects happen. */
export function settleResult(run: Run, host: HostId, socket: Socket, cause: Cause, result: StepResult): void {
  run.hosts[host] = serveWaiting(keepOrDrop(run.hosts[host], socket, result.endpoint));
  if (result.endpoint.state === 'CLOSED' && socket.remotePort !== undefined && socket.id !== `${host}0`) {
    const others = run.ended[host].filter((one) => one.id !== socket.id);
    run.ended[host] = [...others, { ...socket, endpoint: result.endpoint }];
  }
  record(run, host, socket, cause, result);
}

/** A child that went back to LISTEN is no more: its listener never left that state. */
function keepOrDrop(host: Host, socket: Socket, endpoint: Endpoint): Host {
  if (endpoint.state === 'LISTEN' && !isListener(socket)) return removeSocket(host, socket.id);
  return putEndpoint(host, socket.id, endpoint);
}

/** Adds a step to the run and sends what it sends. */
export function record(run: Run, host: HostId, socket: Socket, cause: Cause, result: StepResult): void {
  const index = run.steps.length;
  const sent: number[] = [];
  const toPort = socket.remotePort ?? portOfSender(run, cause);
  const { sockets } = run.hosts[host];
  const app = appResults(result.effects);
  run.steps.push({
    index,
    at: run.now,
    host,
    socket: socket.id,
    cause,
    before: socket.endpoint,
    after: result.endpoint,
    path: result.path,
    rules: result.rules,
    effects: result.effects,
    sent,
    app,
    returns: returnsOf(cause, socket, result, app, sockets),
    sockets,
  });
  for (const effect of result.effects) {
    if (effect.kind !== 'send') continue;
    const { segment: seg, purpose } = effect;
    sent.push(
      transmit(run, { from: host, fromPort: socket.localPort, toPort, segment: seg, purpose, sentIn: index }),
    );
  }
}

function portOfSender(run: Run, cause: Cause): number {
  return cause.kind === 'arrival' ? (run.transmissions[cause.transmission]?.fromPort ?? 0) : 0;
}
