import { CLOSED_ENDPOINT, type Endpoint } from '../../../core/tcp/endpoint.ts';
import type { TcpEvent } from '../../../core/tcp/event.ts';
import type { Profile } from '../../../core/tcp/profiles.ts';
import { ACK, FIN, type Flags, flags, SYN, segment } from '../../../core/tcp/segment.ts';
import { add, seq } from '../../../core/tcp/seq.ts';
import type { TcpState } from '../../../core/tcp/states.ts';
import { step } from '../../../core/tcp/step.ts';
import { ms } from '../../../core/tcp/time.ts';

/** Our ISS and the peer's in every fixture. */
export const ISS = seq(1000);
export const IRS = seq(5000);

/** A segment from the peer: its seq and ack are counted from the peer's ISS and from ours. */
export function from(
  peer: { readonly seq: number; readonly ack?: number; readonly length?: number; readonly window?: number },
  ...bits: readonly Flags[]
): TcpEvent {
  return {
    kind: 'segment',
    segment: segment({
      flags: flags(...bits),
      seq: add(IRS, peer.seq),
      ...(peer.ack === undefined ? {} : { ack: add(ISS, peer.ack) }),
      length: peer.length ?? 0,
      window: peer.window ?? 65_535,
    }),
  };
}

const ACTIVE: readonly TcpEvent[] = [{ kind: 'open', mode: 'active', iss: ISS }];
const PASSIVE: readonly TcpEvent[] = [{ kind: 'open', mode: 'passive', iss: ISS }];
const OPENED = [...ACTIVE, from({ seq: 0, ack: 1 }, SYN, ACK)];
const CLOSED_FIRST: readonly TcpEvent[] = [...OPENED, { kind: 'close' }];

/** The shortest way into each state. */
export const WAYS: Readonly<Record<TcpState, readonly TcpEvent[]>> = {
  'CLOSED': [],
  'LISTEN': PASSIVE,
  'SYN-SENT': ACTIVE,
  'SYN-RECEIVED': [...PASSIVE, from({ seq: 0 }, SYN)],
  'ESTABLISHED': OPENED,
  'FIN-WAIT-1': CLOSED_FIRST,
  'FIN-WAIT-2': [...CLOSED_FIRST, from({ seq: 1, ack: 2 }, ACK)],
  'CLOSING': [...CLOSED_FIRST, from({ seq: 1, ack: 1 }, FIN, ACK)],
  'TIME-WAIT': [...CLOSED_FIRST, from({ seq: 1, ack: 2 }, FIN, ACK)],
  'CLOSE-WAIT': [...OPENED, from({ seq: 1, ack: 1 }, FIN, ACK)],
  'LAST-ACK': [...OPENED, from({ seq: 1, ack: 1 }, FIN, ACK), { kind: 'close' }],
};

/** Applies events one millisecond apart. */
export function play(
  events: readonly TcpEvent[],
  profile: Profile,
  start: Endpoint = CLOSED_ENDPOINT,
): Endpoint {
  return events.reduce((endpoint, event, place) => step(endpoint, event, ms(place), profile).endpoint, start);
}
