import assert from 'node:assert/strict';
import { anomaliesIn } from '../../../core/wire/analysis.ts';
import { captureIndexer } from '../../../core/wire/capture-index.ts';
import { pcapOfPackets } from '../../../core/wire/write-pcap.ts';
import { packets } from './packets.ts';

/** The remarks on each segment, in order. */
function remarks(...lines: readonly string[]): readonly string[] {
  const found: string[] = [];
  const indexer = captureIndexer({
    wants: () => true,
    see: ({ odd }) => {
      found.push(anomaliesIn(odd).join(' '));
    },
  });
  indexer.push(pcapOfPackets(packets(...lines)));
  indexer.end();
  return found;
}

describe('remarks on segments', () => {
  it('take the round trip from the last SYN, not from one that was lost', () => {
    const opening = ['0 > SYN 99', '1000 > SYN 99', '1030 < SYN,ACK 299 100', '1030 > ACK 100 300'];
    const sent = ['1040 < ACK 300 100 10', '1041 < ACK 320 100 10'];
    assert.deepEqual(remarks(...opening, ...sent, '1065 < ACK 310 100 10').slice(4), [
      '',
      'previous-segment-not-captured',
      'out-of-order',
    ]);
    assert.equal(remarks(...opening, ...sent, '1080 < ACK 310 100 10').at(-1), 'retransmission');
  });

  it('tell of each gap that is acknowledged, and once of what is missing at the end', () => {
    const opening = ['0 > SYN 99', '30 < SYN,ACK 299 100', '30 > ACK 100 300'];
    const acks = ['50 > ACK 100 310', '60 > ACK 100 320', '70 > ACK 100 330'];
    // 300 to 329 were not captured, nor was anything after.
    assert.deepEqual(remarks(...opening, ...acks).slice(3), ['acked-unseen-segment', '', '']);
    const seen = ['40 < ACK 310 100 10', '50 > ACK 100 320', '60 < ACK 330 100 10', '70 > ACK 100 340'];
    assert.deepEqual(remarks(...opening, ...seen).slice(3), [
      'previous-segment-not-captured',
      'acked-unseen-segment',
      'previous-segment-not-captured',
      'acked-unseen-segment',
    ]);
  });

  it('call nothing out of order that has a time before what it follows', () => {
    const opening = [
      '0 > SYN 99',
      '30 < SYN,ACK 299 100',
      '30 > ACK 100 300',
      '40 < ACK 300 100 10',
      '60 < ACK 310 100 10',
    ];
    assert.equal(remarks(...opening, '61 < ACK 300 100 10').at(-1), 'out-of-order');
    assert.equal(remarks(...opening, '41 < ACK 300 100 10').at(-1), 'retransmission');
  });
});
