// npm run bench: captures of 10 MB, 100 MB and 1 GB beside tshark, tcptrace and the limit: a bare loop that decodes headers.
// Each contestant is a process of its own, so that its memory can be told; files are made in a temporary folder and removed.

import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { captureIndexer } from '../../core/wire/capture-index.ts';
import { connectionRow } from '../../core/wire/connection-row.ts';
import { piecesOf } from '../../desktop/pieces.ts';
import { generateCapture } from './generate-capture.ts';

const CHUNK = 1 << 20;

function readChunks(file: string, take: (chunk: Uint8Array) => void): void {
  const from = openSync(file, 'r');
  const buffer = new Uint8Array(CHUNK);
  for (let size = readSync(from, buffer); size > 0; size = readSync(from, buffer))
    take(buffer.subarray(0, size));
  closeSync(from);
}

/** The limit: records walked, and the numbers of each header read and thrown away. */
function bareLoop(file: string): number {
  let carry = new Uint8Array();
  let first = true;
  let sum = 0;
  let records = 0;
  readChunks(file, (chunk) => {
    const bytes = Buffer.concat([carry, chunk]);
    let at = first ? 24 : 0;
    first = false;
    while (at + 16 <= bytes.length) {
      const captured = bytes.readUInt32LE(at + 8);
      const start = at + 16;
      if (start + captured > bytes.length) break;
      const ip = start + 14;
      const tcp = ip + ((bytes[ip] ?? 0) & 15) * 4;
      sum += bytes.readUInt32BE(ip + 12) ^ bytes.readUInt32BE(ip + 16);
      sum += bytes.readUInt16BE(tcp) + bytes.readUInt16BE(tcp + 2);
      sum += bytes.readUInt32BE(tcp + 4) ^ bytes.readUInt32BE(tcp + 8);
      sum += (bytes[tcp + 13] ?? 0) + bytes.readUInt16BE(tcp + 14) + bytes.readUInt16BE(ip + 2);
      records += 1;
      at = start + captured;
    }
    carry = new Uint8Array(bytes.subarray(at));
  });
  return sum === 0 ? 0 : records;
}

/** As the command line and the editor read. */
async function ours(file: string): Promise<number> {
  const indexer = captureIndexer();
  for await (const piece of piecesOf(file)) indexer.push(piece);
  indexer.end();
  let segments = 0;
  for (const one of indexer.conversations) segments += connectionRow(indexer, one).summary.segments.A;
  return segments === 0 ? 0 : indexer.segments();
}

interface Figures {
  readonly seconds: number;
  /** Of the processor: what others do on the machine tells less on them. */
  readonly busy: number;
  /** Resident at most, in octets. */
  readonly memory: number;
}

/** Each runs so often, and its fastest run counts: what others do on the machine only ever makes it slower. */
const RUNS = 3;

function fastest(command: string, args: readonly string[]): Figures | undefined {
  let best: Figures | undefined;
  for (let turn = 0; turn < RUNS; turn += 1) {
    const figures = run(command, args);
    if (figures === undefined) return undefined;
    if (best === undefined || figures.seconds < best.seconds) best = figures;
  }
  return best;
}

/** GNU time tells of a child what it took; without it there is one figure. */
function run(command: string, args: readonly string[]): Figures | undefined {
  const begun = performance.now();
  const timed = spawnSync('/usr/bin/time', ['-f', '%M %U %S', command, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (timed.error === undefined) {
    const seconds = (performance.now() - begun) / 1000;
    const [kilobytes = 0, user = 0, system = 0] = (timed.stderr.trim().split('\n').at(-1) ?? '')
      .split(' ')
      .map(Number);
    return timed.status === 0 ? { seconds, busy: user + system, memory: kilobytes * 1024 } : undefined;
  }
  const again = performance.now();
  const plain = spawnSync(command, [...args], { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (plain.error !== undefined || plain.status !== 0) return undefined;
  return { seconds: (performance.now() - again) / 1000, busy: Number.NaN, memory: Number.NaN };
}

const SELF = fileURLToPath(import.meta.url);
const CONTESTANTS: readonly (readonly [
  name: string,
  command: string,
  args: (file: string) => readonly string[],
])[] = [
  ['handshake: index of connections', process.execPath, (file) => [SELF, 'ours', file]],
  ['bare loop: decodes headers, keeps nothing', process.execPath, (file) => [SELF, 'bare', file]],
  ['tshark -q -z conv,tcp', 'tshark', (file) => ['-n', '-q', '-z', 'conv,tcp', '-r', file]],
  ['tcptrace -n', 'tcptrace', (file) => ['-n', file]],
];

function compare(sizes: readonly number[]): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'handshake-bench-'));
  try {
    for (const size of sizes) {
      const file = path.join(folder, 'capture.pcap');
      const { segments, connections } = generateCapture(file, size);
      const octets = statSync(file).size;
      console.log(`${Math.round(octets / 1e6)} MB, ${segments} segments, ${connections} connections`);
      const all = new Map<string, Figures>();
      for (const [name, command, args] of CONTESTANTS) {
        const figures = fastest(command, args(file));
        console.log(
          `  ${name.padEnd(44)}${figures === undefined ? 'NOT RUN: not installed, or failed' : line(octets, segments, figures)}`,
        );
        if (figures !== undefined) all.set(name, figures);
      }
      console.log(ratios(all));
      rmSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function line(octets: number, segments: number, { seconds, busy, memory }: Figures): string {
  const rate = (time: number) => `${(octets / 1e6 / time).toFixed(0)} MB/s`;
  const each = `${(segments / seconds / 1e6).toFixed(2)} M segments/s`.padStart(20);
  const resident = `${(memory / 1e6).toFixed(0)} MB resident`.padStart(18);
  return `${rate(seconds).padStart(10)}${`${rate(busy)} of CPU`.padStart(18)}${each}${resident}`;
}

/** Ours beside each of the others, by the clock and by the processor. */
function ratios(all: ReadonlyMap<string, Figures>): string {
  const [[, ours] = [], ...others] = all;
  if (ours === undefined) return '';
  return others
    .map(([name, { seconds, busy }]) => {
      const [clock, cpu] = [seconds / ours.seconds, busy / ours.busy].map((ratio) => `${ratio.toFixed(2)}×`);
      return `  ours is ${clock} (CPU ${cpu}) the speed of ${name}`;
    })
    .join('\n');
}

const [mode, file = ''] = process.argv.slice(2);
if (mode === 'ours' || mode === 'bare') {
  const begun = performance.now();
  const segments = mode === 'ours' ? await ours(file) : bareLoop(file);
  console.log(`${segments} segments in ${(performance.now() - begun).toFixed(0)} ms`);
} else compare((mode ?? '10,100,1000').split(',').map((megabytes) => Number(megabytes) * 1e6));
