import type { Pack } from '../../../quizzes/engine/pack.ts';
import { load } from '../support.ts';

const SOCKET_ASKS = `format: 1
id: socket-asks
title: Sockets
profile: textbook
scenarios:
  silence:
    profile: { base: textbook, syn-retries: 6, max-rto: 120 s }
    script: [{ B: listen }, { network: cut }, { A: connect }]
  linux-silence:
    like: silence
    profile: linux
  dead-peer:
    script: [{ B: listen }, { A: connect }, { A: keepalive }, { B: crash }]
  queue:
    script: [{ B: listen backlog 1 }, { A: connect }, { A: connect }, { A: send 100 on connection 1 }]
  reading:
    script:
      - B: listen
      - A: connect
      - B: stop reading
      - B: read 100
      - A: send 300
      - B: read 50
      - A: close
      - B: read
      - B: read
      - B: close
      - B: read
  refused:
    script: [{ A: connect }]
questions:
  - { id: tries, scenario: silence, when: A sends SYN, ask: [number of SYNs from A, number of SYNs still to come from A] }
  - { id: gives-up, scenario: silence, when: A sends SYN, ask: [time until A gives up, time until connect returns at A] }
  - { id: fails-with, scenario: silence, when: A sends SYN, ask: what connect finally returns at A }
  - { id: next-timer, scenario: silence, when: A sends SYN 2, ask: [which timer fires next at A, time until the next timer fires at A] }
  - { id: linux-tries, scenario: linux-silence, when: A sends SYN, ask: [number of SYNs from A, time until A gives up] }
  - { id: after-giving-up, scenario: silence, when: A gives up, ask: which timer fires next at A }
  - { id: keepalive, scenario: dead-peer, when: A calls keepalive, ask: [time until A gives up, number of keepalive probes from A] }
  - { id: accept-queue, scenario: queue, when: A enters ESTABLISHED 2, ask: [Recv-Q of listener in ss at B, Send-Q of listener in ss at B] }
  - { id: owes-accept, scenario: queue, when: end, ask: [missing call at B, number of ESTABLISHED sockets at B, state of connection 1 at A] }
  - { id: second, scenario: queue, when: A sends data, ask: [ss of connection 2 at A, Send-Q of connection 1 in ss at A] }
  - { id: blocks, scenario: reading, when: B calls read, ask: what read returns at B }
  - { id: unread, scenario: reading, when: A enters FIN-WAIT-1, ask: [Recv-Q of ss at B, missing call at B] }
  - { id: part, scenario: reading, when: B calls read 2, ask: what call returns at B }
  - { id: closed-by-peer, scenario: reading, when: B calls read 3, ask: [ss at B, Recv-Q of ss at B] }
  - { id: end-of-file, scenario: reading, when: B calls read 4, ask: what read returns at B }
  - { id: owes-close, scenario: reading, when: A enters FIN-WAIT-2, ask: time until A enters TIME-WAIT }
  - { id: no-line, scenario: reading, when: end, ask: [ss at B, number of TIME-WAIT sockets at A] }
  - { id: order, scenario: reading, when: start, ask: order of next 4 segments }
  - { id: impossible, scenario: reading, when: A calls close, ask: impossible segment }
  - { id: refused, scenario: refused, when: A calls connect, ask: what connect returns at A }
  - { id: refused-finally, scenario: refused, when: A calls connect, ask: what connect finally returns at A }
`;

/** The right answers as a learner sees them, by question; cards by their flags, since letters are drawn. */
export const SOCKET_ANSWERS: Readonly<Record<string, readonly string[]>> = {
  'tries': ['7', '6'],
  'gives-up': ['2 min 7 s', '2 min 7 s'],
  'fails-with': ['ETIMEDOUT'],
  'next-timer': ['retransmission timer', '2 s'],
  'linux-tries': ['11', '2 min 11 s'],
  'after-giving-up': ['none is running'],
  'keepalive': ['2 h 11 min 15 s', '9'],
  'accept-queue': ['1', '1'],
  'owes-accept': ['accept()', '2', 'ESTABLISHED'],
  'second': ['ESTAB', '100'],
  'blocks': ['blocks'],
  'unread': ['150', 'read()'],
  'part': ['50'],
  'closed-by-peer': ['CLOSE-WAIT', '0'],
  'end-of-file': ['0'],
  'owes-close': ['85 ms'],
  'no-line': ['none', '0'],
  'order': ['SYN, SYN ACK, ACK, PSH ACK'],
  'refused': ['blocks'],
  'refused-finally': ['ECONNREFUSED'],
};

/**
 * A question of every kind about sockets, calls and what is still to come, on runs whose answers are known. What the
 * picture of one gives away of another is only warned of: they stand by kind.
 */
export async function socketPack(): Promise<Pack> {
  const { pack, issues } = await load(SOCKET_ASKS);
  const errors = issues.filter(({ severity }) => severity === 'error');
  if (pack === undefined || errors.length > 0) {
    throw new Error(errors.map(({ start, message }) => `${start.line}: ${message.en}`).join('\n'));
  }
  return pack;
}
