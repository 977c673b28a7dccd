// The wire of a trace: what each host really sent, what the wire did with it, and what it forged.

import { ACK, FIN, type Flags, flags, PSH, RST, type Segment, SYN, URG } from '../../../core/tcp/segment.ts';
import { type Seq, seq } from '../../../core/tcp/seq.ts';
import { type Ms, ms } from '../../../core/tcp/time.ts';
import { type HostId, peerOf } from '../../../core/timeline/timeline.ts';
import type { Capture } from '../../../core/wire/capture.ts';
import type { Trace } from '../trace.ts';

/** A segment as it entered the wire. Times in milliseconds from the start of the trace. */
export interface Recorded {
  readonly at: Ms;
  readonly from: HostId;
  /** Ports at the client (A) and at the server (B). */
  readonly portA: number;
  readonly portB: number;
  readonly segment: Pick<Segment, 'flags' | 'seq' | 'ack' | 'length' | 'window'>;
  readonly verdict: string;
  /** Forged by the wire: neither host sent it. */
  readonly forged: boolean;
  /** When it reached the other host; undefined when it was dropped. */
  readonly arrivesAt: Ms | undefined;
}

/** What each side's interface saw, by host, and the offset of that capture's clock. */
export type Captures = Readonly<Record<HostId, Capture>>;

const BITS: Readonly<Record<string, Flags>> = { S: SYN, A: ACK, P: PSH, F: FIN, R: RST, U: URG };

export function recordedWire(trace: Trace, captures: Captures): readonly Recorded[] {
  return trace.wire.map((one): Recorded => {
    const from = one.dir === 'C>S' ? 'A' : 'B';
    const [portA, portB] = from === 'A' ? [one.sport, one.dport] : [one.dport, one.sport];
    const bits = flags(...[...one.flags].flatMap((letter) => BITS[letter] ?? []));
    const segment = {
      flags: bits,
      seq: seq(one.seq),
      ack: bits & ACK ? seq(one.ack) : seq(0),
      length: one.len,
      window: one.win,
    };
    const at = ms(one.t * 1000);
    const base = { at, from, portA, portB, segment, verdict: one.verdict } as const;
    return {
      ...base,
      forged: one.verdict.startsWith('injected'),
      arrivesAt: arrivalOf(trace, captures[peerOf(from)], base),
    };
  });
}

function arrivalOf(
  trace: Trace,
  capture: Capture,
  one: Omit<Recorded, 'forged' | 'arrivesAt'>,
): Ms | undefined {
  const { verdict, at } = one;
  if (verdict === 'drop') return undefined;
  const straight = at + trace.one_way_delay * 1000;
  const expected = straight + (delayOf(verdict) ?? 0);
  return seenAt(trace, capture, one, expected) ?? ms(expected);
}

/** Milliseconds a `deliver+SECONDS` verdict adds. */
export function delayOf(verdict: string): number | undefined {
  const [, late] = /^deliver\+([\d.]+)$/.exec(verdict) ?? [];
  return late === undefined ? undefined : Number(late) * 1000;
}

/** When the far interface saw a segment that entered the wire before. */
function seenAt(
  trace: Trace,
  capture: Capture,
  one: Omit<Recorded, 'forged' | 'arrivesAt'>,
  earliest: number,
): Ms | undefined {
  const packet = packetOf(trace, capture, one, earliest);
  return packet && ms(packet.at - clockOffset(trace, capture));
}

/** The same segment in the far end's capture. */
export function packetOf(
  trace: Trace,
  capture: Capture,
  { from, portA, portB, segment }: Pick<Recorded, 'from' | 'portA' | 'portB' | 'segment'>,
  earliest: number,
): Capture['packets'][number] | undefined {
  const offset = clockOffset(trace, capture);
  const [source, destination] = from === 'A' ? [portA, portB] : [portB, portA];
  return capture.packets.find(
    (packet) =>
      packet.at - offset >= earliest - SLACK &&
      packet.sourcePort === source &&
      packet.destinationPort === destination &&
      packet.segment.seq === segment.seq &&
      packet.segment.flags === segment.flags &&
      packet.segment.length === segment.length,
  );
}

const SLACK = 1;

/** What to take from a capture's time to get milliseconds from the start of the trace. */
export function clockOffset(trace: Trace, { startedAt }: Capture): number {
  return startedAt === undefined
    ? 0
    : (trace.start_epoch - startedAt.seconds - startedAt.nanoseconds / 1e9) * 1000;
}

/** Ports of a connection, the client's first: names it in a trace. */
export function connectionOf({ portA, portB }: Pick<Recorded, 'portA' | 'portB'>): string {
  return `${portA}-${portB}`;
}

/** One life of a socket: from the first SYN or SYN,ACK with its ISS. */
export interface Life {
  readonly host: HostId;
  /** Its place among the host's connections, from 1. */
  readonly ordinal: number;
  readonly portA: number;
  readonly portB: number;
  readonly iss: Seq;
  readonly passive: boolean;
  readonly from: Ms;
}

/** Every socket of one host that said anything, by age. */
export function livesOf(wire: readonly Recorded[], host: HostId): readonly Life[] {
  const lives: Life[] = [];
  for (const one of wire) {
    const { segment, portA, portB, at } = one;
    if (one.from !== host || one.forged || !(segment.flags & SYN)) continue;
    if (lives.some((life) => life.iss === segment.seq && life.portA === portA && life.portB === portB))
      continue;
    const passive = (segment.flags & ACK) !== 0;
    lives.push({ host, ordinal: lives.length + 1, portA, portB, iss: segment.seq, passive, from: at });
  }
  return lives;
}
