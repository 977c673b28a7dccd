// Decisions about sequence numbers: what takes one, and which number a RST carries. RFC 9293 §3.4, §3.5.2.

import { type Rule, rule } from './rule.ts';

/** Which numbers a segment carries. */
export const NUMBERS = {
  'number/syn-takes-one': rule(
    9293,
    '3.4',
    'A SYN takes one sequence number, as if it were one octet of data: it must be acknowledged.',
    'SYN 占用一个序号，如同一个字节的数据，因此必须被确认。',
  ),
  'number/fin-takes-one': rule(
    9293,
    '3.4',
    'A FIN takes one sequence number: the octet after the last one of data.',
    'FIN 占用一个序号：紧跟在最后一个数据字节之后。',
  ),
  'number/data-takes-its-length': rule(
    9293,
    '3.4',
    'Every octet of data takes one sequence number; SEG.SEQ is the number of the first.',
    '每个数据字节占用一个序号；SEG.SEQ 是第一个字节的序号。',
  ),
  'number/ack-takes-none': rule(
    9293,
    '3.4',
    'A segment with neither data nor SYN nor FIN takes no sequence number: the next one starts at the same number.',
    '既无数据又无 SYN、FIN 的报文段不占用序号：下一个报文段仍从同一序号开始。',
  ),
  'number/ack-is-next-expected': rule(
    9293,
    '3.4',
    'The acknowledgment number is RCV.NXT: the next number we expect, after everything received in order.',
    '确认号是 RCV.NXT：按序收到的全部内容之后，期望收到的下一个序号。',
  ),
  'reset/takes-number-from-ack': rule(
    9293,
    '3.5.2',
    'The RST takes its sequence number from the ACK field of the segment it answers, so that its receiver believes it.',
    'RST 的序号取自所应答报文段的 ACK 字段，使对方采信。',
  ),
  'reset/acknowledges-what-came': rule(
    9293,
    '3.5.2',
    'The segment had no ACK to take a number from: the RST has sequence number 0 and acknowledges what came (SEG.SEQ + SEG.LEN).',
    '该报文段没有 ACK 可取序号：RST 的序号为 0，并确认到达的内容 (SEG.SEQ + SEG.LEN)。',
  ),
  'reset/for-abort': rule(
    9293,
    '3.10.5',
    'An abort tells the peer with a RST at SND.NXT.',
    '中止连接时用序号为 SND.NXT 的 RST 告知对端。',
  ),
} as const satisfies Record<string, Rule>;
