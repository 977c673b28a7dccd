// A timeline as a Mermaid sequence diagram: for notes, wikis and READMEs.

import type { Language } from '../../core/text.ts';
import { type HostId, peerOf } from '../../core/timeline/timeline.ts';
import { formatDuration } from '../engine/durations.ts';
import type { ArrowView, HostView, StepView, TimelineView } from '../engine/timeline-view.ts';
import { happeningsOf, legendOf, remarksOf, segmentLabel } from './segment-label.ts';

/** Draws what the view shows; an arrow stands where its segment left. Ends with a line break. */
export function toMermaid(view: TimelineView, language: Language): string {
  const legend = legendOf(view);
  const drawn = new Set<number>();
  const lines = view.steps.flatMap((step) => {
    const arrows = view.arrows.filter(
      ({ id, sentIn, arrivedIn }) => !drawn.has(id) && (sentIn ?? arrivedIn) === step.index,
    );
    for (const { id } of arrows) drawn.add(id);
    const early = arrows.filter(({ sentIn }) => sentIn === undefined);
    const late = arrows.filter(({ sentIn }) => sentIn !== undefined);
    return [
      ...early.map((arrow) => arrowLine(view, arrow, language)),
      noteLine(step, language),
      ...late.map((arrow) => arrowLine(view, arrow, language)),
    ];
  });
  const asked = view.asked === undefined ? [] : [`${view.asked}-->>${peerOf(view.asked)}: ?`];
  return [
    'sequenceDiagram',
    `    participant A as ${participant(view.hosts.A)}`,
    `    participant B as ${participant(view.hosts.B)}`,
    ...(legend === '' ? [] : [`    Note over A,B: ${encode(legend)}`]),
    ...[...lines, ...asked].map((line) => `    ${line}`),
    '',
  ].join('\n');
}

function participant({ name, address, port }: HostView): string {
  return encode(`${name} (${address.includes(':') ? `[${address}]` : address}:${port})`);
}

function noteLine(step: StepView, language: Language): string {
  const path = step.path === 'hidden' ? '?' : step.path.join(' → ');
  const words = [formatDuration(Math.round(step.at * 1000) / 1000, language), ...happeningsOf(step)];
  return `Note ${SIDES[step.host]} ${step.host}: ${encode(`${words.join(', ')} · ${path}`)}`;
}

const SIDES = { A: 'left of', B: 'right of' } as const satisfies Record<HostId, string>;

function arrowLine(view: TimelineView, arrow: ArrowView, language: Language): string {
  const remarks = remarksOf(arrow, language);
  const label = `${segmentLabel(view, arrow)}${remarks.length === 0 ? '' : ` (${remarks.join(', ')})`}`;
  return `${arrow.from}${arrow.lost ? '-x' : '->>'}${peerOf(arrow.from)}: ${encode(label)}`;
}

/** Signs that end a statement or begin an entity, and markup, by their codes. */
function encode(text: string): string {
  return text.replace(/[#;<>\r\n]/g, (sign) => (/[\r\n]/.test(sign) ? ' ' : `#${sign.charCodeAt(0)};`));
}
