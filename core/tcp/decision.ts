import type { Bilingual } from '../text.ts';

/** Why a step went as it did where no arrow of the state diagram says it. */
export interface Decision {
  /** The number of the RFC. */
  readonly rfc: number;
  readonly section: string;
  readonly says: Bilingual;
}

/** A decision with its source and what it says in both languages. */
export const rule = (rfc: number, section: string, en: string, zh: string): Decision => ({
  rfc,
  section,
  says: { en, 'zh-CN': zh },
});
