// One QTI 3 item: imsglobal.org/spec/qti/v3p0. Elements stand in the order of the schema's sequences.

import { type Markup, markup, xmlFile } from './markup.ts';
import type { ChoiceField, StaticField, StaticPack, StaticQuestion } from './static-question.ts';
import { bodyHtml, expectedOf, variantName } from './words.ts';

const ITEM_SPACE = markup`xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsglobal.org/xsd/imsqtiasi_v3p0 https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd"`;

/** Attributes of the root of every file of the assessment namespace. */
export const QTI_NAMESPACES = ITEM_SPACE;

/** An identifier of QTI: a letter first, then letters, digits, hyphens, dots. */
export function itemIdentifier({ id, variant }: StaticQuestion): string {
  return `q-${id}-${variant}`;
}

/** The item as an XML file. */
export function qtiItem(pack: StaticPack, question: StaticQuestion): string {
  const fields = question.fields.map((field, place) => ({ field, id: `R${place + 1}` }));
  const declared = fields.map(({ field, id }) => declaration(field, id));
  const prose = fields.length === 0;
  const body = prose
    ? markup`${rubricXml(question)}${bodyHtml(question)}<qti-extended-text-interaction response-identifier="R1" expected-lines="8"/>`
    : markup`${bodyHtml(question)}${fields.map(({ field, id }) => interaction(field, id))}`;
  const mistakes = feedbackOf(question);
  return xmlFile(markup`<qti-assessment-item ${ITEM_SPACE} identifier="${itemIdentifier(question)}" title="${variantName(question)}" adaptive="false" time-dependent="false" xml:lang="${pack.language}" tool-name="Handshake">
${prose ? markup`<qti-response-declaration identifier="R1" cardinality="single" base-type="string"/>\n` : declared}${outcome('SCORE', 0)}${outcome('MAXSCORE', question.points)}<qti-outcome-declaration identifier="FEEDBACK" cardinality="multiple" base-type="identifier"/>
<qti-item-body>${body}</qti-item-body>
${prose ? undefined : processing(question, fields)}${mistakes}</qti-assessment-item>`);
}

interface Asked {
  readonly field: StaticField;
  readonly id: string;
}

function outcome(identifier: string, value: number): Markup {
  return markup`<qti-outcome-declaration identifier="${identifier}" cardinality="single" base-type="float"><qti-default-value><qti-value>${value}</qti-value></qti-default-value></qti-outcome-declaration>\n`;
}

function declaration(field: StaticField, id: string): Markup {
  const right = field.kind === 'choice' ? choiceId(field, field.right) : expectedOf(field);
  const keys =
    field.kind === 'choice' ? field.accepted.map((value) => choiceId(field, value)) : field.accepted;
  const entries = keys.map(
    (key) => markup`<qti-map-entry map-key="${key}" mapped-value="1" case-sensitive="false"/>`,
  );
  return markup`<qti-response-declaration identifier="${id}" cardinality="single" base-type="${field.kind === 'choice' ? 'identifier' : 'string'}">
<qti-correct-response><qti-value>${right}</qti-value></qti-correct-response>
<qti-mapping default-value="0">${entries}</qti-mapping>
</qti-response-declaration>\n`;
}

/** Values of ours may hold signs that an identifier may not. */
function choiceId({ options }: ChoiceField, value: string): string {
  return `C${options.findIndex((option) => option.value === value) + 1}`;
}

function interaction(field: StaticField, id: string): Markup {
  if (field.kind === 'text') {
    return markup`<p>${field.label}: <qti-text-entry-interaction response-identifier="${id}" expected-length="24"/></p>`;
  }
  const choices = field.options.map(
    ({ value, label }) =>
      markup`<qti-simple-choice identifier="${choiceId(field, value)}">${label}</qti-simple-choice>`,
  );
  return markup`<qti-choice-interaction response-identifier="${id}" shuffle="false" max-choices="1"><qti-prompt>${field.label}</qti-prompt>${choices}</qti-choice-interaction>`;
}

/** Each field counts the same; every mistake that is recognised shows its feedback. */
function processing(question: StaticQuestion, fields: readonly Asked[]): Markup {
  const scores = fields.map(({ id }) => markup`<qti-map-response identifier="${id}"/>`);
  const recognised = fields.filter(({ field }) => field.mistakes.length > 0).map(recognition);
  return markup`<qti-response-processing>
<qti-set-outcome-value identifier="SCORE"><qti-divide><qti-product><qti-sum>${scores}</qti-sum><qti-base-value base-type="float">${question.points}</qti-base-value></qti-product><qti-base-value base-type="float">${fields.length}</qti-base-value></qti-divide></qti-set-outcome-value>
${recognised}</qti-response-processing>
`;
}

/** Which mistake was made in a field, if any. What is left empty is none, and is asked first: comparing it is an error. */
function recognition({ field, id }: Asked): Markup {
  const branches = field.mistakes.map(({ misconception, written }) => {
    const matches = written.map((text) => match(field, id, text));
    return markup`<qti-response-else-if><qti-or>${matches}</qti-or><qti-set-outcome-value identifier="FEEDBACK"><qti-multiple><qti-variable identifier="FEEDBACK"/><qti-base-value base-type="identifier">${misconception}</qti-base-value></qti-multiple></qti-set-outcome-value></qti-response-else-if>\n`;
  });
  return markup`<qti-response-condition><qti-response-if><qti-is-null><qti-variable identifier="${id}"/></qti-is-null></qti-response-if>
${branches}</qti-response-condition>\n`;
}

function match(field: StaticField, id: string, text: string): Markup {
  if (field.kind === 'choice') {
    return markup`<qti-match><qti-variable identifier="${id}"/><qti-base-value base-type="identifier">${choiceId(field, text)}</qti-base-value></qti-match>`;
  }
  return markup`<qti-string-match case-sensitive="false"><qti-variable identifier="${id}"/><qti-base-value base-type="string">${text}</qti-base-value></qti-string-match>`;
}

/** What is said to a mistake, once for each misconception. */
function feedbackOf({ fields }: StaticQuestion): Markup[] {
  const mistakes = new Map(
    fields.flatMap((field) => field.mistakes).map((mistake) => [mistake.misconception, mistake]),
  );
  return [...mistakes.values()].map(
    ({ misconception, name, feedback }) =>
      markup`<qti-modal-feedback outcome-identifier="FEEDBACK" identifier="${misconception}" show-hide="show" title="${name}"><qti-content-body><p>${feedback}</p></qti-content-body></qti-modal-feedback>\n`,
  );
}

function rubricXml({ rubric }: StaticQuestion): Markup {
  const points = rubric.map((point) => markup`<li>${point}</li>`);
  return markup`<qti-rubric-block use="scoring" view="scorer"><qti-content-body><ul>${points}</ul></qti-content-body></qti-rubric-block>`;
}
