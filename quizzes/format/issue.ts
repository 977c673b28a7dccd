import type { Bilingual } from '../../core/text.ts';
import type { IssueCode } from './messages.ts';

/** A place in a file. */
export interface Place {
  /** UTF-16 units from the start of the file. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** Something the author of a pack should know. */
export interface PackIssue {
  readonly code: IssueCode;
  /** An error takes its question, scenario or pack out of the lesson; a warning does not. */
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** JSON pointer, for example "/questions/3/when". */
  readonly at: string;
  readonly start: Place;
  /** Just after the last character. */
  readonly end: Place;
  /** One sentence that names the remedy. */
  readonly message: Bilingual;
}
