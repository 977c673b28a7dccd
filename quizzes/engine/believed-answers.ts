// What somebody with a misconception would answer: the core is run by its rules.

import { unreachable } from '../../core/result.ts';
import type { Laws } from '../../core/tcp/laws.ts';
import { PROFILES, type Profile } from '../../core/tcp/profiles.ts';
import type { StepResult } from '../../core/tcp/step.ts';
import { ms } from '../../core/tcp/time.ts';
import type { Step, Timeline } from '../../core/timeline/timeline.ts';
import { answerTo, type Field, partOf, type Value } from './ask.ts';
import { type Cut, findCut } from './cut.ts';
import { profileBelieving, replayStep } from './mutants.ts';
import type { Ask, ScenarioPlan } from './pack.ts';
import type { Posed } from './posed.ts';
import { playBelieving } from './run.ts';

/** What somebody with a misconception would answer, by field name; a field may have no answer. */
export type Prediction = ReadonlyMap<string, Value>;

/** What somebody with that misconception would answer: by the step that decided, and by the whole run. */
export function answersBy(misconception: string, posed: Posed): Prediction[] {
  return [predictStep(posed, misconception), predictRun(posed, misconception)].filter(
    (prediction) => prediction !== undefined,
  );
}

/** Whether the step that decided, played by the misconception alone, gives a wrong answer. */
export function errsInStep(posed: Posed, misconception: string): boolean {
  const prediction = predictStep(posed, misconception);
  return prediction !== undefined && isWrong(posed, prediction);
}

/** Whether somebody with that misconception would answer otherwise than right, somewhere. */
export function separates(posed: Posed, misconception: string): boolean {
  return answersBy(misconception, posed).some((prediction) => isWrong(posed, prediction));
}

/** Whether an answer made by a wrong rule differs from the right one. */
export function isWrong(posed: Posed, prediction: Prediction): boolean {
  return [...prediction].some(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(posed.answers.get(name)?.value),
  );
}

/** The whole scenario by the wrong rule, up to the moment of the question. */
export interface BelievedRun {
  readonly timeline: Timeline;
  readonly cut: Cut;
  readonly laws: Laws;
}

export function runBelieving(
  { run: { scenario }, question }: Posed,
  misconception: string,
): BelievedRun | undefined {
  if (scenario === undefined) return undefined;
  const { laws } = profileBelieving(scenario.profile, misconception);
  const timeline = playBelieving(scenario, misconception);
  const cut = findCut(timeline, question.when);
  return cut && { timeline, cut, laws };
}

function predictRun(posed: Posed, misconception: string): Prediction | undefined {
  const believed = runBelieving(posed, misconception);
  return believed && answersIn(posed, believed);
}

export function answersIn(posed: Posed, { timeline, cut, laws }: BelievedRun): Prediction {
  return collect(posed, (field) =>
    hasLetters(field.ask) ? undefined : answerTo(timeline, cut, field, laws)?.value,
  );
}

/**
 * It has another segment in the place of the one asked, a RST for an ACK, or one that answers something else:
 * what it says explains nothing of that one.
 */
export function isOfAnother(posed: Posed, { ask }: Field, believed: BelievedRun | undefined): boolean {
  if (believed === undefined || ask.kind !== 'segment') return false;
  const field: Field = { name: `${ask.host}.flags`, ask, part: 'flags' };
  const [own, other] = [{ timeline: posed.run.timeline, cut: posed.cut }, believed].map(
    ({ timeline, cut }) => {
      const { value, decidedIn } = answerTo(timeline, cut, field) ?? {};
      return [decidedIn && occasionOf(timeline, decidedIn), ask.parts.includes('flags') ? undefined : value];
    },
  );
  return JSON.stringify(own) !== JSON.stringify(other);
}

/** What a step is about: the call, the timer, or the control bits of what arrived. */
function occasionOf({ transmissions }: Timeline, { cause }: Step): string | number | undefined {
  switch (cause.kind) {
    case 'call':
      return cause.call;
    case 'timer':
      return cause.timer;
    case 'arrival':
      return transmissions[cause.transmission]?.segment.flags;
    case 'departure':
      return undefined;
    default:
      return unreachable(cause);
  }
}

/** The letters of cards mean nothing in another run. */
export function hasLetters({ kind }: Ask): boolean {
  return kind === 'order' || kind === 'impossible';
}

/** Everything as it was, and only the steps that decided by the wrong rule. */
export function predictStep(posed: Posed, misconception: string): Prediction | undefined {
  return collect(posed, (field) => predictField(posed, field, misconception));
}

function collect(posed: Posed, answer: (field: Field) => Value | undefined): Prediction {
  const values = posed.fields.map((field) => [field.name, answer(field)] as const);
  return new Map(values.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

/** By which a capture was read; but it answers at once, as a reader of a capture would. */
function capturedBy(plan: ScenarioPlan): Profile {
  const profile = plan.kind === 'capture' ? plan.profile : undefined;
  return { ...(profile ?? PROFILES.rfc9293), delayedAck: ms(0) };
}

function predictField({ run, answers }: Posed, field: Field, misconception: string): Value | undefined {
  const right = answers.get(field.name);
  const step = right?.decidedIn && replayable(run.timeline, right.decidedIn);
  if (right === undefined || step === undefined) return undefined;
  const sound = run.scenario?.profile ?? capturedBy(run.plan);
  const read = (profile: Profile) => {
    const replay = replayStep(run.timeline, step, profile);
    return replay && replayedValue(replay, field, step, profile.laws);
  };
  // The time from the step to the cut is the same for everybody.
  const passed = timeBetween(right.value, read(sound));
  if (passed === undefined) return undefined;
  const value = read(profileBelieving(sound, misconception));
  return value?.kind === 'duration' ? { ...value, time: value.time - passed } : value;
}

/** In a capture, what a host sends shows what its last arrival did to it. */
function replayable(timeline: Timeline, step: Step): Step | undefined {
  if (step.cause.kind !== 'departure') return step;
  return timeline.steps
    .slice(0, step.index)
    .findLast(({ host, cause }) => host === step.host && cause.kind === 'arrival');
}

/** Milliseconds to take off a replayed time; undefined when the sound replay does not give the right answer. */
function timeBetween(right: Value, replayed: Value | undefined): number | undefined {
  if (right.kind === 'duration' && replayed?.kind === 'duration') return replayed.time - right.time;
  return JSON.stringify(right) === JSON.stringify(replayed) ? 0 : undefined;
}

function replayedValue(replay: StepResult, { ask, part }: Field, step: Step, laws: Laws): Value | undefined {
  switch (ask.kind) {
    case 'segment': {
      const sent = replay.effects.find((effect) => effect.kind === 'send');
      return sent && part && partOf(sent.segment, part, ask.host, laws);
    }
    case 'state':
      return { kind: 'state', state: replay.endpoint.state };
    case 'time-left': {
      const fires = replay.endpoint.deadlines[ask.timer];
      return fires === undefined ? undefined : { kind: 'duration', time: fires - step.at };
    }
    default:
      return undefined;
  }
}
