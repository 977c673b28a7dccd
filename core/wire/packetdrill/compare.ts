// What a script expects beside what the core sent, in words.

import { ACK, type Segment, type SegmentOptions, SYN } from '../../tcp/segment.ts';
import { seq } from '../../tcp/seq.ts';
import type { Bilingual } from '../../text.ts';
import { letters } from './print-packet.ts';
import type { PacketSpec } from './script.ts';

/** What of a segment may differ. */
export type Field =
  | 'flags'
  | 'seq'
  | 'length'
  | 'ack'
  | 'window'
  | 'urgent'
  | 'mss'
  | 'wscale'
  | 'sackOK'
  | 'TS ecr'
  | 'sack';

export interface Difference {
  readonly field: Field;
  readonly says: Bilingual;
}

/**
 * Names and tells each field that differs; none when the segment is as expected.
 *
 * @param takesWindow - the window of a SYN is what the script says it is: the system's buffers decide it
 */
export function differences(spec: PacketSpec, sent: Segment, takesWindow = false): readonly Difference[] {
  const found: Difference[] = [];
  const compare = (field: Field, expected: string | number, got: string | number) => {
    if (expected === got) return;
    const name: Bilingual = NAMES[field];
    const says = {
      en: `${name.en}: the script expects ${expected}, the core sends ${got}`,
      'zh-CN': `${name['zh-CN']}：脚本期望 ${expected}，本模型发送 ${got}`,
    };
    found.push({ field, says });
  };
  compare('flags', letters(spec.flags), letters(sent.flags));
  compare('seq', seq(spec.seq), sent.seq);
  compare('length', spec.length, sent.length);
  if (spec.ack !== undefined && sent.flags & ACK) compare('ack', seq(spec.ack), sent.ack);
  const given = takesWindow && (sent.flags & SYN) !== 0;
  if (spec.window !== undefined && !given) compare('window', spec.window, sent.window);
  if (spec.urgent !== undefined) compare('urgent', spec.urgent, sent.urgent);
  if (spec.options !== undefined) {
    for (const [field, read] of OPTIONS) compare(field, read(spec.options), read(sent.options));
  }
  return found;
}

const NAMES = {
  flags: { en: 'flags', 'zh-CN': '标志位' },
  seq: { en: 'sequence number', 'zh-CN': '序号' },
  length: { en: 'length', 'zh-CN': '长度' },
  ack: { en: 'acknowledgment number', 'zh-CN': '确认号' },
  window: { en: 'window', 'zh-CN': '窗口' },
  urgent: { en: 'urgent pointer', 'zh-CN': '紧急指针' },
  mss: { en: 'mss', 'zh-CN': 'mss' },
  wscale: { en: 'wscale', 'zh-CN': 'wscale' },
  sackOK: { en: 'sackOK', 'zh-CN': 'sackOK' },
  'TS ecr': { en: 'TS ecr', 'zh-CN': 'TS ecr' },
  sack: { en: 'sack', 'zh-CN': 'sack' },
} as const satisfies Record<Field, Bilingual>;

/** Options by name, and what is compared of each. A timestamp's own value is the clock's affair. */
const OPTIONS: readonly (readonly [Field, (options: SegmentOptions) => string | number])[] = [
  ['mss', ({ mss }) => mss ?? '-'],
  ['wscale', ({ windowScale }) => windowScale ?? '-'],
  ['sackOK', ({ sackPermitted }) => (sackPermitted === true ? 'sackOK' : '-')],
  ['TS ecr', ({ timestamps }) => timestamps?.echo ?? '-'],
  ['sack', ({ sack }) => (sack ?? []).map(([from, to]) => `${from}:${to}`).join(' ') || '-'],
];
