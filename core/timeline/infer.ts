import type { Purpose } from '../tcp/event.ts';
import { PROFILES, type Profile } from '../tcp/profiles.ts';
import { has, SYN } from '../tcp/segment.ts';
import type { Seq } from '../tcp/seq.ts';
import type { TcpState } from '../tcp/states.ts';
import { type Ms, ms } from '../tcp/time.ts';
import { anomaliesIn } from '../wire/analysis.ts';
import type { Connection, Sighting } from '../wire/connections.ts';
import { type KnownCall, storyOf } from './infer-events.ts';
import { type HostLife, inferHost } from './infer-host.ts';
import type { StepDraft } from './infer-life.ts';
import { estimateTransit, type Flight } from './infer-transit.ts';
import {
  HOSTS,
  type HostId,
  peerOf,
  type Step,
  type Timeline,
  type TimelineSymbol,
  type Transmission,
} from './timeline.ts';

/** What may be known beside the capture; everything is optional. */
export interface InferOptions {
  /** The numbers to assume of both hosts: 2MSL, waits, whether RST ends TIME-WAIT. Default: `rfc9293`. */
  readonly profile?: Profile;
  /** The host whose own interface was tapped; estimated from round trips when absent. */
  readonly tap?: HostId;
  /** Calls known to have been made: state changes at close() are exact then. */
  readonly calls?: readonly KnownCall[];
  /** When observation ended, on the capture's clock; default: with the last segment. */
  readonly until?: Ms;
  /** Only a later part is given: what its two hosts had come to by then, and where the connection began. */
  readonly resumed?: Resumed;
}

/** A connection up to the part that is looked at. */
export interface Resumed {
  readonly states: Readonly<Record<HostId, TcpState>>;
  /** The first sequence number of each side. */
  readonly bases: Readonly<Partial<Record<HostId, Seq>>>;
  /** On the capture's clock. */
  readonly startedAt: Ms;
}

/**
 * Infers the life of a captured connection by the rules of core/tcp.
 *
 * Segments pass the tap, not the hosts: times at the far host are estimated, and what the capture cannot know is
 * said in `Step.doubt`. Several connections may share the addresses and ports: each gets a socket of its own.
 * Never throws; time is counted from the first segment.
 */
export function inferTimeline(connection: Connection, options: InferOptions = {}): Timeline {
  const profile = options.profile ?? PROFILES.rfc9293;
  const { resumed } = options;
  const start = resumed?.startedAt ?? connection.sightings[0]?.packet.at ?? ms(0);
  const seen = connection.sightings.map(({ from, packet }) => ({
    from,
    at: ms(packet.at - start),
    segment: packet.segment,
  }));
  const { flights, tap } = estimateTransit(seen, options.tap);
  const last = flights.reduce((latest, flight) => Math.max(latest, flight.arrivesAt), 0);
  const until = options.until === undefined ? ms(last) : ms(Math.max(last, options.until - start));
  const calls = (options.calls ?? []).map((call): KnownCall => ({ ...call, at: ms(call.at - start) }));
  const both = HOSTS.every((host) => flights.some((flight) => flight.from === host));
  const lives = HOSTS.map((host) =>
    inferHost(storyOf(host, flights, tap, calls), {
      profile,
      tapped: host === tap,
      bothDirections: both,
      until,
      ...(resumed === undefined ? {} : { resumed: resumed.states[host] }),
    }),
  );
  const steps = inOrder(lives.flatMap((life) => life.steps));
  const { A, B } = connection.hosts;
  const hosts = {
    A: { name: 'A', address: A.address, port: A.port },
    B: { name: 'B', address: B.address, port: B.port },
  };
  const ports = { A: A.port, B: B.port };
  return {
    origin: 'capture',
    profile: profile.id,
    hosts,
    steps,
    transmissions: transmissionsOf(flights, steps, lives, ports, connection.sightings),
    symbols: symbolsOf(flights),
    end: 'quiet',
    ...(resumed === undefined ? {} : { bases: resumed.bases }),
  };
}

/** By time; at one moment a host's own order holds. */
function inOrder(drafts: readonly StepDraft[]): readonly Step[] {
  return [...drafts].sort((a, b) => a.at - b.at).map((draft, index) => ({ index, ...draft }));
}

function transmissionsOf(
  flights: readonly Flight[],
  steps: readonly Step[],
  lives: readonly HostLife[],
  ports: Readonly<Record<HostId, number>>,
  sightings: readonly Sighting[],
): readonly Transmission[] {
  const sentIn = new Map<number, number>();
  const arrivedIn = new Map<number, number>();
  for (const { index, cause, sent } of steps) {
    for (const id of sent) sentIn.set(id, index);
    if (cause.kind === 'arrival' && !arrivedIn.has(cause.transmission))
      arrivedIn.set(cause.transmission, index);
  }
  const purposes = new Map<number, Purpose>(lives.flatMap((life) => [...life.purposes]));
  return flights.map(
    ({ id, from, segment, sentAt, arrivesAt, lost, lossUnsure, forged }): Transmission => ({
      id,
      from,
      fromPort: ports[from],
      toPort: ports[peerOf(from)],
      segment,
      purpose: purposes.get(id) ?? 'fresh',
      sentAt,
      sentIn: sentIn.get(id),
      arrivesAt: lost ? undefined : arrivesAt,
      arrivedIn: arrivedIn.get(id),
      lost,
      ...(lossUnsure ? { lossUnsure } : {}),
      ...(forged ? { forged } : {}),
      ...oddities(sightings[id]),
    }),
  );
}

function oddities(sighting: Sighting | undefined): Pick<Transmission, 'odd'> {
  const odd = anomaliesIn(sighting?.odd ?? 0);
  return odd.length === 0 ? {} : { odd };
}

/** The ISS of each side, named as textbooks do. */
function symbolsOf(flights: readonly Flight[]): readonly TimelineSymbol[] {
  return HOSTS.flatMap((host) => {
    const syn = flights.find(({ from, segment }) => from === host && has(segment, SYN));
    const name = host === 'A' ? 'x' : 'y';
    return syn === undefined ? [] : [{ name, host, value: syn.segment.seq, shownBy: syn.id }];
  });
}
