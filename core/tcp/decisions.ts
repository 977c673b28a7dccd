import type { Bilingual } from '../text.ts';

// Decisions that are no arrow of the state diagram: how segments are numbered, judged, answered and timed.

interface Decision {
  readonly rfc: number;
  readonly section: string;
  readonly says: Bilingual;
}

const rule = (rfc: number, section: string, en: string, zh: string): Decision => ({
  rfc,
  section,
  says: { en, 'zh-CN': zh },
});

/** Every decision beside the transition table, with its source and what it says. */
export const DECISIONS = {
  'number/syn-takes-one': rule(
    9293,
    '3.4',
    'A SYN takes one sequence number, as if it were one octet of data: it must be acknowledged.',
    'SYN 占用一个序号,如同一个字节的数据,因此必须被确认。',
  ),
  'number/fin-takes-one': rule(
    9293,
    '3.4',
    'A FIN takes one sequence number: the octet after the last one of data.',
    'FIN 占用一个序号:紧跟在最后一个数据字节之后。',
  ),
  'number/data-takes-its-length': rule(
    9293,
    '3.4',
    'Every octet of data takes one sequence number; SEG.SEQ is the number of the first.',
    '每个数据字节占用一个序号;SEG.SEQ 是第一个字节的序号。',
  ),
  'number/ack-takes-none': rule(
    9293,
    '3.4',
    'A segment with neither data nor SYN nor FIN takes no sequence number: the next one starts at the same number.',
    '既无数据又无 SYN、FIN 的报文段不占用序号:下一个报文段仍从同一序号开始。',
  ),
  'number/ack-is-next-expected': rule(
    9293,
    '3.4',
    'The acknowledgment number is RCV.NXT: the next number we expect, after everything received in order.',
    '确认号是 RCV.NXT:按序收到的全部内容之后,期望收到的下一个序号。',
  ),
  'open/chooses-iss': rule(
    9293,
    '3.4.1',
    'Each end chooses its own initial sequence number (ISS), hard to guess and different for each connection.',
    '每一端自行选择初始序号 (ISS),难以猜测,且每个连接都不同。',
  ),
  'open/data-on-syn-waits': rule(
    9293,
    '3.10.7.2',
    'Data that comes with a SYN is kept, and delivered only after the connection is ESTABLISHED.',
    '随 SYN 到达的数据先保存,连接进入 ESTABLISHED 后才交付。',
  ),
  'open/simultaneous-ack-counts': rule(
    9293,
    'A.2',
    'In a simultaneous open the SYN,ACK repeats a SYN we already took; its ACK still completes the handshake.',
    '同时打开时,SYN,ACK 重复了已收到的 SYN,但其中的 ACK 仍使握手完成。',
  ),
  'open/syn-again-gets-syn-ack': rule(
    9293,
    '3.10.7.4',
    'The SYN came again, so our SYN,ACK may be lost: it is sent again. (By the letter of the RFC a plain ACK would do; stacks repeat the SYN,ACK.)',
    'SYN 再次到达,说明 SYN,ACK 可能丢失:重发 SYN,ACK。(按 RFC 字面回送 ACK 即可;实际协议栈会重发 SYN,ACK。)',
  ),
  'closed/answers-rst': rule(
    9293,
    '3.10.7.1',
    'Nobody waits for this segment here: anything but a RST is answered with a RST.',
    '此处没有连接在等待该报文段:除 RST 外一律以 RST 应答。',
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
    '监听端没有发送过任何报文段,收到的 RST 与其无关,予以忽略。',
  ),
  'listen/ack-is-out-of-place': rule(
    9293,
    '3.10.7.2',
    'A listener has sent nothing that could be acknowledged: an ACK is answered with a RST.',
    '监听端没有发送过可被确认的内容:收到 ACK 时以 RST 应答。',
  ),
  'listen/drops-the-rest': rule(
    9293,
    '3.10.7.2',
    'A listener cannot validate a segment that has neither SYN, ACK nor RST: it is dropped.',
    '监听端无法验证不含 SYN、ACK、RST 的报文段:丢弃。',
  ),
  'listen/drops-syn-fin': rule(
    9293,
    '3.10.7.2',
    'A SYN that already carries a FIN opens and closes at once. The RFC would keep the FIN for later; this TCP drops the segment, as no program sends such a one in earnest.',
    'SYN 与 FIN 同时出现,等于打开的同时就关闭。按 RFC 应保留 FIN 稍后处理;此协议栈直接丢弃该报文段,因为正常程序不会这样发送。',
  ),
  'syn-sent/wrong-ack': rule(
    9293,
    '3.10.7.3',
    'An ACK for a SYN we did not send belongs to an old connection: it is answered with a RST, and the state stays.',
    '该 ACK 确认的不是我们发送的 SYN,属于旧连接:以 RST 应答,状态不变。',
  ),
  'syn-sent/ignores-rst-without-ack': rule(
    9293,
    '3.10.7.3',
    'A RST that does not acknowledge our SYN proves nothing: it is dropped.',
    '没有确认我们 SYN 的 RST 不可信:丢弃。',
  ),
  'syn-sent/drops-without-syn': rule(
    9293,
    '3.10.7.3',
    'In SYN-SENT only a SYN or a RST means anything: other segments are dropped.',
    '在 SYN-SENT 中只有 SYN 或 RST 有意义:其他报文段丢弃。',
  ),
  'syn-received/wrong-ack': rule(
    9293,
    '3.10.7.4',
    'An ACK outside SND.UNA < SEG.ACK <= SND.NXT cannot complete this handshake: it is answered with a RST.',
    '不满足 SND.UNA < SEG.ACK <= SND.NXT 的 ACK 不能完成握手:以 RST 应答。',
  ),
  'arrives/outside-window-is-acked': rule(
    9293,
    '3.10.7.4',
    'Nothing in this segment lies inside the receive window: it is dropped, and an ACK tells the sender what we expect.',
    '该报文段没有任何部分落在接收窗口内:丢弃,并回送 ACK 告知期望的序号。',
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
    'RST 落在窗口内但不等于 RCV.NXT,可能是伪造:发送挑战 ACK,连接保持。',
  ),
  'rst/ignored-in-time-wait': rule(
    1337,
    '3',
    'RST segments are ignored in TIME-WAIT, so that no old one can end it too early.',
    '在 TIME-WAIT 中忽略 RST,避免旧的 RST 过早结束该状态。',
  ),
  'syn/challenged': rule(
    9293,
    '3.10.7.4',
    'A SYN on a synchronized connection is answered with a challenge ACK: a peer that really restarted will answer with RST.',
    '同步状态下收到 SYN 时回送挑战 ACK:若对端确实重启过,会以 RST 应答。',
  ),
  'syn/in-window-is-an-error': rule(
    9293,
    '3.10.7.4',
    'Without RFC 5961, a SYN inside the window is an error of this connection: the peer is told with a RST at SND.NXT, the number it expects.',
    '未采用 RFC 5961 时,窗口内的 SYN 是该连接的错误:用序号为 SND.NXT(对端期望的序号)的 RST 告知对端。',
  ),
  'reset/takes-number-from-ack': rule(
    9293,
    '3.5.2',
    'The RST takes its sequence number from the ACK field of the segment it answers, so that its receiver believes it.',
    'RST 的序号取自所应答报文段的 ACK 字段,使对方采信。',
  ),
  'reset/acknowledges-what-came': rule(
    9293,
    '3.5.2',
    'The segment had no ACK to take a number from: the RST has sequence number 0 and acknowledges what came (SEG.SEQ + SEG.LEN).',
    '该报文段没有 ACK 可取序号:RST 的序号为 0,并确认到达的内容 (SEG.SEQ + SEG.LEN)。',
  ),
  'reset/for-abort': rule(
    9293,
    '3.10.5',
    'An abort tells the peer with a RST at SND.NXT.',
    '中止连接时用序号为 SND.NXT 的 RST 告知对端。',
  ),
  'ack/must-be-there': rule(
    9293,
    '3.10.7.4',
    'Once synchronized, every segment must carry an ACK: one without is dropped.',
    '同步之后每个报文段都必须带 ACK:不带者丢弃。',
  ),
  'ack/advances': rule(
    9293,
    '3.10.7.4',
    'The ACK covers something new: SND.UNA moves up to it, and what it covers leaves the retransmission queue.',
    'ACK 确认了新内容:SND.UNA 前移,被确认的内容移出重传队列。',
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
    '该 ACK 确认了从未发送的内容:丢弃该报文段并回送 ACK。',
  ),
  'ack/may-be-delayed': rule(
    9293,
    '3.8.6.3',
    'An ACK for data may wait less than half a second, in the hope of riding on data or covering a second segment.',
    '数据的 ACK 可延迟不到 0.5 秒,以便捎带或一并确认第二个报文段。',
  ),
  'ack/every-second-segment': rule(
    9293,
    '3.8.6.3',
    'At least every second segment of data is acknowledged at once.',
    '至少每收到两个数据报文段就立即确认一次。',
  ),
  'ack/rides-on-fin': rule(
    9293,
    '3.10.7.4',
    'The application closes the moment it reads end of file: the ACK of the peer’s FIN rides on our own FIN, and the close takes three segments.',
    '应用程序读到文件结束就立即关闭:对对端 FIN 的确认捎带在我们自己的 FIN 上,关闭只需三个报文段。',
  ),
  'ack/delayed-is-due': rule(
    9293,
    '3.8.6.3',
    'Nothing came for the delayed ACK to ride on: it leaves on its own.',
    '延迟的 ACK 没有等到可捎带的报文段:单独发出。',
  ),
  'data/taken-in-order': rule(
    9293,
    '3.10.7.4',
    'The data continues the stream: RCV.NXT moves over it and the application can read it.',
    '数据接续字节流:RCV.NXT 前移,应用程序可以读取。',
  ),
  'data/kept-out-of-order': rule(
    9293,
    '3.10.7.4',
    'Something before this segment is missing: it is kept for later, and the ACK repeats the number still expected.',
    '该报文段之前有缺失:先保存,ACK 重复仍在期望的序号。',
  ),
  'data/fills-the-gap': rule(
    9293,
    '3.10.7.4',
    'The missing piece is here: one ACK covers it and everything kept behind it.',
    '缺失的部分到达:一个 ACK 同时确认它与先前保存的内容。',
  ),
  'data/after-fin-is-ignored': rule(
    9293,
    '3.10.7.4',
    'The peer has sent its FIN: there can be no data behind it, and none is taken.',
    '对端已发送 FIN,其后不可能再有数据:不予接收。',
  ),
  'data/after-close-resets': rule(
    9293,
    '3.6.1',
    'The application called close() and nobody can read this data: a RST tells the peer that it is lost.',
    '应用程序已调用 close(),无人读取该数据:以 RST 告知对端数据已丢失。',
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
    '对端窗口已满:其余数据等待。',
  ),
  'send/after-close': rule(
    9293,
    '3.10.2',
    'After our FIN nothing more can be sent: the call fails.',
    '发出 FIN 之后不能再发送:调用失败。',
  ),
  'close/fin-after-data': rule(
    9293,
    '3.10.4',
    'CLOSE is queued behind data: the FIN leaves after the last octet, with the number that follows it.',
    'CLOSE 排在数据之后:FIN 在最后一个字节之后发出,序号紧随其后。',
  ),
  'close/waits-for-handshake': rule(
    9293,
    '3.10.4',
    'CLOSE in SYN-RECEIVED with data queued waits until ESTABLISHED.',
    '在 SYN-RECEIVED 中有排队数据时,CLOSE 等到 ESTABLISHED 再处理。',
  ),
  'close/half-closed-may-send': rule(
    9293,
    '3.6',
    'The peer has closed its direction only: ours still carries data.',
    '对端只关闭了它的发送方向:我们的方向仍可发送数据。',
  ),
  'close/unread-data-resets': rule(
    9293,
    '3.6.1',
    'close() with received data unread sends a RST instead of a FIN, to show that data was lost.',
    '尚有未读数据时 close() 发送 RST 而非 FIN,以表明数据丢失。',
  ),
  'time-wait/lasts-2msl': rule(
    9293,
    '3.6.1',
    'TIME-WAIT lasts twice the maximum segment lifetime: long enough for the last ACK to be asked for again, and for old segments to die.',
    'TIME-WAIT 持续两倍最长报文段寿命 (2MSL):足以让对端重新索取最后的 ACK,并让旧报文段消失。',
  ),
  'time-wait/acks-the-unexpected': rule(
    9293,
    '3.10.7.4',
    'In TIME-WAIT only the peer’s FIN can still arrive: anything else that is not a bare ACK at RCV.NXT is answered with an ACK.',
    '在 TIME-WAIT 中只可能再收到对端的 FIN:除序号等于 RCV.NXT 的纯 ACK 外,其他报文段都回送 ACK。',
  ),
  'timer/same-number-again': rule(
    9293,
    '3.8.1',
    'A retransmission is the same sequence space again: it keeps its sequence number.',
    '重传的是同一段序号空间:序号不变。',
  ),
  'timer/backs-off': rule(
    6298,
    '5.5',
    'After each timeout the next one is twice as long.',
    '每次超时后,下一次的超时时间加倍。',
  ),
  'timer/retries-used-up': rule(
    9293,
    '3.8.3',
    'The limit of retransmissions (R2) is reached.',
    '达到重传次数上限 (R2)。',
  ),
  'keepalive/off-by-default': rule(
    9293,
    '3.8.4',
    'Keepalive is off unless the application asks for it; the first probe comes after at least two hours of silence by default.',
    '保活默认关闭,需由应用程序开启;默认至少静默两小时后才发送第一个探测。',
  ),
  'keepalive/probe': rule(
    9293,
    '3.8.4',
    'A keepalive probe repeats the number before SND.NXT and carries nothing new: a living peer must answer it with an ACK.',
    '保活探测使用 SND.NXT 之前的序号且不带新内容:存活的对端必须以 ACK 应答。',
  ),
  'keepalive/peer-is-gone': rule(
    9293,
    '3.8.4',
    'None of the probes was answered: the connection is dead.',
    '所有探测均无应答:连接已失效。',
  ),
  'host/crash-forgets': rule(
    9293,
    '3.5.1',
    'A host that crashes forgets its connections and tells nobody: the peer’s end is now half-open.',
    '主机崩溃后忘记所有连接,且不通知任何人:对端的连接成为半开连接。',
  ),
  'host/starts-empty': rule(
    9293,
    '3.4.3',
    'After a reboot no connection exists: segments of old ones are answered from CLOSED.',
    '重启之后不存在任何连接:旧连接的报文段由 CLOSED 状态应答。',
  ),
  'window/closed-takes-nothing': rule(
    9293,
    '3.10.7.4',
    'The receive window is closed: data is not taken, and an ACK repeats what we expect.',
    '接收窗口为零:不接收数据,ACK 重复期望的序号。',
  ),
  'window/update': rule(
    9293,
    '3.10.7.4',
    'A newer segment opens the window: waiting data may go.',
    '更新的报文段打开了窗口:等待的数据可以发送。',
  ),
  'window/reopens': rule(
    9293,
    '3.8.6',
    'The application has read: an ACK announces the open window.',
    '应用程序已读取数据:用 ACK 通告窗口重新打开。',
  ),
  'window/probe': rule(
    9293,
    '3.8.6.1',
    'The window has been closed for one RTO: the sender probes it, with growing intervals, for as long as it takes.',
    '窗口关闭已达一个 RTO:发送方以逐渐增长的间隔持续探测。',
  ),
} as const satisfies Record<string, Decision>;

export type DecisionId = keyof typeof DECISIONS;
