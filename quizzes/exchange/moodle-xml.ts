// Moodle XML: docs.moodle.org/en/Moodle_XML_format. Questions with several fields are Cloze ("multianswer") questions.

import { type Markup, markup, xmlFile } from './markup.ts';
import type { ChoiceField, StaticField, StaticPack, StaticQuestion } from './static-question.ts';
import { bodyHtml, reasonsHtml, variantName } from './words.ts';

/** The pack as a Moodle XML file, one category a question, so that a quiz can draw one variant of each by chance. */
export function toMoodleXml(pack: StaticPack): string {
  let category = '';
  const parts = pack.questions.flatMap((question) => {
    const begins = question.id !== category;
    category = question.id;
    return [...(begins ? [categoryXml(pack, question)] : []), questionXml(pack, question)];
  });
  return xmlFile(markup`<quiz>${parts}\n</quiz>`);
}

function categoryXml(pack: StaticPack, { id }: StaticQuestion): Markup {
  const path = ['$course$', 'top', pack.title.replaceAll('/', '//'), id].join('/');
  return markup`\n<question type="category"><category><text>${path}</text></category></question>`;
}

function questionXml(pack: StaticPack, question: StaticQuestion): Markup {
  const [only, ...others] = question.fields;
  if (only === undefined) return essayXml(pack, question);
  if (others.length > 0) return frame(pack, question, 'cloze', clozeHtml(question), []);
  const stem = markup`${bodyHtml(question)}<p>${only.label}:</p>`;
  return only.kind === 'choice'
    ? frame(pack, question, 'multichoice', stem, choiceXml(only))
    : frame(pack, question, 'shortanswer', stem, [markup`\n<usecase>0</usecase>`, ...textXml(only)]);
}

function frame(
  pack: StaticPack,
  question: StaticQuestion,
  type: string,
  stem: Markup,
  rest: readonly Markup[],
): Markup {
  const { id, variant, tags, hints, points } = question;
  // The grade of a Cloze question is the sum of the weights of its parts.
  const grade = type === 'cloze' ? [] : [markup`\n<defaultgrade>${points}</defaultgrade>`];
  const tagXml = tags.map((tag) => markup`<tag><text>${tag}</text></tag>`);
  return markup`\n<question type="${type}">
<name><text>${variantName(question)}</text></name>
<questiontext format="html"><text>${stem.markup}</text></questiontext>
<generalfeedback format="html"><text>${reasonsHtml(question).markup}</text></generalfeedback>${grade}
<penalty>0.3333333</penalty>
<hidden>0</hidden>
<idnumber>${pack.id}/${id}/${variant}</idnumber>${rest}${hints.map((hint) => markup`\n<hint format="html"><text>${markup`${hint}`.markup}</text></hint>`)}
<tags>${tagXml}</tags>
</question>`;
}

function textXml({ accepted, mistakes }: Extract<StaticField, { kind: 'text' }>): Markup[] {
  const right = accepted.map((text) => answerXml(wildcardsOff(text), 100, undefined));
  const wrong = mistakes.flatMap(({ name, feedback, written }) =>
    written.map((text) => answerXml(wildcardsOff(text), 0, feedbackHtml(name, feedback))),
  );
  return [...right, ...wrong];
}

/** In a short answer `*` stands for anything. */
function wildcardsOff(text: string): string {
  return text.replaceAll('*', '\\*');
}

function choiceXml(field: ChoiceField): Markup[] {
  const answers = field.options.map(({ value, label }) => {
    const mistake = field.mistakes.find(({ written }) => written.includes(value));
    const feedback = mistake && feedbackHtml(mistake.name, mistake.feedback);
    return answerXml(markup`${label}`.markup, field.accepted.includes(value) ? 100 : 0, feedback, 'html');
  });
  return [
    markup`\n<single>true</single>\n<shuffleanswers>true</shuffleanswers>\n<answernumbering>abc</answernumbering>`,
    ...answers,
  ];
}

function answerXml(
  text: string,
  fraction: number,
  feedback: Markup | undefined,
  format = 'moodle_auto_format',
): Markup {
  return markup`\n<answer fraction="${fraction}" format="${format}"><text>${text}</text><feedback format="html"><text>${feedback?.markup}</text></feedback></answer>`;
}

function feedbackHtml(name: string, feedback: string): Markup {
  return markup`<p><strong>${name}</strong>: ${feedback}</p>`;
}

function essayXml(pack: StaticPack, question: StaticQuestion): Markup {
  const points = markup`<ul>${question.rubric.map((point) => markup`<li>${point}</li>`)}</ul>`;
  return frame(pack, question, 'essay', bodyHtml(question), [
    markup`\n<responseformat>editor</responseformat>\n<responserequired>1</responserequired>\n<responsefieldlines>10</responsefieldlines>\n<attachments>0</attachments>\n<attachmentsrequired>0</attachmentsrequired>`,
    markup`\n<graderinfo format="html"><text>${points.markup}</text></graderinfo>\n<responsetemplate format="html"><text></text></responsetemplate>`,
  ]);
}

/** The body with a gap for each field: docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type. */
function clozeHtml(question: StaticQuestion): Markup {
  const gaps = question.fields.map((field) => {
    const kind = field.kind === 'choice' ? 'MULTICHOICE_VS' : 'SHORTANSWER';
    return markup`<p>${field.label}: {1:${kind}:${gapAnswers(field).join('~')}}</p>`;
  });
  return markup`${bodyHtml(question)}${gaps}`;
}

function gapAnswers(field: StaticField): string[] {
  if (field.kind === 'choice') {
    return field.options.map(({ value, label }) => {
      const mistake = field.mistakes.find(({ written }) => written.includes(value));
      const sign = field.accepted.includes(value) ? '=' : '';
      return `${sign}${escapeCloze(label)}${mistake ? `#${escapeCloze(mistake.feedback)}` : ''}`;
    });
  }
  const right = field.accepted.map((text) => `=${escapeCloze(text)}`);
  const wrong = field.mistakes.flatMap(({ feedback, written }) =>
    written.map((text) => `%0%${escapeCloze(text)}#${escapeCloze(feedback)}`),
  );
  return [...right, ...wrong];
}

/** The gap's own signs; a text must not begin like a right answer or a percentage either. */
function escapeCloze(text: string): string {
  return text.replace(/[\\#~}]/g, (sign) => `\\${sign}`).replace(/^(?=[=%])/, ' ');
}
