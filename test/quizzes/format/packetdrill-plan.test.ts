import assert from 'node:assert/strict';
import { openChecker } from '../../../quizzes/authoring/check.ts';
import { grade } from '../../../quizzes/engine/grade.ts';
import type { Pack, PacketdrillPlan } from '../../../quizzes/engine/pack.ts';
import { type Posed, pose } from '../../../quizzes/engine/posed.ts';
import { play } from '../../../quizzes/engine/run.ts';
import { valueText } from '../../../quizzes/engine/verdict.ts';
import { toGift } from '../../../quizzes/exchange/gift.ts';
import { staticPack } from '../../../quizzes/exchange/static-question.ts';
import { type LoadedPack, loadPack } from '../../../quizzes/format/load-pack.ts';
import { packHash } from '../../../quizzes/format/pack-hash.ts';

const SERVER = `0   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0   bind(3, ..., ...) = 0
+0   listen(3, 1) = 0
+0   < S 0:0(0) win 65535 <mss 1460>
+0   > S. 0:0(0) ack 1 <...>
+.05 < . 1:1(0) ack 1 win 65535
+0   accept(3, ..., ...) = 4
+.1  < F. 1:1(0) ack 1 win 65535
+0   > . 1:1(0) ack 2
+.1  close(4) = 0
+0   > F. 1:1(0) ack 2
+.05 < . 2:2(0) ack 2 win 65535
`;

const QUESTIONS = `questions:
  - { id: syn, scenario: run, when: B receives SYN, ask: next segment from B }
  - { id: fin, scenario: run, when: B receives FIN, ask: [next segment from B, state of B] }
`;

function packWith(scenario: string, questions = QUESTIONS): string {
  return `format: 1\nid: scripted\ntitle: T\nscenarios:\n  run:\n${scenario}${questions}`;
}

function inline(script: string, more = ''): string {
  return packWith(`    script: |\n${script.replace(/^(?=.)/gm, '      ')}${more}`);
}

const NAMED = packWith('    script: server.pkt\n');

async function load(text: string, files: Readonly<Record<string, string>> = {}): Promise<LoadedPack> {
  const readFile = async (name: string) => {
    const found = files[name];
    return found === undefined ? undefined : new TextEncoder().encode(found);
  };
  return loadPack(text, { file: 'test.tcpquiz.yaml', readFile });
}

function planOf(pack: Pack | undefined): PacketdrillPlan {
  const plan = pack?.scenarios['run'];
  assert.equal(plan?.kind, 'packetdrill');
  return plan;
}

function poseOn(pack: Pack | undefined, id: string, seed: number): Posed {
  const question = pack?.questions.find((one) => one.id === id);
  assert.ok(question);
  const posed = pose(question, play(planOf(pack), seed));
  assert.ok(posed.ok);
  return posed.value;
}

/** The right answers as a textbook writes them. */
function answers(posed: Posed): readonly string[] {
  return posed.fields.map((field) => {
    const right = posed.answers.get(field.name);
    assert.ok(right);
    return valueText(posed, { field, given: '', written: undefined }, right.value, 'en');
  });
}

/** Issues as "code «the text they stand at»". */
function said(text: string, { issues }: LoadedPack): string[] {
  return issues.map(({ code, start, end }) => `${code} «${text.slice(start.offset, end.offset)}»`);
}

describe('a scenario that is a packetdrill script', () => {
  it('is played by the core, from a file beside the pack or written in it, with the same answers', async () => {
    const fromFile = await load(NAMED, { 'server.pkt': SERVER });
    const written = await load(inline(SERVER));
    for (const { pack, issues } of [fromFile, written]) {
      assert.deepEqual(issues, []);
      assert.deepEqual(answers(poseOn(pack, 'syn', 1)), ['SYN ACK', 'y', 'x+1']);
      assert.deepEqual(answers(poseOn(pack, 'fin', 1)), ['ACK', 'y+1', 'x+2', 'CLOSE-WAIT']);
    }
    assert.equal(planOf(fromFile.pack).file, 'server.pkt');
    assert.equal(planOf(written.pack).file, undefined);
    assert.equal(planOf(written.pack).profile.id, 'linux');
  });

  it('has fresh numbers by each seed, and is the same run apart from them', async () => {
    const { pack } = await load(inline(SERVER, '    profile: textbook\n'));
    const [one, other] = [poseOn(pack, 'fin', 1), poseOn(pack, 'fin', 2)];
    const numbers = ({ run }: Posed) => run.timeline.transmissions.map(({ segment }) => segment.seq);
    const flags = ({ run }: Posed) =>
      run.timeline.transmissions.map(({ segment, sentAt }) => [segment.flags, sentAt]);
    assert.ok(numbers(one).every((number, place) => number !== numbers(other)[place]));
    assert.deepEqual(flags(one), flags(other));
    for (const posed of [one, other]) {
      for (const ack of ['x+2', '2r', String((posed.run.scenario?.iss.A[0] as number) + 2)]) {
        const given = { 'B.flags': 'ACK', 'B.seq': 'y+1', 'B.ack': ack, 'B.state': 'CLOSE-WAIT' };
        const graded = grade(posed, given);
        assert.ok(graded.ok && graded.value.judged.every(({ correct }) => correct), ack);
      }
      const graded = grade(posed, {
        'B.flags': 'ACK',
        'B.seq': 'y+1',
        'B.ack': 'x+1',
        'B.state': 'CLOSE-WAIT',
      });
      assert.ok(graded.ok);
      assert.deepEqual(
        graded.value.misconceptions.map(({ misconception }) => misconception.id),
        ['fin-consumes-nothing', 'ack-is-last-octet', 'ack-repeats-seq'],
      );
    }
  });

  it('takes an ISS the author states', async () => {
    const { pack, issues } = await load(inline(SERVER, '    iss: { A: 4294967295 }\n'));
    assert.deepEqual(issues, []);
    const [syn] = poseOn(pack, 'syn', 7).run.timeline.transmissions;
    assert.equal(syn?.segment.seq, 4_294_967_295);
  });

  it('is part of the pack’s hash, and has variants in exports', async () => {
    const hash = (script: string) => packHash(NAMED, async () => new TextEncoder().encode(script));
    assert.notEqual(await hash(SERVER), await hash(`${SERVER} `));
    const { pack } = await load(inline(SERVER));
    assert.ok(pack);
    const gift = toGift(staticPack(pack, { variants: 3, seed: 1, language: 'en' }));
    assert.equal(gift.match(/id:scripted\/syn\/\d\/B\.ack/g)?.length, 3);
  });

  it('is checked over many seeds while it is written', async () => {
    const { issues } = await openChecker().check(inline(SERVER), {
      file: 'x',
      readFile: async () => undefined,
      pause: () => undefined,
    });
    assert.deepEqual(issues, []);
  });

  const WRONG: readonly (readonly [string, string, readonly string[], RegExp])[] = [
    ['a file that is not there', NAMED, ['script-missing «server.pkt»'], /"server\.pkt" cannot be read/],
    [
      'a file from elsewhere',
      packWith('    script: ../server.pkt\n'),
      ['script-missing «../server.pkt»'],
      /beside the pack/,
    ],
    [
      'a line nobody understands',
      inline(SERVER.replace('listen(3, 1) = 0', 'lisssten 3')),
      ['script-unreadable «lisssten»'],
      /script:3:/,
    ],
    [
      'another expectation',
      inline(SERVER.replace('> . 1:1(0) ack 2', '> . 1:1(0) ack 3')),
      ['script-differs «+0   > . 1:1(0) ack 3»'],
      /acknowledgment number: the script expects 3, the core sends 2/,
    ],
    [
      'a key that changes nothing',
      inline(SERVER, '    delay: 1 s\n'),
      ['no-effect «delay»'],
      /changes nothing in a scenario that is a packetdrill script/,
    ],
    [
      'nothing in it',
      inline('// nothing\n// at all\n'),
      ['no-script «|\n      // nothing\n      // at all\n»'],
      /Nothing/,
    ],
  ];
  for (const [name, text, expected, message] of WRONG) {
    it(`says so: ${name}`, async () => {
      const loaded = await load(text);
      assert.deepEqual(said(text, loaded), expected);
      assert.match(loaded.issues[0]?.message.en ?? '', message);
    });
  }

  it('names the line of a file', async () => {
    const { issues } = await load(NAMED, { 'server.pkt': SERVER.replace('listen(3, 1) = 0', 'lisssten 3') });
    assert.match(issues[0]?.message.en ?? '', /server\.pkt:3/);
  });

  it('can be taken over by a scenario that is like it', async () => {
    const text = inline(SERVER, '  other: { like: run, profile: rfc9293 }\n');
    const { pack, issues } = await load(text);
    assert.deepEqual(issues, []);
    const other = pack?.scenarios['other'];
    assert.equal(other?.kind === 'packetdrill' && other.profile.id, 'rfc9293');
  });
});
