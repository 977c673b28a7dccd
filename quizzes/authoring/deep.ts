// What takes many runs of the core to tell of a question, or a look at what the learner cannot see.

import type { Bilingual, Language } from '../../core/text.ts';
import type { Scenario } from '../../core/timeline/scenario.ts';
import type { Timeline } from '../../core/timeline/timeline.ts';
import { answerTo } from '../engine/ask.ts';
import { errsInStep, separates } from '../engine/believed-answers.ts';
import { deriveSeed } from '../engine/chance.ts';
import { findCut } from '../engine/cut.ts';
import { causeText } from '../engine/describe.ts';
import { MISCONCEPTION_IDS, type MisconceptionId } from '../engine/misconceptions.ts';
import { profileBelieving } from '../engine/mutants.ts';
import type { Draw, PlannedAction, Question, ScenarioPlan, ScriptPlan } from '../engine/pack.ts';
import { type Posed, pose } from '../engine/posed.ts';
import { play, playBelieving, type Run } from '../engine/run.ts';
import { type Finding, whyNotPosed } from '../format/examine.ts';

/** Runs of one plan over many seeds and at both ends of every range, by the right rules and by wrong ones. */
export interface ManyRuns {
  readonly count: number;
  run(place: number): Run;
  /** The run of that place by the rules of a misconception. */
  believing(place: number, misconception: string): Timeline | undefined;
}

const SEEDS = 14;

/** Plays a plan many times, each play only when it is asked for. */
export function playMany(plan: ScenarioPlan): ManyRuns {
  const runs = new Map<number, Run>();
  const wrong = new Map<string, Timeline>();
  function playAt(place: number): Run {
    if (plan.kind !== 'script' || place < SEEDS) return play(plan, deriveSeed(place, plan.id));
    return play(atEnds(plan, place === SEEDS ? 'from' : 'to'), 1);
  }
  function run(place: number): Run {
    const known = runs.get(place) ?? playAt(place);
    runs.set(place, known);
    return known;
  }
  return {
    count: { capture: 1, packetdrill: SEEDS, script: SEEDS + 2 }[plan.kind],
    run,
    believing(place, misconception) {
      const key = `${place}/${misconception}`;
      const { scenario } = run(place);
      const known = wrong.get(key) ?? (scenario && playBelieving(scenario, misconception));
      if (known !== undefined) wrong.set(key, known);
      return known;
    },
  };
}

/** The plan with the least, or the most, of everything that is drawn. */
function atEnds(plan: ScriptPlan, end: 'from' | 'to'): ScriptPlan {
  const only = (draw: Draw): Draw => ({ from: draw[end], to: draw[end] });
  const action = ({ when, what }: PlannedAction): PlannedAction => ({
    when: when.kind === 'after' ? { ...when, wait: only(when.wait) } : when,
    what:
      what.kind === 'call' && what.length !== undefined
        ? { ...what, length: only(what.length) }
        : what.kind === 'wait'
          ? { ...what, time: only(what.time) }
          : what,
  });
  const iss = Object.fromEntries(Object.entries(plan.iss).map(([host, draw]) => [host, only(draw)]));
  return { ...plan, script: plan.script.map(action), iss };
}

/** Everything that many runs tell of a question; warnings only. Yields between pieces of work. */
export function* examineDeeply(question: Question, many: ManyRuns): Generator<void, Finding[]> {
  if (question.asks.length === 0) return [];
  const poses: Posed[] = [];
  for (let place = 0; place < many.count; place += 1) {
    yield;
    const run = many.run(place);
    const posed = pose(question, run);
    if (!posed.ok) return [{ ...whyNotPosed(question, run, posed.error), severity: 'warning' }];
    poses.push(posed.value);
  }
  const [first] = poses;
  if (first === undefined) return [];
  const found = unknowable(first);
  for (const name of MISCONCEPTION_IDS) {
    yield;
    found.push(...(yield* coincidence(name, first, poses, many)));
  }
  return found;
}

/** The next segment may follow from a call, or from a segment of the network's, that comes after the cut. */
function unknowable({ question, answers, fields, cut, run: { timeline } }: Posed): Finding[] {
  if (question.prompt !== undefined) return [];
  for (const { name, ask } of fields) {
    if (ask.kind !== 'segment') continue;
    let step = answers.get(name)?.decidedIn;
    while (step !== undefined && step.index > cut.step) {
      const now = step;
      const { cause } = now;
      if (cause.kind === 'call') {
        const says = (language: Language) => `${now.host} ${causeText(timeline, now, language)}`;
        return [ambiguous({ 'en': says('en'), 'zh-CN': says('zh-CN') })];
      }
      if (cause.kind !== 'arrival') break;
      const sentIn = timeline.transmissions[cause.transmission]?.sentIn;
      step = sentIn === undefined || sentIn >= now.index ? undefined : timeline.steps[sentIn];
    }
  }
  return [];
}

function ambiguous(says: Bilingual): Finding {
  return { code: 'ambiguous-answer', severity: 'warning', within: ['ask'], of: 'value', details: { says } };
}

/** A misconception may give the wrong answer on most numbers and the right one on others. */
function* coincidence(
  name: MisconceptionId,
  first: Posed,
  poses: readonly Posed[],
  many: ManyRuns,
): Generator<void, Finding[]> {
  const own = Object.hasOwn(first.question.feedback, name);
  // What a wrong rule does to the run before tells little of this question, unless its author speaks of it.
  if (!(own ? separates(first, name) : errsInStep(first, name))) return [];
  for (const [place, posed] of poses.entries()) {
    yield;
    if (errs(posed, place, name, many) || separates(posed, name)) continue;
    const numbers = numbersOf(posed.run);
    const within = own ? ['feedback', name] : ['ask'];
    const details = { name, says: { 'en': numbers, 'zh-CN': numbers } };
    return [{ code: 'coincides', severity: 'warning', within, of: own ? 'key' : 'value', details }];
  }
  return [];
}

/** Whether the whole run by the wrong rule answers wrongly. */
function errs(posed: Posed, place: number, misconception: string, many: ManyRuns): boolean {
  const timeline = many.believing(place, misconception);
  const cut = timeline && findCut(timeline, posed.question.when);
  if (timeline === undefined || cut === undefined || posed.run.scenario === undefined) return false;
  const { laws } = profileBelieving(posed.run.scenario.profile, misconception);
  return posed.fields.some((field) => {
    const value = answerTo(timeline, cut, field, laws)?.value;
    return (
      value !== undefined && JSON.stringify(value) !== JSON.stringify(posed.answers.get(field.name)?.value)
    );
  });
}

/** What was drawn for a run, as an author would write it. */
function numbersOf({ plan, scenario }: Run): string {
  if (plan.kind === 'capture' || scenario === undefined) return plan.id;
  const lengths = scenario.script.flatMap(({ what }: Scenario['script'][number]) =>
    what.kind === 'call' && what.length !== undefined ? [`${what.host}: ${what.call} ${what.length}`] : [],
  );
  const iss = (['A', 'B'] as const).map((host) => `${host}.iss = ${scenario.iss[host][0]}`);
  return [...lengths, ...iss].join(', ');
}
