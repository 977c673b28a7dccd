// What a script expects beside what the core sent, in words.

import { ACK, type Segment, type SegmentOptions, SYN } from '../../tcp/segment.ts';
import { seq } from '../../tcp/seq.ts';
import type { Bilingual } from '../../text.ts';
import { letters } from './print-packet.ts';
import type { PacketSpec } from './script.ts';

/**
 * A sentence for each field that differs; none when the segment is as expected.
 *
 * @param takesWindow - the window of a SYN is what the script says it is: the system's buffers decide it
 */
export function differences(spec: PacketSpec, sent: Segment, takesWindow = false): readonly Bilingual[] {
  const found: Bilingual[] = [];
  const compare = (name: Bilingual, expected: string | number, got: string | number) => {
    if (expected === got) return;
    found.push({
      en: `${name.en}: the script expects ${expected}, the core sends ${got}`,
      'zh-CN': `${name['zh-CN']}：脚本期望 ${expected}，本模型发送 ${got}`,
    });
  };
  compare(NAMES.flags, letters(spec.flags), letters(sent.flags));
  compare(NAMES.seq, seq(spec.seq), sent.seq);
  compare(NAMES.length, spec.length, sent.length);
  if (spec.ack !== undefined && sent.flags & ACK) compare(NAMES.ack, seq(spec.ack), sent.ack);
  const given = takesWindow && (sent.flags & SYN) !== 0;
  if (spec.window !== undefined && !given) compare(NAMES.window, spec.window, sent.window);
  if (spec.urgent !== undefined) compare(NAMES.urgent, spec.urgent, sent.urgent);
  if (spec.options !== undefined) {
    for (const [name, read] of OPTIONS) compare(name, read(spec.options), read(sent.options));
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
} as const;

/** Options by name, and what is compared of each. A timestamp's own value is the clock's affair. */
const OPTIONS: readonly (readonly [Bilingual, (options: SegmentOptions) => string | number])[] = [
  [{ en: 'mss', 'zh-CN': 'mss' }, ({ mss }) => mss ?? '-'],
  [{ en: 'wscale', 'zh-CN': 'wscale' }, ({ windowScale }) => windowScale ?? '-'],
  [{ en: 'sackOK', 'zh-CN': 'sackOK' }, ({ sackPermitted }) => (sackPermitted === true ? 'sackOK' : '-')],
  [{ en: 'TS ecr', 'zh-CN': 'TS ecr' }, ({ timestamps }) => timestamps?.echo ?? '-'],
  [
    { en: 'sack', 'zh-CN': 'sack' },
    ({ sack }) => (sack ?? []).map(([from, to]) => `${from}:${to}`).join(' ') || '-',
  ],
];
