import { useRef, useState } from 'preact/hooks';
import { TCP_STATES, type TcpState } from '../../core/tcp/states.ts';
import type { MasteryScreen } from '../../quizzes/engine/mastery.ts';
import { edgeMeaning, edgeTriggers } from '../states/edge-text.ts';
import { EDGES, type Edge, edgeKey, edgeWay, placeOf } from '../states/edges.ts';
import { DIAGRAM_HEIGHT, NODE_HEIGHT, type Node } from '../states/places.ts';
import { t } from '../text.ts';
import { useMeasure } from '../timeline/use-measure.ts';
import { useSize } from '../use-size.ts';
import { LEVEL_WORDS, type Level, levelOf } from './mastery-levels.ts';

type Transitions = MasteryScreen['transitions'];

const NODES: readonly Node[] = [...TCP_STATES, 'CLOSED-AGAIN'];
const labelOf = (node: Node): TcpState => (node === 'CLOSED-AGAIN' ? 'CLOSED' : node);
const LEVELS = ['known', 'fair', 'weak', 'new'] as const satisfies readonly Level[];
/** A figure beside a steep edge, so that it does not cover it. */
const BESIDE = 15;

/** Of the rows of an edge that were met, the one known worst. */
function percentOf(edge: Edge, transitions: Transitions): number | undefined {
  const met = edge.rows.flatMap(({ id }) => transitions[id] ?? []);
  return met.length === 0 ? undefined : Math.min(...met);
}

function figureOf(percent: number | undefined): string {
  return percent === undefined ? t('new') : String(percent);
}

interface LineProps {
  readonly edge: Edge;
  readonly percent: number | undefined;
  readonly width: number;
  readonly halfWidth: (node: Node) => number;
  readonly focusable: boolean;
  readonly onTell: (edge: Edge | undefined) => void;
  readonly onMove: (by: number) => void;
}

function EdgeLine({ edge, percent, width, halfWidth, focusable, onTell, onMove }: LineProps) {
  const { start, end, path } = edgeWay(edge, width, halfWidth, 0);
  const isSteep = Math.abs(end.y - start.y) > Math.abs(end.x - start.x);
  const aside = isSteep ? (edge.from === 'CLOSED' ? -BESIDE : BESIDE) : 0;
  const at = { x: (start.x + end.x) / 2 + aside, y: (start.y + end.y) / 2 };
  const figure = figureOf(percent);
  const half = 5 + figure.length * 3.4;
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onMove(by);
  };
  const level = levelOf(percent);
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: focus tells how well the edge is known, nothing more
    <g
      class={`edge ${level}`}
      role="img"
      tabindex={focusable ? 0 : -1}
      data-edge={edgeKey(edge.from, edge.to)}
      aria-label={`${edge.from} → ${edge.to}: ${percent === undefined ? LEVEL_WORDS.new() : t('{0} %', percent)}`}
      onMouseEnter={() => onTell(edge)}
      onMouseLeave={() => onTell(undefined)}
      onFocus={() => onTell(edge)}
      onBlur={() => onTell(undefined)}
      onKeyDown={onKeyDown}
    >
      <path class="hit" d={path} />
      <path class="way" d={path} />
      <rect class="plate" x={at.x - half} y={at.y - 7} width={half * 2} height={14} rx={7} />
      <text x={at.x} y={at.y} text-anchor="middle" dominant-baseline="central">
        {figure}
      </text>
    </g>
  );
}

function Legend() {
  return (
    <ul class="legend">
      {LEVELS.map((level) => (
        <li key={level}>
          <svg width="30" height="10" aria-hidden="true" class={level}>
            <line class="way" x1="1" y1="5" x2="29" y2="5" />
          </svg>
          <span>{LEVEL_WORDS[level]()}</span>
        </li>
      ))}
    </ul>
  );
}

/** The text twin: every row of the table that is drawn or was met. */
function Twin({
  edges,
  transitions,
}: {
  readonly edges: readonly Edge[];
  readonly transitions: Transitions;
}) {
  return (
    <details class="twin">
      <summary>{t('As text')}</summary>
      <table>
        <tbody>
          {edges.flatMap((edge) =>
            edge.rows.map(({ id }) => {
              const percent = transitions[id];
              return edge.usual || percent !== undefined ? (
                <tr key={id}>
                  <th scope="row">
                    {edge.from} → {edge.to}
                  </th>
                  <td>{edgeTriggers({ ...edge, rows: edge.rows.filter((row) => row.id === id) })}</td>
                  <td class="figure">{percent === undefined ? LEVEL_WORDS.new() : t('{0} %', percent)}</td>
                </tr>
              ) : null;
            }),
          )}
        </tbody>
      </table>
    </details>
  );
}

/** The state diagram, each transition by how well it is known: colour, dashes and figure. */
export function MasteryDiagram({ transitions }: { readonly transitions: Transitions }) {
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame)?.width;
  const width = size === undefined ? undefined : Math.min(size, 520);
  const measure = useMeasure();
  const [told, setTold] = useState<Edge | undefined>(undefined);
  const drawn = EDGES.filter(({ usual }) => usual);
  const entry = told ?? drawn[0];
  const air = (width ?? 0) < 340 ? 6 : 10;
  const halfWidth = (node: Node) => Math.ceil(measure(labelOf(node), 'mono') * (11 / 12)) / 2 + air;
  const focusEdge = (place: number) => {
    const edge = drawn[(place + drawn.length) % drawn.length];
    if (edge)
      frame.current?.querySelector<SVGGElement>(`[data-edge="${edgeKey(edge.from, edge.to)}"]`)?.focus();
  };
  return (
    <div class="state-diagram mastery-diagram" ref={frame}>
      {width !== undefined && width > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a picture whose parts can be focused
        <svg
          width={width}
          height={DIAGRAM_HEIGHT}
          role="group"
          aria-label={t('How well each transition is known')}
        >
          {drawn.map((edge, place) => (
            <EdgeLine
              key={edgeKey(edge.from, edge.to)}
              edge={edge}
              percent={percentOf(edge, transitions)}
              width={width}
              halfWidth={halfWidth}
              focusable={edge === entry}
              onTell={setTold}
              onMove={(by) => focusEdge(place + by)}
            />
          ))}
          {NODES.map((node) => {
            const { x, y } = placeOf(node, width);
            const half = halfWidth(node);
            return (
              <g key={node} class="node">
                <rect
                  x={x - half}
                  y={y - NODE_HEIGHT / 2}
                  width={half * 2}
                  height={NODE_HEIGHT}
                  rx={NODE_HEIGHT / 2}
                />
                <text x={x} y={y} text-anchor="middle" dominant-baseline="central">
                  {labelOf(node)}
                </text>
              </g>
            );
          })}
        </svg>
      )}
      <div class="state-note">
        {told === undefined ? (
          <Legend />
        ) : (
          <>
            <strong>
              {told.from} → {told.to}
            </strong>{' '}
            {edgeTriggers(told)}. <span class="quiet">{edgeMeaning(told)}</span>
          </>
        )}
      </div>
      <Twin edges={EDGES} transitions={transitions} />
    </div>
  );
}
