// A captured connection as a scenario: the calls that its segments tell of, at their times, on a path like its own.
// What the core plays then need not be what was captured: `agreement` says how far it is.

import { fail, ok, type Result } from '../result.ts';
import type { Profile } from '../tcp/profiles.ts';
import { ACK, FIN, has, PSH, type Segment, SYN, sequenceLength } from '../tcp/segment.ts';
import { distance, lt, type Seq, seq } from '../tcp/seq.ts';
import { ms } from '../tcp/time.ts';
import { inferredCalls } from './inferred-calls.ts';
import type { Action, Fault, Scenario, SymbolDefinition } from './scenario.ts';
import { HOSTS, type HostId, peerOf, type Timeline, type Transmission } from './timeline.ts';

/**
 * Why a connection cannot be told again: its beginning is missing, only one side was heard, it is too long, or what the core
 * makes of it soon is another.
 */
export type NotRetold = 'begins-late' | 'one-sided' | 'too-long' | 'parts-early';

/** More segments than anybody follows in a picture. */
export const MOST_SEGMENTS = 400;

/**
 * The scenario that a captured connection tells of.
 *
 * @param captured - a Timeline inferred from a capture, whole
 * @param profile - whose rules both hosts follow; what their SYNs offered takes the place of its numbers
 */
export function retell(captured: Timeline, profile: Profile): Result<Scenario, NotRetold> {
  const sent = ownSegments(captured);
  if (sent.length > MOST_SEGMENTS) return fail('too-long');
  const [opener, answerer] = [synOf(sent, 'A'), synOf(sent, 'B')];
  if (opener === undefined || has(opener, ACK)) return fail('begins-late');
  if (!HOSTS.every((host) => sent.some(({ from }) => from === host))) return fail('one-sided');
  const start = captured.steps[0]?.at ?? 0;
  return ok({
    profile,
    profiles: { A: offeredBy(profile, 'A', sent), B: offeredBy(profile, 'B', sent) },
    hosts: captured.hosts,
    iss: { A: [opener.seq], B: [answerer?.seq ?? seq(0)] },
    delay: ms(usualDelay(sent)),
    spacing: ms(0),
    script: scriptOf(captured, start),
    faults: faultsOf(sent),
    symbols: namesOf(sent),
  });
}

/** What the hosts themselves sent, without copies that the network made. */
function ownSegments({ transmissions }: Timeline): readonly Transmission[] {
  return transmissions.filter(({ copyOf, forged }) => copyOf === undefined && !forged);
}

/** The SYN with which a host began; undefined when it sent none. */
function synOf(sent: readonly Transmission[], host: HostId): Segment | undefined {
  return sent.find(({ from, segment }) => from === host && has(segment, SYN))?.segment;
}

/** The profile with what the host's SYN offered, and with the largest window that it ever did. */
function offeredBy(profile: Profile, host: HostId, sent: readonly Transmission[]): Profile {
  const syn = synOf(sent, host);
  if (syn === undefined) return profile;
  const { mss, windowScale, sackPermitted, timestamps } = syn.options ?? {};
  const isScaled = HOSTS.every((one) => synOf(sent, one)?.options?.windowScale !== undefined);
  const shift = isScaled ? (windowScale ?? 0) : 0;
  const windows = sent.flatMap(({ from, segment }) =>
    from === host ? [segment.window * (has(segment, SYN) ? 1 : 2 ** shift)] : [],
  );
  return {
    ...profile,
    ...(mss === undefined ? {} : { mss }),
    sendsMss: mss !== undefined,
    windowScale,
    sack: sackPermitted === true,
    timestampsFrom: timestamps && seq(timestamps.value),
    receiveBuffer: Math.max(...windows),
  };
}

/** The quickest that was seen: what is longer was waited, not travelled. */
function usualDelay(sent: readonly Transmission[]): number {
  const transits = sent.flatMap(({ sentAt, arrivesAt }) =>
    arrivesAt === undefined ? [] : arrivesAt - sentAt,
  );
  const [least = 1] = transits.filter((transit) => transit > 0).sort((a, b) => a - b);
  return least;
}

function scriptOf(captured: Timeline, start: number): readonly Action[] {
  const calls = HOSTS.flatMap((host) => {
    const steps = captured.steps.filter((step) => step.host === host);
    const made = inferredCalls(captured, host, steps);
    return steps.flatMap((step) =>
      (made.get(step) ?? []).map((call) => ({ ...call, host, at: step.at - start })),
    );
  });
  return calls
    .sort(
      (one, other) => Number(other.call === 'listen') - Number(one.call === 'listen') || one.at - other.at,
    )
    .map(
      ({ call, host, length, at }): Action => ({
        when: call === 'listen' ? { kind: 'settled' } : { kind: 'at', time: ms(at) },
        what: { kind: 'call', host, call, ...(length > 0 ? { length } : {}) },
      }),
    );
}

/** What was lost, as the first, second … segment of its sender. */
function faultsOf(sent: readonly Transmission[]): readonly Fault[] {
  return HOSTS.flatMap((host) => {
    const own = sent.filter(({ from }) => from === host);
    return own.flatMap((one, place): Fault[] =>
      one.lost || wasNotHeard(one, own.slice(place + 1), sent)
        ? [{ kind: 'lose', pattern: { from: host, kind: 'segment', which: place + 1 } }]
        : [],
    );
  });
}

/** It was sent again, and until then its peer sent nothing that acknowledges it. */
function wasNotHeard(
  { from, segment, sentAt }: Transmission,
  later: readonly Transmission[],
  sent: readonly Transmission[],
): boolean {
  const { seq: number, flags } = segment;
  const again = later.find(
    (other) =>
      other.purpose === 'retransmission' && other.segment.seq === number && other.segment.flags === flags,
  );
  if (again === undefined || sequenceLength(segment) === 0) return false;
  return !sent.some(
    (other) =>
      other.from !== from &&
      other.sentAt >= sentAt &&
      other.sentAt <= again.sentAt &&
      has(other.segment, ACK) &&
      lt(number, other.segment.ack),
  );
}

function namesOf(sent: readonly Transmission[]): readonly SymbolDefinition[] {
  const names = { A: ['x', 'u'], B: ['y', 'w'] } as const;
  return HOSTS.flatMap((host): SymbolDefinition[] => {
    const [iss, fin] = names[host];
    const closes = sent.some(({ from, segment }) => from === host && has(segment, FIN));
    return [
      { name: iss, host, of: 'iss' },
      ...(closes ? [{ name: fin, host, of: { from: host, kind: 'FIN', which: 1 } } as const] : []),
    ];
  });
}

/** How far two Timelines have the same segments, in the order in which each host sends them. */
export interface Agreement {
  /** Captured segments that both have before they part. */
  readonly same: number;
  readonly of: number;
  /** The first captured segment that is played otherwise, or not at all. */
  readonly parts: { readonly captured: Transmission; readonly played: Transmission | undefined } | undefined;
  /** The run has all that was captured, and more. */
  readonly goesOn: boolean;
  /** The first segment played that was not captured; undefined where the run ends before the two part. */
  readonly apart: Transmission | undefined;
}

/** Compares control bits (but PSH, which says how writes were cut), numbers from the ISS on, and length. */
export function agreement(captured: Timeline, played: Timeline): Agreement {
  const sides = HOSTS.map((host) => {
    const [seen, made] = [sentBy(captured, host), sentBy(played, host)];
    const keys = { seen: keysOf(captured, seen), made: keysOf(played, made) };
    const differs = keys.seen.findIndex((key, place) => key !== keys.made[place]);
    const same = differs < 0 ? seen.length : differs;
    const first = seen[differs];
    const parts = first && { captured: first, played: made[differs] };
    return { same, of: seen.length, parts, goesOn: made.length > seen.length, apart: made[same] };
  });
  const [first] = sides
    .flatMap(({ parts }) => parts ?? [])
    .sort((one, other) => one.captured.sentAt - other.captured.sentAt);
  return {
    same: sides.reduce((sum, { same }) => sum + same, 0),
    of: sides.reduce((sum, side) => sum + side.of, 0),
    parts: first,
    goesOn: first === undefined && sides.some(({ goesOn }) => goesOn),
    apart: sides.flatMap(({ apart }) => apart ?? []).sort((one, other) => one.sentAt - other.sentAt)[0],
  };
}

function sentBy(timeline: Timeline, host: HostId): readonly Transmission[] {
  return ownSegments(timeline).filter(({ from }) => from === host);
}

/** Sequence numbers from each host's ISS on: of a segment its own, and the one that it acknowledges if it has an ACK. */
export function relativeNumbers(
  { transmissions }: Timeline,
  { from, segment }: Pick<Transmission, 'from' | 'segment'>,
): { readonly seq: number; readonly ack: number | undefined } {
  const away = (host: HostId, value: Seq) => {
    const base = synOf(transmissions, host)?.seq;
    return base === undefined ? value : distance(base, value);
  };
  return {
    seq: away(from, segment.seq),
    ack: has(segment, ACK) ? away(peerOf(from), segment.ack) : undefined,
  };
}

function keysOf(timeline: Timeline, sent: readonly Transmission[]): readonly string[] {
  return sent.map((one) => {
    const { seq: number, ack } = relativeNumbers(timeline, one);
    return [one.segment.flags & ~PSH, number, ack ?? '', one.segment.length].join(' ');
  });
}
