// A timeline as a picture that stands by itself: one row a step, arrows from the row they left in to where they came.

import type { Language } from '../../core/text.ts';
import { HOSTS, type HostId, peerOf } from '../../core/timeline/timeline.ts';
import { formatDuration } from '../engine/durations.ts';
import type { ArrowView, StepView, TimelineView } from '../engine/timeline-view.ts';
import { type Markup, markup } from './markup.ts';
import { happeningsOf, legendOf, remarksOf, segmentLabel } from './segment-label.ts';
import { linesOf } from './svg-text.ts';
import { type SvgTheme, styleOf } from './svg-theme.ts';

const WIDTH = 940;
const LIFE = { A: 280, B: 660 } as const satisfies Record<HostId, number>;
const OUTER = { A: -1, B: 1 } as const satisfies Record<HostId, 1 | -1>;
const HEAD = 92;
const LINE = 16;
/** Between two arrows that touch one row. */
const GAP = 24;
const PADDING = 16;
/** Columns of the text beside a lifeline. */
const COLUMNS = 36;

interface Row {
  readonly step: StepView;
  readonly top: number;
  readonly height: number;
  readonly lines: readonly string[];
  readonly states: string;
}

/** What a view shows, as SVG 1.1: no script, nothing from outside. */
export function timelineSvg(view: TimelineView, language: Language, theme: SvgTheme = 'auto'): Markup {
  const rows = rowsOf(view, language);
  const last = rows.at(-1);
  const height = (last === undefined ? HEAD : last.top + last.height) + (view.asked ? 40 : 0) + 44;
  const legend = legendOf(view);
  const title = TITLE[language](view.hosts.A.name, view.hosts.B.name);
  return markup`<svg xmlns="http://www.w3.org/2000/svg" class="handshake-timeline" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${title}"><title>${title}</title><desc>${twinOf(view, language)}</desc>${styleOf(theme)}<rect class="hs-paper" width="${WIDTH}" height="${height}"/>${HOSTS.map((host) => headOf(view, host, height))}${legend === '' ? undefined : text(WIDTH / 2, height - 12, 'middle', 'hs-quiet', legend)}${view.arrows.map((arrow) => arrowOf(view, rows, arrow, language))}${askedOf(view, height)}${rows.map((row) => rowOf(row, language))}</svg>`;
}

const TITLE = {
  en: (a: string, b: string) => `TCP segments between ${a} and ${b}`,
  'zh-CN': (a: string, b: string) => `${a} 与 ${b} 之间的 TCP 报文段`,
} as const;

/** The picture told line by line, for who cannot see it. */
export function twinOf(view: TimelineView, language: Language): string {
  return view.steps
    .map((step) => {
      const sent = view.arrows.filter(({ sentIn }) => sentIn === step.index);
      const labels = sent.map((arrow) =>
        [segmentLabel(view, arrow), ...remarksOf(arrow, language)].join(', '),
      );
      const leaves = labels.map((label) => `${SENDS[language]} ${label}`);
      const [first, ...rest] =
        step.cause === 'departure'
          ? [...leaves, ...step.app]
          : [[step.what, ...step.app].join(', '), ...labels];
      return [
        `${timeText(step, language)} ${step.host}: ${first ?? step.what}`,
        ...rest,
        statesText(step),
      ].join('; ');
    })
    .join('\n');
}

const SENDS = { en: 'sends', 'zh-CN': '发送' } as const;

function timeText(step: StepView, language: Language): string {
  return formatDuration(Math.round(step.at * 1000) / 1000, language);
}

function statesText({ path }: StepView): string {
  return path === 'hidden' ? '?' : path.join(' → ');
}

function rowsOf(view: TimelineView, language: Language): readonly Row[] {
  let top = HEAD;
  return view.steps.map((step): Row => {
    const lines = [...happeningsOf(step), ...step.timers.map((timer) => timer.text)].flatMap((line) =>
      linesOf(line, COLUMNS),
    );
    const sent = view.arrows.filter(({ sentIn }) => sentIn === step.index).length;
    const arrives = step.cause === 'arrival' ? 1 : 0;
    const states = step.path === 'hidden' || step.path.length > 1 ? statesText(step) : '';
    const textHeight = (lines.length + 1 + (states === '' ? 0 : 1)) * LINE;
    const height = Math.max(textHeight, (sent + arrives) * GAP) + PADDING;
    const row = { step, top, height, lines: [timeText(step, language), ...lines], states };
    top += height;
    return row;
  });
}

function text(x: number, y: number, anchor: string, kind: string, words: string): Markup {
  return markup`<text x="${x}" y="${y}" text-anchor="${anchor}" class="${kind}">${words}</text>`;
}

function headOf(view: TimelineView, host: HostId, height: number): Markup {
  const { name, address, port, initial, scripted } = view.hosts[host];
  const where = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  const x = LIFE[host];
  return markup`<g class="hs-${host}"><line class="hs-life" x1="${x}" y1="66" x2="${x}" y2="${height - 28}"/>${text(x, 24, 'middle', 'hs-name', name)}${text(x, 42, 'middle', 'hs-quiet', where)}${text(x, 60, 'middle', 'hs-state', scripted ? '' : initial)}</g>`;
}

function rowOf({ step, top, lines, states }: Row, language: Language): Markup {
  const side = OUTER[step.host];
  const x = LIFE[step.host] + side * 14;
  const anchor = side < 0 ? 'end' : 'start';
  const words = lines.map((line, place) =>
    text(x, top + 12 + place * LINE, anchor, place === 0 ? 'hs-quiet' : 'hs-text', line),
  );
  const state =
    states === ''
      ? undefined
      : text(x, top + 12 + lines.length * LINE, anchor, `hs-state hs-of-${step.host}`, states);
  const label = markup`<title>${`${timeText(step, language)} ${step.host}`}</title>`;
  return markup`<g class="hs-${step.host}">${label}<circle class="hs-dot" cx="${LIFE[step.host]}" cy="${top + 8}" r="4"/>${words}${state}</g>`;
}

/** Where an arrow begins, below what arrived in the same step and what left before it. */
function departure(view: TimelineView, rows: readonly Row[], arrow: ArrowView): number | undefined {
  const row = rows[arrow.sentIn ?? -1];
  if (row === undefined) return undefined;
  const place = view.arrows.filter(({ sentIn }) => sentIn === arrow.sentIn).indexOf(arrow);
  return row.top + 8 + (place + (row.step.cause === 'arrival' ? 1 : 0)) * GAP;
}

function arrowOf(
  view: TimelineView,
  rows: readonly Row[],
  arrow: ArrowView,
  language: Language,
): Markup | undefined {
  const arrives = rows[arrow.arrivedIn ?? -1];
  const leaves = departure(view, rows, arrow);
  const end = arrives === undefined ? undefined : arrives.top + 8;
  const start = leaves ?? (end === undefined ? undefined : end - GAP);
  if (start === undefined) return undefined;
  const [from, to] = [LIFE[arrow.from], LIFE[peerOf(arrow.from)]];
  const reaches = end !== undefined || (arrow.arrivesAt !== undefined && !arrow.lost);
  const [x, y] = reaches ? [to, end ?? start + GAP] : [from + (to - from) * 0.6, start + 14];
  const side = -OUTER[arrow.from];
  const dashed = arrow.forged || arrow.copyOf !== undefined || arrow.purpose === 'retransmission';
  const remarks = remarksOf(arrow, language);
  const label = `${segmentLabel(view, arrow)}${remarks.length === 0 ? '' : ` (${remarks.join(', ')})`}`;
  const kind = `hs-arrow${dashed ? ' hs-dashed' : ''}`;
  return markup`<g class="hs-${arrow.from}"><line class="${kind}" x1="${from}" y1="${start}" x2="${x}" y2="${y}"/>${arrow.lost ? cross(x, y) : head(from, start, x, y)}${text(from + side * 12, start - 5, side > 0 ? 'start' : 'end', 'hs-label', label)}</g>`;
}

function head(x1: number, y1: number, x2: number, y2: number): Markup {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const corner = (turn: number) =>
    `${round(x2 - 10 * Math.cos(angle + turn))},${round(y2 - 10 * Math.sin(angle + turn))}`;
  return markup`<polygon class="hs-head" points="${round(x2)},${round(y2)} ${corner(0.42)} ${corner(-0.42)}"/>`;
}

function cross(x: number, y: number): Markup {
  return markup`<path class="hs-lost" d="M${round(x - 6)} ${round(y - 6)}l12 12m0 -12l-12 12"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function askedOf(view: TimelineView, height: number): Markup | undefined {
  if (view.asked === undefined) return undefined;
  const [from, to] = [LIFE[view.asked], LIFE[peerOf(view.asked)]];
  const y = height - 70;
  return markup`<g class="hs-${view.asked}"><line class="hs-arrow hs-dashed" x1="${from}" y1="${y}" x2="${to}" y2="${y + GAP}"/>${head(from, y, to, y + GAP)}${text((from + to) / 2, y - 2, 'middle', 'hs-label', '?')}</g>`;
}
