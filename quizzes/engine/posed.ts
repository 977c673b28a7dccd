import { fail, ok, type Result } from '../../core/result.ts';
import { type Answer, answerTo, type Field, fieldsOf } from './ask.ts';
import { type Cut, findCut } from './cut.ts';
import type { Question } from './pack.ts';
import type { Written } from './parse-answer.ts';
import type { Run } from './run.ts';

/** A question on the numbers of one run: everything that grading needs. */
export interface Posed {
  readonly question: Question;
  readonly run: Run;
  readonly cut: Cut;
  readonly fields: readonly Field[];
  /** By field name; every field has one. */
  readonly answers: ReadonlyMap<string, Answer>;
}

/** Why a question cannot be posed on a run. */
export type NotPosed =
  | { readonly code: 'no-such-moment' }
  | { readonly code: 'no-answer'; readonly field: Field };

/** Finds the question's moment and answers in a run. */
export function pose(question: Question, run: Run): Result<Posed, NotPosed> {
  const cut = findCut(run.timeline, question.when);
  if (cut === undefined) return fail({ code: 'no-such-moment' });
  const fields = fieldsOf(question.asks);
  const answers = new Map<string, Answer>();
  for (const field of fields) {
    const answer = answerTo(run.timeline, cut, field);
    if (answer === undefined) return fail({ code: 'no-answer', field });
    answers.set(field.name, answer);
  }
  return ok({ question, run, cut, fields, answers });
}

/** One field, judged by itself. */
export interface Judged {
  readonly field: Field;
  readonly given: string;
  readonly written: Written | undefined;
  readonly right: Answer;
  readonly correct: boolean;
}
