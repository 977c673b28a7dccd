import type { Bilingual } from '../text.ts';
import type { TransitionId } from './transitions.ts';

const say = (en: string, zh: string): Bilingual => ({ en, 'zh-CN': zh });

const RESET = say(
  'A valid RST ends the connection at once: queues are flushed, nothing is answered, the state is CLOSED.',
  '有效的 RST 立即终止连接：清空队列，不作任何应答，直接进入 CLOSED。',
);
const SYN_IS_ERROR = say(
  'Without RFC 5961, a SYN inside the window of a synchronized connection is an error: a RST goes out and the connection ends.',
  '未采用 RFC 5961 时，同步状态下窗口内出现 SYN 属于错误：发送 RST 并终止连接。',
);
const ABORT = say(
  'ABORT discards everything queued, sends a RST and deletes the connection.',
  'ABORT 丢弃所有排队数据，发送 RST，并删除连接。',
);
const ABORT_QUIETLY = say(
  'ABORT after both FINs deletes the connection without sending anything.',
  '双方 FIN 均已发出后 ABORT：不发送任何报文段，直接删除连接。',
);
const GIVE_UP = say(
  'The peer is given up: the connection is deleted and the state is CLOSED.',
  '放弃对端：删除连接，进入 CLOSED。',
);

/** What each row of the transition table means, for a learner. */
export const TRANSITION_TEXTS: Readonly<Record<TransitionId, Bilingual>> = {
  'CLOSED/open-passive/LISTEN': say(
    'A passive OPEN (listen) waits for any peer: CLOSED becomes LISTEN, nothing is sent.',
    '被动打开 (listen) 等待任意对端：CLOSED 变为 LISTEN，不发送任何报文段。',
  ),
  'CLOSED/open-active/SYN-SENT': say(
    'An active OPEN (connect) chooses an ISS, sends SYN and enters SYN-SENT.',
    '主动打开 (connect) 选择 ISS，发送 SYN，进入 SYN-SENT。',
  ),
  'LISTEN/recv-syn/SYN-RECEIVED': say(
    'A SYN to a listener is answered with SYN,ACK: one segment that accepts the peer’s numbers and offers our own. The state becomes SYN-RECEIVED.',
    '监听端收到 SYN 后回复 SYN,ACK：同一个报文段既确认对方的序号，又给出自己的序号。进入 SYN-RECEIVED。',
  ),
  'LISTEN/open-active/SYN-SENT': say(
    'An active OPEN on a listening endpoint turns it into a caller: SYN is sent, SYN-SENT entered.',
    '在监听端点上主动打开：发送 SYN，进入 SYN-SENT。',
  ),
  'LISTEN/close/CLOSED': say('CLOSE on a listener just deletes it.', '对监听端点调用 CLOSE，直接删除。'),
  'LISTEN/abort/CLOSED': say('ABORT on a listener just deletes it.', '对监听端点调用 ABORT，直接删除。'),
  'SYN-SENT/recv-syn-ack/ESTABLISHED': say(
    'SYN,ACK that acknowledges our SYN proves that the peer heard us: we acknowledge its SYN and are ESTABLISHED.',
    'SYN,ACK 确认了我们的 SYN，说明对端收到了我们的请求：确认对方的 SYN，进入 ESTABLISHED。',
  ),
  'SYN-SENT/recv-syn/SYN-RECEIVED': say(
    'A SYN without ACK while we wait is a simultaneous open: answer SYN,ACK with the same ISS and enter SYN-RECEIVED.',
    '等待时收到不带 ACK 的 SYN，即同时打开：用同一 ISS 回复 SYN,ACK，进入 SYN-RECEIVED。',
  ),
  'SYN-SENT/recv-rst/CLOSED': say(
    'A RST that acknowledges our SYN means refused: the state is CLOSED and connect() fails with ECONNREFUSED.',
    '确认了我们 SYN 的 RST 表示连接被拒绝：进入 CLOSED，connect() 返回 ECONNREFUSED。',
  ),
  'SYN-SENT/close/CLOSED': say(
    'CLOSE before any answer deletes the connection; nothing has to be undone with the peer.',
    '未收到任何应答前 CLOSE：直接删除连接，无需通知对端。',
  ),
  'SYN-SENT/abort/CLOSED': say(
    'ABORT in SYN-SENT deletes the connection without a segment.',
    '在 SYN-SENT 中 ABORT：不发报文段，直接删除。',
  ),
  'SYN-SENT/give-up/CLOSED': say(
    'No answer to any SYN: the connection is given up and connect() fails with ETIMEDOUT.',
    '所有 SYN 均无应答：放弃连接，connect() 返回 ETIMEDOUT。',
  ),
  'SYN-RECEIVED/recv-ack-of-syn/ESTABLISHED': say(
    'The ACK of our SYN completes the handshake: both ends now know that their numbers arrived.',
    '收到对我们 SYN 的确认，握手完成：双方都知道自己的序号已被对方收到。',
  ),
  'SYN-RECEIVED/close/FIN-WAIT-1': say(
    'CLOSE in SYN-RECEIVED with nothing queued sends FIN and enters FIN-WAIT-1.',
    '在 SYN-RECEIVED 中 CLOSE 且无排队数据：发送 FIN，进入 FIN-WAIT-1。',
  ),
  'SYN-RECEIVED/recv-rst/LISTEN': say(
    'A RST in SYN-RECEIVED after a passive OPEN returns to LISTEN; the application is not told.',
    '被动打开的 SYN-RECEIVED 收到 RST：回到 LISTEN，不通知应用程序。',
  ),
  'SYN-RECEIVED/recv-rst/CLOSED': say(
    'A RST in SYN-RECEIVED after an active OPEN means the connection was refused: CLOSED.',
    '主动打开的 SYN-RECEIVED 收到 RST：连接被拒绝，进入 CLOSED。',
  ),
  'SYN-RECEIVED/recv-syn/CLOSED': say(
    'Without RFC 5961, a new SYN in the window of a SYN-RECEIVED that began with an active OPEN is an error: a RST goes out and the connection ends.',
    '未采用 RFC 5961 时，主动打开的 SYN-RECEIVED 在窗口内收到新的 SYN 属于错误：发送 RST 并终止连接。',
  ),
  'SYN-RECEIVED/recv-syn/LISTEN': say(
    'A new SYN in the window while a passive OPEN is in SYN-RECEIVED returns the connection to LISTEN.',
    '被动打开的 SYN-RECEIVED 在窗口内收到新的 SYN：回到 LISTEN。',
  ),
  'SYN-RECEIVED/abort/CLOSED': ABORT,
  'SYN-RECEIVED/give-up/CLOSED': say(
    'SYN,ACK was never acknowledged: the half-made connection is given up.',
    'SYN,ACK 始终未被确认：放弃这个未完成的连接。',
  ),
  'ESTABLISHED/close/FIN-WAIT-1': say(
    'The first to close sends FIN after all queued data and enters FIN-WAIT-1 at the call itself.',
    '先关闭的一方在所有排队数据之后发送 FIN，并在发起关闭的调用（close 或 shutdown）时即进入 FIN-WAIT-1。',
  ),
  'ESTABLISHED/recv-fin/CLOSE-WAIT': say(
    'The peer’s FIN is acknowledged at once and the state is CLOSE-WAIT: waiting for our own application to close.',
    '收到对端 FIN 后立即确认并进入 CLOSE-WAIT：等待本地应用程序关闭。',
  ),
  'ESTABLISHED/recv-rst/CLOSED': RESET,
  'ESTABLISHED/recv-syn/CLOSED': SYN_IS_ERROR,
  'ESTABLISHED/abort/CLOSED': ABORT,
  'ESTABLISHED/give-up/CLOSED': GIVE_UP,
  'FIN-WAIT-1/recv-ack-of-fin/FIN-WAIT-2': say(
    'Our FIN is acknowledged: our direction is closed, the peer may still send. FIN-WAIT-2.',
    '我们的 FIN 已被确认：本方向已关闭，对端仍可发送。进入 FIN-WAIT-2。',
  ),
  'FIN-WAIT-1/recv-fin/CLOSING': say(
    'A FIN that does not acknowledge ours means both closed at once: acknowledge it and wait in CLOSING.',
    '收到的 FIN 并未确认我们的 FIN，说明双方同时关闭：确认它并在 CLOSING 等待。',
  ),
  'FIN-WAIT-1/recv-rst/CLOSED': RESET,
  'FIN-WAIT-1/recv-syn/CLOSED': SYN_IS_ERROR,
  'FIN-WAIT-1/abort/CLOSED': ABORT,
  'FIN-WAIT-1/give-up/CLOSED': GIVE_UP,
  'FIN-WAIT-2/recv-fin/TIME-WAIT': say(
    'Both directions are closed. The active closer acknowledges the FIN and stays in TIME-WAIT for 2MSL.',
    '两个方向都已关闭。主动关闭方确认 FIN，并在 TIME-WAIT 停留 2MSL。',
  ),
  'FIN-WAIT-2/recv-rst/CLOSED': RESET,
  'FIN-WAIT-2/recv-syn/CLOSED': SYN_IS_ERROR,
  'FIN-WAIT-2/abort/CLOSED': ABORT,
  'FIN-WAIT-2/fin-wait-2-expires/CLOSED': say(
    'Nobody reads an orphaned connection: after its timeout in FIN-WAIT-2 the host deletes it.',
    '孤儿连接无人读取：FIN-WAIT-2 超时后主机将其删除。',
  ),
  'FIN-WAIT-2/give-up/CLOSED': GIVE_UP,
  'CLOSE-WAIT/close/LAST-ACK': say(
    'Our application closes too: FIN goes out, and LAST-ACK waits for its acknowledgment only.',
    '本地应用也关闭：发送 FIN，进入 LAST-ACK，只等待它的确认。',
  ),
  'CLOSE-WAIT/recv-rst/CLOSED': RESET,
  'CLOSE-WAIT/recv-syn/CLOSED': SYN_IS_ERROR,
  'CLOSE-WAIT/abort/CLOSED': ABORT,
  'CLOSE-WAIT/give-up/CLOSED': GIVE_UP,
  'CLOSING/recv-ack-of-fin/TIME-WAIT': say(
    'The ACK of our FIN was all that was missing after a simultaneous close: TIME-WAIT.',
    '同时关闭后只差对我们 FIN 的确认：收到后进入 TIME-WAIT。',
  ),
  'CLOSING/recv-rst/CLOSED': RESET,
  'CLOSING/recv-syn/CLOSED': SYN_IS_ERROR,
  'CLOSING/abort/CLOSED': ABORT_QUIETLY,
  'CLOSING/give-up/CLOSED': GIVE_UP,
  'LAST-ACK/recv-ack-of-fin/CLOSED': say(
    'The passive closer is done when its FIN is acknowledged: CLOSED at once, no TIME-WAIT.',
    '被动关闭方的 FIN 被确认后即告结束：直接进入 CLOSED，没有 TIME-WAIT。',
  ),
  'LAST-ACK/recv-rst/CLOSED': RESET,
  'LAST-ACK/recv-syn/CLOSED': SYN_IS_ERROR,
  'LAST-ACK/abort/CLOSED': ABORT_QUIETLY,
  'LAST-ACK/give-up/CLOSED': GIVE_UP,
  'TIME-WAIT/time-wait-expires/CLOSED': say(
    'After 2MSL no old segment of this connection can be left in the network: CLOSED.',
    '经过 2MSL，网络中不会再有本连接的旧报文段：进入 CLOSED。',
  ),
  'TIME-WAIT/recv-fin/TIME-WAIT': say(
    'The peer’s FIN again may mean that our last ACK was lost (or it is a duplicate): whichever, acknowledge again and restart the 2MSL timer.',
    '再次收到对端 FIN，可能是最后的 ACK 丢失（也可能只是重复的报文段）：无论哪种，都重新确认，并重启 2MSL 定时器。',
  ),
  'TIME-WAIT/recv-rst/CLOSED': RESET,
  'TIME-WAIT/recv-syn/CLOSED': SYN_IS_ERROR,
  'TIME-WAIT/reuse/CLOSED': say(
    'A clearly newer SYN may reopen the connection straight from TIME-WAIT: the old incarnation ends.',
    '明显更新的 SYN 可直接从 TIME-WAIT 重新打开连接：旧的连接实例结束。',
  ),
  'TIME-WAIT/abort/CLOSED': ABORT_QUIETLY,
};
