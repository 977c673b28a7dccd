import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** So far the pointer moves before a press becomes a drag, in pixels. */
const THRESHOLD = 5;

/** Lets a mouse drag what is inside a scroll container; a press that does not move stays a click. */
export function useDrag(container: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = container.current;
    if (element === null) return undefined;
    let start: { x: number; y: number; left: number; top: number; id: number } | undefined;
    let dragging = false;
    const onDown = (event: PointerEvent) => {
      if (event.button !== 0 || event.pointerType !== 'mouse' || event.offsetX > element.clientWidth) return;
      const { clientX: x, clientY: y, pointerId: id } = event;
      start = { x, y, id, left: element.scrollLeft, top: element.scrollTop };
    };
    const onMove = (event: PointerEvent) => {
      if (start === undefined) return;
      const dx = event.clientX - start.x;
      const dy = event.clientY - start.y;
      if (!dragging && Math.hypot(dx, dy) < THRESHOLD) return;
      if (!dragging) element.setPointerCapture(start.id);
      dragging = true;
      element.classList.add('dragging');
      element.scrollTo(start.left - dx, start.top - dy);
    };
    const onUp = () => {
      start = undefined;
      element.classList.remove('dragging');
    };
    const onClick = (event: MouseEvent) => {
      if (dragging) event.stopPropagation();
      dragging = false;
    };
    element.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onUp);
    element.addEventListener('pointercancel', onUp);
    element.addEventListener('click', onClick, true);
    return () => {
      element.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onUp);
      element.removeEventListener('pointercancel', onUp);
      element.removeEventListener('click', onClick, true);
    };
  }, [container]);
}
