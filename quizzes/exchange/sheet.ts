// A sheet to print: one version for each variant, and the answer key on pages of its own.

import { formatDuration } from '../engine/durations.ts';
import { type Markup, markup, trusted } from './markup.ts';
import type { StaticPack, StaticQuestion } from './static-question.ts';
import { bodyHtml, EXPORT_WORDS, expectedOf, labelOf, reasonsHtml } from './words.ts';

const STYLE = `body{font:11pt/1.4 sans-serif;max-width:48em;margin:2em auto;padding:0 1em;color:#000;background:#fff}
table{border-collapse:collapse;font-size:9pt;margin:.5em 0}caption{text-align:left;font-weight:bold}
th,td{border:1px solid #767676;padding:.2em .5em;text-align:left;vertical-align:top}
td:nth-child(-n+2){white-space:nowrap}
article{break-inside:avoid;margin:1.5em 0}.blank{display:inline-block;min-width:14em;border-bottom:1px solid #000}
.lines{height:9em;border:1px solid #767676}.sheet+.sheet,.key{break-before:page}@page{margin:18mm}`;

/** The pack as one HTML page without scripts or anything from elsewhere. */
export function toSheet(pack: StaticPack): string {
  const versions = Math.max(1, ...pack.questions.map(({ variants }) => variants));
  const numbers = Array.from({ length: versions }, (_, place) => place + 1);
  const sheets = numbers.map((version) => sheet(pack, version, versions));
  const keys = numbers.map((version) => key(pack, version, versions));
  const page = markup`<html lang="${pack.language}"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width"/><title>${pack.title}</title><style>${trusted(STYLE)}</style></head>
<body><main><h1>${pack.title}</h1>${origin(pack)}${sheets}${keys}</main></body></html>`;
  return `<!DOCTYPE html>\n${page.markup}\n`;
}

/** Who wrote it, and under what terms others may use it. */
function origin({ authors, license }: StaticPack): readonly Markup[] {
  const told = [authors.join(', '), license ?? ''].filter((text) => text !== '');
  return told.length === 0 ? [] : [markup`<p>${told.join(' · ')}</p>`];
}

/** What does not change stands in every version. */
function questionsOf(pack: StaticPack, version: number): readonly StaticQuestion[] {
  return pack.questions.filter(({ variant, variants }) => variant === (variants === 1 ? 1 : version));
}

function versionName(pack: StaticPack, version: number, versions: number): string {
  return versions === 1 ? '' : ` – ${EXPORT_WORDS[pack.language].version} ${version}`;
}

function sheet(pack: StaticPack, version: number, versions: number): Markup {
  const words = EXPORT_WORDS[pack.language];
  const limit = pack.exam?.timeLimit;
  const time =
    limit === undefined ? [] : [markup`<p>${words.timeLimit}: ${formatDuration(limit, pack.language)}</p>`];
  const items = questionsOf(pack, version).map((question, place) => {
    const blanks =
      question.fields.length === 0
        ? markup`<div class="lines"></div>`
        : markup`${question.fields.map((field) => blank(field))}`;
    return markup`<article><h3>${place + 1}. ${question.title} (${question.points} ${question.points === 1 ? words.point : words.points})</h3>${bodyHtml(question)}${blanks}</article>`;
  });
  // The title of the page stands above the only version.
  const heading =
    versions === 1 ? [] : [markup`<h2>${pack.title}${versionName(pack, version, versions)}</h2>`];
  return markup`<section class="sheet">${heading}
<p>${words.name}: <span class="blank"></span></p>${time}<p>${words.howToWrite}</p>${items}</section>`;
}

function blank(field: StaticQuestion['fields'][number]): Markup {
  if (field.kind === 'text') return markup`<p>${field.label}: <span class="blank"></span></p>`;
  return markup`<p>${field.label}:</p><ul>${field.options.map(({ label }) => markup`<li>☐ ${label}</li>`)}</ul>`;
}

function key(pack: StaticPack, version: number, versions: number): Markup {
  const words = EXPORT_WORDS[pack.language];
  const items = questionsOf(pack, version).map((question, place) => {
    const answers =
      question.fields.length === 0
        ? question.rubric.map((point) => markup`<li>${point}</li>`)
        : question.fields.map(
            (field) =>
              markup`<li>${field.label}: <strong>${expectedOf(field)}</strong>${absolute(field, words.also)}${alternatives(field, words.accepted)}</li>`,
          );
    return markup`<article><h3>${place + 1}. ${question.title}</h3><ul>${answers}</ul>${reasonsHtml(question)}</article>`;
  });
  return markup`<section class="key"><h2>${words.key}${versionName(pack, version, versions)}</h2>${items}</section>`;
}

function absolute(field: StaticQuestion['fields'][number], also: string): string {
  const number = field.kind === 'text' ? field.accepted.find((text) => /^\d{6,}$/.test(text)) : undefined;
  return number === undefined || number === expectedOf(field) ? '' : ` (${also} ${number})`;
}

/** Choices that are accepted, too; other answers stand among the notations that other systems are given. */
function alternatives(field: StaticQuestion['fields'][number], also: string): string {
  const others =
    field.kind === 'text'
      ? field.alternatives
      : field.accepted.slice(1).map((value) => labelOf(field, value));
  return others.length === 0 ? '' : ` (${also} ${others.join(', ')})`;
}
