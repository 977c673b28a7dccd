import { PROFILES, type Profile, type ProfileId } from '../../core/tcp/profiles.ts';
import type { ProfileKey } from './profile-sources.ts';

/** A profile with what the pack changed in the question's own. */
export function underProfile(own: Profile, id: ProfileId): Profile {
  const base = PROFILES[own.id];
  const changed = keysThatDiffer(base, own).map((key) => [key, own[key]] as const);
  return { ...PROFILES[id], ...Object.fromEntries(changed), laws: own.laws };
}

/** The settings in which two profiles differ. */
export function keysThatDiffer(one: Profile, other: Profile): readonly ProfileKey[] {
  return (Object.keys(one) as (keyof Profile)[]).filter(
    (key): key is ProfileKey => key !== 'id' && key !== 'laws' && one[key] !== other[key],
  );
}
