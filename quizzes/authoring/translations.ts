import { LANGUAGES, type Language } from '../../core/text.ts';
import type { PackDocument, Path } from '../format/document.ts';

/** Keys of each kind of thing that hold a text to read. */
const TEXTS = {
  pack: ['title', 'summary', 'intro'],
  section: ['title', 'intro'],
  question: ['title', 'prompt'],
} as const;

/** Warns of texts that lack a language of the pack: one that `languages` names, or else one that its title has. */
export function warnOfMissingTranslations(document: PackDocument): void {
  const { value } = document;
  if (!isMap(value)) return;
  const named = listOf(value['languages']);
  const title = value['title'];
  const wanted =
    named.length > 0
      ? LANGUAGES.filter((language) => named.includes(language))
      : LANGUAGES.filter((language) => isMap(title) && typeof title[language] === 'string');
  if (wanted.length < (named.length > 0 ? 1 : 2)) return;

  const check = (path: Path, text: unknown) => {
    const [missing] = wanted.filter((language) => !has(text, language));
    if (missing === undefined || text === undefined) return;
    const other = named.length > 0 ? 'languages' : 'title';
    document.warn('missing-translation', document.span(path), path, { name: missing, other });
  };
  const checkKeys = (path: Path, holder: unknown, keys: readonly string[]) => {
    if (isMap(holder)) for (const key of keys) check([...path, key], holder[key]);
  };
  const checkQuestion = (path: Path, question: unknown) => {
    if (!isMap(question) || !document.isSound(path)) return;
    checkKeys(path, question, TEXTS.question);
    for (const key of ['rubric', 'hints']) {
      for (const [place, text] of listOf(question[key]).entries()) check([...path, key, place], text);
    }
    const feedback = question['feedback'];
    if (isMap(feedback)) {
      for (const [id, text] of Object.entries(feedback)) check([...path, 'feedback', id], text);
    }
  };
  checkKeys([], value, TEXTS.pack);
  for (const [place, question] of listOf(value['questions']).entries()) {
    checkQuestion(['questions', place], question);
  }
  for (const [place, section] of listOf(value['sections']).entries()) {
    const path = ['sections', place];
    checkKeys(path, section, TEXTS.section);
    if (!isMap(section)) continue;
    for (const [at, question] of listOf(section['questions']).entries()) {
      checkQuestion([...path, 'questions', at], question);
    }
  }
}

/** A plain text is in the language of its script; one without words, such as `SYN`, is in every language. */
function has(text: unknown, language: Language): boolean {
  if (typeof text !== 'string') return !isMap(text) || typeof text[language] === 'string';
  if (/\p{Script=Han}/u.test(text)) return language === 'zh-CN';
  return language === 'en' || !/[a-z]{3}/.test(text);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
