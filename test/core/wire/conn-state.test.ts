import assert from 'node:assert/strict';
import { captureIndexer } from '../../../core/wire/capture-index.ts';
import { connectionRow } from '../../../core/wire/connection-row.ts';
import { pcapOfPackets } from '../../../core/wire/write-pcap.ts';
import { packets } from './packets.ts';

function stateOf(lines: readonly string[]): string | undefined {
  const indexer = captureIndexer();
  indexer.push(pcapOfPackets(packets(...lines)));
  indexer.end();
  const [first] = indexer.conversations;
  return first && connectionRow(indexer, first).connState;
}

const SYN = '> SYN 99';
const SYN_ACK = '< SYN,ACK 299 100';
const ACK = '> ACK 100 300';
const DATA = '> PSH,ACK 100 300 10';
const ANSWER = '< PSH,ACK 300 110 10';
const FIN = '> FIN,ACK 110 310';
const THEIR_FIN = '< FIN,ACK 310 111';

describe('the state of a connection in the words of Zeek', () => {
  const tables: readonly (readonly [lines: readonly string[], state: string])[] = [
    [[SYN], 'S0'],
    [[SYN, SYN], 'S0'],
    [[SYN, ACK, DATA], 'S0'], // the other direction was not captured
    [[SYN, '< ACK 7 8'], 'S0'], // an old connection challenges; nothing was answered
    [[SYN, SYN_ACK], 'S1'],
    [[SYN, SYN_ACK, ACK, DATA, ANSWER], 'S1'],
    [[SYN, '< SYN 299'], 'S1'],
    [[SYN_ACK, ACK], 'S1'],
    [[SYN_ACK], 'OTH'],
    [[DATA, ANSWER], 'OTH'],
    [[SYN, '< RST,ACK 0 100'], 'REJ'],
    [[SYN, '< ACK 7 8', '> RST 8', '< RST 9'], 'REJ'], // both, and no data
    [[SYN, SYN_ACK, ACK, DATA, ANSWER, FIN, THEIR_FIN], 'SF'],
    [[SYN, SYN_ACK, ACK, DATA, ANSWER, FIN, THEIR_FIN, '> RST 111'], 'SF'],
    [[DATA, ANSWER, FIN, THEIR_FIN], 'SF'],
    [[SYN, SYN_ACK, ACK, DATA, ANSWER, FIN], 'S2'],
    [[SYN, SYN_ACK, ACK, DATA, ANSWER, THEIR_FIN], 'S3'],
    [[SYN_ACK, ACK, DATA, ANSWER, THEIR_FIN], 'S3'],
    [[SYN, SYN_ACK, '> RST 100'], 'RSTO'],
    [[SYN, SYN_ACK, ACK, DATA, ANSWER, '> RST 110'], 'RSTO'],
    [[SYN, SYN_ACK, ACK, DATA, '< RST,ACK 300 110'], 'RSTR'],
    [[SYN_ACK, ACK, DATA, '< RST,ACK 300 110'], 'RSTR'],
    [[SYN_ACK, '< RST 300'], 'RSTRH'],
    [[SYN, '> RST 100'], 'RSTOS0'],
    [[SYN, ACK, '> RST 100'], 'OTH'],
    [['> RST 100'], 'OTH'],
    [[SYN, DATA, FIN], 'SH'],
    [[SYN_ACK, '< FIN,ACK 300 100'], 'SHR'],
  ];
  for (const [lines, state] of tables)
    it(`${lines.join('; ')}: ${state}`, () => assert.equal(stateOf(lines), state));
});
