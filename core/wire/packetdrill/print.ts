// A Timeline as a packetdrill script: one host is the system under test, the script plays the other.

import { PROFILE_IDS, PROFILES, type ProfileId } from '../../tcp/profiles.ts';
import { ACK, has, RST, type Segment, SYN } from '../../tcp/segment.ts';
import { add, type Seq, seq } from '../../tcp/seq.ts';
import { type InferredCall, inferredCalls } from '../../timeline/inferred-calls.ts';
import {
  type CallName,
  type HostId,
  peerOf,
  type Step,
  type Timeline,
  type Transmission,
} from '../../timeline/timeline.ts';
import { parseScript } from './parse.ts';
import { differencesIn, playScript } from './play.ts';
import { printPacket } from './print-packet.ts';

/** Microseconds by which a captured host's own times may be off: the tap was elsewhere, and its clock another. */
const CAPTURED_TOLERANCE = 100_000;

/**
 * The script of a host's life. What packetdrill has no call for stands in comments that our own reader knows.
 *
 * Of a capture, the calls are inferred from what left, and windows are not expected of the system under test.
 *
 * @param profile - the rules the script is to be run by; default: those of the Timeline
 */
export function printScript(timeline: Timeline, host: HostId, profile: ProfileId = timeline.profile): string {
  const steps = timeline.steps.filter((step) => step.host === host && belongs(timeline, step));
  const reads = steps.every(({ before, after }) => before.reads && after.reads);
  const captured = timeline.origin === 'capture';
  const head = [
    ...(captured ? [`--tolerance_usecs=${CAPTURED_TOLERANCE}`] : []),
    `// Host ${host} of a connection, written by Handshake.`,
    ...(captured ? ['// Calls are inferred from a capture, and times at this host estimated.'] : []),
    `// handshake: profile ${profile}`,
    ...(reads ? ['// handshake: reads at once'] : []),
    '',
  ];
  const writer = newWriter(timeline, host, reads, steps);
  return `${[...head, ...steps.flatMap((step) => linesOf(writer, step))].join('\n')}\n`;
}

/** Whether a script of the host has a beginning: of a capture that begins late there is none. */
export function scriptBegins({ origin, transmissions }: Timeline, host: HostId): boolean {
  if (origin === 'scenario') return true;
  const sent = transmissions.filter(({ from }) => from === host);
  return sent.every(({ segment }) => has(segment, RST)) || sent.some(({ segment }) => has(segment, SYN));
}

/**
 * The script of a captured host by the rules that explain most of what it sent.
 *
 * A capture does not say which stack sent: each profile is tried, and that with the fewest differences is named.
 */
export function printBestScript(timeline: Timeline, host: HostId): string {
  const [best] = PROFILE_IDS.map((id) => {
    const text = printScript(timeline, host, id);
    return { text, wrong: differencesIn(playScript(parseScript(text).script, PROFILES[id])) };
  }).sort((one, other) => one.wrong - other.wrong);
  return best?.text ?? printScript(timeline, host);
}

interface Writer {
  readonly timeline: Timeline;
  readonly host: HostId;
  readonly reads: boolean;
  /** Microseconds of the last line. */
  last: number;
  /** File descriptors by socket. */
  readonly descriptors: Map<string, number>;
  free: number;
  listener: number | undefined;
  /** What numbers count from: the host's ISS by connection, the peer's once for all. */
  iss: Seq;
  readonly peerIss: Seq;
  /** Of a capture: the calls before a step. */
  readonly inferred: ReadonlyMap<Step, readonly InferredCall[]>;
}

function newWriter(timeline: Timeline, host: HostId, reads: boolean, steps: readonly Step[]): Writer {
  const syn = timeline.transmissions.find(
    ({ from, segment, forged }) => from === peerOf(host) && (segment.flags & SYN) !== 0 && forged !== true,
  );
  const any = timeline.transmissions.find(({ from }) => from === peerOf(host));
  const captured = timeline.origin === 'capture';
  return {
    timeline,
    host,
    reads,
    last: captured ? Math.round((steps[0]?.at ?? 0) * 1000) : 0,
    descriptors: new Map(),
    free: 3,
    listener: undefined,
    iss: seq(0),
    peerIss: (syn ?? any)?.segment.seq ?? seq(0),
    inferred: captured ? inferredCalls(timeline, host, steps) : new Map(),
  };
}

/** Of several connections between other ports, a script tells the first. */
function belongs({ transmissions }: Timeline, { cause, sent }: Step): boolean {
  const [first] = transmissions;
  const touched = cause.kind === 'arrival' ? [cause.transmission, ...sent] : sent;
  const ports = ({ fromPort, toPort }: Transmission) =>
    Math.min(fromPort, toPort) * 65_536 + Math.max(fromPort, toPort);
  return touched.every((id) => {
    const one = transmissions[id];
    return one === undefined || first === undefined || ports(one) === ports(first);
  });
}

function at(writer: Writer, step: Step, what: string): string {
  const now = Math.round(step.at * 1000);
  const passed = now - writer.last;
  writer.last = now;
  return `+${passed === 0 ? '0' : (passed / 1e6).toFixed(6).replace(/\.?0+$/, '')} ${what}`;
}

function linesOf(writer: Writer, step: Step): readonly string[] {
  const { timeline } = writer;
  const iss =
    step.after.state === 'CLOSED' || step.after.state === 'LISTEN' ? step.before.iss : step.after.iss;
  if (iss !== 0) writer.iss = iss;
  const line = (what: string) => at(writer, step, what);
  const arrived = step.cause.kind === 'arrival' ? timeline.transmissions[step.cause.transmission] : undefined;
  const inferred = writer.inferred.get(step) ?? [];
  return [
    ...inferred.flatMap(({ call, length }) => callLines(writer, step, call, length, line)),
    ...(arrived === undefined ? [] : [line(`< ${printPacket(relative(writer, arrived))}`)]),
    ...(step.cause.kind === 'call'
      ? callLines(writer, step, step.cause.call, step.cause.length ?? 0, line)
      : []),
    ...step.sent.flatMap((id) => {
      const sent = timeline.transmissions[id];
      if (sent === undefined) return [];
      // How much a captured host could take is the affair of its buffers; what its SYN says, a run takes over.
      const tells = timeline.origin === 'scenario' || (sent.segment.flags & SYN) !== 0;
      return [line(`> ${printPacket(relative(writer, sent, step), tells)}`)];
    }),
    ...(arrived === undefined ? [] : applicationLines(writer, step, line)),
  ];
}

/** Each host counts from its own ISS. */
function relative({ host, iss, peerIss }: Writer, { from, segment }: Transmission, step?: Step): Segment {
  const [own, peer] = from === host ? [iss, peerIss] : [peerIss, iss];
  const { flags, options } = segment;
  // A RST from where there is no connection has the number 0, whatever the others count from. RFC 9293 §3.10.7.1.
  const bare = (flags & (RST | ACK)) === (RST | ACK) && segment.seq === 0 && hasNone(step);
  const sack = options.sack?.map(([left, right]) => [add(left, -peer), add(right, -peer)] as const);
  return {
    ...segment,
    seq: bare ? segment.seq : add(segment.seq, -own),
    ack: flags & ACK ? add(segment.ack, -peer) : segment.ack,
    options: sack === undefined ? options : { ...options, sack },
  };
}

function hasNone(step: Step | undefined): boolean {
  const state = step?.before.state;
  return state === 'CLOSED' || state === 'LISTEN';
}

type Write = (what: string) => string;

function open(writer: Writer, socket: string): number {
  const descriptor = writer.free++;
  writer.descriptors.set(socket, descriptor);
  return descriptor;
}

const SOCKET = 'socket(..., SOCK_STREAM, IPPROTO_TCP)';

/** What the application of the host is given by an arrival: it accepts, and reads if it reads at once. */
function applicationLines(writer: Writer, step: Step, line: Write): readonly string[] {
  const captured = writer.timeline.origin === 'capture';
  return step.app.flatMap((told): string[] => {
    if (
      told.kind === 'established' &&
      writer.listener !== undefined &&
      !writer.descriptors.has(step.socket)
    ) {
      const listener = writer.listener;
      return [line(`accept(${listener}, ..., ...) = ${open(writer, step.socket)}`)];
    }
    const descriptor = writer.descriptors.get(step.socket);
    if (!writer.reads || descriptor === undefined || captured) return [];
    if (told.kind === 'data') return [line(`read(${descriptor}, ..., ${told.length}) = ${told.length}`)];
    return told.kind === 'eof' ? [line(`read(${descriptor}, ..., 1) = 0`)] : [];
  });
}

function callLines(
  writer: Writer,
  step: Step,
  call: CallName,
  length: number,
  line: Write,
): readonly string[] {
  if (call === 'listen') {
    // Of a capture, the step is one of the connection, which has a descriptor of its own once it is accepted.
    const listener = open(writer, step.cause.kind === 'call' ? step.socket : 'listener');
    writer.listener = listener;
    return [
      line(`${SOCKET} = ${listener}`),
      line(`setsockopt(${listener}, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0`),
      line(`bind(${listener}, ..., ...) = 0`),
      line(`listen(${listener}, 1) = 0`),
    ];
  }
  if (call === 'connect') {
    const descriptor = open(writer, step.socket);
    return [
      line(`${SOCKET} = ${descriptor}`),
      line(`fcntl(${descriptor}, F_SETFL, O_RDWR|O_NONBLOCK) = 0`),
      line(`connect(${descriptor}, ..., ...) = -1 EINPROGRESS`),
    ];
  }
  const descriptor = writer.descriptors.get(step.socket) ?? writer.listener ?? 3;
  const error = step.app.find((told) => told.kind === 'error');
  const result = (value: number) => (error?.kind === 'error' ? `-1 ${error.code}` : `${value}`);
  const print = PRINTED[call];
  if (print !== undefined) return print(descriptor, length, result).map(line);
  const deed = line(call);
  return [`// handshake: ${deed}`];
}

type Print = (fd: number, length: number, result: (value: number) => string) => readonly string[];

/** Calls as packetdrill writes them; the others are deeds of ours. */
const PRINTED: Readonly<Partial<Record<string, Print>>> = {
  send: (fd, length, result) => [`write(${fd}, ..., ${length}) = ${result(length)}`],
  'send-more': (fd, length, result) => [`send(${fd}, ..., ${length}, MSG_MORE) = ${result(length)}`],
  'send-urgent': (fd, length, result) => [`send(${fd}, ..., ${length}, MSG_OOB) = ${result(length)}`],
  receive: (fd, length) => [`read(${fd}, ..., ${length === 0 ? 1_000_000 : length}) = ?`],
  shutdown: (fd, _, result) => [`shutdown(${fd}, SHUT_WR) = ${result(0)}`],
  'shutdown-read': (fd, _, result) => [`shutdown(${fd}, SHUT_RD) = ${result(0)}`],
  close: (fd) => [`close(${fd}) = 0`],
  abort: (fd) => [`setsockopt(${fd}, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0`, `close(${fd}) = 0`],
  keepalive: (fd) => [`setsockopt(${fd}, SOL_SOCKET, SO_KEEPALIVE, [1], 4) = 0`],
  'delay-acks': (fd) => [`setsockopt(${fd}, SOL_TCP, TCP_QUICKACK, [0], 4) = 0`],
};
