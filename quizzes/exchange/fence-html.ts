// A `tcp` block of a Markdown document as HTML: the picture, its text, or what is wrong with the block.

import type { Language } from '../../core/text.ts';
import { projectAll } from '../engine/project.ts';
import { play } from '../engine/run.ts';
import { readFenced } from '../format/fenced-scenario.ts';
import { markup } from './markup.ts';
import { timelineSvg, twinOf } from './timeline-svg.ts';

const WORDS = {
  en: {
    text: 'As text',
    problem: (line: number, message: string) => `Line ${line}: ${message}`,
    empty: 'This block holds no scenario. Write the lines of a script, such as "- B: listen".',
  },
  'zh-CN': {
    text: '文本形式',
    problem: (line: number, message: string) => `第 ${line} 行：${message}`,
    empty: '这个代码块里没有场景。请写出脚本的各行，例如“- B: listen”。',
  },
} as const;

/** One seed for all: a document shows the same numbers whenever it is opened. */
const SEED = 1;

/** The HTML of one block. Never throws. */
export function fenceHtml(block: string, language: Language): string {
  const words = WORDS[language];
  const { plan, issues } = readFenced(block);
  const errors = issues.filter(({ severity }) => severity === 'error');
  if (plan === undefined || errors.length > 0) {
    const items = errors.map(({ start, message }) => words.problem(start.line, message[language]));
    const told = items.length === 0 ? [words.empty] : items;
    const list = told.map((one) => markup`<li>${one}</li>`);
    return markup`<div class="handshake-problems" role="alert"><ul>${list}</ul><pre><code>${block}</code></pre></div>\n`
      .markup;
  }
  const view = projectAll(play(plan, SEED).timeline, 'note', language);
  const text = twinOf(view, language);
  return markup`<figure class="handshake-figure">${timelineSvg(view, language)}<details><summary>${words.text}</summary><pre>${text}</pre></details></figure>\n`
    .markup;
}
