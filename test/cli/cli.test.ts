import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { run } from '../../cli/run.ts';
import { act, openLesson } from '../../quizzes/engine/lesson.ts';
import { resultsOf } from '../../quizzes/engine/results.ts';
import { packHash } from '../../quizzes/format/pack-hash.ts';
import { load, loadGood, packOf } from '../quizzes/support.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SHIPPED = path.join(ROOT, 'quizzes/packs/03-four-way-close.tcpquiz.yaml');
const CAPTURE = path.join(ROOT, 'quizzes/packs/captures/last_ack_lost.server.pcap');

const PACK = packOf(
  '- B: listen\n- A: connect\n- A: close',
  `- id: ack-of-fin
  scenario: run
  when: B receives FIN
  ask: [flags of next segment from B, state of B]
  points: 4
- id: why
  prompt: Why?
  rubric: [because]`,
);

describe('the command line', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'handshake-cli-'));
  const file = (name: string, data?: string | Uint8Array) => {
    const at = path.join(folder, name);
    if (data !== undefined) writeFileSync(at, data);
    return at;
  };
  after(() => rmSync(folder, { recursive: true }));

  it('says that options come after the command', async () => {
    const { code, err } = await run(['--language', 'zh-CN', 'validate', SHIPPED]);
    assert.equal(code, 2);
    assert.match(err, /after the command.*not with "--language"/);
  });

  it('explains itself, and says what it did not understand', async () => {
    const help = await run(['--help']);
    assert.equal(help.code, 0);
    assert.match(help.out, /Exit codes: 0 done; 1 .*; 2 /);
    for (const argv of [
      [],
      ['frob'],
      ['validate'],
      ['validate', '--frob', 'x'],
      ['export', SHIPPED],
      ['export', SHIPPED, '--to', 'doc'],
      ['export', SHIPPED, '--to', 'gift', '--variants', '0'],
      ['export', SHIPPED, '--to', 'qti3'],
      ['export', SHIPPED, '--to', 'csv'],
      ['grade', 'x.json'],
      ['import', 'x.gift'],
      ['show', CAPTURE, '--connection', 'one'],
      ['draw', CAPTURE, '--to', 'text', '--scenario', 'x'],
      ['draw', SHIPPED, '--to', 'text', '--connection', '1'],
      ['draw', 'x.pkt', '--to', 'text', '--seed', '1'],
      ['export', SHIPPED, '--to', 'gift', '--results', 'x.json'],
      ['export', SHIPPED, '--to', 'csv', '--results', 'x.json', '--seed', '1'],
      ['validate', SHIPPED, '--language', 'fr'],
    ]) {
      const { code, out, err } = await run(argv);
      assert.deepEqual([code, out], [2, ''], argv.join(' '));
      assert.match(err, /--help/, argv.join(' '));
    }
  });

  it('says in one sentence what is wrong with an option', async () => {
    for (const [argv, says] of [
      [['show', CAPTURE, '--frob'], 'there is no option --frob here.'],
      [['show', CAPTURE, '--connection', '-1'], '--connection needs a value: --connection=VALUE.'],
      [['show', CAPTURE, '--connection'], '--connection needs a value: --connection=VALUE.'],
      [['connections', CAPTURE, '--json=1'], '--json takes no value.'],
      [['draw', CAPTURE, '--to', 'text', '--seed', '1'], '--seed means nothing for a capture; leave it out.'],
    ] as const)
      assert.equal((await run(argv)).err, `handshake: ${says}\nSee handshake --help.\n`);
  });

  it('says one clear sentence for each file that cannot be used', async () => {
    const empty = file('empty.json', '');
    const binary = file('binary.yaml', '');
    writeFileSync(binary, Uint8Array.of(0xff, 0xfe, 0x00));
    const pack = file('pack.tcpquiz.yaml', PACK);
    for (const [argv, says] of [
      [['validate', file('gone')], /gone: there is no such file/],
      [['validate', folder], /it is a folder/],
      [['validate', binary], /binary.yaml: it is not a text in UTF-8/],
      [['validate', file('bad.yaml', 'format: 1\nid: X Y\n')], /bad.yaml:2:5: error: .*\[bad-value\]/],
      [['validate', file('other.yaml', 'a: 1')], /other.yaml:1:1: error: .*\[not-a-pack\]/],
      [['grade', empty, '--pack', pack], /empty.json: it is no JSON/],
      [['grade', file('no.json', '{}'), '--pack', pack], /it is no results file/],
      [['import', file('x.gift', 'no question {'), '--out', file('x.yaml')], /x.gift:1:\d+: error: .*GIFT/],
      [['grade', file('nul.json', '\0\0'), '--pack', pack], /nul.json: it is no JSON \([^\0]*\)/],
      [['validate', file('open.yaml', 'a: [\n')], /^[^\n]*open.yaml:2:1: error: .*\[bad-yaml\]\n$/],
      [
        ['run', SHIPPED],
        /^[^\n]*:1:1: error: This is no packetdrill script: \d+ lines, this one first, [^\n]*\n$/,
      ],
      [
        ['run', file('dump.txt', '12:00:00.1 IP 10.0.0.5.51000 > 10.0.0.9.80: Flags [S], seq 1\n'.repeat(6))],
        /^[^\n]*dump.txt:1:\d+: error: This is no packetdrill script: 6 lines, this one first, [^\n]*\n$/,
      ],
      [['draw', file('empty.pkt', ''), '--to', 'text'], /empty.pkt:1:1: error: there is no line to run/],
      [['connections', empty], /empty.json: byte 0: /],
      [['show', SHIPPED], /byte 0: This is not a capture/],
      [['show', CAPTURE, '--connection', '9'], /there is no connection 9, it has 1/],
      [['export', pack, '--to', 'gift', '--out', file('none/x')], /none.x: there is no such folder/],
    ] as const) {
      const { code, out, err } = await run(argv);
      assert.deepEqual([code, out], [1, ''], argv.join(' '));
      assert.match(err, says, argv.join(' '));
      assert.ok(!err.includes('    at '), err);
    }
  });

  it('validates packs, the bad beside the good, in the language wanted', async () => {
    const good = await run(['validate', SHIPPED]);
    assert.deepEqual([good.code, good.err], [0, '']);
    assert.match(good.out, /16 questions, no errors/);
    const bad = file('when.yaml', PACK.replace('B receives FIN', 'B receives FIM'));
    const both = await run(['validate', bad, SHIPPED, '--language', 'zh-CN']);
    assert.equal(both.code, 1);
    assert.match(both.err, /when.yaml:\d+:\d+: error: .*[\u4e00-\u9fff].*\[bad-phrase\]/);
    assert.match(both.out, /no errors/);
  });

  it('validates as the editor does: with its warnings, which are no errors', async () => {
    const half = PACK.replace(/^title: .*$/m, 'title: { en: Half, zh-CN: 一半 }\nsummary: Only in English');
    const { code, out, err } = await run(['validate', file('half.yaml', half)]);
    assert.equal(code, 0);
    assert.match(err, /half.yaml:\d+:\d+: warning: This text has no Chinese.*\[missing-translation\]/);
    assert.match(out, /no errors, \d+ warnings?\n$/);
  });

  it('exports every format, the same for the same seed', async () => {
    for (const format of ['gift', 'moodle-xml', 'qti3', 'anki', 'html']) {
      const [one, other] = [file(`${format}.1`), file(`${format}.2`)];
      for (const out of [one, other]) {
        const args = ['--to', format, '--variants', '2', '--seed', '5', '--language', 'zh-CN', '--out', out];
        assert.deepEqual(await run(['export', SHIPPED, ...args]), { code: 0, out: '', err: '' });
      }
      assert.deepEqual(readFileSync(one), readFileSync(other), format);
      assert.ok(readFileSync(one).length > 1000, format);
    }
    const { out } = await run(['export', SHIPPED, '--to', 'gift']);
    assert.match(out, /^\/\/ Four-way close/);
  });

  it('grades results again, and refuses those of another pack', async () => {
    const pack = await loadGood(PACK);
    const name = file('mine.tcpquiz.yaml', `# a comment changes nothing\n${PACK}`);
    let lesson = openLesson(pack, 11);
    const fields = { 'B.flags': 'ack', 'B.state': 'LAST-ACK' };
    lesson = act(lesson, { type: 'answer', questionId: 'ack-of-fin', fields, at: 5 });
    const context = {
      core: '0.0.9',
      mode: 'practice',
      learner: 'Ann',
      exportedAt: '2026-01-02T03:04:05Z',
    } as const;
    const hash = await packHash(PACK, async () => undefined);
    const results = resultsOf(pack, lesson.session, { ...context, packHash: hash });
    const handed = file('ann.json', JSON.stringify(results));

    const graded = await run(['grade', handed, '--pack', name]);
    assert.equal(graded.code, 0);
    assert.match(graded.out, /^ack-of-fin +partly +2\/4/m);
    assert.match(graded.out, /^total 2 of 4 points \(50 %\)$/m);
    assert.match(graded.err, /version 0\.0\.9/);

    const csv = await run(['grade', handed, handed, '--pack', name, '--csv']);
    assert.equal(csv.out.split('\r\n').length, 6);
    const table = await run(['export', name, '--to', 'csv', '--results', handed]);
    assert.equal(table.out.split('\r\n')[1], csv.out.split('\r\n')[1]);
    const xapi = await run(['export', name, '--to', 'xapi', '--results', handed]);
    assert.equal((JSON.parse(xapi.out) as unknown[]).length, 2);

    const changed = file('changed.tcpquiz.yaml', PACK.replace('because', 'therefore'));
    const refused = await run(['grade', handed, '--pack', changed]);
    assert.deepEqual([refused.code, refused.out], [1, '']);
    assert.match(refused.err, /^\S+ann\.json: these are results of another version of this pack .*\n$/);
    const other = await run(['grade', handed, '--pack', SHIPPED]);
    assert.match(other.err, /results of the pack "test-pack", but .* is "four-way-close"/);
    const forged = file('forged.json', JSON.stringify(results).replace('LAST-ACK', 'CLOSE-WAIT'));
    assert.match((await run(['grade', forged, '--pack', name])).err, /it was changed after it was exported/);
  });

  it('imports GIFT into a pack that loads', async () => {
    const out = file('new.tcpquiz.yaml');
    const { code, err } = await run([
      'import',
      file('q.gift', '::A::What?{=x ~y}\n\n::A::Match{=a->b =c->d}\n'),
      '--out',
      out,
    ]);
    assert.equal(code, 1);
    assert.match(err, /^\S+q\.gift:3:1: error: A matching question/);
    const { pack, issues } = await load(readFileSync(out, 'utf8'));
    assert.deepEqual([pack?.id, pack?.questions.map(({ id }) => id), issues], ['q', ['a'], []]);
  });

  it('lists and shows captured connections', async () => {
    const list = await run(['connections', CAPTURE, '--json']);
    const [line, ...rest] = list.out.trimEnd().split('\n');
    assert.deepEqual(rest, []);
    const found = JSON.parse(line ?? '') as Record<string, unknown>;
    assert.deepEqual(found['finalStates'], { A: 'TIME-WAIT', B: 'CLOSED' });
    assert.equal(found['opening'], 'handshake');
    const shown = await run(['show', CAPTURE]);
    assert.match(shown.out, /^# profile rfc9293;/);
    assert.match(shown.out, /FIN-WAIT-2 > TIME-WAIT/);
    assert.equal((await run(['connections', CAPTURE])).out.split('\n').length, 2);
  });

  it('says what to do with a capture in place of a text, with standard input, and without a format', async () => {
    const told = async (...args: readonly string[]) => (await run(args)).err.split('\n')[0];
    assert.match((await told('run', CAPTURE)) ?? '', /: it is a capture, not a text; see it with handshake /);
    assert.match(
      (await told('connections', '-')) ?? '',
      /^-: standard input is not read; write it to a file/,
    );
    assert.match((await told('draw', CAPTURE)) ?? '', /draw needs --to FORMAT, one of text, /);
    assert.match((await told('export', SHIPPED)) ?? '', /export needs --to FORMAT, one of gift, /);
    assert.match((await told('export', SHIPPED, '--to', 'pdf')) ?? '', /--to is one of gift, .*, not "pdf"/);
  });

  it('reads captures packed with gzip, as far as the packing goes', async () => {
    const packed = gzipSync(readFileSync(CAPTURE));
    const { out } = await run(['connections', CAPTURE]);
    assert.deepEqual(await run(['connections', file('a.pcap.gz', packed)]), { code: 0, out, err: '' });
    const cut = await run(['connections', file('cut.pcap.gz', packed.subarray(0, -4))]);
    assert.deepEqual([cut.code, cut.out], [0, out]);
    assert.match(cut.err, /cut\.pcap\.gz: the gzip file breaks off/);
    const broken = await run(['connections', file('broken.pcap.gz', Buffer.from(packed).fill(255, 10, 90))]);
    assert.deepEqual([broken.code, broken.out], [1, '']);
    assert.match(broken.err, /broken\.pcap\.gz: the gzip file is damaged and cannot be unpacked/);
  });

  it('runs a packetdrill script: each line ok, or the difference and 1', async () => {
    const script = `0 < S 0:0(0) win 65535 <mss 1460>\n+0 > R. 0:0(0) ack 1\n`;
    const good = await run(['run', file('good.pkt', script)]);
    assert.deepEqual([good.code, good.err], [0, '']);
    assert.match(good.out, /^ok {7}1 {2}0 < S .*\nok {7}2 {2}\+0 > R\. 0:0\(0\) ack 1\n$/);
    const bad = await run([
      'run',
      file('bad.pkt', script.replace('ack 1', 'ack 2')),
      '--json',
      '--profile',
      'rfc9293',
    ]);
    assert.equal(bad.code, 1);
    const told = JSON.parse(bad.out);
    assert.deepEqual([told.profile, told.differences, told.lines[1].outcome], ['rfc9293', 1, 'differs']);
    assert.match(told.lines[1].differences[0], /expects 2, the core sends 1/);
    const broken = await run(['run', file('broken.pkt', `${script}+0 > Z 0:0(0)\n`)]);
    assert.equal(broken.code, 1);
    assert.match(broken.err, /broken\.pkt:3:6: error: Control bits/);
    assert.equal((await run(['run', file('none.pkt', '// nothing')])).code, 1);
    assert.equal((await run(['run'])).code, 2);
    assert.equal((await run(['run', file('good.pkt'), '--profile', 'bsd'])).code, 2);
  });

  it('says of a file that is no script one sentence, and of a script full of mistakes each of them', async () => {
    const errorsOf = async (name: string) => (await run(['run', name])).err.match(/: error: /g)?.length;
    for (const name of ['README.md', 'README.zh-CN.md', 'docs/authoring.md', 'docs/notes.md', 'package.json'])
      assert.equal(await errorsOf(name), 1, name);
    const listed = Array.from({ length: 30 }, (_, at) => `* item ${at}\n\`code\`\n`).join('');
    assert.equal(await errorsOf(file('list.md', listed)), 1);
    const mistyped = (line: string, count: number) => file('mistyped.pkt', `${line}\n`.repeat(count));
    assert.equal(await errorsOf(mistyped('O < S 0:0(0) win 65535', 3)), 3);
    assert.equal(await errorsOf(mistyped('+0 < Z 0:0(0) win 65535', 40)), 40);
    const good = '+0 < S 0:0(0) win 65535\n';
    assert.equal(await errorsOf(mistyped(`${good}O < S 0:0(0) win 65535`, 40)), 40);
  });

  it('draws captures, scenarios and scripts in every format', async () => {
    const script = file('drawn.pkt', '0 < S 0:0(0) win 65535\n+0 > R. 0:0(0) ack 1\n');
    for (const source of [SHIPPED, CAPTURE, script]) {
      for (const [format, sign] of [
        ['text', /^# profile/],
        ['mermaid', /^sequenceDiagram\n/],
        ['svg', /^<\?xml/],
        ['pkt', /^(--tolerance_usecs=\d+\n)?\/\/ Host A/],
      ] as const) {
        const { code, out, err } = await run(['draw', source, '--to', format]);
        assert.equal(code, 0, err);
        assert.match(out, sign);
      }
      const pcap = file('drawn.pcap');
      assert.equal((await run(['draw', source, '--to', 'pcap', '--tap', 'B', '--out', pcap])).code, 0);
      const shown = await run(['show', pcap]);
      assert.equal(shown.code, 0, shown.err);
    }
    const cut = file('drawn-cut.pcap', readFileSync(CAPTURE).subarray(0, -5));
    const half = await run(['draw', cut, '--to', 'text']);
    assert.equal(half.code, 0);
    assert.match(half.err, /drawn-cut\.pcap: byte \d+: The file breaks off/);
    assert.equal(half.out, (await run(['show', cut])).out);
    assert.equal((await run(['draw', SHIPPED, '--to', 'gif'])).code, 2);
    assert.equal((await run(['draw', SHIPPED, '--to', 'svg', '--scenario', 'nowhere'])).code, 1);
  });
});
