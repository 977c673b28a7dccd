import { type Box, boxesOverlap, lineMeetsBox } from '../../webview/timeline/geometry.ts';
import { type Layout, sideBoxes } from '../../webview/timeline/layout.ts';
import type { Measure } from '../../webview/timeline/measure.ts';

/** Every text on the picture with its room. */
export function textsOf(
  layout: Layout,
  measure: Measure,
): readonly { readonly what: string; readonly box: Box }[] {
  const arrows = [...layout.arrows, ...(layout.asked ? [layout.asked] : [])];
  return [
    ...layout.times.map(({ text, box }) => ({ what: `time ${text}`, box })),
    ...layout.breaks.map(({ text, box }) => ({ what: `break ${text}`, box })),
    ...layout.sides.flatMap((block) =>
      sideBoxes(block, layout, measure).map((box, at) => ({
        what: `${block.host} ${block.lines[at]?.text}`,
        box,
      })),
    ),
    ...arrows.flatMap(({ id, label, lost }) => [
      ...(label ? [{ what: `label ${id}`, box: label.box }] : []),
      ...(lost ? [{ what: `lost ${id}`, box: lost.box }] : []),
    ]),
    ...(layout.more?.lines ?? []).map(({ text, box }) => ({ what: text, box })),
  ];
}

/** Texts that share room. */
export function overlaps(layout: Layout, measure: Measure): readonly string[] {
  const all = textsOf(layout, measure);
  return all.flatMap((one, index) =>
    all
      .slice(index + 1)
      .flatMap((other) => (boxesOverlap(one.box, other.box) ? [`${one.what} / ${other.what}`] : [])),
  );
}

/** Labels that a line runs through. */
export function struckLabels(layout: Layout): readonly string[] {
  return layout.arrows.flatMap(({ id, label }) =>
    label === undefined
      ? []
      : layout.arrows.flatMap((other) =>
          lineMeetsBox(other.line, label.box, 0) ? [`label ${id} / arrow ${other.id}`] : [],
        ),
  );
}
