// Timestamps of pcapng: 64 bits, counted in units that each interface chooses.

/** How an interface counts time. */
export interface Clock {
  /** An octet of if_tsresol: units of 10^-n seconds, or of 2^-n when its upper bit is set. */
  readonly resolution: number;
  /** Nanoseconds in one unit while that is a whole number, else undefined. */
  readonly nanosecondsPerUnit: number | undefined;
  /** Seconds to add to each timestamp: if_tsoffset. */
  readonly offset: number;
}

/** A time since the epoch; filled again for every frame. */
export interface Instant {
  seconds: number;
  /** Fraction of that second. */
  nanoseconds: number;
}

/** An if_tsresol octet when the option is absent: microseconds. */
export const MICROSECONDS = 6;
const POWER_OF_TWO = 0x80;
const EXPONENT = 0x7f;
const NANO = 1_000_000_000;

/** Makes the clock of an interface from its two options. */
export function clockOf(resolution: number, offset: number): Clock {
  const nanosecondsPerUnit = NANO / (resolution & POWER_OF_TWO ? 2 : 10) ** (resolution & EXPONENT);
  return {
    resolution,
    nanosecondsPerUnit: Number.isInteger(nanosecondsPerUnit) ? nanosecondsPerUnit : undefined,
    offset,
  };
}

/** Writes the time that `high` and `low`, the halves of a timestamp, stand for into `instant`. */
export function readInstant(high: number, low: number, clock: Clock, instant: Instant): void {
  const { nanosecondsPerUnit, resolution, offset } = clock;
  if (nanosecondsPerUnit === undefined) {
    const unitsPerSecond = (resolution & POWER_OF_TWO ? 2n : 10n) ** BigInt(resolution & EXPONENT);
    const nanoseconds = (((BigInt(high) << 32n) | BigInt(low)) * BigInt(NANO)) / unitsPerSecond;
    instant.seconds = Number(nanoseconds / BigInt(NANO)) + offset;
    instant.nanoseconds = Number(nanoseconds % BigInt(NANO));
    return;
  }
  // Long division in digits of 16 bits: the whole timestamp has more bits than a number holds exactly.
  const units = NANO / nanosecondsPerUnit;
  let seconds = 0;
  let rest = 0;
  for (let digit = 0; digit < 4; digit += 1) {
    const half = digit < 2 ? high : low;
    const part = rest * 0x10000 + (digit % 2 === 0 ? half >>> 16 : half & 0xffff);
    rest = part % units;
    seconds = seconds * 0x10000 + (part - rest) / units;
  }
  instant.seconds = seconds + offset;
  instant.nanoseconds = rest * nanosecondsPerUnit;
}
