/** One text in the languages we ship, side by side. */
export interface Bilingual {
  readonly en: string;
  readonly 'zh-CN': string;
}

/** The languages of the product, as BCP 47 tags. */
export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];
