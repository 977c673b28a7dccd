// Misconceptions about what systems do today: rules that once held, or that hold for another system or setting.

import type { Profile } from '../../core/tcp/profiles.ts';
import { ms } from '../../core/tcp/time.ts';
import type { WrongRule } from './misconception.ts';

const TWO_MINUTES = ms(120_000);

export const ABOUT_SYSTEMS = {
  'any-reset-in-window': {
    name: { en: 'Any RST or SYN in the window counts', 'zh-CN': '窗口内的任何 RST 或 SYN 都有效' },
    text: {
      en: 'RFC 793 had it so, and a forger had only to hit the window. Now a RST ends the connection only if its seq is exactly RCV.NXT. Elsewhere in the window it brings a challenge ACK, and so does a SYN: the real peer, if it has lost the connection, answers that ACK with a RST that is exact.',
      'zh-CN':
        'RFC 793 是这样规定的，伪造者只需命中窗口。现在只有 seq 恰好等于 RCV.NXT 的 RST 才终止连接；落在窗口内其他位置的 RST 以及 SYN 只会引出挑战 ACK：真正的对端若已丢失连接，会用序号准确的 RST 回应它。',
    },
    source: { rfc: 9293, section: '3.10.7.4' },
    laws: {},
    settings: () => ({ challengeAcks: false }),
  },
  'msl-is-two-minutes': {
    name: { en: 'TIME-WAIT lasts four minutes everywhere', 'zh-CN': 'TIME-WAIT 总是四分钟' },
    text: {
      en: 'Two minutes is the MSL that the RFC takes, as an engineering choice that experience may change. Where the question names an MSL, that one counts, and on Linux TIME-WAIT lasts 60 s.',
      'zh-CN':
        '两分钟是 RFC 采用的 MSL，是可依经验调整的工程取值。题目给出 MSL 时以题目为准；Linux 的 TIME-WAIT 固定为 60 秒。',
    },
    source: { rfc: 9293, section: '3.4.2' },
    laws: {},
    settings: () => ({ msl: TWO_MINUTES }),
  },
  'five-syn-retries': {
    name: { en: 'A SYN is sent again five times', 'zh-CN': 'SYN 重传五次' },
    text: {
      en: 'Five retries, 63 s in all, were the default of old Linux kernels. tcp_syn_retries is 6 now, and since Linux 6.5 four tries at the first timeout come on top (tcp_syn_linear_timeouts).',
      'zh-CN':
        '重传五次、合计 63 秒是旧 Linux 内核的默认值。现在 tcp_syn_retries 为 6；自 Linux 6.5 起，还额外有四次按初始超时的重传（tcp_syn_linear_timeouts）。',
    },
    source: { practice: 'Linux tcp_syn_retries' },
    laws: {},
    settings: () => ({ synRetries: 5, linearSynRetries: 0 }),
  },
  'syn-timeout-doubles-at-once': {
    name: { en: 'A SYN’s timeout doubles from the first', 'zh-CN': 'SYN 的超时从第一次起就加倍' },
    text: {
      en: 'By the RFC it does. Linux since 6.5 first sends tcp_syn_linear_timeouts (4) more tries at the initial timeout, and only then doubles: there are more tries, and they take longer than 127 s in all.',
      'zh-CN':
        '按 RFC 是这样。Linux 自 6.5 起先按初始超时多试 tcp_syn_linear_timeouts（4）次，然后才加倍：重传次数更多，总时间也超过 127 秒。',
    },
    source: { practice: 'Linux tcp_syn_linear_timeouts' },
    laws: {},
    settings: () => ({ linearSynRetries: 0 }),
  },
  'orphan-keeps-its-retries': {
    name: { en: 'tcp_retries2 governs a closed socket, too', 'zh-CN': '关闭后的连接仍由 tcp_retries2 决定' },
    text: {
      en: 'Once no process holds the socket, Linux gives up by tcp_orphan_retries (0 means 8), not by tcp_retries2 (15): nobody is left to be told.',
      'zh-CN':
        '没有进程持有套接字后，Linux 按 tcp_orphan_retries（0 表示 8）放弃，而不是 tcp_retries2（15）：已没有谁需要被告知。',
    },
    source: { practice: 'Linux tcp_orphan_retries' },
    laws: {},
    settings: ({ dataRetries }) => ({ orphanRetries: dataRetries }),
  },
  'close-always-sends-fin': {
    name: { en: 'close() always ends in order', 'zh-CN': 'close() 总是正常关闭' },
    text: {
      en: 'close() gives up reading, too. What lies unread then, or arrives later, nobody will read: TCP sends a RST, so that the peer learns that data was lost. shutdown(SHUT_WR) keeps reading.',
      'zh-CN':
        'close() 同时放弃读取。此时未读的数据以及之后到达的数据都不会再有人读：TCP 发送 RST，让对端知道数据丢失。shutdown(SHUT_WR) 则保留读取。',
    },
    source: { rfc: 9293, section: '3.6.1' },
    laws: {},
    settings: () => ({ halfDuplexClose: false }),
  },
  'syn-data-is-read-at-once': {
    name: { en: 'Data on a SYN is delivered at once', 'zh-CN': 'SYN 携带的数据立即交付' },
    text: {
      en: 'A SYN may be an old one. Data that comes with it waits until the third segment has shown that it is fresh; only Fast Open, with a cookie, takes it at once.',
      'zh-CN':
        'SYN 可能是旧的。它携带的数据要等第三个报文段证明其有效之后才交付；只有带 cookie 的 Fast Open 才立即接收。',
    },
    source: { rfc: 9293, section: '3.5' },
    laws: {},
    settings: () => ({ takesSynData: true }),
  },
  'time-wait-admits-no-syn': {
    name: { en: 'TIME-WAIT admits no new connection', 'zh-CN': 'TIME-WAIT 期间不能建立新连接' },
    text: {
      en: 'A SYN with a number above all that the old connection used, or with a later timestamp, cannot be an old one: TIME-WAIT may end at once for it, and in Linux it does. A smaller one is only acknowledged.',
      'zh-CN':
        '序号大于旧连接用过的所有序号，或时间戳更晚的 SYN 不可能是旧的：TIME-WAIT 可以因此立即结束，Linux 正是如此。序号更小的只会得到 ACK。',
    },
    source: { rfc: 9293, section: '3.6.1' },
    laws: {},
    settings: () => ({ reopensTimeWait: false }),
  },
} as const satisfies Readonly<
  Record<string, WrongRule & { readonly settings: (sound: Profile) => Partial<Profile> }>
>;
