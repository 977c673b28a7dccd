import type { Endpoint } from './endpoint.ts';
import { ACK, FIN, type Flags, RST, type Segment, SYN } from './segment.ts';
import type { TcpState } from './states.ts';
import { type Ms, ms } from './time.ts';
import type { TransitionId } from './transitions.ts';

/**
 * The rules a learner can have wrong, as values: a misconception is a change of one of them.
 * Everything else of the core is the same for the sound core and its mutants.
 */
export interface Laws {
  /** Sequence numbers a SYN, a FIN and a segment without either or data take. RFC 9293 §3.4. */
  readonly synTakes: number;
  readonly finTakes: number;
  readonly pureAckTakes: number;
  /** How often MSL a TIME-WAIT lasts, and whether the peer's FIN starts it anew. RFC 9293 §3.6.1, §3.10.7.4. */
  readonly timeWaitMsls: number;
  readonly timeWaitRestarts: boolean;
  /** What each timeout multiplies the next one by. RFC 6298 (5.5). */
  readonly backsOffBy: number;
  /** A retransmission keeps its sequence number. RFC 9293 §3.8.1. */
  readonly repeatsNumber: boolean;
  /**
   * What lies outside the window is answered with an ACK; a FIN is in any case, since everybody knows of the last ACK
   * that was lost. RFC 9293 §3.10.7.4, first check.
   */
  readonly answersUnacceptable: boolean;
  /** A RST is never answered, not even by an ACK. RFC 9293 §3.10.7.4, second check. */
  readonly acksReset: boolean;
  /** A FIN also carries an ACK, and that may be the one of our FIN. RFC 9293 §3.10.7.4, fifth check. */
  readonly finHidesItsAck: boolean;
  /** In SYN-RECEIVED the ACK counts that comes with data. RFC 9293 §3.10.7.4, fifth check. */
  readonly dataCompletesHandshake: boolean;
  /** What was written before the close leaves before the FIN. RFC 9293 §3.10.4. */
  readonly finWaitsForData: boolean;
  /** Whoever has something to send probes a closed window. RFC 9293 §3.8.6.1. */
  readonly probesClosedWindow: boolean;
  /** Keepalive probes beyond those of the profile. RFC 9293 §3.8.4. */
  readonly spareProbes: number;
  /** The timeout of FIN-WAIT-2 is not that of TIME-WAIT. Linux tcp_fin_timeout. */
  readonly finTimeoutEndsTimeWait: boolean;
  /** Complete connections that may wait for accept() beyond the backlog. Linux sk_acceptq_is_full. */
  readonly queuedBeyondBacklog: number;
  /** The handshake is TCP's: it completes whether or not anybody waits in accept(). */
  readonly completesWithoutAccept: boolean;
  /** A listener without room is silent, so that the client tries again. Linux tcp_conn_request. */
  readonly fullQueueRefuses: boolean;
  /** The last change to a segment before it leaves. */
  readonly stamp: (segment: Segment, endpoint: Endpoint) => Segment;
  /** Rows of the transition table that lead elsewhere. */
  readonly detours: Readonly<Partial<Record<TransitionId, TcpState>>>;
}

/** Sequence numbers that a segment of `length` octets with these control bits takes. RFC 9293 §3.4. */
export function numbersTaken(
  { synTakes, finTakes, pureAckTakes }: Pick<Laws, 'synTakes' | 'finTakes' | 'pureAckTakes'>,
  { flags, length }: { readonly flags: Flags; readonly length: number },
): number {
  const control = (flags & SYN ? synTakes : 0) + (flags & FIN ? finTakes : 0);
  const isPureAck = length === 0 && (flags & (SYN | FIN | RST | ACK)) === ACK;
  return length + control + (isPureAck ? pureAckTakes : 0);
}

/** How long TIME-WAIT lasts by these laws. RFC 9293 §3.6.1. */
export function timeWaitLength({
  laws,
  msl,
  finWait2Timeout,
}: {
  readonly laws: Laws;
  readonly msl: Ms;
  readonly finWait2Timeout: Ms | undefined;
}): Ms {
  const believed = laws.finTimeoutEndsTimeWait ? finWait2Timeout : undefined;
  return believed ?? ms(laws.timeWaitMsls * msl);
}

/** The rules of RFC 9293. */
export const SOUND_LAWS: Laws = {
  synTakes: 1,
  finTakes: 1,
  pureAckTakes: 0,
  timeWaitMsls: 2,
  timeWaitRestarts: true,
  backsOffBy: 2,
  repeatsNumber: true,
  answersUnacceptable: true,
  acksReset: false,
  finHidesItsAck: false,
  dataCompletesHandshake: true,
  finWaitsForData: true,
  probesClosedWindow: true,
  spareProbes: 0,
  finTimeoutEndsTimeWait: false,
  queuedBeyondBacklog: 1,
  completesWithoutAccept: true,
  fullQueueRefuses: false,
  stamp: (segment) => segment,
  detours: {},
};
