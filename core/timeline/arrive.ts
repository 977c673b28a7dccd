import { addSocket, findSocket, isListener, noSocket, type Socket } from '../host/host.ts';
import type { Endpoint } from '../tcp/endpoint.ts';
import { ACK, type Segment, SYN } from '../tcp/segment.ts';
import { lt } from '../tcp/seq.ts';
import { step } from '../tcp/step.ts';
import { act, record, settleResult } from './act.ts';
import { type Run, takeIss } from './run.ts';
import { type Cause, type HostId, peerOf } from './timeline.ts';

/** A transmission reaches its host. */
export function arrive(run: Run, id: number): void {
  const transmission = run.transmissions[id];
  if (transmission === undefined) return;
  const host = peerOf(transmission.from);
  if (run.hosts[host].down) return; // the segment reaches a host that is not there
  const { fromPort, toPort } = transmission;
  run.transmissions[id] = { ...transmission, arrivedIn: run.steps.length };
  const cause: Cause = { kind: 'arrival', transmission: id };
  const seg = transmission.segment;
  const found = findSocket(run.hosts[host], toPort, fromPort);
  if (found !== undefined && reopens(run, host, found, seg)) {
    act(run, host, found, { kind: 'replaced' }, cause);
    run.transmissions[id] = { ...transmission, arrivedIn: run.steps.length };
    return arriveAtListener(run, host, findSocket(run.hosts[host], toPort, fromPort), fromPort, seg, cause);
  }
  if (found !== undefined && isListener(found)) {
    return arriveAtListener(run, host, found, fromPort, seg, cause);
  }
  act(
    run,
    host,
    found ?? noSocket(run.hosts[host], toPort, fromPort),
    { kind: 'segment', segment: seg },
    cause,
  );
}

/** RFC 9293 §3.6.1 (MAY-2). */
function reopens(run: Run, host: HostId, socket: Socket, seg: Segment): boolean {
  return (
    run.scenario.profile.reopensTimeWait &&
    socket.endpoint.state === 'TIME-WAIT' &&
    (seg.flags & SYN) !== 0 &&
    (seg.flags & ACK) === 0 &&
    lt(socket.endpoint.rcvNxt, seg.seq) &&
    run.hosts[host].sockets.some((s) => isListener(s) && s.localPort === socket.localPort)
  );
}

/** A listener stays; a SYN gives birth to a socket of its own. */
function arriveAtListener(
  run: Run,
  host: HostId,
  listener: Socket | undefined,
  remotePort: number,
  seg: Segment,
  cause: Cause,
): void {
  if (listener === undefined) return;
  const opens = (seg.flags & SYN) !== 0;
  const iss = opens ? takeIss(run, host) : listener.endpoint.iss;
  const before: Endpoint = { ...listener.endpoint, iss, sndUna: iss, sndNxt: iss };
  const result = step(before, { kind: 'segment', segment: seg }, run.now, run.scenario.profile);
  if (result.endpoint.state === 'LISTEN') {
    run.opened[host] -= opens ? 1 : 0;
    record(run, host, listener, cause, { ...result, endpoint: listener.endpoint });
    return;
  }
  const { localPort } = listener;
  run.hosts[host] = addSocket(run.hosts[host], { localPort, remotePort, endpoint: before });
  const child = run.hosts[host].sockets.at(-1);
  if (child !== undefined) settleResult(run, host, child, cause, result);
}
