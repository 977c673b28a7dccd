// What each key of a pack is for, in one or two sentences; a test holds the list complete.

import type { Bilingual } from '../../core/text.ts';
import { PROFILE_DOCS } from './profile-docs.ts';

function text(en: string, zh: string): Bilingual {
  return { en, 'zh-CN': zh };
}

const HOST = (name: string) => ({
  line: text(
    `What host ${name} does: \`send 300\`, \`close\` and so on.`,
    `主机 ${name} 做什么：\`send 300\`、\`close\` 等。`,
  ),
  hosts: text(`Name, address and port of host ${name}.`, `主机 ${name} 的名称、地址和端口。`),
  iss: text(
    `Initial sequence number of host ${name}: a number, or a range to draw from on every try.`,
    `主机 ${name} 的初始序号：一个数，或每次随机抽取的范围。`,
  ),
});
const A = HOST('A');
const B = HOST('B');

/** By owner and key: "question.when". */
export const KEY_DOCS: Readonly<Record<string, Bilingual>> = {
  'pack.format': text('The version of this file format: 1.', '文件格式的版本：1。'),
  'pack.id': text(
    'Names the pack for ever: small letters, digits, hyphens. Answers are stored under it.',
    '题包的永久名称：小写字母、数字、连字符。作答记录以它为名保存。',
  ),
  'pack.version': text('The version of the pack, for example `1.0.0`.', '题包的版本，例如 `1.0.0`。'),
  'pack.title': text('What learners read in lists.', '学习者在列表中看到的标题。'),
  'pack.summary': text('One sentence for lists of packs.', '题包列表中的一句话介绍。'),
  'pack.license': text(
    'Under what terms others may use the pack, for example `CC-BY-4.0`.',
    '他人使用题包的许可，例如 `CC-BY-4.0`。',
  ),
  'pack.author': text('Who wrote it, if it was one.', '作者（只有一位时）。'),
  'pack.authors': text('Who wrote it: a list of names.', '作者：姓名列表。'),
  'pack.languages': text(
    'What its texts are in: `[en, zh-CN]`. You are told of each text that lacks one of them; without it, those of the title count.',
    '题包的语言：`[en, zh-CN]`。缺少其中之一的文字都会提示；不写则以标题的语言为准。',
  ),
  'pack.profile': text(
    'The TCP that plays every scenario without a profile of its own: `textbook`, `rfc9293` or `linux`.',
    '没有指定行为模式 (profile) 的场景由哪种 TCP 来运行：`textbook`、`rfc9293` 或 `linux`。',
  ),
  'pack.intro': text(
    'A text to read before the first question, in Markdown.',
    '第一题之前的阅读文字，Markdown 格式。',
  ),
  'pack.exam': text('How an exam with this pack is held.', '用本题包考试的方式。'),
  'pack.scenarios': text(
    'Connections to ask about, by name: each a script, a packetdrill script, or a capture.',
    '供提问的连接，按名称列出：脚本、packetdrill 脚本或抓包。',
  ),
  'pack.questions': text('Questions, in the order they are asked.', '题目，按提问顺序排列。'),
  'pack.sections': text(
    'Questions in groups, each with a text to read first.',
    '分组的题目，每组可先读一段文字。',
  ),
  'section.title': text('The name of the section.', '小节名称。'),
  'section.intro': text(
    'A text to read before its first question, in Markdown.',
    '本节第一题之前的阅读文字，Markdown 格式。',
  ),
  'section.questions': text('The questions of the section.', '本节的题目。'),
  'scenario.like': text(
    'Takes over from that scenario everything this one does not say itself.',
    '本场景没有写的，都取自该场景。',
  ),
  'scenario.profile': text(
    'The TCP that plays it: `textbook`, `rfc9293`, `linux`, or one of them with changes: `{ base: textbook, msl: 2 min }`.',
    '由哪种 TCP 运行：`textbook`、`rfc9293`、`linux`，或在其上修改：`{ base: textbook, msl: 2 min }`。',
  ),
  'scenario.believe': text(
    'Plays the run by the rules of this misconception instead of the sound ones.',
    '按该误解的规则（而不是正确的规则）运行。',
  ),
  'scenario.capture': text(
    'A recorded connection instead of a script: a pcap file, named relative to the pack.',
    '用抓下来的连接代替脚本：pcap 文件，相对题包的路径。',
  ),
  'scenario.connection': text('Which connection of the capture, from 1.', '抓包中的第几条连接，从 1 起。'),
  'scenario.hosts': text('Names, addresses and ports of A and B.', 'A 和 B 的名称、地址和端口。'),
  'scenario.iss': text(
    'Initial sequence numbers, for example near 2^32; drawn anywhere when absent.',
    '初始序号，例如接近 2^32；不写则随机抽取。',
  ),
  'scenario.iss-clock': text(
    'Whether later connections between the same ports number by a clock of 4 µs, counted from the first one.',
    '同一对端口之间后来的连接是否按 4 微秒的时钟取初始序号（从第一个连接算起）。',
  ),
  'scenario.delay': text(
    'The way from one host to the other takes so long; 25 ms when absent.',
    '单程时延；不写则为 25 ms。',
  ),
  'scenario.script': text(
    'What happens: one thing a line, each when everything before it has come to rest. Or a packetdrill script: the name of a `.pkt` file, or after `|` its text.',
    '发生的事：每行一件，前面的活动都结束之后才发生。也可以是 packetdrill 脚本：`.pkt` 文件名，或在 `|` 之后写出其内容。',
  ),
  'scenario.continue': text(
    'Lines after the script of the scenario this one is like.',
    '接在所仿照场景的脚本之后的行。',
  ),
  'scenario.network': text(
    'What the network does to segments: `lose`, `delay`, `duplicate`.',
    '网络对报文段做的事：`lose`、`delay`、`duplicate`。',
  ),
  'scenario.symbols': text(
    "Names for numbers, such as `u: seq of A's FIN`. `x` and `y` are the two initial sequence numbers.",
    "给序号起名，例如 `u: seq of A's FIN`。`x`、`y` 是双方的初始序号。",
  ),
  'line.A': A.line,
  'line.B': B.line,
  'line.network': text(
    '`cut`, `heal`, or a segment nobody sent: `old SYN from A, seq A.iss - 5000`.',
    '`cut`、`heal`，或没有人发过的报文段：`old SYN from A, seq A.iss - 5000`。',
  ),
  'line.after': text(
    'So long after the line before, instead of when everything has come to rest.',
    '在上一行之后多久发生，而不是等所有活动都结束。',
  ),
  'line.wait': text('Time passes.', '时间流逝。'),
  'line.together': text('Two or more calls at the same moment.', '同一时刻的两个或更多调用。'),
  'fault.lose': text('This segment never arrives: `last ACK from A`.', '该报文段丢失：`last ACK from A`。'),
  'fault.delay': text(
    'This segment arrives later: `first SYN from A by 1 s`.',
    '该报文段迟到：`first SYN from A by 1 s`。',
  ),
  'fault.duplicate': text(
    'A copy arrives, too: `second data from B after 200 ms`.',
    '另有一份副本到达：`second data from B after 200 ms`。',
  ),
  'hosts.A': A.hosts,
  'hosts.B': B.hosts,
  'host.name': text('What the drawing calls the host.', '图中主机的名称。'),
  'host.address': text('Its IP address.', 'IP 地址。'),
  'host.port': text('Its TCP port.', 'TCP 端口。'),
  'iss.A': A.iss,
  'iss.B': B.iss,
  ...PROFILE_DOCS,
  'exam.time-limit': text('For the whole pack, for example `45 min`.', '整个题包的时限，例如 `45 min`。'),
  'exam.shuffle': text(
    "Whether the learner's seed decides the order of questions.",
    '题目顺序是否由学习者的种子决定。',
  ),
  'exam.feedback': text(
    '`at end`, or `at once` after each answer.',
    '`at end`（结束后）或 `at once`（每题之后）给反馈。',
  ),
  'exam.pass': text('Percent of the points that is enough.', '及格线：得分百分比。'),
  'question.id': text(
    'Names the question for ever within the pack. A changed question needs a new id.',
    '题目在题包内的永久名称。题目变了，就要换 id。',
  ),
  'question.replaces': text('Ids of earlier questions this one takes the place of.', '本题取代的旧题 id。'),
  'question.title': text(
    'Short, for lists; made from the moment and the ask when absent.',
    '列表中的短标题；不写则自动生成。',
  ),
  'question.scenario': text('The scenario it is asked on.', '在哪个场景上提问。'),
  'question.when': text(
    'The moment up to which the learner sees: `B receives FIN`.',
    '学习者看到哪一刻为止：`B receives FIN`。',
  ),
  'question.ask': text(
    'What is asked, one thing or a list: `next segment from B`. The answer is computed.',
    '问什么，一项或列表：`next segment from B`。答案由内核计算。',
  ),
  'question.prompt': text(
    'The sentence the learner reads, in Markdown; made from the moment and the ask when absent.',
    '学习者读到的问题，Markdown 格式；不写则自动生成。',
  ),
  'question.rubric': text(
    'Key points of a prose question, marked by the learner.',
    '简答题的要点，由学习者自评。',
  ),
  'question.hints': text('Opened one after another, from gentle to plain.', '逐条打开的提示，由浅入深。'),
  'question.feedback': text(
    'What you say to whoever answers by a misconception, beside what Handshake says.',
    '对按某误解作答者说的话，显示在 Handshake 自带解释旁。',
  ),
  'question.difficulty': text('1, 2 or 3.', '1、2 或 3。'),
  'question.points': text('What it counts in an exam; 1 when absent.', '考试中的分值；不写为 1。'),
  'question.tags': text('Words to find it by.', '用于查找的标签。'),
  'question.alternatives': text(
    'What you accept beside the computed answer: `profile linux`, `at A enters TIME-WAIT`, `within 5 s`, `state of B = CLOSED`.',
    '除计算出的答案外还接受什么：`profile linux`、`at A enters TIME-WAIT`、`within 5 s`、`state of B = CLOSED`。',
  ),
  'text.en': text('In English.', '英文。'),
  'text.zh-CN': text('In Simplified Chinese.', '简体中文。'),
};

export function keyDoc(owner: string, key: string): Bilingual | undefined {
  return Object.hasOwn(KEY_DOCS, `${owner}.${key}`) ? KEY_DOCS[`${owner}.${key}`] : undefined;
}
