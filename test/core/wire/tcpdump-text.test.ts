import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inferTimeline } from '../../../core/timeline/infer.ts';
import { simulate } from '../../../core/timeline/simulate.ts';
import { decodeCapture } from '../../../core/wire/capture.ts';
import { connectionsOf } from '../../../core/wire/connections.ts';
import { parseSockets } from '../../../core/wire/ss-text.ts';
import { parseTcpdump } from '../../../core/wire/tcpdump-text.ts';
import { pcapOf } from '../../../core/wire/write-pcap.ts';
import { SCENES } from '../timeline/scenes.ts';

const HANDSHAKE = [
  'IP 192.0.2.1.51000 > 192.0.2.2.80: Flags [S], seq 1000, win 64240, options [mss 1460,sackOK,TS val 10 ecr 0,nop,wscale 7], length 0',
  'IP 192.0.2.2.80 > 192.0.2.1.51000: Flags [S.], seq 5000, ack 1001, win 65160, options [mss 1460,sackOK,TS val 7 ecr 10,nop,wscale 7], length 0',
  'IP 192.0.2.1.51000 > 192.0.2.2.80: Flags [.], ack 1, win 502, options [nop,nop,TS val 11 ecr 7], length 0',
  'IP 192.0.2.1.51000 > 192.0.2.2.80: Flags [P.], seq 1:78, ack 1, win 502, options [nop,nop,TS val 12 ecr 7], length 77: HTTP: GET / HTTP/1.1',
];

const numbers = (text: string) =>
  parseTcpdump(text).packets.map(({ segment: { seq, ack, length } }) => [seq, ack, length]);
const EXPECTED = [
  [1000, 0, 0],
  [5000, 1001, 0],
  [1001, 5001, 0],
  [1001, 5001, 77],
];

describe('text of tcpdump', () => {
  it('gives the numbers back, whether they were printed relative or absolute (-S)', () => {
    assert.deepEqual(numbers(HANDSHAKE.join('\n')), EXPECTED);
    const absolute = HANDSHAKE.map((line) =>
      line.replace('ack 1,', 'ack 5001,').replace('seq 1:78', 'seq 1001:1078'),
    );
    assert.deepEqual(numbers(absolute.join('\n')), EXPECTED);
  });

  it('reads options, windows, and every way to print time', () => {
    const [syn] = parseTcpdump(HANDSHAKE.join('\n')).packets;
    assert.deepEqual(syn?.segment.options, {
      mss: 1460,
      windowScale: 7,
      sackPermitted: true,
      timestamps: { value: 10, echo: 0 },
    });
    assert.equal(syn?.segment.window, 64_240);
    const printed: readonly (readonly string[])[] = [
      ['12:00:00.000000 ', '12:00:00.020000 ', '12:00:00.040500 '],
      ['23:59:59.990000 ', '00:00:00.010000 ', '00:00:00.030500 '],
      ['1700000000.000000 ', '1700000000.020000 ', '1700000000.040500 '],
      ['2024-02-28 23:59:59.990000 ', '2024-02-29 00:00:00.010000 ', '2024-02-29 00:00:00.030500 '],
      [' 00:00:00.000000 ', ' 00:00:00.020000 ', ' 00:00:00.020500 ', ' 00:00:00.000010 '],
    ];
    for (const times of printed) {
      const { packets } = parseTcpdump(times.map((time, place) => `${time}${HANDSHAKE[place]}`).join('\n'));
      const [first, second, third] = packets.map(({ at }) => Math.round(at * 1000) / 1000);
      assert.deepEqual([first, second, third], [0, 20, 40.5], times.join());
    }
  });

  it('reads what is wrapped, quoted, verbose, by name, IPv6 or old', () => {
    const shapes = [
      HANDSHAKE.map((line) => `> ${line}`).join('\n'),
      HANDSHAKE.map((line) => `eth0  Out ${line}`).join('\n'),
      HANDSHAKE.map((line) => line.replace(', win', '\n    , win')).join('\n'),
      HANDSHAKE.map((line) =>
        line.replace(
          'IP ',
          '12:00:00.1 IP (tos 0x0, ttl 64, id 1, offset 0, flags [DF], proto TCP (6), length 60)\n    ',
        ),
      ).join('\n'),
      HANDSHAKE.map((line) =>
        line.replaceAll('.80', '.http').replaceAll('192.0.2.2', 'www.example.org'),
      ).join('\n'),
      HANDSHAKE.map((line) =>
        line
          .replace('IP ', 'IP6 ')
          .replaceAll('192.0.2.1', '2001:db8::1')
          .replaceAll('192.0.2.2', '2001:db8::2'),
      ).join('\n'),
      `tcpdump: listening on eth0\n${HANDSHAKE.join('\n')}\n4 packets captured\n`,
      [
        'IP 192.0.2.1.51000 > 192.0.2.2.80: S 1000:1000(0) win 64240 <mss 1460>',
        'IP 192.0.2.2.80 > 192.0.2.1.51000: S 5000:5000(0) ack 1001 win 65160 <mss 1460>',
        'IP 192.0.2.1.51000 > 192.0.2.2.80: . ack 1 win 502',
        'IP 192.0.2.1.51000 > 192.0.2.2.80: P 1:78(77) ack 1 win 502',
      ].join('\n'),
    ];
    for (const text of shapes) assert.deepEqual(numbers(text), EXPECTED, text);
  });

  it('finds nothing where there is nothing, and names lines it cannot read', () => {
    assert.deepEqual(parseTcpdump('Hello,\nsee > below: it is 12:00.'), { packets: [], notUnderstood: [] });
    assert.deepEqual(
      parseTcpdump('IP 1.2.3.4.5 > 6.7.8.9.nowhere: Flags [S], seq 1, length 0').notUnderstood,
      [1],
    );
  });

  it('leads to the same inferred states as the capture it was printed from', function () {
    if (spawnSync('tcpdump', ['--version']).error !== undefined) {
      console.log('NOT RUN: text of the real tcpdump: tcpdump is absent (apt-get install tcpdump)');
      this.skip();
    }
    const folder = mkdtempSync(path.join(tmpdir(), 'handshake-tcpdump-'));
    after(() => rmSync(folder, { recursive: true }));
    for (const name of ['four-way-close', 'data-lost', 'simultaneous-close', 'connection-refused']) {
      const scene = SCENES[name];
      assert.ok(scene, name);
      const file = path.join(folder, `${name}.pcap`);
      const octets = pcapOf(simulate(scene), 'A');
      writeFileSync(file, octets);
      const capture = decodeCapture(octets);
      assert.ok(capture.ok);
      for (const options of ['-n', '-nS', '-nv', '-ntttt', '-ne']) {
        const { stdout } = spawnSync('tcpdump', ['-r', file, ...options.split(' ')], { encoding: 'utf8' });
        const text = parseTcpdump(stdout);
        const states = (packets: readonly (typeof text.packets)[number][]) =>
          connectionsOf(packets).map((one) =>
            inferTimeline(one).steps.map(({ path: passed, host }) => [host, passed]),
          );
        assert.deepEqual(states(text.packets), states(capture.value.packets), `${name} ${options}`);
      }
    }
  });
});

describe('text of ss and netstat', () => {
  it('reads states, queues, ends and timers', () => {
    const { sockets: rows } =
      parseSockets(`State      Recv-Q Send-Q Local Address:Port   Peer Address:Port Process
LISTEN     0      128          0.0.0.0:22          0.0.0.0:*
ESTAB      0      36      192.168.1.5:22      192.168.1.9:52114 timer:(on,204ms,0)
TIME-WAIT  0      0       192.168.1.5:41000     10.0.0.1:443  timer:(timewait,12sec,0)
SYN-RECV   0      0             [::1]:80           [::1]:5000
Active Internet connections (servers and established)
tcp        0      0 127.0.0.1:3306      0.0.0.0:*           LISTEN
tcp6       1      0 ::1:80              ::1:39000           CLOSE_WAIT  1234/nginx
tcp4       0      0  192.168.1.5.50000      17.57.144.1.443        FIN_WAIT_2
udp        0      0 0.0.0.0:68          0.0.0.0:*
`);
    assert.deepEqual(
      rows.map(({ state, line }) => [line, state]),
      [
        [2, 'LISTEN'],
        [3, 'ESTABLISHED'],
        [4, 'TIME-WAIT'],
        [5, 'SYN-RECEIVED'],
        [7, 'LISTEN'],
        [8, 'CLOSE-WAIT'],
        [9, 'FIN-WAIT-2'],
      ],
    );
    assert.deepEqual([rows[1]?.unsent, rows[1]?.timer, rows[5]?.received], [36, 'on,204ms,0', 1]);
    assert.equal(rows[6]?.peer, '17.57.144.1:443');
    assert.deepEqual(parseSockets('nothing of the kind').sockets, []);
  });

  it('reads ends of every kind, and leaves UDP out', () => {
    const { sockets: rows } = parseSockets(`LISTEN 0 4096 127.0.0.53%lo:53 0.0.0.0:*
LISTEN 0 511 *:80 *:*
ESTAB 0 0 [fe80::1%eth0]:22 [fe80::2%eth0]:50000
tcp46      0      0  *.8080                 *.*                    LISTEN
tcp6       0      0  fe80::1%lo0.1024       fe80::1%lo0.1025       ESTABLISHED
tcp6       0      0 :::443                  :::*                    LISTEN      -
UNCONN 0 0 0.0.0.0:68 0.0.0.0:*
udp UNCONN 0 0 0.0.0.0:68 0.0.0.0:*
tcp UNCONN 0 0 0.0.0.0:81 0.0.0.0:*`);
    assert.deepEqual(
      rows.map(({ line, local, peer }) => [line, local, peer]),
      [
        [1, '127.0.0.53%lo:53', '0.0.0.0:*'],
        [2, '*:80', '*:*'],
        [3, '[fe80::1%eth0]:22', '[fe80::2%eth0]:50000'],
        [4, '*:8080', '*:*'],
        [5, 'fe80::1%lo0:1024', 'fe80::1%lo0:1025'],
        [6, ':::443', ':::*'],
        [9, '0.0.0.0:81', '0.0.0.0:*'],
      ],
    );
  });

  it('reads what Windows prints, which has no queues', () => {
    const { sockets: rows } = parseSockets(`
  Proto  Local Address          Foreign Address        State           PID
  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1096
  TCP    192.168.1.7:49713      52.1.1.1:443           FIN_WAIT_2
  TCP    [::1]:49670            [::1]:49671            CLOSE_WAIT      4
  UDP    0.0.0.0:123            *:*                                    1212
`);
    assert.deepEqual(
      rows.map(({ state, local, received, unsent }) => [state, local, received, unsent]),
      [
        ['LISTEN', '0.0.0.0:135', undefined, undefined],
        ['FIN-WAIT-2', '192.168.1.7:49713', undefined, undefined],
        ['CLOSE-WAIT', '[::1]:49670', undefined, undefined],
      ],
    );
  });
});
