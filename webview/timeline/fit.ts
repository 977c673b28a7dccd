import { update } from '../store.ts';

/** Of the names above the picture, in pixels. */
const HEAD = 46;

/** Zooms out until the picture in `pane` fits its window. */
export function fitPicture(pane: HTMLElement | null): void {
  const svg = pane?.querySelector<SVGSVGElement>('svg.picture');
  const room = pane?.querySelector('.scroller')?.clientHeight;
  if (svg && room) {
    update({ kind: 'zoom', zoom: Math.min(1, ((room - HEAD) / svg.viewBox.baseVal.height) * 0.98) });
  }
}
