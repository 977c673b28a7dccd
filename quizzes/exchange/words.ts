// Words of exported files, in the language they are exported in.

import type { Language } from '../../core/text.ts';
import { type Markup, markup, trusted } from './markup.ts';
import { pictureHtml } from './picture.ts';
import type { ChoiceField, StaticField, StaticQuestion } from './static-question.ts';

export const EXPORT_WORDS = {
  en: {
    answers: 'Answers',
    version: 'Version',
    name: 'Name',
    key: 'Answer key',
    also: 'also',
    accepted: 'also accepted:',
    why: 'Why',
    mistakes: 'Common mistakes',
    point: 'point',
    points: 'points',
    howToWrite: 'Numbers may be written by name (x+1), in decimal or in hexadecimal.',
    keyPoints: 'Key points',
    timeLimit: 'Time limit',
  },
  'zh-CN': {
    answers: '答案',
    version: '版本',
    name: '姓名',
    key: '参考答案',
    also: '也可写作',
    accepted: '也接受：',
    why: '理由',
    mistakes: '常见错误',
    point: '分',
    points: '分',
    howToWrite: '序号可以写成名称 (x+1)、十进制或十六进制。',
    keyPoints: '要点',
    timeLimit: '时限',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** Prompt and picture: everything of a question but its fields. */
export function bodyHtml({ prompt, picture }: StaticQuestion): Markup {
  const block = /^\s*<(?:p|ul|ol|h\d|blockquote|pre|table)\b/.test(prompt);
  const drawn = picture === undefined ? [] : [pictureHtml(picture)];
  return markup`${drawn}${block ? trusted(prompt) : markup`<p>${trusted(prompt)}</p>`}`;
}

/** Why the answer is right, with the RFC. */
export function reasonsHtml({ reasons }: StaticQuestion): Markup {
  if (reasons.length === 0) return markup``;
  return markup`<ul>${reasons.map(({ text, source }) => markup`<li>${text} (${source})</li>`)}</ul>`;
}

/** The right answer as a textbook writes it. */
export function expectedOf(field: StaticField): string {
  if (field.kind === 'text') return field.accepted[0] ?? '';
  return labelOf(field, field.right);
}

/** What the learner reads of an option. */
export function labelOf({ options }: ChoiceField, value: string): string {
  return options.find((option) => option.value === value)?.label ?? value;
}

/** "question", or "question 2" where there are several draws of it. */
export function variantName({ title, variant, variants }: StaticQuestion): string {
  return variants === 1 ? title : `${title} #${variant}`;
}
