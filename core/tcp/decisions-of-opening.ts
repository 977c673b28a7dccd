// Decisions of a connection that is not open yet. RFC 9293 §3.10.7.1–3.10.7.3.

import { practice, type Rule, rule } from './rule.ts';

/** What opening a connection meets with, and segments for a connection that is not open. */
export const OPENING = {
  'open/chooses-iss': rule(
    9293,
    '3.4.1',
    'Each end chooses its own initial sequence number (ISS), hard to guess and different for each connection.',
    '每一端自行选择初始序号 (ISS)，难以猜测，且每个连接都不同。',
  ),
  'open/data-on-syn-waits': rule(
    9293,
    '3.10.7.2',
    'Data or a FIN that comes with a SYN is kept, and taken only after the connection is ESTABLISHED.',
    '随 SYN 到达的数据或 FIN 先保存，连接进入 ESTABLISHED 后才处理。',
  ),
  'open/simultaneous-ack-counts': rule(
    9293,
    'A.2',
    'In a simultaneous open the SYN,ACK repeats a SYN we already took; its ACK still completes the handshake.',
    '同时打开时，SYN,ACK 重复了已收到的 SYN，但其中的 ACK 仍使握手完成。',
  ),
  'open/syn-again-gets-syn-ack': practice(
    'Linux tcp_check_req',
    'The SYN came again, so our SYN,ACK may be lost: it is sent again. (By the letter of RFC 9293 §3.10.7.4 a plain ACK would do; stacks repeat the SYN,ACK.)',
    'SYN 再次到达，说明 SYN,ACK 可能丢失：重发 SYN,ACK。（按 RFC 9293 §3.10.7.4 字面回送 ACK 即可；实际协议栈会重发 SYN,ACK。）',
  ),
  'closed/answers-rst': rule(
    9293,
    '3.10.7.1',
    'Nobody waits for this segment here: anything but a RST is answered with a RST.',
    '此处没有连接在等待该报文段：收到的只要不是 RST，就用 RST 应答。',
  ),
  'closed/ignores-rst': rule(
    9293,
    '3.10.7.1',
    'A RST is never answered with a RST.',
    '绝不以 RST 应答 RST。',
  ),
  'listen/ignores-rst': rule(
    9293,
    '3.10.7.2',
    'A RST to a listener cannot belong to anything it sent: it is ignored.',
    '监听端没有发送过任何报文段，收到的 RST 与其无关，予以忽略。',
  ),
  'listen/ack-is-out-of-place': rule(
    9293,
    '3.10.7.2',
    'A listener has sent nothing that could be acknowledged: an ACK is answered with a RST.',
    '监听端没有发送过可被确认的内容：收到 ACK 时以 RST 应答。',
  ),
  'listen/drops-the-rest': rule(
    9293,
    '3.10.7.2',
    'A listener cannot validate a segment that has neither SYN, ACK nor RST: it is dropped.',
    '监听端无法验证不含 SYN、ACK、RST 的报文段：丢弃。',
  ),
  'listen/drops-syn-fin': practice(
    'Linux tcp_rcv_state_process',
    'A SYN that already carries a FIN opens and closes at once. RFC 9293 §3.10.7.2 would keep the FIN for later; this TCP drops the segment, as no program sends such a one in earnest.',
    'SYN 与 FIN 同时出现，等于打开的同时就关闭。按 RFC 9293 §3.10.7.2 应保留 FIN 稍后处理；此协议栈直接丢弃该报文段，因为正常程序不会这样发送。',
  ),
  'syn-sent/wrong-ack': rule(
    9293,
    '3.10.7.3',
    'An ACK for a SYN we did not send belongs to an old connection: it is answered with a RST, unless it comes with one, and the state stays.',
    '该 ACK 确认的不是我们发送的 SYN，属于旧连接：以 RST 应答（若它本身是 RST 则丢弃），状态不变。',
  ),
  'syn-sent/ignores-rst-without-ack': rule(
    9293,
    '3.10.7.3',
    'A RST that does not acknowledge our SYN proves nothing: it is dropped.',
    '没有确认我们 SYN 的 RST 不可信：丢弃。',
  ),
  'syn-sent/drops-without-syn': rule(
    9293,
    '3.10.7.3',
    'In SYN-SENT only a SYN or a RST means anything: other segments are dropped.',
    '在 SYN-SENT 中只有 SYN 或 RST 有意义：其他报文段丢弃。',
  ),
  'syn-received/wrong-ack': rule(
    9293,
    '3.10.7.4',
    'An ACK outside SND.UNA < SEG.ACK <= SND.NXT cannot complete this handshake: it is answered with a RST.',
    '不满足 SND.UNA < SEG.ACK <= SND.NXT 的 ACK 不能完成握手：以 RST 应答。',
  ),
} as const satisfies Record<string, Rule>;
