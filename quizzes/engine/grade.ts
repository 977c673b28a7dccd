import { fail, ok, type Result } from '../../core/result.ts';
import type { RuleId } from '../../core/tcp/rules.ts';
import type { Bilingual } from '../../core/text.ts';
import { judgeByBest } from './alternatives.ts';
import type { Field } from './ask.ts';
import { type Diagnosis, diagnose } from './diagnose.ts';
import { hintForField, isAckLeftOut, parseField, type Written } from './parse-answer.ts';
import type { Judged, Posed } from './posed.ts';
import { latestFirst, rulesOf } from './telling-rules.ts';

export interface Grading {
  readonly judged: readonly Judged[];
  /** Rules of the steps that decided: first those that tell what was asked. */
  readonly rules: readonly RuleId[];
  /** Best first. */
  readonly misconceptions: readonly Diagnosis[];
}

/** Fields that could not be read, with what would be understood. */
export type NotUnderstood = readonly { readonly name: string; readonly text: Bilingual }[];

/** Judges what a learner wrote, field by field; nothing is judged while any field cannot be read. */
function judge(
  posed: Posed,
  given: Readonly<Record<string, string>>,
): Result<readonly Judged[], NotUnderstood> {
  const written = new Map(
    posed.fields.map((field) => [field.name, parseField(given[field.name] ?? '', field, posed)]),
  );
  const problems: { name: string; text: Bilingual }[] = [];
  const read: (Pick<Judged, 'field' | 'given' | 'right'> & { readonly written: Written })[] = [];
  for (const field of posed.fields) {
    const right = posed.answers.get(field.name);
    if (right === undefined) continue;
    const text = (given[field.name] ?? '').trim();
    const flags = field.ask.kind === 'segment' ? written.get(`${field.ask.host}.flags`) : undefined;
    const absent = text === '' && isAckLeftOut(field, flags);
    const own = absent ? NO_NUMBER : written.get(field.name);
    if (own === undefined) {
      problems.push({ name: field.name, text: text === '' ? STILL_EMPTY : hintForField(field, posed) });
      continue;
    }
    read.push({ field, given: text, written: own, right });
  }
  if (problems.length > 0) return fail(problems);
  const best = judgeByBest(posed, new Map(read.map(({ field, written }) => [field.name, written])));
  return ok(
    read.map((one) => {
      const { correct = false, by } = best.get(one.field.name) ?? {};
      return { ...one, correct, ...(by && { acceptedBy: by }) };
    }),
  );
}

/** Judges, cites the rules, and names the misconceptions that would answer so. */
export function grade(posed: Posed, given: Readonly<Record<string, string>>): Result<Grading, NotUnderstood> {
  const judged = judge(posed, given);
  if (!judged.ok) return judged;
  const isWrong = (field: Field) => judged.value.some((one) => one.field === field && !one.correct);
  // What was wrong asks for its reason first.
  const [wrong, others] = [posed.fields.filter(isWrong), posed.fields.filter((field) => !isWrong(field))];
  const fields = [wrong, others].flatMap((some) => latestFirst(posed, some));
  return ok({
    judged: judged.value,
    rules: rulesOf(posed, fields),
    misconceptions: diagnose(posed, judged.value),
  });
}

const NO_NUMBER: Written = { kind: 'seq', number: { notation: { kind: 'none' }, readings: [] } };

const STILL_EMPTY: Bilingual = { en: 'Still empty: fill it in, too.', 'zh-CN': '这里还空着，请填写。' };
