import type { Bilingual, Language } from '../../core/text.ts';
import type { Question } from '../engine/pack.ts';
import { placeQuestion } from '../engine/place-question.ts';
import { fieldViews, promptOf } from '../engine/prompts.ts';
import { newSession } from '../engine/session.ts';
import type { RuleView } from '../engine/timeline-view.ts';
import { shownVerdict } from '../engine/verdict.ts';
import type { Analysis } from './check.ts';

/** A question on the numbers of a seed, with its answer, in one language. */
export interface PreviewedAnswer {
  /** HTML, as the learner reads it. */
  readonly prompt: string;
  readonly fields: readonly { readonly label: string; readonly expected: string }[];
  readonly rules: readonly Pick<RuleView, 'text' | 'source' | 'href'>[];
}

/** Computes what the preview of that seed would grade as right; undefined for prose and where there is no answer. */
export function answerFor(
  { pack }: Pick<Analysis, 'pack'>,
  question: Question,
  seed: number,
  language: Language,
): PreviewedAnswer | undefined {
  if (pack === undefined || question.asks.length === 0) return undefined;
  const { posed, run, cut } = placeQuestion(pack, newSession(seed), question);
  if (posed === undefined) return undefined;
  const labels = new Map(fieldViews(question.asks, language, posed).map(({ name, label }) => [name, label]));
  const verdict = shownVerdict(posed, language);
  return {
    prompt: promptOf(question, run?.timeline, cut, language),
    fields: verdict.fields.map(({ name, expected }) => ({ label: labels.get(name) ?? name, expected })),
    rules: verdict.rules,
  };
}

/** "flags SYN ACK, seq y, ack x+1" in both languages. */
export function answerLine(
  analysis: Pick<Analysis, 'pack'>,
  question: Question,
  seed: number,
): Bilingual | undefined {
  const line = (language: Language) =>
    answerFor(analysis, question, seed, language)
      ?.fields.map(({ label, expected }) => `${label}: **${expected}**`)
      .join(' · ');
  const en = line('en');
  return en === undefined ? undefined : { en, 'zh-CN': line('zh-CN') ?? en };
}
