import type { Profile } from '../../../core/tcp/profiles.ts';
import { seq } from '../../../core/tcp/seq.ts';
import { type Ms, ms } from '../../../core/tcp/time.ts';
import type { Action, Scenario } from '../../../core/timeline/scenario.ts';
import { simulate } from '../../../core/timeline/simulate.ts';
import { HOSTS, type HostId, type Timeline } from '../../../core/timeline/timeline.ts';
import type { Capture } from '../../../core/wire/capture.ts';
import { type AppCall, readCapture, readTrace, type Side, type Trace } from '../trace.ts';
import { departureText, type Story } from './agreement.ts';
import { scriptOf } from './calls.ts';
import { hiddenOptions } from './hidden-options.ts';
import { judge } from './judge.ts';
import { faultsOf, forgeriesOf } from './network.ts';
import { type Captures, connectionOf, type Life, livesOf, type Recorded, recordedWire } from './recorded.ts';
import { profileOf } from './settings.ts';
import { callsAfterTimers, callsBeforeTimers, timeOf } from './ties.ts';

/** What one end of one connection of a trace sent, compared with what was predicted. */
export interface Prediction {
  readonly trace: string;
  readonly side: Side;
  /** `local-remote` ports. */
  readonly socket: string;
  readonly verdict: 'ok' | 'differs' | 'departure' | 'out of scope';
  /** The first difference, the row of docs/departures.md, or why it is out of scope. */
  readonly detail: string;
  readonly recorded: string;
  readonly predicted: string;
}

/** Arrivals are then known from the wire's verdicts alone, and forged segments without their options. */
const NOTHING_CAPTURED: Capture = { startedAt: undefined, duration: ms(0), packets: [], frames: 0 };

/** Replays the calls of a trace and what its wire did between two endpoints of the linux profile. */
export function predictTrace(directory: string, name: string): Prediction[] {
  const trace = readTrace(directory, name);
  const captures: Captures = {
    A: readCapture(directory, name, 'client') ?? NOTHING_CAPTURED,
    B: readCapture(directory, name, 'server') ?? NOTHING_CAPTURED,
  };
  const wire = recordedWire(trace, captures);
  const keys = [...new Set(wire.map(connectionOf))];
  if (keys.length === 0) return [row(trace, 'A', '-', 'out of scope', 'nothing passed the recorded wire')];
  const { scenario, unknown } = replayOf(trace, captures, wire);
  const timeline = playWithTies(scenario, wire);
  return keys.flatMap((key) => HOSTS.map((host) => compare(trace, timeline, wire, host, key, unknown)));
}

/** Ties between calls and timers that are settled by the record, at most. */
const MOST_TIES = 4;

function playWithTies(scenario: Scenario, wire: readonly Recorded[]): Timeline {
  let timeline = simulate(scenario);
  let next: Scenario | undefined = scenario;
  for (let tie = 0; tie < MOST_TIES; tie += 1) {
    next = callsBeforeTimers(next, timeline, wire) ?? callsAfterTimers(next, timeline, wire);
    if (next === undefined) break;
    timeline = simulate(next);
  }
  return timeline;
}

interface Replay {
  readonly scenario: Scenario;
  /** Calls of the log that nobody here knows. */
  readonly unknown: readonly AppCall[];
}

function replayOf(trace: Trace, captures: Captures, wire: readonly Recorded[]): Replay {
  const lives = { A: livesOf(wire, 'A'), B: livesOf(wire, 'B') };
  const options = {
    A: hiddenOptions(trace, 'A', wire, lives.A),
    B: hiddenOptions(trace, 'B', wire, lives.B),
  };
  const scripts = HOSTS.map((host) => scriptOf(trace, host, wire, lives[host], options[host]));
  const profileAt = (host: HostId): Profile => ({
    ...profileOf(trace, host, captures, wire),
    ...options[host].changes,
  });
  const profiles = { A: profileAt('A'), B: profileAt('B') };
  const stampsFrom = { A: profiles.A.timestampsFrom, B: profiles.B.timestampsFrom };
  const actions = [
    ...forgeriesOf(trace, captures, wire, stampsFrom),
    ...scripts.flatMap((script) => script.actions),
  ];
  const iss = (ones: readonly Life[]) => (ones.length === 0 ? [seq(1)] : ones.map((life) => life.iss));
  const scenario: Scenario = {
    profile: profiles.A,
    profiles: { B: profiles.B },
    hosts: {
      A: { name: 'client', address: trace.addresses.C, port: wire[0]?.portA ?? 1 },
      B: { name: 'server', address: trace.addresses.S, port: wire[0]?.portB ?? trace.server_port },
    },
    iss: { A: iss(lives.A), B: iss(lives.B) },
    delay: ms(trace.one_way_delay * 1000),
    spacing: ms(0),
    reads: false,
    script: [...actions.sort((a, b) => timeOf(a) - timeOf(b)), untilTheEnd(trace)],
    faults: faultsOf(wire),
    symbols: [],
  };
  return { scenario, unknown: scripts.flatMap((script) => script.unknown) };
}

/** Timers that run longer than anything else are waited for. */
function untilTheEnd({ duration }: Trace): Action {
  return { when: { kind: 'at', time: ms(duration * 1000) }, what: { kind: 'wait', time: ms(0) } };
}

function compare(
  trace: Trace,
  timeline: Timeline,
  wire: readonly Recorded[],
  host: HostId,
  key: string,
  unknown: readonly AppCall[],
): Prediction {
  const end = ms(trace.duration * 1000);
  const here = wire.filter((one) => connectionOf(one) === key);
  const recorded: Story = {
    departures: here.filter(({ from, forged }) => from === host && !forged),
    arrivals: here.flatMap(({ from, arrivesAt }) =>
      from === host || arrivesAt === undefined ? [] : [arrivesAt],
    ),
  };
  const ours = timeline.transmissions.filter(
    ({ from, fromPort, toPort, sentAt }) =>
      key === (from === 'A' ? `${fromPort}-${toPort}` : `${toPort}-${fromPort}`) && sentAt <= end,
  );
  const predicted: Story = {
    departures: ours
      .filter(({ from, forged, copyOf }) => from === host && !forged && copyOf === undefined)
      .map(({ sentAt, segment }) => ({ at: sentAt, segment })),
    arrivals: ours.flatMap(({ from, arrivesAt }) =>
      from === host || arrivesAt === undefined ? [] : [arrivesAt],
    ),
  };
  const calls = callTimes(timeline, host);
  const { verdict, detail, pair } = judge({ trace, here, unknown, recorded, predicted, calls, end });
  const base = row(trace, host, key, verdict, detail);
  if (pair === undefined) return base;
  const [iss, irs] = ([host, host === 'A' ? 'B' : 'A'] as const).map(
    (who) => livesOf(here, who).findLast(({ from }) => from <= (pair.recorded?.at ?? end))?.iss,
  );
  return {
    ...base,
    recorded: departureText(pair.recorded, iss, irs),
    predicted: departureText(pair.predicted, iss, irs),
  };
}

/** When calls were made on that host; a close at end of file is made by the endpoint itself. */
function callTimes(timeline: Timeline, host: HostId): readonly Ms[] {
  return timeline.steps.flatMap((step) =>
    step.host === host && step.cause.kind === 'call' ? [step.at] : [],
  );
}

function row(
  trace: Trace,
  host: HostId,
  key: string,
  verdict: Prediction['verdict'],
  detail: string,
): Prediction {
  const [portA = '', portB = ''] = key.split('-');
  const socket = host === 'A' ? `${portA}-${portB}` : `${portB}-${portA}`;
  return {
    trace: trace.name,
    side: host === 'A' ? 'client' : 'server',
    socket,
    verdict,
    detail,
    recorded: '',
    predicted: '',
  };
}
