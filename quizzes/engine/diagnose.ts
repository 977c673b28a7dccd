// Why a learner went wrong: what each misconception would answer is compared with what they wrote.

import type { Field } from './ask.ts';
import { answersIn, isOfAnother, type Prediction, predictStep, runBelieving } from './believed-answers.ts';
import { MISCONCEPTIONS, type Misconception } from './misconceptions.ts';
import type { Question } from './pack.ts';
import { means } from './parse-answer.ts';
import type { Judged, Posed } from './posed.ts';

/** A misconception that gives what the learner wrote. */
export interface Diagnosis {
  readonly misconception: Misconception;
  /** Names of the wrong fields it explains. */
  readonly explains: readonly string[];
  /** Whether the step that decided suffices, or the whole run must be played by the wrong rule. */
  readonly reach: 'step' | 'run';
}

const MOST = 3;

/** Names the misconceptions whose core answers as the learner did, best first. */
export function diagnose(posed: Posed, judged: readonly Judged[]): Diagnosis[] {
  const wrong = judged.filter(({ correct }) => !correct);
  if (wrong.length === 0) return [];
  const found = MISCONCEPTIONS.flatMap((misconception) => {
    const believed = runBelieving(posed, misconception.id);
    const wholeRun = believed && answersIn(posed, believed);
    const step = weigh(posed.question, misconception, 'step', predictStep(posed, misconception.id), judged);
    const candidates = [
      step && { ...step, denied: deniedBy(misconception, wholeRun, judged) },
      weigh(
        posed.question,
        misconception,
        'run',
        wholeRun,
        judged.filter((one) => one.correct || !isOfAnother(posed, one.field, believed)),
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
