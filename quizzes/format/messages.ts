// What the author of a pack is told: one sentence with a remedy, in both languages.

import type { Bilingual, Language } from '../../core/text.ts';
import type { Expected } from './reader.ts';

export interface MessageDetails {
  /** What stands in the file, shortened, or what it is. */
  readonly found?: string | Bilingual;
  /** What would be understood. */
  readonly expected?: string | Bilingual;
  readonly name?: string;
  readonly other?: string;
  readonly times?: string;
  /** What was found out, in a sentence. */
  readonly says?: Bilingual;
}

/** The details in the language of a sentence. */
type Told = Omit<MessageDetails, 'found' | 'expected' | 'says'> &
  Readonly<Record<'found' | 'expected' | 'says', string>>;

type Message = (details: Told) => Bilingual;

const MESSAGES = {
  'bad-yaml': ({ found }) => ({
    en: `This is not YAML: ${found}`,
    'zh-CN': `YAML 语法错误：${found}`,
  }),
  'tab-indent': () => ({
    en: 'YAML is not indented by tabs; use spaces.',
    'zh-CN': 'YAML 不能用制表符缩进；请用空格。',
  }),
  'answers-are-computed': ({ name }) => ({
    en: `Answers are computed from the run; remove "${name}". What is right, too, goes under "alternatives".`,
    'zh-CN': `答案由运行算出；请删除 "${name}"。另外接受的答案写在 "alternatives" 下。`,
  }),
  'cut-at-comma': () => ({
    en: 'Inside { } a comma ends a text; put quotes around the whole text.',
    'zh-CN': '在 { } 中逗号会截断文字；请给整段文字加上引号。',
  }),
  'too-large': () => ({
    en: 'The file is larger than 1 MB; split it into several packs.',
    'zh-CN': '文件超过 1 MB，请拆成几个题包。',
  }),
  'too-deep': () => ({
    en: 'From here on things are nested deeper than any pack needs; remove the brackets or the indentation.',
    'zh-CN': '从这里开始嵌套过深，题包不需要这么深；请去掉括号或缩进。',
  }),
  'not-a-pack': () => ({
    en: 'A pack is a map that begins with "format: 1"; see docs/authoring.md.',
    'zh-CN': '题包应是以 "format: 1" 开头的映射，见 docs/authoring.md。',
  }),
  'unknown-format': ({ found }) => ({
    en: `Format ${found} is not known; write "format: 1", or update Handshake if the pack is newer.`,
    'zh-CN': `不认识格式 ${found}；请写 "format: 1"，如果题包更新，请升级 Handshake。`,
  }),
  'unknown-key': ({ name, expected }) => ({
    en: `"${name}" means nothing here; use one of ${expected}, or remove it.`,
    'zh-CN': `此处没有 "${name}" 这个键；可用的有 ${expected}，否则请删除。`,
  }),
  'duplicate-key': ({ name }) => ({
    en: `"${name}" stands here twice; keep one of them.`,
    'zh-CN': `"${name}" 在这里出现了两次；请保留一个。`,
  }),
  'missing-key': ({ name }) => ({
    en: `"${name}" is missing here; add it.`,
    'zh-CN': `这里缺少 "${name}"，请补上。`,
  }),
  'bad-value': ({ found, expected }) => ({
    en: `${found} cannot stand here; write ${expected}.`,
    'zh-CN': `此处不能是 ${found}；请写 ${expected}。`,
  }),
  'bad-phrase': ({ found, expected }) => ({
    en: `Not understood from here: ${found}; expected ${expected}.`,
    'zh-CN': `从这里开始看不懂：${found}；应为 ${expected}。`,
  }),
  'duplicate-id': ({ name }) => ({
    en: `Another question already has the id "${name}"; give this one its own.`,
    'zh-CN': `已有题目使用 id "${name}"；请换一个。`,
  }),
  'unknown-scenario': ({ name, expected }) => ({
    en: `There is no scenario "${name}"; use one of ${expected}, or add it under "scenarios".`,
    'zh-CN': `没有名为 "${name}" 的场景；现有 ${expected}，或在 "scenarios" 下添加。`,
  }),
  'like-loop': ({ name }) => ({
    en: `"${name}" is like itself by way of "like"; let one of them stand on its own.`,
    'zh-CN': `"${name}" 通过 "like" 循环引用了自己；请让其中一个独立。`,
  }),
  'depends-on-profile': ({ says }) => ({
    en: `The answer depends on the profile, and none is set (${says}); write "profile: textbook", or the one you mean, in the scenario or the pack.`,
    'zh-CN': `答案取决于行为模式 (profile)，而这里没有指定（${says}）；请在场景或题包中写 "profile: textbook" 或你想用的那个。`,
  }),
  'ambiguous-answer': ({ says }) => ({
    en: `Nobody can know this: before it, something happens that the learner does not see (${says}); choose a later moment, or say it in a "prompt".`,
    'zh-CN': `无法推断：在此之前还会发生学习者看不到的事（${says}）；请选更晚的时刻，或在 "prompt" 中说明。`,
  }),
  'coincides': ({ name, says }) => ({
    en: `With some numbers whoever believes "${name}" answers rightly too (${says}); narrow the ranges, or ask something that tells them apart.`,
    'zh-CN': `某些取值下，持有误解 "${name}" 的人也会答对（${says}）；请缩小取值范围，或换一个能区分的提问。`,
  }),
  'missing-translation': ({ name, other }) => {
    const said = other === 'languages';
    return {
      en: `This text has no ${name === 'en' ? 'English' : 'Chinese'}, and ${said ? '"languages" names it' : 'the title has'}; add "${name}".`,
      'zh-CN': `${said ? '"languages" 中' : '标题'}有${name === 'en' ? '英文' : '中文'}，这段文字却没有；请补上 "${name}"。`,
    };
  },
  'unknown-misconception': ({ name, expected }) => ({
    en: `"${name}" is no known misconception; use one of ${expected}.`,
    'zh-CN': `没有名为 "${name}" 的误解；可用的有 ${expected}。`,
  }),
  'no-script': () => ({
    en: 'Nothing happens in this scenario; give it a "script", a "capture", or say which scenario it is "like".',
    'zh-CN': '这个场景什么也没有发生；请写 "script"、"capture"，或用 "like" 指明仿照哪个场景。',
  }),
  'capture-missing': ({ name }) => ({
    en: `The capture "${name}" cannot be read; put the file beside the pack, or correct its name.`,
    'zh-CN': `无法读取抓包文件 "${name}"；请把文件放在题包旁边，或更正文件名。`,
  }),
  'capture-unreadable': ({ name, found }) => ({
    en: `The capture "${name}" cannot be used: ${found}`,
    'zh-CN': `抓包 "${name}" 无法使用：${found}`,
  }),
  'capture-empty': ({ name }) => ({
    en: `The capture "${name}" holds no TCP connection; record one from its SYN on.`,
    'zh-CN': `抓包 "${name}" 中没有 TCP 连接；请从 SYN 开始录制一个。`,
  }),
  'no-such-connection': ({ name, found, times }) => ({
    en: `There is no connection ${found}: "${name}" holds ${times === '1' ? 'one; write 1' : `${times}; choose 1 to ${times}`}.`,
    'zh-CN': `没有连接 ${found}："${name}" 中有 ${times} 个；请写${times === '1' ? ' 1' : ` 1 到 ${times}`}。`,
  }),
  'script-missing': ({ name }) => ({
    en: `The packetdrill script "${name}" cannot be read; put the file beside the pack, or correct its name.`,
    'zh-CN': `无法读取 packetdrill 脚本 "${name}"；请把文件放在题包旁边，或更正文件名。`,
  }),
  'script-unreadable': ({ name, says }) => ({
    en: `The packetdrill script cannot be read, ${name}: ${says}`,
    'zh-CN': `无法读懂 packetdrill 脚本，${name}：${says}`,
  }),
  'script-differs': ({ name, says }) => ({
    en: `The packetdrill script expects something else than happens, ${name}: ${says}; choose another "profile", or correct the script.`,
    'zh-CN': `packetdrill 脚本的期望与实际不符，${name}：${says}；请换一个 "profile"，或修改脚本。`,
  }),
  'no-effect': ({ name, other }) => ({
    en: `"${name}" changes nothing in a scenario that is a ${other}; remove it.`,
    'zh-CN': `场景是 ${other} 时，"${name}" 不起作用；请删除。`,
  }),
  'run-too-long': () => ({
    en: 'This scenario never comes to rest; shorten its script or its waits.',
    'zh-CN': '这个场景停不下来；请缩短脚本或等待时间。',
  }),
  'no-questions': () => ({
    en: 'The pack has no question that can be asked; add one under "questions".',
    'zh-CN': '题包中没有可用的题目；请在 "questions" 下添加。',
  }),
  'nothing-asked': () => ({
    en: 'Nothing is asked; add "ask" for an answer the core computes, or "prompt" and "rubric" for prose.',
    'zh-CN': '没有提问；请用 "ask" 让内核计算答案，或用 "prompt" 和 "rubric" 出简答题。',
  }),
  'asked-twice': () => ({
    en: 'A question has either "ask" or "rubric"; make two questions of this one.',
    'zh-CN': '一道题只能有 "ask" 或 "rubric" 之一；请拆成两道题。',
  }),
  'no-such-moment': ({ found, times = '0' }) => ({
    en: `"${found}" never comes: this scenario has ${times} such moment${times === '1' ? '' : 's'}; choose one that comes, or change the script.`,
    'zh-CN': `"${found}" 不会出现：该场景中这样的时刻有 ${times} 个；请换一个时刻，或修改脚本。`,
  }),
  'fault-never': ({ found }) => ({
    en: `"${found}" never strikes: the run has no such segment; point at one that is sent, or remove it.`,
    'zh-CN': `"${found}" 从未生效：运行中没有这样的报文段；请指向会发送的报文段，或删除它。`,
  }),
  'no-answer': ({ found }) => ({
    en: `Nobody can answer "${found}" at that moment, the run holds no such thing after it; ask something else, or choose another moment.`,
    'zh-CN': `在那一时刻 "${found}" 没有答案；请换一个提问，或换一个时刻。`,
  }),
  'alternative-not-asked': () => ({
    en: 'The question does not ask this alone; name one of the things it asks, such as "state of A = CLOSED".',
    'zh-CN': '题目没有单独问这一项；请写题目所问的某一项，例如 "state of A = CLOSED"。',
  }),
  'alternative-never': ({ found }) => ({
    en: `"${found}" gives no answer to this question on this run; choose a moment that comes, a profile only for a script, a tolerance only for times, or write the answer as a learner would.`,
    'zh-CN': `"${found}" 在该场景中给不出本题的答案；请选会出现的时刻，行为模式只用于脚本场景，误差只用于时间，答案请按学习者的写法。`,
  }),
  'alternative-same': ({ found }) => ({
    en: `"${found}" answers as the core does, so it accepts nothing more; remove it.`,
    'zh-CN': `"${found}" 与内核的答案相同，没有多接受什么；请删除。`,
  }),
  'feedback-never': ({ name }) => ({
    en: `Whoever believes "${name}" answers this question rightly, so this feedback is never shown; remove it, or ask something that tells them apart.`,
    'zh-CN': `持有误解 "${name}" 的人也会答对此题，这条反馈永远不会显示；请删除，或换一个能区分的提问。`,
  }),
  'gives-away': ({ name, other }) => ({
    en: `The picture of this question gives away the answer of "${other}"; put "${name}" after it.`,
    'zh-CN': `本题的图会泄露 "${other}" 的答案；请把 "${name}" 放到它后面。`,
  }),
} as const satisfies Record<string, Message>;

/** Codes of what can be wrong with a pack. */
export type IssueCode = keyof typeof MESSAGES;

/** The sentence of an issue in both languages, with what is wrong and what to write instead. */
export function messageFor(code: IssueCode, details: MessageDetails): Bilingual {
  const message: Message = MESSAGES[code];
  const told = (language: Language): Told => {
    const say = (detail: string | Bilingual = '') => (typeof detail === 'string' ? detail : detail[language]);
    return {
      ...details,
      found: say(details.found),
      expected: say(details.expected),
      says: say(details.says),
    };
  };
  return { en: message(told('en')).en, 'zh-CN': message(told('zh-CN'))['zh-CN'] };
}

/** "a, b or c". */
export function either(texts: readonly string[], language: Language): string {
  const [comma, or] = language === 'en' ? [', ', ' or '] : ['、', ' 或 '];
  const head = texts.slice(0, -1).join(comma);
  return head === '' ? (texts[0] ?? '') : `${head}${or}${texts.at(-1)}`;
}

/** Names of which one would do: at most twelve, the nearest to what was written first. */
export function listOf(names: readonly Expected[], near = ''): Bilingual {
  if (names.length === 0) return { en: '(none)', 'zh-CN': '（无）' };
  const english = (name: Expected) => (typeof name === 'string' ? name : name.en);
  const sorted =
    near === ''
      ? [...names]
      : [...names].sort((one, other) => gap(english(one), near) - gap(english(other), near));
  const shown = sorted.slice(0, 12);
  const list = (language: Language) => {
    const texts = shown.map((name) => (typeof name === 'string' ? JSON.stringify(name) : name[language]));
    if (shown.length === names.length) return either(texts, language);
    return `${texts.join(language === 'en' ? ', ' : '、')} …`;
  };
  return { en: list('en'), 'zh-CN': list('zh-CN') };
}

/** How many letters have to be changed, added or removed. */
export function gap(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one.charAt(i - 1).toLowerCase() === other.charAt(j - 1).toLowerCase() ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
