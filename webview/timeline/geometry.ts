/** A straight stroke on the picture, in pixels. */
export interface Line {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** The room a text takes: a rectangle turned about its centre. Pixels and radians. */
export interface Box {
  readonly cx: number;
  readonly cy: number;
  readonly w: number;
  readonly h: number;
  readonly angle: number;
}

/** A vertical span on the picture. */
export interface Span {
  readonly top: number;
  readonly bottom: number;
}

/** A text with its room. */
export interface PlacedText {
  readonly text: string;
  readonly box: Box;
}

/** The box of a text that is not turned. */
export function uprightBox(left: number, cy: number, w: number, h: number): Box {
  return { cx: left + w / 2, cy, w, h, angle: 0 };
}

/** From the highest to the lowest pixel of a box. */
export function spanOfBox({ cy, w, h, angle }: Box): Span {
  const half = (Math.abs(Math.sin(angle)) * w + Math.abs(Math.cos(angle)) * h) / 2;
  return { top: cy - half, bottom: cy + half };
}

/** From the highest to the lowest pixel of a line. */
export function spanOfLine({ y1, y2 }: Line): Span {
  return { top: Math.min(y1, y2), bottom: Math.max(y1, y2) };
}

/** Whether they share a point. */
export function spansMeet(a: Span, b: Span): boolean {
  return a.top < b.bottom && b.top < a.bottom;
}

/** Half the length of a box's shadow on a direction. */
function reach({ w, h, angle }: Box, ux: number, uy: number): number {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return (Math.abs(ux * cos + uy * sin) * w + Math.abs(uy * cos - ux * sin) * h) / 2;
}

/** Two boxes share some area: no direction along their sides separates them. */
export function boxesOverlap(a: Box, b: Box): boolean {
  if (!spansMeet(spanOfBox(a), spanOfBox(b))) return false;
  for (const turn of [a.angle, a.angle + Math.PI / 2, b.angle, b.angle + Math.PI / 2]) {
    const ux = Math.cos(turn);
    const uy = Math.sin(turn);
    const apart = Math.abs((b.cx - a.cx) * ux + (b.cy - a.cy) * uy);
    if (apart >= reach(a, ux, uy) + reach(b, ux, uy) - 0.01) return false;
  }
  return true;
}

/** The line runs through the box grown by `margin` pixels on every side: Liang–Barsky in the box's own frame. */
export function lineMeetsBox(line: Line, box: Box, margin: number): boolean {
  const cos = Math.cos(box.angle);
  const sin = Math.sin(box.angle);
  const local = (x: number, y: number) => {
    const dx = x - box.cx;
    const dy = y - box.cy;
    return [dx * cos + dy * sin, dy * cos - dx * sin] as const;
  };
  const [x1, y1] = local(line.x1, line.y1);
  const [x2, y2] = local(line.x2, line.y2);
  let enter = 0;
  let leave = 1;
  for (const [from, delta, half] of [
    [x1, x2 - x1, box.w / 2 + margin],
    [y1, y2 - y1, box.h / 2 + margin],
  ] as const) {
    if (delta === 0) {
      if (Math.abs(from) >= half) return false;
      continue;
    }
    const near = (-half - from) / delta;
    const far = (half - from) / delta;
    enter = Math.max(enter, Math.min(near, far));
    leave = Math.min(leave, Math.max(near, far));
  }
  return enter < leave;
}
