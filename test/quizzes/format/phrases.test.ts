import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readAsk, readWhen } from '../../../quizzes/format/ask-phrases.ts';
import { readCall } from '../../../quizzes/format/call-phrases.ts';
import * as rest from '../../../quizzes/format/phrases.ts';

const phrases = { ...rest, readAsk, readWhen, readCall };

const WHEN = [
  ['start', { kind: 'start' }],
  ['end', { kind: 'end' }],
  ['B receives FIN', { kind: 'receives', host: 'B', segment: 'FIN', which: 1 }],
  ['B receives FIN 2', { kind: 'receives', host: 'B', segment: 'FIN', which: 2 }],
  ['  A   receives   SYN-ACK ', { kind: 'receives', host: 'A', segment: 'SYN-ACK', which: 1 }],
  ['A receives SYN,ACK last', { kind: 'receives', host: 'A', segment: 'SYN-ACK', which: 'last' }],
  ['b Receives fin', { kind: 'receives', host: 'B', segment: 'FIN', which: 1 }],
  ['B sends data 2', { kind: 'sends', host: 'B', segment: 'data', which: 2 }],
  ['A calls close', { kind: 'calls', host: 'A', call: 'close', which: 1 }],
  ['A calls stop reading', { kind: 'calls', host: 'A', call: 'stop-reading', which: 1 }],
  ['A calls send 2', { kind: 'calls', host: 'A', call: 'send', which: 2 }],
  ['B crashes', { kind: 'calls', host: 'B', call: 'crash', which: 1 }],
  ["A's retransmission timer fires", { kind: 'timer', host: 'A', timer: 'retransmission', which: 1 }],
  ["A's 2MSL timer fires 2", { kind: 'timer', host: 'A', timer: 'time-wait', which: 2 }],
  ['A enters FIN-WAIT-2', { kind: 'enters', host: 'A', state: 'FIN-WAIT-2', which: 1 }],
  ['A gives up', { kind: 'gives-up', host: 'A', which: 1 }],
  ['A enters FIN-WAIT-2 2', { kind: 'enters', host: 'A', state: 'FIN-WAIT-2', which: 2 }],
] as const;

const ASK = [
  ['next segment from B', { kind: 'segment', host: 'B', parts: ['flags', 'seq', 'ack'] }],
  ['flags of next segment from B', { kind: 'segment', host: 'B', parts: ['flags'] }],
  [
    'seq, ack and length of next segment from A',
    { kind: 'segment', host: 'A', parts: ['seq', 'ack', 'length'] },
  ],
  ['numbers taken by next segment from A', { kind: 'segment', host: 'A', parts: ['takes'] }],
  ['state of A', { kind: 'state', host: 'A' }],
  ['SND.NXT of A', { kind: 'variable', host: 'A', variable: 'SND.NXT' }],
  ['time left in TIME-WAIT at A', { kind: 'time-left', host: 'A', timer: 'time-wait' }],
  ["time until B's keepalive timer fires", { kind: 'time-left', host: 'B', timer: 'keepalive' }],
  ['who sends next', { kind: 'next-sender' }],
  ["what B's application sees", { kind: 'app', host: 'B' }],
  ['result of read at A', { kind: 'app', host: 'A' }],
  ['what read returns at B', { kind: 'returns', host: 'B', call: 'read', finally: false }],
  ['what call returns at B', { kind: 'returns', host: 'B', call: undefined, finally: false }],
  ['what connect finally returns at A', { kind: 'returns', host: 'A', call: 'connect', finally: true }],
  [
    'time until A gives up',
    { kind: 'time-until', host: 'A', moment: { kind: 'gives-up', host: 'A', which: 1 } },
  ],
  [
    'time until connect returns at A',
    { kind: 'time-until', host: 'A', moment: { kind: 'returns', host: 'A', call: 'connect' } },
  ],
  ['number of SYNs from A', { kind: 'count', host: 'A', segment: 'SYN', from: 'start' }],
  [
    'number of data segments still to come from A',
    { kind: 'count', host: 'A', segment: 'data', from: 'cut' },
  ],
  ['number of TIME-WAIT sockets at A', { kind: 'sockets', host: 'A', state: 'TIME-WAIT' }],
  ['which timer fires next at A', { kind: 'next-timer', host: 'A', of: 'name' }],
  ['time until the next timer fires at A', { kind: 'next-timer', host: 'A', of: 'time' }],
  ['ss at B', { kind: 'ss', host: 'B', column: 'state', socket: 'newest' }],
  ['Recv-Q of ss at B', { kind: 'ss', host: 'B', column: 'recv-q', socket: 'newest' }],
  ['Recv-Q of listener in ss at B', { kind: 'ss', host: 'B', column: 'recv-q', socket: 'listener' }],
  ['ss of connection 2 at A', { kind: 'ss', host: 'A', column: 'state', socket: 2 }],
  ['state of connection 2 at A', { kind: 'state', host: 'A', connection: 2 }],
  ['missing call at B', { kind: 'missing-call', host: 'B' }],
  ['order of next 4 segments', { kind: 'order', count: 4 }],
  ['impossible segment', { kind: 'impossible' }],
] as const;

const CALL = [
  ['listen', { kind: 'call', host: 'A', call: 'listen' }],
  ['read', { kind: 'call', host: 'A', call: 'receive' }],
  ['close at EOF', { kind: 'call', host: 'A', call: 'close-at-eof' }],
  ['listen backlog 1', { kind: 'call', host: 'A', call: 'listen', backlog: 1 }],
  ['accept', { kind: 'call', host: 'A', call: 'accept' }],
  ['bind port 81', { kind: 'call', host: 'A', call: 'bind', port: 81 }],
  ['reuse address', { kind: 'call', host: 'A', call: 'reuse-address' }],
  ['linger 0', { kind: 'call', host: 'A', call: 'linger-zero' }],
  ['shutdown both', { kind: 'call', host: 'A', call: 'shutdown-both' }],
  ['shutdown read', { kind: 'call', host: 'A', call: 'shutdown-read' }],
  ['kill', { kind: 'call', host: 'A', call: 'exit' }],
  ['read 100', { kind: 'call', host: 'A', call: 'receive', length: { from: 100, to: 100 } }],
  ['connect again', { kind: 'call', host: 'A', call: 'connect' }],
  ['connect from port 51001', { kind: 'call', host: 'A', call: 'connect', port: 51_001 }],
  [
    'connect from port 51001 with 8 octets',
    { kind: 'call', host: 'A', call: 'connect', port: 51_001, length: { from: 8, to: 8 } },
  ],
  ['close on connection 2', { kind: 'call', host: 'A', call: 'close', connection: 2 }],
  ['close on listener', { kind: 'call', host: 'A', call: 'close', connection: 0 }],
  ['send 300', { kind: 'call', host: 'A', call: 'send', length: { from: 300, to: 300 } }],
  ['send 100..900 octets', { kind: 'call', host: 'A', call: 'send', length: { from: 100, to: 900 } }],
] as const;

const DURATION = [
  ['2 s', { from: 2000, to: 2000 }],
  ['1.5 s', { from: 1500, to: 1500 }],
  ['1 min 30 s', { from: 90_000, to: 90_000 }],
  ['2..4 h', { from: 7_200_000, to: 14_400_000, step: 3_600_000 }],
] as const;

const NETWORK = [
  ['cut', { kind: 'cut' }],
  [
    'old SYN from A, seq A.iss - 5000',
    { kind: 'forge', from: 'A', flags: 2, seq: { host: 'A', of: 'iss', plus: -5000 }, length: 0 },
  ],
  [
    'forged data from B, seq A.rcv.nxt + 5, ack A.snd.nxt, length 100',
    {
      kind: 'forge',
      from: 'B',
      flags: 24,
      seq: { host: 'A', of: 'rcv.nxt', plus: 5 },
      ack: { host: 'A', of: 'snd.nxt', plus: 0 },
      length: 100,
    },
  ],
  [
    'forged RST from B, seq A.rcv.nxt, length 1',
    { kind: 'forge', from: 'B', flags: 4, seq: { host: 'A', of: 'rcv.nxt', plus: 0 }, length: 1 },
  ],
] as const;

const LOSS = [
  ['last ACK from A', { from: 'A', kind: 'ACK', which: 'last' }],
  ['SYN from A', { from: 'A', kind: 'SYN', which: 1 }],
  ['FIN 2 from B', { from: 'B', kind: 'FIN', which: 2 }],
  ["A's second FIN", { from: 'A', kind: 'FIN', which: 2 }],
  ['every segment from B', { from: 'B', kind: 'segment', which: 'every' }],
] as const;

/** Phrase, where it stops making sense (`to` excluded), and one of the words expected there. */
const WRONG = [
  [phrases.readWhen, 'A recieves FIN', 2, 10, 'receives'],
  [phrases.readWhen, 'A receives FINN', 11, 15, 'FIN'],
  [phrases.readWhen, 'A receives FIN two', 15, 18, 'the end'],
  [phrases.readWhen, 'A enters FIN-WAIT', 9, 17, 'FIN-WAIT-1'],
  [phrases.readWhen, "A's timer fires", 4, 9, 'retransmission'],
  [phrases.readWhen, '', 0, 0, 'start'],
  [phrases.readAsk, 'state off A', 0, 5, 'state of'],
  [phrases.readAsk, 'state of C', 9, 10, 'B'],
  [phrases.readAsk, 'flags and state of next segment from B', 10, 15, 'seq'],
  [phrases.readAsk, 'next segment from', 17, 17, 'A'],
  [(text: string) => phrases.readCall(text, 'A'), 'sned 300', 0, 4, 'send'],
  [
    (text: string) => phrases.readCall(text, 'A'),
    'send lots',
    5,
    9,
    'a number of octets up to 100000, such as 300 or 100..900',
  ],
  [
    (text: string) => phrases.readCall(text, 'A'),
    'send 900..100',
    5,
    13,
    'a number of octets up to 100000, such as 300 or 100..900',
  ],
  [phrases.readDuration, '2 parsecs', 2, 9, 's'],
  [phrases.readDuration, '2', 1, 1, 'ms'],
  [phrases.readDuration, '1000h', 0, 5, 'a time up to 30 days, such as 2 s or 500 ms'],
  [phrases.readDuration, '700 h 21 h', 6, 8, 'a time up to 30 days, such as 2 s or 500 ms'],
  [phrases.readDuration, '9999999999 s', 0, 10, 'a time up to 30 days, such as 2 s or 500 ms'],
  [phrases.readDelay, 'first SYN from A by 1000 h', 20, 24, 'a time up to 30 days, such as 2 s or 500 ms'],
  [phrases.readLoss, 'last ACK', 8, 8, 'from'],
  [phrases.readLoss, 'last AKC from A', 5, 8, 'ACK'],
  [phrases.readDelay, 'first SYN from A for 1 s', 17, 20, 'by'],
  [phrases.readNetwork, 'old SYN from A', 14, 14, ','],
  [phrases.readNetwork, 'old SYN from A, seq A.isn', 22, 25, 'iss'],
] as const;

describe('the phrases of a pack', () => {
  const good = [
    ...WHEN.map(([text, value]) => [text, phrases.readWhen(text), value] as const),
    ...ASK.map(([text, value]) => [text, phrases.readAsk(text), value] as const),
    ...CALL.map(([text, value]) => [text, phrases.readCall(text, 'A'), value] as const),
    ...DURATION.map(([text, value]) => [text, phrases.readDuration(text), value] as const),
    ...NETWORK.map(([text, value]) => [text, phrases.readNetwork(text), value] as const),
    ...LOSS.map(([text, pattern]) => [text, phrases.readLoss(text), { kind: 'lose', pattern }] as const),
    [
      'first SYN from A by 1 s',
      phrases.readDelay('first SYN from A by 1 s'),
      { kind: 'delay', pattern: { from: 'A', kind: 'SYN', which: 1 }, by: 1000 },
    ] as const,
    [
      'data from A after 1 s',
      phrases.readDuplicate('data from A after 1 s'),
      { kind: 'duplicate', pattern: { from: 'A', kind: 'data', which: 1 }, after: 1000 },
    ] as const,
    ['A.iss', phrases.readSymbol('A.iss', 'x'), { name: 'x', host: 'A', of: 'iss' }] as const,
    [
      "seq of A's FIN",
      phrases.readSymbol("seq of A's FIN", 'u'),
      { name: 'u', host: 'A', of: { from: 'A', kind: 'FIN', which: 1 } },
    ] as const,
  ];
  for (const [text, read, value] of good) {
    it(`understands "${text}"`, () => assert.deepEqual(read, { ok: true, value }));
  }

  for (const [rule, text, from, to, expected] of WRONG) {
    it(`says where "${text}" goes wrong`, () => {
      const read = rule(text);
      assert.ok(!read.ok);
      assert.deepEqual([read.error.from, read.error.to], [from, to]);
      const names = read.error.expected.map((name) => (typeof name === 'string' ? name : name.en));
      assert.ok(names.includes(expected), names.join(', '));
    });
  }

  it('never throws, and always says what is expected within the phrase', () => {
    const rules = [
      phrases.readWhen,
      phrases.readAsk,
      phrases.readDuration,
      phrases.readNetwork,
      phrases.readLoss,
      phrases.readDelay,
    ];
    const words = fc.constantFrom(
      'A',
      'B',
      'receives',
      'FIN',
      '2',
      'last',
      'from',
      'by',
      '1',
      's',
      ',',
      'seq',
      'next segment',
      'of',
      "'s",
      '..',
      '中',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(words).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...rules), (phrase, rule) => {
        const read = rule(phrase);
        if (read.ok) return true;
        const { from, to, expected } = read.error;
        return from >= 0 && from <= to && to <= phrase.length && expected.length > 0;
      }),
      { numRuns: 2000 },
    );
  });
});
