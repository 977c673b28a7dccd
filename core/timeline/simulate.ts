import { newestConnection } from '../host/host.ts';
import type { TimerName } from '../tcp/event.ts';
import { has, SYN } from '../tcp/segment.ts';
import { type Ms, ms } from '../tcp/time.ts';
import { act } from './act.ts';
import { arrive } from './arrive.ts';
import { arrivalTime } from './network.ts';
import { findTransmissions } from './pattern.ts';
import { perform } from './perform.ts';
import { newRun, type PendingTimer, pendingTimers, type Run, soonest } from './run.ts';
import type { Fault, Scenario } from './scenario.ts';
import { HOSTS, type HostId, peerOf, type Timeline, type TimelineSymbol } from './timeline.ts';

/** How long an application thinks before it makes the next call of a script. */
const THINKING: Ms = ms(20);
/** A run that has not come to rest after so many steps is cut off. */
const MAX_STEPS = 2000;

/** Plays a scenario to its end. Pure: equal scenarios give equal Timelines. */
export function simulate(scenario: Scenario): Timeline {
  return play(pinFaults(scenario));
}

/** The same scenario with every `last` in its faults counted out, so that a change cannot move it. */
export function pinFaults(scenario: Scenario): Scenario {
  const faults: Fault[] = [];
  for (const fault of scenario.faults) faults.push(pinLast(scenario, faults, fault));
  return { ...scenario, faults };
}

/** "The last ACK" is the one that would be last without this fault: a run without it tells its number. */
function pinLast(scenario: Scenario, known: readonly Fault[], fault: Fault): Fault {
  const { pattern } = fault;
  if (pattern.which !== 'last') return fault;
  const { transmissions } = play({ ...scenario, faults: known });
  const which = findTransmissions(transmissions, { ...pattern, which: 'every' }).length;
  return { ...fault, pattern: { ...pattern, which } };
}

function play(scenario: Scenario): Timeline {
  const run = newRun(scenario);
  let previous = ms(0);
  for (const [place, action] of scenario.script.entries()) {
    if (action.when.kind === 'after') runUntil(run, ms(previous + action.when.wait));
    else if (action.when.kind === 'at') runUntil(run, action.when.time);
    else if (action.when.kind === 'settled') {
      settle(run);
      if (place > 0) run.now = ms(run.now + THINKING);
    }
    if (action.what.kind === 'wait') runUntil(run, ms(run.now + action.what.time));
    else perform(run, action.what);
    previous = run.now;
  }
  if (scenario.scripted !== undefined) return timelineOf(run, run.steps.length < MAX_STEPS);
  settle(run);
  return timelineOf(run, runOut(run));
}

/** What a run has come to. */
export function timelineOf(run: Run, quiet: boolean): Timeline {
  const { scenario } = run;
  return {
    origin: 'scenario',
    profile: scenario.profile.id,
    hosts: scenario.hosts,
    steps: run.steps,
    transmissions: run.transmissions,
    symbols: symbolsOf(run),
    end: quiet ? 'quiet' : 'limit',
  };
}

/** Handles the next arrival or timer if it is due by `until` and wanted. Returns whether there was one. */
function handleNext(run: Run, until: Ms, wanted: (pending: PendingTimer) => boolean): boolean {
  if (run.steps.length >= MAX_STEPS) return false;
  if (makeChange(run)) return true;
  const [first] = run.flying;
  const arrival = first === undefined ? Number.POSITIVE_INFINITY : arrivalTime(run, first);
  const timers = pendingTimers(run);
  const due = arrival <= until || timers.some(wanted) ? soonest(timers) : undefined;
  const timerAt = due?.at ?? Number.POSITIVE_INFINITY;
  if (Math.min(arrival, timerAt) > until) return false;
  if (first !== undefined && arrival <= timerAt) {
    run.now = ms(Math.max(run.now, arrival));
    run.flying.shift();
    arrive(run, first);
    return true;
  }
  if (due === undefined) return false;
  run.now = due.at;
  act(run, due.host, due.socket, { kind: 'timer', timer: due.timer }, { kind: 'timer', timer: due.timer });
  return true;
}

/** Makes the next change whose moment has come. Returns whether there was one. */
function makeChange(run: Run): boolean {
  const next = run.changes.findIndex(({ after }) => after < run.steps.length);
  const [change] = next < 0 ? [] : run.changes.splice(next, 1);
  if (change === undefined) return false;
  if (change.kind === 'act') perform(run, change.what);
  else {
    const { host, timer } = change;
    const socket = newestConnection(run.hosts[host]);
    if (socket?.endpoint.deadlines[timer] === undefined) return true;
    act(run, host, socket, { kind: 'timer', timer }, { kind: 'timer', timer });
  }
  return true;
}

const FOR_EVER = ms(Number.MAX_SAFE_INTEGER);

/** Lets time pass until then, or until there is enough. Returns whether there was. */
export function runUntil(run: Run, until: Ms, enough: () => boolean = () => false): boolean {
  while (!enough()) {
    if (handleNext(run, until, () => true)) continue;
    run.now = ms(Math.max(run.now, until));
    return false;
  }
  return true;
}

/** Timers that mean something is under way. */
const UNSETTLED: ReadonlySet<TimerName> = new Set<TimerName>([
  'retransmission',
  'tail-loss-probe',
  'reordering',
  'delayed-ack',
]);

/** Lets everything come to rest: nothing in flight, nothing waiting to be sent again or acknowledged. */
function settle(run: Run): void {
  const wanted = ({ timer }: PendingTimer) => UNSETTLED.has(timer);
  while (handleNext(run, FOR_EVER, wanted));
}

/** Lets every timer that still means something run out. Returns whether all did. */
function runOut(run: Run): boolean {
  const wanted = (pending: PendingTimer) =>
    pending.timer === 'keepalive' ? nobodyAnswers(run, pending) : pending.timer !== 'persist';
  while (handleNext(run, FOR_EVER, wanted));
  return run.flying.length === 0 && !pendingTimers(run).some(wanted);
}

function nobodyAnswers(run: Run, { host, socket }: PendingTimer): boolean {
  const peer = run.hosts[peerOf(host)];
  const other = peer.sockets.some((s) => s.remotePort === socket.localPort);
  return run.cut || peer.down || !other || socket.endpoint.probes > 0;
}

/** The numbers of a run that have names: those of the scenario, and what follows from the name of a host's first ISS. */
function symbolsOf(run: Run): readonly TimelineSymbol[] {
  const named = definedSymbols(run);
  return [...named, ...HOSTS.flatMap((host) => laterIsses(run, host, named))];
}

/** The ISSs of a host's later connections: after `x` come `x2`, `x3` …. */
function laterIsses(run: Run, host: HostId, named: readonly TimelineSymbol[]): readonly TimelineSymbol[] {
  const first = run.scenario.symbols.find((symbol) => symbol.host === host && symbol.of === 'iss');
  if (first === undefined) return [];
  const taken = new Set(named.map(({ name }) => name));
  const known = new Set(named.flatMap((symbol) => (symbol.host === host ? [symbol.value] : [])));
  const later: TimelineSymbol[] = [];
  let count = 1;
  for (const { from, id, sentIn, segment } of run.transmissions) {
    if (from !== host || sentIn === undefined || !has(segment, SYN) || known.has(segment.seq)) continue;
    known.add(segment.seq);
    do count += 1;
    while (taken.has(`${first.name}${count}`));
    later.push({ name: `${first.name}${count}`, host, value: segment.seq, shownBy: id });
  }
  return later;
}

function definedSymbols(run: Run): readonly TimelineSymbol[] {
  return run.scenario.symbols.flatMap(({ name, host, of }) => {
    const pattern = of === 'iss' ? undefined : of;
    const shown =
      pattern === undefined
        ? run.transmissions.find((t) => t.from === host && !t.forged && (t.segment.flags & SYN) !== 0)
        : findTransmissions(run.transmissions, pattern)[0];
    const value = pattern === undefined ? run.scenario.iss[host][0] : shown?.segment.seq;
    return value === undefined ? [] : [{ name, host, value, shownBy: shown?.id }];
  });
}
