import type { PlacedArrow } from './arrows.ts';
import type { PlacedLabel } from './place-labels.ts';

interface Props {
  readonly arrow: PlacedArrow;
  /** How it stands to the cursor: on the way means left, not yet arrived. */
  readonly phase: 'past' | 'on-the-way' | 'later';
  readonly chosen: boolean;
  readonly focusable: boolean;
  readonly sentence: string;
  readonly lineHeight: number;
  readonly odd: boolean;
  readonly onChoose: () => void;
  readonly onMove: (by: number) => void;
}

const HEAD = 9;

/** The triangle at the end of a line. */
export function headPath({ x1, y1, x2, y2 }: PlacedArrow['line'], size = HEAD): string {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const corner = (turn: number) =>
    `${(x2 - size * Math.cos(angle + turn)).toFixed(1)} ${(y2 - size * Math.sin(angle + turn)).toFixed(1)}`;
  return `M${x2} ${y2}L${corner(0.42)}L${corner(-0.42)}Z`;
}

/** A label on a plate, so that a line that has to pass behind it does not strike it through. */
export function Label({ label, lineHeight }: { readonly label: PlacedLabel; readonly lineHeight: number }) {
  const { box, block } = label;
  const turn = ((box.angle * 180) / Math.PI).toFixed(2);
  return (
    <g transform={`translate(${box.cx.toFixed(1)} ${box.cy.toFixed(1)}) rotate(${turn})`}>
      <rect class="plate" x={-box.w / 2 - 3} y={-box.h / 2} width={box.w + 6} height={box.h} rx="2" />
      <text class="label" text-anchor="middle" dominant-baseline="central">
        {block.lines.map((line, index) => (
          <tspan
            key={line.map(({ text }) => text).join()}
            x="0"
            y={(index - (block.lines.length - 1) / 2) * (lineHeight - 1)}
          >
            {index > 0 && <tspan class="gap"> </tspan>}
            {line.map(({ kind, text }, place) => (
              <tspan key={text} class={kind}>
                {place === 0 ? text : ` ${text}`}
              </tspan>
            ))}
          </tspan>
        ))}
      </text>
    </g>
  );
}

function Cross({ x, y }: { readonly x: number; readonly y: number }) {
  return <path class="cross" d={`M${x - 5} ${y - 5}l10 10M${x + 5} ${y - 5}l-10 10`} />;
}

/** One segment on its way from lifeline to lifeline. */
export function Arrow(props: Props) {
  const { arrow, phase, chosen, focusable, sentence, lineHeight, odd } = props;
  const { line, from, ending, label, lost } = arrow;
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter' || event.key === ' ') props.onChoose();
    else if (move !== undefined) props.onMove(move);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const classes = ['arrow', `host-${from}`, phase, ending, chosen ? 'chosen' : '', odd ? 'odd' : ''];
  const { x1, y1, x2, y2 } = line;
  return (
    // biome-ignore lint/a11y/useSemanticElements: an arrow of an SVG picture cannot be an HTML button
    <g
      class={classes.join(' ')}
      role="button"
      tabindex={focusable ? 0 : -1}
      aria-pressed={chosen}
      aria-label={sentence}
      data-arrow={arrow.id}
      onClick={props.onChoose}
      onKeyDown={onKeyDown}
    >
      <line class="hit" {...{ x1, y1, x2, y2 }} />
      <line class="shaft" {...{ x1, y1, x2, y2 }} />
      {ending === 'head' && <path class="head" d={headPath(line)} />}
      {ending === 'flight' && <circle class="tip" cx={x2} cy={y2} r="3.5" />}
      {ending === 'lost' && <Cross x={x2} y={y2} />}
      {label && <Label label={label} lineHeight={lineHeight} />}
      {lost && (
        <text
          class="lost-word"
          x={lost.box.cx}
          y={lost.box.cy}
          text-anchor="middle"
          dominant-baseline="central"
        >
          {` ${lost.text}`}
        </text>
      )}
    </g>
  );
}
