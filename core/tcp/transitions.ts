import type { PracticeSource } from './rule.ts';
import { TCP_STATES, type TcpState } from './states.ts';

// Rule 1: every state change of an endpoint that lives is a row here, and nowhere else. (A host that crashes loses
// its endpoints: that is no transition.)
// Rule 2: rows of one state are tried from top to bottom; the first match wins.
// Rule 3: this file is data. What counts as a trigger is decided where segments, calls and timers are handled.

/** What can move an endpoint from one state to another. */
export type Trigger =
  | 'open-passive'
  | 'open-active'
  | 'close'
  | 'abort'
  /** An acceptable SYN without ACK. */
  | 'recv-syn'
  /** A SYN whose ACK acknowledges our SYN. */
  | 'recv-syn-ack'
  | 'recv-ack-of-syn'
  /** The peer's FIN, with everything before it received. */
  | 'recv-fin'
  | 'recv-ack-of-fin'
  /** A RST that passed the checks of RFC 9293 §3.10.7. */
  | 'recv-rst'
  /**
   * Retransmissions, probes or the user timeout are used up. RFC 9293 §3.8.3, §3.8.4, §3.10.8: which of them, the rule
   * beside the row says. Where more than one can be the cause, the row cites §3.10.8, which says what giving up does.
   */
  | 'give-up'
  | 'time-wait-expires'
  | 'fin-wait-2-expires'
  /** A new incarnation takes the place of this one. RFC 9293 §3.6.1 (MAY-2), RFC 6191. */
  | 'reuse';

/** One arrow of the state diagram. */
export interface Transition {
  readonly on: Trigger;
  readonly to: TcpState;
  /** Control bits of the segment that goes out with it. */
  readonly send?: string;
  /** Only for an endpoint opened this way. */
  readonly role?: 'active' | 'passive';
  /** Section of RFC 9293, or what a stack does where no RFC says it. */
  readonly rfc: string | PracticeSource;
}

/** RFC 9293 Figure 5 and §3.10. */
const TRANSITIONS = {
  'CLOSED': [
    { on: 'open-passive', to: 'LISTEN', rfc: '3.10.1' },
    { on: 'open-active', to: 'SYN-SENT', send: 'SYN', rfc: '3.10.1' },
  ],
  'LISTEN': [
    { on: 'recv-syn', to: 'SYN-RECEIVED', send: 'SYN,ACK', rfc: '3.10.7.2' },
    { on: 'open-active', to: 'SYN-SENT', send: 'SYN', rfc: '3.10.1' },
    { on: 'close', to: 'CLOSED', rfc: '3.10.4' },
    { on: 'abort', to: 'CLOSED', rfc: '3.10.5' },
  ],
  'SYN-SENT': [
    { on: 'recv-syn-ack', to: 'ESTABLISHED', send: 'ACK', rfc: '3.10.7.3' },
    { on: 'recv-syn', to: 'SYN-RECEIVED', send: 'SYN,ACK', rfc: '3.10.7.3' }, // simultaneous open
    { on: 'recv-rst', to: 'CLOSED', rfc: '3.10.7.3' },
    { on: 'close', to: 'CLOSED', rfc: '3.10.4' },
    { on: 'abort', to: 'CLOSED', rfc: '3.10.5' },
    { on: 'give-up', to: 'CLOSED', rfc: '3.8.3' },
  ],
  'SYN-RECEIVED': [
    { on: 'recv-ack-of-syn', to: 'ESTABLISHED', rfc: '3.10.7.4' },
    { on: 'close', to: 'FIN-WAIT-1', send: 'FIN', rfc: '3.10.4' },
    { on: 'recv-rst', to: 'LISTEN', role: 'passive', rfc: '3.10.7.4' },
    { on: 'recv-rst', to: 'CLOSED', role: 'active', rfc: '3.10.7.4' },
    { on: 'recv-syn', to: 'LISTEN', role: 'passive', rfc: '3.10.7.4' },
    { on: 'recv-syn', to: 'CLOSED', role: 'active', send: 'RST', rfc: '3.10.7.4' }, // without RFC 5961 only
    { on: 'abort', to: 'CLOSED', send: 'RST', rfc: '3.10.5' },
    { on: 'give-up', to: 'CLOSED', rfc: '3.8.3' },
  ],
  'ESTABLISHED': [
    { on: 'close', to: 'FIN-WAIT-1', send: 'FIN', rfc: '3.10.4' },
    { on: 'recv-fin', to: 'CLOSE-WAIT', send: 'ACK', rfc: '3.10.7.4' },
    { on: 'recv-rst', to: 'CLOSED', rfc: '3.10.7.4' },
    { on: 'recv-syn', to: 'CLOSED', send: 'RST', rfc: '3.10.7.4' }, // without RFC 5961 only
    { on: 'abort', to: 'CLOSED', send: 'RST', rfc: '3.10.5' },
    { on: 'give-up', to: 'CLOSED', rfc: '3.10.8' },
  ],
  'FIN-WAIT-1': [
    { on: 'recv-ack-of-fin', to: 'FIN-WAIT-2', rfc: '3.10.7.4' },
    { on: 'recv-fin', to: 'CLOSING', send: 'ACK', rfc: '3.10.7.4' },
    { on: 'recv-rst', to: 'CLOSED', rfc: '3.10.7.4' },
    { on: 'recv-syn', to: 'CLOSED', send: 'RST', rfc: '3.10.7.4' },
    { on: 'abort', to: 'CLOSED', send: 'RST', rfc: '3.10.5' },
    { on: 'give-up', to: 'CLOSED', rfc: '3.10.8' },
  ],
  'FIN-WAIT-2': [
    { on: 'recv-fin', to: 'TIME-WAIT', send: 'ACK', rfc: '3.10.7.4' },
    { on: 'recv-rst', to: 'CLOSED', rfc: '3.10.7.4' },
    { on: 'recv-syn', to: 'CLOSED', send: 'RST', rfc: '3.10.7.4' },
    { on: 'abort', to: 'CLOSED', send: 'RST', rfc: '3.10.5' },
    { on: 'fin-wait-2-expires', to: 'CLOSED', rfc: { practice: 'Linux tcp_fin_timeout' } },
    { on: 'give-up', to: 'CLOSED', rfc: '3.8.4' }, // nothing is unacknowledged: only keepalive notices
  ],
  'CLOSE-WAIT': [
    { on: 'close', to: 'LAST-ACK', send: 'FIN', rfc: '3.10.4' },
    { on: 'recv-rst', to: 'CLOSED', rfc: '3.10.7.4' },
    { on: 'recv-syn', to: 'CLOSED', send: 'RST', rfc: '3.10.7.4' },
    { on: 'abort', to: 'CLOSED', send: 'RST', rfc: '3.10.5' },
    { on: 'give-up', to: 'CLOSED', rfc: '3.10.8' },
  ],
  'CLOSING': [
    { on: 'recv-ack-of-fin', to: 'TIME-WAIT', rfc: '3.10.7.4' },
    { on: 'recv-rst', to: 'CLOSED', rfc: '3.10.7.4' },
    { on: 'recv-syn', to: 'CLOSED', send: 'RST', rfc: '3.10.7.4' },
    { on: 'abort', to: 'CLOSED', rfc: '3.10.5' },
    { on: 'give-up', to: 'CLOSED', rfc: '3.10.8' },
  ],
  'LAST-ACK': [
    { on: 'recv-ack-of-fin', to: 'CLOSED', rfc: '3.10.7.4' },
    { on: 'recv-rst', to: 'CLOSED', rfc: '3.10.7.4' },
    { on: 'recv-syn', to: 'CLOSED', send: 'RST', rfc: '3.10.7.4' },
    { on: 'abort', to: 'CLOSED', rfc: '3.10.5' },
    { on: 'give-up', to: 'CLOSED', rfc: '3.10.8' },
  ],
  'TIME-WAIT': [
    { on: 'time-wait-expires', to: 'CLOSED', rfc: '3.10.8' },
    { on: 'recv-fin', to: 'TIME-WAIT', send: 'ACK', rfc: '3.10.7.4' }, // the timer starts again
    { on: 'recv-rst', to: 'CLOSED', rfc: '3.10.7.4' },
    { on: 'recv-syn', to: 'CLOSED', send: 'RST', rfc: '3.10.7.4' },
    { on: 'reuse', to: 'CLOSED', rfc: '3.6.1' },
    { on: 'abort', to: 'CLOSED', rfc: '3.10.5' },
  ],
} as const satisfies Record<TcpState, readonly Transition[]>;

type IdOf<S extends TcpState, R> = R extends {
  readonly on: infer O extends string;
  readonly to: infer T extends string;
}
  ? `${S}/${O}/${T}`
  : never;

/** Names a row: state, trigger, next state. `FIN-WAIT-2/recv-fin/TIME-WAIT`. */
export type TransitionId = { [S in TcpState]: IdOf<S, (typeof TRANSITIONS)[S][number]> }[TcpState];

/** The row that applies, or undefined when the trigger means nothing in this state. */
export function findTransition(
  state: TcpState,
  on: Trigger,
  role: 'none' | 'active' | 'passive',
): Transition | undefined {
  const rows: readonly Transition[] = TRANSITIONS[state];
  return rows.find((row) => row.on === on && (row.role === undefined || row.role === role));
}

/** Every row with its state and its name, in table order. */
export const ALL_TRANSITIONS: readonly {
  readonly from: TcpState;
  readonly id: TransitionId;
  readonly row: Transition;
}[] = TCP_STATES.flatMap((from) =>
  (TRANSITIONS[from] as readonly Transition[]).map((row) => ({
    from,
    id: `${from}/${row.on}/${row.to}` as TransitionId,
    row,
  })),
);

const IDS = new Map<Transition, TransitionId>(ALL_TRANSITIONS.map(({ row, id }) => [row, id]));

/** The name of a row of the table; a row from elsewhere has none. */
export function transitionId(row: Transition): TransitionId {
  const id = IDS.get(row);
  if (id === undefined) throw new Error(`not a row of the transition table: ${JSON.stringify(row)}`);
  return id;
}
