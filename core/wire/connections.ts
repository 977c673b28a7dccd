import { ACK, FIN, has, RST, type Segment, SYN, sequenceLength } from '../tcp/segment.ts';
import { add, distance, lt, type Seq } from '../tcp/seq.ts';
import { type Ms, ms } from '../tcp/time.ts';
import type { HostId } from '../timeline/timeline.ts';
import type { AnomalySet } from './analysis.ts';
import type { Packet } from './capture.ts';
import { newIncarnation, note, place, placeRest } from './incarnations.ts';
import { opens as isOpening } from './segment-view.ts';

/** One side of a connection. */
interface Side {
  readonly address: string;
  readonly port: number;
}

/** A segment with the side it came from. */
export interface Sighting {
  readonly from: HostId;
  readonly packet: Packet;
  /** What is odd about it, where that was looked at. */
  readonly odd?: AnomalySet;
}

/** How a connection began, as far as the capture shows. */
export type Opening =
  /** SYN, SYN-ACK. */
  | 'handshake'
  | 'simultaneous'
  /** A SYN that a RST answered. */
  | 'refused'
  /** SYNs from one side only. */
  | 'unanswered'
  /** The capture begins later. */
  | 'not-seen';

/** How a connection ended, as far as the capture shows. */
export type Ending =
  /** Both FINs were seen. */
  | 'closed'
  /** One FIN was seen. */
  | 'half-closed'
  | 'reset'
  | 'open';

export interface ConnectionSummary {
  readonly segments: Readonly<Record<HostId, number>>;
  /** Octets of payload by sequence numbers: what was sent twice counts once, what was not captured counts. */
  readonly octets: Readonly<Record<HostId, number>>;
  readonly startedAt: Ms;
  readonly duration: Ms;
  readonly opening: Opening;
  readonly ending: Ending;
  /** Who sent the first FIN or the RST. */
  readonly endedBy: HostId | undefined;
}

/** Everything between two addresses and ports, or one connection of it. A is the opener. */
export interface Connection {
  readonly hosts: Readonly<Record<HostId, Side>>;
  readonly sightings: readonly Sighting[];
  readonly summary: ConnectionSummary;
}

/** Groups packets by addresses and ports, in order of appearance, whatever happened between the two. */
export function flowsOf(packets: readonly Packet[]): Connection[] {
  const flows = new Map<string, Packet[]>();
  for (const packet of packets) {
    const key = flowKey(packet);
    const flow = flows.get(key);
    if (flow === undefined) flows.set(key, [packet]);
    else flow.push(packet);
  }
  return [...flows.values()].flatMap((flow) => connectionOf(flow) ?? []);
}

/**
 * Groups packets into connections, in order of appearance: a flow is split where its addresses and ports are used again.
 *
 * Where, is told by `place` in incarnations.ts.
 */
export function connectionsOf(packets: readonly Packet[]): Connection[] {
  return flowsOf(packets)
    .flatMap((flow) => split(flow.sightings).flatMap((part) => connectionOf(part) ?? []))
    .sort((a, b) => firstFrame(a) - firstFrame(b));
}

function firstFrame({ sightings }: Connection): number {
  return sightings[0]?.packet.frame ?? 0;
}

/** The same for both directions. */
function flowKey(packet: Packet): string {
  const source = `${packet.source} ${packet.sourcePort}`;
  const destination = `${packet.destination} ${packet.destinationPort}`;
  return source < destination ? `${source} ${destination}` : `${destination} ${source}`;
}

function split(sightings: readonly Sighting[]): Packet[][] {
  const parts: Packet[][] = [];
  const now = newIncarnation();
  let part: Packet[] = [];
  let waiting: Sighting[] = [];
  const take = (verdict: 'begin' | 'release') => {
    if (verdict === 'begin') {
      parts.push(part);
      part = [];
    }
    for (const held of waiting) {
      note(now, sideOf(held), held.packet.segment);
      part.push(held.packet);
    }
    waiting = [];
  };
  for (const sighting of sightings) {
    const { segment } = sighting.packet;
    const verdict = place(now, sideOf(sighting), segment);
    if (verdict === 'hold') {
      waiting.push(sighting);
      continue;
    }
    if (verdict !== 'take') {
      take(verdict);
      note(now, sideOf(sighting), segment);
    }
    part.push(sighting.packet);
  }
  const rest = placeRest(now);
  if (rest === 'begin' || rest === 'release') take(rest);
  return [...parts, part];
}

function sideOf({ from }: Sighting): 0 | 1 {
  return from === 'A' ? 0 : 1;
}

function opens(segment: Segment): boolean {
  return isOpening(segment.flags);
}

function connectionOf(packets: readonly Packet[]): Connection | undefined {
  const first = packets[0];
  if (first === undefined) return undefined;
  const opener = openerOf(packets, first);
  const hosts = {
    A: { address: opener.source, port: opener.sourcePort },
    B: { address: opener.destination, port: opener.destinationPort },
  };
  const isA = (packet: Packet) => packet.sourcePort === hosts.A.port && packet.source === hosts.A.address;
  // A socket that connects to itself has both ends at one address and port: its segments take turns.
  const sightings = packets.map((packet): Sighting => ({ from: isA(packet) ? 'A' : 'B', packet }));
  return { hosts, sightings, summary: summarize(sightings, first.at) };
}

/** A packet that goes from A to B: the first SYN decides, else the first SYN-ACK reversed, else the first packet. */
function openerOf(
  packets: readonly Packet[],
  first: Packet,
): Pick<Packet, 'source' | 'sourcePort' | 'destination' | 'destinationPort'> {
  const syn = packets.find((packet) => opens(packet.segment));
  if (syn !== undefined) return syn;
  const answer = packets.find((packet) => has(packet.segment, SYN) && has(packet.segment, ACK));
  if (answer === undefined) return first;
  return {
    source: answer.destination,
    sourcePort: answer.destinationPort,
    destination: answer.source,
    destinationPort: answer.sourcePort,
  };
}

function summarize(sightings: readonly Sighting[], startedAt: Ms): ConnectionSummary {
  const segments: Record<HostId, number> = { A: 0, B: 0 };
  const octets = { A: octetCounter(), B: octetCounter() };
  const syns = new Set<HostId>();
  const fins = new Set<HostId>();
  let last = startedAt;
  let answered = false;
  let data = false;
  let reset: HostId | undefined;
  let finished: HostId | undefined;
  for (const { from, packet } of sightings) {
    const { segment, at } = packet;
    segments[from] += 1;
    octets[from].take(segment);
    if (at > last) last = at;
    if (opens(segment)) syns.add(from);
    if (has(segment, SYN) && has(segment, ACK)) answered = true;
    if (has(segment, FIN)) {
      fins.add(from);
      finished ??= from;
    }
    if (has(segment, RST)) reset ??= from;
    else if (!has(segment, SYN)) data = true;
  }
  const ending: Ending =
    fins.size === 2 ? 'closed' : reset !== undefined ? 'reset' : fins.size === 1 ? 'half-closed' : 'open';
  return {
    segments,
    octets: { A: octets.A.count(), B: octets.B.count() },
    startedAt,
    duration: ms(last - startedAt),
    opening: openingOf(syns, answered, reset !== undefined && !data),
    ending,
    endedBy: ending === 'reset' ? reset : finished,
  };
}

function openingOf(syns: ReadonlySet<HostId>, answered: boolean, refused: boolean): Opening {
  if (syns.size === 2) return 'simultaneous';
  if (syns.size === 0) return 'not-seen';
  if (answered) return 'handshake';
  return refused ? 'refused' : 'unanswered';
}

/** Counts payload of one direction by how far its sequence numbers reach. */
function octetCounter(): { take(segment: Segment): void; count(): number } {
  let first: Seq | undefined;
  let next: Seq | undefined;
  let counted = 0;
  return {
    take(segment) {
      if (has(segment, RST)) return;
      const start = has(segment, SYN) ? add(segment.seq, 1) : segment.seq;
      const end = add(segment.seq, sequenceLength(segment) - (has(segment, FIN) ? 1 : 0));
      if (first === undefined || next === undefined) {
        first = start;
        next = start;
      }
      if (has(segment, SYN)) next = start;
      if (segment.length === 0 || !lt(next, end)) return;
      counted += distance(next, end);
      next = end;
    },
    count: () => counted,
  };
}
