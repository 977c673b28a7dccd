import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { anomaliesIn } from '../../core/wire/analysis.ts';
import { rowsOf } from './capture-read.ts';
import { isThere, sharedPath } from './shared.ts';

// What Wireshark's engine remarks on each segment, as scripts/tshark-analysis.ts wrote it down, against what we remark.

const TABLE = new URL('../golden/tshark-analysis.tsv', import.meta.url);

/** Captures where we differ on purpose, with the number of segments and the reason. */
const STANDS =
  'Wireshark begins a stream with every SYN of another number; the connection still stands (RFC 9293 §3.5.1)';
const ACK_OF_RST =
  'Wireshark takes the number in a RST without ACK for an acknowledgment, and forgets the one before';
const NEW_NUMBER = 'Wireshark calls a SYN,ACK of another number a reused port';
const KNOWN: ReadonlyMap<string, readonly [segments: number, reason: string]> = new Map([
  [
    'captures/wellformed/pppoe-over-qinq.pcap',
    [13, 'the IP header claims six octets more than PPPoE does; Wireshark believes PPPoE, Zeek and we IP'],
  ],
  ['fixtures/captures/reordered-client.pcap', [3, ACK_OF_RST]],
  ['kernel-traces/bad_segments_to_closed.server.pcap', [1, 'an ACK for a host that was never seen to send']],
  ['kernel-traces/half_open_reconnect.client.pcap', [3, STANDS]],
  ['kernel-traces/half_open_reconnect.server.pcap', [3, STANDS]],
  ['kernel-traces/old_duplicate_syn.client.pcap', [2, NEW_NUMBER]],
  ['kernel-traces/syn_in_established.server.pcap', [2, STANDS]],
  ['kernel-traces/syn_to_time_wait_new_seq.client.pcap', [1, NEW_NUMBER]],
  ['kernel-traces/syn_to_time_wait_old.server.pcap', [1, STANDS]],
  ['kernel-traces/synack_in_established.client.pcap', [1, NEW_NUMBER]],
]);

interface Remarks {
  readonly file: string;
  readonly segments: number;
  readonly odd: ReadonlyMap<number, string>;
}

function remarksOfTshark(): readonly Remarks[] {
  const [, ...lines] = readFileSync(TABLE, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [file = '', segments = '', odd = ''] = line.split('\t');
    const entries = odd.split(' ').filter((one) => one !== '');
    return {
      file,
      segments: Number(segments),
      odd: new Map(
        entries.map((one) => {
          const [frame, names = ''] = one.split(':');
          return [Number(frame), names] as const;
        }),
      ),
    };
  });
}

function ourRemarks(file: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  const own = file.startsWith('fixtures/');
  rowsOf(own ? fileURLToPath(new URL(`../${file}`, import.meta.url)) : sharedPath(file), {
    wants: () => true,
    see: ({ frame, odd }) => {
      found.set(
        frame,
        anomaliesIn(odd)
          .filter((name) => name !== 'reset')
          .join('+'),
      );
    },
  });
  return found;
}

describe('remarks on segments as Wireshark makes them', () => {
  if (!isThere(sharedPath('captures/wellformed'), 'remarks on segments as Wireshark makes them')) return;

  it('are the same, segment by segment, but for what is listed with its reason', () => {
    let segments = 0;
    let agreed = 0;
    const table: string[] = [];
    const unexplained: string[] = [];
    for (const { file, segments: count, odd } of remarksOfTshark()) {
      const ours = ourRemarks(file);
      const frames = new Set([...odd.keys(), ...ours.keys()]);
      const differ = [...frames].filter((frame) => (ours.get(frame) ?? '') !== (odd.get(frame) ?? ''));
      const [known, reason] = KNOWN.get(file) ?? [0, ''];
      segments += count;
      agreed += count - differ.length;
      table.push(`    ${file}: ${count - differ.length} of ${count}${reason && `: ${reason}`}`);
      if (differ.length !== known)
        unexplained.push(
          `${file}: ${differ
            .slice(0, 8)
            .map((frame) => `#${frame} tshark [${odd.get(frame) ?? ''}] ours [${ours.get(frame) ?? ''}]`)
            .join('; ')} (${differ.length})`,
        );
    }
    console.log(
      `${table.join('\n')}\n    ${agreed} of ${segments} segments have the remarks of tshark 4.0.17`,
    );
    assert.deepEqual(unexplained, []);
  });
});
