// Decisions about segments of a synchronized connection, in the order of the checks of RFC 9293 §3.10.7.4.

import { practice, type Rule, rule } from './rule.ts';

/** How a segment of a synchronized connection is judged and answered. */
export const ARRIVALS = {
  'arrives/outside-window-is-acked': rule(
    9293,
    '3.10.7.4',
    'Nothing in this segment lies inside the receive window: it is dropped, and an ACK tells the sender what we expect.',
    '该报文段没有任何部分落在接收窗口内：丢弃，并回送 ACK 告知期望的序号。',
  ),
  'rst/believed': rule(
    9293,
    '3.5.3',
    'A RST with an acceptable sequence number is believed.',
    '序号可接受的 RST 被采信。',
  ),
  'rst/outside-window-is-ignored': rule(
    9293,
    '3.10.7.4',
    'A RST outside the window is dropped without an answer.',
    '窗口之外的 RST 被静默丢弃。',
  ),
  'rst/inexact-is-challenged': rule(
    9293,
    '3.10.7.4',
    'A RST inside the window but not exactly at RCV.NXT may be forged: a challenge ACK asks the peer, and the connection lives on.',
    'RST 落在窗口内但不等于 RCV.NXT，可能是伪造：发送挑战 ACK，连接保持。',
  ),
  'rst/ignored-in-time-wait': rule(
    1337,
    '3',
    'RST segments are ignored in TIME-WAIT, so that no old one can end it too early.',
    '在 TIME-WAIT 中忽略 RST，避免旧的 RST 过早结束该状态。',
  ),
  'syn/challenged': rule(
    9293,
    '3.10.7.4',
    'A SYN on a synchronized connection is answered with a challenge ACK: a peer that really restarted will answer with RST.',
    '同步状态下收到 SYN 时回送挑战 ACK：若对端确实重启过，会以 RST 应答。',
  ),
  'syn/in-window-is-an-error': rule(
    9293,
    '3.10.7.4',
    'Without RFC 5961, a SYN inside the window is an error of this connection: the peer is told with a RST at SND.NXT, the number it expects.',
    '未采用 RFC 5961 时，窗口内的 SYN 是该连接的错误：用序号为 SND.NXT（对端期望的序号）的 RST 告知对端。',
  ),
  'ack/must-be-there': rule(
    9293,
    '3.10.7.4',
    'Once synchronized, every segment must carry an ACK: one without is dropped.',
    '同步之后每个报文段都必须带 ACK：不带者丢弃。',
  ),
  'ack/advances': rule(
    9293,
    '3.10.7.4',
    'The ACK covers something new: SND.UNA moves up to it, and what it covers leaves the retransmission queue.',
    'ACK 确认了新内容：SND.UNA 前移，被确认的内容移出重传队列。',
  ),
  'ack/duplicate-is-ignored': rule(
    9293,
    '3.10.7.4',
    'An ACK at or below SND.UNA says nothing new.',
    '不超过 SND.UNA 的 ACK 没有新信息。',
  ),
  'ack/of-what-was-never-sent': rule(
    9293,
    '3.10.7.4',
    'The ACK is for something we never sent: the segment is dropped and an ACK sent back.',
    '该 ACK 确认了从未发送的内容：丢弃该报文段并回送 ACK。',
  ),
  'ack/may-be-delayed': rule(
    9293,
    '3.8.6.3',
    'An ACK for data may wait less than half a second, in the hope of riding on data or covering a second segment.',
    '数据的 ACK 可延迟不到 0.5 秒，以便捎带或一并确认第二个报文段。',
  ),
  'ack/every-second-segment': rule(
    9293,
    '3.8.6.3',
    'At least every second full-sized segment of data should be acknowledged at once (SHLD-19).',
    '至少每收到两个满长度的数据报文段就应立即确认一次 (SHLD-19)。',
  ),
  'ack/rides-on-fin': rule(
    9293,
    '3.10.7.4',
    'The application closes the moment it reads end of file: the ACK of the peer’s FIN rides on our own FIN, and the close takes three segments.',
    '应用程序读到文件结束就立即关闭：对对端 FIN 的确认捎带在我们自己的 FIN 上，关闭只需三个报文段。',
  ),
  'ack/delayed-is-due': rule(
    9293,
    '3.8.6.3',
    'Nothing came for the delayed ACK to ride on: it leaves on its own.',
    '延迟的 ACK 没有等到可捎带的报文段：单独发出。',
  ),
  'data/taken-in-order': rule(
    9293,
    '3.10.7.4',
    'The data continues the stream: RCV.NXT moves over it and the application can read it.',
    '数据接续字节流：RCV.NXT 前移，应用程序可以读取。',
  ),
  'data/kept-out-of-order': rule(
    9293,
    '3.10.7.4',
    'Something before this segment is missing: it is kept for later, and the ACK repeats the number still expected.',
    '该报文段之前有缺失：先保存，ACK 重复仍在期望的序号。',
  ),
  'data/fills-the-gap': rule(
    9293,
    '3.10.7.4',
    'The missing piece is here: one ACK covers it and everything kept behind it.',
    '缺失的部分到达：一个 ACK 同时确认它与先前保存的内容。',
  ),
  'data/after-fin-is-ignored': rule(
    9293,
    '3.10.7.4',
    'The peer has sent its FIN: there can be no data behind it, and none is taken.',
    '对端已发送 FIN，其后不可能再有数据：不予接收。',
  ),
  'data/beyond-the-fin-resets': practice(
    'Linux tcp_rcv_state_process',
    'The peer’s FIN was its last octet, and yet it sends beyond it: the connection cannot be trusted and is reset.',
    '对端的 FIN 已是其最后一个字节，却仍发送更靠后的数据：该连接不可信，予以复位。',
  ),
  'data/after-shut-reading-resets': practice(
    'Linux tcp_rcv_state_process',
    'The application has shut down both directions, reading too, and nobody takes this data: a RST tells the peer that it is lost.',
    '应用程序已关闭两个方向（包括读方向），无人接收该数据：以 RST 告知对端数据已丢失。',
  ),
  'data/after-close-resets': rule(
    9293,
    '3.6.1',
    'The application called close() and nobody can read this data: a RST tells the peer that it is lost.',
    '应用程序已调用 close()，无人读取该数据：以 RST 告知对端数据已丢失。',
  ),
} as const satisfies Record<string, Rule>;
