// Puts TCP segments together again that IP took apart. RFC 791 §3.2, RFC 8200 §4.5.
// Of the octets only the header is kept: of the payload it is enough to know that all of it came by.

import { emptyIpView, type IpView } from './ip.ts';

/** A segment put together: its addresses and its header, with a view of them. */
export interface Reassembled {
  readonly bytes: Uint8Array;
  readonly view: IpView;
}

interface Datagram {
  readonly whole: Reassembled;
  /** When its last fragment came by, in milliseconds. */
  seenAt: number;
  /** Octets of it that came by, as ranges in order that do not touch. */
  ranges: (readonly [from: number, to: number])[];
  /** Known once the fragment that nothing follows came by. */
  length: number | undefined;
}

/** The longest TCP header. RFC 9293 §3.1. */
const LONGEST_HEADER = 60;
/** Datagrams that wait at the same time, and ranges of one: more is no traffic but an attack. */
const MOST_WAITING = 256;
const MOST_RANGES = 64;
/** What Linux waits for the rest: net.ipv4.ipfrag_time. Later the number may belong to another packet. */
const PATIENCE = 30_000;

/** Takes fragments, and gives the segment that the last missing one completes. Bounded in memory. */
export function reassembler(): {
  take(bytes: Uint8Array, view: IpView, at: number): Reassembled | undefined;
} {
  const waiting = new Map<string, Datagram>();
  return {
    take(bytes, view, at) {
      const { source, destination, addressLength } = view;
      const addresses = [source, destination].map((from) =>
        bytes.subarray(from, from + addressLength).join(),
      );
      const key = `${addresses.join()} ${view.identification}`;
      const known = waiting.get(key);
      const datagram =
        known === undefined || Math.abs(at - known.seenAt) > PATIENCE ? begin(bytes, view) : known;
      datagram.seenAt = at;
      if (!add(datagram, bytes, view)) {
        waiting.delete(key);
        return undefined;
      }
      const [first] = datagram.ranges;
      if (first !== undefined && first[0] === 0 && first[1] === datagram.length) {
        waiting.delete(key);
        datagram.whole.view.length = datagram.length;
        return datagram.whole;
      }
      waiting.set(key, datagram);
      for (const oldest of waiting.keys()) {
        if (waiting.size <= MOST_WAITING) break;
        waiting.delete(oldest);
      }
      return undefined;
    },
  };
}

function begin(bytes: Uint8Array, { source, destination, addressLength }: IpView): Datagram {
  const octets = new Uint8Array(2 * addressLength + LONGEST_HEADER);
  octets.set(bytes.subarray(source, source + addressLength));
  octets.set(bytes.subarray(destination, destination + addressLength), addressLength);
  const start = 2 * addressLength;
  const view = { ...emptyIpView(), addressLength, destination: addressLength, start, end: start };
  return { whole: { bytes: octets, view }, seenAt: 0, ranges: [], length: undefined };
}

/** False when the fragment contradicts the others. */
function add(datagram: Datagram, bytes: Uint8Array, view: IpView): boolean {
  const { fragmentOffset: from, length, start, end, moreFragments } = view;
  const to = from + length;
  if (!moreFragments) {
    if (datagram.length !== undefined && datagram.length !== to) return false;
    datagram.length = to;
  }
  if (datagram.length !== undefined && to > datagram.length) return false;
  if (from < LONGEST_HEADER) {
    const { whole } = datagram;
    const kept = bytes.subarray(start, Math.min(end, start + LONGEST_HEADER - from));
    whole.bytes.set(kept, whole.view.start + from);
    whole.view.end = Math.max(whole.view.end, whole.view.start + from + kept.length);
  }
  datagram.ranges = merge([...datagram.ranges, [from, to]]);
  return datagram.ranges.length <= MOST_RANGES;
}

function merge(ranges: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const merged: [number, number][] = [];
  for (const [from, to] of [...ranges].sort(([a], [b]) => a - b)) {
    const before = merged.at(-1);
    if (before !== undefined && from <= before[1]) before[1] = Math.max(before[1], to);
    else merged.push([from, to]);
  }
  return merged;
}
