import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ACK, FIN, type Flags, flags, PSH, RST, SYN, URG } from '../../../core/tcp/segment.ts';
import { TCP_STATES } from '../../../core/tcp/states.ts';
import { formatFlags, formatState, parseFlags, parseState } from '../../../core/wire/notation.ts';

describe('control bits as text', () => {
  const readable: readonly (readonly [string, Flags])[] = [
    ['SYN', SYN],
    ['syn', SYN],
    ['S', SYN],
    ['[S]', SYN],
    ['SYN,ACK', flags(SYN, ACK)],
    ['SYN, ACK', flags(SYN, ACK)],
    ['SYN+ACK', flags(SYN, ACK)],
    ['SYN-ACK', flags(SYN, ACK)],
    ['SYN/ACK', flags(SYN, ACK)],
    ['SYN_ACK', flags(SYN, ACK)],
    ['SYN|ACK', flags(SYN, ACK)],
    ['SYN and ACK', flags(SYN, ACK)],
    ['SYNACK', flags(SYN, ACK)],
    ['syn ack', flags(SYN, ACK)],
    ['ack syn', flags(SYN, ACK)],
    ['<SYN,ACK>', flags(SYN, ACK)],
    ['[S.]', flags(SYN, ACK)],
    ['S.', flags(SYN, ACK)],
    ['SA', flags(SYN, ACK)],
    ['S A', flags(SYN, ACK)],
    ['sa', flags(SYN, ACK)],
    ['0x12', flags(SYN, ACK)],
    ['0x0012', flags(SYN, ACK)],
    ['ＳＹＮ，ＡＣＫ', flags(SYN, ACK)],
    ['SYN、ACK', flags(SYN, ACK)],
    ['.', ACK],
    ['[.]', ACK],
    ['A', ACK],
    ['ACK', ACK],
    ['F.', flags(FIN, ACK)],
    ['FIN ACK', flags(FIN, ACK)],
    ['[FP.]', flags(FIN, PSH, ACK)],
    ['P.', flags(PSH, ACK)],
    ['push ack', flags(PSH, ACK)],
    ['R', RST],
    ['reset', RST],
    ['[R.]', flags(RST, ACK)],
    ['RST,ACK', flags(RST, ACK)],
    ['URG ACK', flags(URG, ACK)],
    ['none', flags()],
    ['[none]', flags()],
    ['0x00', flags()],
  ];
  for (const [text, expected] of readable) {
    it(`reads "${text}"`, () => assert.equal(parseFlags(text), expected));
  }

  for (const text of [
    '',
    '  ',
    '[]',
    'SYM',
    'SYN ACKK',
    'SYN ECE',
    '[SEW]',
    '0x40',
    '0x',
    'SYN [ACK]',
    'hello',
    '12',
  ]) {
    it(`does not read "${text}"`, () => assert.equal(parseFlags(text), undefined));
  }

  const spoken: readonly (readonly [Flags, string])[] = [
    [SYN, 'SYN'],
    [flags(ACK, SYN), 'SYN ACK'],
    [flags(ACK, FIN), 'FIN ACK'],
    [flags(ACK, PSH), 'PSH ACK'],
    [flags(ACK, RST), 'RST ACK'],
    [flags(ACK, PSH, FIN), 'FIN PSH ACK'],
    [flags(), ''],
  ];
  for (const [set, expected] of spoken) {
    it(`says "${expected}"`, () => assert.equal(formatFlags(set).join(' '), expected));
  }

  it('reads back what it writes, whatever stands between the names', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 63 }),
        fc.constantFrom(' ', ',', '+', '', ' | '),
        (bits, between) => {
          assert.equal(parseFlags(formatFlags(bits as Flags).join(between)), bits);
        },
      ),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => void [parseFlags(text), parseState(text)]),
    );
  });
});

describe('states as text', () => {
  for (const [text, expected] of [
    ['SYN_RCVD', 'SYN-RECEIVED'],
    ['SYN_RECV', 'SYN-RECEIVED'],
    ['SYN-RECV', 'SYN-RECEIVED'],
    ['SYN-RECEIVED', 'SYN-RECEIVED'],
    ['syn received', 'SYN-RECEIVED'],
    ['SYN_RECEIVED', 'SYN-RECEIVED'],
    ['ESTAB', 'ESTABLISHED'],
    ['established', 'ESTABLISHED'],
    ['CLOSE_WAIT', 'CLOSE-WAIT'],
    ['FIN_WAIT1', 'FIN-WAIT-1'],
    ['FIN_WAIT_1', 'FIN-WAIT-1'],
    ['FIN-WAIT1', 'FIN-WAIT-1'],
    ['finwait2', 'FIN-WAIT-2'],
    ['FIN WAIT 2', 'FIN-WAIT-2'],
    ['TIME-WAIT', 'TIME-WAIT'],
    ['TIMEWAIT', 'TIME-WAIT'],
    ['TIME_WAIT', 'TIME-WAIT'],
    ['TIME–WAIT', 'TIME-WAIT'],
    ['ＴＩＭＥ＿ＷＡＩＴ', 'TIME-WAIT'],
    ['LASTACK', 'LAST-ACK'],
    ['LISTENING', 'LISTEN'],
    ['TCP_LISTEN', 'LISTEN'],
    ['TCP_CLOSE', 'CLOSED'],
    ['CLOSE', 'CLOSED'],
    ['UNCONN', 'CLOSED'],
    [' closed ', 'CLOSED'],
    ['CLOSING', 'CLOSING'],
  ] as const) {
    it(`reads "${text}"`, () => assert.equal(parseState(text), expected));
  }

  for (const text of ['', 'FIN-WAIT', 'WAIT', 'SYN', 'TCP', 'FIN-WAIT-3', 'constructor', '__proto__']) {
    it(`does not read "${text}"`, () => assert.equal(parseState(text), undefined));
  }

  it('reads back every spelling it writes', () => {
    for (const state of TCP_STATES)
      for (const spelling of ['rfc', 'ss', 'netstat'] as const)
        assert.equal(parseState(formatState(state, spelling)), state);
  });
});
