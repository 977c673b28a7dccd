import type { TimelineView } from '../../quizzes/engine/timeline-view.ts';
import type { Span } from './geometry.ts';
import { spansMeet } from './geometry.ts';
import type { Band, Layout, SideBlock } from './layout.ts';

interface Props {
  readonly view: TimelineView;
  readonly layout: Layout;
  readonly cursor: number;
  /** The part of the picture that is on screen. */
  readonly seen: Span;
  readonly onStep: (step: number) => void;
}

const BAR = 8;

/** The band a host is in at the cursor: the last that began by then. */
function currentBands(layout: Layout, cursor: number): ReadonlySet<Band> {
  const last = (host: Band['host']) =>
    layout.bands.findLast((band) => band.host === host && (band.step === undefined || band.step <= cursor));
  return new Set((['A', 'B'] as const).flatMap((host) => last(host) ?? []));
}

/** The two lifelines as bands of state, and what stands beside them. */
export function Lifelines({ view, layout, cursor, seen, onStep }: Props) {
  const { columns, lineHeight } = layout;
  const current = currentBands(layout, cursor);
  const named = new Set([...current].map(({ host, step }) => `${host}${step ?? ''}`));
  const sides = layout.sides.filter((side) =>
    spansMeet(seen, { top: side.y - lineHeight, bottom: side.y + side.lines.length * lineHeight }),
  );
  return (
    <g class="lifelines">
      {layout.bands.map((band) => {
        const x = (band.host === 'A' ? columns.xA : columns.xB) - BAR / 2;
        const later = band.step !== undefined && band.step > cursor;
        const kind = band.state === 'hidden' ? 'unknown' : band.state === 'CLOSED' ? 'closed' : '';
        const classes = [
          'band',
          `host-${band.host}`,
          kind,
          current.has(band) ? 'now' : later ? 'later' : 'past',
        ];
        return (
          <rect
            key={`${band.host}${band.step ?? ''}`}
            class={classes.join(' ')}
            x={x}
            y={band.top + 1}
            width={BAR}
            height={Math.max(2, band.bottom - band.top - 2)}
            rx="3"
          />
        );
      })}
      {view.steps.map(({ index, host, cause }) => {
        const y = layout.stepY[index] ?? 0;
        const isCursor = index === cursor;
        const marked = cause === 'call' || cause === 'timer';
        if ((!marked && !isCursor) || y < seen.top - 20 || y > seen.bottom + 20) return null;
        const cx = host === 'A' ? columns.xA : columns.xB;
        const classes = [
          'moment',
          `host-${host}`,
          cause,
          index > cursor ? 'later' : '',
          isCursor ? 'cursor' : '',
        ];
        return (
          <g key={index} class={classes.join(' ')}>
            {isCursor && <circle class="ring" cx={cx} cy={y} r="8" />}
            {cause === 'call' && <circle class="dot" cx={cx} cy={y} r="4" />}
            {cause === 'timer' && <rect class="dot" x={cx - 4} y={y - 4} width="8" height="8" />}
          </g>
        );
      })}
      {sides.map((side) => (
        <Side
          key={`${side.host}${side.step ?? ''}`}
          side={side}
          layout={layout}
          cursor={cursor}
          current={named.has(`${side.host}${side.step ?? ''}`)}
          onStep={onStep}
        />
      ))}
    </g>
  );
}

interface SideProps extends Pick<Props, 'layout' | 'cursor' | 'onStep'> {
  readonly side: SideBlock;
  /** Its state is the one the host is in. */
  readonly current: boolean;
}

function Side({ side, layout, cursor, current, onStep }: SideProps) {
  const { columns, lineHeight } = layout;
  const { host, step, y } = side;
  const later = step !== undefined && step > cursor;
  const x = host === 'A' ? columns.sideA : columns.sideB;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse; keys and slider reach every step
    <g
      class={['side', `host-${host}`, later ? 'later' : '', current ? 'current' : ''].join(' ')}
      onClick={step === undefined ? undefined : () => onStep(step)}
    >
      {side.lines.map(({ kind, text, lead }, index) => (
        <text
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and never move
          key={index}
          class={kind}
          x={x}
          y={y + index * lineHeight}
          text-anchor={host === 'A' ? 'end' : 'start'}
          dominant-baseline="central"
        >
          {lead !== undefined && <tspan class="time">{`${lead} `}</tspan>}
          {text}
        </text>
      ))}
    </g>
  );
}
