// A segment in one line, as a diagram labels its arrow.

import { seq } from '../../core/tcp/seq.ts';
import type { Language } from '../../core/text.ts';
import { type HostId, peerOf } from '../../core/timeline/timeline.ts';
import { formatSymbolic } from '../engine/numbers.ts';
import type { ArrowView, StepView, TimelineView } from '../engine/timeline-view.ts';

const REMARKS = {
  retransmission: { en: 'retransmission', 'zh-CN': '重传' },
  keepalive: { en: 'keepalive', 'zh-CN': '保活' },
  'window-probe': { en: 'window probe', 'zh-CN': '窗口探测' },
  copy: { en: 'copy', 'zh-CN': '重复到达' },
  forged: { en: 'forged', 'zh-CN': '伪造' },
  lost: { en: 'lost', 'zh-CN': '丢失' },
  lossUnsure: { en: 'lost?', 'zh-CN': '丢失？' },
} as const;

/** "SYN ACK seq=y ack=x+1 len=300": numbers by name where they have one that is known, absolute otherwise. */
export function segmentLabel(view: TimelineView, arrow: ArrowView): string {
  return [
    arrow.flags.join(' ') || 'none',
    `seq=${shortNumber(view, arrow.seq, arrow.from)}`,
    ...(arrow.ack === undefined ? [] : [`ack=${shortNumber(view, arrow.ack, peerOf(arrow.from))}`]),
    ...(arrow.length === 0 ? [] : [`len=${arrow.length}`]),
  ].join(' ');
}

/** What happens in a step beside its arrows: of a departure in a capture they say all. */
export function happeningsOf({ cause, what, app }: StepView): readonly string[] {
  return cause === 'departure' ? app : [what, ...app];
}

/** What is out of the ordinary about a segment, in words. */
export function remarksOf(arrow: ArrowView, language: Language): readonly string[] {
  const { purpose, copyOf, forged, lost, lossUnsure } = arrow;
  const keys: (keyof typeof REMARKS)[] = [
    ...(purpose === 'fresh' || purpose === 'reply' ? [] : [purpose]),
    ...(copyOf === undefined ? [] : (['copy'] as const)),
    ...(forged ? (['forged'] as const) : []),
    ...(lost ? ([lossUnsure ? 'lossUnsure' : 'lost'] as const) : []),
  ];
  return keys.map((key) => REMARKS[key][language]);
}

function shortNumber(view: TimelineView, value: number, host: HostId): string {
  const symbols = view.symbols.flatMap((symbol) =>
    symbol.value === undefined
      ? []
      : [{ name: symbol.name, host: symbol.host, value: seq(symbol.value), shownBy: undefined }],
  );
  return formatSymbolic(seq(value), { host, symbols, base: undefined });
}

/** "x = 100, y = 300": the names whose values are known. */
export function legendOf(view: TimelineView): string {
  return view.symbols
    .flatMap(({ name, value }) => (value === undefined ? [] : [`${name} = ${value}`]))
    .join(', ');
}
