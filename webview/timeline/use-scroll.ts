import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { saved, update } from '../store.ts';
import type { Span } from './geometry.ts';

interface Options {
  readonly element: RefObject<HTMLElement | null>;
  readonly key: string;
  readonly zoom: number;
  /** Height of the picture at life size, in pixels; undefined until it is laid out. */
  readonly height: number | undefined;
  /** Height of the window it scrolls in, in pixels on screen. */
  readonly room: number | undefined;
  /** Height of the step at the cursor, at life size. */
  readonly cursorY: number;
  /** The cursor follows the last step. */
  readonly follows: boolean;
  /** Where a timeline that was never seen begins. */
  readonly begin: 'start' | 'end';
  /** Of the names that stay at the top, in pixels on screen. */
  readonly head: number;
}

const SETTLED = 200;
const MARGIN = 56;

function isCalm(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/**
 * Keeps the place in a scrolling picture: across new snapshots of the same timeline, zooming, hiding and reloading.
 *
 * @returns the part of the picture that is on screen, at life size
 */
export function useScroll({
  element,
  key,
  zoom,
  height,
  room,
  cursorY,
  follows,
  begin,
  head,
}: Options): Span {
  const [seen, setSeen] = useState<Span>({ top: 0, bottom: 2000 });
  const last = useRef({ key: '', zoom, height: 0, room: 0, cursorY: -1 });
  const pointer = useRef<{ x: number; y: number } | undefined>(undefined);

  useLayoutEffect(() => {
    const target = element.current;
    if (target === null || height === undefined) return;
    const before = last.current;
    last.current = { key, zoom, height, room: room ?? before.room, cursorY };
    /** The step at the cursor was to be seen, and may be below the edge now. */
    const shrank = () => {
      const y = cursorY * zoom - target.scrollTop;
      return room !== undefined && room < before.room && y >= 0 && y <= before.room - head;
    };
    const reveal = (behavior: ScrollBehavior) => {
      const y = cursorY * zoom;
      const free = target.clientHeight - head;
      const low = follows ? height * zoom - free : y + MARGIN - free;
      const high = follows ? low : y - MARGIN;
      if (follows || target.scrollTop < low || target.scrollTop > high) {
        target.scrollTo({ top: target.scrollTop < low ? low : Math.min(target.scrollTop, high), behavior });
      }
    };
    if (before.key !== key) {
      const kept = saved.peek().views[key];
      if (kept && (kept.top > 0 || kept.left > 0 || !follows)) target.scrollTo(kept.left, kept.top);
      else if (begin === 'start') target.scrollTo(0, 0);
      else reveal('instant');
    } else if (before.zoom !== zoom) {
      const at = pointer.current ?? { x: target.clientWidth / 2, y: (target.clientHeight + head) / 2 };
      const ratio = zoom / before.zoom;
      target.scrollTo(
        (target.scrollLeft + at.x) * ratio - at.x,
        (target.scrollTop + at.y - head) * ratio - at.y + head,
      );
    } else if (before.height !== height || before.cursorY !== cursorY)
      reveal(isCalm() ? 'instant' : 'smooth');
    else if (shrank()) reveal('instant');
  }, [element, key, zoom, height, room, cursorY, follows, begin, head]);

  useEffect(() => {
    const target = element.current;
    if (target === null) return undefined;
    let frame = 0;
    let settled: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      frame = 0;
      const top = (target.scrollTop - head) / zoom;
      setSeen({ top: top - 200, bottom: top + target.clientHeight / zoom + 200 });
    };
    const onScroll = () => {
      frame ||= requestAnimationFrame(read);
      clearTimeout(settled);
      settled = setTimeout(() => {
        update({ kind: 'view', key, view: { left: target.scrollLeft, top: target.scrollTop } });
      }, SETTLED);
    };
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const { left, top } = target.getBoundingClientRect();
      pointer.current = { x: event.clientX - left, y: event.clientY - top };
      update({ kind: 'zoom', zoom: saved.peek().zoom * Math.exp(-event.deltaY / 400) });
      setTimeout(() => {
        pointer.current = undefined;
      });
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(target);
    target.addEventListener('scroll', onScroll, { passive: true });
    target.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(settled);
      observer.disconnect();
      target.removeEventListener('scroll', onScroll);
      target.removeEventListener('wheel', onWheel);
    };
  }, [element, key, zoom, head]);

  return seen;
}
