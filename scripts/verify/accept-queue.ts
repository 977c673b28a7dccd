// A listener's accept queue, replayed: which third ACKs found it full shows in no segment when SYN cookies are used.

import { ACK, has, RST, SYN } from '../../core/tcp/segment.ts';
import { leq, type Seq } from '../../core/tcp/seq.ts';
import { type Ms, ms } from '../../core/tcp/time.ts';
import type { KnownCall } from '../../core/timeline/infer-events.ts';
import type { Flow } from './flow.ts';
import type { AppCall } from './trace.ts';

/** What the queue was like, told in calls that hold for every flow of the side. */
export interface AcceptQueue {
  readonly calls: readonly { readonly at: Ms; readonly what: KnownCall['what'] }[];
  /** More handshakes were under way than the backlog: Linux then answers with SYN cookies, and keeps no SYN-RECEIVED. */
  readonly overflowed: boolean;
}

interface QueueEvent {
  readonly at: Ms;
  readonly kind: 'syn-ack' | 'third-ack' | 'accept';
  readonly flow?: Flow;
}

/** Replays the queue of a side with one listener. Linux takes one connection more than the backlog says. */
export function replayAcceptQueue(
  app: readonly AppCall[],
  flows: readonly Flow[],
  clock: (seconds: number) => Ms,
): AcceptQueue {
  const listens = app.flatMap(({ call }) => /^listen\(backlog=(\d+)\)/.exec(call)?.[1] ?? []);
  const backlog = listens.length === 1 ? Number(listens[0]) : Number.POSITIVE_INFINITY;
  const accepts = app.filter(({ call, result }) => call.startsWith('accept') && result === 'ok');
  const events: QueueEvent[] = [
    ...accepts.map(({ t }): QueueEvent => ({ at: clock(t), kind: 'accept' })),
    ...flows.flatMap(handshakesOf),
  ].sort((a, b) => a.at - b.at);
  const calls: { at: Ms; what: KnownCall['what'] }[] = [];
  const pending = new Set<Flow>();
  let waiting = 0;
  let overflowed = false;
  for (const { at, kind, flow } of events) {
    if (kind === 'accept') {
      waiting -= 1;
      calls.push({ at, what: 'accept' });
    } else if (flow !== undefined && kind === 'syn-ack') {
      pending.add(flow);
      overflowed ||= pending.size > backlog;
    } else if (flow !== undefined && pending.has(flow) && waiting <= backlog) {
      pending.delete(flow);
      waiting += 1;
      if (waiting > backlog) calls.push({ at: ms(at + 0.001), what: 'queue-full' });
    }
  }
  return { calls, overflowed };
}

/** SYN,ACKs that left, and what arrived to acknowledge them. */
function handshakesOf(flow: Flow): QueueEvent[] {
  let awaited: Seq | undefined;
  return flow.connection.sightings.flatMap(({ from, packet: { at, segment } }): QueueEvent[] => {
    if (from === flow.host) {
      if (!has(segment, SYN) || !has(segment, ACK)) return [];
      const again = awaited === segment.seq;
      awaited = segment.seq;
      return again ? [] : [{ at, kind: 'syn-ack', flow }];
    }
    const acks = has(segment, ACK) && !has(segment, SYN) && !has(segment, RST);
    return acks && awaited !== undefined && !leq(segment.ack, awaited)
      ? [{ at, kind: 'third-ack', flow }]
      : [];
  });
}
