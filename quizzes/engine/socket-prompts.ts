// The words of questions about sockets and calls, and about what is still to come.

import { unreachable } from '../../core/result.ts';
import type { Language } from '../../core/text.ts';
import type { Ask } from './pack.ts';

/** An ask whose words are here. */
export type SocketAsk = Extract<
  Ask,
  {
    readonly kind:
      | 'returns'
      | 'time-until'
      | 'count'
      | 'sockets'
      | 'next-timer'
      | 'ss'
      | 'missing-call'
      | 'order'
      | 'impossible'
      | 'rule';
  }
>;

const COLUMNS = { 'state': 'State', 'recv-q': 'Recv-Q', 'send-q': 'Send-Q' } as const;

function socketName({ socket }: Extract<SocketAsk, { kind: 'ss' }>, language: Language): string {
  const english = language === 'en';
  if (socket === 'listener') return english ? 'listener' : '监听套接字';
  if (socket === 'newest') return english ? 'connection' : '连接';
  return english ? `connection ${socket}` : `第 ${socket} 个连接`;
}

function callName({ call }: Extract<SocketAsk, { kind: 'returns' }>, language: Language): string {
  return call === undefined ? { en: 'call', 'zh-CN': '调用' }[language] : `${call}()`;
}

/** Short, for lists and labels; `moment` says what a time lasts until. */
export function socketAskTitle(ask: SocketAsk, language: Language, moment: string): string {
  const english = language === 'en';
  switch (ask.kind) {
    case 'returns':
      return english
        ? `what ${ask.host}'s ${callName(ask, language)} returns`
        : `${ask.host} 的 ${callName(ask, language)} 返回什么`;
    case 'time-until':
      return english ? `time until ${moment}` : `距离${moment}的时间`;
    case 'count':
      return english
        ? `number of ${ask.segment} segments from ${ask.host}${ask.from === 'cut' ? ' still to come' : ''}`
        : `${ask.host} ${ask.from === 'cut' ? '此后' : '总共'}发送的 ${ask.segment} 报文段数`;
    case 'sockets':
      return english
        ? `number of sockets in ${ask.state} at ${ask.host}`
        : `${ask.host} 处于 ${ask.state} 的套接字数`;
    case 'next-timer':
      if (ask.of === 'time')
        return english ? `time until ${ask.host}'s next timer fires` : `${ask.host} 的下一个定时器何时到期`;
      return english ? `next timer at ${ask.host}` : `${ask.host} 最先到期的定时器`;
    case 'ss':
      return english
        ? `ss at ${ask.host}: ${COLUMNS[ask.column]} of the ${socketName(ask, language)}`
        : `${ask.host} 上的 ss：${socketName(ask, language)}的 ${COLUMNS[ask.column]}`;
    case 'missing-call':
      return english ? `missing call at ${ask.host}` : `${ask.host} 缺少的调用`;
    case 'order':
      return english ? `order of the next ${ask.count} segments` : `接下来 ${ask.count} 个报文段的顺序`;
    case 'impossible':
      return english ? 'impossible segment' : '不可能出现的报文段';
    case 'rule':
      return english ? 'deciding rule' : '起决定作用的规则';
    default:
      return unreachable(ask);
  }
}

/** A sentence; inline code in backquotes. */
export function socketAskSentence(ask: SocketAsk, language: Language, moment: string): string {
  const english = language === 'en';
  switch (ask.kind) {
    case 'returns': {
      const name = ask.call === undefined ? callName(ask, language) : `\`${ask.call}()\``;
      if (ask.finally)
        return english
          ? `What does ${ask.host}'s ${name} return in the end?`
          : `${ask.host} 的 ${name} 最终返回什么？`;
      return english
        ? `What does ${ask.host}'s ${name} return? (A number, “blocks”, “fd” for a new descriptor, or an error.)`
        : `${ask.host} 的 ${name} 返回什么？（数字、“阻塞”、表示新描述符的“fd”，或错误码。）`;
    }
    case 'time-until':
      return english ? `How long is it from now until ${moment}?` : `从现在起，到${moment}还有多久？`;
    case 'count':
      if (ask.from === 'cut')
        return english
          ? `How many ${ask.segment} segments does ${ask.host} send from now on?`
          : `从现在起 ${ask.host} 还会发送几个 ${ask.segment} 报文段？`;
      return english
        ? `How many ${ask.segment} segments does ${ask.host} send in all?`
        : `${ask.host} 总共发送几个 ${ask.segment} 报文段？`;
    case 'sockets':
      return english
        ? `How many sockets does ${ask.host} have in \`${ask.state}\` then?`
        : `此时 ${ask.host} 有几个套接字处于 \`${ask.state}\`？`;
    case 'next-timer':
      if (ask.of === 'time')
        return english
          ? `How long is it then until the next of ${ask.host}'s timers fires?`
          : `此时离 ${ask.host} 最先到期的定时器到期还有多久？`;
      return english
        ? `Which of ${ask.host}'s timers fires next if nothing else happens?`
        : `若不再发生其他事，${ask.host} 的哪个定时器最先到期？`;
    case 'ss':
      return english
        ? `What does \`ss -tan\` on ${ask.host} then show as \`${COLUMNS[ask.column]}\` of the ${socketName(ask, language)}?`
        : `此时在 ${ask.host} 上运行 \`ss -tan\`，${socketName(ask, language)}的 \`${COLUMNS[ask.column]}\` 显示什么？`;
    case 'missing-call':
      return english
        ? `Which call does ${ask.host}'s program still owe?`
        : `${ask.host} 的程序还缺少哪个调用？`;
    case 'order':
      return english
        ? `Put the next ${ask.count} segments in the order in which they leave.`
        : `请按发出的先后排列接下来的 ${ask.count} 个报文段。`;
    case 'impossible':
      return english
        ? 'All but one of these segments come next. Which one cannot be?'
        : '除一个以外，下列报文段接下来都会出现。哪一个不可能？';
    case 'rule':
      return english ? 'Which rule decides it?' : '起决定作用的是哪条规则？';
    default:
      return unreachable(ask);
  }
}
