// What an author is told of a slip in YAML: the library names the parts of its grammar, and one slip several times.

import type { ErrorCode, YAMLError } from 'yaml';
import type { Bilingual } from '../../core/text.ts';
import type { MessageDetails } from './messages.ts';

/** One mistake of an author. */
export interface YamlSlip {
  /** Offsets into the text. */
  readonly span: { readonly from: number; readonly to: number };
  readonly details: MessageDetails;
}

const INDENT: Bilingual = {
  en: 'this line or the next is indented wrongly; the keys of one thing begin in the same column.',
  'zh-CN': '此行或下一行缩进有误；同一项的各个键要从同一列开始。',
};

const COLON: Bilingual = {
  en: 'a second colon on one line; put quotes around a text that has a colon in it.',
  'zh-CN': '一行中有第二个冒号；文字里有冒号时请加上引号。',
};

const MISSING: Bilingual = {
  en: 'a colon, a quote or a bracket is missing here.',
  'zh-CN': '此处缺少冒号、引号或括号。',
};

const SAYS: Partial<Record<ErrorCode, Bilingual>> = {
  BAD_INDENT: INDENT,
  BLOCK_AS_IMPLICIT_KEY: INDENT,
  MISSING_CHAR: MISSING,
  MULTILINE_IMPLICIT_KEY: MISSING,
};

/** The slips behind the errors of the YAML library, in its order: one for each line. */
export function yamlSlips(text: string, errors: readonly YAMLError[]): YamlSlip[] {
  const told = new Set<number>();
  return errors.flatMap(({ code, pos, message }) => {
    const begin = text.lastIndexOf('\n', pos[0] - 1) + 1;
    if (told.has(begin)) return [];
    told.add(begin);
    const line = text.slice(begin).split('\n', 1)[0] ?? '';
    const says = code === 'BLOCK_AS_IMPLICIT_KEY' && /:\s.*:(?:\s|$)/.test(line) ? COLON : SAYS[code];
    return [{ span: { from: pos[0], to: Math.max(...pos) }, details: { found: says ?? message } }];
  });
}
