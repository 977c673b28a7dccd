// What a phrase says, in a sentence.

import { unreachable } from '../../core/result.ts';
import type { Bilingual, Language } from '../../core/text.ts';
import { TIMER_NAMES } from '../engine/describe.ts';
import { formatDuration } from '../engine/durations.ts';
import type { Ask, Draw, When } from '../engine/pack.ts';
import { socketAskSentence } from '../engine/socket-prompts.ts';
import { readAsk, readWhen } from '../format/ask-phrases.ts';
import { readCall } from '../format/call-phrases.ts';
import { readDuration } from '../format/phrases.ts';
import type { Phrase } from './slots.ts';

function both(say: (language: Language) => string): Bilingual {
  return { 'en': say('en'), 'zh-CN': say('zh-CN') };
}

const CALLS: Readonly<Record<string, Bilingual>> = {
  listen: { en: 'Passive open: waits in LISTEN for a SYN.', 'zh-CN': '被动打开：在 LISTEN 等待 SYN。' },
  bind: {
    en: 'Takes a port without listening on it: a SYN is answered with RST.',
    'zh-CN': '占用端口但不监听：SYN 得到 RST。',
  },
  'reuse-address': {
    en: 'SO_REUSEADDR: later sockets may take a port that TIME-WAIT still has.',
    'zh-CN': 'SO_REUSEADDR：此后的套接字可使用仍处于 TIME-WAIT 的端口。',
  },
  accept: {
    en: 'Takes a connection out of the accept queue, or waits for one. Without `backlog` the listener accepts by itself.',
    'zh-CN': '从 accept 队列取出一个连接，没有则等待。不写 `backlog` 时监听端自动 accept。',
  },
  connect: { en: 'Active open: sends a SYN.', 'zh-CN': '主动打开：发送 SYN。' },
  send: {
    en: 'Sends that many octets; a range is drawn on every try.',
    'zh-CN': '发送这么多字节；范围每次随机抽取。',
  },
  receive: { en: 'The application reads what is in the buffer.', 'zh-CN': '应用程序读取缓冲区中的数据。' },
  'stop-reading': {
    en: 'The application leaves data in the buffer: the window shrinks.',
    'zh-CN': '应用程序不再读取：窗口变小。',
  },
  shutdown: { en: 'Sends FIN and goes on receiving: half-close.', 'zh-CN': '发送 FIN，但继续接收：半关闭。' },
  'shutdown-both': { en: 'Sends FIN and reads no more.', 'zh-CN': '发送 FIN，并且不再读取。' },
  'linger-zero': {
    en: 'SO_LINGER 0: close() will send RST instead of FIN.',
    'zh-CN': 'SO_LINGER 0：close() 将发送 RST 而不是 FIN。',
  },
  fork: {
    en: 'Two processes hold the socket: the first close() sends nothing, shutdown() does.',
    'zh-CN': '两个进程持有同一套接字：第一次 close() 不发送任何报文段，shutdown() 会发送。',
  },
  'shutdown-read': { en: 'Reads no more; nothing is sent.', 'zh-CN': '不再读取；不发送任何报文段。' },
  close: { en: 'Sends FIN after what was written.', 'zh-CN': '写出的数据之后发送 FIN。' },
  'close-at-eof': {
    en: 'Calls close() as soon as read() returns 0.',
    'zh-CN': 'read() 一返回 0 就调用 close()。',
  },
  abort: { en: 'Drops the connection at once: RST.', 'zh-CN': '立即放弃连接：RST。' },
  keepalive: { en: 'Turns keepalive probes on.', 'zh-CN': '打开保活探测。' },
  'delay-acks': { en: 'ACKs may wait for something to ride on.', 'zh-CN': '允许 ACK 延迟。' },
  exit: {
    en: 'The process ends: everything it holds is closed.',
    'zh-CN': '进程结束：它持有的一切都被关闭。',
  },
  crash: { en: 'Power is lost: the host falls silent and forgets.', 'zh-CN': '断电：主机沉默并忘记一切。' },
  reboot: { en: 'Comes back without memory of any connection.', 'zh-CN': '重新启动，不记得任何连接。' },
};

/** What the cut shows, by kind of moment. */
function whenMeaning(when: When): Bilingual {
  const which = (language: Language) => {
    if (!('which' in when) || when.which === 1) return '';
    if (when.which === 'last') return { en: ' the last time', 'zh-CN': '（最后一次）' }[language];
    return { en: ` for the ${when.which}. time`, 'zh-CN': `（第 ${when.which} 次）` }[language];
  };
  switch (when.kind) {
    case 'start':
      return { en: 'Before anything has happened.', 'zh-CN': '什么都还没有发生。' };
    case 'end':
      return { en: 'After everything has come to rest.', 'zh-CN': '所有活动都结束之后。' };
    case 'receives':
      return both((language) =>
        language === 'en'
          ? `Up to where ${when.host} receives ${when.segment}${which(language)}: the learner sees it arrive, not what ${when.host} does about it.`
          : `到 ${when.host} 收到 ${when.segment}${which(language)}为止：学习者看到它到达，看不到 ${when.host} 的反应。`,
      );
    case 'sends':
      return both((language) =>
        language === 'en'
          ? `Up to where ${when.host} sends ${when.segment}${which(language)}, and what came of it.`
          : `到 ${when.host} 发送 ${when.segment}${which(language)}为止，含其结果。`,
      );
    case 'calls':
      return both((language) =>
        language === 'en'
          ? `Up to the call ${when.call} of ${when.host}${which(language)}: the learner sees the call, not what follows from it.`
          : `到 ${when.host} 调用 ${when.call}${which(language)}为止：学习者看到调用，看不到后果。`,
      );
    case 'timer':
      return both((language) =>
        language === 'en'
          ? `Up to where ${when.host}'s ${TIMER_NAMES[when.timer].en} fires${which(language)}, without what follows from it.`
          : `到 ${when.host} 的${TIMER_NAMES[when.timer]['zh-CN']}到期${which(language)}为止，不含后果。`,
      );
    case 'enters':
      return both((language) =>
        language === 'en'
          ? `Up to where ${when.host} has entered ${when.state}${which(language)}.`
          : `到 ${when.host} 进入 ${when.state}${which(language)}为止。`,
      );
    case 'gives-up':
      return both((language) =>
        language === 'en'
          ? `Up to where ${when.host} gives the connection up${which(language)}, and what came of it.`
          : `到 ${when.host} 放弃连接${which(language)}为止，含其结果。`,
      );
    default:
      return unreachable(when);
  }
}

function askMeaning(ask: Ask): Bilingual {
  switch (ask.kind) {
    case 'segment':
      return both((language) =>
        language === 'en'
          ? `Asks for ${ask.parts.join(', ')} of the first segment ${ask.host} itself sends that is not visible yet.`
          : `问 ${ask.host} 发出的下一个（尚不可见的）报文段的 ${ask.parts.join('、')}。`,
      );
    case 'state':
      return both((language) =>
        language === 'en'
          ? `Asks for the state of ${ask.host} once it has dealt with what is seen last.`
          : `问 ${ask.host} 处理完最后看到的事之后的状态。`,
      );
    case 'variable':
      return both((language) =>
        language === 'en'
          ? `Asks for ${ask.variable} of ${ask.host} then.`
          : `问此时 ${ask.host} 的 ${ask.variable}。`,
      );
    case 'time-left':
      return both((language) =>
        language === 'en'
          ? `Asks how long it is until ${ask.host}'s ${TIMER_NAMES[ask.timer].en} fires.`
          : `问离 ${ask.host} 的${TIMER_NAMES[ask.timer]['zh-CN']}到期还有多久。`,
      );
    case 'next-sender':
      return {
        'en': 'Asks who puts the next segment on the wire: A, B, one of them by a timer, or nobody.',
        'zh-CN': '问下一个报文段由谁发送：A、B、由定时器触发，或谁也不发。',
      };
    case 'app':
      return both((language) =>
        language === 'en'
          ? `Asks what the application at ${ask.host} is told.`
          : `问 ${ask.host} 的应用程序得到什么结果。`,
      );
    default:
      return both((language) => socketAskSentence(ask, language, language === 'en' ? 'then' : '那时'));
  }
}

const OTHERS: Readonly<Record<string, Bilingual>> = {
  loss: { en: 'This segment leaves and never arrives.', 'zh-CN': '该报文段发出后不会到达。' },
  delay: {
    en: 'This segment arrives so much later, and may be overtaken.',
    'zh-CN': '该报文段晚这么久到达，可能被超过。',
  },
  duplicate: {
    en: 'A copy of this segment arrives so much later.',
    'zh-CN': '该报文段的副本在这么久之后到达。',
  },
  network: { en: 'Something the network does by itself.', 'zh-CN': '网络自己做的事。' },
  symbol: {
    en: 'A name for this number, for answers and drawings.',
    'zh-CN': '给这个序号起的名字，用于作答和图示。',
  },
  alternative: {
    en: 'Accepted, too: the learner is graded by whichever whole answer fits best, and told that you accept it.',
    'zh-CN': '同样接受：按最吻合的整组答案评分，并告诉学习者这是作者接受的。',
  },
  draw: { en: 'A number; a range is drawn from on every try.', 'zh-CN': '一个数；范围则每次随机抽取。' },
};

/** What a whole phrase means; undefined when it cannot be read. */
export function meaningOf({ kind, read }: Phrase, text: string): Bilingual | undefined {
  if (kind === 'when') {
    const when = readWhen(text);
    return when.ok ? whenMeaning(when.value) : undefined;
  }
  if (kind === 'ask') {
    const ask = readAsk(text);
    return ask.ok ? askMeaning(ask.value) : undefined;
  }
  if (kind === 'call') {
    const call = readCall(text, 'A');
    return call.ok ? CALLS[call.value.call] : undefined;
  }
  if (kind === 'duration') {
    const time = readDuration(text);
    return time.ok ? both((language) => drawn(time.value, language)) : undefined;
  }
  return read(text).ok ? OTHERS[kind] : undefined;
}

function drawn({ from, to }: Draw, language: Language): string {
  return from === to
    ? formatDuration(from, language)
    : `${formatDuration(from, language)} … ${formatDuration(to, language)}`;
}
