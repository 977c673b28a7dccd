import { type Host, newHost, type Socket, type SocketId } from '../host/host.ts';
import type { AppResult, Effect, TimerName } from '../tcp/event.ts';
import type { Profile } from '../tcp/profiles.ts';
import { add, type Seq } from '../tcp/seq.ts';
import { type Ms, ms } from '../tcp/time.ts';
import type { Change, Fault, Scenario } from './scenario.ts';
import { HOSTS, type HostId, type Step, type Transmission } from './timeline.ts';

/** A fault whose pattern no longer says `last`: it can be applied as segments leave. */
interface ArmedFault {
  readonly fault: Fault;
  /** Segments of that kind seen so far. */
  seen: number;
}

/** A simulation under way. Private to simulate.ts and its helpers; a Timeline is made from it at the end. */
export interface Run {
  readonly scenario: Scenario;
  now: Ms;
  readonly hosts: Record<HostId, Host>;
  readonly steps: Step[];
  readonly transmissions: Transmission[];
  /** Ids of transmissions in flight, by arrival. */
  flying: number[];
  /** Everything sent now is lost. */
  cut: boolean;
  /** When the last segment towards that host arrives: the wire keeps order. */
  readonly lastArrival: Record<HostId, Ms>;
  readonly opened: Record<HostId, number>;
  /** When the host took its first ISS. */
  readonly firstIssAt: Partial<Record<HostId, Ms>>;
  /** Connections that have ended, the last one last: further calls are made on them in vain. */
  readonly ended: Record<HostId, Socket[]>;
  /** Every connection a host ever had, by age. */
  readonly connections: Record<HostId, SocketId[]>;
  readonly faults: readonly ArmedFault[];
  /** Changes that wait for their step. */
  readonly changes: Extract<Change, { readonly after: number; readonly kind: 'act' | 'fire' }>[];
}

/** A run before its first step, at 0 ms: both hosts idle, nothing on the wire. */
export function newRun(scenario: Scenario): Run {
  return {
    scenario,
    now: ms(0),
    hosts: { A: hostOf(scenario, 'A'), B: hostOf(scenario, 'B') },
    steps: [],
    transmissions: [],
    flying: [],
    cut: false,
    lastArrival: { A: ms(0), B: ms(0) },
    opened: { A: 0, B: 0 },
    firstIssAt: {},
    ended: { A: [], B: [] },
    connections: { A: [], B: [] },
    faults: scenario.faults.map((fault) => ({ fault, seen: 0 })),
    changes: (scenario.changes ?? []).filter((change) => change.kind === 'act' || change.kind === 'fire'),
  };
}

/** A host played by the script is there for nobody: what reaches it moves nothing. */
function hostOf({ scripted }: Scenario, name: HostId): Host {
  return { ...newHost(name), down: scripted === name };
}

/** The numbers and choices of that host. */
export function profileOf({ scenario }: Run, host: HostId): Profile {
  return scenario.profiles?.[host] ?? scenario.profile;
}

/** How far apart the ISS of later connections lie when the scenario names too few. */
const ISS_STRIDE = 64_000;

/** The clock that drives the ISS counts so often in a millisecond. RFC 9293 §3.4.1: about every 4 µs. */
const ISS_TICKS = 250;

/** The ISS of the next connection of that host. */
export function takeIss(run: Run, host: HostId): Seq {
  const given = run.scenario.iss[host];
  const place = run.opened[host]++;
  run.firstIssAt[host] ??= run.now;
  const [first] = given;
  if (run.scenario.issClock === true && first !== undefined)
    return add(first, ((run.now - run.firstIssAt[host]) * ISS_TICKS) % 2 ** 32);
  const named = given[place];
  if (named !== undefined) return named;
  const last = given.at(-1);
  if (last === undefined) throw new Error(`scenario without an ISS for host ${host}`);
  return add(last, (place - given.length + 1) * ISS_STRIDE);
}

export interface PendingTimer {
  readonly host: HostId;
  readonly socket: Socket;
  readonly timer: TimerName;
  readonly at: Ms;
}

/** Every timer running on a host that is up. */
export function pendingTimers(run: Run): readonly PendingTimer[] {
  const pending: PendingTimer[] = [];
  for (const host of HOSTS) {
    if (run.hosts[host].down) continue;
    for (const socket of run.hosts[host].sockets) {
      const { deadlines } = socket.endpoint;
      const first = pending.length;
      for (const timer in deadlines) {
        const at = deadlines[timer as TimerName];
        if (at === undefined) continue;
        const one = { host, socket, timer: timer as TimerName, at };
        // In a bucket of a timer wheel the one armed last comes first. Linux enqueue_timer.
        if (profileOf(run, host).wheelFrom === undefined) pending.push(one);
        else pending.splice(first, 0, one);
      }
    }
  }
  return pending;
}

/** The timer that fires first; among equals the one that was found first. */
export function soonest(pending: readonly PendingTimer[]): PendingTimer | undefined {
  let first: PendingTimer | undefined;
  for (const timer of pending) if (first === undefined || timer.at < first.at) first = timer;
  return first;
}

/** What an application sees of a step. */
export function appResults(effects: readonly Effect[]): Step['app'] {
  const results: AppResult[] = [];
  for (const effect of effects) if (effect.kind === 'app') results.push(effect.result);
  return results;
}
