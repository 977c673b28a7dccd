// What an acknowledgment of something new does to the sender. RFC 9293 §3.10.7.4, RFC 6298 §2 and §5.

import { beginSmall, growCongestionWindow, isSpurious, settleRecovery } from './congestion-window.ts';
import type { Sent } from './endpoint.ts';
import { numbersTaken } from './laws.ts';
import { roundTripByEcho } from './options.ts';
import type { Profile } from './profiles.ts';
import { restartRetransmissionTimer } from './retransmission-timer.ts';
import { type Segment, SYN } from './segment.ts';
import { add, leq, lt, type Seq } from './seq.ts';
import { type Ms, ms, seconds } from './time.ts';
import { cite, type Work } from './work.ts';

const NOTHING: readonly Sent[] = [];

/** Moves SND.UNA, empties the queue up to it, measures the round trip, and restarts or stops the timer. */
export function takeAck(w: Work, segment: Segment): void {
  const { e } = w;
  const { ack } = segment;
  e.sndUna = ack;
  const acked = e.retransmit.filter((sent) => leq(endOf(w, sent), ack));
  if (acked.length === e.retransmit.length) e.retransmit = NOTHING;
  else if (acked.length > 0) e.retransmit = e.retransmit.filter((sent) => !acked.includes(sent));
  const sample = acked.findLast((sent) => sent.retries === 0 && sent.mark === undefined);
  if (sample !== undefined && acked.every((sent) => sent.retries === 0)) measure(w, w.at - sample.sentAt);
  else if (acked.length > 0) measureByEcho(w, segment);
  const syn = acked.find(({ flags }) => flags & SYN);
  if (syn !== undefined && syn.retries > 0) startOver(w);
  const toldSlowly = syn !== undefined && syn.retries > 1 && !isSpurious(w, segment);
  e.retries = 0;
  e.retryingSince = undefined;
  takeDuplicates(w, acked);
  if (e.probedUpTo !== undefined && lt(e.probedUpTo, ack)) e.probedUpTo = undefined;
  if (w.profile.lossRecovery) {
    for (const sent of acked) if (sent.mark !== 'sacked') noteDelivery(w, sent);
    w.mayBeLate = !settleRecovery(w, segment);
    growCongestionWindow(w, w.delivered);
  }
  if (toldSlowly) beginSmall(w);
  restartRetransmissionTimer(w);
}

/** Counts what arrived: each segment once. Without SACK a duplicate ACK has stood for one. Linux tcp_remove_reno_sacks. */
function takeDuplicates(w: Work, acked: readonly Sent[]): void {
  const { e } = w;
  const count = acked.filter(({ mark }) => mark !== 'sacked').length;
  w.delivered += count === 0 ? 0 : Math.max(count - e.duplicateAcks, 1);
  const repairs = e.recovery !== undefined && !e.recovery.slowStart;
  e.duplicateAcks = repairs ? Math.max(0, e.duplicateAcks - (count - 1)) : 0;
}

/** After a repeated SYN nothing is known of the round trip, but that it may be long. RFC 6298 (5.7). */
function startOver(w: Work): void {
  const { e, profile } = w;
  if (!profile.measuresRoundTrip || e.srtt !== undefined || profile.initialRto >= AFTER_REPEATED_SYN) return;
  cite(w, 'timer/syn-was-repeated');
  e.rto = AFTER_REPEATED_SYN;
}

const AFTER_REPEATED_SYN: Ms = seconds(3);

/** The number after the last one a queued segment takes. */
export function endOf(w: Work, sent: Sent): Seq {
  return add(sent.seq, numbersTaken(w.profile.laws, sent));
}

/**
 * A segment is known to have arrived: whatever left before it and did not is late. RFC 8985 §6.2 step 2. The round trip is
 * that of the segment looked at last, whichever left last. Linux tcp_rack_advance.
 *
 * @param known - this ACK has told a round trip already: what it acknowledges is looked at after what it reports
 */
export function noteDelivery(w: Work, sent: Sent, known = false): void {
  const { e } = w;
  const rtt = w.at - sent.sentAt;
  if (sent.flags & SYN) {
    if (sent.retries === 0) e.minRtt = rtt;
    return;
  }
  if (sent.retries > 0 && e.minRtt !== undefined && rtt < e.minRtt) return; // the ACK of an earlier copy
  if (sent.retries === 0) e.minRtt = Math.min(e.minRtt ?? rtt, rtt);
  const end = endOf(w, sent);
  const { delivered } = e;
  const latest =
    delivered === undefined ||
    delivered.sentAt < sent.sentAt ||
    (delivered.sentAt === sent.sentAt && leq(delivered.end, end));
  if (latest)
    e.delivered = { sentAt: sent.sentAt, end, rtt: delivered !== undefined && known ? delivered.rtt : rtt };
  else if (!known) e.delivered = { ...delivered, rtt };
}

function measureByEcho(w: Work, segment: Segment): void {
  const sample = w.profile.measuresRoundTrip ? roundTripByEcho(w, segment) : undefined;
  if (sample !== undefined) measure(w, sample);
}

/** RFC 6298 §2: SRTT, RTTVAR and RTO from one sample in milliseconds. */
function measure(w: Work, sample: number): void {
  const { e, profile } = w;
  if (!profile.measuresRoundTrip) {
    e.rto = profile.initialRto;
    return;
  }
  if (profile.flooredVariance) measureDeviation(w, sample);
  else e.rttvar = e.srtt === undefined ? sample / 2 : 0.75 * e.rttvar + 0.25 * Math.abs(e.srtt - sample);
  e.srtt = e.srtt === undefined ? sample : 0.875 * e.srtt + 0.125 * sample;
  e.rto = clamp(profile.minRto, wholeTicks(e.srtt + 4 * e.rttvar, profile), profile.maxRto);
}

/**
 * RTTVAR rises at once with the greatest deviation of a round trip, never below a quarter of the least RTO, and falls by a
 * quarter of the difference each round trip. Linux tcp_rtt_estimator; RFC 6298 §2 lets it follow every sample.
 */
function measureDeviation({ e, profile }: Work, sample: number): void {
  const floor = profile.minRto / 4;
  const { srtt, deviation } = e;
  if (srtt === undefined || deviation === undefined) {
    e.rttvar = Math.max(sample / 2, floor);
    e.deviation = { mean: sample / 2, most: e.rttvar, until: e.sndNxt };
    return;
  }
  const change = Math.abs(sample - srtt) - deviation.mean;
  const mean = deviation.mean + (sample < srtt && change > 0 ? change / 32 : change / 4);
  const most = Math.max(deviation.most, mean);
  e.rttvar = Math.max(e.rttvar, most);
  const passed = lt(deviation.until, e.sndUna);
  if (passed) e.rttvar -= (e.rttvar - most) / 4;
  e.deviation = passed ? { mean, most: floor, until: e.sndNxt } : { ...deviation, mean, most };
}

/** A clock that only counts ticks rounds up. */
function wholeTicks(time: number, { tick, wheelFrom }: Profile): number {
  return wheelFrom === undefined ? time : Math.ceil(time / tick) * tick;
}

function clamp(low: Ms, value: number, high: Ms): Ms {
  return ms(Math.min(Math.max(value, low), high));
}
