// A Timeline as a packetdrill script: one host is the system under test, the script plays the other.

import { ACK, RST, type Segment, SYN } from '../../tcp/segment.ts';
import { add, type Seq, seq } from '../../tcp/seq.ts';
import { type HostId, peerOf, type Step, type Timeline, type Transmission } from '../../timeline/timeline.ts';
import { printPacket } from './print-packet.ts';

/** The script of a host's life. What packetdrill has no call for stands in comments that our own reader knows. */
export function printScript(timeline: Timeline, host: HostId): string {
  const steps = timeline.steps.filter((step) => step.host === host && belongs(timeline, step));
  const reads = steps.every(({ before, after }) => before.reads && after.reads);
  const head = [
    `// Host ${host} of a connection, written by Handshake.`,
    `// handshake: profile ${timeline.profile}`,
    ...(reads ? ['// handshake: reads at once'] : []),
    '',
  ];
  const writer = newWriter(timeline, host, reads);
  return `${[...head, ...steps.flatMap((step) => linesOf(writer, step))].join('\n')}\n`;
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
}

function newWriter(timeline: Timeline, host: HostId, reads: boolean): Writer {
  const syn = timeline.transmissions.find(
    ({ from, segment, forged }) => from === peerOf(host) && (segment.flags & SYN) !== 0 && forged !== true,
  );
  const any = timeline.transmissions.find(({ from }) => from === peerOf(host));
  return {
    timeline,
    host,
    reads,
    last: 0,
    descriptors: new Map(),
    free: 3,
    listener: undefined,
    iss: seq(0),
    peerIss: (syn ?? any)?.segment.seq ?? seq(0),
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
  return [
    ...(arrived === undefined ? [] : [line(`< ${printPacket(relative(writer, arrived))}`)]),
    ...(step.cause.kind === 'call' ? callLines(writer, step, line) : []),
    ...step.sent.flatMap((id) => {
      const sent = timeline.transmissions[id];
      return sent === undefined ? [] : [line(`> ${printPacket(relative(writer, sent, step))}`)];
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
    if (!writer.reads || descriptor === undefined) return [];
    if (told.kind === 'data') return [line(`read(${descriptor}, ..., ${told.length}) = ${told.length}`)];
    return told.kind === 'eof' ? [line(`read(${descriptor}, ..., 1) = 0`)] : [];
  });
}

function callLines(writer: Writer, step: Step, line: Write): readonly string[] {
  if (step.cause.kind !== 'call') return [];
  const { call, length = 0 } = step.cause;
  if (call === 'listen') {
    const listener = open(writer, step.socket);
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
