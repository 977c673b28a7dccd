import type { Bilingual } from '../text.ts';

/** A place in an RFC. */
export interface RfcSource {
  /** The number of the RFC. */
  readonly rfc: number;
  /** A heading of it: `3.10.7.4`, or `A.2` in an appendix. */
  readonly section: string;
  /** A numbered item within that section: `5.5`. */
  readonly item?: string;
}

/** What stacks do where no RFC says it: the setting or the function that does it. */
export interface PracticeSource {
  readonly practice: `Linux ${string}`;
}

/** Why a step went as it did, with the place that says so. */
export interface Rule {
  readonly source: RfcSource | PracticeSource;
  readonly says: Bilingual;
}

/** A rule of an RFC and what it says in both languages. */
export function rule(rfc: number, section: string, en: string, zh: string, item?: string): Rule {
  return { source: { rfc, section, ...(item === undefined ? {} : { item }) }, says: { en, 'zh-CN': zh } };
}

/** A rule of a stack and what it says in both languages. */
export function practice(where: PracticeSource['practice'], en: string, zh: string): Rule {
  return { source: { practice: where }, says: { en, 'zh-CN': zh } };
}
