import type { Bilingual } from '../../core/text.ts';
import type { BilingualHtml, Html } from '../engine/html.ts';
import type { TextShape } from './schema.ts';

/** A text in both languages; one given alone stands for the other. */
export function bilingual(text: TextShape): Bilingual {
  if (typeof text === 'string') return { en: text, 'zh-CN': text };
  const en = text.en ?? text['zh-CN'] ?? '';
  return { en, 'zh-CN': text['zh-CN'] ?? en };
}

export function rendered(text: TextShape, markdown: (source: string) => Html): BilingualHtml {
  const both = bilingual(text);
  return { en: markdown(both.en), 'zh-CN': markdown(both['zh-CN']) };
}
