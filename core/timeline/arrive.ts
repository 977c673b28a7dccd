import { admits, asCookie, overflows } from '../host/accept-queue.ts';
import { addSocket, findSocket, isListener, noSocket, type Socket } from '../host/host.ts';
import type { Endpoint } from '../tcp/endpoint.ts';
import type { RuleId } from '../tcp/rules.ts';
import { ACK, RST, type Segment, SYN } from '../tcp/segment.ts';
import { lt, seq } from '../tcp/seq.ts';
import { step } from '../tcp/step.ts';
import { act, record, settleResult } from './act.ts';
import { profileOf, type Run, takeIss } from './run.ts';
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
  if (found !== undefined && overflows(run.hosts[host], found, seg, profileOf(run, host)))
    return overflow(run, host, found, seg, cause);
  act(
    run,
    host,
    found ?? noSocket(run.hosts[host], toPort, fromPort),
    { kind: 'segment', segment: seg },
    cause,
  );
}

/** The accept queue is full: the ACK is ignored, so that the SYN,ACK is sent again, or the connection refused. */
function overflow(run: Run, host: HostId, child: Socket, segment: Segment, cause: Cause): void {
  const { abortsOnOverflow, laws } = profileOf(run, host);
  if ((abortsOnOverflow || laws.fullQueueRefuses) && !child.cookie)
    return act(run, host, child, { kind: 'refused', segment }, cause);
  nothingHappens(run, host, child, cause, 'listen/third-ack-is-ignored');
}

function nothingHappens(run: Run, host: HostId, socket: Socket, cause: Cause, rule: RuleId): void {
  const { endpoint } = socket;
  record(run, host, socket, cause, { endpoint, effects: [], rules: [rule], path: [endpoint.state] });
}

/** RFC 9293 §3.6.1 (MAY-2), RFC 6191 §2. */
function reopens(run: Run, host: HostId, socket: Socket, seg: Segment): boolean {
  return (
    profileOf(run, host).reopensTimeWait &&
    socket.endpoint.state === 'TIME-WAIT' &&
    (seg.flags & SYN) !== 0 &&
    (seg.flags & ACK) === 0 &&
    !isStampedEarlier(socket.endpoint, seg) &&
    (lt(socket.endpoint.rcvNxt, seg.seq) || isStampedLater(socket.endpoint, seg)) &&
    run.hosts[host].sockets.some((s) => isListener(s) && s.localPort === socket.localPort)
  );
}

/** RFC 6191 §2: a later timestamp tells a new SYN from an old one as well. */
function isStampedLater({ timestamps, recentStamp }: Endpoint, { options }: Segment): boolean {
  if (!timestamps || recentStamp === undefined || options.timestamps === undefined) return false;
  return lt(recentStamp, seq(options.timestamps.value));
}

/** Older than what a connection in TIME-WAIT last heard: all hosts behind one address are taken for one. */
function isOutOfTime(run: Run, host: HostId, { options }: Segment): boolean {
  const { timestamps } = options;
  if (timestamps === undefined) return false;
  return run.hosts[host].sockets.some(
    ({ endpoint: { state, recentStamp } }) =>
      state === 'TIME-WAIT' && recentStamp !== undefined && lt(seq(timestamps.value), recentStamp),
  );
}

/** A SYN from the past is no new one, whatever its number. RFC 7323 §5.3, RFC 6191 §2. */
function isStampedEarlier({ timestamps, recentStamp }: Endpoint, { options }: Segment): boolean {
  if (!timestamps || recentStamp === undefined || options.timestamps === undefined) return false;
  return lt(seq(options.timestamps.value), recentStamp);
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
  const profile = profileOf(run, host);
  const opens = (seg.flags & SYN) !== 0;
  const begins = (seg.flags & (SYN | ACK | RST)) === SYN;
  if (begins && profile.recyclesTimeWait && isOutOfTime(run, host, seg))
    return nothingHappens(run, host, listener, cause, 'listen/tw-recycle-drops');
  const admission = begins ? admits(run.hosts[host], listener, profile) : 'queue';
  if (admission === 'drop' && profile.laws.fullQueueRefuses) {
    const nobody = noSocket(run.hosts[host], listener.localPort, remotePort);
    return act(run, host, nobody, { kind: 'segment', segment: seg }, cause);
  }
  if (admission === 'drop') return nothingHappens(run, host, listener, cause, 'listen/syn-is-dropped');
  const iss = opens ? takeIss(run, host) : listener.endpoint.iss;
  const before: Endpoint = { ...listener.endpoint, iss, sndUna: iss, sndNxt: iss };
  const result = step(before, { kind: 'segment', segment: seg }, run.now, profile);
  if (result.endpoint.state === 'LISTEN') {
    run.opened[host] -= opens ? 1 : 0;
    record(run, host, listener, cause, { ...result, endpoint: listener.endpoint });
    return;
  }
  const { localPort, backlog, reuse } = listener;
  const waits = backlog === undefined ? {} : { waitsAt: listener.id };
  run.hosts[host] = addSocket(run.hosts[host], {
    localPort,
    remotePort,
    endpoint: before,
    ...waits,
    ...(admission === 'cookie' ? { cookie: true } : {}),
    ...(reuse === true ? { reuse } : {}),
  });
  const child = run.hosts[host].sockets.at(-1);
  if (child === undefined) return;
  run.connections[host].push(child.id);
  if (admission === 'queue') return settleResult(run, host, child, cause, result);
  const effects = result.effects.filter((effect) => effect.kind !== 'arm');
  settleResult(run, host, child, cause, { ...result, effects, endpoint: asCookie(result.endpoint) });
}
