import type { Purpose } from '../tcp/event.ts';
import { ACK, FIN, RST, type Segment, SYN } from '../tcp/segment.ts';
import type { SegmentKind, SegmentPattern } from './scenario.ts';
import type { HostId, Transmission } from './timeline.ts';

/** Whether a segment is of the kind people mean by that word. A FIN with data is both `FIN` and `data`. */
export function isKind(segment: Segment, purpose: Purpose, kind: SegmentKind): boolean {
  const { flags, length } = segment;
  const syn = (flags & SYN) !== 0;
  const ack = (flags & ACK) !== 0;
  switch (kind) {
    case 'segment':
      return true;
    case 'SYN':
      return syn && !ack;
    case 'SYN-ACK':
      return syn && ack;
    case 'FIN':
      return (flags & FIN) !== 0;
    case 'RST':
      return (flags & RST) !== 0;
    case 'data':
      return length > 0;
    case 'keepalive':
      return purpose === 'keepalive';
    default:
      return ack && length === 0 && (flags & (SYN | FIN | RST)) === 0 && purpose !== 'keepalive';
  }
}

/** Whether `from` sent this transmission in this run (not a copy or a forgery) and it is of that kind. */
function isCandidate(transmission: Transmission, from: HostId, kind: SegmentKind): boolean {
  if (transmission.from !== from || transmission.copyOf !== undefined || transmission.forged) return false;
  return isKind(transmission.segment, transmission.purpose, kind);
}

/** The transmissions of a run that a pattern points at, in order. */
export function findTransmissions(
  transmissions: readonly Transmission[],
  pattern: SegmentPattern,
): readonly Transmission[] {
  const candidates = transmissions.filter((t) => isCandidate(t, pattern.from, pattern.kind));
  if (pattern.which === 'every') return candidates;
  const one = pattern.which === 'last' ? candidates.at(-1) : candidates[pattern.which - 1];
  return one === undefined ? [] : [one];
}
