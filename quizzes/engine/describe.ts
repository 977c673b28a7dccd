// What happens in a Timeline, in words.

import type { AppResult, TimerName } from '../../core/tcp/event.ts';
import type { Segment } from '../../core/tcp/segment.ts';
import type { Bilingual, Language } from '../../core/text.ts';
import type { CallName, Step, Timeline } from '../../core/timeline/timeline.ts';
import { formatFlags } from '../../core/wire/notation.ts';
import { formatDuration } from './durations.ts';

export const CALLS = {
  listen: { en: 'calls listen()', 'zh-CN': '调用 listen()' },
  bind: { en: 'calls bind()', 'zh-CN': '调用 bind()' },
  'reuse-address': { en: 'sets SO_REUSEADDR', 'zh-CN': '设置 SO_REUSEADDR' },
  accept: { en: 'calls accept()', 'zh-CN': '调用 accept()' },
  connect: { en: 'calls connect()', 'zh-CN': '调用 connect()' },
  send: { en: 'calls send()', 'zh-CN': '调用 send()' },
  'send-urgent': { en: 'calls send() with urgent data', 'zh-CN': '调用 send() 发送紧急数据' },
  'send-more': { en: 'calls send() with more to come', 'zh-CN': '调用 send()，后面还有数据' },
  receive: { en: 'calls read()', 'zh-CN': '调用 read()' },
  'stop-reading': { en: 'stops reading', 'zh-CN': '停止读取' },
  shutdown: { en: 'calls shutdown(SHUT_WR)', 'zh-CN': '调用 shutdown(SHUT_WR)' },
  'shutdown-read': { en: 'calls shutdown(SHUT_RD)', 'zh-CN': '调用 shutdown(SHUT_RD)' },
  'shutdown-both': { en: 'calls shutdown(SHUT_RDWR)', 'zh-CN': '调用 shutdown(SHUT_RDWR)' },
  'linger-zero': { en: 'sets SO_LINGER to 0 s', 'zh-CN': '设置 SO_LINGER 为 0 秒' },
  close: { en: 'calls close()', 'zh-CN': '调用 close()' },
  'close-at-eof': { en: 'will call close() as soon as it reads EOF', 'zh-CN': '一读到 EOF 就调用 close()' },
  abort: { en: 'aborts the connection', 'zh-CN': '中止连接 (abort)' },
  keepalive: { en: 'turns SO_KEEPALIVE on', 'zh-CN': '打开保活 (SO_KEEPALIVE)' },
  'delay-acks': { en: 'lets ACKs wait (TCP_QUICKACK off)', 'zh-CN': '让 ACK 延迟（关闭 TCP_QUICKACK）' },
  fork: { en: 'calls fork()', 'zh-CN': '调用 fork()' },
  exit: { en: 'exits: its process ends', 'zh-CN': '进程结束 (exit)' },
  vanish: { en: 'loses the connection without a word', 'zh-CN': '悄然丢失连接' },
  crash: { en: 'crashes (power is lost)', 'zh-CN': '崩溃（断电）' },
  reboot: { en: 'has rebooted', 'zh-CN': '重启完成' },
} as const satisfies Record<CallName, Bilingual>;

export const TIMER_NAMES = {
  retransmission: { en: 'retransmission timer', 'zh-CN': '重传定时器' },
  'time-wait': { en: '2MSL timer', 'zh-CN': '2MSL 定时器' },
  keepalive: { en: 'keepalive timer', 'zh-CN': '保活定时器' },
  'delayed-ack': { en: 'delayed-ACK timer', 'zh-CN': '延迟确认定时器' },
  persist: { en: 'persist timer', 'zh-CN': '坚持定时器' },
  'tail-loss-probe': { en: 'tail loss probe timer', 'zh-CN': '尾部丢包探测定时器' },
  reordering: { en: 'reordering timer', 'zh-CN': '乱序定时器' },
  'fin-wait-2': { en: 'FIN-WAIT-2 timer', 'zh-CN': 'FIN-WAIT-2 定时器' },
  user: { en: 'user timeout', 'zh-CN': '用户超时' },
} as const satisfies Record<TimerName, Bilingual>;

const ERRORS = {
  ECONNREFUSED: { en: 'connect() fails: ECONNREFUSED', 'zh-CN': 'connect() 失败：ECONNREFUSED' },
  ECONNRESET: { en: 'the connection is reset: ECONNRESET', 'zh-CN': '连接被重置：ECONNRESET' },
  ETIMEDOUT: { en: 'the connection timed out: ETIMEDOUT', 'zh-CN': '连接超时：ETIMEDOUT' },
  EPIPE: { en: 'writing fails: EPIPE', 'zh-CN': '写入失败：EPIPE' },
  ENOTCONN: { en: 'the call fails: ENOTCONN', 'zh-CN': '调用失败：ENOTCONN' },
  EISCONN: { en: 'the call fails: EISCONN', 'zh-CN': '调用失败：EISCONN' },
  EADDRINUSE: { en: 'the call fails: EADDRINUSE', 'zh-CN': '调用失败：EADDRINUSE' },
  EBADF: { en: 'the call fails: EBADF', 'zh-CN': '调用失败：EBADF' },
  EADDRNOTAVAIL: { en: 'the call fails: EADDRNOTAVAIL', 'zh-CN': '调用失败：EADDRNOTAVAIL' },
} as const satisfies Record<Extract<AppResult, { kind: 'error' }>['code'], Bilingual>;

const DOUBTS = {
  'late-start': {
    en: 'The capture begins after the connection did; the state before is not known.',
    'zh-CN': '抓包开始时连接已经存在，之前的状态无从得知。',
  },
  'one-direction': {
    en: 'Only one direction was captured; the other side is inferred.',
    'zh-CN': '只抓到一个方向，另一端的状态是推断出来的。',
  },
  'lost-before-tap': {
    en: 'A segment is missing from the capture; it is known only from its acknowledgment.',
    'zh-CN': '抓包中缺少一个报文段，只能从对它的确认得知。',
  },
  'call-time-unknown': {
    en: 'When the application made the call cannot be seen in a capture.',
    'zh-CN': '应用程序何时发起调用，从抓包中看不到。',
  },
  'lost-or-its-answer': {
    en: 'This segment or the answer to it was lost: the capture does not show which.',
    'zh-CN': '丢失的是这个报文段，还是对它的应答，从抓包中看不出来。',
  },
} as const satisfies Record<NonNullable<Step['doubt']>, Bilingual>;

/** "calls close()", "receives FIN ACK", "2MSL timer fires": the cause of a step, never its outcome. */
export function causeText(timeline: Timeline, step: Step, language: Language): string {
  const { cause } = step;
  switch (cause.kind) {
    case 'call':
      if (cause.call === 'send' && cause.length !== undefined) {
        return language === 'en' ? `calls send(${cause.length} octets)` : `调用 send(${cause.length} 字节)`;
      }
      if (cause.call === 'connect' && cause.length !== undefined) {
        return language === 'en'
          ? `calls connect() with ${cause.length} octets to send`
          : `调用 connect()，并带上 ${cause.length} 字节数据`;
      }
      if (cause.call === 'receive' && cause.length !== undefined) {
        return language === 'en' ? `calls read(${cause.length} octets)` : `调用 read(${cause.length} 字节)`;
      }
      return CALLS[cause.call][language];
    case 'arrival':
      return `${language === 'en' ? 'receives' : '收到'} ${segmentName(timeline, cause.transmission, language)}`;
    case 'departure':
      return `${language === 'en' ? 'sends' : '发送'} ${segmentName(timeline, cause.transmission, language)}`;
    case 'timer': {
      const name = TIMER_NAMES[cause.timer][language];
      return language === 'en' ? `${name} fires` : `${name}到期`;
    }
  }
}

function segmentName(timeline: Timeline, transmission: number, language: Language): string {
  const sent = timeline.transmissions[transmission];
  return sent === undefined ? '?' : segmentText(sent.segment, language);
}

const NO_FLAGS: Bilingual = { en: '(no flags)', 'zh-CN': '（无标志位）' };

/** "FIN ACK", "PSH ACK len=300". */
export function segmentText(segment: Segment, language: Language): string {
  const names = formatFlags(segment.flags).join(' ') || NO_FLAGS[language];
  return segment.length > 0 ? `${names} len=${segment.length}` : names;
}

/** What the application sees, in words. */
export function appText(result: AppResult, language: Language): string {
  const english = language === 'en';
  switch (result.kind) {
    case 'established':
      return english ? 'connection established' : '连接建立';
    case 'data':
      return english ? `read() returns ${result.length} octets` : `read() 返回 ${result.length} 字节`;
    case 'eof':
      return english ? 'read() returns 0 (EOF)' : 'read() 返回 0 (EOF)';
    case 'urgent':
      return english ? 'urgent data is announced' : '有紧急数据';
    case 'closed':
      return english ? 'connection closed' : '连接关闭完成';
    case 'error':
      return ERRORS[result.code][language];
  }
}

/** The same of a capture: what there is for the application. When it calls read(), nobody captured. */
export function availableText(result: AppResult, language: Language): string {
  const english = language === 'en';
  if (result.kind === 'data')
    return english ? `${result.length} octets can be read` : `有 ${result.length} 字节可读`;
  if (result.kind === 'eof') return english ? 'EOF can be read' : '可以读到 EOF';
  return appText(result, language);
}

/** "2MSL timer restarts: 60 s". */
export function timerText(
  timer: TimerName,
  change: 'started' | 'restarted' | 'stopped',
  after: number | undefined,
  language: Language,
): string {
  const name = TIMER_NAMES[timer][language];
  const verb = {
    started: { en: ' starts', 'zh-CN': '启动' },
    restarted: { en: ' restarts', 'zh-CN': '重新启动' },
    stopped: { en: ' stops', 'zh-CN': '停止' },
  }[change][language];
  if (after === undefined) return `${name}${verb}`;
  return `${name}${verb}${language === 'en' ? ': ' : '：'}${formatDuration(after, language)}`;
}

/** What a capture cannot tell of this step; undefined when it is certain. */
export function doubtText(step: Step, language: Language): string | undefined {
  return step.doubt === undefined ? undefined : DOUBTS[step.doubt][language];
}

const COOKIE: Bilingual = {
  en: 'Nothing of this connection is kept: its state is in the SYN cookie, and ss shows the listener alone.',
  'zh-CN': '这个连接什么也没有保存：它的状态在 SYN cookie 里，ss 只显示监听套接字。',
};

/** Said of a SYN that is answered with a SYN cookie; undefined of all else. RFC 4987 §3.6. */
export function cookieText({ path, socket, sockets }: Step, language: Language): string | undefined {
  const begins = path.length > 1 && path.at(-1) === 'SYN-RECEIVED';
  const made = begins ? sockets?.find(({ id }) => id === socket) : undefined;
  return made?.cookie === true ? COOKIE[language] : undefined;
}

/** Options in words: "MSS 1460". */
export function optionTexts({ options }: Segment, language: Language): string[] {
  const english = language === 'en';
  const texts: string[] = [];
  if (options.mss !== undefined) texts.push(`MSS ${options.mss}`);
  if (options.windowScale !== undefined) {
    texts.push(`${english ? 'window scale' : '窗口扩大因子'} ${options.windowScale}`);
  }
  if (options.sackPermitted === true) texts.push(english ? 'SACK permitted' : '允许 SACK');
  for (const [from, to] of options.sack ?? []) texts.push(`SACK ${from}-${to}`);
  if (options.timestamps !== undefined) {
    const { value, echo } = options.timestamps;
    texts.push(`${english ? 'timestamps' : '时间戳'} ${value} ${echo}`);
  }
  return texts;
}
