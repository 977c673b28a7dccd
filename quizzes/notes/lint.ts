// Checks the numbers of segments in a learner's own notes. Says something only where the RFC leaves no other value.

import { ACK, FIN, PSH, RST, SYN } from '../../core/tcp/segment.ts';
import type { Bilingual } from '../../core/text.ts';
import { messagesOf, type NoteMessage } from './read-notes.ts';
import type { NoteNumber, NoteSegment } from './segment-text.ts';

/** A number that cannot be, and the one that can. */
export interface NoteProblem {
  /** Offsets in the text; `to` excluded. */
  readonly from: number;
  readonly to: number;
  /** What has to stand there. */
  readonly value: string;
  readonly message: Bilingual;
}

type Known = Pick<NoteNumber, 'symbol' | 'plus'>;

/** What the notes have told of one host so far. */
interface Teller {
  /** The number of its next octet; undefined once something of unknown length was sent. */
  next: Known | undefined;
  /** The numbers it has used: whatever is sent again may repeat one. */
  readonly used: Set<string>;
  /** Names that stand for numbers of this host. */
  readonly names: Set<string>;
  /** What it has acknowledged. */
  acked: Known | undefined;
}

/** The problems of every diagram and table of a Markdown text, in order. */
export function lintNotes(markdown: string): readonly NoteProblem[] {
  return messagesOf(markdown)
    .flatMap(lintMessages)
    .sort((one, other) => one.from - other.from);
}

function lintMessages(messages: readonly NoteMessage[]): readonly NoteProblem[] {
  const hosts = new Map<string, Teller>();
  const problems: NoteProblem[] = [];
  const names = new Set(messages.flatMap(({ from, to }) => (to === '' ? [from] : [from, to])));
  // A third party makes two connections of one picture.
  if (names.size !== 2) return [];
  // Without its SYN, nobody knows where a connection's numbers stand.
  const [first] = messages;
  if (first === undefined || !(first.segment.flags & SYN) || first.segment.flags & ACK) return [];
  const teller = (name: string): Teller => {
    const known = hosts.get(name) ?? {
      next: undefined,
      used: new Set(),
      names: new Set(),
      acked: undefined,
    };
    hosts.set(name, known);
    return known;
  };
  let before: NoteMessage | undefined;
  for (const message of messages) {
    const { from, segment, special } = message;
    const peerName = [...names].find((name) => name !== from) ?? '';
    const [own, peer] = [teller(from), teller(peerName)];
    if (special || segment.flags & RST) return problems;
    // A second SYN with another number is another connection, or an old one: the numbers begin anew.
    if (segment.flags & SYN && own.used.size > 0 && !repeats(own, segment)) return problems;
    if (segment.seq !== undefined && segment.seq.symbol !== '') own.names.add(segment.seq.symbol);
    const seq = checkSeq(own, segment);
    const ack = checkAck(own, peer, segment, before?.from === from ? undefined : before?.segment);
    for (const problem of [seq, ack]) if (problem !== undefined) problems.push(problem);
    // What is wrong is taken as it should be, so that one slip is one warning.
    advance(own, segment, seq === undefined ? segment.seq : own.next);
    if (segment.flags & ACK) own.acked = ack === undefined ? (segment.ack ?? own.acked) : peer.next;
    before = message;
  }
  return problems;
}

function repeats(own: Teller, { seq, flags }: NoteSegment): boolean {
  return seq !== undefined && own.used.has(`${print(seq)}/${flags & FIN}`);
}

function same(one: Known, other: Known): boolean {
  return one.symbol === other.symbol && one.plus === other.plus;
}

function print({ symbol, plus }: Known): string {
  if (symbol === '') return String(plus);
  return plus === 0 ? symbol : `${symbol}+${plus}`;
}

function checkSeq(own: Teller, { seq, flags, length }: NoteSegment): NoteProblem | undefined {
  const { next } = own;
  if (seq === undefined || next === undefined || flags & SYN || seq.symbol !== next.symbol) return undefined;
  if (same(seq, next)) return undefined;
  const isPureAck = (flags & (FIN | PSH)) === 0 && length === 0;
  // Data may be sent again; an acknowledgment, a FIN that was never sent, and numbers not reached yet may not.
  const mayRepeat = !isPureAck && own.used.has(`${print(seq)}/${flags & FIN}`);
  if (mayRepeat) return undefined;
  return problem(seq, next, SAYS.seq);
}

function checkAck(
  own: Teller,
  peer: Teller,
  segment: NoteSegment,
  answered: NoteSegment | undefined,
): NoteProblem | undefined {
  const { ack, flags, length } = segment;
  const { next } = peer;
  if (ack === undefined || next === undefined || !(flags & ACK) || same(ack, next)) return undefined;
  if (ack.symbol !== next.symbol) {
    // The name of one's own number cannot acknowledge the peer's.
    const isOwn =
      ack.symbol !== '' && next.symbol !== '' && own.names.has(ack.symbol) && !peer.names.has(ack.symbol);
    return isOwn ? problem(ack, next, SAYS.whose) : undefined;
  }
  if (ack.plus > next.plus) return problem(ack, next, SAYS.unsent);
  // What is sent again may be an old segment, with the acknowledgment of then.
  const hasAcked = own.acked !== undefined && same(own.acked, next);
  const isNext = segment.seq !== undefined && own.next !== undefined && same(segment.seq, own.next);
  if (hasAcked && (isNext || !repeats(own, segment))) return problem(ack, next, SAYS.back);
  // What directly answers a segment in order acknowledges it: nothing else can be meant in a diagram.
  const answers = answered !== undefined && occupies(answered);
  const isPureAck = (flags & (SYN | FIN | PSH)) === 0 && length === 0;
  if (!answers || !(flags & SYN || isPureAck)) return undefined;
  const of = answered.flags & SYN ? SAYS.syn : answered.flags & FIN ? SAYS.fin : SAYS.data;
  return problem(ack, next, of);
}

function occupies({ flags, length }: NoteSegment): boolean {
  return (flags & (SYN | FIN)) !== 0 || (length ?? 0) > 0;
}

function advance(own: Teller, { flags, length }: NoteSegment, seq: Known | undefined): void {
  if (seq === undefined) {
    // Not said: it follows from what was sent before, if that is known.
    if (own.next === undefined || length === undefined || flags & SYN) own.next = undefined;
    else own.next = { ...own.next, plus: own.next.plus + length + (flags & FIN ? 1 : 0) };
    return;
  }
  own.used.add(`${print(seq)}/${flags & FIN}`);
  own.next =
    length === undefined
      ? undefined
      : { symbol: seq.symbol, plus: seq.plus + length + (flags & SYN ? 1 : 0) + (flags & FIN ? 1 : 0) };
}

function problem(written: NoteNumber, right: Known, rule: Bilingual): NoteProblem {
  const [was, value] = [print(written), print(right)];
  return {
    from: written.from,
    to: written.to,
    value,
    message: {
      en: `${was} cannot be: it has to be ${value}. ${rule.en}`,
      'zh-CN': `不可能是 ${was}，应为 ${value}。${rule['zh-CN']}`,
    },
  };
}

const SAYS = {
  seq: {
    en: 'A segment carries the number that follows what its sender has sent: SYN and FIN take one each, data one an octet. RFC 9293 §3.4',
    'zh-CN': '报文段的序号紧接发送方已发送的内容：SYN 和 FIN 各占一个序号，数据每字节占一个。RFC 9293 §3.4',
  },
  whose: {
    en: "The acknowledgment number lives in the peer's sequence space, not in the sender's own. RFC 9293 §3.4",
    'zh-CN': '确认号属于对端的序号空间，不属于发送方自己的。RFC 9293 §3.4',
  },
  unsent: {
    en: 'The acknowledgment number is the next one expected: nothing beyond it was sent. RFC 9293 §3.4',
    'zh-CN': '确认号是期待收到的下一个序号，其后的内容还没有发送过。RFC 9293 §3.4',
  },
  back: {
    en: 'What was acknowledged stays so: the acknowledgment number never goes back. RFC 9293 §3.4',
    'zh-CN': '已经确认过的就不再收回：确认号不会变小。RFC 9293 §3.4',
  },
  syn: {
    en: 'A SYN takes one sequence number, so it is acknowledged with the one after. RFC 9293 §3.4',
    'zh-CN': 'SYN 占一个序号，所以确认号是它的下一个。RFC 9293 §3.4',
  },
  fin: {
    en: 'A FIN takes one sequence number, so it is acknowledged with the one after. RFC 9293 §3.4',
    'zh-CN': 'FIN 占一个序号，所以确认号是它的下一个。RFC 9293 §3.4',
  },
  data: {
    en: 'Each octet of data takes one sequence number; the acknowledgment number is the next one expected. RFC 9293 §3.4',
    'zh-CN': '数据每字节占一个序号，确认号是期待收到的下一个。RFC 9293 §3.4',
  },
} as const satisfies Record<string, Bilingual>;
