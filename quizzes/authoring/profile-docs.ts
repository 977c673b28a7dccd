// What each key of a changed profile means.

import type { Bilingual } from '../../core/text.ts';

function text(en: string, zh: string): Bilingual {
  return { en, 'zh-CN': zh };
}

/** By key, as in `profile: { base: linux, msl: 2 min }`. */
export const PROFILE_DOCS: Readonly<Record<string, Bilingual>> = {
  'profile.base': text('The profile that is changed.', '在哪个行为模式 (profile) 上修改。'),
  'profile.msl': text(
    'Maximum segment lifetime; TIME-WAIT lasts twice as long.',
    '报文段最大生存时间；TIME-WAIT 是它的两倍。',
  ),
  'profile.initial-rto': text(
    'Retransmission timeout before any round trip was measured.',
    '测得往返时间之前的重传超时。',
  ),
  'profile.min-rto': text('Least retransmission timeout.', '最小重传超时。'),
  'profile.max-rto': text('Greatest retransmission timeout.', '最大重传超时。'),
  'profile.delayed-ack': text(
    'How long an ACK may wait for something to ride on; `0 s` acknowledges at once.',
    'ACK 最多等多久；`0 s` 立即确认。',
  ),
  'profile.keepalive-idle': text(
    'Silence before the first keepalive probe.',
    '第一个保活探测之前的静默时间。',
  ),
  'profile.keepalive-interval': text('Time between keepalive probes.', '保活探测的间隔。'),
  'profile.fin-wait-2-timeout': text(
    'How long FIN-WAIT-2 is kept without the application.',
    '应用放手后 FIN-WAIT-2 保留多久。',
  ),
  'profile.syn-retries': text('Retransmissions of a SYN before giving up.', '放弃之前 SYN 的重传次数。'),
  'profile.data-retries': text('Retransmissions of data before giving up.', '放弃之前数据的重传次数。'),
  'profile.keepalive-probes': text(
    'Unanswered keepalive probes before giving up.',
    '放弃之前无应答的保活探测次数。',
  ),
  'profile.mss': text('Largest segment, in octets of data.', '最大报文段的数据字节数。'),
  'profile.receive-buffer': text('Octets of receive buffer: the window.', '接收缓冲区字节数，即窗口。'),
  'profile.measures-round-trip': text(
    'Whether the timeout follows the measured round trip (RFC 6298).',
    '超时是否随测得的往返时间变化（RFC 6298）。',
  ),
  'profile.sends-mss': text('Whether SYNs carry the MSS option.', 'SYN 是否带 MSS 选项。'),
  'profile.repeats-syn-ack': text(
    'Whether a repeated SYN gets the SYN,ACK again.',
    '重复的 SYN 是否再得到 SYN,ACK。',
  ),
  'profile.fin-rides-data': text(
    'Whether FIN leaves on the last data segment.',
    'FIN 是否搭在最后一个数据报文段上。',
  ),
  'profile.abort-carries-ack': text(
    'Whether the RST of an abort carries an ACK.',
    '中止时的 RST 是否带 ACK。',
  ),
  'profile.challenge-acks': text(
    'Whether doubtful SYN and RST are challenged (RFC 5961).',
    '是否质询可疑的 SYN 和 RST（RFC 5961）。',
  ),
  'profile.ignores-rst-in-time-wait': text(
    'Whether RST is ignored in TIME-WAIT (RFC 1337).',
    'TIME-WAIT 是否忽略 RST（RFC 1337）。',
  ),
  'profile.reopens-time-wait': text(
    'Whether a new SYN may reopen TIME-WAIT.',
    '新的 SYN 能否从 TIME-WAIT 重新打开连接。',
  ),
  'profile.tw-recycle': text(
    'Whether a SYN with an older timestamp than the last one from its address is dropped (Linux `tcp_tw_recycle`, gone since 4.12).',
    '时间戳比来自同一地址的上一个更旧的 SYN 是否丢弃（Linux 的 `tcp_tw_recycle`，4.12 起已移除）。',
  ),
  'profile.half-duplex-close': text(
    'Whether data that arrives after close() is answered with RST.',
    'close() 之后到达的数据是否以 RST 回应。',
  ),
  'profile.user-timeout': text(
    'Gives up when data stays unacknowledged for so long (TCP_USER_TIMEOUT).',
    '数据这么久未被确认就放弃（TCP_USER_TIMEOUT）。',
  ),
  'profile.challenge-interval': text(
    'At least so long between two challenge ACKs; `0 s` does not limit them.',
    '两个挑战 ACK 之间的最短间隔；`0 s` 不限制。',
  ),
  'profile.syn-ack-retries': text(
    'Retransmissions of a SYN,ACK before giving up (tcp_synack_retries).',
    '放弃之前 SYN,ACK 的重传次数（tcp_synack_retries）。',
  ),
  'profile.syn-linear': text(
    'SYN retransmissions at even intervals before the timeout doubles, on top of `syn-retries` (tcp_syn_linear_timeouts).',
    '超时加倍之前以固定间隔重传 SYN 的次数，另加 `syn-retries` 次（tcp_syn_linear_timeouts）。',
  ),
  'profile.orphan-retries': text(
    'Retransmissions once the application has called close() (tcp_orphan_retries).',
    '应用程序调用 close() 之后的重传次数（tcp_orphan_retries）。',
  ),
  'profile.quick-acks': text(
    'ACKs that leave at once before any is delayed.',
    '开始延迟之前立即发出的 ACK 个数。',
  ),
  'profile.initial-window': text(
    'Segments in flight before the first ACK (RFC 6928).',
    '收到第一个 ACK 之前可发送的报文段数（RFC 6928）。',
  ),
  'profile.ephemeral-ports': text(
    'Local ports for connections to one target, from the host’s port on; more give EADDRNOTAVAIL.',
    '到同一目标可用的本地端口数，从主机的端口开始；超出则 EADDRNOTAVAIL。',
  ),
  'profile.abort-on-overflow': text(
    'Whether a full accept queue answers the third ACK with RST (tcp_abort_on_overflow).',
    'accept 队列（全连接队列）满时是否以 RST 应答第三个 ACK（tcp_abort_on_overflow）。',
  ),
  'profile.syn-cookies': text(
    'SYN cookies: `never`, `on-overflow` of the SYN queue, or `always` (tcp_syncookies 0, 1, 2).',
    'SYN cookie：`never`、`on-overflow`（SYN 队列溢出时）或 `always`（tcp_syncookies 0、1、2）。',
  ),
  'profile.takes-syn-data': text(
    'Whether a listener takes data on a SYN at once (TCP Fast Open).',
    '监听端是否立即接收 SYN 携带的数据（TCP Fast Open）。',
  ),
  'profile.drops-syn-fin': text(
    'Whether a listener drops a SYN that also carries FIN.',
    '监听端是否丢弃同时带 FIN 的 SYN。',
  ),
  'profile.tw-reuse': text(
    'Whether connect() may take a port in TIME-WAIT after a second; needs `timestamps` (tcp_tw_reuse 1).',
    'connect() 能否在一秒后使用处于 TIME-WAIT 的端口；需要 `timestamps`（tcp_tw_reuse 1）。',
  ),
  'profile.timestamps': text(
    'Whether SYNs offer timestamps (RFC 7323).',
    'SYN 是否带时间戳选项（RFC 7323）。',
  ),
  'profile.nagle': text(
    'Whether small segments wait for each other (Nagle); false is TCP_NODELAY.',
    '小报文段是否互相等待（Nagle 算法）；false 即 TCP_NODELAY。',
  ),
  'profile.sack': text('Whether SYNs offer SACK (RFC 2018).', 'SYN 是否带 SACK 选项（RFC 2018）。'),
  'profile.loss-recovery': text(
    'Whether losses are told from SACKs and times (RFC 8985).',
    '是否根据 SACK 和时间判断丢失（RFC 8985）。',
  ),
  'profile.tail-loss-probe': text(
    'Whether the last segment is sent again before its timeout (RFC 8985).',
    '是否在超时之前重发最后一个报文段（RFC 8985）。',
  ),
  'profile.counts-retries-as-time': text(
    'Whether `data-retries` is the time that so many retries would take at `min-rto`, as Linux has it.',
    '`data-retries` 是否按 `min-rto` 下这么多次重传所需的时间计算（Linux 的做法）。',
  ),
  'profile.keepalive-ends-with-rst': text(
    'Whether a peer that answers no keepalive probe is sent a RST.',
    '保活探测无应答时是否向对端发送 RST。',
  ),
};
