// A question on one draw of its numbers, with everything that a system needs which cannot run a TCP.

import { RULES, sourceText } from '../../core/tcp/rules.ts';
import type { Language } from '../../core/text.ts';
import { acceptedAnswers } from '../engine/alternatives.ts';
import type { Value } from '../engine/ask.ts';
import { deriveSeed } from '../engine/chance.ts';
import type { ExamSettings, Pack, Question } from '../engine/pack.ts';
import { placeQuestion } from '../engine/place-question.ts';
import type { Posed } from '../engine/posed.ts';
import { fieldViews } from '../engine/prompts.ts';
import { pointsOf } from '../engine/regrade.ts';
import { questionScreen } from '../engine/screen.ts';
import { newSession } from '../engine/session.ts';
import { rulesOf } from '../engine/telling-rules.ts';
import { type Mistake, mistakesIn } from './mistakes.ts';
import { notationsOf, withoutRepetition } from './notations.ts';
import { type Picture, pictureOf } from './picture.ts';

/** What to make of a pack. */
export interface VariantOptions {
  /** How many draws of each question's numbers. */
  readonly variants: number;
  readonly seed: number;
  readonly language: Language;
}

export interface StaticPack {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly license: string | undefined;
  readonly authors: readonly string[];
  readonly language: Language;
  readonly exam: ExamSettings | undefined;
  /** In the order of the pack, variants of a question beside each other. */
  readonly questions: readonly StaticQuestion[];
}

export interface StaticQuestion {
  readonly id: string;
  /** From 1. */
  readonly variant: number;
  /** How many variants of it there are. */
  readonly variants: number;
  readonly title: string;
  /** Sanitised HTML. */
  readonly prompt: string;
  readonly picture: Picture | undefined;
  /** Empty for prose. */
  readonly fields: readonly StaticField[];
  /** Key points of a prose question. */
  readonly rubric: readonly string[];
  readonly hints: readonly string[];
  readonly tags: readonly string[];
  readonly difficulty: number;
  readonly points: number;
  /** Why the answer is right: sentences with their source. */
  readonly reasons: readonly { readonly text: string; readonly source: string }[];
}

export type StaticField = TextField | ChoiceField;

interface FieldBase {
  /** Unique within its question. */
  readonly name: string;
  readonly label: string;
  readonly mistakes: readonly Mistake[];
}

interface TextField extends FieldBase {
  readonly kind: 'text';
  /** Every notation of the right answer, the usual one first. */
  readonly accepted: readonly string[];
  /** Answers the author accepts beside the right one, as a textbook writes them. */
  readonly alternatives: readonly string[];
}

export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** The value of the right option. */
  readonly right: string;
  /** Values the author accepts, the right one first. */
  readonly accepted: readonly string[];
}

/** The seed of a variant's session: the learner of a session with this seed gets the very same numbers. */
export function variantSeed(seed: number, variant: number): number {
  return deriveSeed(seed, `variant/${variant}`);
}

/** Poses every question of a pack so often; what no draw changes (prose, captures) comes once. */
export function staticPack(pack: Pack, options: VariantOptions): StaticPack {
  const { language } = options;
  return {
    id: pack.id,
    version: pack.version,
    title: pack.title[language],
    license: pack.license,
    authors: pack.authors ?? [],
    language,
    exam: pack.exam,
    questions: pack.questions.flatMap((question) => {
      const variants = isDrawn(pack, question) ? Math.max(1, options.variants) : 1;
      return Array.from({ length: variants }, (_, place) =>
        staticQuestion(pack, question, place + 1, variants, options),
      ).flatMap((made) => made ?? []);
    }),
  };
}

function isDrawn(pack: Pack, question: Question): boolean {
  const plan = pack.scenarios[question.scenario ?? ''];
  return question.asks.length > 0 && plan !== undefined && plan.kind !== 'capture';
}

const NOTHING_PASSING = { compare: undefined, unread: undefined };

/** Undefined when these numbers do not allow the question. */
function staticQuestion(
  pack: Pack,
  question: Question,
  variant: number,
  variants: number,
  { seed, language }: VariantOptions,
): StaticQuestion | undefined {
  const session = newSession(variantSeed(seed, variant));
  const { posed } = placeQuestion(pack, session, question);
  if (posed === undefined && question.asks.length > 0) return undefined;
  // The very screen that a learner sees before answering: nothing in it gives the answer away.
  const { question: shown, timeline } = questionScreen(pack, session, question, NOTHING_PASSING, language);
  return {
    id: question.id,
    variant,
    variants,
    title: question.title[language],
    prompt: shown.prompt,
    picture: timeline && pictureOf(timeline, language),
    fields: posed === undefined ? [] : fieldsOf(posed, language),
    rubric: question.rubric.map((point) => point[language]),
    hints: question.hints.map((hint) => hint[language]),
    tags: question.tags,
    difficulty: question.difficulty,
    points: pointsOf(question),
    reasons: posed === undefined ? [] : reasonsOf(posed, language),
  };
}

function reasonsOf(posed: Posed, language: Language): StaticQuestion['reasons'] {
  return rulesOf(posed).map((id) => {
    const rule = RULES[id];
    return { text: rule.says[language], source: sourceText(rule) };
  });
}

function fieldsOf(posed: Posed, language: Language): StaticField[] {
  const mistakes = mistakesIn(posed, language);
  return fieldViews(posed.question.asks, language, posed).flatMap((view, place): StaticField[] => {
    const field = posed.fields[place];
    const right = field && posed.answers.get(field.name)?.value;
    if (field === undefined || right === undefined) return [];
    const base = { name: view.name, label: view.label, mistakes: mistakes.get(field.name) ?? [] };
    const alternatives = acceptedAnswers(posed).flatMap(({ values }) => values.get(field.name) ?? []);
    if (view.kind === 'choice' && right.kind === 'choice') {
      const others = alternatives.flatMap((value) => (value.kind === 'choice' ? [value.choice] : []));
      const accepted = [...new Set([right.choice, ...others])];
      return [{ ...base, kind: 'choice', options: view.options, right: right.choice, accepted }];
    }
    const accepted = withoutRepetition(
      [right, ...alternatives].flatMap((value) => notationsOf(posed, field, value)),
    );
    const first = (value: Value) => notationsOf(posed, field, value)[0] ?? '';
    const others = withoutRepetition(alternatives.map(first)).filter((text) => text !== first(right));
    const text = { ...base, kind: 'text', accepted, alternatives: others } as const;
    if (view.kind !== 'order') return [text];
    const cards = view.items.map((item) => item.label).join('; ');
    return [{ ...text, label: `${base.label} (${cards})` }];
  });
}
