import { PROFILES, type Profile } from '../../core/tcp/profiles.ts';
import type { TcpState } from '../../core/tcp/states.ts';
import { type Ms, ms, seconds } from '../../core/tcp/time.ts';
import { inferTimeline } from '../../core/timeline/infer.ts';
import { type HostId, peerOf, type Timeline } from '../../core/timeline/timeline.ts';
import type { Capture } from '../../core/wire/capture.ts';
import { type Connection, flowsOf } from '../../core/wire/connections.ts';
import { replayAcceptQueue } from './accept-queue.ts';
import { attributeCalls } from './calls.ts';
import { firstDifference, type Spell, spellsOf } from './compare.ts';
import type { Flow } from './flow.ts';
import { statesWithItself } from './itself.ts';
import { readCapture, readTrace, SIDES, type Side, sysctlOf, type Trace } from './trace.ts';

/** One socket of one side of one trace, compared. */
export interface Row {
  readonly trace: string;
  readonly side: Side;
  /** `local-remote` ports. */
  readonly socket: string;
  readonly verdict: 'ok' | 'differs' | 'out of scope';
  /** The first difference, or why it is out of scope. */
  readonly detail: string;
  readonly kernel: readonly TcpState[];
  readonly inferred: readonly TcpState[];
}

/** Infers every socket of a trace from its own side's capture and calls, and compares it with the kernel's states. */
export function verifyTrace(directory: string, name: string): Row[] {
  const trace = readTrace(directory, name);
  return SIDES.flatMap((side) => {
    const capture = readCapture(directory, name, side);
    const hasSockets = trace.app.some(({ call }) => /^(listen|connect)/.test(call)); // else there is nothing to report
    const hasStates = !hasSockets || SIDES.some((one) => Object.keys(trace.timeline[one] ?? {}).length > 0);
    if (capture !== undefined && hasStates) return verifySide(trace, side, capture);
    const detail = hasStates ? `${name}.${side}.pcap is absent` : 'no states were recorded';
    return [
      { trace: trace.name, side, socket: '-', verdict: 'out of scope', detail, kernel: [], inferred: [] },
    ];
  });
}

function verifySide(trace: Trace, side: Side, capture: Capture): Row[] {
  const own = side === 'client' ? trace.addresses.C : trace.addresses.S;
  const flows = flowsOf(capture.packets).map(
    (connection): Flow => ({ connection, host: hostAt(connection, own) }),
  );
  const clock = clockOf(trace, capture);
  const app = trace.app.filter((call) => call.side === side);
  const queue = replayAcceptQueue(app, flows, clock);
  const calls = attributeCalls(app, flows, queue, clock);
  const cookies = cookiesOn(trace, side, queue.overflowed);
  const until = clock(trace.duration);
  const profile = profileOf(sysctlOf(trace, side));
  const byPorts = new Map(flows.map((flow) => [portsOf(flow), flow]));
  const kernel = trace.timeline[side] ?? {};
  const sockets = Object.keys(kernel).filter((socket) => !socket.startsWith('listener'));
  const strays = [...byPorts.keys()].filter((ports) => !sockets.includes(ports));
  return [...sockets, ...strays].map((socket): Row => {
    const flow = byPorts.get(socket);
    const states = kernel[socket] ?? [];
    const base = { trace: trace.name, side, socket, kernel: states.map(({ state }) => state) };
    const reported = spellsOf(
      states.map(({ t, state }) => ({ state, at: t * 1000 })),
      trace.duration * 1000,
    );
    if (flow === undefined) {
      const alone = sockets.length === 1 && isItself(socket);
      const played = alone ? statesWithItself(app, trace.duration, profile) : undefined;
      if (played === undefined)
        return { ...base, inferred: [], verdict: 'out of scope', detail: whyNothingSeen(socket) };
      return compared(base, spellsOf(played, trace.duration * 1000), reported, false);
    }
    const timeline = inferTimeline(flow.connection, {
      profile,
      tap: flow.host,
      calls: calls.get(flow) ?? [],
      until,
    });
    const inferred = spellsOf(statesOf(timeline, flow.host), until - flow.connection.summary.startedAt);
    return compared(base, inferred, reported, cookies);
  });
}

function compared(
  base: Pick<Row, 'trace' | 'side' | 'socket' | 'kernel'>,
  ours: readonly Spell[],
  reported: readonly Spell[],
  cookies: boolean,
): Row {
  const difference = firstDifference(ours, reported, cookies);
  return {
    ...base,
    inferred: ours.map(({ state }) => state),
    verdict: difference === undefined ? 'ok' : 'differs',
    detail: difference ?? '',
  };
}

function isItself(socket: string): boolean {
  const [local, remote] = socket.split('-');
  return local === remote;
}

function hostAt({ hosts }: Connection, address: string): HostId {
  return hosts.A.address === address ? 'A' : 'B';
}

function portsOf({ connection, host }: Flow): string {
  return `${connection.hosts[host].port}-${connection.hosts[peerOf(host)].port}`;
}

function clockOf(trace: Trace, capture: Capture): (s: number) => Ms {
  const first = capture.startedAt;
  const offset = first === undefined ? 0 : trace.start_epoch - first.seconds - first.nanoseconds / 1e9;
  return (s) => ms((s + offset) * 1000);
}

/** What the recorded kernel was told to do differently; the rest are Linux's own numbers (tcp(7)). */
function profileOf(sysctl: Readonly<Record<string, number | string>>): Profile {
  const number = (key: string, otherwise: number) => Number(sysctl[`net.ipv4.${key}`] ?? otherwise);
  return {
    ...PROFILES.rfc9293,
    msl: seconds(30), // TCP_TIMEWAIT_LEN is 60 s
    finWait2Timeout: seconds(number('tcp_fin_timeout', 60)),
    ignoresRstInTimeWait: number('tcp_rfc1337', 0) === 1,
  };
}

/** tcp_syncookies: 0 never, 1 when too many handshakes are under way, 2 always. */
function cookiesOn(trace: Trace, side: Side, overflowed: boolean): boolean {
  const setting = Number(sysctlOf(trace, side)['net.ipv4.tcp_syncookies'] ?? 1);
  return setting === 2 || (setting === 1 && overflowed);
}

function whyNothingSeen(socket: string): string {
  if (isItself(socket)) return 'connected to itself over the loopback interface, which was not tapped';
  return 'no segment of this socket passed the tap';
}

/** Every state of one host in order, sockets one after another; the fictional CLOSED before each is left out. */
function statesOf(timeline: Timeline, host: HostId): { state: TcpState; at: number; byTimer: boolean }[] {
  return timeline.steps
    .filter((step) => step.host === host)
    .flatMap(({ path, at, cause, socket }) => {
      if (socket.endsWith('0')) return [];
      const passed = path[0] === 'CLOSED' || path[0] === 'LISTEN' ? path.slice(1) : path;
      const state = (one: TcpState): TcpState => (one === 'LISTEN' ? 'CLOSED' : one);
      return passed.map((one) => ({ state: state(one), at, byTimer: cause.kind === 'timer' }));
    });
}
