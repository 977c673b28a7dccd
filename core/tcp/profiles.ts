import type { Laws } from './laws.ts';
import { SOUND_LAWS } from './laws.ts';
import { type Ms, ms, seconds } from './time.ts';

export const PROFILE_IDS = ['textbook', 'rfc9293'] as const;
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
  /** Retransmissions of a SYN or SYN,ACK before giving up. */
  readonly synRetries: number;
  /** Retransmissions of data or FIN before giving up (R2). */
  readonly dataRetries: number;
  /** 0 acknowledges at once. */
  readonly delayedAck: Ms;
  readonly mss: number;
  /** Octets of receive buffer. */
  readonly receiveBuffer: number;
  /** Whether SYNs carry the MSS option. */
  readonly sendsMss: boolean;
  readonly keepaliveIdle: Ms;
  readonly keepaliveInterval: Ms;
  readonly keepaliveProbes: number;
  /** Whether the SYN of a half-made connection, come again, gets the SYN,ACK again; RFC 9293 §3.10.7.4 sends a plain ACK. */
  readonly repeatsSynAck: boolean;
  /** Whether a FIN queued behind data leaves on the last data segment instead of a segment of its own. */
  readonly finRidesData: boolean;
  /** Whether the RST of an ABORT also carries an ACK; RFC 9293 §3.10.5 sends it without. */
  readonly abortCarriesAck: boolean;
  /** RFC 5961: SYN and inexact RST in the window are challenged instead of believed. */
  readonly challengeAcks: boolean;
  /** Whether a listener drops a SYN that also carries FIN; RFC 9293 §3.10.7.2 takes the SYN and keeps the FIN for later. */
  readonly dropsSynFin: boolean;
  /** RFC 1337: RST does not end TIME-WAIT. */
  readonly ignoresRstInTimeWait: boolean;
  /** A SYN above every number of the old connection reopens it from TIME-WAIT. RFC 9293 §3.6.1 (MAY-2). */
  readonly reopensTimeWait: boolean;
  /** How long an orphan waits in FIN-WAIT-2; undefined waits for ever. */
  readonly finWait2Timeout: Ms | undefined;
  /** close() gives up reading too: data unread then, or arriving later, is answered with RST. RFC 9293 §3.6.1 (MAY-1, SHLD-3). */
  readonly halfDuplexClose: boolean;
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
  synRetries: 5,
  dataRetries: 8,
  delayedAck: ms(0),
  mss: 1460,
  receiveBuffer: 65_535,
  sendsMss: false,
  keepaliveIdle: seconds(7200), // RFC 9293 §3.8.4 (MUST-28): at least two hours by default
  keepaliveInterval: seconds(75),
  keepaliveProbes: 9,
  repeatsSynAck: true,
  finRidesData: false,
  abortCarriesAck: false,
  challengeAcks: false,
  dropsSynFin: false,
  ignoresRstInTimeWait: false,
  reopensTimeWait: false,
  finWait2Timeout: undefined,
  halfDuplexClose: false,
  laws: SOUND_LAWS,
};

/** The values the standards name. */
const RFC9293: Profile = {
  ...TEXTBOOK,
  id: 'rfc9293',
  msl: seconds(120), // RFC 9293 §3.4.2
  measuresRoundTrip: true, // RFC 6298 §2
  synRetries: 8, // RFC 9293 §3.8.3 (MUST-23): R2 for a SYN at least 3 minutes: 1+2+4+…+60 s
  delayedAck: ms(200), // RFC 9293 §3.8.6.3 (MUST-40): below 0.5 s
  sendsMss: true, // RFC 9293 §3.7.1 (SHLD-5)
  repeatsSynAck: false,
  finRidesData: true,
  challengeAcks: true, // RFC 9293 §3.10.7.4 takes up RFC 5961
  reopensTimeWait: true,
  halfDuplexClose: true, // RFC 9293 §3.6.1 (MAY-1), as socket systems do
};

export const PROFILES = { textbook: TEXTBOOK, rfc9293: RFC9293 } as const satisfies Record<
  ProfileId,
  Profile
>;
