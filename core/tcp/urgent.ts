// Urgent data: a mark in the stream that hurries its reader. RFC 9293 §3.8.5.

import { ACK, type Flags, has, type Segment, SYN, URG } from './segment.ts';
import { add, distance, latest, lt, type Seq } from './seq.ts';
import { cite, tell, type Work } from './work.ts';

const MAX_POINTER = 65_535;

/** Everything handed over so far is urgent: SND.UP points to the octet after it. RFC 9293 §3.10.2 (MUST-62). */
export function markUrgent({ e }: Work): void {
  e.sndUp = add(e.sndNxt, e.unsent);
}

/** The offset of SND.UP for a segment that begins at `at`; 0 when nothing urgent lies behind that. */
export function urgentOffset({ e }: Work, at: Seq, bits: Flags): number {
  if (e.sndUp === undefined || !(bits & ACK) || bits & SYN || !lt(at, e.sndUp)) return 0;
  return Math.min(distance(at, e.sndUp), MAX_POINTER);
}

/** Sixth check: moves RCV.UP, and tells the application when it moved beyond what was read. RFC 9293 §3.10.7.4. */
export function takeUrgent(w: Work, segment: Segment): void {
  const { e } = w;
  const listens = e.state === 'ESTABLISHED' || e.state === 'FIN-WAIT-1' || e.state === 'FIN-WAIT-2';
  if (!has(segment, URG) || !listens) return;
  const pointer = add(segment.seq, segment.urgent);
  const before = e.rcvUp ?? add(e.rcvNxt, -e.unread);
  e.rcvUp = latest(before, pointer);
  if (e.rcvUp === before) return;
  cite(w, 'urgent/pointer-advances');
  tell(w, { kind: 'urgent' });
}
