import { fieldsOf } from '../engine/ask.ts';
import { MISCONCEPTION_IDS } from '../engine/misconceptions.ts';
import { findMisconception } from '../engine/mutants.ts';
import type { Alternative, Ask, Question, When } from '../engine/pack.ts';
import { defaultTitle } from '../engine/prompts.ts';
import { inlineMarkdown } from '../markdown.ts';
import { readAlternative, readAsk, readWhen } from './ask-phrases.ts';
import { bilingual, rendered } from './compile-text.ts';
import type { PackDocument, Path } from './document.ts';
import { listOf } from './messages.ts';
import { readPhrase } from './phrase-place.ts';
import { QuestionSchema, type QuestionShape } from './schema.ts';
import { readShape } from './shape.ts';

/** A question as read, with the place it was read from. */
export interface CompiledQuestion {
  readonly question: Question;
  readonly path: Path;
}

/**
 * Reads one question.
 *
 * @param scenarios - every scenario name of the pack
 * @returns undefined when it has errors; they are reported
 */
export function compileQuestion(
  document: PackDocument,
  path: Path,
  value: unknown,
  section: number | undefined,
  scenarios: ReadonlySet<string>,
): CompiledQuestion | undefined {
  const shape = readShape(document, path, value, QuestionSchema);
  if (shape === undefined) return undefined;
  const before = document.issues().length;
  checkKind(document, path, shape);
  checkNames(document, path, shape, scenarios);
  const asks = compileAsks(document, path, shape.ask);
  const when = compileWhen(document, path, shape);
  const alternatives = compileAlternatives(document, path, shape, asks);
  if (document.issues().length > before) return undefined;
  const replaces = shape.replaces ?? [];
  return {
    path,
    question: {
      id: shape.id,
      replaces: typeof replaces === 'string' ? [replaces] : replaces,
      section,
      title: titleOf(shape, when, asks),
      scenario: shape.scenario,
      when,
      asks,
      prompt: shape.prompt === undefined ? undefined : rendered(shape.prompt, inlineMarkdown),
      rubric: (shape.rubric ?? []).map(bilingual),
      hints: (shape.hints ?? []).map(bilingual),
      feedback: Object.fromEntries(
        Object.entries(shape.feedback ?? {}).map(([id, text]) => [id, bilingual(text)]),
      ),
      difficulty: shape.difficulty ?? 1,
      ...(shape.points === undefined ? {} : { points: shape.points }),
      tags: shape.tags ?? [],
      ...(alternatives.length > 0 && { alternatives }),
    },
  };
}

const LONGEST_TITLE = 60;

/** The author's; for prose its prompt, if that is short; otherwise made from what is asked. */
function titleOf(shape: QuestionShape, when: When, asks: readonly Ask[]): Question['title'] {
  if (shape.title !== undefined) return bilingual(shape.title);
  if (asks.length > 0 || shape.prompt === undefined) return defaultTitle(when, asks);
  const { en, 'zh-CN': zh } = bilingual(shape.prompt);
  const short = (text: string) =>
    text.length > LONGEST_TITLE ? `${text.slice(0, LONGEST_TITLE - 1).trimEnd()}…` : text;
  return { 'en': short(en.replaceAll(/[*`_]/g, '')), 'zh-CN': short(zh.replaceAll(/[*`_]/g, '')) };
}

function checkKind(document: PackDocument, path: Path, shape: QuestionShape): void {
  if (shape.ask !== undefined && shape.rubric !== undefined) {
    document.report('asked-twice', document.span([...path, 'rubric'], 'key'), path);
  }
  if (shape.ask === undefined && (shape.rubric === undefined || shape.prompt === undefined)) {
    document.report('nothing-asked', document.span([...path, 'id']), path);
  }
  for (const key of ['scenario', 'when'] as const) {
    if (shape.ask !== undefined && shape[key] === undefined) {
      document.report('missing-key', document.span([...path, 'id']), path, { name: key });
    }
  }
}

function checkNames(
  document: PackDocument,
  path: Path,
  shape: QuestionShape,
  scenarios: ReadonlySet<string>,
): void {
  if (shape.scenario !== undefined && !scenarios.has(shape.scenario)) {
    const at = [...path, 'scenario'];
    const expected = listOf([...scenarios], shape.scenario);
    document.report('unknown-scenario', document.span(at), at, { name: shape.scenario, expected });
  }
  for (const id of Object.keys(shape.feedback ?? {})) {
    if (findMisconception(id) !== undefined) continue;
    const at = [...path, 'feedback', id];
    const expected = listOf(MISCONCEPTION_IDS, id);
    document.report('unknown-misconception', document.span(at, 'key'), at, { name: id, expected });
  }
}

/** Several asks about the next segment of one host are one ask with all their parts. */
function compileAsks(document: PackDocument, path: Path, ask: QuestionShape['ask']): Ask[] {
  if (ask === undefined) return [];
  const texts =
    typeof ask === 'string'
      ? [{ text: ask, at: [...path, 'ask'] }]
      : ask.map((text, place) => ({ text, at: [...path, 'ask', place] }));
  const asks: Ask[] = [];
  for (const { text, at } of texts) {
    const read = readPhrase(document, at, text, readAsk);
    if (read === undefined) continue;
    const place = asks.findIndex((known) => isSame(known, read));
    const known = asks[place];
    if (known === undefined) asks.push(read);
    else if (known.kind === 'segment' && read.kind === 'segment') {
      asks[place] = { ...known, parts: [...new Set([...known.parts, ...read.parts])] };
    }
  }
  return asks;
}

function isSame(one: Ask, other: Ask): boolean {
  if (one.kind === 'segment' && other.kind === 'segment') return one.host === other.host;
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A written answer must be to one thing that the question asks. */
function compileAlternatives(
  document: PackDocument,
  path: Path,
  shape: QuestionShape,
  asks: readonly Ask[],
): Alternative[] {
  const asked = new Set(fieldsOf(asks).map(({ name }) => name));
  return (shape.alternatives ?? []).flatMap((text, place): Alternative[] => {
    const at = [...path, 'alternatives', place];
    const read = readPhrase(document, at, text, readAlternative);
    if (read === undefined) return [];
    if (shape.ask === undefined) document.report('alternative-not-asked', document.span(at), at);
    if (read.kind !== 'value') return [read];
    const [field, ...others] = fieldsOf([read.ask]);
    if (field === undefined || others.length > 0 || !asked.has(field.name)) {
      if (shape.ask !== undefined) document.report('alternative-not-asked', document.span(at), at);
      return [];
    }
    return [{ kind: 'value', field: field.name, text: read.text }];
  });
}

function compileWhen(document: PackDocument, path: Path, shape: QuestionShape): When {
  if (shape.when === undefined) return { kind: 'end' };
  return readPhrase(document, [...path, 'when'], shape.when, readWhen) ?? { kind: 'end' };
}
