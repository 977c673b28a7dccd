import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { simulate } from '../../../core/timeline/simulate.ts';
import type { Timeline } from '../../../core/timeline/timeline.ts';
import { parseAddress } from '../../../core/wire/address.ts';
import { decodeCapture } from '../../../core/wire/capture.ts';
import { pcapOf } from '../../../core/wire/write-pcap.ts';
import { RULE_SCENES } from '../timeline/rule-scenes.ts';
import { SCENES } from '../timeline/scenes.ts';

const RUNS = Object.entries(SCENES).map(([name, scene]) => [name, simulate(scene)] as const);

/** The same run between other addresses, so that many fit one file. */
function between(timeline: Timeline, number: number, family: 4 | 6): Timeline {
  const address = (last: number) =>
    family === 4 ? `10.${number >> 8}.${number & 255}.${last}` : `2001:db8::${number.toString(16)}:${last}`;
  const { A, B } = timeline.hosts;
  return { ...timeline, hosts: { A: { ...A, address: address(1) }, B: { ...B, address: address(2) } } };
}

function decoded(octets: Uint8Array) {
  const capture = decodeCapture(octets);
  assert.ok(capture.ok);
  assert.equal(capture.value.issue, undefined);
  return capture.value.packets;
}

describe('a run as a pcap file', () => {
  it('holds every segment as it was sent, times included, when our own reader reads it', () => {
    for (const [name, timeline] of RUNS) {
      const sent = [...timeline.transmissions].sort((a, b) => a.sentAt - b.sentAt);
      const packets = decoded(pcapOf(timeline, 'both'));
      assert.deepEqual(
        packets.map(({ segment }) => segment),
        sent.map(({ segment }) => segment),
        name,
      );
      const [first] = sent;
      packets.forEach(({ at }, place) => {
        const expected = (sent[place]?.sentAt ?? 0) - (first?.sentAt ?? 0);
        assert.ok(Math.abs(at - expected) < 1e-5, name);
      });
    }
  });

  it('shows at a host what left it and what reached it, and no segment that was lost before', () => {
    for (const [name, timeline] of RUNS) {
      for (const host of ['A', 'B'] as const) {
        const count = timeline.transmissions.filter(({ from, arrivesAt, forged, copyOf }) =>
          from === host ? forged !== true && copyOf === undefined : arrivesAt !== undefined,
        ).length;
        assert.equal(decoded(pcapOf(timeline, host)).length, count, `${name} at ${host}`);
      }
    }
  });

  it('reads addresses of both families, and takes nothing else for one', () => {
    const cases: readonly [string, number[] | undefined][] = [
      ['192.0.2.1', [192, 0, 2, 1]],
      ['::1', [...new Array<number>(15).fill(0), 1]],
      ['2001:db8::2', [0x20, 1, 0xd, 0xb8, ...new Array<number>(11).fill(0), 2]],
      ['[fe80::1%eth0]', undefined],
      ['::ffff:10.0.0.1', [...new Array<number>(10).fill(0), 255, 255, 10, 0, 0, 1]],
      ['1.2.3', undefined],
      ['1.2.3.256', undefined],
      ['1:2:3', undefined],
      ['::1::', undefined],
      ['client', undefined],
    ];
    for (const [text, octets] of cases) {
      if (text === '[fe80::1%eth0]') assert.equal(parseAddress(text)?.[0], 0xfe);
      else assert.deepEqual(parseAddress(text) && [...(parseAddress(text) ?? [])], octets, text);
    }
  });
});

const HAS_TSHARK = spawnSync('tshark', ['--version']).status === 0;

/** What tshark says of a file: a row a frame. */
function tshark(file: string, fields: readonly string[]): string[][] {
  const checks = ['tcp.check_checksum:TRUE', 'ip.check_checksum:TRUE'].flatMap((one) => ['-o', one]);
  const argv = ['-r', file, ...checks, '-T', 'fields', ...fields.flatMap((field) => ['-e', field])];
  const out = execFileSync('tshark', argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return out
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t'));
}

describe('a run as a pcap file, read by tshark', () => {
  if (!HAS_TSHARK) {
    console.log('NOT RUN: what tshark says of our pcap files: tshark is absent (apt-get install tshark)');
    it('NOT RUN: tshark is absent', function () {
      this.skip();
    });
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'handshake-pcap-'));
  after(() => rmSync(folder, { recursive: true }));

  for (const family of [4, 6] as const) {
    it(`IPv${family}: nothing malformed, every checksum good, flags, numbers and lengths the same`, function () {
      this.timeout(240_000);
      const runs = RUNS.map(([, timeline], number) => between(timeline, number + 1, family));
      const parts = runs.map((timeline) => pcapOf(timeline, 'both'));
      const file = path.join(folder, `all-${family}.pcap`);
      writeFileSync(file, Buffer.concat(parts.map((part, place) => (place === 0 ? part : part.slice(24)))));
      const fields = [
        'tcp.flags',
        'tcp.seq_raw',
        'tcp.ack_raw',
        'tcp.len',
        'tcp.window_size_value',
        'tcp.checksum.status',
        'ip.checksum.status',
        '_ws.malformed',
        'tcp.options.mss_val',
      ];
      const rows = tshark(file, fields);
      const sent = runs.flatMap(({ transmissions }) =>
        [...transmissions].sort((a, b) => a.sentAt - b.sentAt),
      );
      assert.equal(rows.length, sent.length);
      rows.forEach((row, place) => {
        const segment = sent[place]?.segment;
        assert.ok(segment);
        const expected = [
          `0x${segment.flags.toString(16).padStart(4, '0')}`,
          `${segment.seq}`,
          `${segment.ack}`,
          `${segment.length}`,
          `${segment.window}`,
          '1',
          family === 4 ? '1' : '',
          '',
          `${segment.options.mss ?? ''}`,
        ];
        assert.deepEqual(row, expected, `frame ${place + 1}`);
      });
    });
  }

  const ANALYSIS: readonly [scene: string, field: string, frames: number][] = [
    ['data-lost', 'tcp.analysis.retransmission', 1],
    ['syn-lost', 'tcp.analysis.retransmission', 1],
    ['keepalive-answered', 'tcp.analysis.keep_alive', 1],
    ['zero-window-takes-nothing', 'tcp.analysis.zero_window', 1],
    ['three-way-handshake', 'tcp.analysis.flags', 0],
    ['four-way-close', 'tcp.analysis.flags', 0],
  ];
  for (const [scene, field, frames] of ANALYSIS) {
    it(`${scene}: tshark's own analysis finds ${frames === 0 ? 'nothing amiss' : `${field}`}`, () => {
      const played = { ...SCENES, ...RULE_SCENES }[scene];
      assert.ok(played, 'there is such a scene');
      const timeline = simulate(played);
      const file = path.join(folder, `${scene}.pcap`);
      writeFileSync(file, pcapOf(timeline, 'both'));
      const marked = tshark(file, ['frame.number', field]).filter(
        ([, mark]) => mark !== undefined && mark !== '',
      );
      if (frames === 0) assert.deepEqual(marked, []);
      else assert.ok(marked.length >= frames, `${marked.length} frames are marked ${field}`);
    });
  }
});
