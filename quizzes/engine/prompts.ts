// The words of a question its author did not write.

import { unreachable } from '../../core/result.ts';
import { ERROR_CODES } from '../../core/tcp/event.ts';
import { RULES } from '../../core/tcp/rules.ts';
import type { Bilingual, Language } from '../../core/text.ts';
import type { HostId, Timeline } from '../../core/timeline/timeline.ts';
import { APP_CHOICES, type Field, fieldsOf, SENDER_CHOICES } from './ask.ts';
import { cardsOf, cardText } from './card-texts.ts';
import type { Cut } from './cut.ts';
import { causeText, segmentText, TIMER_NAMES } from './describe.ts';
import { codeHtml, type Html } from './html.ts';
import type { Ask, Question, SegmentPart, When } from './pack.ts';
import type { Posed } from './posed.ts';
import { MISSING_CHOICES, TIMER_CHOICES } from './socket-answers.ts';
import { socketAskSentence, socketAskTitle } from './socket-prompts.ts';
import type { FieldView } from './view.ts';

const CALLED: Readonly<Record<string, Bilingual>> = {
  crash: { en: 'crashes', 'zh-CN': '崩溃' },
  reboot: { en: 'reboots', 'zh-CN': '重启' },
};

/** "B receives FIN 2": the moment, for lists. */
export function whenTitle(when: When, language: Language): string {
  const english = language === 'en';
  const nth =
    'which' in when && when.which !== 1
      ? ` ${when.which === 'last' && !english ? '（最后）' : when.which}`
      : '';
  switch (when.kind) {
    case 'start':
      return english ? 'at the start' : '开始时';
    case 'end':
      return english ? 'at the end' : '结束时';
    case 'receives':
      return `${when.host} ${english ? 'receives' : '收到'} ${when.segment}${nth}`;
    case 'sends':
      return `${when.host} ${english ? 'sends' : '发送'} ${when.segment}${nth}`;
    case 'calls': {
      const called = CALLED[when.call]?.[language] ?? `${english ? 'calls' : '调用'} ${when.call}`;
      return `${when.host} ${called}${nth}`;
    }
    case 'timer':
      return english
        ? `${when.host}'s ${TIMER_NAMES[when.timer].en} fires${nth}`
        : spaced(`${when.host} 的${TIMER_NAMES[when.timer]['zh-CN']}到期${nth}`);
    case 'enters':
      return `${when.host} ${english ? 'enters' : '进入'} ${when.state}${nth}`;
    case 'gives-up':
      return `${when.host} ${english ? 'gives up' : '放弃连接'}${nth}`;
    default:
      return unreachable(when);
  }
}

/** Chinese sets a blank between its characters and a Latin word or figure. */
function spaced(text: string): string {
  return text
    .replaceAll(/(\p{Script=Han})(?=[A-Za-z0-9])/gu, '$1 ')
    .replaceAll(/([A-Za-z0-9])(?=\p{Script=Han})/gu, '$1 ');
}

/** What a time lasts until. */
function momentText(ask: Ask, language: Language): string {
  if (ask.kind !== 'time-until') return '';
  const { moment } = ask;
  if (moment.kind !== 'returns') return whenTitle(moment, language);
  return language === 'en'
    ? `${moment.host}'s ${moment.call}() returns`
    : ` ${moment.host} 的 ${moment.call}() 返回`;
}

const PARTS = {
  flags: { en: 'flags', 'zh-CN': '标志位' },
  seq: { en: 'seq', 'zh-CN': '序号 seq' },
  ack: { en: 'ack', 'zh-CN': '确认号 ack' },
  length: { en: 'length', 'zh-CN': '数据长度' },
  window: { en: 'window', 'zh-CN': '窗口' },
  takes: { en: 'numbers taken', 'zh-CN': '消耗序号数' },
  packet: { en: 'IP length', 'zh-CN': 'IP 总长度' },
} as const satisfies Record<SegmentPart, Bilingual>;

const SHORT_PARTS = { ...PARTS, seq: { en: 'seq', 'zh-CN': 'seq' }, ack: { en: 'ack', 'zh-CN': 'ack' } };

/** Parts that count something: written as a plain number, never with a symbol. */
const COUNTS: ReadonlySet<SegmentPart> = new Set(['length', 'window', 'takes', 'packet']);

function isWhole(parts: readonly SegmentPart[]): boolean {
  return (['flags', 'seq', 'ack'] as const).every((part) => parts.includes(part));
}

function askTitle(ask: Ask, language: Language): string {
  const english = language === 'en';
  switch (ask.kind) {
    case 'segment': {
      const whole = english ? `next segment from ${ask.host}` : `${ask.host} 的下一个报文段`;
      if (isWhole(ask.parts)) return whole;
      const parts = ask.parts.map((part) => PARTS[part][language]).join(english ? ', ' : '、');
      return english ? `${parts} of ${whole}` : `${whole}的${parts}`;
    }
    case 'state':
      if (ask.connection !== undefined)
        return english
          ? `state of connection ${ask.connection} at ${ask.host}`
          : `${ask.host} 第 ${ask.connection} 个连接的状态`;
      return english ? `state of ${ask.host}` : `${ask.host} 的状态`;
    case 'variable':
      return english ? `${ask.variable} of ${ask.host}` : `${ask.host} 的 ${ask.variable}`;
    case 'time-left':
      return english
        ? `time left on ${ask.host}'s ${TIMER_NAMES[ask.timer].en}`
        : spaced(`${ask.host} 的${TIMER_NAMES[ask.timer]['zh-CN']}剩余时间`);
    case 'next-sender':
      return english ? 'who sends next' : '接下来谁发送';
    case 'app':
      return english ? `what ${ask.host}'s application sees` : `${ask.host} 的应用程序看到什么`;
    default:
      return spaced(socketAskTitle(ask, language, momentText(ask, language)));
  }
}

/** "B receives FIN: next segment from B", for lists of questions that were answered. */
export function defaultTitle(when: When, asks: readonly Ask[]): Bilingual {
  return {
    en: `${whenTitle(when, 'en')}: ${asksTitle(asks, 'en')}`,
    'zh-CN': `${whenTitle(when, 'zh-CN')}：${asksTitle(asks, 'zh-CN')}`,
  };
}

function asksTitle(asks: readonly Ask[], language: Language): string {
  return asks.map((ask) => askTitle(ask, language)).join(language === 'en' ? '; ' : '；');
}

/** "next segment from B", while a question is open: the moment it is asked at tells what others ask. */
export function openTitle({ title, when, asks }: Question, language: Language): string {
  const isOwn = asks.length === 0 || title.en !== defaultTitle(when, asks).en;
  return isOwn ? title[language] : asksTitle(asks, language);
}

/** "B has just received `FIN ACK`." What the cut shows last, in a sentence. */
function momentSentence(timeline: Timeline, cut: Cut, when: When, language: Language): string {
  const english = language === 'en';
  if (!('host' in when)) {
    return when.kind === 'start'
      ? { en: 'Nothing has happened yet.', 'zh-CN': '还什么都没有发生。' }[language]
      : { en: 'Everything has come to rest.', 'zh-CN': '所有活动都已结束。' }[language];
  }
  const step = timeline.steps[cut.step];
  if (step === undefined) return '';
  if (when.kind === 'enters') {
    return english
      ? `${when.host} has just entered \`${when.state}\`.`
      : `${when.host} 刚刚进入 \`${when.state}\`。`;
  }
  if (when.kind === 'sends') {
    const sent = timeline.transmissions[step.sent[0] ?? -1];
    const name = sent === undefined ? when.segment : segmentText(sent.segment, language);
    return english ? `${when.host} has just sent \`${name}\`.` : `${when.host} 刚刚发送了 \`${name}\`。`;
  }
  if (when.kind === 'receives' && step.cause.kind === 'arrival') {
    const arrived = timeline.transmissions[step.cause.transmission];
    const name = arrived === undefined ? when.segment : segmentText(arrived.segment, language);
    return english ? `${when.host} has just received \`${name}\`.` : `${when.host} 刚刚收到 \`${name}\`。`;
  }
  if (when.kind === 'timer' && !english)
    return spaced(`${when.host} 的${causeText(timeline, step, language)}。`);
  return english
    ? `${when.host}${when.kind === 'timer' ? "'s" : ''} ${causeText(timeline, step, language)}.`
    : `${when.host} ${causeText(timeline, step, language)}。`;
}

/** "A", "A and B", "A, B and C". */
function listed(words: readonly string[], last: string, comma: string): string {
  if (words.length < 2) return words.join('');
  const first = words.slice(0, -1).join(comma);
  // Chinese puts a space between a Latin word and what follows.
  const space = last === '和' && /[a-z]$/i.test(first) ? ' ' : '';
  return `${first}${space}${last}${words.at(-1)}`;
}

function askSentence(ask: Ask, language: Language): string {
  const english = language === 'en';
  switch (ask.kind) {
    case 'segment': {
      if (isWhole(ask.parts)) {
        return english
          ? `Build the next segment that ${ask.host} sends.`
          : `写出 ${ask.host} 发送的下一个报文段。`;
      }
      if (ask.parts.length === 1 && ask.parts[0] === 'takes') {
        return english
          ? `How many sequence numbers does the next segment from ${ask.host} take?`
          : `${ask.host} 的下一个报文段消耗几个序号？`;
      }
      if (ask.parts.length === 1 && ask.parts[0] === 'flags') {
        return english
          ? `Which flags does ${ask.host}'s next segment carry?`
          : `${ask.host} 的下一个报文段带哪些标志位？`;
      }
      const parts = ask.parts.map((part) => PARTS[part][language]);
      return english
        ? `Give the ${listed(parts, ' and ', ', ')} of the next segment that ${ask.host} sends.`
        : `写出 ${ask.host} 发送的下一个报文段的${listed(parts, '和', '、')}。`;
    }
    case 'state':
      if (ask.connection !== undefined)
        return english
          ? `Which state is connection ${ask.connection} of ${ask.host} in then?`
          : `此时 ${ask.host} 的第 ${ask.connection} 个连接处于什么状态？`;
      return english ? `Which state is ${ask.host} in then?` : `此时 ${ask.host} 处于什么状态？`;
    case 'variable':
      return english
        ? `What is ${ask.host}'s \`${ask.variable}\` then?`
        : `此时 ${ask.host} 的 \`${ask.variable}\` 是多少？`;
    case 'time-left':
      return english
        ? `How long is it then until ${ask.host}'s ${TIMER_NAMES[ask.timer].en} fires?`
        : spaced(`此时离 ${ask.host} 的${TIMER_NAMES[ask.timer]['zh-CN']}到期还有多久？`);
    case 'next-sender':
      return english ? 'Who sends the next segment?' : '下一个报文段由谁发送？';
    case 'app':
      return english ? `What does ${ask.host}'s application see?` : `${ask.host} 的应用程序看到什么？`;
    default:
      return spaced(socketAskSentence(ask, language, momentText(ask, language)));
  }
}

/** The author's prompt, or one made from the moment and what is asked. */
export function promptOf(
  question: Question,
  timeline: Timeline | undefined,
  cut: Cut | undefined,
  language: Language,
): Html {
  if (question.prompt !== undefined) return question.prompt[language];
  const moment =
    timeline === undefined || cut === undefined
      ? []
      : [momentSentence(timeline, cut, question.when, language)];
  const sentences = [...moment, ...question.asks.map((ask) => askSentence(ask, language))];
  return codeHtml(sentences.join(language === 'en' ? ' ' : ''));
}

/** Who the question is about, if it is about one host. */
export function askedHost(asks: readonly Ask[]): HostId | undefined {
  const hosts = new Set(asks.flatMap((ask) => ('host' in ask ? [ask.host] : [])));
  return hosts.size === 1 ? [...hosts][0] : undefined;
}

/** The fields to fill in, with labels in the learner's language. */
export function fieldViews(
  asks: readonly Ask[],
  language: Language,
  posed?: Pick<Posed, 'run' | 'cut' | 'symbols'>,
): FieldView[] {
  return fieldsOf(asks).map((field) => fieldView(field, language, posed));
}

function fieldView(
  field: Field,
  language: Language,
  posed: Pick<Posed, 'run' | 'cut' | 'symbols'> | undefined,
): FieldView {
  const { ask, name, part } = field;
  const label = part === undefined ? askTitle(ask, language) : SHORT_PARTS[part][language];
  switch (ask.kind) {
    case 'segment':
      if (part === 'flags') return { kind: 'flags', name, label };
      return { kind: 'number', name, label, ...(part !== undefined && COUNTS.has(part) && { counts: true }) };
    case 'variable':
      return { kind: 'number', name, label };
    case 'state':
      return { kind: 'state', name, label, host: ask.host };
    case 'time-left':
      return { kind: 'duration', name, label };
    case 'app':
      return { kind: 'choice', name, label, options: options(APP_CHOICES, language) };
    case 'next-sender':
      return { kind: 'choice', name, label, options: options(SENDER_CHOICES, language) };
    case 'returns':
      return { kind: 'word', name, label, words: RETURN_WORDS[language] };
    case 'time-until':
      return { kind: 'duration', name, label };
    case 'count':
    case 'sockets':
      return { kind: 'number', name, label, counts: true };
    case 'next-timer':
      if (ask.of === 'time') return { kind: 'duration', name, label };
      return { kind: 'choice', name, label, options: options(TIMER_CHOICES, language) };
    case 'ss':
      return ask.column === 'state'
        ? { kind: 'state', name, label, host: ask.host, spelling: 'ss' }
        : { kind: 'number', name, label, counts: true };
    case 'missing-call':
      return { kind: 'choice', name, label, options: options(MISSING_CHOICES, language) };
    case 'order':
      return { kind: 'order', name, label, items: cardOptions(posed, ask, language) };
    case 'impossible':
      return { kind: 'choice', name, label, options: cardOptions(posed, ask, language) };
    case 'rule':
      return {
        kind: 'choice',
        name,
        label,
        options: ask.options.map((rule) => ({ value: rule, label: RULES[rule].says[language] })),
      };
    default:
      return unreachable(ask);
  }
}

/** What calls often give back; the same for every question. */
const RETURN_WORDS = {
  'en': ['0', 'blocks', 'fd', ...ERROR_CODES],
  'zh-CN': ['0', '阻塞', 'fd', ...ERROR_CODES],
} as const satisfies Record<Language, readonly string[]>;

function cardOptions(
  posed: Pick<Posed, 'run' | 'cut' | 'symbols'> | undefined,
  ask: Ask,
  language: Language,
) {
  const shown = posed && cardsOf(posed, ask);
  return (shown?.cards ?? []).map((card) => ({
    value: card.letter,
    label: posed === undefined ? card.letter : cardText(posed, card, language),
  }));
}

function options(choices: Readonly<Record<string, Bilingual>>, language: Language) {
  return Object.entries(choices).map(([value, text]) => ({ value, label: text[language] }));
}
