import type { Laws } from './laws.ts';
import { SOUND_LAWS } from './laws.ts';
import { type Seq, seq } from './seq.ts';
import { type Ms, ms, seconds } from './time.ts';

export const PROFILE_IDS = ['textbook', 'rfc9293', 'linux'] as const;
export type ProfileId = (typeof PROFILE_IDS)[number];

/** Every number and choice that one TCP may make differently from another. */
export interface Profile {
  readonly id: ProfileId;
  /** Maximum segment lifetime. */
  readonly msl: Ms;
  /** RTO before any round trip was measured. */
  readonly initialRto: Ms;
  readonly minRto: Ms;
  readonly maxRto: Ms;
  /** Whether the RTO follows the measured round trip (RFC 6298) or stays at `initialRto`. */
  readonly measuresRoundTrip: boolean;
  /** Whether `minRto` is the least variance added to the round trip, instead of the least RTO. */
  readonly flooredVariance: boolean;
  /** Retransmissions of a SYN or SYN,ACK before giving up. */
  readonly synRetries: number;
  readonly synAckRetries: number;
  /** Retransmissions of a SYN before the timeout begins to double; they come on top of `synRetries`. */
  readonly linearSynRetries: number;
  /** How soon a SYN is sent again after an ACK that was not for it; undefined leaves the timer alone. */
  readonly synAgainAfterWrongAck: Ms | undefined;
  /** Retransmissions of data or FIN before giving up (R2). */
  readonly dataRetries: number;
  /** The same once the application has let go of the connection. */
  readonly orphanRetries: number;
  /** Whether the last two are counted as the time so many retries would take at `minRto`, from the first one on. */
  readonly countsRetriesAsTime: boolean;
  /** Gives up retransmitting when this much time has passed since the first; undefined counts only retries. */
  readonly userTimeout: Ms | undefined;
  /** 0 acknowledges at once. */
  readonly delayedAck: Ms;
  /** ACKs that leave at once when data begins to flow, or flows again, before any is delayed; 0 delays from the first. */
  readonly quickAcks: number;
  /** Timers are no finer than this. */
  readonly tick: Ms;
  /** When the ticks of a timer wheel began: timers fire late, the more the longer they run. Undefined fires on time. */
  readonly wheelFrom: Ms | undefined;
  readonly mss: number;
  /** Octets of receive buffer. */
  readonly receiveBuffer: number;
  /** What the window may grow to while full segments flow; undefined keeps it at `receiveBuffer`. */
  readonly receiveSpace: number | undefined;
  /** Whether SYNs carry the MSS option. */
  readonly sendsMss: boolean;
  /** Shift count its SYN offers; undefined offers none. RFC 7323 §2. */
  readonly windowScale: number | undefined;
  /** Whether its SYN offers selective acknowledgments. RFC 2018. */
  readonly sack: boolean;
  /** TSval at time zero, one more each millisecond; undefined offers no timestamps. RFC 7323 §3, §5.4. */
  readonly timestampsFrom: Seq | undefined;
  /** Segments in flight before the first ACK; undefined has no congestion window. RFC 5681 §3.1, RFC 6928. */
  readonly initialWindow: number | undefined;
  /** A segment smaller than the MSS waits while one like it is unacknowledged. RFC 9293 §3.7.4. */
  readonly nagle: boolean;
  /** Segments handed down as one, so that only the last of them carries PSH; 0 leaves PSH to the last of a write. */
  readonly segmentsPerBurst: number;
  /** Whether small segments that follow each other are sent again as one. RFC 9293 §3.8.1 allows repacketizing. */
  readonly joinsRetransmissions: boolean;
  /** Lost segments are told from SACKs and times. RFC 6675, RFC 8985 §6. */
  readonly lossRecovery: boolean;
  /** The last segment in flight is sent again before its timeout. RFC 8985 §7. */
  readonly tailLossProbe: boolean;
  readonly keepaliveIdle: Ms;
  readonly keepaliveInterval: Ms;
  readonly keepaliveProbes: number;
  /** Whether a peer that answers no probe is told so with RST. */
  readonly keepaliveEndsWithRst: boolean;
  /** Whether the SYN of a half-made connection, come again, gets the SYN,ACK again; RFC 9293 §3.10.7.4 sends a plain ACK. */
  readonly repeatsSynAck: boolean;
  /** Whether a FIN queued behind data leaves on the last data segment instead of a segment of its own. */
  readonly finRidesData: boolean;
  /** Whether the RST of an ABORT also carries an ACK; RFC 9293 §3.10.5 sends it without. */
  readonly abortCarriesAck: boolean;
  /** Whether a reset after the peer's FIN is EPIPE rather than ECONNRESET: whoever read to the end can only fail in writing. */
  readonly resetAfterFinIsEpipe: boolean;
  /** RFC 5961: SYN and inexact RST in the window are challenged instead of believed. */
  readonly challengeAcks: boolean;
  /** At least so long between two ACKs that answer something unacceptable; 0 does not limit them. RFC 5961 §7. */
  readonly challengeInterval: Ms;
  /**
   * Half-made connections of a listener, orphans in FIN-WAIT-2 and TIME-WAIT are kept as mini sockets:
   * they know no challenge ACK, only whether a segment lies in the window.
   */
  readonly miniSockets: boolean;
  /**
   * Judges by the last number acknowledged instead of RCV.NXT whether a segment is old: one whose ACK still waits is
   * not. And believes a RST at the number of the peer's FIN, or where the last SACK block ended.
   */
  readonly judgesByLastAck: boolean;
  /** Whether a listener takes data that comes with a SYN at once: TCP Fast Open, RFC 7413 §4.2. */
  readonly takesSynData: boolean;
  /** Whether a SYN that goes again carries its data again, or leaves it to segments of its own. RFC 9293 §3.8.1. */
  readonly repeatsSynData: boolean;
  /** Whether a listener drops a SYN that also carries FIN; RFC 9293 §3.10.7.2 takes the SYN and keeps the FIN for later. */
  readonly dropsSynFin: boolean;
  /** RFC 1337: RST does not end TIME-WAIT. */
  readonly ignoresRstInTimeWait: boolean;
  /** A SYN above every number of the old connection reopens it from TIME-WAIT. RFC 9293 §3.6.1 (MAY-2). */
  readonly reopensTimeWait: boolean;
  /** A SYN is dropped whose timestamp is older than the last one heard from its address: Linux tcp_tw_recycle, until 4.12. */
  readonly recyclesTimeWait: boolean;
  /** A client may take the port of its own connection in TIME-WAIT after so long, if it has timestamps; undefined never. */
  readonly reusesTimeWaitAfter: Ms | undefined;
  /** Local ports there are for connections to one target, from the host's own port on. */
  readonly ephemeralPorts: number;
  /** How long an orphan waits in FIN-WAIT-2; undefined waits for ever. */
  readonly finWait2Timeout: Ms | undefined;
  /** close() gives up reading too: data unread then, or arriving later, is answered with RST. RFC 9293 §3.6.1 (MAY-1, SHLD-3). */
  readonly halfDuplexClose: boolean;
  /** What a listener does with a connection its accept queue has no room for: RST, or let the peer try again. */
  readonly abortsOnOverflow: boolean;
  /** SYN cookies: never, when the SYN queue overflows, or always. RFC 4987 §3.6. */
  readonly synCookies: 'never' | 'on-overflow' | 'always';
  readonly laws: Laws;
}

/** What a course draws: one ACK per segment, no options, a fixed timeout. */
const TEXTBOOK: Profile = {
  id: 'textbook',
  msl: seconds(30), // the figure most courses use; RFC 9293 §3.4.2 says 2 minutes
  initialRto: seconds(1), // RFC 6298 (2.1)
  minRto: seconds(1), // RFC 6298 (2.4)
  maxRto: seconds(60), // RFC 6298 (2.5)
  measuresRoundTrip: false,
  flooredVariance: false,
  synRetries: 5,
  synAckRetries: 5,
  linearSynRetries: 0,
  synAgainAfterWrongAck: undefined,
  dataRetries: 8,
  orphanRetries: 8,
  countsRetriesAsTime: false,
  userTimeout: undefined,
  delayedAck: ms(0),
  quickAcks: 0,
  tick: ms(1),
  wheelFrom: undefined,
  mss: 1460,
  receiveBuffer: 65_535,
  receiveSpace: undefined,
  sendsMss: false,
  windowScale: undefined,
  sack: false,
  timestampsFrom: undefined,
  initialWindow: undefined,
  nagle: false,
  segmentsPerBurst: 0,
  joinsRetransmissions: false,
  lossRecovery: false,
  tailLossProbe: false,
  keepaliveIdle: seconds(7200), // RFC 9293 §3.8.4 (MUST-28): at least two hours by default
  keepaliveInterval: seconds(75),
  keepaliveProbes: 9,
  keepaliveEndsWithRst: false,
  repeatsSynAck: true,
  finRidesData: false,
  abortCarriesAck: false,
  resetAfterFinIsEpipe: false,
  challengeAcks: false,
  challengeInterval: ms(0),
  miniSockets: false,
  judgesByLastAck: false,
  takesSynData: false,
  repeatsSynData: true,
  dropsSynFin: false,
  ignoresRstInTimeWait: false,
  reopensTimeWait: false,
  recyclesTimeWait: false,
  reusesTimeWaitAfter: undefined,
  ephemeralPorts: 16_384, // 49152-65535: RFC 6335 §6
  finWait2Timeout: undefined,
  halfDuplexClose: false,
  abortsOnOverflow: false,
  synCookies: 'never',
  laws: SOUND_LAWS,
};

/** The values the standards name. */
const RFC9293: Profile = {
  ...TEXTBOOK,
  id: 'rfc9293',
  msl: seconds(120), // RFC 9293 §3.4.2
  measuresRoundTrip: true, // RFC 6298 §2
  synRetries: 8, // RFC 9293 §3.8.3 (MUST-23): R2 for a SYN at least 3 minutes: 1+2+4+…+60 s
  synAckRetries: 8,
  delayedAck: ms(200), // RFC 9293 §3.8.6.3 (MUST-40): below 0.5 s
  sendsMss: true, // RFC 9293 §3.7.1 (SHLD-5)
  nagle: true, // RFC 9293 §3.7.4 (SHLD-7), §3.8.6.2.1 (MUST-38)
  repeatsSynAck: false,
  finRidesData: true,
  challengeAcks: true, // RFC 9293 §3.10.7.4 takes up RFC 5961
  reopensTimeWait: true,
  halfDuplexClose: true, // RFC 9293 §3.6.1 (MAY-1), as socket systems do
};

/** Linux 6.18 as shipped. Names are of net/ipv4 sysctls and of constants in include/net/tcp.h. */
const LINUX: Profile = {
  ...RFC9293,
  id: 'linux',
  msl: seconds(30), // TCP_TIMEWAIT_LEN is 60 s, whatever 2MSL may be
  initialRto: seconds(1), // TCP_TIMEOUT_INIT; RFC 6298 (2.1)
  minRto: ms(200), // TCP_RTO_MIN, tcp_rto_min_us
  maxRto: seconds(120), // TCP_RTO_MAX, tcp_rto_max_ms
  flooredVariance: true, // __tcp_set_rto: SRTT + max(TCP_RTO_MIN, 4 RTTVAR)
  synRetries: 6, // tcp_syn_retries
  synAckRetries: 5, // tcp_synack_retries
  linearSynRetries: 4, // tcp_syn_linear_timeouts
  synAgainAfterWrongAck: ms(8), // TCP_TIMEOUT_MIN: two jiffies, in tcp_rcv_synsent_state_process
  dataRetries: 15, // tcp_retries2
  orphanRetries: 8, // tcp_orphan_retries 0 means 8 while the RTO is below its ceiling: tcp_orphan_retries()
  countsRetriesAsTime: true, // retransmits_timed_out, tcp_model_timeout
  userTimeout: undefined, // TCP_USER_TIMEOUT is off
  delayedAck: ms(40), // TCP_ATO_MIN, TCP_DELACK_MIN
  quickAcks: 16, // TCP_MAX_QUICKACKS
  tick: ms(4), // CONFIG_HZ=250
  wheelFrom: undefined, // there is one (kernel/time/timer.c); a learner is shown the times that were asked for
  receiveBuffer: 64_240, // 44 MSS: what tcp_select_initial_window makes of tcp_rmem 131072
  receiveSpace: 86_000, // tcp_win_from_space of the same: measured, as it depends on the memory a segment takes
  windowScale: 10, // what it makes of tcp_rmem's ceiling of 32 MiB; 7 with 6 MiB
  sack: true, // tcp_sack
  timestampsFrom: seq(0), // tcp_timestamps 1; the real clock starts at a secret (secure_tcp_ts_off)
  initialWindow: 10, // TCP_INIT_CWND; RFC 6928
  nagle: true, // TCP_NODELAY is off
  segmentsPerBurst: 2, // tcp_min_tso_segs; __tcp_transmit_skb sets PSH on every packet of several segments
  joinsRetransmissions: true, // tcp_retrans_collapse 1
  lossRecovery: true, // tcp_recovery 1 (RACK)
  tailLossProbe: true, // tcp_early_retrans 3
  keepaliveIdle: seconds(7200), // tcp_keepalive_time
  keepaliveInterval: seconds(75), // tcp_keepalive_intvl
  keepaliveProbes: 9, // tcp_keepalive_probes
  keepaliveEndsWithRst: true, // tcp_keepalive_timer calls tcp_send_active_reset
  repeatsSynAck: true, // tcp_check_req
  abortCarriesAck: true, // tcp_send_active_reset
  resetAfterFinIsEpipe: true, // tcp_reset: sk_err in TCP_CLOSE_WAIT
  challengeInterval: ms(500), // tcp_invalid_ratelimit
  miniSockets: true, // tcp_check_req, tcp_timewait_state_process
  judgesByLastAck: true, // tcp_sequence, tcp_reset_check
  takesSynData: false, // tcp_fastopen 1: only as a client
  repeatsSynData: false, // tcp_send_syn_data: the data stands behind the SYN in the queue
  dropsSynFin: true, // tcp_rcv_state_process
  ignoresRstInTimeWait: false, // tcp_rfc1337 0
  reusesTimeWaitAfter: undefined, // tcp_tw_reuse 2: on the loopback interface only; with 1 a second
  ephemeralPorts: 28_232, // ip_local_port_range 32768-60999
  finWait2Timeout: seconds(60), // tcp_fin_timeout
  abortsOnOverflow: false, // tcp_abort_on_overflow 0
  synCookies: 'on-overflow', // tcp_syncookies 1
};

export const PROFILES = { textbook: TEXTBOOK, rfc9293: RFC9293, linux: LINUX } as const satisfies Record<
  ProfileId,
  Profile
>;
