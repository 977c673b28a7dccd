import {
  addSocket,
  findSocket,
  type Host,
  isListener,
  newestConnection,
  newestListener,
  noSocket,
  putEndpoint,
  removeSocket,
  type Socket,
} from '../host/host.ts';
import { CLOSED_ENDPOINT, type Endpoint } from '../tcp/endpoint.ts';
import type { TcpEvent } from '../tcp/event.ts';
import type { RuleId } from '../tcp/rules.ts';
import { ACK, type Segment, SYN, segment } from '../tcp/segment.ts';
import { add, lt, type Seq } from '../tcp/seq.ts';
import { type StepResult, step } from '../tcp/step.ts';
import { type Ms, ms } from '../tcp/time.ts';
import { arrivalTime, transmit } from './network.ts';
import { findTransmissions } from './pattern.ts';
import { appResults, newRun, type PendingTimer, pendingTimers, type Run, takeIss } from './run.ts';
import type { Action, Fault, NumberRef, Scenario } from './scenario.ts';
import {
  type CallName,
  type Cause,
  type HostId,
  peerOf,
  type Timeline,
  type TimelineSymbol,
} from './timeline.ts';

/** How long an application thinks before it makes the next call of a script. */
const THINKING: Ms = ms(20);
/** A run that has not come to rest after so many steps is cut off. */
const MAX_STEPS = 2000;

/** Plays a scenario to its end. Pure: equal scenarios give equal Timelines. */
export function simulate(scenario: Scenario): Timeline {
  const faults: Fault[] = [];
  for (const fault of scenario.faults) faults.push(pinLast(scenario, faults, fault));
  return play(scenario, faults);
}

/** "The last ACK" is the one that would be last without this fault: a run without it tells its number. */
function pinLast(scenario: Scenario, known: readonly Fault[], fault: Fault): Fault {
  const { pattern } = fault;
  if (pattern.which !== 'last') return fault;
  const { transmissions } = play(scenario, known);
  const which = findTransmissions(transmissions, { ...pattern, which: 'every' }).length;
  return { ...fault, pattern: { ...pattern, which } };
}

function play(scenario: Scenario, faults: readonly Fault[]): Timeline {
  const run = newRun(scenario, faults);
  let previous = ms(0);
  for (const [place, action] of scenario.script.entries()) {
    if (action.when.kind === 'after') runUntil(run, ms(previous + action.when.wait));
    else if (action.when.kind === 'settled') {
      settle(run);
      if (place > 0) run.now = ms(run.now + THINKING);
    }
    previous = run.now;
    perform(run, action.what);
    if (action.what.kind === 'wait') previous = run.now;
  }
  settle(run);
  const quiet = runOut(run);
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

// --- time -----------------------------------------------------------------------------------------------------

/** Handles the next arrival or timer if it is due by `until` and wanted. Returns whether there was one. */
function handleNext(run: Run, until: Ms, wanted: (pending: PendingTimer) => boolean): boolean {
  if (run.steps.length >= MAX_STEPS) return false;
  const [first] = run.flying;
  const arrival = first === undefined ? Number.POSITIVE_INFINITY : arrivalTime(run, first);
  const timers = pendingTimers(run);
  const due = timers.some(wanted) || arrival <= until ? timers[0] : undefined;
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

const FOR_EVER = ms(Number.MAX_SAFE_INTEGER);

function runUntil(run: Run, until: Ms): void {
  while (handleNext(run, until, () => true));
  run.now = ms(Math.max(run.now, until));
}

/** Lets everything come to rest: nothing in flight, nothing waiting to be sent again or acknowledged. */
function settle(run: Run): void {
  const wanted = ({ timer }: PendingTimer) => timer === 'retransmission' || timer === 'delayed-ack';
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

// --- what happens ---------------------------------------------------------------------------------------------

function perform(run: Run, what: Action['what']): void {
  switch (what.kind) {
    case 'wait':
      return runUntil(run, ms(run.now + what.time));
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
  const socket =
    currentSocket(run.hosts[host]) ?? noSocket(run.hosts[host], run.scenario.hosts[host].port, 0);
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
  const socket =
    currentSocket(run.hosts[host]) ?? noSocket(run.hosts[host], run.scenario.hosts[host].port, 0);
  run.hosts[host] = { ...run.hosts[host], sockets: [], down };
  const rule: RuleId = down ? 'host/crash-forgets' : 'host/starts-empty';
  const { state } = socket.endpoint;
  record(run, host, socket, cause, {
    endpoint: CLOSED_ENDPOINT,
    effects: [],
    rules: [rule],
    path: state === 'CLOSED' ? [state] : [state, 'CLOSED'],
  });
}

/** A transmission reaches its host. */
function arrive(run: Run, id: number): void {
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

/** Applies an event to a socket and lets its effects happen. */
function act(run: Run, host: HostId, socket: Socket, event: TcpEvent, cause: Cause): void {
  settleResult(run, host, socket, cause, step(socket.endpoint, event, run.now, run.scenario.profile));
}

function settleResult(run: Run, host: HostId, socket: Socket, cause: Cause, result: StepResult): void {
  run.hosts[host] = keepOrDrop(run.hosts[host], socket, result.endpoint);
  if (result.endpoint.state === 'CLOSED' && socket.remotePort !== undefined && socket.id !== `${host}0`) {
    run.ended[host] = { ...socket, endpoint: result.endpoint };
  }
  record(run, host, socket, cause, result);
}

/** A child that went back to LISTEN is no more: its listener never left that state. */
function keepOrDrop(host: Host, socket: Socket, endpoint: Endpoint): Host {
  if (endpoint.state === 'LISTEN' && !isListener(socket)) return removeSocket(host, socket.id);
  return putEndpoint(host, socket.id, endpoint);
}

function record(run: Run, host: HostId, socket: Socket, cause: Cause, result: StepResult): void {
  const index = run.steps.length;
  const sent: number[] = [];
  const toPort = socket.remotePort ?? portOfSender(run, cause);
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
    app: appResults(result.effects),
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

// --- names for numbers ----------------------------------------------------------------------------------------

function symbolsOf(run: Run): readonly TimelineSymbol[] {
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
