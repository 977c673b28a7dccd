// Anki's text import: docs.ankiweb.net/importing/text-files.html. Notes are told apart by their guid, so that a
// second import brings a deck up to date instead of doubling it.

import { markup } from './markup.ts';
import type { StaticField, StaticPack, StaticQuestion } from './static-question.ts';
import { bodyHtml, EXPORT_WORDS, expectedOf, reasonsHtml } from './words.ts';

/** The pack as a text file for Anki's File > Import: guid, front, back, tags. */
export function toAnki(pack: StaticPack): string {
  const head = [
    '#separator:tab',
    '#html:true',
    '#notetype:Basic',
    `#deck:Handshake::${pack.title.replace(/\s+/g, ' ').replaceAll('::', ':')}`,
    '#columns:guid\tFront\tBack\tTags',
    '#guid column:1',
    '#tags column:4',
  ];
  const notes = pack.questions.map((question) =>
    [
      `handshake/${pack.id}/${question.id}/${question.variant}`,
      frontHtml(question),
      backHtml(pack, question),
      ['handshake', pack.id, `difficulty::${question.difficulty}`, ...question.tags].map(tagName).join(' '),
    ]
      .map(cell)
      .join('\t'),
  );
  return `${[...head, ...notes].join('\n')}\n`;
}

function frontHtml(question: StaticQuestion): string {
  const labels = question.fields.map(({ label }) => markup`<li>${label}: ?</li>`);
  const asked = labels.length < 2 ? [] : [markup`<ul>${labels}</ul>`];
  return markup`${bodyHtml(question)}${asked}`.markup;
}

function backHtml({ language }: StaticPack, question: StaticQuestion): string {
  const words = EXPORT_WORDS[language];
  if (question.fields.length === 0) {
    return markup`<p>${words.keyPoints}</p><ul>${question.rubric.map((point) => markup`<li>${point}</li>`)}</ul>`
      .markup;
  }
  const answers = question.fields.map(
    (field) => markup`<li>${field.label}: <b>${expectedOf(field)}</b>${alsoText(field, words.also)}</li>`,
  );
  const mistakes = question.fields.flatMap(({ label, mistakes: found }) =>
    found.map(
      ({ name, feedback, written }) => markup`<li>${label} = ${written[0]}: <b>${name}</b>. ${feedback}</li>`,
    ),
  );
  const wrong = mistakes.length === 0 ? [] : [markup`<p>${words.mistakes}</p><ul>${mistakes}</ul>`];
  return markup`<ul>${answers}</ul><p>${words.why}</p>${reasonsHtml(question)}${wrong}`.markup;
}

/** Another notation or two, as a reminder that there are some. */
function alsoText(field: StaticField, also: string): string {
  if (field.kind !== 'text') return '';
  const others = field.accepted.filter((text) => /^(?:\d|0x|\[)/.test(text)).slice(0, 2);
  return others.length === 0 ? '' : ` (${also} ${others.join(', ')})`;
}

/** Blanks part tags. */
function tagName(tag: string): string {
  return tag.trim().replace(/\s+/g, '_');
}

function cell(text: string): string {
  const line = text.replace(/[\t\r\n]+/g, ' ');
  return /["#]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}
