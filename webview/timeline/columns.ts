/** Where things stand from left to right, in pixels. */
export interface Columns {
  /** Side by side with a time column, or tight with the time among the labels. */
  readonly mode: 'roomy' | 'tight';
  /** Right edge of the time column; undefined when tight. */
  readonly timeRight: number | undefined;
  readonly xA: number;
  readonly xB: number;
  /** Labels of A end here and are at most `sideWidthA` wide. */
  readonly sideA: number;
  readonly sideWidthA: number;
  /** Labels of B begin here. */
  readonly sideB: number;
  readonly sideWidthB: number;
}

/** Size of all text, in pixels; measures are given for it. */
export const TEXT = 12;
/** Its size where there is little room. */
export const TIGHT_TEXT = 11;

const EDGE = 8;
/** From the middle of a lifeline to its labels. */
const SIDE_GAP = 16;
/** Below this the arrows get no room for their labels. */
const MIN_CHANNEL = 270;
const MAX_CHANNEL = 520;
const MIN_SIDE = 92;
const MAX_SIDE = 210;
/** "SYN-RECEIVED" must fit even when tight. */
const TIGHT_CHANNEL = 132;

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));

/**
 * Shares the width among time, labels of A, arrows and labels of B.
 *
 * @param width - of the picture, in pixels
 * @param time - of the widest time, in pixels
 * @param needA - of the widest label of A before breaking, in pixels
 * @param state - of the widest state name, in pixels: a column is never narrower
 */
export function columnsFor(
  width: number,
  time: number,
  needA: number,
  needB: number,
  state: number,
): Columns {
  const timeColumn = Math.ceil(time) + 14;
  const forSides = width - 2 * EDGE - timeColumn - 4 * SIDE_GAP - MIN_CHANNEL;
  const least = Math.max(MIN_SIDE, Math.ceil(state));
  if (forSides < 2 * least) return tightColumns(width, Math.ceil((state * TIGHT_TEXT) / TEXT));
  const wantA = clamp(Math.ceil(needA), least, MAX_SIDE);
  const wantB = clamp(Math.ceil(needB), least, MAX_SIDE);
  const spare = Math.max(0, forSides - 2 * least);
  const over = wantA + wantB - 2 * least;
  const share = over <= spare || over === 0 ? 1 : spare / over;
  const sideWidthA = Math.floor(least + (wantA - least) * share);
  const sideWidthB = Math.floor(least + (wantB - least) * share);
  const channel = Math.min(
    MAX_CHANNEL,
    width - 2 * EDGE - timeColumn - sideWidthA - sideWidthB - 2 * SIDE_GAP,
  );
  const used = timeColumn + sideWidthA + SIDE_GAP + channel + SIDE_GAP + sideWidthB;
  const left = Math.max(EDGE, Math.floor((width - used) / 2));
  const sideA = left + timeColumn + sideWidthA;
  const xA = sideA + SIDE_GAP;
  const xB = xA + channel;
  return {
    mode: 'roomy',
    timeRight: left + timeColumn - 14,
    xA,
    xB,
    sideA,
    sideWidthA,
    sideB: xB + SIDE_GAP,
    sideWidthB,
  };
}

function tightColumns(width: number, state: number): Columns {
  const edge = 4;
  const gap = 11;
  const side = clamp(
    Math.floor((width - 2 * edge - 2 * gap - TIGHT_CHANNEL) / 2),
    Math.min(state, 70),
    Math.max(state, 98),
  );
  const sideA = edge + side;
  const xA = sideA + gap;
  const xB = Math.max(xA + 80, width - edge - side - gap);
  return {
    mode: 'tight',
    timeRight: undefined,
    xA,
    xB,
    sideA,
    sideWidthA: side,
    sideB: xB + gap,
    sideWidthB: side,
  };
}
