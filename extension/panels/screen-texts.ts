// Sentences of the host on screens of the webview. They follow the language of lessons, which may differ from
// VS Code's display language, so they stand here in both.

import type { Bilingual, Language } from '../../core/text.ts';

export const SCREEN_TEXTS = {
  packUnusable: {
    en: 'This pack cannot be used',
    'zh-CN': '此题包无法使用',
  },
  packMissing: {
    en: 'No pack has the id "{0}" any more. Open another one from the Handshake view, or bring its file back.',
    'zh-CN': '已经没有 id 为“{0}”的题包。请从 Handshake 视图打开别的题包，或恢复该文件。',
  },
  packEmpty: {
    en: '{0}: the pack has no question that can be asked. Correct the problems shown in the file.',
    'zh-CN': '{0}：题包里没有可以提问的题目。请改正文件中显示的问题。',
  },
  place: {
    en: '{0}, line {1}, column {2}: {3}',
    'zh-CN': '{0} 第 {1} 行第 {2} 列：{3}',
  },
  nothingToAsk: {
    en: '{0}: too little is known of this connection to ask about it. Choose another connection, or capture one from its first SYN.',
    'zh-CN': '{0}：对这条连接所知太少，无法出题。请选择另一条连接，或从第一个 SYN 开始抓包。',
  },
  captureGone: {
    en: '{0}: the file cannot be read. Bring it back, or open another capture.',
    'zh-CN': '{0}：无法读取该文件。请恢复它，或打开另一个抓包文件。',
  },
  captureUnasked: {
    en: 'Nothing to ask',
    'zh-CN': '无题可出',
  },
  previewNothing: {
    en: 'This question cannot be shown yet',
    'zh-CN': '此题暂时无法显示',
  },
  previewMend: {
    en: 'Correct what is underlined in its text, or in its scenario; it is shown as soon as it can be.',
    'zh-CN': '请改正题目或场景中划线的部分；一旦可以，这里就会显示。',
  },
  labNothing: {
    en: 'Nothing to branch',
    'zh-CN': '无法做假设实验',
  },
  labBeginsLate: {
    en: '{0}: this connection was open already when the capture began, so nobody knows which calls led to it. Open the lab on a connection that the capture holds from its first SYN.',
    'zh-CN':
      '{0}：抓包开始时这条连接已经建立，无从得知之前的调用。请对抓包中从第一个 SYN 起就完整的连接打开实验室。',
  },
  labOneSided: {
    en: '{0}: of this connection only one side was captured, so what the other one did is not known. Open the lab on a connection with segments both ways.',
    'zh-CN': '{0}：这条连接只抓到一个方向，另一方做了什么无从得知。请对双向都有报文段的连接打开实验室。',
  },
  labTooLong: {
    en: '{0}: this connection takes more than {1} segments, too many to follow side by side. Open the lab on a shorter one, or cut the capture (editcap, tcpdump -c).',
    'zh-CN':
      '{0}：这条连接超过 {1} 个报文段，无法并排对照。请对较短的连接打开实验室，或先截短抓包（editcap、tcpdump -c）。',
  },
  labPartsEarly: {
    en: '{0}: played again, this connection would not be the captured one: less than half of the segments come out the same. Segments sent by hand, a host that restarted, or several connections between the same ports cannot be told from the calls alone. Open the lab on another connection.',
    'zh-CN':
      '{0}：重新运行得不到抓到的连接：一致的报文段不到一半。手工发送的报文段、重启过的主机、同一对端口上的多条连接，都无法仅凭调用重现。请对另一条连接打开实验室。',
  },
  labUnreadable: {
    en: '{0}: nothing in it can be run. Correct what is underlined in the text, and open the lab again.',
    'zh-CN': '{0}：其中没有可以运行的内容。请改正文本中划线的部分，再打开实验室。',
  },
  labGone: {
    en: 'The pack or the scenario is not there any more: {0}. Open the lab on another one (command “Handshake: Open What-If Lab”).',
    'zh-CN': '题包或场景已不存在：{0}。请对另一个场景打开实验室（命令“Handshake: 打开假设实验室”）。',
  },
  questionMissing: {
    en: '{0}: there is no question with the id "{1}" in this pack. Check the link, or choose a question from the Handshake view.',
    'zh-CN': '{0}：题包中没有 id 为“{1}”的题目。请检查链接，或在 Handshake 视图中选择题目。',
  },
  reviewTitle: {
    en: 'Nothing to review now',
    'zh-CN': '现在没有要复习的内容',
  },
  reviewFirst: {
    en: 'Answer a few questions of any pack first: what you showed there comes back here when you are about to forget it.',
    'zh-CN': '请先回答任一题包中的几道题：其中用到的知识点会在你快要忘记时回到这里。',
  },
  reviewNothing: {
    en: 'Everything that was due has been asked. Next review: in {0} days.',
    'zh-CN': '到期的内容都已问过。下次复习：{0} 天后。',
  },
  reviewTomorrow: {
    en: 'Everything that was due has been asked. Next review: tomorrow.',
    'zh-CN': '到期的内容都已问过。下次复习：明天。',
  },
  interviewNone: {
    en: 'No interview',
    'zh-CN': '没有面试',
  },
  interviewBegin: {
    en: 'Begin one with the command “Handshake: Interview Drill”.',
    'zh-CN': '请用命令“Handshake: 面试演练”开始一场。',
  },
  captureUnreadable: {
    en: 'This capture cannot be read',
    'zh-CN': '无法读取此抓包文件',
  },
} as const satisfies Record<string, Bilingual>;

/** A sentence with `{0}`, `{1}` … filled in. */
export function fill(text: Bilingual, language: Language, ...values: readonly (string | number)[]): string {
  return text[language].replace(/\{(\d)\}/g, (place, index: string) =>
    String(values[Number(index)] ?? place),
  );
}
