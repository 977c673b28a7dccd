import type { Laws } from '../../core/tcp/laws.ts';
import { SOUND_LAWS } from '../../core/tcp/laws.ts';
import { MISCONCEPTIONS, type Misconception } from './misconceptions.ts';

/** The misconception of that id. */
export function findMisconception(id: string): Misconception | undefined {
  return MISCONCEPTIONS.find((known) => known.id === id);
}

/** The rules somebody believes who holds this misconception; the sound ones when it is unknown. */
export function lawsOf(id: string): Laws {
  return { ...SOUND_LAWS, ...findMisconception(id)?.laws };
}
