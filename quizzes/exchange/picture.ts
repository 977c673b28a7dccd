// What a learner sees of a run, as a table: for paper and for systems that cannot draw.

import { add, seq } from '../../core/tcp/seq.ts';
import type { Language } from '../../core/text.ts';
import type { HostId } from '../../core/timeline/timeline.ts';
import { formatDuration } from '../engine/durations.ts';
import { formatSymbolic } from '../engine/numbers.ts';
import type { ArrowView, StepView, TimelineView } from '../engine/timeline-view.ts';
import { type Markup, markup } from './markup.ts';
import { happeningsOf } from './segment-label.ts';

/** Rows of plain text under their headings. */
export interface Picture {
  readonly caption: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What the names of numbers stand for. */
  readonly legend: string;
}

const WORDS = {
  en: {
    caption: 'What has happened so far',
    headings: ['time', 'host', 'what happens', 'segments sent', 'state afterwards'],
    lost: 'lost on the way',
    lossUnsure: 'lost on the way, or the answer to it was',
    hidden: '?',
    unknown: 'not shown yet',
    nothing: 'Nothing has happened yet.',
  },
  'zh-CN': {
    caption: '到目前为止发生的事',
    headings: ['时间', '主机', '事件', '发送的报文段', '之后的状态'],
    lost: '途中丢失',
    lossUnsure: '途中丢失，或对它的应答丢失',
    hidden: '?',
    unknown: '尚未出现',
    nothing: '还什么都没有发生。',
  },
} as const;

/** Tells a view row by row. */
export function pictureOf(view: TimelineView, language: Language): Picture {
  const words = WORDS[language];
  const rows = view.steps.map((step) => [
    formatDuration(Math.round(step.at * 1000) / 1000, language),
    `${step.host} (${view.hosts[step.host].name})`,
    [...whatTexts(view, step, language), ...step.timers.map(({ text }) => text)].join('; '),
    view.arrows
      .filter(({ sentIn }) => sentIn !== undefined && view.steps[sentIn]?.index === step.index)
      .map(
        (arrow) =>
          `${arrowText(view, arrow)}${arrow.lost ? ` (${arrow.lossUnsure ? words.lossUnsure : words.lost})` : ''}`,
      )
      .join('; '),
    step.path === 'hidden' ? words.hidden : (step.path.at(-1) ?? ''),
  ]);
  const legend = view.symbols
    .map(({ name, host, value }) => `${name} = ${value ?? words.unknown} (${host})`)
    .join(', ');
  return {
    caption: rows.length === 0 ? words.nothing : words.caption,
    headings: words.headings,
    rows,
    legend,
  };
}

function whatTexts(view: TimelineView, step: StepView, language: Language): readonly string[] {
  const arrow = view.arrows.find(({ id }) => id === step.arrow);
  if (arrow === undefined || step.cause !== 'arrival') return happeningsOf(step);
  const receives = { en: 'receives', 'zh-CN': '收到' }[language];
  return [`${receives} ${arrowText(view, arrow)}`, ...step.app];
}

/** "SYN ACK seq=4012345678 (y) ack=2837461923 (x+1)". */
function arrowText(view: TimelineView, arrow: ArrowView): string {
  const peer = arrow.from === 'A' ? 'B' : 'A';
  return [
    arrow.flags.join(' ') || 'none',
    `seq=${numberText(view, arrow.seq, arrow.from)}`,
    ...(arrow.ack === undefined ? [] : [`ack=${numberText(view, arrow.ack, peer)}`]),
    ...(arrow.length === 0 ? [] : [`len=${arrow.length}`]),
    `win=${arrow.window}`,
  ].join(' ');
}

function numberText(view: TimelineView, value: number, host: HostId): string {
  const symbols = view.symbols.flatMap((symbol) =>
    symbol.value === undefined
      ? []
      : [{ name: symbol.name, host: symbol.host, value: seq(symbol.value), shownBy: undefined }],
  );
  const named = formatSymbolic(add(seq(value), 0), { host, symbols, base: undefined });
  return named === String(value) ? named : `${value} (${named})`;
}

/** The table as HTML that every importer takes: no styles, no scripts. */
export function pictureHtml({ caption, headings, rows, legend }: Picture): Markup {
  if (rows.length === 0) return markup`<p>${caption}</p>`;
  const head = headings.map((heading) => markup`<th scope="col">${heading}</th>`);
  const body = rows.map((row) => markup`<tr>${row.map((cell) => markup`<td>${cell}</td>`)}</tr>`);
  const named = legend === '' ? [] : [markup`<p>${legend}</p>`];
  return markup`<table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>${named}`;
}
