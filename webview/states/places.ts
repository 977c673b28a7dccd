import type { TcpState } from '../../core/tcp/states.ts';

/** A box on the state diagram; CLOSED has two, since a connection begins and ends there. */
export type Node = TcpState | 'CLOSED-AGAIN';

/** Middle of each box: share of the width, and pixels from the top. */
export const PLACES = {
  'CLOSED': { x: 0.5, y: 21 },
  'LISTEN': { x: 0.5, y: 62 },
  'SYN-RECEIVED': { x: 0.24, y: 106 },
  'SYN-SENT': { x: 0.78, y: 106 },
  'ESTABLISHED': { x: 0.51, y: 152 },
  'FIN-WAIT-1': { x: 0.22, y: 198 },
  'CLOSE-WAIT': { x: 0.8, y: 198 },
  'FIN-WAIT-2': { x: 0.165, y: 246 },
  'CLOSING': { x: 0.49, y: 246 },
  'LAST-ACK': { x: 0.8, y: 246 },
  'TIME-WAIT': { x: 0.32, y: 294 },
  'CLOSED-AGAIN': { x: 0.8, y: 294 },
} as const satisfies Record<Node, { readonly x: number; readonly y: number }>;

export const DIAGRAM_HEIGHT = 310;
export const NODE_HEIGHT = 24;

/**
 * Edges of every course's diagram, always drawn. The others lead back to an earlier state or end the connection
 * at once, from almost anywhere; they are drawn when a host takes them.
 */
export const USUAL = [
  ['CLOSED', 'LISTEN'],
  ['CLOSED', 'SYN-SENT'],
  ['LISTEN', 'SYN-RECEIVED'],
  ['LISTEN', 'SYN-SENT'],
  ['SYN-SENT', 'SYN-RECEIVED'],
  ['SYN-SENT', 'ESTABLISHED'],
  ['SYN-RECEIVED', 'ESTABLISHED'],
  ['SYN-RECEIVED', 'FIN-WAIT-1'],
  ['ESTABLISHED', 'FIN-WAIT-1'],
  ['ESTABLISHED', 'CLOSE-WAIT'],
  ['FIN-WAIT-1', 'FIN-WAIT-2'],
  ['FIN-WAIT-1', 'CLOSING'],
  ['FIN-WAIT-2', 'TIME-WAIT'],
  ['CLOSING', 'TIME-WAIT'],
  ['CLOSE-WAIT', 'LAST-ACK'],
  ['LAST-ACK', 'CLOSED'],
  ['TIME-WAIT', 'CLOSED'],
] as const satisfies readonly (readonly [TcpState, TcpState])[];

/** The box where an edge to `to` ends: once a connection has begun, CLOSED is the one at the end. */
export function endNode(from: TcpState, to: TcpState): Node {
  return to === 'CLOSED' && from !== 'LISTEN' ? 'CLOSED-AGAIN' : to;
}

/** Where the sudden ends bend, so that they pass no box: share of the width, and pixels from the top. */
export const SUDDEN_END_VIA: Partial<Record<TcpState, { readonly x: number; readonly y: number }>> = {
  'SYN-SENT': { x: 1, y: 210 },
  'SYN-RECEIVED': { x: 0.68, y: 176 },
  'ESTABLISHED': { x: 0.6, y: 290 },
  'FIN-WAIT-1': { x: 0.66, y: 214 },
  'FIN-WAIT-2': { x: 0.44, y: 266 },
  'CLOSE-WAIT': { x: 1, y: 246 },
};
