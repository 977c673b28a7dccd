// The wire of a trace: what each host really sent, what the wire did with it, and what it forged.

import { ACK, FIN, type Flags, flags, PSH, RST, type Segment, SYN, URG } from '../../../core/tcp/segment.ts';
import { type Seq, seq } from '../../../core/tcp/seq.ts';
import { type Ms, ms } from '../../../core/tcp/time.ts';
import { type HostId, peerOf } from '../../../core/timeline/timeline.ts';
import type { Capture } from '../../../core/wire/capture.ts';
import type { Trace } from '../trace.ts';

/** A segment on its way. Times in milliseconds from the start of the trace. */
export interface Recorded {
  /** When the sender's interface saw it; else, when it entered the wire. */
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
  const sightings = { A: new Sightings(trace, captures.A), B: new Sightings(trace, captures.B) };
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
    const { verdict } = one;
    const enters = ms(one.t * 1000);
    const passing: Passing = { from, portA, portB, segment };
    const expected = enters + trace.one_way_delay * 1000 + (delayOf(verdict) ?? 0);
    const forged = verdict.startsWith('injected');
    return {
      ...passing,
      verdict,
      forged,
      at: (forged ? undefined : sightings[from].next(passing, enters - WAY_TO_THE_WIRE, enters)) ?? enters,
      arrivesAt:
        verdict === 'drop'
          ? undefined
          : (sightings[peerOf(from)].next(passing, expected - SLACK) ?? ms(expected)),
    };
  });
}

/** A copy made by the recording wire follows so long after. */
export const COPY_AFTER = ms(2);

/** Milliseconds that a recording wire may take to notice what has left an interface. */
const WAY_TO_THE_WIRE = 50;

/** One side's capture, in which every sighting stands for one passage: equal segments are told apart by their order. */
class Sightings {
  readonly #capture: Capture;
  readonly #offset: number;
  readonly #taken = new Set<Capture['packets'][number]>();

  constructor(trace: Trace, capture: Capture) {
    this.#capture = capture;
    this.#offset = clockOffset(trace, capture);
  }

  /** When this segment was first seen between these times, and not taken for another passage. */
  next(one: Passing, earliest: number, latest = Number.POSITIVE_INFINITY): Ms | undefined {
    const packet = this.#capture.packets.find(
      (seen) =>
        !this.#taken.has(seen) &&
        isSighting(seen, one, earliest + this.#offset) &&
        seen.at - this.#offset <= latest + SLACK,
    );
    if (packet === undefined) return undefined;
    this.#taken.add(packet);
    return ms(packet.at - this.#offset);
  }
}

/** Milliseconds a `deliver+SECONDS` verdict adds. */
export function delayOf(verdict: string): number | undefined {
  const [, late] = /^deliver\+([\d.]+)$/.exec(verdict) ?? [];
  return late === undefined ? undefined : Number(late) * 1000;
}

type Passing = Pick<Recorded, 'from' | 'portA' | 'portB' | 'segment'>;

/** The same segment in the far end's capture. */
export function packetOf(
  trace: Trace,
  capture: Capture,
  one: Passing,
  earliest: number,
): Capture['packets'][number] | undefined {
  const offset = clockOffset(trace, capture);
  return capture.packets.find((packet) => isSighting(packet, one, earliest - SLACK + offset));
}

function isSighting(
  packet: Capture['packets'][number],
  { from, portA, portB, segment }: Passing,
  earliest: number,
): boolean {
  const [source, destination] = from === 'A' ? [portA, portB] : [portB, portA];
  return (
    packet.at >= earliest &&
    packet.sourcePort === source &&
    packet.destinationPort === destination &&
    packet.segment.seq === segment.seq &&
    packet.segment.flags === segment.flags &&
    (!(segment.flags & ACK) || packet.segment.ack === segment.ack) &&
    packet.segment.length === segment.length
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
