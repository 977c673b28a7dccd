// Why a learner went wrong: the core is run by each misconception's rules, and what it gives is compared.

import { unreachable } from '../../core/result.ts';
import type { Laws } from '../../core/tcp/laws.ts';
import { PROFILES, type Profile } from '../../core/tcp/profiles.ts';
import type { StepResult } from '../../core/tcp/step.ts';
import { ms } from '../../core/tcp/time.ts';
import type { Step, Timeline } from '../../core/timeline/timeline.ts';
import { answerTo, type Field, partOf, type Value } from './ask.ts';
import { type Cut, findCut } from './cut.ts';
import { MISCONCEPTIONS, type Misconception } from './misconceptions.ts';
import { profileBelieving, replayStep } from './mutants.ts';
import type { Ask, Question, ScenarioPlan } from './pack.ts';
import { means } from './parse-answer.ts';
import type { Judged, Posed } from './posed.ts';
import { playBelieving } from './run.ts';

/** A misconception that gives what the learner wrote. */
export interface Diagnosis {
  readonly misconception: Misconception;
  /** Names of the wrong fields it explains. */
  readonly explains: readonly string[];
  /** Whether the step that decided suffices, or the whole run must be played by the wrong rule. */
  readonly reach: 'step' | 'run';
}

/** What somebody with a misconception would answer, by field name; a field may have no answer. */
type Prediction = ReadonlyMap<string, Value>;

const MOST = 3;

/** Names the misconceptions whose core answers as the learner did, best first. */
export function diagnose(posed: Posed, judged: readonly Judged[]): Diagnosis[] {
  const wrong = judged.filter(({ correct }) => !correct);
  if (wrong.length === 0) return [];
  const found = MISCONCEPTIONS.flatMap((misconception) => {
    const course = courseBelieving(posed, misconception.id);
    const wholeRun = course && answersIn(posed, course);
    const step = weigh(posed.question, misconception, 'step', predictStep(posed, misconception.id), judged);
    const candidates = [
      step && { ...step, denied: deniedBy(misconception, wholeRun, judged) },
      weigh(
        posed.question,
        misconception,
        'run',
        wholeRun,
        judged.filter((one) => one.correct || !isOfAnother(posed, one.field, course)),
      ),
    ].filter((candidate) => candidate !== undefined);
    return candidates.sort(better).slice(0, 1);
  });
  const ranked = tellingOnes(found.sort(better)).filter(({ astray }) => !astray);
  return ranked
    .filter(
      (one) =>
        !ranked.some(
          (other) => explainsMore(other, one) || explainsNearer(other, one) || explainsWithout(other, one),
        ),
    )
    .slice(0, MOST)
    .map(({ misconception, explains, reach }) => ({ misconception, explains, reach }));
}

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

interface Candidate extends Diagnosis {
  /** Fields for which it would have answered otherwise than the learner did. */
  readonly contradicts: number;
  /** Whether the question's author has something to say about it. */
  readonly expected: boolean;
  /** Whether it only led the run or the step astray, and shows nowhere in what it is about. */
  readonly astray: boolean;
  /** Whether somebody who held it from the first segment on would have had wrong what the learner has right. */
  readonly denied: boolean;
}

/**
 * Leaves out wrong courses of the whole run when more of them than can be named fit best: to a question that any
 * other course of events answers otherwise, such an answer tells of none.
 */
function tellingOnes(ranked: readonly Candidate[]): readonly Candidate[] {
  const vague = ranked.filter(({ reach, expected }) => reach === 'run' && !expected);
  const [best] = vague;
  const alike = vague.filter(
    ({ explains, contradicts }) =>
      explains.length === best?.explains.length && contradicts === best.contradicts,
  );
  return alike.length > MOST ? ranked.filter((one) => !vague.includes(one)) : ranked;
}

function weigh(
  { feedback }: Question,
  misconception: Misconception,
  reach: Diagnosis['reach'],
  prediction: Prediction | undefined,
  judged: readonly Judged[],
): Candidate | undefined {
  if (prediction === undefined) return undefined;
  const explains: string[] = [];
  let contradicts = 0;
  for (const { field, written, correct, right } of judged) {
    const value = prediction.get(field.name);
    if (value === undefined || written === undefined) continue;
    if (!means(written, value)) {
      // Whoever holds it would have had wrong what the learner has right.
      if (correct) return undefined;
      contradicts += 1;
    } else if (!correct && JSON.stringify(value) !== JSON.stringify(right.value)) explains.push(field.name);
  }
  if (explains.length === 0) return undefined;
  // A whole run by a wrong rule goes so far that it counts only when it fits throughout.
  if (reach === 'run' && contradicts > 0) return undefined;
  const expected = Object.hasOwn(feedback, misconception.id);
  const inSegment = judged.some(({ field }) => explains.includes(field.name) && isOfSegment(field));
  // One step by another state shows in that state; by other numbers it only leads to a segment being misread.
  const shows = inSegment || (reach === 'step' && misconception.laws.detours !== undefined);
  const astray = misconception.derails === true && !expected && !shows;
  return { misconception, explains, reach, contradicts, expected, astray, denied: false };
}

/**
 * Whether a whole run by the wrong rule gives other numbers than the learner's right ones, all else being as it was.
 * Segments that are changed as they leave are misread where they arrive: such a run says nothing of this.
 */
function deniedBy(
  { laws }: Misconception,
  wholeRun: Prediction | undefined,
  judged: readonly Judged[],
): boolean {
  if (wholeRun === undefined || laws.stamp !== undefined) return false;
  let others = 0;
  for (const { field, written, correct, right } of judged) {
    const value = wholeRun.get(field.name);
    if (value === undefined) return false;
    if (value.kind !== 'seq' || right.value.kind !== 'seq') {
      if (JSON.stringify(value) !== JSON.stringify(right.value)) return false;
    } else if ((value.number === undefined) !== (right.value.number === undefined)) return false;
    else if (correct && written !== undefined && !means(written, value)) others += 1;
  }
  return others > 0;
}

function isOfSegment({ ask }: Field): boolean {
  return ask.kind === 'segment' || ask.kind === 'variable';
}

function better(one: Candidate, other: Candidate): number {
  return (
    other.explains.length - one.explains.length ||
    one.contradicts - other.contradicts ||
    Number(other.expected) - Number(one.expected) ||
    Number(one.reach === 'run') - Number(other.reach === 'run')
  );
}

/** Whether `one` explains everything that `other` does, and something besides. */
function explainsMore(one: Candidate, other: Candidate): boolean {
  return (
    one.explains.length > other.explains.length && other.explains.every((name) => one.explains.includes(name))
  );
}

/** Whether `one` explains as much as `other` does, and nothing that is right speaks against it. */
function explainsWithout(one: Candidate, other: Candidate): boolean {
  return other.denied && !one.denied && other.explains.every((name) => one.explains.includes(name));
}

/** A whole run by a wrong rule can meet the same answer by another way, unless the author has that way in mind; one step cannot. */
function explainsNearer(one: Candidate, other: Candidate): boolean {
  return (
    one.reach === 'step' &&
    other.reach === 'run' &&
    !other.expected &&
    other.explains.every((name) => one.explains.includes(name))
  );
}

/** The whole scenario by the wrong rule, up to the moment of the question. */
interface Course {
  readonly timeline: Timeline;
  readonly cut: Cut;
  readonly laws: Laws;
}

function courseBelieving({ run: { scenario }, question }: Posed, misconception: string): Course | undefined {
  if (scenario === undefined) return undefined;
  const { laws } = profileBelieving(scenario.profile, misconception);
  const timeline = playBelieving(scenario, misconception);
  const cut = findCut(timeline, question.when);
  return cut && { timeline, cut, laws };
}

function predictRun(posed: Posed, misconception: string): Prediction | undefined {
  const course = courseBelieving(posed, misconception);
  return course && answersIn(posed, course);
}

function answersIn(posed: Posed, { timeline, cut, laws }: Course): Prediction {
  return collect(posed, (field) =>
    hasLetters(field.ask) ? undefined : answerTo(timeline, cut, field, laws)?.value,
  );
}

/**
 * The course has another segment in the place of the one asked, a RST for an ACK, or one that answers something else:
 * what it says explains nothing of that one.
 */
function isOfAnother(posed: Posed, { ask }: Field, course: Course | undefined): boolean {
  if (course === undefined || ask.kind !== 'segment') return false;
  const field: Field = { name: `${ask.host}.flags`, ask, part: 'flags' };
  const [own, other] = [{ timeline: posed.run.timeline, cut: posed.cut }, course].map(({ timeline, cut }) => {
    const { value, decidedIn } = answerTo(timeline, cut, field) ?? {};
    return [decidedIn && occasionOf(timeline, decidedIn), ask.parts.includes('flags') ? undefined : value];
  });
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
function predictStep(posed: Posed, misconception: string): Prediction | undefined {
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
