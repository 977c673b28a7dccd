import { useMemo, useRef, useState } from 'preact/hooks';
import { TCP_STATES, type TcpState } from '../../core/tcp/states.ts';
import { HOSTS, type HostId } from '../../core/timeline/timeline.ts';
import type { TimelineView } from '../../quizzes/engine/timeline-view.ts';
import { t } from '../text.ts';
import type { Measure } from '../timeline/measure.ts';
import { type HostMoment, hostMoment } from '../timeline/moment.ts';
import { useMeasure } from '../timeline/use-measure.ts';
import { useSize } from '../use-size.ts';
import { edgeMeaning, edgeTriggers } from './edge-text.ts';
import { EDGES, type Edge, edgeKey, edgeWay, placeOf } from './edges.ts';
import { DIAGRAM_HEIGHT, endNode, NODE_HEIGHT, type Node } from './places.ts';

interface Props {
  readonly view: TimelineView;
  readonly cursor: number;
}

type Moments = Readonly<Record<HostId, HostMoment>>;

const NODES: readonly Node[] = [...TCP_STATES, 'CLOSED-AGAIN'];
const labelOf = (node: Node): TcpState => (node === 'CLOSED-AGAIN' ? 'CLOSED' : node);

/** The box a host stands in; undefined while that is asked. */
function nodeOf({ state, taken }: HostMoment): Node | undefined {
  if (state === 'hidden') return undefined;
  const last = taken.at(-1);
  return state === 'CLOSED' && last !== undefined ? endNode(last.from, 'CLOSED') : state;
}

function describe(view: TimelineView, moments: Moments): string {
  const words = HOSTS.map((host) => {
    const { state, taken } = moments[host];
    const { name } = view.hosts[host];
    if (state === 'hidden') return t('The state of {0} is asked.', name);
    const way = taken.length === 0 ? '' : [taken[0]?.from, ...taken.map(({ to }) => to)].join(' → ');
    return way === ''
      ? t('{0} is in {1}.', name, state)
      : t('{0} is in {1}, by way of {2}.', name, state, way);
  });
  return words.join(' ');
}

interface LineProps {
  readonly edge: Edge;
  readonly hosts: readonly HostId[];
  readonly width: number;
  readonly halfWidth: (node: Node) => number;
  readonly focusable: boolean;
  readonly onTell: (edge: Edge | undefined) => void;
  readonly onMove: (by: number) => void;
}

function EdgeLine({ edge, hosts, width, halfWidth, focusable, onTell, onMove }: LineProps) {
  const { end, path, angle } = edgeWay(edge, width, halfWidth, 0);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(by);
  };
  const wing = (turn: number) =>
    `${end.x - 6 * Math.cos(angle + turn)} ${end.y - 6 * Math.sin(angle + turn)}`;
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: focus tells what triggers the edge, nothing more
    <g
      class={`edge ${edge.usual ? '' : 'rare'}`}
      role="img"
      tabindex={focusable ? 0 : -1}
      data-edge={edgeKey(edge.from, edge.to)}
      aria-label={t('{0} to {1}: {2}', edge.from, edge.to, edgeTriggers(edge))}
      onMouseEnter={() => onTell(edge)}
      onMouseLeave={() => onTell(undefined)}
      onFocus={() => onTell(edge)}
      onBlur={() => onTell(undefined)}
      onKeyDown={onKeyDown}
    >
      <path class="hit" d={path} />
      <path class="way" d={path} />
      <path class="tip" d={`M${wing(0.5)}L${end.x} ${end.y}L${wing(-0.5)}`} />
      {hosts.map((host) => {
        const shift = hosts.length === 1 ? 0 : host === 'A' ? -2.5 : 2.5;
        const own = edgeWay(edge, width, halfWidth, shift);
        return <path key={host} class={`taken host-${host}`} d={own.path} />;
      })}
    </g>
  );
}

function Box({
  node,
  width,
  half,
  hosts,
}: {
  node: Node;
  width: number;
  half: number;
  hosts: readonly HostId[];
}) {
  const { x, y } = placeOf(node, width);
  const [only] = hosts;
  const where = hosts.length === 2 ? 'both' : only === undefined ? '' : `host-${only}`;
  return (
    <g class={`node ${where}`}>
      <rect x={x - half} y={y - NODE_HEIGHT / 2} width={half * 2} height={NODE_HEIGHT} rx={NODE_HEIGHT / 2} />
      <text x={x} y={y} text-anchor="middle" dominant-baseline="central">
        {labelOf(node)}
      </text>
      {hosts.map((host) => (
        <g key={host} class={`badge host-${host}`}>
          <circle cx={host === 'A' ? x - half + 2 : x + half - 2} cy={y - NODE_HEIGHT / 2 + 1} r="8" />
          <text
            x={host === 'A' ? x - half + 2 : x + half - 2}
            y={y - NODE_HEIGHT / 2 + 1}
            text-anchor="middle"
            dominant-baseline="central"
          >
            {host}
          </text>
        </g>
      ))}
    </g>
  );
}

function halfWidths(measure: Measure, width: number): (node: Node) => number {
  const air = width < 340 ? 8 : 12;
  return (node) => Math.ceil(measure(labelOf(node), 'mono') * (11 / 12)) / 2 + air;
}

/** The eleven states with both hosts in them, drawn from the transition table. */
export function StateDiagram({ view, cursor }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useSize(frame)?.width;
  const measure = useMeasure();
  const [told, setTold] = useState<Edge | undefined>(undefined);
  const moments = useMemo<Moments>(
    () => ({ A: hostMoment(view, 'A', cursor), B: hostMoment(view, 'B', cursor) }),
    [view, cursor],
  );
  const nodes = { A: nodeOf(moments.A), B: nodeOf(moments.B) };
  const takenBy = (edge: Edge) =>
    HOSTS.filter((host) => moments[host].taken.some(({ from, to }) => from === edge.from && to === edge.to));
  const lines = EDGES.map((edge) => ({ edge, hosts: takenBy(edge) })).filter(
    ({ edge, hosts }) => edge.usual || hosts.length > 0,
  );
  const entry = told ?? lines[0]?.edge;
  const focusEdge = (place: number) => {
    const edge = lines[(place + lines.length) % lines.length]?.edge;
    if (edge)
      frame.current?.querySelector<SVGGElement>(`[data-edge="${edgeKey(edge.from, edge.to)}"]`)?.focus();
  };
  return (
    <div class="state-diagram" ref={frame}>
      {width !== undefined && width > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a picture whose parts can be focused
        <svg
          width={width}
          height={DIAGRAM_HEIGHT}
          role="group"
          aria-label={describe(view, moments)}
          data-arrows
        >
          {lines.map(({ edge, hosts }, place) => (
            <EdgeLine
              key={edgeKey(edge.from, edge.to)}
              edge={edge}
              hosts={hosts}
              width={width}
              halfWidth={halfWidths(measure, width)}
              focusable={edge === entry}
              onTell={setTold}
              onMove={(by) => focusEdge(place + by)}
            />
          ))}
          {NODES.map((node) => (
            <Box
              key={node}
              node={node}
              width={width}
              half={halfWidths(measure, width)(node)}
              hosts={HOSTS.filter((host) => nodes[host] === node)}
            />
          ))}
        </svg>
      )}
      <div class="state-note">
        {told ? (
          <>
            <strong>
              {told.from} → {told.to}
            </strong>{' '}
            {edgeTriggers(told)}. <span class="quiet">{edgeMeaning(told)}</span>
          </>
        ) : (
          <Legend view={view} moments={moments} />
        )}
      </div>
    </div>
  );
}

function Legend({ view, moments }: { readonly view: TimelineView; readonly moments: Moments }) {
  return (
    <ul class="legend">
      {HOSTS.map((host) => (
        <li key={host} class={`host-${host}`}>
          <svg width="26" height="10" aria-hidden="true">
            <line class={`taken host-${host}`} x1="1" y1="5" x2="25" y2="5" />
          </svg>
          <span>{view.hosts[host].name}</span>
          <code>{moments[host].state === 'hidden' ? '?' : moments[host].state}</code>
        </li>
      ))}
    </ul>
  );
}
