import { sourceLink, sourceText } from '../../core/tcp/rules.ts';
import type { Bilingual } from '../../core/text.ts';
import { countMoments } from '../engine/cut.ts';
import { findMisconception } from '../engine/mutants.ts';
import { readWhen } from '../format/ask-phrases.ts';
import { runsOf } from '../format/examine.ts';
import { answerLine } from './answers.ts';
import type { Analysis } from './check.ts';
import { type Cursor, cursorAt } from './cursor.ts';
import { keyDoc } from './key-docs.ts';
import { meaningOf } from './meanings.ts';
import { questionAt } from './outline.ts';
import { isFeedback, isMisconceptionName, isQuestion, ownerAt, phraseAt } from './slots.ts';

/** What is said of a part of the text; each paragraph is Markdown. */
export interface Explanation {
  readonly from: number;
  readonly to: number;
  readonly paragraphs: readonly Bilingual[];
}

/** Explains what stands at an offset; answers are those of the preview's `seed`. */
export function explain(
  text: string,
  offset: number,
  known: Analysis | undefined,
  seed: number,
): Explanation | undefined {
  // At the end of what stands there, so that all of it counts as typed.
  const { to } = cursorAt(text, offset);
  const cursor = cursorAt(text, to);
  const { path, role, typed, from } = cursor;
  if (offset < from || typed === '') return undefined;
  const paragraphs =
    role === 'key' && phraseAt(path) === undefined
      ? ofKey(cursor, typed)
      : ofValue(text, cursor, known, seed);
  return paragraphs.length === 0 ? undefined : { from, to, paragraphs };
}

function ofKey({ path }: Cursor, key: string): readonly Bilingual[] {
  if (isFeedback(path)) return ofMisconception(key);
  const doc = keyDoc(ownerAt(path), key);
  return doc === undefined ? [] : [doc];
}

function ofMisconception(id: string): readonly Bilingual[] {
  const known = findMisconception(id.trim());
  if (known === undefined) return [];
  const { name, text } = known;
  const source = `[${sourceText(known)}](${sourceLink(known)})`;
  return [
    { 'en': `**${name.en}**`, 'zh-CN': `**${name['zh-CN']}**` },
    text,
    { 'en': source, 'zh-CN': source },
  ];
}

function ofValue(
  text: string,
  cursor: Cursor,
  known: Analysis | undefined,
  seed: number,
): readonly Bilingual[] {
  const { path, typed } = cursor;
  if (isMisconceptionName(path)) return ofMisconception(typed);
  const phrase = phraseAt(path);
  const meaning = phrase && meaningOf(phrase, typed.trim());
  const inQuestion = isQuestion(path.slice(0, -1)) || (path.at(-1) === '*' && path.at(-2) === 'ask');
  const isAbout = inQuestion && (phrase !== undefined || path.at(-1) === 'id');
  return [
    ...(meaning === undefined ? [] : [meaning]),
    ...(phrase?.kind === 'when' ? occurrences(text, cursor, known) : []),
    ...(isAbout ? computed(text, cursor, known, seed) : []),
  ];
}

/** How often the moment comes in its scenario. */
function occurrences(
  text: string,
  { from, typed }: Cursor,
  known: Analysis | undefined,
): readonly Bilingual[] {
  const when = readWhen(typed.trim());
  const plan = known?.plans[questionAt(text, from)?.scenario ?? ''];
  const timeline = plan && runsOf(plan)[0]?.timeline;
  if (timeline === undefined || !when.ok || !('which' in when.value)) return [];
  const times = countMoments(timeline, when.value);
  return [
    {
      'en': `Such a moment comes ${times === 1 ? 'once' : `${times} times`} in this scenario.`,
      'zh-CN': `该场景中这样的时刻有 ${times} 个。`,
    },
  ];
}

function computed(
  text: string,
  { from }: Cursor,
  known: Analysis | undefined,
  seed: number,
): readonly Bilingual[] {
  const id = questionAt(text, from)?.id;
  const question = known?.pack?.questions.find((one) => one.id === id);
  const line = known && question && answerLine(known, question, seed);
  if (line === undefined) return [];
  return [{ 'en': `Answer (seed ${seed}): ${line.en}`, 'zh-CN': `答案（种子 ${seed}）：${line['zh-CN']}` }];
}
