/** Where real time and chance enter. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Days since the epoch where the learner is: now, or when `at` was. */
  today(at?: number): number;
  /** An integer of 32 bits that nobody can foresee. */
  seed(): number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  today: (at = Date.now()) => Math.floor((at - new Date(at).getTimezoneOffset() * MINUTE) / DAY),
  seed: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
};
