// Moodle's GIFT. It has one answer to a question: a question with several fields becomes several.

import { type Markup, markup } from './markup.ts';
import type { ChoiceField, StaticField, StaticPack, StaticQuestion } from './static-question.ts';
import { bodyHtml, reasonsHtml, variantName } from './words.ts';

/** The pack as a GIFT file, one category a question, so that a quiz can draw one variant of each by chance. */
export function toGift(pack: StaticPack): string {
  const blocks: string[] = [
    `// ${oneLine(pack.title)}: ${pack.id} ${oneLine(pack.version)}, made by Handshake`,
  ];
  let category = '';
  for (const question of pack.questions) {
    if (question.id !== category) {
      category = question.id;
      blocks.push(`$CATEGORY: $course$/top/${pathPart(pack.title)}/${pathPart(question.id)}`);
    }
    blocks.push(...questionBlocks(pack, question));
  }
  return `${blocks.join('\n\n')}\n`;
}

function questionBlocks(pack: StaticPack, question: StaticQuestion): string[] {
  const body = bodyHtml(question);
  if (question.fields.length === 0) {
    const points = markup`<ul>${question.rubric.map((point) => markup`<li>${point}</li>`)}</ul>`;
    return [block(pack, question, undefined, body, `####${escapeGift(points.markup)}`)];
  }
  return question.fields.map((field) => {
    const asked = markup`${body}<p>${field.label}:</p>`;
    const answers = field.kind === 'choice' ? choiceLines(field) : textLines(field);
    const why = `####${escapeGift(reasonsHtml(question).markup)}`;
    return block(pack, question, field, asked, [...answers, why].join('\n'));
  });
}

function block(
  pack: StaticPack,
  question: StaticQuestion,
  field: StaticField | undefined,
  stem: Markup,
  answers: string,
): string {
  const path = [pack.id, question.id, question.variant, ...(field ? [field.name] : [])].join('/');
  const tags = question.tags.map((tag) => ` [tag:${oneLine(tag).replaceAll(']', ')')}]`).join('');
  const name = [variantName(question), ...(field ? [field.label] : [])].join(' – ');
  return [
    `// [id:${path}]${tags}`,
    `::${escapeGift(name)}::[html]${escapeGift(stem.markup)}{`,
    answers,
    '}',
  ].join('\n');
}

function textLines(field: Extract<StaticField, { kind: 'text' }>): string[] {
  const right = field.accepted.map((text) => `=%100%${escapeGift(text)}`);
  const wrong = field.mistakes.flatMap(({ name, feedback, written }) =>
    written.map((text) => `=%0%${escapeGift(text)}#${escapeGift(feedbackHtml(name, feedback))}`),
  );
  return [...right, ...wrong];
}

function choiceLines(field: ChoiceField): string[] {
  return field.options.map(({ value, label }) => {
    const mistake = field.mistakes.find(({ written }) => written.includes(value));
    const feedback = mistake && `#${escapeGift(feedbackHtml(mistake.name, mistake.feedback))}`;
    return `${field.accepted.includes(value) ? '=' : '~'}${escapeGift(markup`${label}`.markup)}${feedback ?? ''}`;
  });
}

function feedbackHtml(name: string, feedback: string): string {
  return markup`<strong>${name}</strong>: ${feedback}`.markup;
}

/** A blank line would end the question, a line of its own may be taken for a comment. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function escapeGift(text: string): string {
  return oneLine(text).replace(/[\\~=#{}:]/g, (sign) => `\\${sign}`);
}

function pathPart(text: string): string {
  return oneLine(text).replaceAll('/', '//');
}
