import { micromark } from 'micromark';
import type { Html } from './engine/html.ts';

/** Pictures, references and raw HTML stay text: nothing in a pack can fetch anything or bring its own markup. */
const NO_MARKUP = {
  disable: { null: ['labelStartImage', 'definition', 'htmlFlow', 'htmlText'] },
};

/** An address of the web, as micromark writes it: whatever could end the attribute is an entity. */
const WEB_ADDRESS = /^https?:\/\/[^\s"'<>/?#][^\s"'<>]*$/i;

/**
 * Markdown as HTML without attributes: paragraphs, lists, emphasis, code, headings, quotes; and links, whose only
 * attribute is an address that begins with https:// or http://.
 */
export function blockMarkdown(source: string): Html {
  return micromark(source, { extensions: [NO_MARKUP] })
    .replace(/<a href="([^"]*)"[^<>]*>([\s\S]*?)<\/a>/g, (_, href: string, inner: string) =>
      WEB_ADDRESS.test(href) ? `<a href="${href}">${inner}</a>` : inner,
    )
    .replace(/<(?!a href=")([a-z0-9]+) [^<>]*?(\/?)>/g, '<$1$2>') as Html;
}

/** The same for a sentence: no paragraph around a single one. */
export function inlineMarkdown(source: string): Html {
  const html = blockMarkdown(source);
  const only = /^<p>((?:(?!<\/?p>)[\s\S])*)<\/p>\s*$/.exec(html)?.[1];
  return (only ?? html) as Html;
}
