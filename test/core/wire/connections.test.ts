import assert from 'node:assert/strict';
import { type Connection, connectionsOf, flowsOf } from '../../../core/wire/connections.ts';
import { packets } from './packets.ts';

function described({ hosts, summary }: Connection): string {
  const { segments, octets, opening, ending, endedBy } = summary;
  return `${hosts.A.port}>${hosts.B.port} ${segments.A}+${segments.B} ${octets.A}/${octets.B} ${opening} ${ending} ${endedBy ?? '-'}`;
}

describe('connections of a capture', () => {
  const whole = [
    '> SYN 99',
    '< SYN,ACK 299 100',
    '> ACK 100 300',
    '> FIN,ACK 100 300',
    '< FIN,ACK 300 101',
    '> ACK 101 301',
  ];
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['a whole one', whole, ['4000>80 4+2 0/0 handshake closed A']],
    [
      'retransmitted data counts once',
      ['> SYN 99', '< SYN,ACK 299 100', '> ACK 100 300 10', '> ACK 100 300 10', '> ACK 110 300 5'],
      ['4000>80 4+1 15/0 handshake open -'],
    ],
    ['a lost segment counts', ['> SYN 99', '> ACK 110 300 5'], ['4000>80 2+0 15/0 unanswered open -']],
    [
      'numbers that wrap',
      ['> SYN 4294967290', '> ACK 4294967291 1 10'],
      ['4000>80 2+0 10/0 unanswered open -'],
    ],
    ['a refused one', ['> SYN 99', '< RST,ACK 0 100'], ['4000>80 1+1 0/0 refused reset B']],
    [
      'a SYN-ACK seen first turns the direction',
      ['< SYN,ACK 299 100', '> ACK 100 300'],
      ['4000>80 1+1 0/0 not-seen open -'],
    ],
    [
      'the first sender is A without any SYN',
      ['< ACK 299 100', '> ACK 100 300'],
      ['80>4000 1+1 0/0 not-seen open -'],
    ],
    ['a simultaneous open', ['> SYN 99', '< SYN 299'], ['4000>80 1+1 0/0 simultaneous open -']],
    [
      'a simultaneous open with its answers (RFC 9293 §3.5)',
      ['> SYN 99', '< SYN 299', '> SYN,ACK 99 300', '< SYN,ACK 299 100'],
      ['4000>80 2+2 0/0 simultaneous open -'],
    ],
    [
      'a SYN,ACK for a new SYN shows that the old connection was gone',
      [...whole.slice(0, 3), '> SYN 9999', '< SYN,ACK 8888 10000'],
      ['4000>80 2+1 0/0 handshake open -', '4000>80 1+1 0/0 handshake open -'],
    ],
    ['a half close', [...whole.slice(0, 4)], ['4000>80 3+1 0/0 handshake half-closed A']],
    ['a reset after one FIN', [...whole.slice(0, 4), '< RST 300'], ['4000>80 3+2 0/0 handshake reset B']],
    [
      'ports used again',
      [...whole, '> SYN 9999', '< SYN,ACK 8888 10000'],
      ['4000>80 4+2 0/0 handshake closed A', '4000>80 1+1 0/0 handshake open -'],
    ],
    [
      'ports used again from the other side',
      [...whole, '< SYN 9999', '> SYN,ACK 8888 10000'],
      ['4000>80 4+2 0/0 handshake closed A', '80>4000 1+1 0/0 handshake open -'],
    ],
    [
      'the same SYN again after a reset',
      ['> SYN 99', '< RST,ACK 0 100', '> SYN 99'],
      ['4000>80 2+1 0/0 refused reset B'],
    ],
    [
      'a SYN into a connection that stands (RFC 9293 §3.5.1)',
      [...whole.slice(0, 3), '> SYN 9999', '< ACK 300 100', '> RST 100', '> SYN 9999'],
      ['4000>80 5+2 0/0 handshake reset A'],
    ],
    [
      'an old SYN that TIME-WAIT answers with an ACK',
      [...whole, '> SYN 50', '< ACK 301 101'],
      ['4000>80 5+3 0/0 handshake closed A'],
    ],
  ];
  for (const [name, lines, expected] of cases)
    it(name, () => assert.deepEqual(connectionsOf(packets(...lines)).map(described), expected));

  it('keeps everything between two ends together when asked for flows', () => {
    const flow = flowsOf(packets(...whole, '> SYN 9999', '< SYN,ACK 8888 10000'));
    assert.deepEqual(flow.map(described), ['4000>80 5+3 0/0 handshake closed A']);
  });

  it('tells apart what differs in one number only', () => {
    const [one] = packets('> SYN 1');
    assert.ok(one !== undefined);
    const others = [
      { sourcePort: 4001 },
      { destinationPort: 81 },
      { source: '10.0.0.3' },
      { destination: '10.0.0.3' },
    ];
    assert.equal(connectionsOf([one, ...others.map((other) => ({ ...one, ...other }))]).length, 5);
  });

  it('splits a long capture of reused ports in linear time', () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `> SYN ${index * 7}`);
    assert.equal(connectionsOf(packets(...lines)).length, 1);
  });
});
