// Where each number and choice comes from in which profiles differ: the reasons that a learner is given.

import type { Profile, ProfileId } from '../../core/tcp/profiles.ts';
import type { Bilingual } from '../../core/text.ts';

/** What can differ: every field but the profile's name and the laws, which are the same in all. */
export type ProfileKey = Exclude<keyof Profile, 'id' | 'laws'>;

export interface ProfileSource {
  readonly what: Bilingual;
  /** How its values are written; yes and no when it is neither. */
  readonly unit?: 'time' | 'count';
  /** Who says so. */
  readonly says: Readonly<Partial<Record<ProfileId, string>>>;
}

function source(
  en: string,
  zh: string,
  says: ProfileSource['says'],
  unit?: ProfileSource['unit'],
): ProfileSource {
  return { what: { en, 'zh-CN': zh }, says, ...(unit === undefined ? {} : { unit }) };
}

const COURSE = 'as courses draw it';

/** By field of a profile; test/quizzes/engine/profile-answers.test.ts holds that no field that differs is missing. */
export const PROFILE_SOURCES: Readonly<Partial<Record<ProfileKey, ProfileSource>>> = {
  msl: source(
    'MSL',
    'MSL',
    { textbook: COURSE, rfc9293: 'RFC 9293 §3.4.2', linux: 'TCP_TIMEWAIT_LEN' },
    'time',
  ),
  minRto: source(
    'least RTO',
    '最小 RTO',
    { textbook: 'RFC 6298 (2.4)', rfc9293: 'RFC 6298 (2.4)', linux: 'TCP_RTO_MIN' },
    'time',
  ),
  maxRto: source(
    'greatest RTO',
    '最大 RTO',
    { textbook: 'RFC 6298 (2.5)', rfc9293: 'RFC 6298 (2.5)', linux: 'TCP_RTO_MAX' },
    'time',
  ),
  measuresRoundTrip: source('the RTO follows the measured round trip', 'RTO 随测得的往返时间变化', {
    textbook: COURSE,
    rfc9293: 'RFC 6298 §2',
    linux: 'RFC 6298 §2',
  }),
  flooredVariance: source('the least RTO is added to the round trip', '最小 RTO 加在往返时间之上', {
    rfc9293: 'RFC 6298 (2.3)',
    linux: '__tcp_set_rto',
  }),
  synRetries: source(
    'retransmissions of a SYN',
    'SYN 的重传次数',
    { textbook: COURSE, rfc9293: 'RFC 9293 §3.8.3', linux: 'tcp_syn_retries' },
    'count',
  ),
  synAckRetries: source(
    'retransmissions of a SYN,ACK',
    'SYN,ACK 的重传次数',
    { textbook: COURSE, rfc9293: 'RFC 9293 §3.8.3', linux: 'tcp_synack_retries' },
    'count',
  ),
  linearSynRetries: source(
    'retransmissions of a SYN before the timeout doubles',
    'SYN 超时加倍之前的重传次数',
    { linux: 'tcp_syn_linear_timeouts' },
    'count',
  ),
  synAgainAfterWrongAck: source(
    'a SYN goes again soon after a wrong ACK',
    '收到错误 ACK 后很快重发 SYN',
    { linux: 'TCP_TIMEOUT_MIN' },
    'time',
  ),
  dataRetries: source(
    'retransmissions of data or FIN',
    '数据或 FIN 的重传次数',
    { linux: 'tcp_retries2' },
    'count',
  ),
  orphanRetries: source(
    'retransmissions once the application has let go',
    '应用放手后的重传次数',
    { linux: 'tcp_orphan_retries' },
    'count',
  ),
  countsRetriesAsTime: source('retries are counted as time', '重传次数按时间折算', {
    linux: 'retransmits_timed_out',
  }),
  delayedAck: source(
    'delay of an ACK',
    'ACK 的延迟',
    { textbook: COURSE, rfc9293: 'RFC 9293 §3.8.6.3', linux: 'TCP_DELACK_MIN' },
    'time',
  ),
  quickAcks: source(
    'ACKs that leave at once at first',
    '起初立即发出的 ACK 数',
    { linux: 'TCP_MAX_QUICKACKS' },
    'count',
  ),
  tick: source('grain of timers', '定时器粒度', { linux: 'CONFIG_HZ' }, 'time'),
  receiveBuffer: source(
    'receive buffer, octets',
    '接收缓冲区（字节）',
    { linux: 'tcp_select_initial_window' },
    'count',
  ),
  receiveSpace: source(
    'what the receive window may grow to',
    '接收窗口的上限',
    { linux: 'tcp_win_from_space' },
    'count',
  ),
  sendsMss: source('SYNs carry the MSS option', 'SYN 带 MSS 选项', {
    textbook: COURSE,
    rfc9293: 'RFC 9293 §3.7.1',
    linux: 'RFC 9293 §3.7.1',
  }),
  windowScale: source('window scale offered', '提供的窗口扩大因子', { linux: 'RFC 7323 §2' }, 'count'),
  sack: source('selective acknowledgments', '选择确认 (SACK)', { linux: 'tcp_sack, RFC 2018' }),
  timestampsFrom: source('timestamps', '时间戳', { linux: 'tcp_timestamps, RFC 7323 §3' }, 'count'),
  initialWindow: source(
    'initial congestion window',
    '初始拥塞窗口',
    { linux: 'TCP_INIT_CWND, RFC 6928' },
    'count',
  ),
  nagle: source('Nagle’s algorithm', 'Nagle 算法', {
    textbook: COURSE,
    rfc9293: 'RFC 9293 §3.7.4',
    linux: 'RFC 9293 §3.7.4',
  }),
  segmentsPerBurst: source(
    'segments handed down as one',
    '一次交给下层的报文段数',
    { linux: 'tcp_min_tso_segs' },
    'count',
  ),
  joinsRetransmissions: source('small segments are sent again as one', '小报文段合并重传', {
    linux: 'tcp_retrans_collapse',
  }),
  lossRecovery: source('losses are told from SACKs and times', '由 SACK 和时间判断丢失', {
    linux: 'tcp_recovery, RFC 8985',
  }),
  tailLossProbe: source('tail loss probe', '尾部丢包探测', { linux: 'tcp_early_retrans, RFC 8985 §7' }),
  keepaliveEndsWithRst: source('a silent peer is told with RST', '对端无应答时发送 RST', {
    linux: 'tcp_keepalive_timer',
  }),
  repeatsSynAck: source('a repeated SYN gets the SYN,ACK again', '重复的 SYN 再得到 SYN,ACK', {
    textbook: COURSE,
    rfc9293: 'RFC 9293 §3.10.7.4',
    linux: 'tcp_check_req',
  }),
  finRidesData: source('FIN rides on the last data', 'FIN 搭在最后的数据上', {
    textbook: COURSE,
    rfc9293: 'RFC 9293 §3.10.4',
    linux: 'tcp_send_fin',
  }),
  abortCarriesAck: source('the RST of an abort carries an ACK', '中止的 RST 带 ACK', {
    rfc9293: 'RFC 9293 §3.10.5',
    linux: 'tcp_send_active_reset',
  }),
  resetAfterFinIsEpipe: source('a reset after the peer’s FIN is EPIPE', '对端 FIN 之后的重置报告为 EPIPE', {
    rfc9293: 'RFC 9293 §3.10.7.4',
    linux: 'tcp_reset',
  }),
  challengeAcks: source('challenge ACKs', 'challenge ACK', {
    textbook: 'RFC 793',
    rfc9293: 'RFC 9293 §3.10.7.4, RFC 5961',
    linux: 'RFC 5961',
  }),
  challengeInterval: source(
    'least time between challenge ACKs',
    'challenge ACK 的最小间隔',
    { linux: 'tcp_invalid_ratelimit' },
    'time',
  ),
  miniSockets: source('mini sockets', '微型套接字 (mini socket)', {
    linux: 'tcp_check_req, tcp_timewait_state_process',
  }),
  judgesByLastAck: source('judges by the last number acknowledged', '按最后确认的序号判断', {
    linux: 'tcp_sequence',
  }),
  repeatsSynData: source('a SYN that goes again carries its data again', '重发的 SYN 再次携带其数据', {
    textbook: 'RFC 9293 §3.8.1',
    rfc9293: 'RFC 9293 §3.8.1',
    linux: 'tcp_send_syn_data',
  }),
  dropsSynFin: source('a listener drops SYN with FIN', '监听套接字丢弃带 FIN 的 SYN', {
    rfc9293: 'RFC 9293 §3.10.7.2',
    linux: 'tcp_rcv_state_process',
  }),
  reopensTimeWait: source('a new SYN reopens TIME-WAIT', '新的 SYN 重新打开 TIME-WAIT', {
    textbook: COURSE,
    rfc9293: 'RFC 9293 §3.6.1 (MAY-2)',
    linux: 'RFC 9293 §3.6.1 (MAY-2)',
  }),
  ephemeralPorts: source(
    'ephemeral ports',
    '临时端口数',
    { textbook: 'RFC 6335 §6', rfc9293: 'RFC 6335 §6', linux: 'ip_local_port_range' },
    'count',
  ),
  finWait2Timeout: source(
    'how long an orphan waits in FIN-WAIT-2',
    '孤儿连接在 FIN-WAIT-2 等待多久',
    { linux: 'tcp_fin_timeout' },
    'time',
  ),
  halfDuplexClose: source('close() gives up reading, too', 'close() 也放弃读取', {
    textbook: COURSE,
    rfc9293: 'RFC 9293 §3.6.1 (MAY-1)',
    linux: 'RFC 9293 §3.6.1 (MAY-1)',
  }),
  synCookies: source('SYN cookies', 'SYN cookie', { linux: 'tcp_syncookies' }),
};
