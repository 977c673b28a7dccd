import assert from 'node:assert/strict';
import { PROFILES } from '../../../core/tcp/profiles.ts';
import { inferTimeline } from '../../../core/timeline/infer.ts';
import { simulate } from '../../../core/timeline/simulate.ts';
import { HOSTS } from '../../../core/timeline/timeline.ts';
import { decodeCapture } from '../../../core/wire/capture.ts';
import { connectionsOf } from '../../../core/wire/connections.ts';
import { mendedField, writtenField } from '../../../core/wire/packetdrill/mend.ts';
import { parseScript } from '../../../core/wire/packetdrill/parse.ts';
import { type Judged, playScript } from '../../../core/wire/packetdrill/play.ts';
import { printBestScript, printScript, scriptBegins } from '../../../core/wire/packetdrill/print.ts';
import { profileOfScript } from '../../../core/wire/packetdrill/script.ts';
import { pcapOf } from '../../../core/wire/write-pcap.ts';
import { SCENES } from '../timeline/scenes.ts';

function run(text: string, profile?: 'linux' | 'rfc9293' | 'textbook') {
  const { script, issues } = parseScript(text);
  assert.deepEqual(
    issues.filter(({ severity }) => severity === 'error'),
    [],
  );
  return playScript(script, PROFILES[profile ?? profileOfScript(script) ?? 'linux']);
}

function differing(lines: readonly Judged[], text: string): readonly string[] {
  const source = text.split('\n');
  return lines
    .filter(({ outcome }) => outcome === 'differs')
    .map(
      ({ line, says, sent }) =>
        `${source[line.span.start.line - 1]} | ${says.map(({ en }) => en).join('; ')} | ${sent}`,
    );
}

const SERVER = `
0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
`;
const ESTABLISHED = `${SERVER}
+0 < S 0:0(0) win 32792 <mss 1000,sackOK,nop,nop,nop,wscale 7>
+0 > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale 8>
+.1 < . 1:1(0) ack 1 win 257
+0 accept(3, ..., ...) = 4
`;

/** Shapes that scripts for real kernels have, written anew. */
const TYPICAL: Readonly<Record<string, string>> = {
  handshake: ESTABLISHED,
  'data both ways': `${ESTABLISHED}
+0 write(4, ..., 1000) = 1000
+0 > P. 1:1001(1000) ack 1
+.1 < . 1:1(0) ack 1001 win 257
+.01 < P. 1:501(500) ack 1001 win 257
+0 > . 1001:1001(0) ack 501
+0 read(4, ..., 500) = 500
`,
  'the server closes first': `${ESTABLISHED}
+0 close(4) = 0
+0 > F. 1:1(0) ack 1
+.1 < . 1:1(0) ack 2 win 257
+.1 < F. 1:1(0) ack 2 win 257
+0 > . 2:2(0) ack 2
`,
  'the client closes first': `${ESTABLISHED}
+.1 < F. 1:1(0) ack 1 win 257
+0 > . 1:1(0) ack 2
+.1 read(4, ..., 10) = 0
+0 close(4) = 0
+0 > F. 1:1(0) ack 2
+.1 < . 2:2(0) ack 2 win 257
`,
  'loss, repaired by timeout': `${ESTABLISHED}
+0 write(4, ..., 1000) = 1000
+0 > P. 1:1001(1000) ack 1
+.2~+.35 > P. 1:1001(1000) ack 1
+.1 < . 1:1(0) ack 1001 win 257
`,
  'several segments handed down as one, then a fast retransmission': `${ESTABLISHED}
+0 write(4, ..., 1000) = 1000
+0 > P. 1:1001(1000) ack 1
+.1 < . 1:1(0) ack 1001 win 257
+0 write(4, ..., 4000) = 4000
+0 > P. 1001:5001(4000) ack 1
+.1 < . 1:1(0) ack 1001 win 257 <sack 2001:3001,nop,nop>
+0 < . 1:1(0) ack 1001 win 257 <sack 2001:4001,nop,nop>
+0 < . 1:1(0) ack 1001 win 257 <sack 2001:5001,nop,nop>
+0 > . 1001:2001(1000) ack 1
+.1 < . 1:1(0) ack 5001 win 257
`,
  'a window that the buffers of that system decide': `${SERVER}
+0 < S 0:0(0) win 65535 <mss 1460,sackOK,TS val 1000 ecr 0,nop,wscale 7>
+0 > S. 0:0(0) ack 1 win 65535 <mss 1460,sackOK,TS val 4000 ecr 1000,nop,wscale 7>
+.1 < . 1:1(0) ack 1 win 512 <nop,nop,TS val 1100 ecr 4000>
`,
  'a blocking connect that is refused': `
0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
0...0.1 connect(3, ..., ...) = -1 ECONNREFUSED (Connection refused)
+0 > S 0:0(0) <...>
+.1 < R. 0:0(0) ack 1 win 0
`,
  'a reset': `${ESTABLISHED}
+.1 < R. 1:1(0) ack 1 win 0
+0 read(4, ..., 1000) = -1 ECONNRESET (Connection reset by peer)
`,
  'nobody listens': `
0 < S 0:0(0) win 65535 <mss 1460>
+0 > R. 0:0(0) ack 1
`,
  'a client, with timestamps': `
0.000 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
0.000 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0
0.000 connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)
0.000 > S 0:0(0) <mss 1460,sackOK,TS val 100 ecr 0,nop,wscale 8>
0.100 < S. 0:0(0) ack 1 win 5792 <mss 1460,sackOK,TS val 700 ecr 100,nop,wscale 7>
0.100 > . 1:1(0) ack 1 <nop,nop,TS val 200 ecr 700>
0.200 getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4]) = 0
0.200 write(3, ..., 10) = 10
0.200 > P. 1:11(10) ack 1 <nop,nop,TS val 300 ecr 700>
0.300 < . 1:1(0) ack 11 win 257 <nop,nop,TS val 900 ecr 300>
`,
  'a blocking connect': `
0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0...0.2 connect(3, ..., ...) = 0
+0 > S 0:0(0) <...>
+.2 < S. 0:0(0) ack 1 win 65535 <mss 1460>
+0 > . 1:1(0) ack 1
`,
  'a SYN sent again': `
0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0
+0 connect(3, ..., ...) = -1 EINPROGRESS
+0 > S 0:0(0) <...>
+1 > S 0:0(0) <...>
* > S 0:0(0) <...>
`,
};

describe('packetdrill scripts', () => {
  for (const [name, text] of Object.entries(TYPICAL)) {
    it(`a typical script runs as on Linux: ${name}`, () => {
      const { lines } = run(text);
      assert.deepEqual(differing(lines, text), []);
      assert.ok(
        lines.some(({ line }) => line.kind === 'packet'),
        'there are segments',
      );
    });
  }

  it('says in words how the core differs', () => {
    const text = ESTABLISHED.replace('ack 1 <mss 1460', 'ack 2 <mss 1460');
    const [found, ...others] = run(text).lines.filter(({ outcome }) => outcome === 'differs');
    assert.deepEqual(others, []);
    assert.equal(found?.says[0]?.en, 'acknowledgment number: the script expects 2, the core sends 1');
    assert.match(found?.sent ?? '', /^S\. 0:0\(0\) ack 1 win \d+ <mss 1460/);
  });

  it('says which written number is wrong, and what the core would have there', () => {
    const right = '> S. 0:0(0) ack 1 <mss 1460';
    const cases: readonly (readonly [wrong: string, written: string])[] = [
      ['> S. 0:0(0) ack 2 <mss 1460', '2'],
      ['> S. /* ack 7 */ 0:0(0)   ack 2 <mss 1460', '2'],
      ['> SP. 0:0(0) ack 1 <mss 1460', 'SP.'],
    ];
    assert.ok(ESTABLISHED.includes(right));
    for (const [wrong, written] of cases) {
      const text = ESTABLISHED.replace(right, wrong);
      const [found, ...others] = run(text).lines.filter(({ outcome }) => outcome === 'differs');
      assert.deepEqual(others, [], wrong);
      assert.equal(found?.fields?.length, 1, wrong);
      const line = text.split('\n')[(found?.line.span.start.line ?? 0) - 1] ?? '';
      const mended = mendedField(line, found?.sent ?? '', found?.fields?.[0]?.field ?? 'urgent');
      assert.ok(mended, wrong);
      assert.equal(line.slice(mended.from, mended.to), written);
      const good = line.slice(0, mended.from) + mended.text + line.slice(mended.to);
      assert.deepEqual(differing(run(text.replace(line, good)).lines, text), [], good);
    }
  });

  it('offers no letter for a segment that is another one, and finds each number', () => {
    assert.equal(mendedField('+0 > S 0:0(0)', 'S. 0:0(0) ack 1 win 5', 'flags'), undefined);
    assert.equal(writtenField('+0 > S 0:0(0) <...>', 'ack'), undefined);
    const mended = mendedField('+0 > P. 1:11(10) ack 1', 'P. 11:21(10) ack 1 win 5', 'seq');
    assert.deepEqual([mended?.from, mended?.to, mended?.text], [8, 16, '11:21(10)']);
    const sent = 'S. 0:0(0) ack 1 win 500 <mss 1460,nop,wscale 7>';
    const words = ['window', 'mss', 'wscale'] as const;
    const values = words.map((field) =>
      mendedField('+0 > S. 0:0(0) ack 1 win 9 <mss 5,wscale 8>', sent, field),
    );
    assert.deepEqual(
      values.map((one) => one?.text),
      ['500', '1460', '7'],
    );
  });

  it('says when a segment is not sent, comes too late, or was not expected', () => {
    const cases: readonly [string, RegExp][] = [
      [`${ESTABLISHED}+0 > P. 1:11(10) ack 1\n`, /expects a segment here, the core sends none/],
      [
        `${ESTABLISHED}+0 write(4, ..., 10) = 10\n+.5 > P. 1:11(10) ack 1\n`,
        /^time: the script expects 0.6 s/,
      ],
      [
        `${ESTABLISHED}+0 write(4, ..., 10) = 10\n+0 close(4) = 0\n+0 > F. 11:11(0) ack 1\n`,
        /before it the core also sends P\. 1:11\(10\)/,
      ],
      [`${ESTABLISHED}+0 read(4, ..., 10) = 10\n`, /read\(\) returns -1 EAGAIN, the script expects 10/],
    ];
    for (const [text, message] of cases) {
      const found = run(text).lines.filter(({ outcome }) => outcome === 'differs');
      assert.equal(found.length, 1, differing(found, text).join('\n'));
      assert.match(found[0]?.says.map(({ en }) => en).join('; ') ?? '', message);
    }
  });

  it('reads everything that stands around the lines', () => {
    const text = `--tolerance_usecs=10000
--ip_version=ipv4
// a comment
/* another
   one */
# and one of a shell's kind
\`sysctl -q net.ipv4.tcp_sack=0
 sysctl -q net.ipv4.tcp_timestamps=0\`
${SERVER}
   +0 < [ect0] SEW 0:0(0) win 32792 <mss 1000,sackOK,nop,wscale 7,FO abcd1234,nop,nop>
   +0.000 > S. 0:0(0) ack 1 <...>
+0 \`echo nothing\`
+0 %{ print(tcpi_rto)
assert tcpi_state == 1 }%
.1 < . 1:1(0) ack 1 win 257   // behind a line
+0 < udp (100)
+0 epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN, fd=4}) = 0
`;
    const { script, issues } = parseScript(text);
    assert.deepEqual(
      issues.map(({ severity, span }) => [severity, span.start.line]),
      [
        ['note', 7],
        ['note', 17],
        ['note', 18],
        ['note', 21],
      ],
    );
    assert.equal(script.settings.get('tolerance_usecs'), '10000');
    assert.deepEqual(
      [...script.sysctls],
      [
        ['tcp_sack', '0'],
        ['tcp_timestamps', '0'],
      ],
    );
    assert.equal(script.lines.filter(({ kind }) => kind === 'packet').length, 3);
    assert.deepEqual(differing(playScript(script, PROFILES.linux).lines, text), []);
  });

  it('points at what it does not understand, once a line, and keeps the rest', () => {
    const cases: readonly [string, number, number, RegExp][] = [
      ['< S 0:0(0) win 1', 1, 1, /begins with its time/],
      ['+0 < S 0:0 win 1', 1, 8, /first:last\(length\)/],
      ['+0 < S 0:5(4) win 1', 1, 8, /not the distance/],
      ['+0 < SX 0:0(0) win 1', 1, 6, /Control bits/],
      ['+0 < S 0:0(0) win 1 <mss 1460,foo 3>', 1, 31, /TCP option is not known/],
      ['+0 < S 0:0(0) win 1 <mss 1460 nop>', 1, 31, /ends with ">"/],
      ['+0 < S 0:0(0) win x', 1, 19, /number/],
      ['+0 socket(..., SOCK_STREAM', 1, 10, /never closed/],
      ['+0 socket(..., SOCK_STREAM, 0) 3', 1, 32, /= result/],
      ['\n  +0 foo', 2, 6, /is expected here/],
      ['+0 < S 0:0(0) win 1 more', 1, 21, /Nothing more/],
      ['+0 %{ never', 1, 4, /never closed/],
    ];
    for (const [text, line, column, message] of cases) {
      const { issues, script } = parseScript(`${text}\n+0 close(3) = 0\n`);
      const [issue] = issues;
      assert.deepEqual(
        [issue?.span.start.line, issue?.span.start.column],
        [line, column],
        `${text}: ${issue?.message.en}`,
      );
      assert.match(issue?.message.en ?? '', message, text);
      if (!/never closed/.test(issue?.message.en ?? '')) assert.equal(script.lines.length, 1, text);
      assert.equal(issues.length, 1, text);
    }
  });

  it('plays the same run as simulate() does of the scenario it leaves', () => {
    for (const text of Object.values(TYPICAL)) {
      const { timeline, scenario } = run(text);
      assert.deepEqual(simulate(scenario), timeline);
    }
  });

  for (const host of HOSTS) {
    it(`a run written as a script runs as it did: ${host}`, () => {
      const wrong: string[] = [];
      for (const [name, scene] of Object.entries(SCENES)) {
        const text = printScript(simulate(scene), host);
        const { lines } = run(text);
        const found = differing(lines, text);
        if (found.length > 0) wrong.push(`${name}: ${found[0]}`);
      }
      assert.deepEqual(wrong, []);
    });
  }

  // What the network or a forger did has no line in a script of one host, and keepalive no segment that tells of it.
  const UNLIKE: ReadonlySet<string> = new Set([
    'duplicate-syn',
    'old-duplicate-syn',
    'fin-overtakes-data',
    'forged-reset-in-window',
    'syn-in-established',
    'ack-of-unsent',
    'half-open-after-reboot',
    'half-open-reconnect',
    'keepalive-answered',
    'keepalive-dead-peer',
    'reset-in-syn-received',
    'close-in-syn-sent',
    // A close() that resets what comes, or is combined with an ACK, looks like another.
    'data-after-close',
    'close-with-unread-data',
    'three-segment-close',
  ]);

  for (const host of HOSTS) {
    it(`a captured run written as a script, with its calls inferred, runs as it did: ${host}`, () => {
      const wrong: string[] = [];
      for (const [name, scene] of Object.entries(SCENES)) {
        if (UNLIKE.has(name)) continue;
        const decoded = decodeCapture(pcapOf(simulate(scene), 'both'));
        const [flow] = decoded.ok ? connectionsOf(decoded.value.packets) : [];
        if (flow === undefined) continue;
        const text = printBestScript(inferTimeline(flow), host);
        const found = differing(run(text).lines, text);
        if (found.length > 0) wrong.push(`${name}: ${found[0]}`);
      }
      assert.deepEqual(wrong, []);
    });
  }

  it('there is no script of a capture that begins late', () => {
    const scene = SCENES['four-way-close'];
    assert.ok(scene);
    const decoded = decodeCapture(pcapOf(simulate(scene), 'both'));
    const packets = decoded.ok ? decoded.value.packets.slice(3) : [];
    const [late] = connectionsOf(packets);
    assert.ok(late);
    for (const host of HOSTS) assert.equal(scriptBegins(inferTimeline(late), host), false);
  });
});
