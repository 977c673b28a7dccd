// The segments of one connection, compact: headers as they stood in the file, one after the other.
// A million of them take some 60 MB; as objects they would take ten times as much.

import type { TcpState } from '../tcp/states.ts';
import { ms } from '../tcp/time.ts';
import type { HostId } from '../timeline/timeline.ts';
import type { FlowEnd, Seen } from './capture-index.ts';
import type { Sighting } from './connections.ts';
import { decodeTcp } from './tcp.ts';

/** States of both ends at one place, as the segments before it show them. */
type States = Readonly<Record<HostId, TcpState>>;

export interface SegmentStore {
  add(seen: Seen): void;
  count(): number;
  /** Decodes the segments from one place to before another. A is the side given. */
  sightings(from: number, to: number, a: 0 | 1, hosts: Readonly<Record<HostId, FlowEnd>>): Sighting[];
  /** The last place up to `place` whose states are known, and the states before the segment there. */
  statesBefore(place: number, a: 0 | 1): { readonly place: number; readonly states: States };
}

/** Of each: where its header begins, its end, octets as sent, frame, anomalies and side. */
const FIELDS = 5;
/** States are remembered every so many segments. */
const EVERY = 256;

export function segmentStore(): SegmentStore {
  let headers = new Uint8Array(4096);
  let numbers = new Uint32Array(128 * FIELDS);
  let times = new Float64Array(128);
  const states: (readonly [TcpState, TcpState])[] = [];
  let before: readonly [TcpState, TcpState] = ['CLOSED', 'CLOSED'];
  let used = 0;
  let count = 0;

  const field = (place: number, name: number) => numbers[place * FIELDS + name] ?? 0;

  return {
    count: () => count,
    add({ header, segment, frame, odd, side, conversation }) {
      if (count % EVERY === 0) states.push(before);
      before = [conversation.sides[0].state, conversation.sides[1].state];
      if (used + header.length > headers.length) headers = grown(headers, new Uint8Array(2 * headers.length));
      if (count === times.length) {
        times = grown(times, new Float64Array(2 * times.length));
        numbers = grown(numbers, new Uint32Array(2 * numbers.length));
      }
      headers.set(header, used);
      const dataOffset = (header[12] ?? 0) >> 4;
      numbers.set(
        [used, header.length, segment.length + dataOffset * 4, frame, odd * 2 + side],
        count * FIELDS,
      );
      times[count] = segment.at;
      used += header.length;
      count += 1;
    },
    sightings(from, to, a, hosts) {
      const found: Sighting[] = [];
      for (let place = Math.max(0, from); place < Math.min(to, count); place += 1) {
        const start = field(place, 0);
        const segment = decodeTcp(headers, start, start + field(place, 1), field(place, 2));
        if (segment === undefined) continue;
        const marks = field(place, 4);
        const host = (marks & 1) === a ? 'A' : 'B';
        const source = hosts[host];
        const destination = hosts[host === 'A' ? 'B' : 'A'];
        found.push({
          from: host,
          odd: marks >>> 1,
          packet: {
            frame: field(place, 3),
            at: ms(times[place] ?? 0),
            source: source.address,
            sourcePort: source.port,
            destination: destination.address,
            destinationPort: destination.port,
            segment,
          },
        });
      }
      return found;
    },
    statesBefore(place, a) {
      const mark = Math.min(Math.floor(place / EVERY), states.length - 1);
      const [zero, one] = states[mark] ?? ['CLOSED', 'CLOSED'];
      return { place: mark * EVERY, states: a === 0 ? { A: zero, B: one } : { A: one, B: zero } };
    },
  };
}

function grown<T extends { set(from: ArrayLike<number>): void } & ArrayLike<number>>(from: T, to: T): T {
  to.set(from);
  return to;
}
