// Decisions about what an application asks for: what it gets, and when it has to wait. RFC 9293 §3.9.1, §3.10.1–3.10.5.

import { type Decision, rule } from './decision.ts';

/** What the calls of an application meet with when no state changes. */
export const CALLS = {
  'call/no-connection': rule(
    9293,
    '3.10.2',
    'There is no connection (any more): the call fails.',
    '连接不存在(或已不存在):调用失败。',
  ),
  'open/already-exists': rule(
    9293,
    '3.10.1',
    'This endpoint is open already: a second OPEN fails, and nothing else happens.',
    '该端点已经打开:再次 OPEN 失败,其他一切不变。',
  ),
  'send/peer-unknown': rule(
    9293,
    '3.10.2',
    'A listener has no peer that data could be sent to: the call fails.',
    '监听端尚无可发送数据的对端:调用失败。',
  ),
  'urgent/pointer-advances': rule(
    9293,
    '3.8.5',
    'The urgent pointer has moved beyond what the application has read: it is told that urgent data waits in the stream.',
    '紧急指针超过了应用程序已读取的位置:通知应用程序数据流中有紧急数据。',
  ),
  'receive/delivers': rule(
    9293,
    '3.10.3',
    'The application takes what has arrived in order out of the receive buffer; the window grows by as much.',
    '应用程序从接收缓冲区取走已按序到达的数据,接收窗口随之增大。',
  ),
  'receive/waits': rule(
    9293,
    '3.10.3',
    'There is nothing to read yet: the call waits until data or a FIN arrives.',
    '暂时没有可读的数据:调用等待,直到数据或 FIN 到达。',
  ),
  'receive/end-of-file': rule(
    9293,
    '3.10.3',
    'The peer has sent its FIN and everything before it was read: there will be nothing more, and read() returns 0.',
    '对端已发送 FIN,其之前的数据也已全部读取:不会再有数据,read() 返回 0。',
  ),
  'receive/left-in-buffer': rule(
    9293,
    '3.8.6',
    'The application stops reading: what arrives now stays in the receive buffer, and the window shrinks by as much.',
    '应用程序停止读取:之后到达的数据留在接收缓冲区,接收窗口随之减小。',
  ),
  'close/at-end-of-file': rule(
    9293,
    '3.6',
    'The application has decided to close as soon as it reads end of file. Until then nothing changes.',
    '应用程序决定一读到文件结束就关闭。在此之前一切不变。',
  ),
  'close/already-closing': rule(
    9293,
    '3.10.4',
    'Our side is closed already: a second CLOSE sends no second FIN.',
    '本端已经关闭:再次 CLOSE 不会发送第二个 FIN。',
  ),
  'keepalive/only-when-idle': rule(
    9293,
    '3.8.4',
    'Something of ours is still unacknowledged: the retransmission timer watches over the peer, a keepalive probe is not needed.',
    '还有未被确认的内容:重传定时器已在监视对端,无需保活探测。',
  ),
  'ack/application-lets-wait': rule(
    9293,
    '3.8.6.3',
    'The application lets ACKs wait for something to ride on from now.',
    '应用程序允许此后的 ACK 等待捎带。',
  ),
  'listen/accept-takes-one': rule(
    9293,
    '3.9.1.1',
    'accept() hands a connection that is ESTABLISHED already to the application. Nothing is sent: the handshake was over before.',
    'accept() 把已经 ESTABLISHED 的连接交给应用程序。不发送任何报文段:握手早已完成。',
  ),
} as const satisfies Record<string, Decision>;
