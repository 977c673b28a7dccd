// Decisions of a TCP in daily use: pacing ACKs, noticing losses, limits on what it answers. The section is the one
// that allows or recommends it; where none does, the setting or the function of the stack that does it is named.

import { practice, type Rule, rule } from './rule.ts';

/** What the RFCs leave open and a real stack settles. */
export const PRACTICE = {
  'ack/quick-at-first': rule(
    9293,
    '3.8.6.3',
    'Data has only begun to flow: the first ACKs leave at once, to help the sender through slow start.',
    '数据刚开始流动：最初的若干 ACK 立即发出，帮助发送方度过慢启动。',
  ),
  'ack/reading-frees-it': rule(
    9293,
    '3.8.6.3',
    'The application has read what came: the ACK that waited need not wait longer.',
    '应用程序已读取到达的数据：等待中的 ACK 不必再等。',
  ),
  'ack/challenges-are-limited': rule(
    5961,
    '7',
    'A challenge ACK left a moment ago: this one is withheld, so that many RSTs or SYNs cannot call forth as many ACKs.',
    '刚刚发送过挑战 ACK：本次不再发送，以免大量 RST 或 SYN 引出同样多的挑战 ACK。',
  ),
  'ack/too-old': rule(
    9293,
    '3.10.7.4',
    'The ACK lies further back than the largest window ever offered: no honest peer is so late. The segment is dropped and challenged.',
    '该 ACK 落后的距离超过了曾经通告的最大窗口：正常的对端不会如此滞后。丢弃该报文段并发送挑战 ACK。',
  ),
  'arrives/from-the-past': rule(
    7323,
    '5.3',
    'Its timestamp is older than the last one taken (PAWS): the segment wandered about in the network. It is dropped and an ACK sent back.',
    '其时间戳早于最近接受的时间戳 (PAWS)：该报文段曾在网络中滞留。丢弃并回送 ACK。',
  ),
  'close/reading-says-nothing': rule(
    9293,
    '3.9.1',
    'shutdown(SHUT_RD) is no matter of the protocol: nothing is sent, and the peer may go on sending.',
    'shutdown(SHUT_RD) 与协议无关：不发送任何报文段，对端仍可继续发送。',
  ),
  'close/lingers-not': practice(
    'Linux SO_LINGER',
    'With SO_LINGER on and a time of 0, close() will throw the connection away instead of closing it in order. Until then nothing changes.',
    '打开 SO_LINGER 且时间为 0：close() 将丢弃连接，而不是正常关闭。在此之前一切不变。',
  ),
  'close/linger-zero-resets': practice(
    'Linux __tcp_close',
    'SO_LINGER with a time of 0: close() sends RST instead of FIN, unsent data is thrown away, and there is no TIME-WAIT.',
    'SO_LINGER 时间为 0：close() 发送 RST 而非 FIN，未发送的数据被丢弃，也没有 TIME-WAIT。',
  ),
  'close/others-hold-it': practice(
    'Linux fput',
    'Another process still holds this descriptor: close() only lets go of this copy. Nothing is sent until the last one is closed; shutdown() would not wait.',
    '还有其他进程持有该描述符：close() 只放弃自己的一份。最后一份关闭之前不发送任何报文段；shutdown() 则不会等待。',
  ),
  'fork/shares-the-socket': practice(
    'Linux fork',
    'After fork() two processes hold the same socket: there is still one connection.',
    'fork() 之后两个进程持有同一个套接字：连接仍然只有一个。',
  ),
  'close/descriptor-is-gone': practice(
    'Linux close(2)',
    'close() gave the descriptor back: a further call on it fails with EBADF, whatever becomes of the connection.',
    'close() 已归还描述符：无论连接后来如何，再对它调用都会失败并返回 EBADF。',
  ),
  'bind/takes-a-port': practice(
    'Linux inet_csk_get_port',
    'bind() reserves the port. Nobody listens yet: a SYN to it is answered with RST.',
    'bind() 占用端口。此时还没有监听：发往该端口的 SYN 会得到 RST。',
  ),
  'bind/address-in-use': practice(
    'Linux inet_csk_bind_conflict',
    'Another socket has this port, if only in TIME-WAIT: EADDRINUSE. SO_REUSEADDR on both would allow it, unless the other one listens.',
    '该端口已被另一个套接字占用（哪怕只是 TIME-WAIT）：EADDRINUSE。双方都设置 SO_REUSEADDR 则允许，除非对方正在监听。',
  ),
  'bind/reuse-address': practice(
    'Linux SO_REUSEADDR',
    'Sockets made from now on may take a port that connections in TIME-WAIT still have.',
    '此后创建的套接字可以使用仍被 TIME-WAIT 连接占用的端口。',
  ),
  'connect/no-port-left': practice(
    'Linux __inet_hash_connect',
    'Every local port allowed for this target is taken, by connections in TIME-WAIT too: EADDRNOTAVAIL. Nothing is sent.',
    '到该目标可用的本地端口都被占用（包括 TIME-WAIT 中的连接）：EADDRNOTAVAIL。不发送任何报文段。',
  ),
  'connect/reuses-time-wait': practice(
    'Linux tcp_twsk_unique',
    'tcp_tw_reuse: a client may take the port of its own connection in TIME-WAIT after a second, since timestamps tell the old from the new.',
    'tcp_tw_reuse：时间戳可以区分新旧报文段，因此客户端在一秒之后可以使用自己处于 TIME-WAIT 的连接的端口。',
  ),
  'data/repeated-is-acked': rule(
    9293,
    '3.10.7.4',
    'Everything in this segment came before: our ACK may have been lost, so it is sent again at once.',
    '该报文段的内容此前都已收到：先前的 ACK 可能丢失，因此立即重发。',
  ),
  'listen/queue-is-full': practice(
    'Linux tcp_abort_on_overflow',
    'The accept queue has no room for the connection, and the listener is set to refuse it with a RST.',
    'accept 队列（全连接队列）已满，监听端按设置以 RST 拒绝该连接。',
  ),
  'listen/syn-is-dropped': practice(
    'Linux tcp_conn_request',
    'The listener’s queue is full: the SYN is dropped without a word, and the client will send it again.',
    '监听端的队列已满：静默丢弃 SYN，客户端会重发。',
  ),
  'listen/tw-recycle-drops': practice(
    'Linux tcp_tw_recycle',
    'The timestamp is older than the last one heard from this address: the SYN is taken for an old one and dropped. Several hosts behind one NAT have several clocks.',
    '时间戳比从这个地址最后听到的更旧：该 SYN 被当作旧的丢弃。同一个 NAT 后面的多台主机各有各的时钟。',
  ),
  'listen/third-ack-is-ignored': practice(
    'Linux tcp_v4_syn_recv_sock',
    'The accept queue is full: the ACK that would complete the handshake is ignored, and the SYN,ACK will be sent again.',
    'accept 队列（全连接队列）已满：忽略本可完成握手的 ACK，稍后重发 SYN,ACK。',
  ),
  'listen/accept-waits': practice(
    'Linux inet_csk_accept',
    'No complete connection waits: accept() blocks until a handshake is over.',
    '没有已完成的连接在等待：accept() 阻塞，直到某次握手完成。',
  ),
  'receive/nothing-more': practice(
    'Linux tcp_recvmsg',
    'Nothing more can come and everything was told: read() returns 0.',
    '不会再有数据，该报告的都已报告：read() 返回 0。',
  ),
  'ack/sacks-wait-for-each-other': practice(
    'Linux __tcp_ack_snd_check',
    'Three ACKs have told of the gap: what else comes out of order is reported together, a little later.',
    '已有三个 ACK 报告了缺口：其余乱序到达的内容稍后合并报告。',
  ),
  'loss/sack-reports': rule(
    2018,
    '5',
    'The peer reports what it has received out of order: that need not be sent again.',
    '对端报告了乱序收到的内容：这些内容不必重传。',
  ),
  'loss/overtaken-may-be-late': rule(
    8985,
    '6.2',
    'A segment was overtaken by a later one. It may only be late: a fraction of the round trip is left to it.',
    '某个报文段被后发的超越。它可能只是迟到：再等待往返时间的一小部分。',
  ),
  'loss/sent-again-at-once': rule(
    5681,
    '3.2',
    'What later segments have overtaken is lost: it is sent again without waiting for the timeout (fast retransmit).',
    '被后发报文段超越的内容视为丢失：不等超时立即重传（快速重传）。',
  ),
  'loss/window-shrinks-in-step': rule(
    6937,
    '3',
    'While losses are repaired, what may leave follows what arrives: the congestion window shrinks in step (PRR).',
    '修复丢失期间，可发送的数量随到达的数量而定：拥塞窗口逐步收缩（PRR）。',
  ),
  'loss/was-none': rule(
    3522,
    '3.2',
    'The echoed timestamp is older than the retransmission: the first copy was only late, and nothing was lost.',
    '回显的时间戳早于重传：第一份只是迟到，并没有丢失。',
  ),
  'loss/tail-is-probed': rule(
    8985,
    '7',
    'For two round trips nothing was heard: the last segment is sent again as a probe, before the timeout would.',
    '两个往返时间内没有回音：在超时之前先重发最后一个报文段作为探测。',
  ),
  'loss/one-probe-at-a-time': rule(
    8985,
    '7',
    'What became of the last probe is not known yet: no other is sent, only the timeout runs on.',
    '上一次探测的结果还不清楚：不再发送新的探测，只等待超时。',
  ),
  'open/data-on-syn-is-taken': rule(
    7413,
    '4.2',
    'TCP Fast Open: the client has proved its address before, so the data on its SYN is taken, and acknowledged with the SYN.',
    'TCP Fast Open：客户端此前已证明其地址，因此 SYN 携带的数据立即被接收，并与 SYN 一同确认。',
  ),
  'open/repeated-syn-begins-small': rule(
    5681,
    '3.1',
    'The SYN had to be sent more than twice: sending begins with a congestion window of one segment.',
    'SYN 发送超过两次才成功：拥塞窗口从一个报文段开始。',
  ),
  'send/window-fell-idle': rule(
    5681,
    '4.1',
    'Nothing was sent for longer than the timeout: the congestion window falls back, though not below its first size.',
    '超过一个超时时间没有发送：拥塞窗口回落，最多落到初始大小。',
  ),
  'send/small-ones-wait': rule(
    9293,
    '3.7.4',
    'A segment smaller than the MSS waits while another small one is unacknowledged, or while the application says that more is coming (Nagle).',
    '小于 MSS 的报文段要等前一个小报文段被确认，或等应用程序给出后续数据（Nagle 算法）。',
  ),
  'send/waits-for-acks': rule(
    5681,
    '3.1',
    'The congestion window is full: the rest waits for ACKs.',
    '拥塞窗口已满：其余数据等待 ACK。',
  ),
  'syn-sent/tries-again-soon': practice(
    'Linux tcp_rcv_synsent_state_process',
    'Our RST has removed what stood in the way at the peer: the SYN is sent again soon, not only after its timeout.',
    '我们的 RST 已清除对端的旧连接：很快重发 SYN，而不等到超时。',
  ),
  'time-wait/starts-again': practice(
    'Linux inet_twsk_reschedule',
    'The peer still sends: this stack lets TIME-WAIT last 2MSL from now. (By RFC 9293 §3.10.7.4 only a FIN that comes again restarts the timer.)',
    '对端仍在发送：此协议栈让 TIME-WAIT 从现在起重新计时 2MSL。（按 RFC 9293 §3.10.7.4，只有再次到达的 FIN 才重启定时器。）',
  ),
  'timer/fin-wait-2-ends': practice(
    'Linux tcp_fin_timeout',
    'The application has let go of the socket and can receive nothing more: FIN-WAIT-2 waits for the peer’s FIN no longer than a set time.',
    '应用程序已放开套接字，不会再接收任何数据：FIN-WAIT-2 只在限定的时间内等待对端的 FIN。',
  ),
  'timer/first-syns-are-linear': practice(
    'Linux tcp_syn_linear_timeouts',
    'The first SYNs are repeated at even intervals; only then does the timeout begin to double.',
    '最初几个 SYN 以固定间隔重发；此后超时时间才开始加倍。',
  ),
  'timestamps/measure-retransmissions': rule(
    7323,
    '4.1',
    'The echoed timestamp tells which copy was answered: the round trip can be measured although the segment was sent twice.',
    '回显的时间戳说明应答的是哪一份：即使报文段重传过，也能测量往返时间。',
  ),
} as const satisfies Record<string, Rule>;
