// Where the numbers of a conversation stand in its row: of each side, then of the whole.

/** Rows of many conversations, one after the other. */
export type Numbers = Float64Array<ArrayBuffer>;

/** The number at a place that is known to be there. */
export function numberAt(numbers: Numbers, place: number): number {
  return numbers[place] ?? 0;
}

/** Numbers of one side, by place. */
export const SIDE = {
  segments: 0,
  /** Octets of payload so far, and the number behind the last that was counted. */
  octets: 1,
  counted: 2,
  /** The number its next segment should have, once anything was sent, and when that was last moved. */
  next: 3,
  nextAt: 4,
  /** The highest number that may be acknowledged: without gaps before it. */
  whole: 5,
  lastAck: 6,
  lastAckAt: 7,
  window: 8,
  /** Shift of its window; -1 unknown, -2 not used. */
  scale: 9,
  duplicates: 10,
  /** What was odd about its last segment. */
  last: 11,
  /** Place in the list of states, and of roles. */
  state: 12,
  role: 13,
  iss: 14,
  finEnd: 15,
  bits: 16,
} as const;
export const SIDE_SIZE = 17;

/** Yes or no, by bit of `bits`. */
export const BIT = {
  counting: 1,
  syn: 2,
  synAck: 4,
  fin: 8,
  reset: 16,
  sent: 32,
  acked: 64,
  /** Its SYN was the last that was seen of it: the next window is not yet scaled. */
  synOnly: 128,
  synSent: 256,
  finSent: 512,
  met: 1024,
} as const;

/** Numbers of the whole, behind both sides. */
export const WHOLE = {
  flow: 2 * SIDE_SIZE,
  turn: 2 * SIDE_SIZE + 1,
  firstFrame: 2 * SIDE_SIZE + 2,
  startedAt: 2 * SIDE_SIZE + 3,
  lastAt: 2 * SIDE_SIZE + 4,
  synFrom: 2 * SIDE_SIZE + 5,
  synAckFrom: 2 * SIDE_SIZE + 6,
  finFrom: 2 * SIDE_SIZE + 7,
  resetFrom: 2 * SIDE_SIZE + 8,
  firstFrom: 2 * SIDE_SIZE + 9,
  data: 2 * SIDE_SIZE + 10,
  synAt: 2 * SIDE_SIZE + 11,
  roundTrip: 2 * SIDE_SIZE + 12,
  firstAnomaly: 2 * SIDE_SIZE + 13,
  firstAnomalyFrame: 2 * SIDE_SIZE + 14,
  counts: 2 * SIDE_SIZE + 15,
} as const;
