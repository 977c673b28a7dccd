import type { Laws } from '../../core/tcp/laws.ts';
import type { Profile } from '../../core/tcp/profiles.ts';
import type { PracticeSource, RfcSource } from '../../core/tcp/rule.ts';
import type { Bilingual } from '../../core/text.ts';

/** A wrong rule that learners hold: the core with it changed gives the answer they would give. */
export interface WrongRule {
  readonly name: Bilingual;
  /** What is believed, and why it is wrong, in two or three sentences. */
  readonly text: Bilingual;
  readonly source: RfcSource | PracticeSource;
  /** What it changes in the laws of the core. */
  readonly laws: Partial<Laws>;
  /** What else it changes in a profile: what holds for another system or held once. */
  readonly settings?: (sound: Profile) => Partial<Profile>;
  /** It leads a run astray: only a segment tells of it then, no state, nor who sends next. */
  readonly derails?: true;
}
