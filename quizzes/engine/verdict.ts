// What a learner is told about an answer, in their language.

import { unreachable } from '../../core/result.ts';
import { RULES, type RuleId, sourceLink, sourceText } from '../../core/tcp/rules.ts';
import type { TcpState } from '../../core/tcp/states.ts';
import type { Bilingual, Language } from '../../core/text.ts';
import { formatState } from '../../core/wire/notation.ts';
import { alternativeText } from './alternative-text.ts';
import { APP_CHOICES, type Field, SENDER_CHOICES, type Value } from './ask.ts';
import { cardsOf, cardText } from './card-texts.ts';
import type { Diagnosis } from './diagnose.ts';
import { formatDuration } from './durations.ts';
import type { Grading } from './grade.ts';
import type { MisconceptionId } from './misconceptions.ts';
import { sayNumber } from './numbers.ts';
import type { Ask, Question } from './pack.ts';
import { formatFlagsLike, formatStateLike, type Known, spaceOf, type Written } from './parse-answer.ts';
import type { Judged, Posed } from './posed.ts';
import { ruleViews } from './project.ts';
import { MISSING_CHOICES, TIMER_CHOICES } from './socket-answers.ts';
import { rulesOf } from './telling-rules.ts';
import type { FieldVerdictView, MisconceptionView, VerdictView } from './view.ts';

/** The verdict on a graded answer. `playable` says for which misconceptions both rules can be played. */
export function gradedVerdict(
  posed: Posed,
  grading: Grading,
  language: Language,
  playable: (id: MisconceptionId) => boolean,
): VerdictView {
  const right = grading.judged.filter(({ correct }) => correct).length;
  const all = grading.judged.length;
  return {
    outcome: right === all ? 'right' : right > 0 ? 'partly' : 'wrong',
    fields: grading.judged.map((judged) => fieldVerdict(posed, judged, language)),
    rules: ruleViews(grading.rules, language),
    misconceptions: toldOf(grading.misconceptions).map(({ found, instead }) =>
      misconceptionView(posed.question, found, language, {
        playable: playable(found.misconception.id),
        instead,
      }),
    ),
    points: [],
    summary: summaryOf(right, all, language),
  };
}

/** "2 of 3 fields right." */
export function summaryOf(right: number, all: number, language: Language): string {
  if (all === 1) {
    return right === 1
      ? { en: 'Right.', 'zh-CN': '正确。' }[language]
      : { en: 'Not right.', 'zh-CN': '不正确。' }[language];
  }
  if (right === all) return { en: 'All right.', 'zh-CN': '全部正确。' }[language];
  return language === 'en' ? `${right} of ${all} fields right.` : `${all} 项中 ${right} 项正确。`;
}

/** The answers for a learner who asked to see them, or whose time is up. */
export function shownVerdict(posed: Posed, language: Language, late = false): VerdictView {
  const judged = posed.fields.flatMap((field): Judged[] => {
    const right = posed.answers.get(field.name);
    return right === undefined ? [] : [{ field, given: '', written: undefined, right, correct: false }];
  });
  return {
    outcome: 'shown',
    fields: judged.map((one) => fieldVerdict(posed, one, language)),
    rules: ruleViews(rulesOf(posed), language),
    misconceptions: [],
    points: [],
    summary: (late ? TIME_IS_UP : HERE)[language],
  };
}

const HERE: Bilingual = { en: 'Here is the answer.', 'zh-CN': '答案如下。' };
const TIME_IS_UP: Bilingual = { en: 'Time is up. Here is the answer.', 'zh-CN': '时间到。答案如下。' };

/** The key points of a prose question, for the learner to mark. */
export function proseVerdict(
  question: Question,
  met: readonly boolean[] | undefined,
  language: Language,
): VerdictView {
  const count = met?.filter(Boolean).length ?? 0;
  const all = question.rubric.length;
  const marked =
    language === 'en'
      ? `${count} of ${all} points met, by your own mark.`
      : `自评：${all} 点中答到 ${count} 点。`;
  const compare = {
    en: 'Compare your answer with these points and mark those it has.',
    'zh-CN': '请对照要点，勾选你答到的。',
  }[language];
  return {
    outcome: 'self',
    fields: [],
    rules: [],
    misconceptions: [],
    points: question.rubric.map((text, place) => ({ text: text[language], met: met?.[place] })),
    summary: met === undefined ? compare : marked,
  };
}

/** One field’s judgement, the expected value in the notation that the learner wrote in. */
export function fieldVerdict(posed: Known, judged: Judged, language: Language): FieldVerdictView {
  return {
    name: judged.field.name,
    correct: judged.correct,
    given: givenText(posed, judged, language),
    expected: valueText(posed, judged, judged.right.value, language),
    ...(judged.acceptedBy && { accepted: alternativeText(judged.acceptedBy, language) }),
  };
}

function givenText(posed: Known, { field, given, written }: Judged, language: Language): string {
  if (written?.kind === 'choice') return choiceText(posed, field, written.choice, language);
  if (written?.kind === 'order') return [...written.letters].join(' ');
  if (written?.kind === 'state') return written.state;
  return given === '' && written !== undefined ? NONE[language] : given;
}

const NONE: Bilingual = { en: 'none', 'zh-CN': '无' };

/** A value in the notation the learner used in that field; without one, as a textbook writes it. */
export function valueText(
  posed: Known,
  { field, given, written }: Pick<Judged, 'field' | 'given' | 'written'>,
  value: Value,
  language: Language,
): string {
  switch (value.kind) {
    case 'flags':
      return formatFlagsLike(given, value.flags);
    case 'seq': {
      const space = spaceOf(field, posed);
      if (value.number === undefined || space === undefined) return NONE[language];
      return sayNumber(value.number, notationOf(written), space, language);
    }
    case 'count':
      return String(value.count);
    case 'state':
      return field.ask.kind === 'ss' ? ssState(value.state, language) : formatStateLike(given, value.state);
    case 'duration':
      return formatDuration(value.time, language);
    case 'choice':
      return choiceText(posed, field, value.choice, language);
    case 'returned':
      return value.text;
    case 'order':
      return [...value.letters].join(' ');
    default:
      return unreachable(value);
  }
}

function notationOf(written: Written | undefined) {
  return written?.kind === 'seq' ? written.number.notation : undefined;
}

/** A socket that is gone has no line. */
function ssState(state: TcpState, language: Language): string {
  return state === 'CLOSED' ? NONE[language] : formatState(state, 'ss');
}

const CHOICES: Readonly<Partial<Record<Ask['kind'], Readonly<Record<string, Bilingual>>>>> = {
  'app': APP_CHOICES,
  'next-sender': SENDER_CHOICES,
  'next-timer': TIMER_CHOICES,
  'missing-call': MISSING_CHOICES,
};

function choiceText(posed: Known, { ask }: Field, choice: string, language: Language): string {
  const card = cardsOf(posed, ask)?.cards.find(({ letter }) => letter === choice);
  if (card !== undefined) return cardText(posed, card, language);
  if (ask.kind === 'rule')
    return ask.options.includes(choice as RuleId) ? RULES[choice as RuleId].says[language] : choice;
  return CHOICES[ask.kind]?.[choice]?.[language] ?? choice;
}

interface Told {
  readonly found: Diagnosis;
  /** One before it explains some of the same fields. */
  readonly instead: boolean;
}

/** Of what fits a wrong answer as well, one is told: a learner looks for the own thought among two, not in a list. */
function toldOf(diagnoses: readonly Diagnosis[]): readonly Told[] {
  const all = diagnoses.map((found, place) => ({
    found,
    instead: explainedBefore(found, diagnoses.slice(0, place)),
  }));
  const other = all.find(({ instead }) => instead);
  return all.filter((one) => !one.instead || one === other);
}

function explainedBefore({ explains }: Diagnosis, before: readonly Diagnosis[]): boolean {
  return before.some((other) => other.explains.some((name) => explains.includes(name)));
}

function misconceptionView(
  question: Question,
  { misconception }: Diagnosis,
  language: Language,
  how: Pick<MisconceptionView, 'playable' | 'instead'>,
): MisconceptionView {
  const { id, name, text } = misconception;
  return {
    id,
    name: name[language],
    text: text[language],
    source: sourceText(misconception),
    href: sourceLink(misconception),
    feedback: Object.hasOwn(question.feedback, id) ? question.feedback[id]?.[language] : undefined,
    ...how,
  };
}
