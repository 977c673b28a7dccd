// Misconceptions about what a segment says and what it takes: numbers, flags, answers.

import type { Endpoint } from '../../core/tcp/endpoint.ts';
import { ACK, FIN, flags, has, RST, type Segment } from '../../core/tcp/segment.ts';
import { add, distance, lt, seq } from '../../core/tcp/seq.ts';
import type { WrongRule } from './misconception.ts';

/** The ack of somebody who counts one for every segment of full size. */
function countingSegments(segment: Segment, { irs, rcvNxt, peerFin, sndMss }: Endpoint): Segment {
  const fin = peerFin ? 1 : 0;
  const octets = distance(irs, rcvNxt) - 1 - fin;
  if (!has(segment, ACK) || has(segment, RST) || octets <= 0) return segment;
  return { ...segment, ack: add(irs, 1 + Math.ceil(octets / sndMss) + fin) };
}

/** The seq of somebody who counts one for every segment of full size. */
function numberingSegments(segment: Segment, { iss, finSeq, sndMss }: Endpoint): Segment {
  if (has(segment, RST)) return segment;
  const behindFin = finSeq !== undefined && lt(finSeq, segment.seq) ? 1 : 0;
  const octets = (distance(iss, segment.seq) | 0) - 1 - behindFin;
  return octets <= 0 ? segment : { ...segment, seq: add(iss, 1 + Math.ceil(octets / sndMss) + behindFin) };
}

/** Keepalive probes as pure ACKs like any other; those of a closed window are left alone. */
function probingAhead(segment: Segment, { sndNxt, sndWnd, keepalive }: Endpoint): Segment {
  const isProbe = keepalive && sndWnd > 0 && segment.flags === ACK && segment.length === 0;
  return isProbe && segment.seq === add(sndNxt, -1) ? { ...segment, seq: sndNxt } : segment;
}

export const ABOUT_SEGMENTS = {
  'syn-consumes-nothing': {
    name: { en: 'SYN consumes nothing', 'zh-CN': 'SYN 不消耗序号' },
    text: {
      en: 'You counted from the number of the SYN itself. A SYN takes one sequence number, as if it were an octet of data, so that it can be acknowledged and sent again: what follows starts at the number of the SYN plus one.',
      'zh-CN':
        '你从 SYN 自身的序号开始计数。SYN 如同一个数据字节，占用一个序号，这样才能被确认和重传：其后的内容从 SYN 的序号加一开始。',
    },
    source: { rfc: 9293, section: '3.4' },
    derails: true,
    laws: { synTakes: 0 },
  },
  'fin-consumes-nothing': {
    name: { en: 'FIN consumes nothing', 'zh-CN': 'FIN 不消耗序号' },
    text: {
      en: 'FIN, like SYN, takes one sequence number. Only so can the peer say "I have everything, and your FIN": it acknowledges the number of the FIN plus one.',
      'zh-CN':
        'FIN 与 SYN 一样占用一个序号。只有这样，对端才能表示“数据和 FIN 都已收到”：确认号为 FIN 的序号加一。',
    },
    source: { rfc: 9293, section: '3.4' },
    derails: true,
    laws: { finTakes: 0 },
  },
  'pure-ack-consumes-one': {
    name: { en: 'A pure ACK consumes one', 'zh-CN': '纯 ACK 消耗一个序号' },
    text: {
      en: 'A segment that only acknowledges takes no sequence number; otherwise every ACK would itself have to be acknowledged, without end. The next data starts at the seq of that ACK.',
      'zh-CN':
        '只作确认的报文段不占用序号；否则每个 ACK 又要被确认，永无止境。下一段数据从该 ACK 的 seq 开始。',
    },
    source: { rfc: 9293, section: '3.4' },
    derails: true,
    laws: { pureAckTakes: 1 },
  },
  'ack-is-last-octet': {
    name: { en: 'ack is the last octet received', 'zh-CN': 'ack 是收到的最后一个字节' },
    text: {
      en: 'The acknowledgment number names the next octet expected, not the last one that came: "everything before this number has arrived". After octets 1 to 300 it is 301. It is one more than you wrote, in every segment with ACK.',
      'zh-CN':
        '确认号指的是期望收到的下一个字节，而不是收到的最后一个字节：“此号之前的内容已全部到达”。收到第 1 至 300 字节后是 301。每个带 ACK 的报文段中，它都比你写的大一。',
    },
    source: { rfc: 9293, section: '3.4' },
    derails: true,
    laws: {
      stamp: (segment) => (has(segment, ACK) ? { ...segment, ack: add(segment.ack, -1) } : segment),
    },
  },
  'ack-repeats-seq': {
    name: { en: 'ack repeats the peer’s seq', 'zh-CN': 'ack 等于对方的 seq' },
    text: {
      en: 'The acknowledgment number is not the number that came but the next one expected: the number that came plus all the sequence space it took.',
      'zh-CN': '确认号不是收到的序号本身，而是期望的下一个序号：收到的序号加上它占用的全部序号空间。',
    },
    source: { rfc: 9293, section: '3.4' },
    derails: true,
    laws: {
      stamp: (segment, endpoint) => (has(segment, ACK) ? { ...segment, ack: endpoint.lastSeq } : segment),
    },
  },
  'ack-is-seq-plus-one': {
    name: { en: 'ack is always seq + 1', 'zh-CN': 'ack 总是 seq + 1' },
    text: {
      en: 'The acknowledgment number is the next one expected in order. It is the last seq plus one only when that was a SYN or a FIN that came in order, since each takes one number. Data takes one number an octet: 300 octets from seq=1 are acknowledged with 301; a pure ACK takes none.',
      'zh-CN':
        '确认号是按序期望的下一个序号。只有按序到达的 SYN 或 FIN 才恰好是 seq 加一，因为它们各占一个序号。数据每字节占一个序号：从 seq=1 开始的 300 字节用 301 确认；纯 ACK 不占序号。',
    },
    source: { rfc: 9293, section: '3.4' },
    derails: true,
    laws: {
      stamp: (segment, endpoint) =>
        has(segment, ACK) ? { ...segment, ack: add(endpoint.lastSeq, 1) } : segment,
    },
  },
  'seq-and-ack-swapped': {
    name: { en: 'seq and ack swapped', 'zh-CN': 'seq 与 ack 弄反' },
    text: {
      en: 'seq counts what the sender of this segment sends; ack counts what it has received from the other side. Each belongs to its own direction.',
      'zh-CN': 'seq 计数的是本报文段发送方自己发送的内容；ack 计数的是它从对方收到的内容。二者各属一个方向。',
    },
    source: { rfc: 9293, section: '3.1' },
    derails: true,
    laws: {
      stamp: (segment) => (has(segment, ACK) ? { ...segment, seq: segment.ack, ack: segment.seq } : segment),
    },
  },
  'retransmission-takes-new-number': {
    name: { en: 'A retransmission takes a new number', 'zh-CN': '重传使用新的序号' },
    text: {
      en: 'A retransmission is the same octets again, so it carries the same sequence number: that is how the receiver knows a duplicate.',
      'zh-CN': '重传的是同样的字节，因此序号不变：接收方正是据此识别重复。',
    },
    source: { rfc: 9293, section: '3.8.1' },
    laws: { repeatsNumber: false },
  },
  'ack-skips-the-gap': {
    name: { en: 'ack follows the highest octet received', 'zh-CN': 'ack 跟随收到的最高字节' },
    text: {
      en: 'The acknowledgment is cumulative: it says that everything before it has arrived. With a gap it stays at the gap, however much lies behind it.',
      'zh-CN':
        '确认是累积的：它表示之前的全部内容都已到达。出现空缺时，无论其后收到多少，确认号都停在空缺处。',
    },
    source: { rfc: 9293, section: '3.4' },
    derails: true,
    laws: {
      stamp: (segment, endpoint) => {
        const farthest = endpoint.held.at(-1);
        if (farthest === undefined || !has(segment, ACK)) return segment;
        return { ...segment, ack: add(farthest.to, farthest.fin ? 1 : 0) };
      },
    },
  },
  'fin-without-ack': {
    name: { en: 'A FIN is sent without ACK', 'zh-CN': 'FIN 报文不带 ACK' },
    text: {
      en: 'Once the connection is synchronized, every segment carries an ACK; one without is dropped unread. A closing segment is FIN,ACK.',
      'zh-CN': '连接同步之后，每个报文段都带 ACK；不带 ACK 的会被直接丢弃。关闭时发送的是 FIN,ACK。',
    },
    source: { rfc: 9293, section: '3.10.7.4' },
    derails: true,
    laws: { stamp: (segment) => (has(segment, FIN) ? { ...segment, flags: FIN, ack: seq(0) } : segment) },
  },
  'ack-counts-segments': {
    name: { en: 'ack counts segments', 'zh-CN': 'ack 按报文段计数' },
    text: {
      en: 'TCP numbers octets, not segments: three segments of 1000 octets take 3000 numbers, and the acknowledgment moves on by 3000. So data can be cut anew when it is sent again.',
      'zh-CN':
        'TCP 给字节编号，而不是给报文段编号：三个各 1000 字节的报文段占 3000 个序号，确认号也前进 3000。因此重传时可以重新切分数据。',
    },
    source: { rfc: 9293, section: '3.4' },
    derails: true,
    laws: { stamp: (segment, endpoint) => countingSegments(segment, endpoint) },
  },
  'seq-counts-segments': {
    name: { en: 'seq counts segments', 'zh-CN': 'seq 按报文段计数' },
    text: {
      en: 'Every octet has a number of its own, and seq is that of the first octet in the segment. After 300 octets from u the next segment begins at u+300, not at u+1.',
      'zh-CN':
        '每个字节都有自己的序号，seq 是本报文段第一个字节的序号。从 u 开始的 300 字节之后，下一个报文段从 u+300 开始，而不是 u+1。',
    },
    source: { rfc: 9293, section: '3.4' },
    derails: true,
    laws: { stamp: (segment, endpoint) => numberingSegments(segment, endpoint) },
  },
  'reset-without-ack': {
    name: { en: 'A RST never carries ACK', 'zh-CN': 'RST 报文段从不带 ACK' },
    text: {
      en: 'What is refused decides. A segment with ACK is answered with a bare RST, at the number it acknowledges. One without, like a SYN, is answered with RST,ACK that acknowledges it: in SYN-SENT nothing else shows that the reset is no forgery.',
      'zh-CN':
        '取决于被拒绝的报文段。带 ACK 的，以不带 ACK 的 RST 应答，序号取自它的确认号。不带 ACK 的（如 SYN），以确认它的 RST,ACK 应答：在 SYN-SENT 中，只有这样才能看出该复位不是伪造的。',
    },
    source: { rfc: 9293, section: '3.5.2' },
    derails: true,
    laws: { stamp: (segment) => (has(segment, RST) ? { ...segment, flags: RST, ack: seq(0) } : segment) },
  },
  'probe-takes-next-number': {
    name: { en: 'A keepalive probe has the next number', 'zh-CN': '保活探测使用下一个序号' },
    text: {
      en: 'An ACK at SND.NXT would be an ordinary one that nobody answers. The probe takes the number before, SND.NXT-1, which the peer has acknowledged: that lies outside its window, so it must answer.',
      'zh-CN':
        '序号为 SND.NXT 的 ACK 只是普通的 ACK，没有人会应答。探测使用前一个序号 SND.NXT-1，对端早已确认：它落在对端窗口之外，因此对端必须应答。',
    },
    source: { rfc: 9293, section: '3.8.4' },
    derails: true,
    laws: { stamp: (segment, endpoint) => probingAhead(segment, endpoint) },
  },
  'window-forgets-unread': {
    name: { en: 'Unread data takes nothing from the window', 'zh-CN': '未读数据不占用窗口' },
    text: {
      en: 'The window is the room that is left in the receive buffer from the acknowledgment number on. What has been acknowledged but not read yet still lies there: the window shrinks by it, down to 0.',
      'zh-CN':
        '窗口是从确认号开始接收缓冲区还剩的空间。已确认但尚未读取的数据仍在缓冲区中：窗口因此缩小，直到 0。',
    },
    source: { rfc: 9293, section: '3.8.6' },
    derails: true,
    laws: {
      stamp: (segment, { unread, windowLimit, rcvScale }) =>
        unread > 0 && has(segment, ACK) && !has(segment, RST)
          ? { ...segment, window: Math.floor(windowLimit / 2 ** rcvScale) }
          : segment,
    },
  },
  'second-wave-carries-fin': {
    name: { en: 'The ACK of a FIN carries FIN', 'zh-CN': '第二次挥手就带 FIN' },
    text: {
      en: 'The second segment of a close is an ACK by itself: TCP sends it at once. The other FIN comes when the application there closes; only then, if the ACK has not left yet, do both go in one segment.',
      'zh-CN':
        '第二次挥手只是 ACK，由 TCP 立即发出。对方的 FIN 要等那边的应用程序关闭才发；只有那时 ACK 还没有发出，二者才会合在一个报文段里。',
    },
    source: { rfc: 9293, section: '3.6' },
    laws: {
      stamp: (segment, { state, peerFin }) =>
        state === 'CLOSE-WAIT' && peerFin && segment.length === 0
          ? { ...segment, flags: flags(FIN, ACK) }
          : segment,
    },
  },
  'data-cannot-complete-handshake': {
    name: { en: 'Without the third ACK, data gets a RST', 'zh-CN': '第三次握手丢失后，数据会引出 RST' },
    text: {
      en: 'Every segment after the SYN carries ACK, and data does, too: in SYN-RECEIVED that ACK completes the handshake just as the lost one would have done, and the data is taken.',
      'zh-CN':
        'SYN 之后的每个报文段都带 ACK，数据也不例外：在 SYN-RECEIVED 中，这个 ACK 与丢失的那个一样能完成握手，数据也被接收。',
    },
    source: { rfc: 9293, section: '3.10.7.4' },
    laws: { dataCompletesHandshake: false },
  },
  'reset-is-acknowledged': {
    name: { en: 'A RST is acknowledged', 'zh-CN': 'RST 需要确认' },
    text: {
      en: 'A RST that is believed ends the connection at once; nothing is sent in answer. It takes no number, nobody waits for its ACK, and answers to resets could go on for ever.',
      'zh-CN':
        '被相信的 RST 立即结束连接，不作任何应答。它不占序号，没有人等待对它的确认；如果 RST 也要应答，就可能没完没了。',
    },
    source: { rfc: 9293, section: '3.5.3' },
    laws: { acksReset: true },
  },
  'close-discards-queued-data': {
    name: { en: 'close() sends FIN at once', 'zh-CN': 'close() 立即发出 FIN' },
    text: {
      en: 'close() changes the state at once, but the FIN takes its place behind everything written before: it leaves after that data, and its number comes after it. Only an ABORT discards what is queued.',
      'zh-CN':
        'close() 立即改变状态，但 FIN 排在之前写入的一切之后：等这些数据发完才发出，序号也在其后。只有 ABORT 会丢弃排队的数据。',
    },
    source: { rfc: 9293, section: '3.10.4' },
    laws: { finWaitsForData: false },
  },
} as const satisfies Readonly<Record<string, WrongRule>>;
