// Socket options are not among the calls a trace logs. Each shows on the wire in one way only, and is read off there;
// its numbers are whole seconds, as setsockopt() takes them. Everything else about those segments is predicted.

import { PROFILES, type Profile } from '../../../core/tcp/profiles.ts';
import { ACK, FIN, RST, SYN } from '../../../core/tcp/segment.ts';
import { add, leq, lt, type Seq } from '../../../core/tcp/seq.ts';
import { type Ms, ms, seconds } from '../../../core/tcp/time.ts';
import type { HostId } from '../../../core/timeline/timeline.ts';
import { sysctlOf, type Trace } from '../trace.ts';
import { leftAt, statesOf } from './held.ts';
import { connectionOf, type Life, type Recorded } from './recorded.ts';

/** What one side set on its sockets before they opened. */
export interface HiddenOptions {
  /** SO_KEEPALIVE. */
  readonly keepalive: boolean;
  /** TCP_QUICKACK off. */
  readonly delaysAcks: boolean;
  /** TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT, TCP_USER_TIMEOUT, TCP_NODELAY. */
  readonly changes: Partial<Profile>;
}

export function hiddenOptions(
  trace: Trace,
  host: HostId,
  wire: readonly Recorded[],
  lives: readonly Life[],
): HiddenOptions {
  const own = wire.filter((one) => one.from === host && !one.forged);
  const probes = keepaliveProbes(own, wire);
  const theirs = keepaliveProbes(
    wire.filter((one) => one.from !== host && !one.forged),
    wire,
  );
  const heard = wire.filter((one) => one.from !== host && !theirs.includes(one)); // a probe is no sign of life to Linux
  const keepalive = probes.length > 0 ? keepaliveTimes(probes, heard, own) : {};
  return {
    keepalive: probes.length > 0,
    delaysAcks: lives.some((life) => delaysFirstAck(life, wire)),
    changes: {
      ...keepalive,
      ...synCount(trace, host, own),
      ...noDelay(trace, host, own, wire),
      ...linger2(trace, host, wire, lives),
      ...(probes.length > 0 ? {} : userTimeout(trace, host, own)),
    },
  };
}

/** Empty segments numbered one below what was sent, towards a peer whose window is open. RFC 9293 §3.8.4. */
function keepaliveProbes(own: readonly Recorded[], wire: readonly Recorded[]): readonly Recorded[] {
  const highest = new Map<string, Seq>();
  return own.filter((one) => {
    const { segment } = one;
    const key = connectionOf(one);
    const known = highest.get(key);
    const end = add(segment.seq, segment.length + (segment.flags & (SYN | FIN) ? 1 : 0));
    if (known === undefined || segment.flags & SYN || lt(known, end)) highest.set(key, end);
    if (known === undefined || segment.flags !== ACK || segment.length > 0) return false;
    const heard = wire.findLast(
      (other) =>
        other.from !== one.from && connectionOf(other) === key && (other.arrivesAt ?? one.at) < one.at,
    );
    return add(segment.seq, 1) === known && heard?.segment.window !== 0;
  });
}

function keepaliveTimes(
  probes: readonly Recorded[],
  heard: readonly Recorded[],
  own: readonly Recorded[],
): Partial<Profile> {
  const [first] = probes;
  if (first === undefined) return {};
  const lastHeard = (by: Ms) =>
    heard.reduce(
      (late, { arrivesAt }) => (arrivesAt !== undefined && arrivesAt < by ? Math.max(late, arrivesAt) : late),
      0,
    );
  const idle = Math.round((first.at - lastHeard(first.at)) / 1000);
  const last = lastHeard(ms(Number.POSITIVE_INFINITY));
  const unanswered = probes.filter(({ at }) => at > last);
  const reset = own.find(({ at, segment }) => at > last && segment.flags & RST);
  const ends = [...probes, ...(reset === undefined || unanswered.length === 0 ? [] : [reset])];
  const pair = ends.flatMap((one, place) => {
    const next = ends[place + 1];
    return next !== undefined && lastHeard(next.at) < one.at ? [next.at - one.at] : [];
  })[0];
  return {
    keepaliveIdle: seconds(Math.max(1, idle)),
    ...(pair === undefined ? {} : { keepaliveInterval: seconds(Math.max(1, Math.round(pair / 1000))) }),
    ...(reset !== undefined && unanswered.length > 0 ? { keepaliveProbes: unanswered.length } : {}),
  };
}

/** TCP_SYNCNT or TCP_USER_TIMEOUT: connect() gave up, and the sysctl does not say after so few SYNs. */
function synCount(trace: Trace, host: HostId, own: readonly Recorded[]): Partial<Profile> {
  const side = host === 'A' ? 'client' : 'server';
  const gaveUp = trace.app.find(
    ({ side: where, call, result }) => where === side && call.startsWith('connect') && result === 'ETIMEDOUT',
  );
  const sysctl = sysctlOf(trace, host === 'A' ? 'client' : 'server');
  if (gaveUp === undefined || sysctl['net.ipv4.tcp_syn_retries'] !== undefined) return {};
  const linear = Number(sysctl['net.ipv4.tcp_syn_linear_timeouts'] ?? PROFILES.linux.linearSynRetries);
  const syns = own.filter(
    ({ segment, portA, portB }) =>
      segment.flags === SYN && portA === own[0]?.portA && portB === own[0]?.portB,
  );
  const [first] = syns;
  if (first === undefined || syns.length < 2) return {};
  const synRetries = SYN_COUNTS.find((count) => synsSent(count, linear) === syns.length);
  if (synRetries === undefined || synRetries > PROFILES.linux.synRetries) return {};
  const waited = gaveUp.t * 1000 - first.at;
  const early =
    waited + ONE_SECOND / 2 < (2 ** (synRetries + 1) - 1) * ONE_SECOND && syns.length <= 1 + linear;
  return early ? { userTimeout: ms(Math.round(waited / 500) * 500) } : { synRetries };
}

const ONE_SECOND = 1000;
const SYN_COUNTS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** SYNs that leave before connect() gives up: as many as the count allows, in the time that it alone would take. */
function synsSent(count: number, linear: number): number {
  const most = (2 ** (count + 1) - 1) * ONE_SECOND;
  let at = 0;
  for (let sent = 1; ; sent += 1) {
    at += ONE_SECOND * 2 ** Math.max(0, sent - 1 - linear);
    if (sent > count + linear || at >= most) return sent;
  }
}

/** The application was told ETIMEDOUT on a connection that stood, long before the retries would have been used up. */
function userTimeout(trace: Trace, host: HostId, own: readonly Recorded[]): Partial<Profile> {
  const side = host === 'A' ? 'client' : 'server';
  const told = trace.app.some(
    ({ side: where, call, result }) =>
      where === side && result === 'ETIMEDOUT' && !call.startsWith('connect'),
  );
  const last = own.at(-1);
  if (!told || last === undefined) return {};
  const tries = own.filter(({ segment }) => segment.seq === last.segment.seq && segment.length > 0);
  const first = tries[2]; // the second try is a tail loss probe: the time counts from the one after it
  return first === undefined
    ? {}
    : { userTimeout: seconds(Math.max(1, Math.ceil((last.at - first.at) / 1000))) };
}

/** TCP_LINGER2: an orphan was gone from FIN-WAIT-2 though nothing arrived, sooner than the sysctl says. In whole seconds. */
function linger2(
  trace: Trace,
  host: HostId,
  wire: readonly Recorded[],
  lives: readonly Life[],
): Partial<Profile> {
  const times = lives.flatMap((life) => {
    const states = statesOf(trace, life);
    return states.flatMap(({ state, t }, place) => {
      const next = states[place + 1];
      if (state !== 'FIN-WAIT-2' || next?.state !== 'CLOSED') return [];
      const ended = wire.some(
        (one) =>
          one.from !== host &&
          connectionOf(one) === connectionOf(life) &&
          Math.abs((one.arrivesAt ?? 0) - next.t * 1000) < AT_ONCE,
      );
      return ended ? [] : [Math.max(1, Math.round(next.t - t))];
    });
  });
  const limit = Number(sysctlOf(trace, host === 'A' ? 'client' : 'server')['net.ipv4.tcp_fin_timeout'] ?? 60);
  const [first] = times;
  return first === undefined || first >= limit ? {} : { finWait2Timeout: seconds(first) };
}

/** Two small segments in a row, the first not yet acknowledged: Nagle's algorithm is off. */
function noDelay(
  { app }: Trace,
  host: HostId,
  own: readonly Recorded[],
  wire: readonly Recorded[],
): Partial<Profile> {
  const side = host === 'A' ? 'client' : 'server';
  const writes = app.filter((call) => call.side === side && call.call.startsWith('send'));
  const small = own.filter(
    ({ segment }) => segment.length > 0 && segment.length <= SMALL && !(segment.flags & (SYN | FIN)),
  );
  const hurried = small.some((one, place) => {
    const before = small[place - 1];
    if (before === undefined || connectionOf(before) !== connectionOf(one)) return false;
    const end = add(before.segment.seq, before.segment.length);
    const acked = wire.some(
      ({ from, segment, arrivesAt }) =>
        from !== one.from && arrivesAt !== undefined && arrivesAt <= one.at && leq(end, segment.ack),
    );
    const written = writes.some(({ t }) => leftAt(one, ms(t * 1000))); // else it was a probe that needed no leave
    return one.segment.seq === end && !acked && written;
  });
  return hurried ? { nagle: false } : {};
}

/** No larger than the smallest MSS here. */
const SMALL = 536;

/** The very first data of a connection is acknowledged at once, unless the application asked otherwise. */
function delaysFirstAck(life: Life, wire: readonly Recorded[]): boolean {
  const here = wire.filter((one) => connectionOf(one) === connectionOf(life) && one.at >= life.from);
  const data = here.find(({ from, segment }) => from !== life.host && segment.length > 0);
  if (data?.arrivesAt === undefined || data.forged || data.segment.flags & (SYN | FIN)) return false;
  const { arrivesAt, segment } = data;
  const acked = here.find(
    (one) =>
      one.from === life.host && one.at >= arrivesAt && leq(add(segment.seq, segment.length), one.segment.ack),
  );
  if (acked === undefined || acked.segment.flags & (RST | FIN)) return false;
  return acked.segment.length > 0 || acked.at - arrivesAt > AT_ONCE;
}

/** Milliseconds a busy machine may take to acknowledge at once. */
const AT_ONCE = 15;
