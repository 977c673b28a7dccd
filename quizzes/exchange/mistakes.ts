// What somebody with a misconception would answer, computed by running the core with the wrong rule.

import { distance } from '../../core/tcp/seq.ts';
import type { Language } from '../../core/text.ts';
import { acceptedAnswers } from '../engine/alternatives.ts';
import type { Field, Value } from '../engine/ask.ts';
import { answersBy } from '../engine/believed-answers.ts';
import { MISCONCEPTIONS, type Misconception, type MisconceptionId } from '../engine/misconceptions.ts';
import { means, parseField, spaceOf } from '../engine/parse-answer.ts';
import type { Posed } from '../engine/posed.ts';
import { notationsOf } from './notations.ts';

/** A wrong answer with its reason. */
export interface Mistake {
  readonly misconception: string;
  readonly name: string;
  /** Why it is wrong, and what the author says to it. */
  readonly feedback: string;
  /** The wrong value in every notation; for choices its value alone. */
  readonly written: readonly string[];
}

/** By field name, most basic misconception first; each wrong value once. */
export function mistakesIn(posed: Posed, language: Language): ReadonlyMap<string, readonly Mistake[]> {
  const found = new Map<string, Mistake[]>();
  const accepted = acceptedAnswers(posed);
  const predictions = MISCONCEPTIONS.map((misconception) => answersBy(misconception.id, posed));
  // By the deciding step first: a whole run by a wrong rule can meet the same answer by a far-fetched way.
  for (const reach of [0, 1]) {
    for (const [place, misconception] of MISCONCEPTIONS.entries()) {
      const prediction = predictions[place]?.[reach];
      if (prediction === undefined) continue;
      for (const field of posed.fields) {
        const value = prediction.get(field.name);
        const right = posed.answers.get(field.name)?.value;
        if (value === undefined || right === undefined) continue;
        if (isFarFetched(posed, field, value, misconception.id)) continue;
        const known = found.get(field.name) ?? [];
        const rights = [right, ...accepted.flatMap(({ values }) => values.get(field.name) ?? [])];
        const written = wrongTexts(posed, field, value, rights, known);
        if (written.length === 0) continue;
        known.push(mistake(posed, misconception, written, language));
        found.set(field.name, known);
      }
    }
  }
  return found;
}

/** Empty when the value is right, or is somebody else's mistake already. */
function wrongTexts(
  posed: Posed,
  field: Field,
  value: Value,
  rights: readonly Value[],
  known: readonly Mistake[],
): readonly string[] {
  if (rights.some((right) => JSON.stringify(value) === JSON.stringify(right))) return [];
  if (value.kind === 'choice') {
    return known.some(({ written }) => written.includes(value.choice)) ? [] : [value.choice];
  }
  const taken = new Set(known.flatMap(({ written }) => written.map((text) => text.toLowerCase())));
  const own = notationsOf(posed, field, value).filter((text) => {
    // A text can be read in two ways (1 is absolute and relative): one of them right is enough for the learner.
    const read = parseField(text, field, posed);
    return (
      !(read !== undefined && rights.some((right) => means(read, right))) && !taken.has(text.toLowerCase())
    );
  });
  return own;
}

/**
 * What nobody would write: a number near none with a name and near no right one, of a connection that only the wrong
 * run has; flags or a state for a reason that speaks of numbers alone.
 */
function isFarFetched(posed: Posed, field: Field, value: Value, misconception: string): boolean {
  if (value.kind === 'flags' || value.kind === 'state') return ABOUT_NUMBERS.has(misconception);
  const number = value.kind === 'seq' ? value.number : undefined;
  if (number === undefined || number < NEAR) return false;
  const symbols = (spaceOf(field, posed)?.symbols ?? []).map((symbol) => symbol.value);
  const rights = [...posed.answers.values()].flatMap(({ value: right }) =>
    right.kind === 'seq' && right.number !== undefined ? [right.number] : [],
  );
  return [...symbols, ...rights].every((known) => Math.abs(distance(known, number) | 0) > NEAR);
}

const ABOUT_NUMBERS: ReadonlySet<string> = new Set<MisconceptionId>([
  'syn-consumes-nothing',
  'fin-consumes-nothing',
  'pure-ack-consumes-one',
  'ack-is-last-octet',
  'ack-repeats-seq',
  'ack-is-seq-plus-one',
  'ack-skips-the-gap',
  'ack-counts-segments',
  'seq-and-ack-swapped',
  'retransmission-takes-new-number',
  'seq-counts-segments',
  'probe-takes-next-number',
]);

/** More than any run of a lesson sends. */
const NEAR = 1_000_000;

function mistake(
  posed: Posed,
  { id, name, text }: Misconception,
  written: readonly string[],
  language: Language,
): Mistake {
  const { feedback } = posed.question;
  const author = Object.hasOwn(feedback, id) ? feedback[id]?.[language] : undefined;
  return {
    misconception: id,
    name: name[language],
    feedback: author === undefined ? text[language] : `${author} ${text[language]}`,
    written,
  };
}
