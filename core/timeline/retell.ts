// A captured connection as a scenario: the calls that its segments tell of, at their times, on a path like its own.
// What the core plays then need not be what was captured: `agreement` says how far it is.

import { fail, ok, type Result } from '../result.ts';
import type { Profile } from '../tcp/profiles.ts';
import { ACK, FIN, has, PSH, type Segment, SYN, sequenceLength } from '../tcp/segment.ts';
import { distance, lt, type Seq, seq } from '../tcp/seq.ts';
import { ms } from '../tcp/time.ts';
import { inferredCalls } from './inferred-calls.ts';
import type { Action, Fault, Scenario, SymbolDefinition } from './scenario.ts';
import { HOSTS, type HostId, type Timeline, type Transmission } from './timeline.ts';

/** Why a connection cannot be told again: its beginning is missing, only one side was heard, or it is too long. */
export type NotRetold = 'begins-late' | 'one-sided' | 'too-long';

/** More segments than anybody follows in a picture. */
export const MOST_SEGMENTS = 400;

/**
 * The scenario that a captured connection tells of.
 *
 * @param captured - a Timeline inferred from a capture, whole
 * @param profile - whose rules both hosts follow; what their SYNs offered takes the place of its numbers
 */
export function retell(captured: Timeline, profile: Profile): Result<Scenario, NotRetold> {
  const sent = captured.transmissions.filter(({ copyOf, forged }) => copyOf === undefined && !forged);
  if (sent.length > MOST_SEGMENTS) return fail('too-long');
  const syn = (host: HostId) => sent.find(({ from, segment }) => from === host && has(segment, SYN))?.segment;
  const [opener, answerer] = [syn('A'), syn('B')];
  if (opener === undefined || has(opener, ACK)) return fail('begins-late');
  if (!HOSTS.every((host) => sent.some(({ from }) => from === host))) return fail('one-sided');
  const start = captured.steps[0]?.at ?? 0;
  return ok({
    profile,
    profiles: { A: offeredBy(profile, opener), B: offeredBy(profile, answerer) },
    hosts: captured.hosts,
    iss: { A: [opener.seq], B: [answerer?.seq ?? seq(0)] },
    delay: ms(usualDelay(sent)),
    spacing: ms(0),
    script: scriptOf(captured, start),
    faults: faultsOf(sent),
    symbols: namesOf(sent),
  });
}

/** The profile with what a SYN offered. */
function offeredBy(profile: Profile, syn: Segment | undefined): Profile {
  if (syn === undefined) return profile;
  const { mss, windowScale, sackPermitted, timestamps } = syn.options ?? {};
  return {
    ...profile,
    ...(mss === undefined ? {} : { mss }),
    sendsMss: mss !== undefined,
    windowScale,
    sack: sackPermitted === true,
    timestampsFrom: timestamps && seq(timestamps.value),
    receiveBuffer: Math.max(syn.window, profile.receiveBuffer),
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
  /** The first that is otherwise: as captured and as played; one of them is undefined where the other goes on alone. */
  readonly parts:
    | {
        readonly host: HostId;
        readonly captured: Transmission | undefined;
        readonly played: Transmission | undefined;
      }
    | undefined;
}

/** Compares control bits (but PSH, which says how writes were cut), numbers from the ISS on, and length. */
export function agreement(captured: Timeline, played: Timeline): Agreement {
  const sides = HOSTS.map((host) => {
    const [seen, made] = [sentBy(captured, host), sentBy(played, host)];
    const keys = { seen: keysOf(captured, seen), made: keysOf(played, made) };
    const differs = keys.seen.findIndex((key, place) => key !== keys.made[place]);
    const same = differs < 0 ? seen.length : differs;
    // What the core goes on to send after the capture has ended is not held against it.
    const parts = differs < 0 ? undefined : { host, captured: seen[same], played: made[same] };
    return { same, of: seen.length, parts };
  });
  const [first] = sides
    .flatMap(({ parts }) => parts ?? [])
    .sort((one, other) => (one.captured?.sentAt ?? 0) - (other.captured?.sentAt ?? 0));
  return {
    same: sides.reduce((sum, { same }) => sum + same, 0),
    of: sides.reduce((sum, side) => sum + side.of, 0),
    parts: first,
  };
}

function sentBy({ transmissions }: Timeline, host: HostId): readonly Transmission[] {
  return transmissions.filter(({ from, copyOf, forged }) => from === host && copyOf === undefined && !forged);
}

function keysOf(timeline: Timeline, sent: readonly Transmission[]): readonly string[] {
  const first = (host: HostId): Seq | undefined =>
    timeline.transmissions.find(({ from, segment }) => from === host && has(segment, SYN))?.segment.seq;
  const zero = { A: first('A'), B: first('B') };
  const from = (base: Seq | undefined, value: Seq) => (base === undefined ? value : distance(base, value));
  return sent.map(({ from: host, segment }) => {
    const peer = host === 'A' ? 'B' : 'A';
    const { flags, length } = segment;
    return [
      flags & ~PSH,
      from(zero[host], segment.seq),
      has(segment, ACK) ? from(zero[peer], segment.ack) : '',
      length,
    ].join(' ');
  });
}
