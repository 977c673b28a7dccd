import type { TcpState } from '../../core/tcp/states.ts';
import { ALL_TRANSITIONS, type Transition, type TransitionId } from '../../core/tcp/transitions.ts';
import { endNode, NODE_HEIGHT, type Node, PLACES, SUDDEN_END_VIA, USUAL } from './places.ts';

/** One line of the diagram: everything that leads from one state straight to another. */
export interface Edge {
  readonly from: TcpState;
  readonly to: TcpState;
  readonly usual: boolean;
  readonly rows: readonly { readonly id: TransitionId; readonly row: Transition }[];
}

const isUsual = (from: TcpState, to: TcpState) => USUAL.some(([a, b]) => a === from && b === to);

/** Every pair of different states that some row of the transition table joins. */
export const EDGES: readonly Edge[] = collect();

function collect(): readonly Edge[] {
  const edges = new Map<string, Edge>();
  for (const { from, id, row } of ALL_TRANSITIONS) {
    if (from === row.to) continue;
    const key = edgeKey(from, row.to);
    const known = edges.get(key);
    const rows = [...(known?.rows ?? []), { id, row }];
    edges.set(key, { from, to: row.to, usual: isUsual(from, row.to), rows });
  }
  return [...edges.values()];
}

export function edgeKey(from: TcpState, to: TcpState): string {
  return `${from}>${to}`;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The middle of a box in a diagram of that width, in pixels. */
export function placeOf(node: Node, width: number): Point {
  const { x, y } = PLACES[node];
  return { x: Math.round(x * width), y };
}

/** Where a straight line from the middle of a box towards `to` leaves it. */
function border(at: Point, to: Point, half: Point): Point {
  const dx = to.x - at.x;
  const dy = to.y - at.y;
  const scale = Math.min(half.x / Math.abs(dx || 1e-9), half.y / Math.abs(dy || 1e-9));
  return { x: at.x + dx * scale, y: at.y + dy * scale };
}

/** An edge as drawn: a line, or a bow around what stands in its way. Pixels. */
export interface Way {
  readonly start: Point;
  readonly end: Point;
  /** SVG path data. */
  readonly path: string;
  /** Direction in which the edge arrives, in radians. */
  readonly angle: number;
}

/** An edge back along a usual one keeps so far beside it. */
const BESIDE = 6;

function bendOf({ from, to, usual }: Pick<Edge, 'from' | 'to' | 'usual'>, width: number): Point | undefined {
  const via = to === 'CLOSED' && !usual ? SUDDEN_END_VIA[from] : undefined;
  return via && { x: via.x * width, y: via.y };
}

/** The way of an edge in a diagram of that width; `shift` moves it sideways, in pixels. */
export function edgeWay(
  edge: Pick<Edge, 'from' | 'to' | 'usual'>,
  width: number,
  halfWidth: (node: Node) => number,
  shift: number,
): Way {
  const target = endNode(edge.from, edge.to);
  const from = placeOf(edge.from, width);
  const to = placeOf(target, width);
  const bend = bendOf(edge, width);
  const half = (node: Node) => ({ x: halfWidth(node), y: NODE_HEIGHT / 2 });
  const start = border(from, bend ?? to, half(edge.from));
  const end = border(to, bend ?? from, half(target));
  const length = Math.hypot(end.x - start.x, end.y - start.y) || 1;
  const aside = shift + (!edge.usual && isUsual(edge.to, edge.from) ? BESIDE : 0);
  const dx = (-(end.y - start.y) / length) * aside;
  const dy = ((end.x - start.x) / length) * aside;
  const move = (point: Point) => ({ x: point.x + dx, y: point.y + dy });
  const [a, b] = [move(start), move(end)];
  const last = bend ?? start;
  const say = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return {
    start: a,
    end: b,
    path: bend ? `M${say(a)}Q${say(move(bend))} ${say(b)}` : `M${say(a)}L${say(b)}`,
    angle: Math.atan2(end.y - last.y, end.x - last.x),
  };
}
