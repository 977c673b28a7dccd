// A script under way: one host with our TCP, and its peer, which does only what the script says.

import { isListener } from '../../host/host.ts';
import type { AppResult } from '../../tcp/event.ts';
import type { Profile } from '../../tcp/profiles.ts';
import { SYN } from '../../tcp/segment.ts';
import { seq } from '../../tcp/seq.ts';
import { type Ms, ms } from '../../tcp/time.ts';
import { perform } from '../../timeline/perform.ts';
import { newRun, type Run } from '../../timeline/run.ts';
import type { Action, Deed, Scenario } from '../../timeline/scenario.ts';
import { runUntil } from '../../timeline/simulate.ts';
import { type HostId, peerOf, type Step, type Transmission } from '../../timeline/timeline.ts';
import { configure } from './configure.ts';
import type { Script } from './script.ts';

/** A file descriptor of the script. */
export interface Descriptor {
  /** The host's connection, 1 for its first; 0 for its listener; undefined before there is one. */
  connection: number | undefined;
  /** close() resets: SO_LINGER with a time of zero. */
  lingers: boolean;
  /** Octets the script has read. */
  read: number;
  /** An error of the connection was returned by a call: the next one gets another. */
  failed: boolean;
}

interface Waiting {
  readonly due: Ms;
  readonly act: () => void;
}

export interface Stage {
  readonly run: Run;
  /** The system under test. */
  readonly host: HostId;
  readonly takesWindow: boolean;
  readonly done: Action[];
  readonly descriptors: Map<number, Descriptor>;
  /** Transmissions looked at so far. */
  looked: number;
  /** What the times of relative lines count from. */
  base: Ms;
  waiting: readonly Waiting[];
  /** The core's timestamp for each of the script's. */
  readonly stamps: Map<number, number>;
}

/** By the script's own settings, a connection that could begin at any moment. */
export function openStage(script: Script, profile: Profile, takesWindow: boolean): Stage {
  const host: HostId = script.lines.some((line) => line.kind === 'call' && line.name === 'connect')
    ? 'A'
    : 'B';
  const [own, peer] = [isnOf(script, 'out'), isnOf(script, 'in')];
  const [local, remote] = ['192.168.0.1', '192.0.2.1'];
  const scenario: Scenario = {
    profile: configure(profile, script, takesWindow),
    hosts: {
      A: { name: '', address: host === 'A' ? local : remote, port: 51_234 },
      B: { name: '', address: host === 'B' ? local : remote, port: 8080 },
    },
    iss: { A: isns(host === 'A' ? own : peer), B: isns(host === 'B' ? own : peer) },
    delay: ms(0),
    spacing: ms(0),
    reads: script.remarks.includes('reads at once'),
    scripted: peerOf(host),
    script: [],
    faults: [],
    symbols: [
      { name: 'x', host: 'A', of: 'iss' },
      { name: 'y', host: 'B', of: 'iss' },
    ],
  };
  return {
    run: newRun(scenario),
    host,
    takesWindow,
    done: [],
    descriptors: new Map(),
    looked: 0,
    base: ms(0),
    waiting: [],
    stamps: new Map(),
  };
}

/** Every connection of a script counts from the same number. */
const CONNECTIONS = 64;

function isns(first: number) {
  return new Array<ReturnType<typeof seq>>(CONNECTIONS).fill(seq(first));
}

function isnOf({ lines }: Script, direction: 'in' | 'out'): number {
  const syn = lines.find(
    (line) => line.kind === 'packet' && line.direction === direction && (line.packet.flags & SYN) !== 0,
  );
  return syn?.kind === 'packet' ? syn.packet.seq : 0;
}

/** Does it now, and remembers it as a line of the scenario. Returns the steps that came of it at once. */
export function doNow(stage: Stage, what: Deed): readonly Step[] {
  const { run } = stage;
  const before = run.steps.length;
  stage.done.push({ when: { kind: 'at', time: run.now }, what });
  perform(run, what);
  return run.steps.slice(before);
}

/** Lets time pass until then, with what falls due on the way. Returns whether there was enough before. */
export function runTo(stage: Stage, until: Ms, enough: () => boolean = () => false): boolean {
  for (;;) {
    const next = [...stage.waiting].sort((one, other) => one.due - other.due)[0];
    if (next === undefined || next.due >= until) return runUntil(stage.run, until, enough);
    if (runUntil(stage.run, next.due, enough)) return true;
    stage.waiting = stage.waiting.filter((one) => one !== next);
    next.act();
  }
}

/** What blocked until now returns: after the segments of this moment, and before its other calls. */
export function unblock(stage: Stage): void {
  const due = stage.waiting.filter((one) => one.due <= stage.run.now);
  stage.waiting = stage.waiting.filter((one) => !due.includes(one));
  for (const one of due) one.act();
}

/** Later, at a time of the script. */
export function later(stage: Stage, due: Ms, act: () => void): void {
  stage.waiting = [...stage.waiting, { due, act }];
}

/** The next segment of the system under test that no line has taken; undefined when there is none yet. */
export function nextSent(stage: Stage): Transmission | undefined {
  return unseen(stage)[0];
}

/**
 * What the host has sent that no line of the script was compared with yet; copies made by the network are not sent by it.
 */
export function unseen({ run, host, looked }: Stage): readonly Transmission[] {
  return run.transmissions.slice(looked).filter(({ from, copyOf }) => from === host && copyOf === undefined);
}

/** The ports that a segment of the peer has: those of the connection that is, was, or will be. */
export function portsOfPeer({ run, host }: Stage): { readonly local: number; readonly remote: number } {
  const connection =
    run.hosts[host].sockets.findLast((socket) => !isListener(socket)) ?? run.ended[host].at(-1);
  const { hosts } = run.scenario;
  return {
    local: connection?.remotePort ?? hosts[peerOf(host)].port,
    remote: connection?.localPort ?? hosts[host].port,
  };
}

/** What the application of a connection was told so far. */
export function toldOf({ run, host }: Stage, connection: number | undefined): readonly AppResult[] {
  const id = connection === undefined ? undefined : run.connections[host][connection - 1];
  return run.steps.flatMap((step) => (step.socket === id ? step.app : []));
}
