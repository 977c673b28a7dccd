// The states of both ends as the segments that pass show them: the rows of the transition table, followed without
// endpoints. What it takes an endpoint to tell (windows, PAWS, timers, loss behind the tap) is for infer.ts.

import { ACK, FIN, RST, SYN } from '../tcp/segment.ts';
import { lt, type Seq, seq } from '../tcp/seq.ts';
import type { TcpState } from '../tcp/states.ts';
import { findTransition, type Trigger } from '../tcp/transitions.ts';
import type { SegmentView } from './segment-view.ts';

/** One end. */
export interface EndSeen {
  state: TcpState;
  role: 'none' | 'active' | 'passive';
  /** Its SYN, where that was seen. */
  synSent: boolean;
  iss: Seq;
  /** The number after its FIN, once that was seen. */
  finSent: boolean;
  finEnd: Seq;
  /** Something of it, or for it, was seen. */
  met: boolean;
}

/** A segment passed from one end to the other; `missing` when there is a gap before it. */
export function seeSegment(from: EndSeen, to: EndSeen, segment: SegmentView, missing: boolean): void {
  const { flags } = segment;
  if (flags & RST) return seeReset(from, to);
  if (flags & SYN) seeSyn(from, to, segment);
  else if (!from.met) meetHalfway(from);
  if (!to.met && (flags & (SYN | ACK)) === ACK && !from.synSent) meetHalfway(to);
  if (flags & ACK) seeAck(from, to, segment);
  if (flags & FIN) {
    from.finSent = true;
    from.finEnd = seq(segment.seq + segment.length + (flags & SYN ? 2 : 1));
    move(from, 'close');
    if (!missing) move(to, 'recv-fin');
  }
}

function move(end: EndSeen, on: Trigger): void {
  const row = findTransition(end.state, on, end.role);
  if (row !== undefined) end.state = row.to;
}

/** Met in the middle of its life. */
function meetHalfway(end: EndSeen): void {
  end.met = true;
  end.state = 'ESTABLISHED';
}

function seeSyn(from: EndSeen, to: EndSeen, { flags, seq: iss, ack }: SegmentView): void {
  const again = from.synSent && from.iss === iss;
  from.met = true;
  if (!again) {
    const answers = (flags & ACK) !== 0;
    if (!(answers && from.state === 'SYN-SENT')) beginAnew(from);
    from.synSent = true;
    from.iss = iss as Seq;
    if (answers) {
      if (from.state === 'CLOSED') {
        from.role = 'passive';
        move(from, 'open-passive');
      }
      move(from, 'recv-syn');
    } else {
      from.role = 'active';
      move(from, 'open-active');
    }
  } else if (flags & ACK && from.state === 'SYN-SENT') move(from, 'recv-syn');
  if (flags & ACK && to.state === 'SYN-SENT' && ack === seq(to.iss + 1)) move(to, 'recv-syn-ack');
  else if (flags & ACK && !to.met) {
    to.met = true;
    to.role = 'active';
    to.state = 'SYN-SENT';
    move(to, 'recv-syn-ack');
  }
}

/** Whatever it was before, its socket is a new one. */
function beginAnew(end: EndSeen): void {
  end.state = 'CLOSED';
  end.role = 'none';
  end.finSent = false;
}

function seeAck(from: EndSeen, to: EndSeen, { flags, ack }: SegmentView): void {
  // Whoever acknowledges has received.
  if (from.state === 'SYN-SENT' && (flags & SYN) === 0) move(from, 'recv-syn-ack');
  if (to.finSent && !lt(ack as Seq, to.finEnd)) {
    if (from.state === 'ESTABLISHED' || from.state === 'FIN-WAIT-1' || from.state === 'FIN-WAIT-2')
      move(from, 'recv-fin');
    move(to, 'recv-ack-of-fin');
  }
  if (to.state === 'SYN-RECEIVED' && lt(to.iss, ack as Seq)) move(to, 'recv-ack-of-syn');
}

function seeReset(from: EndSeen, to: EndSeen): void {
  from.met = true;
  to.met = true;
  if (from.state !== 'TIME-WAIT' && from.state !== 'LISTEN') move(from, 'abort');
  move(to, 'recv-rst');
}
