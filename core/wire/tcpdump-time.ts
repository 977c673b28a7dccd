// The five ways in which tcpdump prints time: none, time of day, seconds since 1970, since the line before, with date.

import { type Ms, ms } from '../tcp/time.ts';

export interface Moment {
  /** `clock` may be the time of day or, with -ttt, the time since the line before. */
  readonly kind: 'clock' | 'epoch' | 'date';
  /** Milliseconds since midnight, or since the epoch. */
  readonly value: number;
}

const CLOCK = String.raw`(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)`;

/** Reads the time in what stands before a packet; undefined when there is none. */
export function clockOf(prefix: string): Moment | undefined {
  const clock = new RegExp(`(?:(\\d{4})-(\\d{2})-(\\d{2}) )?${CLOCK}`).exec(prefix);
  if (clock !== null) {
    const [, year, month, day, hours, minutes, secs] = clock.map(Number);
    const time = ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (secs ?? 0)) * 1000;
    if (clock[1] === undefined) return { kind: 'clock', value: time };
    return { kind: 'date', value: daysSince1970(year ?? 1970, month ?? 1, day ?? 1) * 86_400_000 + time };
  }
  const epoch = /(?:^|\s)(\d{1,11}\.\d{3,9})\s/.exec(prefix)?.[1];
  return epoch === undefined ? undefined : { kind: 'epoch', value: Number(epoch) * 1000 };
}

/** By the rule of the Gregorian calendar; March is the first month, so that a leap day is the last of its year. */
function daysSince1970(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1;
  const days = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return years * 365 + leaps + days - 719_468;
}

/** Milliseconds since the first line. Without times, a line a millisecond. */
export function momentsToMs(moments: readonly (Moment | undefined)[]): readonly Ms[] {
  const values = moments.map((moment) => moment?.value);
  if (values.every((value) => value === undefined)) return moments.map((_, place) => ms(place));
  const differences = areDifferences(moments);
  let [now, before] = [0, values.find((value) => value !== undefined) ?? 0];
  return values.map((value, place) => {
    if (value !== undefined) {
      if (differences) now += place === 0 ? 0 : value;
      else if (value < before && moments[place]?.kind === 'clock') now += value + 86_400_000 - before;
      else now += value - before;
      before = value;
    }
    return ms(Math.round(now * 1e6) / 1e6);
  });
}

/** -ttt begins at zero and runs back and forth; a time of day only passes midnight. */
function areDifferences(moments: readonly (Moment | undefined)[]): boolean {
  if (moments.some((moment) => moment !== undefined && moment.kind !== 'clock')) return false;
  const values = moments.flatMap((moment) => moment?.value ?? []);
  return values[0] === 0 && values.some((value, place) => place > 0 && value < (values[place - 1] ?? 0));
}
