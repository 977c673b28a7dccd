import type { TimelineView } from '../../quizzes/engine/timeline-view.ts';
import type { NumberMode } from '../protocol.ts';
import { t } from '../text.ts';
import { Arrow, headPath, Label } from './arrow.tsx';
import type { PlacedArrow } from './arrows.ts';
import { type Span, spanOfBox, spansMeet } from './geometry.ts';
import { notesOf } from './labels.ts';
import type { Layout } from './layout.ts';
import { Lifelines } from './lifelines.tsx';
import { hasArrived, hasLeft } from './moment.ts';
import { arrowLabels, arrowSentence } from './words.ts';

interface Props {
  readonly view: TimelineView;
  readonly layout: Layout;
  readonly numbers: NumberMode;
  readonly zoom: number;
  readonly cursor: number;
  readonly chosen: number | undefined;
  /** The part of the picture that is on screen; nothing else is drawn. */
  readonly seen: Span;
  /** A step to put a frame round, with what it sends. */
  readonly framed?: number | undefined;
  readonly onChoose: (arrow: number) => void;
  readonly onStep: (step: number) => void;
}

function focusArrow(id: number): void {
  document.querySelector<SVGGElement>(`[data-arrow="${id}"]`)?.focus();
}

/** A frame round a step and what it sends, from the far lifeline to the step's own labels. */
function Frame({ view, layout, step: index }: Pick<Props, 'view' | 'layout'> & { readonly step: number }) {
  const y = layout.stepY[index];
  const step = view.steps[index];
  if (y === undefined || step === undefined) return null;
  const sent = view.arrows.filter(({ sentIn }) => sentIn === index).map(({ id }) => id);
  const arrows = layout.arrows.filter(({ id }) => sent.includes(id));
  const lines = layout.sides.find((side) => side.step === index)?.lines.length ?? 0;
  const top = Math.min(y - 11, ...arrows.map((arrow) => arrow.top + 5));
  const bottom = Math.max(
    y + 11,
    y + (lines - 0.5) * layout.lineHeight + 3,
    ...arrows.map((arrow) => arrow.bottom - 2),
  );
  const { xA, xB, sideA, sideWidthA, sideB, sideWidthB } = layout.columns;
  const left = step.host === 'A' ? sideA - sideWidthA - 4 : xA - 9;
  const right = step.host === 'B' ? sideB + sideWidthB + 4 : xB + 9;
  return <rect class="frame" x={left} y={top} width={right - left} height={bottom - top} rx="6" />;
}

/** From the first segment of a capture played again that was not captured, down to the end. */
function Apart({ view, layout }: Pick<Props, 'view' | 'layout'>) {
  const first = view.arrows.find(({ apart }) => apart);
  const placed = layout.arrows.find(({ id }) => id === first?.id);
  if (placed === undefined) return null;
  const { width, height } = layout;
  return (
    <g class="apart">
      <rect x={0} y={placed.top} width={width} height={height - placed.top} />
      <line x1={0} x2={width} y1={placed.top} y2={placed.top} />
    </g>
  );
}

/** The sequence diagram: a picture of plain data, of which only what is on screen is drawn. */
export function Picture(props: Props) {
  const { view, layout, numbers, zoom, cursor, chosen, seen, framed } = props;
  const labelOf = arrowLabels(view, numbers);
  const byId = new Map(view.arrows.map((arrow) => [arrow.id, arrow]));
  const shown = layout.arrows.filter((arrow) => spansMeet(arrow, seen));
  const entry = shown.some(({ id }) => id === chosen) ? chosen : shown[0]?.id;
  const { width, height, columns, asked, more } = layout;

  const draw = (placed: PlacedArrow) => {
    const arrow = byId.get(placed.id);
    if (arrow === undefined) return null;
    const left = hasLeft(arrow, cursor, view.steps);
    const phase = !left ? 'later' : hasArrived(arrow, cursor, view.steps) ? 'past' : 'on-the-way';
    const place = layout.arrows.indexOf(placed);
    return (
      <Arrow
        key={placed.id}
        arrow={placed}
        phase={phase}
        chosen={placed.id === chosen}
        focusable={placed.id === entry}
        sentence={arrowSentence(view, arrow, labelOf(arrow))}
        lineHeight={layout.lineHeight}
        odd={notesOf(arrow).length > 0}
        onChoose={() => props.onChoose(placed.id)}
        onMove={(by) => focusArrow(layout.arrows[place + by]?.id ?? placed.id)}
      />
    );
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture whose parts can be focused
    <svg
      class={`picture ${columns.mode}`}
      width={Math.round(width * zoom)}
      height={Math.round(height * zoom)}
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label={t('Sequence diagram, read from top to bottom')}
    >
      <Apart view={view} layout={layout} />
      {framed !== undefined && <Frame view={view} layout={layout} step={framed} />}
      <Lifelines view={view} layout={layout} cursor={cursor} seen={seen} onStep={props.onStep} />
      {layout.times
        .filter(({ box }) => spansMeet(spanOfBox(box), seen))
        .map(({ text, box }) => (
          <text
            key={box.cy}
            class="time"
            x={box.cx + box.w / 2}
            y={box.cy}
            text-anchor="end"
            dominant-baseline="central"
          >
            {text}
          </text>
        ))}
      {layout.breaks
        .filter(({ box }) => spansMeet(spanOfBox(box), seen))
        .map(({ text, box }) => (
          <g key={box.cy} class="break">
            {[columns.xA, columns.xB].map((x) => (
              <path key={x} class="tear" d={`M${x - 8} ${box.cy + 4}l5 -6l6 6l5 -6`} />
            ))}
            <text x={box.cx} y={box.cy} text-anchor="middle" dominant-baseline="central">
              {text}
            </text>
          </g>
        ))}
      {shown.map(draw)}
      {asked && (
        <g class={`arrow asked host-${asked.from}`}>
          <line class="shaft" x1={asked.line.x1} y1={asked.line.y1} x2={asked.line.x2} y2={asked.line.y2} />
          <path class="head" d={headPath(asked.line)} />
          {asked.label && <Label label={asked.label} lineHeight={layout.lineHeight} />}
        </g>
      )}
      {more && (
        <g class="more">
          <line
            x1={Math.max(8, columns.xA - 110)}
            x2={Math.min(width - 8, columns.xB + 110)}
            y1={more.y}
            y2={more.y}
          />
          {more.lines.map(({ text, box }) => (
            <text key={text} x={box.cx} y={box.cy} text-anchor="middle" dominant-baseline="central">
              {text}
            </text>
          ))}
        </g>
      )}
    </svg>
  );
}
