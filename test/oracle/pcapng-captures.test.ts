import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Capture, decodeCapture } from '../../core/wire/capture.ts';
import { connectionsOf } from '../../core/wire/connections.ts';
import { isThere, sharedPath } from './shared.ts';

const CAPTURES = sharedPath('captures/');

function decode(file: string): Capture {
  const read = decodeCapture(readFileSync(CAPTURES + file));
  assert.ok(read.ok, file);
  assert.equal(read.value.issue, undefined, file);
  return read.value;
}

/** Files of the conformance generator, with the number of frames that tshark 4.0.17 lists. */
const CONFORMANCE: readonly (readonly [file: string, frames: number])[] = [
  ['basic/test002', 0],
  ['basic/test003', 0],
  ['basic/test005', 4],
  ['basic/test009', 2],
  ['basic/test011', 4],
  ['basic/test012', 4],
  ['basic/test013', 0],
  ['basic/test015', 0],
  ['basic/test016', 4],
  ['basic/test018', 8],
  ['advanced/test102', 8],
  ['difficult/test200', 0],
];

describe('pcapng files of others', () => {
  if (!isThere(CAPTURES, 'pcapng files of others')) return;

  it('have the frames that tshark lists, in both byte orders', () => {
    for (const [file, frames] of CONFORMANCE) {
      const little = decode(`pcapng/output_le/${file}.pcapng`);
      assert.equal(little.frames, frames, file);
      assert.deepEqual(decode(`pcapng/output_be/${file}.pcapng`), little);
    }
    console.log(
      `    ${CONFORMANCE.length} of ${CONFORMANCE.length} agree with tshark, each in both byte orders`,
    );
  });

  it('have the connections that Zeek reports', () => {
    const [, ...rows] = readFileSync(`${CAPTURES}expected.tsv`, 'utf8').trimEnd().split('\n');
    const expected = rows.map((row) => row.split('\t')).filter(([file]) => file?.endsWith('.pcapng'));
    assert.ok(expected.length > 0);
    for (const [
      file,
      from,
      fromPort,
      to,
      toPort,
      ,
      ,
      sent,
      received,
      packetsSent,
      packetsReceived,
    ] of expected) {
      const found = connectionsOf(decode(`wellformed/${file}`).packets).map(({ hosts, summary }) =>
        [
          ...[hosts.A.address, hosts.A.port, hosts.B.address, hosts.B.port],
          ...[summary.octets.A, summary.octets.B, summary.segments.A, summary.segments.B],
        ].join(' '),
      );
      const row = [from, fromPort, to, toPort, sent, received, packetsSent, packetsReceived].join(' ');
      assert.ok(found.includes(row), `${file}: ${row} is not among ${found.join(', ')}`);
    }
    console.log(`    ${expected.length} of ${expected.length} connections agree with Zeek`);
  });
});
