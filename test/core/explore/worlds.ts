import type { TcpEvent } from '../../../core/tcp/event.ts';
import { PROFILES, type Profile } from '../../../core/tcp/profiles.ts';
import { ACK, flags, RST, SYN, segment } from '../../../core/tcp/segment.ts';
import { seq } from '../../../core/tcp/seq.ts';
import { ms, seconds } from '../../../core/tcp/time.ts';
import type { Move, Side, World } from './world.ts';

// The worlds that are explored: each pairs a profile with what applications, network and forgers may do.

/** Octets are few, so that windows fill and retries run out within reach. */
const FEW = { synRetries: 1, linearSynRetries: 0, synAckRetries: 1, dataRetries: 1, orphanRetries: 1 };
const SMALL = { ...FEW, mss: 1, receiveBuffer: 2 };
const TEXTBOOK: Profile = { ...PROFILES.textbook, ...SMALL };
const RFC9293: Profile = { ...PROFILES.rfc9293, ...SMALL };
/** Without its limit of ACKs in time, as time stands still. 12 octets of each segment are timestamps. */
const LINUX: Profile = {
  ...PROFILES.linux,
  ...FEW,
  mss: 13,
  windowScale: 0,
  challengeInterval: ms(0),
};

const X = 100;
const Y = 300;

function may(side: Side, event: TcpEvent, times = 1): Move {
  return { side, event, times };
}

const calls = (name: 'close' | 'abort' | 'shutdown' | 'receive' | 'keepalive' | 'close-at-eof', side: Side) =>
  may(side, { kind: name });
const send = (side: Side, times = 1) => may(side, { kind: 'send', length: 1 }, times);
const connect = (side: Side, iss: number) => may(side, { kind: 'open', mode: 'active', iss: seq(iss) });
const listen = (side: Side, iss: number) => may(side, { kind: 'open', mode: 'passive', iss: seq(iss) });
const OPEN = [listen(1, Y), connect(0, X)];

/** A segment that no end sent reaches one of them. */
function forged(side: Side, bits: number, from: number, ack = 0): Move {
  return may(side, {
    kind: 'segment',
    segment: segment({ flags: bits as ReturnType<typeof flags>, seq: seq(from), ack: seq(ack), window: 2 }),
  });
}

/** Nothing goes wrong but what a world says. */
const CALM = { losses: 0, copies: 0, timeouts: 1, room: 3 };

export const WORLDS: readonly World[] = [
  {
    ...CALM,
    name: 'client and server, one segment lost and one copied',
    profile: TEXTBOOK,
    moves: [...OPEN, send(0), calls('close', 0), calls('close', 1)],
    losses: 1,
    copies: 1,
    timeouts: 2,
    honest: true,
  },
  {
    ...CALM,
    name: 'data both ways, then both close',
    profile: RFC9293,
    moves: [...OPEN, send(0, 2), send(1), calls('shutdown', 0), calls('close', 1), calls('close', 0)],
    losses: 1,
    honest: true,
  },
  {
    ...CALM,
    name: 'simultaneous open',
    profile: RFC9293,
    moves: [connect(0, X), connect(1, Y), send(0), calls('close', 0), calls('close', 1), calls('abort', 1)],
    losses: 1,
    copies: 1,
    timeouts: 2,
    honest: true,
  },
  {
    ...CALM,
    name: 'a reader that stops, and a window that closes',
    profile: { ...RFC9293, halfDuplexClose: false },
    moves: [
      ...OPEN,
      may(1, { kind: 'reading', on: false }),
      may(0, { kind: 'send', length: 3 }),
      calls('receive', 1),
      calls('close', 0),
      calls('close-at-eof', 1),
    ],
    losses: 1,
    copies: 1,
    timeouts: 3,
    honest: true,
  },
  {
    ...CALM,
    name: 'aborts, and closes with data unread',
    profile: { ...RFC9293, finWait2Timeout: seconds(60) },
    moves: [
      ...OPEN,
      may(1, { kind: 'reading', on: false }),
      send(0),
      calls('abort', 0),
      calls('close', 0),
      calls('abort', 1),
      calls('close', 1),
    ],
    losses: 1,
    copies: 1,
    honest: true,
  },
  {
    ...CALM,
    name: 'keepalive towards a peer that may be gone',
    profile: { ...TEXTBOOK, keepaliveProbes: 1 },
    moves: [
      ...OPEN,
      calls('keepalive', 0),
      calls('keepalive', 1),
      calls('close', 0),
      calls('abort', 1),
      calls('close', 1),
    ],
    losses: 1,
    timeouts: 3,
    honest: true,
  },
  {
    ...CALM,
    name: 'old and forged SYN, without RFC 5961',
    profile: TEXTBOOK,
    moves: [...OPEN, calls('close', 0), calls('close', 1), forged(0, SYN, Y + 2), forged(1, SYN, X + 2)],
    losses: 1,
    honest: false,
  },
  {
    ...CALM,
    name: 'simultaneous open, data on one SYN, and a forged SYN, without RFC 5961',
    profile: TEXTBOOK,
    moves: [
      may(0, { kind: 'open', mode: 'active', iss: seq(X), data: 1 }),
      connect(1, Y),
      forged(0, SYN, Y + 2),
      calls('close', 0),
      calls('close', 1),
    ],
    losses: 1,
    honest: false,
  },
  {
    ...CALM,
    name: 'old and forged segments, with RFC 5961',
    profile: { ...RFC9293, ignoresRstInTimeWait: true },
    moves: [
      ...OPEN,
      calls('close', 0),
      calls('close', 1),
      forged(0, SYN, Y + 1),
      forged(1, SYN, X - 10),
      forged(0, RST, Y + 2),
      forged(1, RST, X + 1),
      forged(1, flags(SYN, ACK), X, Y + 1),
    ],
    honest: false,
  },
  {
    ...CALM,
    name: 'a listener that calls, and ports given to a new connection',
    profile: TEXTBOOK,
    moves: [
      ...OPEN,
      connect(1, Y),
      calls('abort', 0),
      calls('close', 1),
      calls('close', 0),
      may(0, { kind: 'replaced' }),
      may(1, { kind: 'replaced' }),
    ],
    losses: 1,
    copies: 1,
    honest: true,
  },
  {
    ...CALM,
    name: 'Linux: data both ways, then both close',
    profile: LINUX,
    moves: [...OPEN, send(0, 2), send(1), calls('shutdown', 0), calls('close', 1), calls('close', 0)],
    losses: 1,
    copies: 1,
    timeouts: 2,
    honest: true,
  },
  {
    ...CALM,
    name: 'Linux: a reader that stops, aborts',
    profile: { ...LINUX, receiveSpace: undefined, receiveBuffer: 4 },
    moves: [
      ...OPEN,
      may(1, { kind: 'reading', on: false }),
      may(0, { kind: 'send', length: 6 }),
      calls('receive', 1),
      calls('abort', 0),
      calls('close', 0),
      calls('close', 1),
    ],
    losses: 1,
    timeouts: 3,
    honest: true,
  },
];
