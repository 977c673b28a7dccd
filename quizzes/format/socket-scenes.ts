// For each state that ss and netstat list: what it waits for, what it tells when it stays, and a scenario that leads
// there, in the words of packs.

import { PROFILES } from '../../core/tcp/profiles.ts';
import type { TcpState } from '../../core/tcp/states.ts';
import type { Bilingual, Language } from '../../core/text.ts';
import type { HostId } from '../../core/timeline/timeline.ts';
import { formatDuration } from '../engine/durations.ts';

/** A state as it comes about at one host. */
export interface SocketScene {
  /** The host whose socket is in that state. */
  readonly host: HostId;
  /** The keys of a scenario. */
  readonly scenario: Readonly<Record<string, unknown>>;
  /** In the order of the scenario's life; what they ask is not told by the state. */
  readonly questions: readonly { readonly when: string; readonly ask: string | readonly string[] }[];
  readonly waits: Bilingual;
  readonly tells: Bilingual;
}

/** The one whose list it most often is. */
const PROFILE = PROFILES.linux;
/** "60 s" in a sentence, as the profile has it. */
const long = (time: number | undefined, language: Language) => formatDuration(time ?? 0, language);
const FIN_WAIT_2 = PROFILE.finWait2Timeout;
const TIME_WAIT = 2 * PROFILE.msl;

const OPEN = [{ B: 'listen' }, { A: 'connect' }];
const SENT = [...OPEN, { A: 'send 100..900' }];
const CLOSED_BY_A = [...SENT, { A: 'close' }];

export const SOCKET_SCENES: Readonly<Record<TcpState, SocketScene>> = {
  'CLOSED': {
    host: 'B',
    scenario: { script: [{ B: 'bind' }, { A: 'connect' }] },
    questions: [
      { when: 'B receives SYN', ask: 'next segment from B' },
      { when: 'A receives RST', ask: 'what connect returns at A' },
    ],
    waits: {
      en: 'There is no connection: the socket was made, or bound, and neither `connect()` nor `listen()` was called.',
      'zh-CN': '没有连接：套接字已创建或已绑定，但还没有调用 `connect()` 或 `listen()`。',
    },
    tells: {
      en: 'Tools list it only on demand. Whatever is sent to its port is answered with RST, unless it is a RST itself.',
      'zh-CN': '工具通常不列出这种套接字。发到其端口的报文段，除 RST 以外都会得到 RST。',
    },
  },
  'LISTEN': {
    host: 'B',
    scenario: { script: [{ B: 'listen backlog 1' }, { A: 'connect' }] },
    questions: [
      { when: 'B receives SYN', ask: 'next segment from B' },
      { when: 'end', ask: ['Recv-Q of listener in ss at B', 'missing call at B'] },
    ],
    waits: {
      en: 'It waits for a SYN from any peer. It never becomes a connection: each one that comes has a socket of its own.',
      'zh-CN': '等待任意对端的 SYN。它自己不会变成连接：每个到来的连接都有各自的套接字。',
    },
    tells: {
      en: 'In `ss`, Recv-Q counts connections that wait for `accept()`, and Send-Q is the backlog. A Recv-Q that stays: `accept()` is missing or too slow.',
      'zh-CN':
        '在 `ss` 中，Recv-Q 是等待 `accept()` 的连接数，Send-Q 是 backlog。Recv-Q 一直不为 0：缺少 `accept()`，或调用得太慢。',
    },
  },
  'SYN-SENT': {
    host: 'A',
    scenario: { script: [{ network: 'cut' }, { A: 'connect' }] },
    questions: [
      { when: 'A sends SYN', ask: ['which timer fires next at A', 'number of SYNs still to come from A'] },
      { when: 'A sends SYN last', ask: 'what connect finally returns at A' },
    ],
    waits: {
      en: '`connect()` has sent a SYN; the SYN,ACK is awaited.',
      'zh-CN': '`connect()` 已发送 SYN，等待 SYN,ACK。',
    },
    tells: {
      en: 'If it stays, nothing answers: a firewall drops the SYN, or the peer is off. A port that is merely closed answers with RST at once.',
      'zh-CN': '一直如此，说明没有应答：防火墙丢弃了 SYN，或对端已关机。只是端口关闭的话，会立即收到 RST。',
    },
  },
  'SYN-RECEIVED': {
    host: 'B',
    scenario: { script: OPEN, network: [{ lose: 'first ACK from A' }] },
    questions: [
      { when: 'A receives SYN-ACK', ask: 'next segment from A' },
      { when: "B's retransmission timer fires", ask: 'next segment from B' },
    ],
    waits: {
      en: 'A SYN came and SYN,ACK was sent; the ACK of it is awaited.',
      'zh-CN': '收到了 SYN 并回复了 SYN,ACK，等待对它的 ACK。',
    },
    tells: {
      en: 'Many of them: a SYN flood, or what is answered does not get there (forged or unreachable addresses). SYN cookies let the listener do without them.',
      'zh-CN':
        '大量出现：SYN 洪泛攻击，或应答到不了对方（伪造或不可达的地址）。SYN cookies 让监听端无需保存它们。',
    },
  },
  'ESTABLISHED': {
    host: 'B',
    scenario: { script: [...OPEN, { B: 'stop reading' }, { A: 'send 100..900' }] },
    questions: [
      { when: 'A sends data', ask: 'Send-Q of ss at A' },
      { when: 'end', ask: ['Recv-Q of ss at B', 'missing call at B'] },
    ],
    waits: {
      en: 'Both directions are open, and data can flow.',
      'zh-CN': '两个方向都已打开，可以传输数据。',
    },
    tells: {
      en: 'A Recv-Q that stays: the program does not call `read()`. A Send-Q that stays: the peer does not acknowledge. A peer that vanished is noticed by data or keepalive only.',
      'zh-CN':
        'Recv-Q 一直不为 0：程序没有调用 `read()`。Send-Q 一直不为 0：对端没有确认。对端消失时，只有发送数据或保活才能发现。',
    },
  },
  'FIN-WAIT-1': {
    host: 'A',
    scenario: { script: [...SENT, { network: 'cut' }, { A: 'close', after: '1 ms' }] },
    questions: [{ when: 'A calls close', ask: ['next segment from A', 'which timer fires next at A'] }],
    waits: {
      en: 'The program here has closed, and no FIN of the peer has come yet; the ACK of its own FIN is awaited, or that FIN still waits behind data.',
      'zh-CN': '本端程序已关闭，对端的 FIN 还没有到；等待对本端 FIN 的 ACK，或者该 FIN 还排在数据之后。',
    },
    tells: {
      en: 'If it stays, the peer acknowledges nothing: it is gone, cut off, or its window is closed.',
      'zh-CN': '一直如此，说明对端不确认：对端已消失、网络中断，或其窗口已关闭。',
    },
  },
  'FIN-WAIT-2': {
    host: 'A',
    scenario: { script: CLOSED_BY_A },
    questions: [{ when: 'A enters FIN-WAIT-2', ask: ['missing call at B', 'time until A enters CLOSED'] }],
    waits: {
      en: 'Our FIN is acknowledged; the FIN of the peer is awaited.',
      'zh-CN': '本端的 FIN 已被确认，等待对端的 FIN。',
    },
    tells: {
      en: `The program at the **other** end owes \`close()\`. After \`close()\` Linux waits ${long(FIN_WAIT_2, 'en')} (tcp_fin_timeout) and lets go; after \`shutdown()\` it sets no limit.`,
      'zh-CN': `**对端**的程序欠一个 \`close()\`。本端若是 \`close()\`，Linux 等待 ${long(FIN_WAIT_2, 'zh-CN')}（tcp_fin_timeout）后放弃；若是 \`shutdown()\`，则不设时限。`,
    },
  },
  'CLOSE-WAIT': {
    host: 'B',
    scenario: { script: CLOSED_BY_A },
    questions: [
      { when: 'B receives FIN', ask: 'next segment from B' },
      { when: 'B enters CLOSE-WAIT', ask: ['missing call at B', 'which timer fires next at B'] },
    ],
    waits: {
      en: 'The peer has closed: its FIN came and was acknowledged. The program **here** has not closed yet.',
      'zh-CN': '对端已关闭：收到并确认了它的 FIN。**本端**的程序还没有关闭。',
    },
    tells: {
      en: 'If it stays, `close()` is missing here: a socket leak. It ends when this program closes or ends; by itself it does not, as long as both ends are idle and keepalive is off.',
      'zh-CN':
        '一直如此，说明本端缺少 `close()`：套接字泄漏。本端程序关闭或退出，它就结束；只要双方都不发送、也没有开启保活，它不会自行结束。',
    },
  },
  'CLOSING': {
    host: 'A',
    scenario: { script: [...OPEN, { together: [{ A: 'close' }, { B: 'close' }] }] },
    questions: [
      { when: 'A receives FIN', ask: 'next segment from A' },
      { when: 'A receives ACK last', ask: 'state of A' },
    ],
    waits: {
      en: 'Both closed at the same time: the FINs crossed, and the ACK of ours is awaited.',
      'zh-CN': '双方同时关闭：两个 FIN 在途中交错，等待对本端 FIN 的 ACK。',
    },
    tells: {
      en: 'It passes within a round trip. If it stays, that ACK does not get here.',
      'zh-CN': '一个往返时间内就会过去。一直如此，说明那个 ACK 到不了本端。',
    },
  },
  'LAST-ACK': {
    host: 'B',
    scenario: { script: [...CLOSED_BY_A, { B: 'close' }], network: [{ lose: 'last ACK from A' }] },
    questions: [
      { when: 'A receives FIN', ask: ['next segment from A', 'state of A'] },
      { when: 'A receives FIN 2', ask: ['next segment from A', 'time left in TIME-WAIT at A'] },
    ],
    waits: {
      en: 'The peer closed first, then this program; the ACK of our FIN is awaited.',
      'zh-CN': '对端先关闭，然后本端关闭；等待对本端 FIN 的 ACK。',
    },
    tells: {
      en: 'It passes within a round trip. If it stays, the last ACK does not come, and our FIN is sent again.',
      'zh-CN': '一个往返时间内就会过去。一直如此，说明最后的 ACK 没有到，本端会重传 FIN。',
    },
  },
  'TIME-WAIT': {
    host: 'A',
    scenario: { script: [...CLOSED_BY_A, { B: 'close' }] },
    questions: [
      { when: 'A receives FIN', ask: 'next segment from A' },
      { when: 'A enters TIME-WAIT', ask: 'time left in TIME-WAIT at A' },
    ],
    waits: {
      en: 'This end closed first, or both at the same time, and all is over. It stays to repeat the last ACK if that was lost, and until old segments have died.',
      'zh-CN':
        '本端先关闭，或双方同时关闭，一切已结束。留下来是为了在最后的 ACK 丢失时重发它，并等旧报文段消失。',
    },
    tells: {
      en: `Normal, ${long(TIME_WAIT, 'en')} each on Linux; no program holds it any more. Where connections to one server are opened faster than that, ports run out: keep them open, or let the other end close first.`,
      'zh-CN': `正常现象，在 Linux 上每个持续 ${long(TIME_WAIT, 'zh-CN')}；已没有程序持有它。向同一服务器开连接的速度超过这个限度时，端口会用完：请复用连接，或让对端先关闭。`,
    },
  },
};
