import { type Laws, SOUND_LAWS } from '../../core/tcp/laws.ts';
import type { Profile } from '../../core/tcp/profiles.ts';
import type { RfcSource } from '../../core/tcp/rule.ts';
import { ACK, FIN, has } from '../../core/tcp/segment.ts';
import { add, seq } from '../../core/tcp/seq.ts';
import type { Bilingual } from '../../core/text.ts';

/** A wrong rule that learners hold: the core with it changed gives the answer they would give. */
export interface Misconception {
  readonly id: MisconceptionId;
  readonly name: Bilingual;
  /** What is believed, and why it is wrong, in two or three sentences. */
  readonly text: Bilingual;
  readonly source: RfcSource;
  /** What it changes in the laws of the core. */
  readonly laws: Partial<Laws>;
}

export const MISCONCEPTION_IDS = [
  'syn-consumes-nothing',
  'fin-consumes-nothing',
  'pure-ack-consumes-one',
  'ack-repeats-seq',
  'ack-is-seq-plus-one',
  'seq-and-ack-swapped',
  'two-way-handshake',
  'passive-closer-waits',
  'no-time-wait',
  'close-wait-and-fin-wait-swapped',
  'close-wait-skipped',
  'fin-wait-2-skipped',
  'one-msl',
  'time-wait-runs-on',
  'no-back-off',
  'retransmission-takes-new-number',
  'ack-skips-the-gap',
  'fin-without-ack',
  'client-in-syn-received',
  'both-ends-time-wait',
  'closing-skipped',
  'reset-ends-the-listener',
] as const;
export type MisconceptionId = (typeof MISCONCEPTION_IDS)[number];

const TABLE: Readonly<Record<MisconceptionId, Omit<Misconception, 'id'>>> = {
  'syn-consumes-nothing': {
    name: { en: 'SYN consumes nothing', 'zh-CN': 'SYN 不消耗序号' },
    text: {
      en: 'You counted from the number of the SYN itself. A SYN takes one sequence number, as if it were an octet of data, so that it can be acknowledged and sent again: what follows starts at the number of the SYN plus one.',
      'zh-CN':
        '你从 SYN 自身的序号开始计数。SYN 如同一个数据字节，占用一个序号，这样才能被确认和重传：其后的内容从 SYN 的序号加一开始。',
    },
    source: { rfc: 9293, section: '3.4' },
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
    laws: { pureAckTakes: 1 },
  },
  'ack-repeats-seq': {
    name: { en: 'ack repeats the peer’s seq', 'zh-CN': 'ack 等于对方的 seq' },
    text: {
      en: 'The acknowledgment number is not the number that came but the next one expected: the number that came plus all the sequence space it took.',
      'zh-CN': '确认号不是收到的序号本身，而是期望的下一个序号：收到的序号加上它占用的全部序号空间。',
    },
    source: { rfc: 9293, section: '3.4' },
    laws: {
      stamp: (segment, endpoint) => (has(segment, ACK) ? { ...segment, ack: endpoint.lastSeq } : segment),
    },
  },
  'ack-is-seq-plus-one': {
    name: { en: 'ack is always seq + 1', 'zh-CN': 'ack 总是 seq + 1' },
    text: {
      en: 'Plus one is right for a SYN or a FIN only, since they take one number. Data takes one number an octet: 300 octets from seq=1 are acknowledged with 301; a pure ACK takes none.',
      'zh-CN':
        '只有 SYN 或 FIN 才是加一，因为它们各占一个序号。数据每字节占一个序号：从 seq=1 开始的 300 字节用 301 确认；纯 ACK 不占序号。',
    },
    source: { rfc: 9293, section: '3.4' },
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
    laws: {
      stamp: (segment) => (has(segment, ACK) ? { ...segment, seq: segment.ack, ack: segment.seq } : segment),
    },
  },
  'two-way-handshake': {
    name: { en: 'Two segments make a connection', 'zh-CN': '两次握手就够了' },
    text: {
      en: 'When the server has sent its SYN,ACK it does not know yet whether the SYN was fresh, nor whether its own number arrived. Only the third segment tells it: until then it is in SYN-RECEIVED.',
      'zh-CN':
        '服务器发出 SYN,ACK 时，还不知道那个 SYN 是否是新的，也不知道自己的序号是否到达。只有第三个报文段能说明：在此之前它处于 SYN-RECEIVED。',
    },
    source: { rfc: 9293, section: '3.5' },
    laws: { detours: { 'LISTEN/recv-syn/SYN-RECEIVED': 'ESTABLISHED' } },
  },
  'passive-closer-waits': {
    name: { en: 'The passive closer holds TIME-WAIT', 'zh-CN': '被动关闭方进入 TIME-WAIT' },
    text: {
      en: 'TIME-WAIT belongs to the end that sends the last ACK: unless both closed at once, the one that closed first. Its last ACK may be lost and asked for again; the passive closer has its answer when it gets that ACK.',
      'zh-CN':
        'TIME-WAIT 属于发送最后一个 ACK 的一方，除双方同时关闭外，即先关闭的一方：这个 ACK 可能丢失并被再次索取；被动关闭方收到它即告结束。',
    },
    source: { rfc: 9293, section: '3.6' },
    laws: {
      detours: { 'LAST-ACK/recv-ack-of-fin/CLOSED': 'TIME-WAIT', 'FIN-WAIT-2/recv-fin/TIME-WAIT': 'CLOSED' },
    },
  },
  'no-time-wait': {
    name: { en: 'Closed as soon as both FINs are acknowledged', 'zh-CN': '双方 FIN 都确认后立即关闭' },
    text: {
      en: 'The end that closed first cannot know that its last ACK arrived. It stays in TIME-WAIT for 2MSL, to answer a repeated FIN and to let old segments die.',
      'zh-CN':
        '先关闭的一方无法得知最后的 ACK 是否到达。它在 TIME-WAIT 停留 2MSL，以应答重发的 FIN，并让旧报文段消失。',
    },
    source: { rfc: 9293, section: '3.6.1' },
    laws: {
      detours: { 'FIN-WAIT-2/recv-fin/TIME-WAIT': 'CLOSED', 'CLOSING/recv-ack-of-fin/TIME-WAIT': 'CLOSED' },
    },
  },
  'close-wait-and-fin-wait-swapped': {
    name: { en: 'FIN-WAIT and CLOSE-WAIT swapped', 'zh-CN': 'FIN-WAIT 与 CLOSE-WAIT 弄反' },
    text: {
      en: 'The state is named after what the end itself waits for: who sent FIN first waits in FIN-WAIT for the peer’s answer; who received it waits in CLOSE-WAIT for its own application to close.',
      'zh-CN':
        '状态以本端所等待的事命名：先发 FIN 的一方在 FIN-WAIT 等待对端；收到 FIN 的一方在 CLOSE-WAIT 等待自己的应用程序关闭。',
    },
    source: { rfc: 9293, section: '3.3.2' },
    laws: {
      detours: {
        'ESTABLISHED/close/FIN-WAIT-1': 'CLOSE-WAIT',
        'ESTABLISHED/recv-fin/CLOSE-WAIT': 'FIN-WAIT-1',
      },
    },
  },
  'close-wait-skipped': {
    name: { en: 'Receiving a FIN closes both directions', 'zh-CN': '收到 FIN 就关闭了两个方向' },
    text: {
      en: 'The peer’s FIN closes the peer’s direction only. Ours stays open in CLOSE-WAIT until our own application closes; LAST-ACK begins with our own FIN.',
      'zh-CN':
        '对端的 FIN 只关闭对端的方向。在本地应用程序关闭之前，本方向在 CLOSE-WAIT 中保持打开；发出自己的 FIN 之后才是 LAST-ACK。',
    },
    source: { rfc: 9293, section: '3.6' },
    laws: { detours: { 'ESTABLISHED/recv-fin/CLOSE-WAIT': 'LAST-ACK' } },
  },
  'fin-wait-2-skipped': {
    name: { en: 'TIME-WAIT starts with the ACK of our FIN', 'zh-CN': 'FIN 被确认就进入 TIME-WAIT' },
    text: {
      en: 'The ACK of our FIN closes our direction only: FIN-WAIT-2. TIME-WAIT begins when the peer’s FIN has come as well.',
      'zh-CN': '对我们 FIN 的确认只关闭了我们的方向：FIN-WAIT-2。收到对端的 FIN 之后才进入 TIME-WAIT。',
    },
    source: { rfc: 9293, section: '3.6' },
    laws: { detours: { 'FIN-WAIT-1/recv-ack-of-fin/FIN-WAIT-2': 'TIME-WAIT' } },
  },
  'one-msl': {
    name: { en: 'TIME-WAIT lasts one MSL', 'zh-CN': 'TIME-WAIT 持续一个 MSL' },
    text: {
      en: 'One MSL for our last ACK to die or arrive, and one more for the FIN that would be sent again because of it: twice the maximum segment lifetime.',
      'zh-CN': '一个 MSL 让最后的 ACK 到达或消失，再一个 MSL 留给因此重发的 FIN：合计两倍最长报文段寿命。',
    },
    source: { rfc: 9293, section: '3.6.1' },
    laws: { timeWaitMsls: 1 },
  },
  'time-wait-runs-on': {
    name: { en: 'A repeated FIN does not touch the timer', 'zh-CN': '重发的 FIN 不影响定时器' },
    text: {
      en: 'The FIN again may mean that the last ACK was lost (or it is a duplicate). Whichever: a new last ACK goes out, and it needs its full 2MSL, so the timer starts anew.',
      'zh-CN':
        '再次收到 FIN，可能是最后的 ACK 丢失（也可能只是重复的报文段）。无论哪种，新的 ACK 发出后同样需要完整的 2MSL：定时器重新开始。',
    },
    source: { rfc: 9293, section: '3.10.7.4' },
    laws: { timeWaitRestarts: false },
  },
  'no-back-off': {
    name: { en: 'The timeout stays the same', 'zh-CN': '超时时间不变' },
    text: {
      en: 'After every timeout the next one is twice as long, so that a congested network is not made worse.',
      'zh-CN': '每次超时后，下一次的超时时间加倍，以免加重网络拥塞。',
    },
    source: { rfc: 6298, section: '5' },
    laws: { backsOffBy: 1 },
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
    laws: {
      stamp: (segment, endpoint) => {
        const farthest = endpoint.held.at(-1);
        return farthest === undefined || !has(segment, ACK) ? segment : { ...segment, ack: farthest.to };
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
    laws: { stamp: (segment) => (has(segment, FIN) ? { ...segment, flags: FIN, ack: seq(0) } : segment) },
  },
  'client-in-syn-received': {
    name: { en: 'The client enters SYN-RECEIVED too', 'zh-CN': '客户端也进入 SYN-RECEIVED' },
    text: {
      en: 'The client’s SYN is acknowledged by the SYN,ACK it receives, so it has nothing left to wait for: ESTABLISHED at once. SYN-RECEIVED is for the end whose own SYN is not acknowledged yet.',
      'zh-CN':
        '客户端收到的 SYN,ACK 已确认了它的 SYN，无需再等：立即 ESTABLISHED。SYN-RECEIVED 属于自己的 SYN 尚未被确认的一端。',
    },
    source: { rfc: 9293, section: '3.10.7.3' },
    laws: { detours: { 'SYN-SENT/recv-syn-ack/ESTABLISHED': 'SYN-RECEIVED' } },
  },
  'both-ends-time-wait': {
    name: { en: 'Both ends wait in TIME-WAIT', 'zh-CN': '双方都进入 TIME-WAIT' },
    text: {
      en: 'Unless both closed at once, only the end that sends the last ACK has to wait, because nobody will tell it whether it arrived. The other end knows: it has just received it, and goes from LAST-ACK to CLOSED.',
      'zh-CN':
        '除双方同时关闭外，只有发送最后一个 ACK 的一端需要等待，因为无人告知它是否到达。另一端刚收到它，从 LAST-ACK 直接进入 CLOSED。',
    },
    source: { rfc: 9293, section: '3.6' },
    laws: { detours: { 'LAST-ACK/recv-ack-of-fin/CLOSED': 'TIME-WAIT' } },
  },
  'closing-skipped': {
    name: { en: 'Crossing FINs lead straight to TIME-WAIT', 'zh-CN': 'FIN 交叉时直接进入 TIME-WAIT' },
    text: {
      en: 'A FIN that does not acknowledge ours leaves one thing open: the ACK of our FIN. Until it comes, the state is CLOSING.',
      'zh-CN': '没有确认我们 FIN 的 FIN 还留下一件事：对我们 FIN 的确认。在它到达之前，状态是 CLOSING。',
    },
    source: { rfc: 9293, section: '3.6' },
    laws: { detours: { 'FIN-WAIT-1/recv-fin/CLOSING': 'TIME-WAIT' } },
  },
  'reset-ends-the-listener': {
    name: { en: 'A RST in SYN-RECEIVED closes the server', 'zh-CN': 'SYN-RECEIVED 收到 RST 后服务器关闭' },
    text: {
      en: 'The half-made connection came from a listener, and the application never knew of it: after the RST the endpoint listens again, so that an old SYN cannot silence a server.',
      'zh-CN':
        '这个未完成的连接来自监听端，应用程序并不知情：收到 RST 后回到 LISTEN，否则一个旧的 SYN 就能让服务器失效。',
    },
    source: { rfc: 9293, section: '3.10.7.4' },
    laws: { detours: { 'SYN-RECEIVED/recv-rst/LISTEN': 'CLOSED' } },
  },
};

/** Every misconception we can recognise, most basic first. */
export const MISCONCEPTIONS: readonly Misconception[] = MISCONCEPTION_IDS.map((id) => ({ id, ...TABLE[id] }));

/** The profile of a TCP that works as somebody with this misconception believes. */
export function believing(profile: Profile, { laws }: Pick<Misconception, 'laws'>): Profile {
  return { ...profile, laws: { ...SOUND_LAWS, ...profile.laws, ...laws } };
}
