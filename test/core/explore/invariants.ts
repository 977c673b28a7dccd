import assert from 'node:assert/strict';
import type { Endpoint } from '../../../core/tcp/endpoint.ts';
import { ACK, RST, type Segment } from '../../../core/tcp/segment.ts';
import { add, leq, lt, type Seq } from '../../../core/tcp/seq.ts';
import { TCP_STATES } from '../../../core/tcp/states.ts';
import { ALL_TRANSITIONS } from '../../../core/tcp/transitions.ts';
import type { Outcome, World } from './world.ts';

// What must hold after every step, whatever happened before.

const ROWS = new Map(ALL_TRANSITIONS.map(({ from, id, row }) => [`${from}>${row.to}`, id]));
/** One of these runs while anything is out: RFC 6298 (5.1), and RFC 8985 §7.2 for the other two. */
const WATCHES = ['retransmission', 'tail-loss-probe', 'reordering'];
const UNSYNCHRONIZED = ['CLOSED', 'LISTEN', 'SYN-SENT'];

/** Checks one step against the table, the numbers and the timers. */
export function assertHolds({ before, event, result }: Outcome, world: World): void {
  const { endpoint: e, path, effects } = result;
  assert.ok(TCP_STATES.includes(e.state), 'a state of the table');
  assert.ok(result.rules.length > 0, 'a rule says why');
  path.slice(1).forEach((to, place) => {
    assert.ok(ROWS.has(`${path[place]}>${to}`), `${path.join(' > ')} is no row`);
  });
  assertNumbers(before, e, world);
  assertTimers(e);
  if (event.kind !== 'segment') return;
  const resets = effects.some((effect) => effect.kind === 'send' && (effect.segment.flags & RST) !== 0);
  assert.ok(!resets || !(event.segment.flags & RST), 'no RST for a RST');
}

function assertNumbers(before: Endpoint, e: Endpoint, { profile }: World): void {
  assert.ok(leq(e.sndUna, e.sndNxt), 'SND.UNA <= SND.NXT');
  assert.ok(e.rcvWnd >= 0 && e.unsent >= 0 && e.unread >= 0, 'no negative counts');
  if (e.state === 'CLOSED' || e.state === 'LISTEN') {
    assert.deepEqual([e.retransmit, e.unsent, e.held], [[], 0, []], 'nothing of the TCB is left in CLOSED');
    return;
  }
  assert.ok(e.unread + e.rcvWnd <= roomOf(profile), 'the window fits into the buffer');
  let next = e.retransmit[0]?.seq ?? e.sndNxt;
  assert.ok(leq(next, e.sndUna) || next === e.sndNxt, 'the queue begins at SND.UNA or before it');
  for (const sent of e.retransmit) {
    assert.equal(sent.seq, next, 'the queue has no gap');
    next = add(next, sent.length + (sent.flags & 2 ? 1 : 0) + (sent.flags & 1 ? 1 : 0));
    assert.ok(lt(e.sndUna, next), 'nothing acknowledged is queued');
  }
  assert.equal(next, e.sndNxt, 'the queue ends at SND.NXT');
  if (UNSYNCHRONIZED.includes(before.state) || before.state === 'SYN-RECEIVED') return;
  assert.ok(leq(before.sndUna, e.sndUna), 'SND.UNA never goes back');
  assert.ok(leq(before.sndNxt, e.sndNxt), 'SND.NXT never goes back');
  assert.ok(leq(before.rcvNxt, e.rcvNxt), 'RCV.NXT never goes back');
  const edge = (x: Endpoint): Seq => add(x.rcvNxt, x.rcvWnd - (x.peerFin ? 1 : 0));
  assert.ok(leq(edge(before), edge(e)), 'RFC 9293 (SHLD-14): the window does not shrink from the right');
  if (before.finSeq !== undefined) assert.equal(e.sndNxt, before.sndNxt, 'nothing new after the FIN');
}

/** The largest buffer there can be; one that grows with the flow begins with whole segments of 64 kB. */
function roomOf({ receiveBuffer, receiveSpace }: World['profile']): number {
  return receiveSpace === undefined ? receiveBuffer : Math.max(receiveSpace, 65_535);
}

function assertTimers(e: Endpoint): void {
  const running = Object.keys(e.deadlines);
  if (e.state === 'CLOSED' || e.state === 'LISTEN')
    assert.deepEqual(running, [], 'no timer without a connection');
  else if (e.state === 'TIME-WAIT')
    assert.deepEqual(running, ['time-wait'], 'TIME-WAIT turns the other timers off');
  else {
    assert.ok(!running.includes('time-wait'), 'only TIME-WAIT has that timer');
    const waits = e.retransmit.length > 0;
    const watched = running.some((timer) => WATCHES.includes(timer));
    assert.equal(watched, waits, 'a timer watches over what is out, and only then');
    const sends = e.state === 'ESTABLISHED' || e.state === 'CLOSE-WAIT' || e.closing;
    if (sends && e.unsent > 0 && !waits && e.state !== 'SYN-RECEIVED')
      assert.ok(running.includes('persist'), 'data that waits is probed for');
  }
}

/** Checks that an end acknowledges only what its peer has ever sent: up to `sentTo`, if it sent at all. */
export function assertEarned(sent: readonly Segment[], sentTo: Seq | undefined): void {
  for (const { flags, ack } of sent) {
    if (!(flags & ACK) || flags & RST) continue;
    assert.ok(sentTo !== undefined && leq(ack, sentTo), `ACK ${ack} for what was sent up to ${sentTo}`);
  }
}
