// "Predict first": a change becomes a question, computed and graded from the branch that is not shown yet.

import { fail, ok, type Result } from '../../../core/result.ts';
import type { RuleId } from '../../../core/tcp/rules.ts';
import { RULES } from '../../../core/tcp/rules.ts';
import type { Bilingual, Language } from '../../../core/text.ts';
import type { Change, Scenario } from '../../../core/timeline/scenario.ts';
import { simulate } from '../../../core/timeline/simulate.ts';
import { HOSTS, type HostId, type Timeline } from '../../../core/timeline/timeline.ts';
import { type Answer, answerTo, type Field, SENDER_CHOICES } from '../ask.ts';
import { deriveSeed } from '../chance.ts';
import type { Cut } from '../cut.ts';
import type { NotUnderstood } from '../grade.ts';
import { hintForField, isAckLeftOut, type Known, means, parseField, type Written } from '../parse-answer.ts';
import type { Judged, Posed } from '../posed.ts';
import type { FieldView } from '../view.ts';
import { decidingRules, type Parting, partingOf } from './story.ts';

/** A branch as a question: what is asked and what is right, for the host alone. */
export interface Prediction {
  readonly posed: Known & Pick<Posed, 'fields' | 'answers'>;
  /** Which rule decides what is new: its options in order, and the right one. */
  readonly rule: { readonly options: readonly string[]; readonly right: string };
}

/** What was right of a prediction. */
export interface PredictionGrade {
  readonly judged: readonly Judged[];
  readonly rule: { readonly given: string; readonly correct: boolean };
}

/** Chosen when nothing new happens. */
const NOTHING_NEW = 'nothing';
const NEXT = 'next';
const PARTS = ['flags', 'seq', 'ack'] as const;

/** Poses the branch that `change` makes of `current`. */
export function predict(scenario: Scenario, current: Timeline, change: Change): Prediction {
  const changed = branchOf(scenario, change);
  const parting = partingOf(current, changed);
  const cut = cutAt(current, changed, parting, change);
  const answers = new Map<string, Answer>();
  const next: Field = { name: NEXT, ask: { kind: 'next-sender' }, part: undefined };
  const sender = answerTo(changed, cut, next);
  if (sender !== undefined) answers.set(NEXT, sender);
  const who = sender && senderOf(sender);
  const fields: Field[] = [next];
  for (const part of PARTS) {
    // Whose segment it is stays with the host: the fields are the same whoever sends.
    const field: Field = { name: part, ask: { kind: 'segment', host: who ?? 'A', parts: [...PARTS] }, part };
    fields.push(field);
    const answer = who && answerTo(changed, cut, field);
    if (answer !== undefined) answers.set(part, answer);
  }
  const end: Cut = { step: changed.steps.length - 1, shows: 'outcome' };
  for (const host of HOSTS) {
    const field: Field = { name: `${host}.state`, ask: { kind: 'state', host }, part: undefined };
    fields.push(field);
    const answer = answerTo(changed, end, field);
    if (answer !== undefined) answers.set(field.name, answer);
  }
  return {
    posed: {
      run: { timeline: changed },
      symbols: current.symbols,
      fields,
      answers,
    },
    rule: ruleChoice(scenario, current, parting, change),
  };
}

function branchOf(scenario: Scenario, change: Change): Timeline {
  return simulate({ ...scenario, changes: [...(scenario.changes ?? []), change] });
}

/** The last moment that both runs have in common, from where "next" counts. */
function cutAt(current: Timeline, changed: Timeline, parting: Parting | undefined, change: Change): Cut {
  if (parting === undefined) return { step: changed.steps.length - 1, shows: 'outcome' };
  const { at, came } = parting;
  if (change.kind === 'act' || change.kind === 'fire') {
    const made =
      came?.index === at && at > change.after && (change.kind === 'fire' || change.what.kind === 'call');
    return made ? { step: at, shows: 'cause' } : { step: Math.max(at - 1, change.after), shows: 'outcome' };
  }
  const isSame = JSON.stringify(current.steps[at]?.cause) === JSON.stringify(changed.steps[at]?.cause);
  const sends = isSame && changed.steps[at]?.sent.includes(change.transmission) === true;
  return { step: sends ? at : at - 1, shows: 'outcome' };
}

function senderOf({ value }: Answer): HostId | undefined {
  if (value.kind !== 'choice') return undefined;
  return HOSTS.find((host) => value.choice.startsWith(host));
}

/** How many wrong rules stand beside the right one. */
const WRONG_RULES = 3;

/** The deciding rule among rules that decide elsewhere: in this run, or had something else been changed. */
function ruleChoice(
  scenario: Scenario,
  current: Timeline,
  parting: Parting | undefined,
  change: Change,
): Prediction['rule'] {
  const deciding = parting?.came === undefined ? [] : decidingRules(parting);
  const right = deciding[0];
  const seed = deriveSeed(current.steps.length, JSON.stringify(change));
  const taken = new Set(deciding.map((id) => RULES[id].says.en));
  const others: RuleId[] = [];
  for (const id of shuffled([...new Set(elsewhere(scenario, current))], seed)) {
    const text = RULES[id].says.en;
    if (taken.has(text) || others.length >= WRONG_RULES) continue;
    taken.add(text);
    others.push(id);
  }
  const options = right === undefined ? others : shuffled([right, ...others], deriveSeed(seed, 'order'));
  return { options: [...options, NOTHING_NEW], right: right ?? NOTHING_NEW };
}

/** Rules that decided in this run, and those that would decide had another segment been lost or a host crashed. */
function elsewhere(scenario: Scenario, current: Timeline): readonly RuleId[] {
  const lost = current.transmissions.slice(-4).map(({ id }) => ({ kind: 'lose', transmission: id }) as const);
  const crashes = HOSTS.map(
    (host) =>
      ({
        kind: 'act',
        after: Math.floor(current.steps.length / 2),
        what: { kind: 'call', host, call: 'crash' },
      }) as const,
  );
  const decided = [...lost, ...crashes].flatMap((change) => {
    const parting = partingOf(current, branchOf(scenario, change));
    return parting === undefined ? [] : decidingRules(parting).slice(0, 1);
  });
  return [...decided, ...current.steps.flatMap(({ rules }) => rules.slice(0, 1))];
}

function shuffled<T extends string>(items: readonly T[], seed: number): T[] {
  return [...items].sort((one, other) => deriveSeed(seed, one) - deriveSeed(seed, other));
}

const LABELS = {
  next: { en: 'Who sends next?', 'zh-CN': '接下来谁发送？' },
  flags: { en: 'flags', 'zh-CN': '标志位' },
  seq: { en: 'seq', 'zh-CN': 'seq' },
  ack: { en: 'ack', 'zh-CN': 'ack' },
  'A.state': { en: 'A ends in', 'zh-CN': 'A 的最终状态' },
  'B.state': { en: 'B ends in', 'zh-CN': 'B 的最终状态' },
  rule: { en: 'Which rule decides the first thing that is new?', 'zh-CN': '决定第一处新变化的是哪条规则？' },
} as const satisfies Record<string, Bilingual>;

/** What the learner fills in: nothing of it depends on the branch but the rules to choose among. */
export function predictionFields({ rule }: Prediction, language: Language): readonly FieldView[] {
  const label = (name: keyof typeof LABELS) => LABELS[name][language];
  return [
    {
      kind: 'choice',
      name: NEXT,
      label: label('next'),
      options: Object.entries(SENDER_CHOICES).map(([value, text]) => ({ value, label: text[language] })),
    },
    { kind: 'flags', name: 'flags', label: label('flags') },
    { kind: 'number', name: 'seq', label: label('seq') },
    { kind: 'number', name: 'ack', label: label('ack') },
    ...HOSTS.map((host) => ({
      kind: 'state' as const,
      name: `${host}.state`,
      label: label(`${host}.state`),
      host,
    })),
    {
      kind: 'choice',
      name: 'rule',
      label: label('rule'),
      options: rule.options.map((value) => ({ value, label: ruleText(value, language) })),
    },
  ];
}

/** What a field of a prediction is called. */
export function predictionLabel(name: string, language: Language): string {
  return Object.hasOwn(LABELS, name) ? LABELS[name as keyof typeof LABELS][language] : name;
}

/** A rule of the choice in words. */
export function ruleText(id: string, language: Language): string {
  if (Object.hasOwn(RULES, id)) return RULES[id as RuleId].says[language];
  return id === NOTHING_NEW
    ? { en: 'None: nothing new happens.', 'zh-CN': '都不是：没有新的事情发生。' }[language]
    : '';
}

const EMPTY: Bilingual = { en: 'Still empty: fill it in, too.', 'zh-CN': '这里还空着，请填写。' };

const NUMBER_HINT: Bilingual = {
  en: 'Not understood. Write it as x+1, y+301, 4012345678 or 0xef2763ce.',
  'zh-CN': '看不懂。请写成 x+1、y+301、4012345678 或 0xef2763ce。',
};

/** The usual hint names a symbol of the sender: it would tell who that is. */
function hintFor(field: Field, known: Known): Bilingual {
  return field.part === 'seq' || field.part === 'ack' ? NUMBER_HINT : hintForField(field, known);
}

/** Grades a prediction; who expects that nobody sends need not say what is sent. */
export function gradePrediction(
  { posed, rule }: Prediction,
  given: Readonly<Record<string, string>>,
): Result<PredictionGrade, NotUnderstood> {
  const problems: { name: string; text: Bilingual }[] = [];
  const judged: Judged[] = [];
  const silent = given[NEXT] === 'nobody';
  const flags = writtenIn('flags');
  function writtenIn(name: string): Written | undefined {
    const field = posed.fields.find((each) => each.name === name);
    return field && parseField(given[name] ?? '', field, posed);
  }
  for (const field of posed.fields) {
    const text = (given[field.name] ?? '').trim();
    const isPart = field.ask.kind === 'segment';
    const absent = isPart && (silent || (text === '' && isAckLeftOut(field, flags)));
    const written = writtenIn(field.name);
    if (written === undefined && !absent) {
      problems.push({ name: field.name, text: text === '' ? EMPTY : hintFor(field, posed) });
      continue;
    }
    const right = posed.answers.get(field.name);
    if (right === undefined) continue;
    const none = right.value.kind === 'seq' && right.value.number === undefined;
    const correct = written === undefined ? !silent && none : means(written, right.value);
    judged.push({ field, given: silent && isPart ? '' : text, written, right, correct });
  }
  const chosen = given['rule'] ?? '';
  if (!rule.options.includes(chosen)) problems.push({ name: 'rule', text: EMPTY });
  if (problems.length > 0) return fail(problems);
  return ok({ judged, rule: { given: chosen, correct: chosen === rule.right } });
}
