// Quick fixes: what an author most likely meant.

import { PROFILE_IDS } from '../../core/tcp/profiles.ts';
import type { Bilingual } from '../../core/text.ts';
import { MISCONCEPTION_IDS } from '../engine/misconceptions.ts';
import { gap } from '../format/messages.ts';
import { type Cursor, cursorAt } from './cursor.ts';
import { scenarioNames, writtenQuestions } from './outline.ts';
import { keysAt, wordsAt } from './pack-schema.ts';
import { phraseAt } from './slots.ts';

/** Replaces what stands between two offsets. */
interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface Fix {
  readonly title: Bilingual;
  readonly edits: readonly TextEdit[];
  /** The only thing that can be meant. */
  readonly preferred: boolean;
}

/** What is wrong, and where, as an editor keeps it. */
export interface Mistake {
  readonly code: string;
  readonly from: number;
  readonly to: number;
}

type Fixer = (text: string, mistake: Mistake, cursor: Cursor) => readonly Fix[];

const FIXERS: Readonly<Record<string, Fixer>> = {
  'unknown-key': (text, mistake, { path }) => meant(mistake, text, keysAt(path)),
  'unknown-misconception': (text, mistake) => meant(mistake, text, MISCONCEPTION_IDS),
  'unknown-scenario': (text, mistake) => meant(mistake, text, scenarioNames(text)),
  'bad-value': (text, mistake, { path }) => meant(mistake, text, wordsAt(path)),
  'bad-phrase': badPhrase,
  'duplicate-id': duplicateId,
  'missing-translation': missingTranslation,
  'depends-on-profile': addProfile,
  'missing-key': missingKey,
  'cut-at-comma': cutAtComma,
  'feedback-never': removeFeedback,
};

/** What can be done about a mistake, the likeliest first; nothing where nothing is obvious. */
export function fixesFor(text: string, mistake: Mistake): readonly Fix[] {
  const fixer = Object.hasOwn(FIXERS, mistake.code) ? FIXERS[mistake.code] : undefined;
  return fixer?.(text, mistake, cursorAt(text, mistake.to)) ?? [];
}

/** The nearest of the words that would be understood. */
function meant({ from, to }: Mistake, text: string, words: readonly string[]): readonly Fix[] {
  return nearest(words, text.slice(from, to)).map((word, place) => ({
    title: { 'en': `Change to "${word}"`, 'zh-CN': `改为 "${word}"` },
    edits: [{ from, to, text: word }],
    preferred: place === 0,
  }));
}

const MOST = 3;

/** Words that differ from one by less than half of it. */
function nearest(words: readonly string[], written: string): readonly string[] {
  return words
    .map((word) => ({ word, far: gap(word, written) }))
    .filter(({ word, far }) => far <= Math.max(2, word.length * 0.4))
    .sort((one, other) => one.far - other.far)
    .slice(0, MOST)
    .map(({ word }) => word);
}

/** The word where the phrase stops making sense, by one that would do; then the rest must make sense, too. */
function badPhrase(text: string, mistake: Mistake, cursor: Cursor): readonly Fix[] {
  const phrase = phraseAt(cursor.path);
  if (phrase === undefined) return [];
  const whole = text.slice(cursor.from, cursor.to);
  const at = mistake.from - cursor.from;
  const problem = phrase.read(whole);
  if (problem.ok || at < 0) return [];
  const rest = whole.slice(at);
  const candidates = problem.error.expected.filter((word) => typeof word === 'string');
  const found = candidates.flatMap((word) => {
    const length = word.split(' ').length;
    const written = rest
      .split(/(?<=\s)/)
      .slice(0, length)
      .join('')
      .trimEnd();
    const far = gap(word, written);
    return far <= Math.max(2, word.length * 0.4) ? [{ word, written, far }] : [];
  });
  const good = found.map((one) => {
    const fixed = whole.slice(0, at) + one.word + rest.slice(one.written.length);
    return { ...one, reads: phrase.read(fixed).ok };
  });
  return good
    .sort((one, other) => Number(other.reads) - Number(one.reads) || one.far - other.far)
    .slice(0, MOST)
    .map(({ word, written, reads }, place) => ({
      title: { 'en': `Change to "${word}"`, 'zh-CN': `改为 "${word}"` },
      edits: [{ from: mistake.from, to: mistake.from + written.length, text: word }],
      preferred: place === 0 && reads,
    }));
}

function duplicateId(text: string, { from, to }: Mistake): readonly Fix[] {
  const id = text.slice(from, to);
  const taken = new Set(writtenQuestions(text).map((question) => question.id));
  let number = 2;
  while (taken.has(`${id}-${number}`)) number += 1;
  const fresh = `${id}-${number}`;
  const title = { 'en': `Rename this one to "${fresh}"`, 'zh-CN': `把这一个改名为 "${fresh}"` };
  return [{ title, edits: [{ from, to, text: fresh }], preferred: true }];
}

/** A stub to be filled in: the other language, as a copy between angle brackets. */
function missingTranslation(text: string, { from, to }: Mistake): readonly Fix[] {
  const written = text.slice(from, to);
  const title = (language: string): Bilingual => ({
    'en': `Add "${language}"`,
    'zh-CN': `添加 "${language}"`,
  });
  const map = /^\{\s*(en|zh-CN):\s*([\s\S]*?)\s*\}$/.exec(written);
  if (map !== null) {
    const missing = map[1] === 'en' ? 'zh-CN' : 'en';
    const end = to - (written.length - written.replace(/\s*\}$/, '').length);
    return [
      { title: title(missing), edits: [{ from: end, to: end, text: `, ${missing}: "…"` }], preferred: true },
    ];
  }
  const block = /^(en|zh-CN):/.exec(written)?.[1];
  if (block !== undefined) {
    const missing = block === 'en' ? 'zh-CN' : 'en';
    const indent = ' '.repeat(from - (text.lastIndexOf('\n', from - 1) + 1));
    return [
      {
        title: title(missing),
        edits: [{ from, to: from, text: `${missing}: "…"\n${indent}` }],
        preferred: true,
      },
    ];
  }
  if (/^[|>]/.test(written) || written.includes('\n')) return [];
  const own = /\p{Script=Han}/u.test(written) ? 'zh-CN' : 'en';
  const missing = own === 'en' ? 'zh-CN' : 'en';
  const quoted = /^["']/.test(written) ? written : JSON.stringify(written);
  return [
    {
      title: title(missing),
      edits: [{ from, to, text: `{ ${own}: ${quoted}, ${missing}: "…" }` }],
      preferred: true,
    },
  ];
}

/** A profile for the whole pack, after its title. */
function addProfile(text: string): readonly Fix[] {
  const title = /^title:[^\n]*\n(?:[ \t]+[^\n]*\n)*/m.exec(text);
  const format = /^format:[^\n]*\n/m.exec(text);
  const at = title ?? format;
  if (at === null) return [];
  const place = at.index + at[0].length;
  return PROFILE_IDS.map((id, index) => ({
    title: { 'en': `Add "profile: ${id}" to the pack`, 'zh-CN': `给题包添加 "profile: ${id}"` },
    edits: [{ from: place, to: place, text: `profile: ${id}\n` }],
    preferred: index === 0,
  }));
}

const STUBS: Readonly<Record<string, string>> = {
  when: 'when: end',
  id: 'id: my-pack',
  title: 'title: My pack',
};

/** A key on the line after the question's id, or at the end of the braces. */
function missingKey(text: string, { from }: Mistake): readonly Fix[] {
  const question = writtenQuestions(text).find((one) => one.from <= from && from < one.to);
  const present = question === undefined ? text : text.slice(question.from, question.to);
  const names = question === undefined ? ['id', 'title'] : ['scenario', 'when'];
  return names
    .filter((name) => !new RegExp(`(?:^|[\\s{,-])${name}:`, question === undefined ? 'm' : '').test(present))
    .map((name) => {
      const stub =
        name === 'scenario' ? `scenario: ${scenarioNames(text)[0] ?? '…'}` : (STUBS[name] ?? `${name}: `);
      const title = { 'en': `Add "${name}"`, 'zh-CN': `添加 "${name}"` };
      if (question === undefined) {
        const at = /^format:[^\n]*\n/m.exec(text);
        const place = at === null ? 0 : at.index + at[0].length;
        return { title, edits: [{ from: place, to: place, text: `${stub}\n` }], preferred: false };
      }
      const lineStart = text.lastIndexOf('\n', question.idFrom - 1) + 1;
      const inBraces = /\{[^}\n]*$/.test(text.slice(lineStart, question.idFrom));
      const indent = ' '.repeat(text.slice(lineStart, question.idFrom).search(/id: /));
      const insert = inBraces ? `, ${stub}` : `\n${indent}${stub}`;
      return { title, edits: [{ from: question.idTo, to: question.idTo, text: insert }], preferred: false };
    });
}

function cutAtComma(text: string, { from, to }: Mistake): readonly Fix[] {
  const title = { 'en': 'Put quotes around the text', 'zh-CN': '给文字加上引号' };
  return [{ title, edits: [{ from, to, text: JSON.stringify(text.slice(from, to)) }], preferred: true }];
}

/** The line of the misconception, and "feedback:" with it when nothing else is there. */
function removeFeedback(text: string, { from }: Mistake): readonly Fix[] {
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const lineEnd = text.indexOf('\n', from);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
  if (!/^ +[a-z0-9-]+: +\S/.test(line) || /[|>][+-]?$/.test(line)) return [];
  const column = /^ */.exec(line)?.[0].length ?? 0;
  const isAlone =
    /feedback:\s*$/.test(text.slice(0, lineStart).trimEnd()) &&
    (/^ */.exec(text.slice(lineEnd + 1))?.[0].length ?? 0) < column;
  const start = isAlone ? text.lastIndexOf('\n', text.lastIndexOf('feedback:', lineStart)) + 1 : lineStart;
  const title = { 'en': 'Remove this feedback', 'zh-CN': '删除这条反馈' };
  return [
    {
      title,
      edits: [{ from: start, to: lineEnd < 0 ? text.length : lineEnd + 1, text: '' }],
      preferred: false,
    },
  ];
}
