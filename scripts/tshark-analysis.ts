/**
 * Writes test/golden/tshark-analysis.tsv: what tshark remarks on the captures of ../shared and of test/fixtures, segment by segment.
 * `node --import tsx scripts/tshark-analysis.ts`; needs tshark. The test beside it needs only the table.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.ts';

const SHARED = path.join(ROOT, '..', 'shared');
const FOLDERS = [
  [SHARED, 'captures/wellformed'],
  [SHARED, 'captures/odd'],
  [SHARED, 'kernel-traces'],
  [path.join(ROOT, 'test'), 'fixtures/captures'],
] as const;

/** tshark's fields by our names. */
const FIELDS: readonly (readonly [field: string, name: string])[] = [
  ['retransmission', 'retransmission'],
  ['fast_retransmission', 'fast-retransmission'],
  ['spurious_retransmission', 'spurious-retransmission'],
  ['out_of_order', 'out-of-order'],
  ['duplicate_ack', 'duplicate-ack'],
  ['lost_segment', 'previous-segment-not-captured'],
  ['ack_lost_segment', 'acked-unseen-segment'],
  ['keep_alive', 'keep-alive'],
  ['keep_alive_ack', 'keep-alive-ack'],
  ['zero_window', 'zero-window'],
  ['zero_window_probe', 'zero-window-probe'],
  ['zero_window_probe_ack', 'zero-window-probe-ack'],
  ['window_full', 'window-full'],
  ['window_update', 'window-update'],
  ['reused_ports', 'port-reused'],
];

function analyse(file: string): readonly string[] {
  const fields = FIELDS.flatMap(([field]) => ['-e', `tcp.analysis.${field}`]);
  const options = ['-T', 'fields', '-E', 'separator=|', '-E', 'occurrence=f', '-e', 'frame.number'];
  try {
    return execFileSync('tshark', ['-n', '-r', file, '-Y', 'tcp', ...options, ...fields], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .split('\n')
      .filter((line) => line !== '');
  } catch {
    return []; // damaged on purpose: tshark reads what it can and ends with an error
  }
}

const rows: string[] = [];
for (const [root, folder] of FOLDERS) {
  if (!existsSync(path.join(root, folder))) throw new Error(`${root}/${folder} is absent`);
  for (const name of readdirSync(path.join(root, folder)).sort()) {
    if (!/\.pcap(ng)?$/.test(name)) continue;
    const lines = analyse(path.join(root, folder, name));
    if (lines.length === 0) continue;
    const odd = lines.flatMap((line) => {
      const [frame = '', ...marks] = line.split('|');
      const names = FIELDS.flatMap(([, ours], place) => (marks[place] ? [ours] : []));
      const plain = names.some((one) => one === 'fast-retransmission' || one === 'spurious-retransmission')
        ? names.filter((one) => one !== 'retransmission')
        : names;
      return plain.length === 0 ? [] : [`${frame}:${plain.join('+')}`];
    });
    rows.push([`${folder}/${name}`, lines.length, odd.join(' ')].join('\t'));
  }
}
const head = `# tshark 4.0.17: capture, TCP segments, and the remarks on them (frame:names). Written by scripts/tshark-analysis.ts.`;
writeFileSync(path.join(ROOT, 'test', 'golden', 'tshark-analysis.tsv'), `${[head, ...rows].join('\n')}\n`);
console.log(`${rows.length} captures`);
