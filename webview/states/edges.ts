import type { TcpState } from '../../core/tcp/states.ts';
import { ALL_TRANSITIONS, type Transition, type TransitionId } from '../../core/tcp/transitions.ts';
import { endNode, NODE_HEIGHT, type Node, PLACES, USUAL } from './places.ts';

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

/** The ends of an edge's line in a diagram of that width; `shift` moves it sideways. Pixels. */
export function edgeEnds(
  edge: Pick<Edge, 'from' | 'to'>,
  width: number,
  halfWidth: (node: Node) => number,
  shift: number,
): { readonly start: Point; readonly end: Point } {
  const target = endNode(edge.from, edge.to);
  const from = placeOf(edge.from, width);
  const to = placeOf(target, width);
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const aside = { x: (-(to.y - from.y) / length) * shift, y: ((to.x - from.x) / length) * shift };
  const half = (node: Node) => ({ x: halfWidth(node), y: NODE_HEIGHT / 2 });
  const start = border(from, to, half(edge.from));
  const end = border(to, from, half(target));
  const move = (point: Point) => ({ x: point.x + aside.x, y: point.y + aside.y });
  return { start: move(start), end: move(end) };
}
