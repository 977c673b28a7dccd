// `connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)`

import type { Scanner } from './scanner.ts';
import type { CallLine } from './script.ts';

const SAYS = {
  open: {
    en: 'A packet (<, >), a system call such as write(4, ..., 1000) = 1000, a `shell` line or %{ code }% is expected here.',
    'zh-CN':
      '此处应为报文段（< 或 >）、write(4, ..., 1000) = 1000 之类的系统调用、`shell` 命令或 %{ 代码 }%。',
  },
  unclosed: { en: 'The brackets of this call are never closed.', 'zh-CN': '这个调用的括号没有闭合。' },
  result: {
    en: 'A call is followed by "= result": a number or "?", and the name of the error if it fails.',
    'zh-CN': '调用后面应为“= 结果”：数字或“?”，失败时再写错误名。',
  },
} as const;

/** A system call with its arguments and what it returns. */
export function parseCall(s: Scanner): Pick<CallLine, 'name' | 'args' | 'result' | 'errno'> {
  const name = s.need(/([A-Za-z_]\w*)\s*\(/y, SAYS.open)[1] ?? '';
  const args = argumentsAt(s);
  s.need(/=/y, SAYS.result);
  const written = s.need(/-?(?:0x[0-9a-fA-F]+|\d+)|\?/y, SAYS.result)[0];
  const errno = s.take(/E[A-Z0-9]+\b/y)?.[0];
  s.take(/\[[^\]\n]*\]/y);
  s.take(/\([^)\n]*\)/y);
  return { name, args, result: written === '?' ? undefined : Number(written), errno };
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Up to the closing bracket; commas within brackets and texts do not separate. */
function argumentsAt(s: Scanner): readonly string[] {
  const begin = s.at;
  const waiting = [')'];
  const args: string[] = [];
  let start = s.at;
  const piece = /"(?:[^"\\\n]|\\.)*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*|[\s\S]/y;
  const keep = (end: number) => {
    const text = s.text.slice(start, end).trim();
    if (text !== '' || args.length > 0) args.push(text);
  };
  while (!s.atEnd) {
    piece.lastIndex = s.at;
    const sign = piece.exec(s.text)?.[0] ?? '';
    const here = s.at;
    s.at = piece.lastIndex;
    if (sign === waiting.at(-1)) {
      waiting.pop();
      if (waiting.length > 0) continue;
      keep(here);
      return args;
    }
    const closing = CLOSING[sign];
    if (closing !== undefined) waiting.push(closing);
    if (sign === ',' && waiting.length === 1) {
      keep(here);
      start = s.at;
    }
  }
  return s.fail(SAYS.unclosed, begin - 1);
}
