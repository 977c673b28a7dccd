// Decisions about time: retransmission, keepalive, closed windows, TIME-WAIT, and hosts that forget.

import { type Rule, rule } from './rule.ts';

/** What happens when nothing arrives. */
export const TIMERS = {
  'time-wait/lasts-2msl': rule(
    9293,
    '3.6.1',
    'TIME-WAIT lasts twice the maximum segment lifetime: long enough for the last ACK to be asked for again, and for old segments to die.',
    'TIME-WAIT 持续两倍最长报文段寿命 (2MSL)：足以让对端重新索取最后的 ACK，并让旧报文段消失。',
  ),
  'time-wait/acks-the-unexpected': rule(
    9293,
    '3.10.7.4',
    'In TIME-WAIT only the peer’s FIN can still arrive: anything else that is not a bare ACK at RCV.NXT is answered with an ACK.',
    '在 TIME-WAIT 中只可能再收到对端的 FIN：除序号等于 RCV.NXT 的纯 ACK 外，其他报文段都回送 ACK。',
  ),
  'timer/same-number-again': rule(
    9293,
    '3.8.1',
    'A retransmission is the same sequence space again: it keeps its sequence number.',
    '重传的是同一段序号空间：序号不变。',
  ),
  'timer/earliest-again': rule(
    6298,
    '5',
    'The retransmission timer has expired: the earliest segment that is not acknowledged is sent again.',
    '重传定时器到期：重传最早的、尚未被确认的报文段。',
    '5.4',
  ),
  'timer/backs-off': rule(
    6298,
    '5',
    'After each timeout the next one is twice as long.',
    '每次超时后，下一次的超时时间加倍。',
    '5.5',
  ),
  'timer/syn-was-repeated': rule(
    6298,
    '5',
    'The SYN had to be sent again, and which copy was answered is unknown: data begins with a timeout of 3 seconds.',
    'SYN 重发过，不知道应答的是哪一份：数据传输以 3 秒的超时开始。',
    '5.7',
  ),
  'timer/retries-used-up': rule(
    9293,
    '3.8.3',
    'The limit of retransmissions (R2) is reached.',
    '达到重传次数上限 (R2)。',
  ),
  'timer/user-timeout': rule(
    9293,
    '3.10.8',
    'The user timeout has expired: for so long nothing that was sent has been acknowledged.',
    '用户超时到期：这么长的时间里，发送的内容一直未被确认。',
  ),
  'keepalive/off-by-default': rule(
    9293,
    '3.8.4',
    'Keepalive is off unless the application asks for it; the first probe comes after at least two hours of silence by default.',
    '保活默认关闭，需由应用程序开启；默认至少静默两小时后才发送第一个探测。',
  ),
  'keepalive/probe': rule(
    9293,
    '3.8.4',
    'A keepalive probe repeats the number before SND.NXT and carries nothing new: a living peer must answer it with an ACK.',
    '保活探测使用 SND.NXT 之前的序号且不带新内容：存活的对端必须以 ACK 应答。',
  ),
  'keepalive/peer-was-heard': rule(
    9293,
    '3.8.4',
    'Something came from the peer: the idle time until the next keepalive probe counts anew.',
    '收到了对端的报文段：距下一次保活探测的空闲时间重新计时。',
  ),
  'keepalive/peer-is-gone': rule(
    9293,
    '3.8.4',
    'None of the probes was answered: the connection is dead.',
    '所有探测均无应答：连接已失效。',
  ),
  'host/crash-forgets': rule(
    9293,
    '3.5.1',
    'A host that crashes forgets its connections and tells nobody: where the peer still has one, it is now half-open.',
    '主机崩溃后忘记所有连接，且不通知任何人：对端若还保有连接，它就成为半开连接。',
  ),
  'host/starts-empty': rule(
    9293,
    '3.5.1',
    'After a reboot no connection exists: segments of old ones are answered from CLOSED.',
    '重启之后不存在任何连接：旧连接的报文段由 CLOSED 状态应答。',
  ),
  'window/closed-takes-nothing': rule(
    9293,
    '3.10.7.4',
    'The receive window is closed: data is not taken, and an ACK repeats what we expect.',
    '接收窗口为零：不接收数据，ACK 重复期望的序号。',
  ),
  'window/update': rule(
    9293,
    '3.10.7.4',
    'A newer segment opens the window: waiting data may go.',
    '更新的报文段打开了窗口：等待的数据可以发送。',
  ),
  'window/peer-still-answers': rule(
    9293,
    '3.8.6.1',
    'The window has closed over data that was sent, but the peer still answers: the connection stays open for as long as it does.',
    '对端把窗口收缩为零，已发送的数据落在窗口之外，但对端仍在应答：只要它应答，连接就保持打开。',
  ),
  'window/reopens': rule(
    9293,
    '3.8.6',
    'The application has read: an ACK announces the open window.',
    '应用程序已读取数据：用 ACK 通告窗口重新打开。',
  ),
  'window/probe-after-one-rto': rule(
    9293,
    '3.8.6.1',
    'Data waits, and nothing in flight will bring the ACK that could let it go: the persist timer is started, at first with one RTO.',
    '有数据在等待，而网络中没有能带回 ACK 的报文段：启动坚持定时器，首次时长为一个 RTO。',
  ),
  'window/probe': rule(
    9293,
    '3.8.6.1',
    'The window has been closed for one RTO: the sender probes it, with growing intervals, for as long as it takes.',
    '窗口关闭已达一个 RTO：发送方以逐渐增长的间隔持续探测。',
  ),
} as const satisfies Record<string, Rule>;
