import { useMemo, useRef } from 'preact/hooks';
import type { HostId } from '../../core/timeline/timeline.ts';
import type { TimelineView } from '../../quizzes/engine/timeline-view.ts';
import { preferences, saved } from '../store.ts';
import { t } from '../text.ts';
import { useSize } from '../use-size.ts';
import { layOutBeside } from './align.ts';
import { type Layout, layOut } from './layout.ts';
import type { LayoutOptions } from './layout-options.ts';
import { type Measure, shorten } from './measure.ts';
import { Picture } from './picture.tsx';
import { useDrag } from './use-drag.ts';
import { LINE_HEIGHT, useMeasure } from './use-measure.ts';
import { useScroll } from './use-scroll.ts';

interface Props {
  readonly view: TimelineView;
  readonly cursor: number;
  readonly chosen: number | undefined;
  /** A step to put a frame round, and to bring on screen first. */
  readonly framed?: number | undefined;
  /** The step to keep on screen; the framed one or the cursor unless said otherwise. */
  readonly watched?: number | undefined;
  /** Another picture's timeline beside this one: both get the same columns, and their moments the same heights. */
  readonly beside?: TimelineView | undefined;
  /** Where to begin when nothing is remembered; the end unless said otherwise. */
  readonly begin?: 'start' | 'end';
  /** Milliseconds; makes two pictures alike. */
  readonly unit?: number | undefined;
  readonly onChoose: (arrow: number) => void;
  readonly onStep: (step: number) => void;
}

const HEAD = 50;

/** Who is who, above the lifelines; stays when the picture scrolls. */
function Head({
  view,
  layout,
  zoom,
  measure,
}: {
  view: TimelineView;
  layout: Layout;
  zoom: number;
  measure: Measure;
}) {
  const { columns, width } = layout;
  const room = Math.min(columns.xB - columns.xA - 12, 2 * Math.min(columns.xA, width - columns.xB) - 8);
  const name = (host: HostId) => {
    const { name: title, address, port } = view.hosts[host];
    const x = host === 'A' ? columns.xA : columns.xB;
    const place = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
    return (
      <g class={`host-${host}`}>
        <text class="name" x={x} y="22" text-anchor="middle">
          {shorten(title, room, 'strong', measure)}
        </text>
        <text class="address" x={x} y="38" text-anchor="middle">
          {shorten(place, room, 'text', measure)}
        </text>
      </g>
    );
  };
  return (
    <svg
      class="head-row"
      width={Math.round(width * zoom)}
      height={HEAD}
      viewBox={`0 0 ${width * zoom} ${HEAD}`}
      aria-hidden="true"
    >
      <g transform={zoom === 1 ? undefined : `translate(0 4) scale(${zoom} ${Math.min(zoom, 1)})`}>
        {name('A')}
        {name('B')}
      </g>
    </svg>
  );
}

/** The picture in its window: plain scrolling, dragging, Ctrl+wheel. */
export function Scroller({
  view,
  cursor,
  chosen,
  framed,
  watched = framed,
  beside,
  begin = 'end',
  unit,
  onChoose,
  onStep,
}: Props) {
  const element = useRef<HTMLElement>(null);
  const size = useSize(element);
  const measure = useMeasure();
  const { zoom } = saved.value;
  const { numbers, language } = preferences.value;
  const width = size === undefined ? undefined : Math.floor(size.width / Math.min(zoom, 1));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words on the picture change with the language
  const layout = useMemo(() => {
    if (width === undefined || width < 200) return undefined;
    const options: LayoutOptions = {
      width,
      numbers,
      measure,
      lineHeight: LINE_HEIGHT,
      ...(unit === undefined ? {} : { unit }),
    };
    return beside === undefined ? layOut(view, options) : layOutBeside(view, beside, options);
  }, [view, width, numbers, measure, unit, beside, language]);
  useDrag(element);
  const seen = useScroll({
    element,
    key: view.key,
    zoom,
    height: layout?.height,
    room: size?.height,
    cursorY: layout?.stepY[watched ?? cursor] ?? 0,
    follows: watched === undefined && cursor === view.steps.length - 1,
    begin,
    head: HEAD,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="scroller" ref={element} tabIndex={0} aria-label={t('Timeline')}>
      {layout && (
        <>
          <Head view={view} layout={layout} zoom={zoom} measure={measure} />
          <Picture {...{ view, layout, numbers, zoom, cursor, chosen, seen, framed, onChoose, onStep }} />
        </>
      )}
    </section>
  );
}
