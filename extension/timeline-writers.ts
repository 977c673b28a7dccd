import type { Language } from '../core/text.ts';
import type { TimelineView } from '../quizzes/engine/view.ts';
import { xmlFile } from '../quizzes/exchange/markup.ts';
import { toMermaid } from '../quizzes/exchange/mermaid.ts';
import { timelineSvg } from '../quizzes/exchange/timeline-svg.ts';
import { pcapOfView } from '../quizzes/exchange/view-pcap.ts';

/** What the timeline on screen can be written as. */
export type Format = 'svg' | 'mermaid' | 'pcap';

const octets = (text: string) => new TextEncoder().encode(text);

export const WRITERS: Readonly<Record<Format, (view: TimelineView, language: Language) => Uint8Array>> = {
  svg: (view, language) => octets(xmlFile(timelineSvg(view, language))),
  mermaid: (view, language) => octets(toMermaid(view, language)),
  pcap: (view) => pcapOfView(view),
};
