import assert from 'node:assert/strict';
import type { TcpState } from '../../../core/tcp/states.ts';
import { ms } from '../../../core/tcp/time.ts';
import { type InferOptions, inferTimeline } from '../../../core/timeline/infer.ts';
import type { HostId, Timeline } from '../../../core/timeline/timeline.ts';
import { flowsOf } from '../../../core/wire/connections.ts';
import { packets } from '../wire/packets.ts';

function infer(lines: readonly string[], options: InferOptions = {}): Timeline {
  const [flow] = flowsOf(packets(...lines));
  assert.ok(flow !== undefined);
  return inferTimeline(flow, options);
}

/** States of a host, sockets one after another, and its doubts in order. */
function told(timeline: Timeline, host: HostId): string {
  const steps = timeline.steps.filter((step) => step.host === host && !step.socket.endsWith('0'));
  const states = steps.flatMap(({ path }): readonly TcpState[] =>
    path[0] === 'LISTEN' || path[0] === 'CLOSED' ? path.slice(1) : path,
  );
  const changes = states.filter((state, place) => state !== states[place - 1]);
  const doubts = [...new Set(steps.flatMap(({ doubt }) => doubt ?? []))];
  return [changes.join(' > '), ...doubts].join(' | ');
}

const HANDSHAKE = ['0 > SYN 99', '20 < SYN,ACK 299 100', '20 > ACK 100 300'];
const CLOSE = ['50 > FIN,ACK 100 300', '70 < ACK 300 101', '80 < FIN,ACK 300 101', '80 > ACK 101 301'];
const WHOLE = [...HANDSHAKE, ...CLOSE];

describe('inference from a capture', () => {
  const walks: readonly {
    readonly name: string;
    readonly lines: readonly string[];
    readonly options?: InferOptions;
    readonly A: string;
    readonly B: string;
  }[] = [
    {
      name: 'open and close: both ends',
      lines: WHOLE,
      A: 'SYN-SENT > ESTABLISHED > FIN-WAIT-1 > FIN-WAIT-2 > TIME-WAIT | call-time-unknown',
      B: 'SYN-RECEIVED > ESTABLISHED > CLOSE-WAIT > LAST-ACK > CLOSED | call-time-unknown',
    },
    {
      name: 'a known close() leaves no doubt',
      lines: WHOLE,
      options: {
        calls: [
          { at: ms(40), host: 'A', what: 'close' },
          { at: ms(65), host: 'B', what: 'close' },
        ],
      },
      A: 'SYN-SENT > ESTABLISHED > FIN-WAIT-1 > FIN-WAIT-2 > TIME-WAIT',
      B: 'SYN-RECEIVED > ESTABLISHED > CLOSE-WAIT > LAST-ACK > CLOSED',
    },
    {
      name: 'a good SYN,ACK that is answered with RST: the socket that asked was closed meanwhile',
      lines: ['0 > SYN 99', '20 < SYN,ACK 299 100', '1020 < SYN,ACK 299 100', '1040 > RST 100'],
      A: 'SYN-SENT > CLOSED | call-time-unknown',
      B: 'SYN-RECEIVED > LISTEN | lost-or-its-answer',
    },
    {
      name: 'a SYN,ACK for another SYN is answered with RST, too: the socket goes on waiting (Figure 8)',
      lines: ['0 > SYN 99', '20 < SYN,ACK 299 77', '20 > RST 77'],
      A: 'SYN-SENT',
      B: 'SYN-RECEIVED | lost-before-tap',
    },
    {
      name: 'a loss that ACKs showed, repaired at once, says nothing of the timer: nobody has given up',
      lines: [
        ...HANDSHAKE,
        '50 > ACK 100 300 10',
        '80 > ACK 100 300 10',
        '1500 < FIN,ACK 300 100',
        '1500 > ACK 110 301',
      ],
      options: { tap: 'A', until: ms(2500) },
      A: 'SYN-SENT > ESTABLISHED > CLOSE-WAIT | lost-or-its-answer',
      B: 'SYN-RECEIVED > ESTABLISHED > FIN-WAIT-1 > FIN-WAIT-2 | call-time-unknown',
    },
    {
      name: 'the capture begins late',
      lines: ['0 > ACK 100 300 10', '20 < ACK 300 110', ...CLOSE.map((line) => line.replaceAll('10', '11'))],
      A: 'ESTABLISHED > FIN-WAIT-1 > FIN-WAIT-2 > TIME-WAIT | late-start | call-time-unknown',
      B: 'ESTABLISHED > CLOSE-WAIT > LAST-ACK > CLOSED | late-start | call-time-unknown',
    },
    {
      name: 'only one direction was captured',
      lines: WHOLE.filter((line) => line.includes('>')),
      A: 'SYN-SENT > ESTABLISHED > FIN-WAIT-1 | one-direction | call-time-unknown',
      B: 'ESTABLISHED > CLOSE-WAIT | one-direction',
    },
    {
      name: 'the SYN,ACK was lost before the tap',
      lines: WHOLE.filter((line) => !line.includes('SYN,ACK')),
      A: 'SYN-SENT > ESTABLISHED > FIN-WAIT-1 > FIN-WAIT-2 > TIME-WAIT | lost-before-tap | call-time-unknown',
      B: 'SYN-RECEIVED > ESTABLISHED > CLOSE-WAIT > LAST-ACK > CLOSED | lost-before-tap | call-time-unknown',
    },
    {
      name: 'a third ACK that the listener ignores (its SYN,ACK leaves again)',
      lines: [
        '0 > SYN 99',
        '0 < SYN,ACK 299 100',
        '20 > ACK 100 300',
        '1000 < SYN,ACK 299 100',
        '1020 > ACK 100 300',
      ],
      options: { tap: 'B', calls: [{ at: ms(1010), host: 'B', what: 'accept' }] },
      A: 'SYN-SENT > ESTABLISHED',
      B: 'SYN-RECEIVED > ESTABLISHED',
    },
    {
      name: 'the same, and nobody ever accepts',
      lines: [
        '0 > SYN 99',
        '0 < SYN,ACK 299 100',
        '20 > ACK 100 300',
        '1000 < SYN,ACK 299 100',
        '1020 > ACK 100 300',
      ],
      options: { tap: 'B' },
      A: 'SYN-SENT > ESTABLISHED',
      B: 'SYN-RECEIVED',
    },
    {
      name: 'SYNs that a full queue drops',
      lines: ['0 > SYN 99', '1000 > SYN 99', '3000 > SYN 99', '3000 < SYN,ACK 299 100', '3020 > ACK 100 300'],
      options: { tap: 'B' },
      A: 'SYN-SENT > ESTABLISHED',
      B: 'SYN-RECEIVED > ESTABLISHED',
    },
    {
      name: 'the capture begins with the SYN,ACK: there was a SYN',
      lines: WHOLE.filter((line) => !line.includes('> SYN ')),
      options: { tap: 'A' },
      A: 'SYN-SENT > ESTABLISHED > FIN-WAIT-1 > FIN-WAIT-2 > TIME-WAIT | late-start | call-time-unknown',
      B: 'SYN-RECEIVED > ESTABLISHED > CLOSE-WAIT > LAST-ACK > CLOSED | late-start | call-time-unknown',
    },
    {
      name: 'a SYN,ACK that nobody asked for is answered with RST',
      lines: ['0 < SYN,ACK 299 100', '20 > RST 100'],
      options: { tap: 'B' },
      A: '',
      B: 'SYN-RECEIVED > LISTEN | late-start',
    },
    {
      name: 'far more was lost before the tap than any window that was captured allowed',
      lines: [
        ...HANDSHAKE,
        '30 < ACK 300 100 1000',
        '30 > ACK 100 1300',
        '900 < FIN,ACK 90000300 100 500',
        '900 > ACK 100 90000300',
        '901 > FIN,ACK 100 90000801',
        '921 < ACK 90000801 101',
      ],
      options: { tap: 'A' },
      A: 'SYN-SENT > ESTABLISHED > CLOSE-WAIT > LAST-ACK > CLOSED | lost-before-tap | call-time-unknown',
      B: 'SYN-RECEIVED > ESTABLISHED > FIN-WAIT-1 > FIN-WAIT-2 > TIME-WAIT | lost-before-tap',
    },
    {
      name: 'a third ACK that was captured before data of the far host had come there, whatever the estimate says',
      lines: [
        '0 > SYN 99',
        '40 < SYN,ACK 299 100',
        '40 > ACK 100 300',
        '70 < ACK 300 100 5',
        '70 > ACK 100 305',
      ],
      options: { tap: 'A' },
      A: 'SYN-SENT > ESTABLISHED',
      B: 'SYN-RECEIVED > ESTABLISHED',
    },
    {
      name: 'a SYN,ACK that its host does not want any more: the quickest answer leaves after what it answers',
      lines: ['0 > SYN 99', '0.048 < SYN,ACK 299 100', '22.882 > RST 100'],
      options: { tap: 'B' },
      A: 'SYN-SENT > CLOSED | call-time-unknown',
      B: 'SYN-RECEIVED > LISTEN',
    },
    {
      name: 'a refused SYN that its host sends again before its timeout: the RST arrived, and the socket goes on',
      lines: ['0 > SYN 99', '50 < RST,ACK 0 100', '550 > SYN 99', '600 < RST,ACK 0 100'],
      A: 'SYN-SENT > CLOSED',
      B: '',
    },
    {
      name: 'a RST that nobody believed: the host sends on',
      lines: [...HANDSHAKE, '55 < RST 300', '70 > ACK 100 300 10', '90 < ACK 300 110'],
      options: { tap: 'A' },
      A: 'SYN-SENT > ESTABLISHED',
      B: 'SYN-RECEIVED > ESTABLISHED > CLOSED',
    },
    {
      name: 'a RST numbered like the FIN, in CLOSE-WAIT',
      lines: [...HANDSHAKE, '40 < FIN,ACK 300 100', '41 > ACK 100 301', '70 < RST 300'],
      options: { tap: 'A' },
      A: 'SYN-SENT > ESTABLISHED > CLOSE-WAIT > CLOSED',
      B: 'SYN-RECEIVED > ESTABLISHED > FIN-WAIT-1 > FIN-WAIT-2 > CLOSED | call-time-unknown',
    },
    {
      name: 'a FIN with a timestamp of the past is dropped (PAWS)',
      lines: [
        '0 > SYN 99 0 0 5000',
        '20 < SYN,ACK 299 100 0 7000',
        '20 > ACK 100 300 0 5001',
        '40 < FIN,ACK 300 100 0 10',
        '40 > ACK 100 300 0 5002',
      ],
      options: { tap: 'A' },
      A: 'SYN-SENT > ESTABLISHED',
      B: 'SYN-RECEIVED > ESTABLISHED > FIN-WAIT-1 | call-time-unknown',
    },
    {
      name: 'retransmissions that stop: the endpoint gave up',
      lines: [...HANDSHAKE, '50 > FIN,ACK 100 300', '250 > FIN,ACK 100 300', '650 > FIN,ACK 100 300'],
      options: { tap: 'A', until: ms(9000) },
      A: 'SYN-SENT > ESTABLISHED > FIN-WAIT-1 > CLOSED | call-time-unknown | lost-or-its-answer',
      B: 'SYN-RECEIVED > ESTABLISHED',
    },
    {
      name: 'close() before the SYN,ACK came',
      lines: ['0 > SYN 99', '20 < SYN,ACK 299 100', '20 > RST 100'],
      options: { tap: 'A' },
      A: 'SYN-SENT > CLOSED | call-time-unknown',
      B: 'SYN-RECEIVED > LISTEN',
    },
    {
      name: 'data for a socket that was let go of',
      lines: [...HANDSHAKE, '50 > FIN,ACK 100 300', '70 < ACK 300 101', '90 < ACK 300 101 8', '90 > RST 101'],
      options: { tap: 'A' },
      A: 'SYN-SENT > ESTABLISHED > FIN-WAIT-1 > FIN-WAIT-2 > CLOSED | call-time-unknown',
      B: 'SYN-RECEIVED > ESTABLISHED > CLOSE-WAIT > CLOSED',
    },
    {
      name: 'a reconnection after a crash (RFC 9293 Figure 9)',
      lines: [
        ...HANDSHAKE,
        '50 > SYN 7000',
        '70 < ACK 300 100',
        '70 > RST 100',
        '71 > SYN 7000',
        '91 < SYN,ACK 900 7001',
        '91 > ACK 7001 901',
      ],
      options: { tap: 'A' },
      A: 'SYN-SENT > ESTABLISHED > CLOSED > SYN-SENT > ESTABLISHED | call-time-unknown',
      B: 'SYN-RECEIVED > ESTABLISHED > CLOSED > SYN-RECEIVED > ESTABLISHED',
    },
  ];
  for (const { name, lines, options, A, B } of walks)
    it(name, () => {
      const timeline = infer(lines, options);
      assert.deepEqual([told(timeline, 'A'), told(timeline, 'B')], [A, B]);
    });

  it('estimates when segments left and arrived beyond the tap', () => {
    const { transmissions } = infer(HANDSHAKE, { tap: 'A' });
    assert.deepEqual(
      transmissions.map(({ sentAt, arrivesAt }) => [sentAt, arrivesAt]),
      [
        [0, 10],
        [10, 20],
        [20, 30],
      ],
    );
  });

  it('finds the tap from the round trips', () => {
    const { transmissions } = infer(['0 > SYN 99', '0 < SYN,ACK 299 100', '20 > ACK 100 300']);
    assert.deepEqual(
      transmissions.map(({ sentAt }) => sentAt),
      [-10, 0, 10],
    );
  });

  it('marks copies that an acknowledgment cannot have been for as lost', () => {
    const { transmissions } = infer([
      ...HANDSHAKE,
      '50 > ACK 100 300 10',
      '250 > ACK 100 300 10',
      '270 < ACK 300 110',
    ]);
    assert.deepEqual(
      transmissions.map(({ lost, purpose }) => (lost ? 'lost' : purpose)),
      ['fresh', 'fresh', 'reply', 'lost', 'retransmission', 'reply'],
    );
  });

  it('takes a refusal for lost only if the SYN comes again when its timeout has passed', () => {
    const refused = (again: number) =>
      infer(['0 > SYN 99', '50 < RST,ACK 0 100', `${again} > SYN 99`, `${again + 50} < RST,ACK 0 100`]);
    const lost = (timeline: Timeline) => timeline.transmissions.map((one) => one.lost);
    assert.deepEqual(lost(refused(550)), [false, false, false, false]);
    // A timer of one second, seen at the receiver: the path was a little quicker or slower the second time.
    for (const again of [950, 998, 1000, 1002, 1003])
      assert.deepEqual(lost(refused(again)), [false, true, false, false], `${again}`);
    const atReceiver = ['0 > SYN 99', '0 < RST,ACK 0 100', '998 > SYN 99', '998 < RST,ACK 0 100'];
    assert.deepEqual(lost(infer(atReceiver, { tap: 'B' })), [false, true, false, false]);
    const refusals = refused(550).steps.flatMap(({ app }) => app);
    assert.deepEqual(refusals, [{ kind: 'error', code: 'ECONNREFUSED' }]);
  });

  it('marks an ACK of what was never sent as forged', () => {
    const lines = [...HANDSHAKE, '40 < ACK 300 9000', '40 > ACK 100 300', ...CLOSE];
    const forged = infer(lines, { tap: 'A' }).transmissions.filter((one) => one.forged);
    assert.deepEqual(
      forged.map(({ id }) => id),
      [3],
    );
  });

  it('names the initial sequence numbers x and y', () => {
    const { symbols } = infer(WHOLE);
    assert.deepEqual(
      symbols.map(({ name, value, shownBy }) => [name, value, shownBy]),
      [
        ['x', 99, 0],
        ['y', 299, 1],
      ],
    );
  });

  it('gives every segment its two steps', () => {
    const { transmissions, steps } = infer(WHOLE);
    for (const { sentIn, arrivedIn, id } of transmissions) {
      assert.ok(sentIn !== undefined && steps[sentIn]?.sent.includes(id));
      assert.ok(arrivedIn !== undefined && steps[arrivedIn]?.cause.kind === 'arrival');
    }
  });
});
