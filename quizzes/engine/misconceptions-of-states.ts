// Misconceptions about the life of a connection: states, timers, who waits for what.

import type { WrongRule } from './misconception.ts';

export const ABOUT_STATES = {
  'two-way-handshake': {
    name: { en: 'Two segments make a connection', 'zh-CN': '两次握手就够了' },
    text: {
      en: 'When the server has sent its SYN,ACK it does not know yet whether the SYN was fresh, nor whether its own number arrived. Only the third segment tells it: until then it is in SYN-RECEIVED.',
      'zh-CN':
        '服务器发出 SYN,ACK 时，还不知道那个 SYN 是否是新的，也不知道自己的序号是否到达。只有第三个报文段能说明：在此之前它处于 SYN-RECEIVED。',
    },
    source: { rfc: 9293, section: '3.5' },
    laws: { detours: { 'LISTEN/recv-syn/SYN-RECEIVED': 'ESTABLISHED' } },
  },
  'passive-closer-waits': {
    name: { en: 'The passive closer holds TIME-WAIT', 'zh-CN': '被动关闭方进入 TIME-WAIT' },
    text: {
      en: 'TIME-WAIT belongs to the end that sends the last ACK: unless both closed at once, the one that closed first. Its last ACK may be lost and asked for again; the passive closer has its answer when it gets that ACK.',
      'zh-CN':
        'TIME-WAIT 属于发送最后一个 ACK 的一方，除双方同时关闭外，即先关闭的一方：这个 ACK 可能丢失并被再次索取；被动关闭方收到它即告结束。',
    },
    source: { rfc: 9293, section: '3.6' },
    laws: {
      detours: { 'LAST-ACK/recv-ack-of-fin/CLOSED': 'TIME-WAIT', 'FIN-WAIT-2/recv-fin/TIME-WAIT': 'CLOSED' },
    },
  },
  'no-time-wait': {
    name: { en: 'Closed as soon as both FINs are acknowledged', 'zh-CN': '双方 FIN 都确认后立即关闭' },
    text: {
      en: 'The end that closed first cannot know that its last ACK arrived. It stays in TIME-WAIT for 2MSL, to answer a repeated FIN and to let old segments die.',
      'zh-CN':
        '先关闭的一方无法得知最后的 ACK 是否到达。它在 TIME-WAIT 停留 2MSL，以应答重发的 FIN，并让旧报文段消失。',
    },
    source: { rfc: 9293, section: '3.6.1' },
    laws: {
      detours: { 'FIN-WAIT-2/recv-fin/TIME-WAIT': 'CLOSED', 'CLOSING/recv-ack-of-fin/TIME-WAIT': 'CLOSED' },
    },
  },
  'close-wait-and-fin-wait-swapped': {
    name: { en: 'FIN-WAIT and CLOSE-WAIT swapped', 'zh-CN': 'FIN-WAIT 与 CLOSE-WAIT 弄反' },
    text: {
      en: 'The state is named after what the end itself waits for: who sent FIN first waits in FIN-WAIT for the peer’s answer; who received it waits in CLOSE-WAIT for its own application to close.',
      'zh-CN':
        '状态以本端所等待的事命名：先发 FIN 的一方在 FIN-WAIT 等待对端；收到 FIN 的一方在 CLOSE-WAIT 等待自己的应用程序关闭。',
    },
    source: { rfc: 9293, section: '3.3.2' },
    laws: {
      detours: {
        'ESTABLISHED/close/FIN-WAIT-1': 'CLOSE-WAIT',
        'ESTABLISHED/recv-fin/CLOSE-WAIT': 'FIN-WAIT-1',
      },
    },
  },
  'close-wait-skipped': {
    name: { en: 'Receiving a FIN closes both directions', 'zh-CN': '收到 FIN 就关闭了两个方向' },
    text: {
      en: 'The peer’s FIN closes the peer’s direction only. Ours stays open in CLOSE-WAIT until our own application closes; LAST-ACK begins with our own FIN.',
      'zh-CN':
        '对端的 FIN 只关闭对端的方向。在本地应用程序关闭之前，本方向在 CLOSE-WAIT 中保持打开；发出自己的 FIN 之后才是 LAST-ACK。',
    },
    source: { rfc: 9293, section: '3.6' },
    laws: { detours: { 'ESTABLISHED/recv-fin/CLOSE-WAIT': 'LAST-ACK' } },
  },
  'fin-wait-2-skipped': {
    name: { en: 'TIME-WAIT starts with the ACK of our FIN', 'zh-CN': 'FIN 被确认就进入 TIME-WAIT' },
    text: {
      en: 'The ACK of our FIN closes our direction only: FIN-WAIT-2. TIME-WAIT begins when the peer’s FIN has come as well.',
      'zh-CN': '对我们 FIN 的确认只关闭了我们的方向：FIN-WAIT-2。收到对端的 FIN 之后才进入 TIME-WAIT。',
    },
    source: { rfc: 9293, section: '3.6' },
    laws: { detours: { 'FIN-WAIT-1/recv-ack-of-fin/FIN-WAIT-2': 'TIME-WAIT' } },
  },
  'one-msl': {
    name: { en: 'TIME-WAIT lasts one MSL', 'zh-CN': 'TIME-WAIT 持续一个 MSL' },
    text: {
      en: 'One MSL for our last ACK to die or arrive, and one more for the FIN that would be sent again because of it: twice the maximum segment lifetime.',
      'zh-CN': '一个 MSL 让最后的 ACK 到达或消失，再一个 MSL 留给因此重发的 FIN：合计两倍最长报文段寿命。',
    },
    source: { rfc: 9293, section: '3.6.1' },
    laws: { timeWaitMsls: 1 },
  },
  'time-wait-runs-on': {
    name: { en: 'A repeated FIN does not touch the timer', 'zh-CN': '重发的 FIN 不影响定时器' },
    text: {
      en: 'The FIN again may mean that the last ACK was lost (or it is a duplicate). Whichever: a new last ACK goes out, and it needs its full 2MSL, so the timer starts anew.',
      'zh-CN':
        '再次收到 FIN，可能是最后的 ACK 丢失（也可能只是重复的报文段）。无论哪种，新的 ACK 发出后同样需要完整的 2MSL：定时器重新开始。',
    },
    source: { rfc: 9293, section: '3.10.7.4' },
    laws: { timeWaitRestarts: false },
  },
  'no-back-off': {
    name: { en: 'The timeout stays the same', 'zh-CN': '超时时间不变' },
    text: {
      en: 'After every timeout the next one is twice as long, so that a congested network is not made worse.',
      'zh-CN': '每次超时后，下一次的超时时间加倍，以免加重网络拥塞。',
    },
    source: { rfc: 6298, section: '5' },
    laws: { backsOffBy: 1 },
  },
  'client-in-syn-received': {
    name: { en: 'The client enters SYN-RECEIVED too', 'zh-CN': '客户端也进入 SYN-RECEIVED' },
    text: {
      en: 'The client’s SYN is acknowledged by the SYN,ACK it receives, so it has nothing left to wait for: ESTABLISHED at once. SYN-RECEIVED is for the end whose own SYN is not acknowledged yet.',
      'zh-CN':
        '客户端收到的 SYN,ACK 已确认了它的 SYN，无需再等：立即 ESTABLISHED。SYN-RECEIVED 属于自己的 SYN 尚未被确认的一端。',
    },
    source: { rfc: 9293, section: '3.10.7.3' },
    derails: true,
    laws: { detours: { 'SYN-SENT/recv-syn-ack/ESTABLISHED': 'SYN-RECEIVED' } },
  },
  'both-ends-time-wait': {
    name: { en: 'Both ends wait in TIME-WAIT', 'zh-CN': '双方都进入 TIME-WAIT' },
    text: {
      en: 'Unless both closed at once, only the end that sends the last ACK has to wait, because nobody will tell it whether it arrived. The other end knows: it has just received it, and goes from LAST-ACK to CLOSED.',
      'zh-CN':
        '除双方同时关闭外，只有发送最后一个 ACK 的一端需要等待，因为无人告知它是否到达。另一端刚收到它，从 LAST-ACK 直接进入 CLOSED。',
    },
    source: { rfc: 9293, section: '3.6' },
    laws: { detours: { 'LAST-ACK/recv-ack-of-fin/CLOSED': 'TIME-WAIT' } },
  },
  'closing-skipped': {
    name: { en: 'Crossing FINs lead straight to TIME-WAIT', 'zh-CN': 'FIN 交叉时直接进入 TIME-WAIT' },
    text: {
      en: 'A FIN that does not acknowledge ours leaves one thing open: the ACK of our FIN. Until it comes, the state is CLOSING.',
      'zh-CN': '没有确认我们 FIN 的 FIN 还留下一件事：对我们 FIN 的确认。在它到达之前，状态是 CLOSING。',
    },
    source: { rfc: 9293, section: '3.6' },
    laws: { detours: { 'FIN-WAIT-1/recv-fin/CLOSING': 'TIME-WAIT' } },
  },
  'reset-ends-the-listener': {
    name: { en: 'A RST in SYN-RECEIVED closes the server', 'zh-CN': 'SYN-RECEIVED 收到 RST 后服务器关闭' },
    text: {
      en: 'The half-made connection came from a listener, and the application never knew of it: after the RST the endpoint listens again, so that an old SYN cannot silence a server.',
      'zh-CN':
        '这个未完成的连接来自监听端，应用程序并不知情：收到 RST 后回到 LISTEN，否则一个旧的 SYN 就能让服务器失效。',
    },
    source: { rfc: 9293, section: '3.10.7.4' },
    laws: { detours: { 'SYN-RECEIVED/recv-rst/LISTEN': 'CLOSED' } },
  },
  'lost-ack-leads-to-closing': {
    name: { en: 'CLOSING comes of a lost ACK', 'zh-CN': 'ACK 丢失导致 CLOSING' },
    text: {
      en: 'If the ACK of our FIN is lost and the peer’s FIN comes instead, that FIN carries the same ACK: both are dealt with, and the state is TIME-WAIT. CLOSING arises only when the FINs cross, because a FIN that left before ours arrived cannot acknowledge it.',
      'zh-CN':
        '如果对我们 FIN 的 ACK 丢失，随后到来的对端 FIN 带着同样的 ACK：两件事一并处理，直接进入 TIME-WAIT。只有 FIN 交叉时才有 CLOSING，因为在我们的 FIN 到达之前发出的 FIN 不可能确认它。',
    },
    source: { rfc: 9293, section: '3.10.7.4' },
    laws: { finHidesItsAck: true },
  },
  'closed-window-waits-for-update': {
    name: { en: 'A closed window waits for its update', 'zh-CN': '零窗口时只等窗口更新' },
    text: {
      en: 'The window update is a pure ACK: if it is lost, nobody sends it again, and both ends would wait for ever. So the sender probes, by its persist timer.',
      'zh-CN': '窗口更新是纯 ACK：丢了没有人重发，双方会永远等下去。因此由发送方用坚持定时器探测。',
    },
    source: { rfc: 9293, section: '3.8.6.1' },
    laws: { probesClosedWindow: false },
  },
  'ten-keepalive-probes': {
    name: { en: 'Keepalive has ten probes', 'zh-CN': '保活探测有十次' },
    text: {
      en: 'The number of unanswered probes is a setting, and on Linux it is nine (tcp_keepalive_probes): 7200 s of silence, nine probes 75 s apart, and 75 s after the last one the connection is given up.',
      'zh-CN':
        '无应答的探测次数是可设的，Linux 上为九次（tcp_keepalive_probes）：沉默 7200 秒后开始，九次探测间隔 75 秒，最后一次之后再过 75 秒放弃连接。',
    },
    source: { rfc: 9293, section: '3.8.4' },
    laws: { spareProbes: 1 },
  },
  'fin-timeout-is-time-wait': {
    name: { en: 'tcp_fin_timeout sets TIME-WAIT', 'zh-CN': 'tcp_fin_timeout 决定 TIME-WAIT 时长' },
    text: {
      en: 'tcp_fin_timeout limits how long an orphan waits in FIN-WAIT-2. TIME-WAIT lasts TCP_TIMEWAIT_LEN on Linux, 60 s in the source: no setting changes it.',
      'zh-CN':
        'tcp_fin_timeout 限制的是孤儿连接在 FIN-WAIT-2 中等待多久。Linux 上 TIME-WAIT 的时长是源码中的 TCP_TIMEWAIT_LEN，即 60 秒：没有参数可以改变。',
    },
    source: { practice: 'Linux tcp_fin_timeout' },
    laws: { finTimeoutEndsTimeWait: true },
  },
  'backlog-counts-exactly': {
    name: { en: 'A backlog of n holds n', 'zh-CN': 'backlog 为 n 就正好放 n 个' },
    text: {
      en: 'Linux calls the accept queue full when more connections wait in it than the backlog says: with a backlog of n there is room for n + 1.',
      'zh-CN': 'Linux 在等待的连接数大于 backlog 时才算全连接队列满：backlog 为 n 时能放 n + 1 个。',
    },
    source: { practice: 'Linux tcp_conn_request' },
    laws: { queuedBeyondBacklog: 0 },
  },
  'accept-makes-the-connection': {
    name: { en: 'accept() completes the handshake', 'zh-CN': '握手由 accept() 完成' },
    text: {
      en: 'The handshake is TCP’s alone. accept() sends nothing: it takes a connection that is ESTABLISHED already out of the queue, or waits for one.',
      'zh-CN':
        '握手由 TCP 独自完成。accept() 不发送任何报文段：它只是从队列中取走已经 ESTABLISHED 的连接，没有就等待。',
    },
    source: { rfc: 9293, section: '3.10.7.4' },
    laws: { completesWithoutAccept: false },
  },
  'crossing-syns-connect': {
    name: { en: 'Crossing SYNs connect at once', 'zh-CN': 'SYN 交叉后立即建立连接' },
    text: {
      en: 'Each end has the other’s SYN now, but no ACK of its own yet: both go from SYN-SENT to SYN-RECEIVED, and to ESTABLISHED only when that ACK has come.',
      'zh-CN':
        '此时双方都收到了对方的 SYN，但自己的 SYN 尚未被确认：双方从 SYN-SENT 进入 SYN-RECEIVED，收到该确认后才是 ESTABLISHED。',
    },
    source: { rfc: 9293, section: '3.5' },
    laws: { detours: { 'SYN-SENT/recv-syn/SYN-RECEIVED': 'ESTABLISHED' } },
  },
  'outside-window-is-dropped': {
    name: { en: 'What lies outside the window is dropped silently', 'zh-CN': '窗口外的报文段被默默丢弃' },
    text: {
      en: 'It is dropped, but not silently: unless it is a RST, an ACK goes back that says what is expected. So a peer that lost an ACK, a keepalive probe, or a SYN from a rebooted host gets its answer.',
      'zh-CN':
        '会丢弃，但不是默默地：除非它是 RST，否则会回一个 ACK，说明期望的序号。丢失了 ACK 的对端、保活探测以及重启主机的 SYN 正是这样得到应答的。',
    },
    source: { rfc: 9293, section: '3.10.7.4' },
    laws: { answersUnacceptable: false },
  },
  'full-queue-refuses': {
    name: { en: 'A full queue answers with RST', 'zh-CN': '队列满时以 RST 应答' },
    text: {
      en: 'A listener without room is silent: it drops the SYN, or ignores the last ACK, so that the client or its own timer tries again. Only tcp_abort_on_overflow = 1 makes it answer the last ACK with RST.',
      'zh-CN':
        '没有空位的监听方保持沉默：丢弃 SYN，或忽略最后的 ACK，由客户端或自己的定时器再试。只有 tcp_abort_on_overflow = 1 才会对最后的 ACK 回 RST。',
    },
    source: { practice: 'Linux tcp_conn_request' },
    laws: { fullQueueRefuses: true },
  },
} as const satisfies Readonly<Record<string, WrongRule>>;
