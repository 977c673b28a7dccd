// Decisions about what an application asks for: what it gets, and when it has to wait. RFC 9293 §3.9.1, §3.10.1–3.10.5.

import { type Rule, rule } from './rule.ts';

const NO_CONNECTION = {
  en: 'There is no connection (any more): the call fails.',
  'zh-CN': '连接不存在（或已不存在）：调用失败。',
};

/** What the calls of an application meet with when no state changes. */
export const CALLS = {
  'send/no-connection': rule(9293, '3.10.2', NO_CONNECTION.en, NO_CONNECTION['zh-CN']),
  'receive/no-connection': rule(9293, '3.10.3', NO_CONNECTION.en, NO_CONNECTION['zh-CN']),
  'close/no-connection': rule(9293, '3.10.4', NO_CONNECTION.en, NO_CONNECTION['zh-CN']),
  'abort/no-connection': rule(9293, '3.10.5', NO_CONNECTION.en, NO_CONNECTION['zh-CN']),
  'open/already-exists': rule(
    9293,
    '3.10.1',
    'This endpoint is open already: a second OPEN fails, and nothing else happens.',
    '该端点已经打开：再次 OPEN 失败，其他一切不变。',
  ),
  'send/peer-unknown': rule(
    9293,
    '3.10.2',
    'A listener has no peer that data could be sent to: the call fails.',
    '监听端尚无可发送数据的对端：调用失败。',
  ),
  'urgent/pointer-advances': rule(
    9293,
    '3.8.5',
    'The urgent pointer has moved beyond what the application has read: it is told that urgent data waits in the stream.',
    '紧急指针超过了应用程序已读取的位置：通知应用程序数据流中有紧急数据。',
  ),
  'receive/delivers': rule(
    9293,
    '3.10.3',
    'The application takes what has arrived in order out of the receive buffer; the window grows by as much.',
    '应用程序从接收缓冲区取走已按序到达的数据，接收窗口随之增大。',
  ),
  'receive/waits': rule(
    9293,
    '3.10.3',
    'There is nothing to read yet: the call waits until data or a FIN arrives.',
    '暂时没有可读的数据：调用等待，直到数据或 FIN 到达。',
  ),
  'receive/wakes': rule(
    9293,
    '3.10.3',
    'A read() was waiting: it takes what has come, up to what it asked for, and returns.',
    '有 read() 正在等待：它取走到达的数据（不超过所要求的字节数）并返回。',
  ),
  'receive/end-of-file': rule(
    9293,
    '3.10.3',
    'The peer has sent its FIN and everything before it was read: there will be nothing more, and read() returns 0.',
    '对端已发送 FIN，其之前的数据也已全部读取：不会再有数据，read() 返回 0。',
  ),
  'receive/left-in-buffer': rule(
    9293,
    '3.8.6',
    'The application stops reading: what arrives now stays in the receive buffer, and the window shrinks by as much.',
    '应用程序停止读取：之后到达的数据留在接收缓冲区，接收窗口随之减小。',
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
    '本端已经关闭：再次 CLOSE 不会发送第二个 FIN。',
  ),
  'keepalive/only-when-idle': rule(
    9293,
    '3.8.4',
    'Something of ours is still unacknowledged: the retransmission timer watches over the peer, a keepalive probe is not needed.',
    '还有未被确认的内容：重传定时器已在监视对端，无需保活探测。',
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
    'accept() 把已经 ESTABLISHED 的连接交给应用程序。不发送任何报文段：握手早已完成。',
  ),
  'send/waits-for-handshake': rule(
    9293,
    '3.10.2',
    'Data handed over before the connection is ESTABLISHED is queued.',
    '连接进入 ESTABLISHED 之前提交的数据先排队。',
  ),
  'send/waits-for-window': rule(
    9293,
    '3.8.6',
    'The peer’s window is full: the rest waits.',
    '对端窗口已满：其余数据等待。',
  ),
  'send/after-close': rule(
    9293,
    '3.10.2',
    'After our FIN nothing more can be sent: the call fails.',
    '发出 FIN 之后不能再发送：调用失败。',
  ),
  'close/fin-after-data': rule(
    9293,
    '3.10.4',
    'CLOSE is queued behind data: the FIN leaves after the last octet, with the number that follows it.',
    'CLOSE 排在数据之后：FIN 在最后一个字节之后发出，序号紧随其后。',
  ),
  'close/waits-for-handshake': rule(
    9293,
    '3.10.4',
    'CLOSE in SYN-RECEIVED with data queued waits until ESTABLISHED.',
    '在 SYN-RECEIVED 中有排队数据时，CLOSE 等到 ESTABLISHED 再处理。',
  ),
  'close/half-closed-may-send': rule(
    9293,
    '3.6',
    'The peer has closed its direction only: ours still carries data.',
    '对端只关闭了它的发送方向：我们的方向仍可发送数据。',
  ),
  'close/unread-data-resets': rule(
    9293,
    '3.6.1',
    'close() with received data unread sends a RST instead of a FIN, to show that data was lost.',
    '尚有未读数据时 close() 发送 RST 而非 FIN，以表明数据丢失。',
  ),
} as const satisfies Record<string, Rule>;
