// The vocabulary of phrases: what an author may write, and what it stands for.

import type { SocketCall } from '../../core/host/returns.ts';
import { TIMERS, type TimerName } from '../../core/tcp/event.ts';
import { PROFILE_IDS, type ProfileId } from '../../core/tcp/profiles.ts';
import { ACK, FIN, type Flags, flags, PSH, RST, SYN } from '../../core/tcp/segment.ts';
import { TCP_STATES, type TcpState } from '../../core/tcp/states.ts';
import type { NumberRef, SegmentKind } from '../../core/timeline/scenario.ts';
import { type CallName, HOSTS, type HostId } from '../../core/timeline/timeline.ts';
import type { AskedVariable, SegmentPart, SsColumn } from '../engine/pack.ts';

export const PROFILE_WORDS: ReadonlyMap<string, ProfileId> = new Map(PROFILE_IDS.map((id) => [id, id]));

export const HOST_WORDS: ReadonlyMap<string, HostId> = new Map(HOSTS.map((host) => [host, host]));

export const KIND_WORDS: ReadonlyMap<string, SegmentKind> = new Map([
  ['SYN', 'SYN'],
  ['SYN-ACK', 'SYN-ACK'],
  ['SYN+ACK', 'SYN-ACK'],
  ['SYN,ACK', 'SYN-ACK'],
  ['ACK', 'ACK'],
  ['FIN', 'FIN'],
  ['RST', 'RST'],
  ['data', 'data'],
  ['keepalive', 'keepalive'],
  ['segment', 'segment'],
]);

/** Control bits of a forged segment of each kind that can be forged. */
export const FORGED_FLAGS: ReadonlyMap<string, Flags> = new Map([
  ['SYN', SYN],
  ['SYN-ACK', flags(SYN, ACK)],
  ['ACK', ACK],
  ['FIN', flags(FIN, ACK)],
  ['RST', RST],
  ['RST-ACK', flags(RST, ACK)],
  ['data', flags(PSH, ACK)],
  ['FIN without ACK', FIN],
  ['data without ACK', PSH],
]);

export const STATE_WORDS: ReadonlyMap<string, TcpState> = new Map(TCP_STATES.map((state) => [state, state]));

export const TIMER_WORDS: ReadonlyMap<string, TimerName> = new Map<string, TimerName>([
  ...TIMERS.map((timer) => [timer, timer] as const),
  ['2MSL', 'time-wait'],
]);

/** Calls without an argument. */
export const CALL_WORDS: ReadonlyMap<string, CallName> = new Map<string, CallName>([
  ['listen', 'listen'],
  ['connect', 'connect'],
  ['receive', 'receive'],
  ['read', 'receive'],
  ['bind', 'bind'],
  ['accept', 'accept'],
  ['reuse address', 'reuse-address'],
  ['linger 0', 'linger-zero'],
  ['fork', 'fork'],
  ['kill', 'exit'],
  ['shutdown write', 'shutdown'],
  ['shutdown both', 'shutdown-both'],
  ['stop reading', 'stop-reading'],
  ['delay ACKs', 'delay-acks'],
  ['exit', 'exit'],
  ['shutdown read', 'shutdown-read'],
  ['shutdown', 'shutdown'],
  ['close', 'close'],
  ['close at EOF', 'close-at-eof'],
  ['abort', 'abort'],
  ['keepalive', 'keepalive'],
  ['crash', 'crash'],
  ['reboot', 'reboot'],
]);

export const ORDINALS: ReadonlyMap<string, number | 'last' | 'every'> = new Map<
  string,
  number | 'last' | 'every'
>([
  ['first', 1],
  ['second', 2],
  ['third', 3],
  ['fourth', 4],
  ['fifth', 5],
  ['last', 'last'],
  ['every', 'every'],
]);

export const PART_WORDS: ReadonlyMap<string, SegmentPart> = new Map([
  ['flags', 'flags'],
  ['seq', 'seq'],
  ['ack', 'ack'],
  ['length', 'length'],
  ['window', 'window'],
  ['numbers taken', 'takes'],
  ['IP length', 'packet'],
]);

export const VARIABLE_WORDS: ReadonlyMap<string, AskedVariable> = new Map([
  ['SND.UNA', 'SND.UNA'],
  ['SND.NXT', 'SND.NXT'],
  ['RCV.NXT', 'RCV.NXT'],
]);

export const NUMBER_WORDS: ReadonlyMap<string, NumberRef['of']> = new Map([
  ['iss', 'iss'],
  ['snd.nxt', 'snd.nxt'],
  ['snd.una', 'snd.una'],
  ['rcv.nxt', 'rcv.nxt'],
]);

/** More than one segment of a kind. */
export const KINDS_WORDS: ReadonlyMap<string, SegmentKind> = new Map<string, SegmentKind>([
  ...KIND_WORDS,
  ['SYNs', 'SYN'],
  ['SYN-ACKs', 'SYN-ACK'],
  ['ACKs', 'ACK'],
  ['FINs', 'FIN'],
  ['RSTs', 'RST'],
  ['data segments', 'data'],
  ['keepalives', 'keepalive'],
  ['keepalive probes', 'keepalive'],
  ['segments', 'segment'],
]);

/** Calls whose return value can be asked; `call` is whichever it is. */
export const RETURNING_WORDS: ReadonlyMap<string, SocketCall> = new Map<string, SocketCall>([
  ['accept', 'accept'],
  ['bind', 'bind'],
  ['close', 'close'],
  ['connect', 'connect'],
  ['listen', 'listen'],
  ['read', 'read'],
  ['receive', 'read'],
  ['send', 'write'],
  ['shutdown', 'shutdown'],
  ['write', 'write'],
]);

interface AskedReturn {
  readonly call: SocketCall | undefined;
  readonly finally: boolean;
}
/** What is asked of a call that returns, up to the host. */
export const RETURN_PHRASES: ReadonlyMap<string, AskedReturn> = new Map<string, AskedReturn>([
  ['what call returns at', { call: undefined, finally: false }],
  ...[...RETURNING_WORDS].map(
    ([word, call]) => [`what ${word} returns at`, { call, finally: false }] as const,
  ),
  ...(['accept', 'connect', 'read'] as const).map(
    (call) => [`what ${call} finally returns at`, { call, finally: true }] as const,
  ),
]);

export const COLUMN_WORDS: ReadonlyMap<string, SsColumn> = new Map([
  ['Recv-Q', 'recv-q'],
  ['Send-Q', 'send-q'],
]);

/** Milliseconds in each unit of time. */
export const TIME_UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['sec', 1000],
  ['second', 1000],
  ['seconds', 1000],
  ['min', 60_000],
  ['minute', 60_000],
  ['minutes', 60_000],
  ['h', 3_600_000],
  ['hour', 3_600_000],
  ['hours', 3_600_000],
]);
