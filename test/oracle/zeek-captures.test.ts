import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ConnectionRow } from '../../core/wire/connection-row.ts';
import { rowsOf } from './capture-read.ts';
import { isThere, sharedPath } from './shared.ts';

// Connections as Zeek logged them, column by column. Where we differ on purpose, the row says why.

const CAPTURES = sharedPath('captures/');

/** Rows by file and originator's port, with what differs and the reason. */
const KNOWN: ReadonlyMap<string, readonly [columns: string, reason: string]> = new Map([
  [
    'chksums__localhost-bad-chksum.pcap 80',
    [
      'direction',
      'Zeek leaves out segments with bad checksums; a capture of the sender holds them unfinished',
    ],
  ],
  [
    'globus-url-copy.pcap 35391',
    [
      'state,octets,packets',
      "Zeek's GridFTP analyser stops following the data connection; its end is in the file",
    ],
  ],
  ['llc.pcap 2035', ['packets', 'Zeek logs each of the 1333 resets as a connection of its own']],
  ['pop3__pop3.pcap 26242', ['packets', 'Zeek logs each try of one refused SYN as a connection of its own']],
  ['pop3__pop3.pcap 26245', ['packets', 'Zeek logs each try of one refused SYN as a connection of its own']],
  [
    'wikipedia.pcap 173.192.163.128',
    ['direction', 'Zeek logs the first of two SYN,ACKs by its sender; whoever sends one did not open'],
  ],
]);

interface Expected {
  readonly file: string;
  readonly ends: string;
  readonly key: string;
  readonly state: string;
  readonly octets: string;
  readonly packets: string;
}

function expectedRows(): readonly Expected[] {
  const [, ...lines] = readFileSync(`${CAPTURES}expected.tsv`, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [file = '', a, aPort, b, bPort, state = '', , ao, bo, ap, bp] = line.split('\t');
    return {
      file,
      ends: `${a} ${aPort} ${b} ${bPort}`,
      key: file === 'wikipedia.pcap' && aPort === '80' ? `${file} ${a}` : `${file} ${aPort}`,
      state,
      octets: `${ao}/${bo}`,
      packets: `${ap}/${bp}`,
    };
  });
}

function endsOf({ hosts: { A, B } }: ConnectionRow): string {
  return `${A.address} ${A.port} ${B.address} ${B.port}`;
}

describe('connections as Zeek reports them', () => {
  if (!isThere(`${CAPTURES}expected.tsv`, 'connections as Zeek reports them')) return;

  it('agree in state, payload and packets, but for what is listed with its reason', () => {
    const rows = expectedRows();
    const byFile = new Map<string, readonly ConnectionRow[]>();
    let agreed = 0;
    const table: string[] = [];
    const unexplained: string[] = [];
    for (const row of rows) {
      const found = byFile.get(row.file) ?? rowsOf(`${CAPTURES}wellformed/${row.file}`);
      byFile.set(row.file, found);
      const ours = found.find((one) => endsOf(one) === row.ends);
      const differs = ours === undefined ? ['direction'] : differences(row, ours);
      const [columns, reason] = KNOWN.get(row.key) ?? ['', ''];
      const verdict = differs.length === 0 ? 'agrees' : `${differs.join(', ')}${reason && `: ${reason}`}`;
      table.push(`    ${row.file} ${row.ends} ${row.state}: ${verdict}`);
      if (differs.length === 0) agreed += 1;
      if (differs.map((one) => one.split(' ')[0]).join() !== columns)
        unexplained.push(`${row.key}: ${verdict}`);
    }
    console.log(`${table.join('\n')}\n    ${agreed} of ${rows.length} rows agree with Zeek in every column`);
    assert.deepEqual(unexplained, []);
  });
});

function differences(row: Expected, ours: ConnectionRow): string[] {
  const { octets, segments } = ours.summary;
  return [
    ...(ours.connState === row.state ? [] : [`state ${ours.connState}`]),
    ...(row.octets === '-/-' || `${octets.A}/${octets.B}` === row.octets
      ? []
      : [`octets ${octets.A}/${octets.B} (${row.octets})`]),
    ...(`${segments.A}/${segments.B}` === row.packets
      ? []
      : [`packets ${segments.A}/${segments.B} (${row.packets})`]),
  ];
}
