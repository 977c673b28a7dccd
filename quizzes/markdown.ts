import { micromark } from 'micromark';
import type { Html } from './engine/html.ts';

/** Pictures, links and raw HTML stay text: nothing in a pack can point outside or bring its own markup. */
const TEXT_ONLY = {
  disable: {
    null: ['labelStartImage', 'labelStartLink', 'labelEnd', 'autolink', 'definition', 'htmlFlow', 'htmlText'],
  },
};

/** Markdown as HTML without attributes: paragraphs, lists, emphasis, code, headings, quotes. */
export function blockMarkdown(source: string): Html {
  return micromark(source, { extensions: [TEXT_ONLY] }).replace(
    /<([a-z0-9]+) [^<>]*?(\/?)>/g,
    '<$1$2>',
  ) as Html;
}

/** The same for a sentence: no paragraph around a single one. */
export function inlineMarkdown(source: string): Html {
  const html = blockMarkdown(source);
  const only = /^<p>((?:(?!<\/?p>)[\s\S])*)<\/p>\s*$/.exec(html)?.[1];
  return (only ?? html) as Html;
}
