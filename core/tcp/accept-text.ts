import { measureText } from './ack-pace.ts';
import { acknowledgeAgain, acknowledgeFin, acknowledgeText } from './acknowledge.ts';
import { letGo } from './calls.ts';
import { hold } from './held.ts';
import { sendResetFor } from './output.ts';
import { growOffer } from './receive-window.ts';
import { FIN, has, type Segment } from './segment.ts';
import { add, distance, latest, leq, lt } from './seq.ts';
import { cite, move, spaceOf, tell, type Work } from './work.ts';

/**
 * Seventh and eighth check: takes what continues the stream, keeps what lies ahead of it, owes an ACK.
 * RFC 9293 §3.10.7.4.
 */
export function acceptText(w: Work, segment: Segment): void {
  const { e, profile } = w;
  if (profile.judgesByLastAck && isOld(w, segment)) {
    cite(w, 'data/repeated-is-acked');
    acknowledgeAgain(w);
    return;
  }
  if (e.peerFin) {
    if (segment.length > 0) cite(w, 'data/after-fin-is-ignored');
    return;
  }
  const fin = has(segment, FIN);
  if (segment.length === 0 && !fin) {
    if (segment.seq === e.rcvNxt) e.rcvNxt = add(e.rcvNxt, profile.laws.pureAckTakes);
    return;
  }
  const nobodyReads = e.orphaned || (e.readShut && e.state.startsWith('FIN-WAIT'));
  const bringsNews = segment.length > 0 || (profile.judgesByLastAck && lt(e.rcvNxt, segment.seq));
  if (bringsNews && nobodyReads) {
    cite(w, e.orphaned ? 'data/after-close-resets' : 'data/after-shut-reading-resets');
    sendResetFor(w, segment);
    move(w, 'abort');
    return;
  }
  const to = add(segment.seq, segment.length);
  if (lt(e.rcvNxt, segment.seq)) {
    cite(w, 'data/kept-out-of-order');
    e.held = hold(e.held, { from: segment.seq, to, fin });
    if (profile.quickAcks > 0 && segment.length > 0) measureText(w, segment.length);
    if (e.sack) growOffer(w, segment.length); // else the window stays, so that ACKs are duplicates: tcp_data_queue_ofo
    if (profile.quickAcks > 0 && e.sack) w.gapWaits = true;
    else w.ackOwed = true;
    return;
  }
  const filledGap = e.held.length > 0;
  e.held = hold(e.held, { from: e.rcvNxt, to: latest(e.rcvNxt, to), fin });
  takeHeld(w, filledGap);
}

/** Every number it takes was taken before. Judged by RCV.NXT, such a segment would not have come so far. */
function isOld(w: Work, segment: Segment): boolean {
  const space = spaceOf(w, segment);
  return space > 0 && leq(add(segment.seq, space), w.e.rcvNxt);
}

/** Takes what was kept, as far as it continues the stream now; `filledGap` when something had waited for the rest. */
export function takeHeld(w: Work, filledGap: boolean): void {
  const { e } = w;
  let taken = 0;
  let fin = false;
  for (const held of e.held) {
    if (lt(e.rcvNxt, held.from)) break;
    const fresh = Math.max(0, distance(e.rcvNxt, held.to));
    const fits = Math.min(fresh, e.rcvWnd);
    taken += fits;
    e.rcvNxt = add(e.rcvNxt, fits);
    e.rcvWnd -= fits;
    fin ||= held.fin && fits === fresh;
  }
  const beyond = fin && e.held.some((held) => lt(e.rcvNxt, held.to)); // thrown away with the FIN
  e.held = fin ? [] : e.held.filter((held) => !leq(held.to, e.rcvNxt) || (held.fin && held.to === e.rcvNxt));
  if (taken > 0) deliver(w, taken, filledGap);
  if (fin) takeFin(w, filledGap && !beyond);
}

function deliver(w: Work, octets: number, filledGap: boolean): void {
  const { e } = w;
  cite(w, filledGap ? 'data/fills-the-gap' : 'data/taken-in-order');
  if (e.reads) {
    tell(w, { kind: 'data', length: octets });
    if (w.profile.receiveSpace === undefined) e.rcvWnd += octets;
  } else if (e.awaits > 0) {
    const length = Math.min(octets, e.awaits);
    cite(w, 'receive/wakes');
    tell(w, { kind: 'data', length });
    e.awaits = 0;
    e.unread += octets - length;
    if (w.profile.receiveSpace === undefined) e.rcvWnd += length;
  } else e.unread += octets;
  acknowledgeText(w, octets, filledGap);
}

function takeFin(w: Work, filledGap: boolean): void {
  const { e, profile } = w;
  e.peerFin = true;
  e.rcvNxt = add(e.rcvNxt, profile.laws.finTakes);
  cite(w, 'number/fin-takes-one');
  e.eofTold = e.reads || e.awaits > 0;
  if (e.eofTold && !e.orphaned) tell(w, { kind: 'eof' });
  e.awaits = 0;
  move(w, 'recv-fin');
  acknowledgeFin(w, filledGap);
  if (!e.closesAtEof || e.state !== 'CLOSE-WAIT') return;
  cite(w, 'ack/rides-on-fin');
  letGo(w);
}
