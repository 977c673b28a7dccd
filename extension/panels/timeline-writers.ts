import type { Language } from '../../core/text.ts';
import type { HostId } from '../../core/timeline/timeline.ts';
import { xmlFile } from '../../quizzes/exchange/markup.ts';
import { toMermaid } from '../../quizzes/exchange/mermaid.ts';
import { timelineSvg } from '../../quizzes/exchange/timeline-svg.ts';
import { pcapOfView } from '../../quizzes/exchange/view-pcap.ts';
import { scriptOfView } from '../../quizzes/exchange/view-script.ts';
import type { NotDrawn, ShownTimeline } from './panel-in-use.ts';

/** What the timeline on screen can be written as: a script with either host under test, a PNG in two sizes. */
export type Format = 'svg' | 'png' | 'png-2x' | 'mermaid' | 'pcap' | 'pkt-a' | 'pkt-b';

/** Why there is nothing to write. */
export type NotWritten = NotDrawn | 'no-beginning';

/** Everything a writer may need. */
export interface Drawing extends ShownTimeline {
  readonly language: Language;
}

type Written = Uint8Array | NotWritten;
type Writer = (drawing: Drawing) => Written | Promise<Written>;

const octets = (text: string) => new TextEncoder().encode(text);

/** On paper, whatever the editor's colours: the picture is for pages and slides. */
const png =
  (scale: number): Writer =>
  ({ view, language, drawPng }) =>
    drawPng(xmlFile(timelineSvg(view, language, 'light')), scale);

const script =
  (host: HostId): Writer =>
  ({ view }) => {
    const text = scriptOfView(view, host);
    return text === undefined ? 'no-beginning' : octets(text);
  };

export const WRITERS: Readonly<Record<Format, Writer>> = {
  svg: ({ view, language }) => octets(xmlFile(timelineSvg(view, language))),
  png: png(1),
  'png-2x': png(2),
  mermaid: ({ view, language }) => octets(toMermaid(view, language)),
  pcap: ({ view }) => pcapOfView(view),
  'pkt-a': script('A'),
  'pkt-b': script('B'),
};
