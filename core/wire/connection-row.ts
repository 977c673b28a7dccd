// What is said of a connection once it was read: for lists, for JSON, for filters.

import type { TcpState } from '../tcp/states.ts';
import { type Ms, ms } from '../tcp/time.ts';
import type { HostId } from '../timeline/timeline.ts';
import { ANOMALIES, type Anomaly, anomaliesIn } from './analysis.ts';
import type { CaptureIndexer, FlowEnd } from './capture-index.ts';
import type { ConnectionSummary, Ending, Opening } from './connections.ts';
import { type Conversation, KINDS, type Kind, type Party, type Speaker } from './conversation.ts';

/** Why a capture cannot know all of a connection. */
const UNCERTAINTIES = ['late-start', 'one-direction', 'lost-before-tap'] as const;
type Uncertainty = (typeof UNCERTAINTIES)[number];

/** A connection as it is listed. A is the opener. */
export interface ConnectionRow {
  readonly hosts: Readonly<Record<HostId, FlowEnd>>;
  readonly summary: ConnectionSummary;
  readonly firstFrame: number;
  readonly kinds: Readonly<Record<Kind, number>>;
  /** Those that occur, with how often. */
  readonly anomalies: Readonly<Partial<Record<Anomaly, number>>>;
  readonly firstAnomaly: { readonly name: Anomaly; readonly frame: number } | undefined;
  /** As the segments show them: see {@link ConnState} for the whole in one word. */
  readonly finalStates: Readonly<Record<HostId, TcpState>>;
  readonly connState: ConnState;
  /** Empty when the capture shows all there was to see. */
  readonly uncertain: readonly Uncertainty[];
}

/** The state of a connection in the words of Zeek's conn.log, which other tools know, too. */
type ConnState =
  | 'S0'
  | 'S1'
  | 'SF'
  | 'REJ'
  | 'S2'
  | 'S3'
  | 'RSTO'
  | 'RSTR'
  | 'RSTOS0'
  | 'RSTRH'
  | 'SH'
  | 'SHR'
  | 'OTH';

/** The side that is A: the first SYN decides, else the first SYN,ACK reversed, else the first segment. */
export function openerOf(conversation: Conversation): 0 | 1 {
  const { synFrom, synAckFrom, firstFrom } = conversation;
  if (synFrom !== -1) return synFrom;
  if (synAckFrom !== -1) return synAckFrom === 0 ? 1 : 0;
  return firstFrom;
}

/** Describes a connection as far as it was read. */
export function connectionRow(index: Pick<CaptureIndexer, 'flowEnd'>, now: Conversation): ConnectionRow {
  const a = openerOf(now);
  const b = a === 0 ? 1 : 0;
  const [A, B] = [now.sides[a], now.sides[b]];
  const names = anomaliesIn(now.firstAnomaly);
  const [first] = names;
  return {
    hosts: { A: index.flowEnd(now.flow, a), B: index.flowEnd(now.flow, b) },
    summary: summaryOf(now, A, B, a),
    firstFrame: now.firstFrame,
    kinds: kindsOf(now),
    anomalies: occurring(now),
    firstAnomaly: first === undefined ? undefined : { name: first, frame: now.firstAnomalyFrame },
    finalStates: { A: A.state, B: B.state },
    connState: connStateOf(now, A, B),
    uncertain: uncertaintiesOf(now, A, B),
  };
}

function kindsOf(now: Conversation): Readonly<Record<Kind, number>> {
  const counts: Partial<Record<Kind, number>> = {};
  KINDS.forEach((kind, place) => {
    counts[kind] = now.count(place);
  });
  return counts as Record<Kind, number>;
}

function occurring(now: Conversation): Readonly<Partial<Record<Anomaly, number>>> {
  const counts: Partial<Record<Anomaly, number>> = {};
  ANOMALIES.forEach((anomaly, place) => {
    const count = now.count(KINDS.length + place);
    if (count > 0) counts[anomaly] = count;
  });
  return counts;
}

function summaryOf(now: Conversation, A: Speaker, B: Speaker, a: 0 | 1): ConnectionSummary {
  const host = (party: Party): HostId | undefined => (party === -1 ? undefined : party === a ? 'A' : 'B');
  const reset = now.resetFrom !== -1;
  const ending: Ending =
    A.fin && B.fin ? 'closed' : reset ? 'reset' : A.fin || B.fin ? 'half-closed' : 'open';
  return {
    segments: { A: A.segments, B: B.segments },
    octets: { A: A.octets, B: B.octets },
    startedAt: ms(now.startedAt),
    duration: ms(now.lastAt - now.startedAt) as Ms,
    opening: openingOf(now, A, B, reset && !now.data),
    ending,
    endedBy: host(ending === 'reset' ? now.resetFrom : now.finFrom),
  };
}

function openingOf(now: Conversation, A: Speaker, B: Speaker, refused: boolean): Opening {
  if (A.syn && B.syn) return 'simultaneous';
  if (now.synFrom === -1) return 'not-seen';
  if (now.synAckFrom !== -1) return 'handshake';
  return refused ? 'refused' : 'unanswered';
}

/**
 * As Zeek's rules have it: a SYN,ACK establishes both ends, whoever answers one has had a SYN, and after both FINs a RST
 * is no more than that. A side whose SYN was not seen is none that a connection was open at.
 */
function connStateOf(now: Conversation, A: Speaker, B: Speaker): ConnState {
  const aOpen = A.syn || A.synAck || (B.synAck && A.segments > 0);
  const bOpen = B.syn || B.synAck;
  const unanswered = A.syn && !bOpen;
  if (A.fin && B.fin) return 'SF';
  if (B.reset) {
    const bothWithoutData = A.reset && A.octets === 0 && B.octets === 0;
    if (bothWithoutData || (unanswered && !A.fin && !A.reset)) return 'REJ';
    return aOpen || A.fin || A.reset ? 'RSTR' : 'RSTRH';
  }
  if (A.reset) {
    if (bOpen || B.fin) return 'RSTO';
    return unanswered && !now.data ? 'RSTOS0' : 'OTH';
  }
  if (A.fin) return bOpen ? 'S2' : 'SH';
  if (B.fin) return aOpen ? 'S3' : 'SHR';
  if (unanswered && B.octets === 0) return 'S0';
  return aOpen && bOpen ? 'S1' : 'OTH';
}

const UNSEEN = KINDS.length + ANOMALIES.indexOf('acked-unseen-segment');
const GAP = KINDS.length + ANOMALIES.indexOf('previous-segment-not-captured');

function uncertaintiesOf(now: Conversation, A: Speaker, B: Speaker): readonly Uncertainty[] {
  const found: Readonly<Record<Uncertainty, boolean>> = {
    'late-start': now.synFrom === -1,
    'one-direction': (A.segments === 0 || B.segments === 0) && (now.data || now.synFrom === -1),
    'lost-before-tap': now.count(UNSEEN) + now.count(GAP) > 0,
  };
  return UNCERTAINTIES.filter((one) => found[one]);
}
