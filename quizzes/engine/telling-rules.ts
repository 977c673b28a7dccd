// Which rules decide an answer: of all that decided its step, those that tell what was asked.

import type { RuleId } from '../../core/tcp/rules.ts';
import { FIN } from '../../core/tcp/segment.ts';
import { ALL_TRANSITIONS, type Transition } from '../../core/tcp/transitions.ts';
import type { Step } from '../../core/timeline/timeline.ts';
import type { Answer, Field } from './ask.ts';
import type { Posed } from './posed.ts';
import { rulesOfStep } from './step-rules.ts';

/** What rules tell. A rule beside the table that is of none of these kinds tells what happens. */
const OF_NUMBERS = /^number\/|^open\/chooses-iss$|^timer\/same-number-again$/;
const OF_TIMES =
  /^time-wait\/(lasts|starts)|^timer\/(backs-off|first-syns|syn-was-repeated|fin-wait-2)|^timestamps\/|^keepalive\/peer-was-heard$|^window\/probe-after-one-rto$/;
const OF_ACKNOWLEDGED = /^ack\/(advances|duplicate-is-ignored)$/;

/** What happens, and with which numbers. */
const HAPPENS_WITH_NUMBERS = /^reset\/|^keepalive\/probe$|^window\/probe$|^loss\//;
const HAPPENS_WITH_ACK =
  /^reset\/|^data\/|^open\/data-on-syn|^arrives\/|^rst\/inexact|^syn\/challenged|^window\/closed-takes-nothing/;
const HAPPENS_WITH_TIME =
  /^time-wait\/|^timer\/|^keepalive\/|^window\/|^ack\/(may-be-delayed|delayed-is-due|every-second)|^loss\/|^syn-sent\/tries-again/;

/** Rules that say how many numbers something takes, for the next one of the same sender. */
const TAKES = /^number\/.*takes/;
const TAKES_NONE = 'number/ack-takes-none';

const ROWS = new Map<string, Transition>(ALL_TRANSITIONS.map(({ id, row }) => [id, row]));

type Telling = (rule: RuleId) => boolean;

const isRow: Telling = (rule) => ROWS.has(rule);
const happens: Telling = (rule) => ![OF_NUMBERS, OF_TIMES, OF_ACKNOWLEDGED].some((kind) => kind.test(rule));
const inAny =
  (...kinds: readonly RegExp[]): Telling =>
  (rule) =>
    kinds.some((kind) => kind.test(rule));
const numbers = inAny(OF_NUMBERS, HAPPENS_WITH_NUMBERS);

/** What to look for, the most telling first: the first that any of the step's rules fulfils decides. */
function lookFor({ ask, part }: Field, { value }: Answer, step: Step, rules: readonly RuleId[]): Telling[] {
  switch (value.kind) {
    case 'seq':
      if (value.number === undefined) return [happens];
      if (part === 'ack' || (ask.kind === 'variable' && ask.variable === 'RCV.NXT'))
        return [expectedNext(step), numbers];
      if (ask.kind === 'variable' && ask.variable === 'SND.UNA') return [inAny(OF_ACKNOWLEDGED), happens];
      if (ask.kind === 'variable') return [inAny(TAKES), ownNumber(rules), numbers];
      return [ownNumber(rules), numbers];
    case 'count':
      if (part === undefined || part === 'window') return [happens];
      return part === 'takes' ? [inAny(TAKES), numbers] : [ownNumber(rules), numbers, happens];
    case 'duration':
      return [inAny(OF_TIMES), inAny(HAPPENS_WITH_TIME), happens];
    case 'state':
      return [isRow, happens];
    case 'choice':
    case 'returned':
      if (ask.kind === 'missing-call') return [isRow, happens];
      // What the application is told: the rule that says so, before the row that it goes with.
      return ask.kind === 'app' || ask.kind === 'returns'
        ? [(rule) => happens(rule) && !isRow(rule) && !rule.startsWith('ack/'), isRow, happens]
        : [happens];
    default:
      return [happens];
  }
}

/** Of a pure ACK it is told that it takes none; what else is said to take numbers came from the peer. */
function ownNumber(rules: readonly RuleId[]): Telling {
  const isPureAck = rules.includes(TAKES_NONE);
  return (rule) =>
    numbers(rule) &&
    rule !== 'number/ack-is-next-expected' &&
    !(isPureAck && TAKES.test(rule) && rule !== TAKES_NONE);
}

/** What a segment that arrived takes counts; what the host itself sends does not. */
function expectedNext({ cause }: Step): Telling {
  const isAnswer = cause.kind === 'arrival' || cause.kind === 'departure';
  return (rule) =>
    HAPPENS_WITH_ACK.test(rule) ||
    rule === 'number/ack-is-next-expected' ||
    (isAnswer && TAKES.test(rule) && rule !== TAKES_NONE);
}

/** Among rules that tell alike: lower comes first. */
function rank({ value }: Answer, rule: RuleId): number {
  const row = ROWS.get(rule);
  if (row?.on === 'reuse') return -1; // without it the listener would not have been asked
  if (value.kind === 'state') return row?.to === value.state ? 0 : 1;
  if (value.kind !== 'flags' || row === undefined || row.on === 'abort') return 1;
  if (row.send === undefined) return 2; // it sends nothing: another rule does
  return ((value.flags & FIN) !== 0) === row.send.includes('FIN') ? 0 : 1;
}

/** The rules that decided a field, the most telling first; empty when nothing did. */
export function tellingRules({ answers, run: { timeline } }: Posed, field: Field): readonly RuleId[] {
  const answer = answers.get(field.name);
  if (answer?.decidedIn === undefined) return [];
  // Which rule decides is what was asked.
  if (field.ask.kind === 'rule' && answer.value.kind === 'choice') {
    const { choice } = answer.value;
    return field.ask.options.filter((rule) => rule === choice);
  }
  const rules = rulesOfStep(timeline, answer.decidedIn);
  for (const isTelling of lookFor(field, answer, answer.decidedIn, rules)) {
    const telling = rules.filter(isTelling);
    if (telling.length > 0) return telling.sort((one, other) => rank(answer, one) - rank(answer, other));
  }
  return rules;
}

/** Fields whose answers the question's moment has made, then those still to be made, then those that stand since long. */
export function latestFirst({ answers, cut }: Posed, fields: readonly Field[]): readonly Field[] {
  const nearness = ({ name }: Field) => {
    const at = answers.get(name)?.decidedIn?.index ?? -1;
    if (at < cut.step) return at;
    return at === cut.step ? Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER - at;
  };
  return [...fields].sort((one, other) => nearness(other) - nearness(one));
}

/**
 * Rules of every step that decided one of the answers, without repetition: those that tell what was asked come first.
 *
 * @param fields - of the question, in the order in which their reasons matter
 */
export function rulesOf(
  posed: Posed,
  fields: readonly Field[] = latestFirst(posed, posed.fields),
): readonly RuleId[] {
  const { answers, run } = posed;
  const steps = [...answers.values()]
    .flatMap(({ decidedIn }) => decidedIn ?? [])
    .sort((one, other) => one.index - other.index);
  return [
    ...new Set([
      ...fields.flatMap((field) => tellingRules(posed, field)),
      ...steps.flatMap((step) => rulesOfStep(run.timeline, step)),
    ]),
  ];
}
