// Reads a packetdrill script; written after the public documentation of google/packetdrill.

import { type Ms, ms } from '../../tcp/time.ts';
import type { Bilingual } from '../../text.ts';
import { parseCall } from './parse-call.ts';
import { parsePacket } from './parse-packet.ts';
import { NotUnderstood, Scanner } from './scanner.ts';
import type { Script, ScriptIssue, ScriptLine, Timing } from './script.ts';

const SAYS = {
  time: {
    en: 'A line begins with its time: +0.1 (after the line before), 0.5 (from the beginning), a range with ~, or *.',
    'zh-CN': '每行以时间开头：+0.1（在上一行之后）、0.5（从开始算起）、用 ~ 表示的范围，或 *。',
  },
  range: { en: 'The end of the range is expected here.', 'zh-CN': '此处应为范围的终点。' },
  shell: {
    en: 'A shell line: recognised and not run; of its sysctl settings those that Handshake knows are taken over.',
    'zh-CN': 'shell 命令：已识别但不执行；其中 Handshake 认识的 sysctl 设置会被采用。',
  },
  code: { en: 'Python code: recognised and not run.', 'zh-CN': 'Python 代码：已识别但不执行。' },
  foreign: {
    en: 'Not TCP: recognised and left out.',
    'zh-CN': '不是 TCP：已识别并略过。',
  },
  unclosed: { en: 'This block is never closed.', 'zh-CN': '这个块没有闭合。' },
  tail: {
    en: 'Nothing more is expected on this line; the next line begins with its time.',
    'zh-CN': '这一行到此应已结束，下一行以时间开头。',
  },
} as const satisfies Record<string, Bilingual>;

const NOW: Timing = { kind: 'relative', from: ms(0) };
const TIME = String.raw`(?:\d+(?:\.(?!\.)\d*)?|\.\d+)`;

/** Reads a script. What is not understood is one issue each, and the rest is kept. */
export function parseScript(text: string): {
  readonly script: Script;
  readonly issues: readonly ScriptIssue[];
} {
  const s = new Scanner(text);
  const issues: ScriptIssue[] = [];
  const settings = new Map<string, string>();
  const sysctls = new Map<string, string>();
  const lines: ScriptLine[] = [];
  const reader: Reader = { s, issues, sysctls };
  for (;;) {
    takeRemarkedDeeds(s, lines);
    s.skipBlanks();
    if (s.atEnd) break;
    const begin = s.at;
    try {
      const setting = s.take(/--([\w-]+)(?:[= ]([^\s]*))?/y);
      if (setting === undefined) lines.push(lineAt(reader, begin));
      else settings.set(setting[1] ?? '', setting[2] ?? '');
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      issues.push(error.issue);
      skipLine(s, begin);
    }
  }
  const remarks = [...text.matchAll(/\/\/\s*handshake:\s*([^\n+*\d][^\n]*)/g)].map(
    ([, said]) => said?.trim() ?? '',
  );
  return { script: { settings, sysctls, remarks, lines }, issues };
}

interface Reader {
  readonly s: Scanner;
  readonly issues: ScriptIssue[];
  readonly sysctls: Map<string, string>;
}

/** Deeds stand in comments, which packetdrill passes over: they are taken before the blanks are. */
function takeRemarkedDeeds(s: Scanner, lines: ScriptLine[]): void {
  const before = s.at;
  s.skipBlanks();
  const passed = s.text.slice(before, s.at);
  for (const found of passed.matchAll(/\/\/\s*handshake:\s*\+([\d.]+)\s+([a-z][a-z-]*)/g)) {
    const start = before + found.index;
    lines.push({
      kind: 'deed',
      name: found[2] ?? '',
      timing: { kind: 'relative', from: milliseconds(found[1] ?? '0') },
      span: s.span(start, start + found[0].length),
    });
  }
}

function lineAt(reader: Reader, begin: number): ScriptLine {
  const { s } = reader;
  const bare = s.take(/(?=`|%\{)/y) !== undefined;
  const { timing, until } = bare ? { timing: NOW, until: undefined } : timingAt(s);
  const direction = s.take(/<|>/y)?.[0];
  const span = () => s.span(begin, s.at);
  if (direction !== undefined) {
    const foreign = skipIpPrefix(s);
    if (foreign) {
      reader.issues.push({ severity: 'note', span: span(), message: SAYS.foreign });
      return { kind: 'skipped', timing, span: span() };
    }
    const packet = parsePacket(s);
    endOfLine(s);
    return { kind: 'packet', direction: direction === '<' ? 'in' : 'out', packet, timing, span: span() };
  }
  const block = blockAt(reader);
  if (block !== undefined) {
    reader.issues.push({ severity: 'note', span: span(), message: block });
    return { kind: 'skipped', timing, span: span() };
  }
  const call = parseCall(s);
  s.take(/;/y);
  endOfLine(s);
  return { kind: 'call', ...call, until, timing, span: span() };
}

/** What may stand between direction and flags: ECN, flow label, addresses. True when the packet is not TCP. */
function skipIpPrefix(s: Scanner): boolean {
  s.take(/\[[^\]\n]*\]/y);
  s.take(/\((?:[^()\n]|\([^()\n]*\))*\)/y);
  s.take(/(?:ipv4|ipv6|gre|mpls)\b[^\n]*:(?=\s)/y);
  s.take(/[\d.]+:\d+\s*>\s*[\d.]+:\d+/y);
  if (s.take(/(?:icmp|udp|udplite|sctp)\b[^\n]*/y) === undefined) return false;
  return true;
}

/** A shell line or a piece of code, passed over. */
function blockAt({ s, sysctls }: Reader): Bilingual | undefined {
  s.skipBlanks();
  const begin = s.at;
  if (s.take(/`/y) !== undefined) {
    const shell = s.take(/[^`]*`/y) ?? s.fail(SAYS.unclosed, begin);
    const assigned = shell[0].matchAll(
      /(?:net\.ipv4\.|net\/ipv4\/)?(tcp_\w+)\s*=\s*"?([\w .-]+?)"?(?=[\s;`&]|$)/g,
    );
    for (const [, name, value] of assigned) if (name && value) sysctls.set(name, value);
    return SAYS.shell;
  }
  if (s.take(/%\{/y) === undefined) return undefined;
  const rest = s.text.indexOf('}%', s.at);
  if (rest < 0) s.fail(SAYS.unclosed, begin);
  s.at = rest + 2;
  return SAYS.code;
}

function milliseconds(text: string): Ms {
  return ms(Math.round(Number(text) * 1e6) / 1e3);
}

function timingAt(s: Scanner): { readonly timing: Timing; readonly until: Ms | undefined } {
  if (s.take(/\*/y) !== undefined) return { timing: { kind: 'any' }, until: undefined };
  const first = s.need(new RegExp(`(\\+?)\\s*(${TIME})(?![\\w(])`, 'y'), SAYS.time);
  const kind = first[1] === '+' ? 'relative' : 'absolute';
  const from = milliseconds(first[2] ?? '0');
  const joint = s.take(/~|\.\.\./y)?.[0];
  if (joint === undefined) return { timing: { kind, from }, until: undefined };
  const second = s.need(new RegExp(`\\+?\\s*(${TIME})`, 'y'), SAYS.range);
  const to = milliseconds(second[1] ?? '0');
  return joint === '~'
    ? { timing: { kind, from, to }, until: undefined }
    : { timing: { kind, from }, until: to };
}

/** Anything left on the line was not understood. */
function endOfLine(s: Scanner): void {
  const blanks = /[^\S\n]*(?:\/\*(?:(?!\*\/)[^\n])*\*\/[^\S\n]*)*(?=\n|$|\/\/|\/\*|#)/y;
  blanks.lastIndex = s.at;
  if (!blanks.test(s.text)) s.fail(SAYS.tail);
}

/** Goes on behind a line that was not understood. */
function skipLine(s: Scanner, begin: number): void {
  const end = s.text.indexOf('\n', Math.max(begin, s.at));
  s.at = end < 0 ? s.text.length : end + 1;
}
