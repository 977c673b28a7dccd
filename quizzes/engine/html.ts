import type { Bilingual } from '../../core/text.ts';

declare const made: unique symbol;

/** HTML without scripts, attributes of the author's or images; links lead to the web. Made by this project only. */
export type Html = string & { readonly [made]: 'html' };

export interface BilingualHtml {
  readonly en: Html;
  readonly 'zh-CN': Html;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Plain text as HTML. */
function escapeHtml(text: string): Html {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign) as Html;
}

/** Plain text as HTML, with `…` between backquotes as code. */
export function codeHtml(text: string): Html {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>') as Html;
}

/** {@link codeHtml} in both languages. */
export function bilingualHtml(text: Bilingual): BilingualHtml {
  return { en: codeHtml(text.en), 'zh-CN': codeHtml(text['zh-CN']) };
}
