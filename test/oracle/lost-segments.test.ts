// What is said to be lost, against the wire that dropped it or let it pass: kernel-traces/README.md.

import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { PROFILES } from '../../core/tcp/profiles.ts';
import { FIN, has, sequenceLength } from '../../core/tcp/segment.ts';
import { inferTimeline } from '../../core/timeline/infer.ts';
import type { Transmission } from '../../core/timeline/timeline.ts';
import { connectionsOf } from '../../core/wire/connections.ts';
import {
  readCapture,
  readTrace,
  SIDES,
  type Side,
  type Trace,
  tracesIn,
} from '../../scripts/verify/trace.ts';
import { isThere, sharedPath } from './shared.ts';

/**
 * Where "lost" is told although the wire let it pass, and why: a listener whose accept queue is full passes over SYNs,
 * third ACKs and data, a peer that a forged FIN was shown acknowledges what was never sent and is passed over, a scripted
 * peer echoes what it likes, and a wire holds a segment longer than the next one.
 */
const PASSED_OVER = new Set([
  'backlog_overflow',
  'overflow_b1_data',
  'syn_received_wrong_echo',
  'fin_waits_for_cwnd',
  'late_duplicate_syn',
  'rtt3000_losses',
  'established__fin',
  'fins_cross_data_late',
  'round_trip_of_what_is_acked',
  'syn_received_injections2',
]);

interface Judged {
  readonly where: string;
  readonly one: Transmission;
  readonly dropped: boolean;
}

function judged(directory: string, name: string): readonly Judged[] {
  const trace = readTrace(directory, name);
  return SIDES.flatMap((side) => {
    const capture = readCapture(directory, name, side);
    return capture === undefined
      ? []
      : connectionsOf(capture.packets).flatMap((connection) => {
          const timeline = inferTimeline(connection, { profile: PROFILES.linux });
          const own = timeline.transmissions.filter(
            ({ from }) => timeline.hosts[from].address === trace.addresses[side === 'client' ? 'C' : 'S'],
          );
          return matched(trace, side, own).map((one) => ({ where: `${name} ${side}`, ...one }));
        });
  });
}

/** What became of each on the wire, where it is found there. */
function matched(trace: Trace, side: Side, own: readonly Transmission[]): readonly Omit<Judged, 'where'>[] {
  const left = trace.wire.filter(
    ({ dir, verdict }) => dir === (side === 'client' ? 'C>S' : 'S>C') && !verdict.startsWith('injected'),
  );
  return own.flatMap((one) => {
    const place = left.findIndex(
      (sent) =>
        sent.sport === one.fromPort &&
        sent.dport === one.toPort &&
        sent.seq === one.segment.seq &&
        sent.ack === one.segment.ack &&
        sent.len === one.segment.length,
    );
    const [found] = place < 0 ? [] : left.splice(place, 1);
    return found === undefined ? [] : [{ one, dropped: found.verdict === 'drop' }];
  });
}

const DIRECTORIES = ['traces/', 'more-traces/'].map((name) => fileURLToPath(new URL(name, import.meta.url)));

describe('losses inferred from one side', () => {
  const shared = sharedPath('kernel-traces/');
  const directories = isThere(shared, 'losses of the recorded traces')
    ? [...DIRECTORIES, shared]
    : DIRECTORIES;
  const names = new Set(directories.flatMap(tracesIn));
  const all = directories.flatMap((directory) =>
    tracesIn(directory).flatMap((name) => judged(directory, name)),
  );

  it('are told only where the wire dropped, but where the receiver passed over it', () => {
    const told = all.filter(({ one }) => one.lost && one.lossUnsure !== true);
    const wrong = told.filter(({ dropped }) => !dropped).map(({ where }) => where);
    const known = [...PASSED_OVER].filter((name) => names.has(name));
    assert.deepEqual([...new Set(wrong.map((where) => where.split(' ')[0]))].sort(), known.sort());
    assert.ok(told.filter(({ dropped }) => dropped).length >= 15);
  });

  it('are found, told or guessed, nearly wherever something with a number was dropped', () => {
    const dropped = all.filter((each) => each.dropped && sequenceLength(each.one.segment) > 0);
    const missed = dropped.filter(({ one }) => !one.lost);
    assert.ok(missed.length * 4 <= dropped.length, `${missed.length} of ${dropped.length}`);
  });

  if (names.has('last_ack_lost'))
    it('are none where the ACK of a FIN that came twice echoes the first copy', () => {
      const fins = all.filter(({ where, one }) => where === 'last_ack_lost server' && has(one.segment, FIN));
      assert.deepEqual(
        fins.map(({ one }) => one.lost),
        [false, false],
      );
    });
});
