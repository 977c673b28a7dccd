import { type Seq, seq } from '../../core/tcp/seq.ts';
import { ms } from '../../core/tcp/time.ts';
import type { Action, Scenario } from '../../core/timeline/scenario.ts';
import { simulate } from '../../core/timeline/simulate.ts';
import type { HostId, Timeline } from '../../core/timeline/timeline.ts';
import { drawInt } from './chance.ts';
import { moveNumbers } from './move-numbers.ts';
import { profileBelieving } from './mutants.ts';
import type { PacketdrillPlan, PlannedAction, ScenarioPlan, ScriptPlan } from './pack.ts';

/** One play of a plan: the Timeline, and for scripts the scenario that gave it. */
export interface Run {
  readonly plan: ScenarioPlan;
  readonly timeline: Timeline;
  readonly scenario: Scenario | undefined;
}

/** Plays a plan with the numbers that `seed` draws; a capture is what it is. */
export function play(plan: ScenarioPlan, seed: number): Run {
  if (plan.kind === 'capture') return { plan, timeline: plan.timeline, scenario: undefined };
  if (plan.kind === 'packetdrill') return playPacketdrill(plan, seed);
  const scenario = draw(plan, seed);
  return { plan, timeline: simulate(scenario), scenario };
}

/** The run of a packetdrill script with all its sequence numbers moved to those that `seed` draws. */
function playPacketdrill(plan: PacketdrillPlan, seed: number): Run {
  const moved = (host: HostId) => drawFirstIss(plan, seed, host) - (plan.scenario.iss[host][0] ?? 0);
  const scenario = moveNumbers(plan.scenario, { A: moved('A'), B: moved('B') });
  // What is forged in the peer's name shows no beginning of its numbers.
  const bases = { A: scenario.iss.A[0] ?? seq(0), B: scenario.iss.B[0] ?? seq(0) };
  return { plan, timeline: { ...simulate(scenario), bases }, scenario };
}

/** The same scenario by the rules of a misconception. */
export function playBelieving(scenario: Scenario, misconception: string): Timeline {
  return simulate({ ...scenario, profile: profileBelieving(scenario.profile, misconception) });
}

/** Far from 0, so that a small number can only be meant as a relative one. */
const ANY_ISS = {
  A: { from: 0x1000_0000, to: 0x6fff_ffff },
  B: { from: 0x8000_0000, to: 0xefff_ffff },
} as const;

/** Connections of one host that get an ISS of their own. */
const ISS_DRAWN = 4;

function draw(plan: ScriptPlan, seed: number): Scenario {
  return {
    profile: plan.believe === undefined ? plan.profile : profileBelieving(plan.profile, plan.believe),
    hosts: plan.hosts,
    iss: { A: drawIss(plan, seed, 'A'), B: drawIss(plan, seed, 'B') },
    ...(plan.issClock === true && { issClock: true }),
    delay: plan.delay,
    script: plan.script.map((action, index) => drawAction(action, seed, index)),
    faults: plan.faults,
    symbols: plan.symbols,
  };
}

function drawIss(plan: ScriptPlan, seed: number, host: HostId): Seq[] {
  const later = Array.from({ length: ISS_DRAWN - 1 }, (_, place) =>
    seq(drawInt(seed, `iss/${host}/${place + 1}`, ANY_ISS[host])),
  );
  return [drawFirstIss(plan, seed, host), ...later];
}

function drawFirstIss({ iss }: Pick<ScriptPlan, 'iss'>, seed: number, host: HostId): Seq {
  return seq(drawInt(seed, `iss/${host}/0`, iss[host] ?? ANY_ISS[host]));
}

function drawAction(action: PlannedAction, seed: number, index: number): Action {
  const when: Action['when'] =
    action.when.kind === 'after'
      ? { kind: 'after', wait: ms(drawInt(seed, `after/${index}`, action.when.wait)) }
      : action.when;
  return { when, what: drawWhat(action.what, seed, index) };
}

function drawWhat(what: PlannedAction['what'], seed: number, index: number): Action['what'] {
  switch (what.kind) {
    case 'call': {
      const { length, port, ...rest } = what;
      return {
        ...rest,
        ...(port === undefined ? {} : { ports: { local: port } }),
        ...(length === undefined ? {} : { length: drawInt(seed, `length/${index}`, length) }),
      };
    }
    case 'wait':
      return { kind: 'wait', time: ms(drawInt(seed, `wait/${index}`, what.time)) };
    case 'forge': {
      const { port, timestamp, ...rest } = what;
      return {
        ...rest,
        ...(port === undefined ? {} : { ports: { local: port } }),
        ...(timestamp === undefined ? {} : { options: { timestamps: { value: timestamp, echo: 0 } } }),
      };
    }
    default:
      return what;
  }
}
