import type { ErrorCode, TimerName } from './event.ts';
import type { Flags } from './segment.ts';
import { type Seq, seq } from './seq.ts';
import type { TcpState } from './states.ts';
import { type Ms, ms } from './time.ts';

/** One entry of the retransmission queue: sequence space sent and not yet acknowledged in full. */
export interface Sent {
  readonly seq: Seq;
  readonly flags: Flags;
  readonly length: number;
  readonly sentAt: Ms;
  /** How often it was sent again; a repeated segment gives no RTT sample (Karn, RFC 6298 §3). */
  readonly retries: number;
  /** `sacked`: the peer has it, out of order; `lost`: to be sent again as soon as there is room. RFC 2018 §5. */
  readonly mark?: 'sacked' | 'lost';
}

/** A repair under way, and what it has to put back should nothing have been lost. Linux prior_cwnd, prr_*, retrans_stamp. */
export interface Recovery {
  /** RecoveryPoint: it lasts until this is acknowledged. RFC 6675 §2. */
  readonly upTo: Seq;
  /** A timeout began it or came into it: everything is sent anew in slow start. Linux TCP_CA_Loss. */
  readonly slowStart: boolean;
  readonly since: Ms;
  readonly priorCwnd: number;
  readonly priorSsthresh: number;
  /** Segments known to have arrived since, and sent since. RFC 6937 §3: prr_delivered, prr_out. */
  readonly arrived: number;
  readonly sent: number;
}

/** Octets that arrived ahead of RCV.NXT: `from` included, `to` excluded; `fin` when the FIN stands at `to`. */
export interface Held {
  readonly from: Seq;
  readonly to: Seq;
  readonly fin: boolean;
}

/** When each running timer will fire; a timer that is not running is absent. */
export type Deadlines = Readonly<Partial<Record<TimerName, Ms>>>;

/** One end of a connection: the TCB of RFC 9293 §3.3.1 and what the life cycle needs beside it. */
export interface Endpoint {
  readonly state: TcpState;
  /** How it was opened: decides where a RST in SYN-RECEIVED leads. RFC 9293 §3.10.7.4. */
  readonly role: 'none' | 'active' | 'passive';

  readonly iss: Seq;
  readonly sndUna: Seq;
  readonly sndNxt: Seq;
  /** Octets the peer allows in flight, after scaling. */
  readonly sndWnd: number;
  readonly sndWl1: Seq;
  readonly sndWl2: Seq;
  /** The largest window the peer ever offered. RFC 5961 §5.2. */
  readonly maxSndWnd: number;
  /** SND.UP and RCV.UP: the octet after the urgent data, sent and received. RFC 9293 §3.8.5. */
  readonly sndUp: Seq | undefined;
  readonly rcvUp: Seq | undefined;
  /** Octets of payload per segment the peer accepts. */
  readonly sndMss: number;
  /** What the peer's window field and ours are shifted by. RFC 7323 §2.3. */
  readonly sndScale: number;
  readonly rcvScale: number;
  /** Both SYNs carried the option. RFC 7323 §3.2, RFC 2018 §2. */
  readonly timestamps: boolean;
  readonly sack: boolean;
  /** TS.Recent: the peer's latest TSval that counts. RFC 7323 §4.3. */
  readonly recentStamp: Seq | undefined;

  readonly irs: Seq;
  readonly rcvNxt: Seq;
  /** Octets we allow in flight towards us. */
  readonly rcvWnd: number;
  /** The most we offer, however much room there is: it grows with the flow. */
  readonly windowLimit: number;
  /** Last.ACK.sent: the number our last ACK carried. RFC 7323 §4.3. */
  readonly ackedUpTo: Seq;
  /** SEG.SEQ of the last segment accepted; only some misconceptions need it. */
  readonly lastSeq: Seq;

  /** Octets the application handed over that were never sent. */
  readonly unsent: number;
  /** Ends of writes among them, for PSH, and whether the last writer said that more is coming. RFC 9293 §3.9.1.2. */
  readonly pushes: readonly Seq[];
  readonly corked: boolean;
  /** End of the last segment smaller than the MSS. RFC 9293 §3.7.4. */
  readonly smallUpTo: Seq | undefined;
  /** The application has closed its sending side; the FIN may still wait behind data. */
  readonly closing: boolean;
  /** The sequence number of our FIN once sent. */
  readonly finSeq: Seq | undefined;
  /** The application let go of the connection with close(). */
  readonly orphaned: boolean;
  /** The application gave up reading with shutdown(SHUT_RD). */
  readonly readShut: boolean;
  /** close() aborts: SO_LINGER with a time of 0. */
  readonly lingersNot: boolean;

  /** The application reads whatever arrives, at once. */
  readonly reads: boolean;
  /** The application calls close() as soon as it reads end of file. */
  readonly closesAtEof: boolean;
  /** Octets received in order that the application has not read. */
  readonly unread: number;
  /** Octets a read() that blocks would take; 0 when none does. */
  readonly awaits: number;
  /** What the next call will fail with, once: no call was there to be told. Linux sk_err. */
  readonly pending: ErrorCode | undefined;
  readonly held: readonly Held[];
  /** How many ACKs told of something out of order since RCV.NXT was this. */
  readonly gapTold: { readonly at: Seq; readonly times: number } | undefined;
  readonly peerFin: boolean;
  /** read() has returned 0 for the peer's FIN. */
  readonly eofTold: boolean;

  /** How long an ACK may wait now, how many leave at once before any waits, and whether the talk is a dialogue. */
  readonly ackWait: Ms;
  readonly quickAcks: number;
  readonly dialogue: boolean;
  readonly lastTextAt: Ms | undefined;
  /** The largest segment the peer was seen to send, and how many smaller ones wait for an ACK. */
  readonly rcvMss: number;
  readonly smallOnes: number;

  readonly retransmit: readonly Sent[];
  readonly retries: number;
  /** When the first of the present retransmissions left. */
  readonly retryingSince: Ms | undefined;
  readonly rto: Ms;
  /** Segments allowed in flight, and where slow start ends. RFC 5681 §3.1. */
  readonly cwnd: number;
  readonly ssthresh: number;
  /** When data last left. */
  readonly textSentAt: Ms | undefined;
  /** The repair of losses under way. */
  readonly recovery: Recovery | undefined;
  readonly duplicateAcks: number;
  /** End of what a tail loss probe sent again, while nobody has acknowledged it. RFC 8985 §7. */
  readonly probedUpTo: Seq | undefined;
  /** Of the latest segment known to be delivered: when it left, its end, its round trip. RFC 8985 §5.2. */
  readonly delivered: { readonly sentAt: Ms; readonly end: Seq; readonly rtt: number } | undefined;
  readonly minRtt: number | undefined;
  /** Something was seen to arrive after what left later. RFC 8985 §6.2 step 4. */
  readonly reordered: boolean;
  /** Smoothed round trip and its variation; undefined before the first sample. RFC 6298 §2. */
  readonly srtt: number | undefined;
  readonly rttvar: number;
  /** Mean deviation from it, the greatest one of this round trip, and the number that ends it. Linux mdev, mdev_max, rtt_seq. */
  readonly deviation: { readonly mean: number; readonly most: number; readonly until: Seq } | undefined;
  readonly deadlines: Deadlines;
  readonly keepalive: boolean;
  readonly probes: number;
  /** When the last challenge ACK left, for its rate limit. RFC 5961 §7. */
  readonly challengedAt: Ms | undefined;
}

/** An endpoint that does not exist yet: RFC 9293 calls CLOSED fictional. §3.3.2. */
export const CLOSED_ENDPOINT: Endpoint = {
  state: 'CLOSED',
  role: 'none',
  iss: seq(0),
  sndUna: seq(0),
  sndNxt: seq(0),
  sndWnd: 0,
  sndWl1: seq(0),
  sndWl2: seq(0),
  maxSndWnd: 0,
  sndUp: undefined,
  rcvUp: undefined,
  sndMss: 536,
  sndScale: 0,
  rcvScale: 0,
  timestamps: false,
  sack: false,
  recentStamp: undefined,
  irs: seq(0),
  rcvNxt: seq(0),
  rcvWnd: 0,
  windowLimit: 0,
  ackedUpTo: seq(0),
  lastSeq: seq(0),
  unsent: 0,
  pushes: [],
  corked: false,
  smallUpTo: undefined,
  closing: false,
  finSeq: undefined,
  orphaned: false,
  readShut: false,
  lingersNot: false,
  reads: true,
  closesAtEof: false,
  unread: 0,
  awaits: 0,
  pending: undefined,
  held: [],
  gapTold: undefined,
  peerFin: false,
  eofTold: false,
  ackWait: ms(0),
  quickAcks: 0,
  dialogue: false,
  lastTextAt: undefined,
  rcvMss: 536,
  smallOnes: 0,
  retransmit: [],
  retries: 0,
  retryingSince: undefined,
  rto: ms(1000),
  cwnd: Number.MAX_SAFE_INTEGER,
  ssthresh: Number.MAX_SAFE_INTEGER,
  textSentAt: undefined,
  recovery: undefined,
  duplicateAcks: 0,
  probedUpTo: undefined,
  delivered: undefined,
  minRtt: undefined,
  reordered: false,
  srtt: undefined,
  rttvar: 0,
  deviation: undefined,
  deadlines: {},
  keepalive: false,
  probes: 0,
  challengedAt: undefined,
};

/** Segments that may still be under way. RFC 6675 §4 (pipe); without SACK a duplicate ACK stands for one that is not. */
export function inFlight({ retransmit, sack, duplicateAcks }: Endpoint): number {
  const out = retransmit.reduce((count, sent) => count + (sent.mark === undefined ? 1 : 0), 0);
  return sack ? out : Math.max(0, out - duplicateAcks);
}

/**
 * The deadlines with one changed, or taken away. Written as a loop: a spread, and above all a rest, is several times
 * slower, and every step of a connection arms or stops a timer.
 */
export function withDeadline(deadlines: Deadlines, timer: TimerName, at: Ms | undefined): Deadlines {
  const changed: Partial<Record<TimerName, Ms>> = {};
  for (const name in deadlines) {
    const due = deadlines[name as TimerName];
    if (name !== timer && due !== undefined) changed[name as TimerName] = due;
  }
  if (at !== undefined) changed[timer] = at;
  return changed;
}

/** An endpoint under construction inside one step; nobody else ever sees it. */
export type Draft = { -readonly [K in keyof Endpoint]: Endpoint[K] };

/** A shallow copy. Written out field by field: an object literal is ten times faster than a spread. */
export function draftOf(e: Endpoint): Draft {
  return {
    state: e.state,
    role: e.role,
    iss: e.iss,
    sndUna: e.sndUna,
    sndNxt: e.sndNxt,
    sndWnd: e.sndWnd,
    sndWl1: e.sndWl1,
    sndWl2: e.sndWl2,
    maxSndWnd: e.maxSndWnd,
    sndUp: e.sndUp,
    rcvUp: e.rcvUp,
    sndMss: e.sndMss,
    sndScale: e.sndScale,
    rcvScale: e.rcvScale,
    timestamps: e.timestamps,
    sack: e.sack,
    recentStamp: e.recentStamp,
    irs: e.irs,
    rcvNxt: e.rcvNxt,
    rcvWnd: e.rcvWnd,
    windowLimit: e.windowLimit,
    ackedUpTo: e.ackedUpTo,
    lastSeq: e.lastSeq,
    unsent: e.unsent,
    pushes: e.pushes,
    corked: e.corked,
    smallUpTo: e.smallUpTo,
    closing: e.closing,
    finSeq: e.finSeq,
    orphaned: e.orphaned,
    readShut: e.readShut,
    lingersNot: e.lingersNot,
    reads: e.reads,
    closesAtEof: e.closesAtEof,
    unread: e.unread,
    awaits: e.awaits,
    pending: e.pending,
    held: e.held,
    gapTold: e.gapTold,
    peerFin: e.peerFin,
    eofTold: e.eofTold,
    ackWait: e.ackWait,
    quickAcks: e.quickAcks,
    dialogue: e.dialogue,
    lastTextAt: e.lastTextAt,
    rcvMss: e.rcvMss,
    smallOnes: e.smallOnes,
    retransmit: e.retransmit,
    retries: e.retries,
    retryingSince: e.retryingSince,
    rto: e.rto,
    cwnd: e.cwnd,
    ssthresh: e.ssthresh,
    textSentAt: e.textSentAt,
    recovery: e.recovery,
    duplicateAcks: e.duplicateAcks,
    probedUpTo: e.probedUpTo,
    delivered: e.delivered,
    minRtt: e.minRtt,
    reordered: e.reordered,
    srtt: e.srtt,
    rttvar: e.rttvar,
    deviation: e.deviation,
    deadlines: e.deadlines,
    keepalive: e.keepalive,
    probes: e.probes,
    challengedAt: e.challengedAt,
  };
}
