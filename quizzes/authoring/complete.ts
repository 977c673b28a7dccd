// What an author may write at the cursor.

import type { Bilingual } from '../../core/text.ts';
import { formatDuration } from '../engine/durations.ts';
import { MISCONCEPTIONS } from '../engine/misconceptions.ts';
import { runsOf } from '../format/examine.ts';
import type { Analysis } from './check.ts';
import { completePhrase } from './complete-phrase.ts';
import { type Cursor, cursorAt, keysBeside } from './cursor.ts';
import { keyDoc } from './key-docs.ts';
import { meaningOf } from './meanings.ts';
import { momentsOf } from './moments.ts';
import { questionAt, scenarioNames } from './outline.ts';
import { formAt, keysAt, wordsAt } from './pack-schema.ts';
import { isFeedback, isMisconceptionName, isScenarioName, ownerAt, phraseAt } from './slots.ts';
import { snippetsAt } from './snippets.ts';

export interface Completion {
  readonly kind: 'key' | 'word' | 'phrase' | 'moment' | 'misconception' | 'scenario' | 'snippet';
  readonly label: string;
  /** What is written in place of the text between the offsets; of a snippet, with its places to fill in. */
  readonly insert: string;
  readonly from: number;
  readonly to: number;
  readonly detail?: Bilingual;
  readonly doc?: Bilingual;
}

type Draft = Omit<Completion, 'from' | 'to'> & { readonly from?: number };

/**
 * Completes at an offset.
 *
 * @param known - the file as it was last understood, perhaps in an earlier version; for what only a run can tell
 */
export function complete(text: string, offset: number, known?: Analysis): readonly Completion[] {
  const cursor = cursorAt(text, offset);
  if (cursor.typed.startsWith('#')) return [];
  if (isFinished(text, offset, cursor)) return [];
  const drafts = cursor.role === 'key' ? atKey(text, cursor, known) : atValue(text, cursor, known);
  const typed = cursor.typed.toLowerCase();
  return drafts
    .filter(
      ({ kind, label }) => kind === 'phrase' || label.toLowerCase().startsWith(typed) || typed.trim() === '',
    )
    .map((draft) => ({ ...draft, from: draft.from ?? cursor.from, to: cursor.to }));
}

/**
 * Whether what stands at the end of the line is whole: offering it again, or a longer one, would take the Enter that
 * ends the line. After a blank the longer ones are offered.
 */
function isFinished(text: string, offset: number, { role, path, typed }: Cursor): boolean {
  if (!/\S$/.test(typed) || !/^[ \t]*(?:\n|\r|$)/.test(text.slice(offset))) return false;
  const phrase = phraseAt(path);
  if (phrase !== undefined) return phrase.read(typed).ok;
  if (role === 'key') return false;
  if (isScenarioName(path)) return scenarioNames(text).includes(typed);
  if (isMisconceptionName(path)) return MISCONCEPTIONS.some(({ id }) => id === typed);
  return wordsAt(path).includes(typed);
}

function atKey(text: string, cursor: Cursor, known: Analysis | undefined): readonly Draft[] {
  const { path } = cursor;
  // An item of a list of phrases, not the first key of a map in it.
  if (phraseAt(path) !== undefined) return atValue(text, cursor, known);
  const beside = keysBeside(text, cursor);
  const isNew = !/^\s*:/.test(text.slice(cursor.to));
  if (isFeedback(path)) return misconceptions(beside, isNew ? ': ' : '');
  const owner = ownerAt(path);
  const keys = keysAt(path)
    .filter((key) => !beside.has(key))
    .map((key): Draft => {
      const doc = keyDoc(owner, key);
      const insert = isNew ? `${key}:${opening(text, cursor, [...path, key])}` : key;
      return { kind: 'key', label: key, insert, ...(doc && { doc }) };
    });
  const isFirst = beside.size === 0 && cursor.column !== undefined && isNew;
  const snippets = snippetsAt(path, isFirst).map(({ label, says, lines }): Draft => {
    const insert = lines.join(`\n${hanging(text, cursor)}`);
    return { kind: 'snippet', label, insert, detail: says };
  });
  return [...keys, ...snippets];
}

/** Blanks before the lines that follow in the same map: the editor repeats the indentation of the line by itself. */
function hanging(text: string, { from, column = 0 }: Cursor): string {
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const own = /^ */.exec(text.slice(lineStart))?.[0].length ?? 0;
  return ' '.repeat(Math.max(0, column - own));
}

/** What follows a new key: a blank, or the next line with the first dash. */
function opening(text: string, cursor: Cursor, path: readonly string[]): string {
  const form = formAt(path);
  if (form === 'beside' || cursor.column === undefined) return ' ';
  return form === 'list' ? `\n${hanging(text, cursor)}  - ` : `\n${hanging(text, cursor)}  `;
}

function misconceptions(beside: ReadonlySet<string>, after: string): readonly Draft[] {
  return MISCONCEPTIONS.filter(({ id }) => !beside.has(id)).map(({ id, name, text }) => ({
    kind: 'misconception',
    label: id,
    insert: `${id}${after}`,
    detail: name,
    doc: text,
  }));
}

function atValue(text: string, cursor: Cursor, known: Analysis | undefined): readonly Draft[] {
  const { path, typed, from } = cursor;
  if (isScenarioName(path)) {
    return scenarioNames(text).map((name) => ({ kind: 'scenario', label: name, insert: name }));
  }
  if (isMisconceptionName(path)) return misconceptions(new Set(), '');
  const phrase = phraseAt(path);
  if (phrase === undefined) return wordsAt(path).map((word) => ({ kind: 'word', label: word, insert: word }));
  const phrases = completePhrase(phrase, typed).map((next): Draft => {
    const doc = meaningOf(phrase, `${typed.slice(0, next.from)}${next.text}`);
    return {
      kind: 'phrase',
      label: next.text,
      insert: next.complete || next.text.endsWith('.') ? next.text : `${next.text} `,
      from: from + next.from,
      ...(doc && { doc }),
    };
  });
  return [
    ...phrases,
    ...wordsAt(path).map((word): Draft => ({ kind: 'word', label: word, insert: word })),
    ...moments(text, cursor, known),
  ];
}

/** Every moment that really comes in the scenario of the question. */
function moments(text: string, { path, from }: Cursor, known: Analysis | undefined): readonly Draft[] {
  if (path.at(-1) !== 'when' || known === undefined) return [];
  const scenario = questionAt(text, from)?.scenario;
  const plan = known.plans[scenario ?? ''];
  const timeline = plan && runsOf(plan)[0]?.timeline;
  if (timeline === undefined) return [];
  return momentsOf(timeline).map(({ phrase, at }) => {
    const time = { 'en': formatDuration(at, 'en'), 'zh-CN': formatDuration(at, 'zh-CN') };
    return { kind: 'moment', label: phrase, insert: phrase, detail: time };
  });
}
