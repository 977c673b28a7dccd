import assert from 'node:assert/strict';
import { type Analysis, openChecker } from '../../../quizzes/authoring/check.ts';
import { complete } from '../../../quizzes/authoring/complete.ts';
import { explain } from '../../../quizzes/authoring/hover.ts';
import { KEY_DOCS } from '../../../quizzes/authoring/key-docs.ts';
import { momentsOf } from '../../../quizzes/authoring/moments.ts';
import { keysAt } from '../../../quizzes/authoring/pack-schema.ts';
import { ownerAt } from '../../../quizzes/authoring/slots.ts';
import { findCut } from '../../../quizzes/engine/cut.ts';
import { MISCONCEPTION_IDS } from '../../../quizzes/engine/misconceptions.ts';
import { readWhen } from '../../../quizzes/format/ask-phrases.ts';
import { readBeside, runOf, shippedPacks } from '../support.ts';

const PACK = `format: 1
id: p
title: { en: P, zh-CN: 题 }
profile: textbook
scenarios:
  first:
    script:
      - B: listen
      - A: connect
      - A: send 1..900
      - A: close
      - B: close
    network:
      - lose: last ACK from A
  other:
    like: first
questions:
  - id: one
    scenario: first
    when: B receives FIN
    ask: [next segment from B, state of B]
    feedback:
      fin-consumes-nothing: { en: Look., zh-CN: 看。 }
sections:
  - title: { en: S, zh-CN: 节 }
    questions:
      - { id: two, scenario: other, when: A enters TIME-WAIT, ask: state of A }
`;

function analyse(text: string): Promise<Analysis> {
  return openChecker().check(text, { file: 'x', readFile: readBeside, pause: () => undefined });
}

/** The pack with a change in it; `|` is the cursor. */
function at(from: string, to: string): { readonly text: string; readonly offset: number } {
  assert.ok(PACK.includes(from), from);
  const marked = PACK.replace(from, to);
  return { text: marked.replace('|', ''), offset: marked.indexOf('|') };
}

function labels(from: string, to: string, known?: Analysis): readonly string[] {
  const { text, offset } = at(from, to);
  return complete(text, offset, known).map(({ label }) => label);
}

/** The file after taking the completion of that label. */
function taken(from: string, to: string, label: string): string {
  const { text, offset } = at(from, to);
  const one = complete(text, offset).find((known) => known.label === label);
  assert.ok(one, `${label} is not offered`);
  const line = text.slice(text.lastIndexOf('\n', one.from) + 1).split('\n')[0] ?? '';
  const after = text.slice(0, one.from) + one.insert + text.slice(one.to);
  const place = after.indexOf('\n', one.from);
  assert.ok(line.length > 0 || place >= 0);
  return after.slice(after.lastIndexOf('\n', one.from) + 1, place < 0 ? undefined : place);
}

describe('alternatives of a question', () => {
  it('are completed from their grammar, and explained', () => {
    const list = 'ask: [next segment from B, state of B]\n    alternatives:\n      - ';
    const begun = (typed: string) => labels('ask: [next segment from B, state of B]', `${list}${typed}|`);
    assert.deepEqual(begun('profile '), ['textbook', 'rfc9293', 'linux']);
    assert.ok(begun('').includes('within'));
    assert.ok(begun('at A ent').includes('enters'));
    assert.ok(begun('state of B ').includes('='));
    const { text, offset } = at('ask: [next segment from B, state of B]', `${list}profile li|nux`);
    assert.match(explain(text, offset, undefined, 1)?.paragraphs[0]?.en ?? '', /Accepted, too/);
  });
});

describe('what is finished', () => {
  for (const [from, to] of [
    ['when: B receives FIN', 'when: B receives FIN|'],
    ['- A: close', '- A: close|'],
    ['scenario: first', 'scenario: first|'],
    ['profile: textbook', 'profile: textbook|'],
    ['ask: [next segment from B, state of B]', 'ask: state of A|'],
  ] as const) {
    it(`leaves Enter to the line: ${to}`, async () => {
      assert.deepEqual(labels(from, to, await analyse(PACK)), []);
    });
  }
  it('goes on after a blank', async () => {
    const known = await analyse(PACK.replace('lose: last ACK from A', 'lose: first FIN from A'));
    assert.ok(labels('- A: close', '- A: close |').includes('close at EOF'));
    assert.ok(labels('when: B receives FIN', 'when: B receives |', known).includes('B receives FIN'));
  });
});

describe('completion in a pack', () => {
  /** What is written, and what must be among the offers, and what must not. */
  const CASES: readonly (readonly [
    from: string,
    to: string,
    offers: readonly string[],
    not: readonly string[],
  ])[] = [
    ['profile: textbook', '|', ['summary', 'license', 'profile', 'intro'], ['id', 'scenarios', 'when']],
    ['profile: textbook', 'profile: |', ['textbook', 'rfc9293', 'linux'], ['msl']],
    ['profile: textbook', 'profile: { base: textbook, m|', ['msl', 'max-rto', 'mss'], ['format']],
    ['    like: first', '    |', ['like', 'script', 'capture', 'network', 'believe'], ['when', 'A']],
    ['    like: first', '    like: |', ['first', 'other'], []],
    ['    like: first', '    believe: |', ['fin-consumes-nothing', 'one-msl'], ['first']],
    ['      - A: connect', '      - |', ['A', 'B', 'network', 'wait', 'together'], ['script', 'lose']],
    [
      '      - A: connect',
      '      - A: |',
      ['connect', 'listen', 'close', 'send', 'stop reading'],
      ['A', 'start'],
    ],
    ['      - A: connect', '      - A: clo|', ['close', 'close at EOF'], ['listen']],
    ['      - A: connect', '      - together: [{ A: |', ['close', 'abort'], ['listen2']],
    ['      - A: connect', '      - network: |', ['cut', 'heal', 'old', 'forged'], ['A']],
    ['      - lose: last ACK from A', '      - |', ['lose', 'delay', 'duplicate'], ['A', 'wait']],
    [
      '      - lose: last ACK from A',
      '      - lose: last |',
      ['ACK from A', 'FIN from B', 'SYN-ACK from B'],
      ['last'],
    ],
    ['      - lose: last ACK from A', '      - lose: last ACK |', ['from A', 'from B'], ['A']],
    [
      '    when: B receives FIN',
      '    |',
      ['when', 'hints', 'prompt', 'difficulty'],
      ['ask', 'scenario', 'feedback'],
    ],
    ['    when: B receives FIN', '    w|', ['when'], ['hints']],
    ['    when: B receives FIN', '    when: |', ['start', 'end', 'A', 'B'], ['next segment from A']],
    ['    when: B receives FIN', '    when: B |', ['receives', 'sends', 'calls', 'enters', 'crashes'], ['B']],
    ['    when: B receives FIN', '    when: B rec|', ['receives'], ['sends']],
    ['    when: B receives FIN', '    when: B enters |', ['TIME-WAIT', 'SYN-RECEIVED'], ['FIN']],
    ['    when: B receives FIN', "    when: B's |", ['2MSL timer fires', 'retransmission timer fires'], []],
    ['    when: B receives FIN', '    when: B receives F|', ['FIN'], ['SYN']],
    [
      '[next segment from B, state of B]',
      '|',
      [
        'next segment from A',
        'next segment from B',
        'state of A',
        'who sends next',
        "what A's application sees",
      ],
      ['start', 'next segment from'],
    ],
    [
      '[next segment from B, state of B]',
      'next seg|',
      ['next segment from A', 'next segment from B'],
      ['state of A'],
    ],
    ['[next segment from B, state of B]', '[state of A, |]', ['SND.NXT of A', 'flags'], []],
    ['[next segment from B, state of B]', 'flags and |', ['ack', 'seq', 'length'], ['state of A']],
    ['[next segment from B, state of B]', '\n      - stat|', ['state of A', 'state of B'], []],
    ['scenario: first', 'scenario: |', ['first', 'other'], ['textbook']],
    ['      fin-consumes-nothing:', '      |:', ['one-msl'], ['id', 'when']],
    ['{ en: Look., zh-CN: 看。 }', '{ |', ['en', 'zh-CN'], ['id']],
    ['  - title: { en: S, zh-CN: 节 }', '  - title: S\n    |', ['intro'], ['title', 'questions', 'when']],
    ['ask: state of A }', 'as|', ['ask'], ['when: ']],
    ['when: A enters TIME-WAIT, ask', 'when: A |, ask', ['enters', 'receives'], []],
  ];
  for (const [from, to, offers, not] of CASES) {
    it(`offers ${offers[0]} at ${JSON.stringify(to.trim())}`, () => {
      const found = labels(from, to);
      for (const offer of offers)
        assert.ok(found.includes(offer), `${offer} is not among ${found.join(', ')}`);
      for (const none of not) assert.ok(!found.includes(none), `${none} is offered`);
    });
  }

  it('offers whole questions and scenarios that can be read as they are', async () => {
    for (const [from, to] of [
      ['sections:', '  - |\nsections:'],
      ['questions:', '  |\nquestions:'],
    ] as const) {
      const { text, offset } = at(from, to);
      const snippets = complete(text, offset).filter(({ kind }) => kind === 'snippet');
      assert.ok(snippets.length >= 2);
      for (const { insert, from: start, to: end, label } of snippets) {
        const filled = insert
          .replaceAll('close', 'first')
          .replace(/\$\{\d+\|([^,]+),[^}]*\}/g, '$1')
          .replace(/\$\{\d+:([^}]*)\}/g, '$1')
          .replace('first:', 'third:')
          .replaceAll('- A: first', '- A: close')
          .replaceAll('- B: first', '- B: close')
          .replaceAll('\n', '\n  ');
        const { issues } = await analyse(text.slice(0, start) + filled + text.slice(end));
        assert.deepEqual(
          issues.filter(({ severity }) => severity === 'error').map(({ message }) => message.en),
          [],
          `${label}\n${filled}`,
        );
      }
    }
  });

  it('writes keys with what has to follow them', () => {
    assert.equal(taken('    when: B receives FIN', '    whe|', 'when'), '    when: ');
    assert.equal(taken('    when: B receives FIN', '    hi|', 'hints'), '    hints:');
    assert.equal(
      taken('    when: B receives FIN', '    whe|: B receives FIN', 'when'),
      '    when: B receives FIN',
    );
    assert.equal(taken('when: B receives FIN', 'when: B rec| FIN', 'receives'), '    when: B receives ');
    const { text, offset } = at('    when: B receives FIN', '    hi|');
    const hints = complete(text, offset).find(({ label }) => label === 'hints');
    assert.equal(hints?.insert, 'hints:\n  - ');
  });

  it('offers the moments that really come, each of which does', async () => {
    const found = labels('when: B receives FIN', 'when: |', await analyse(PACK));
    for (const moment of ['B receives FIN', 'A enters TIME-WAIT', "A's 2MSL timer fires", 'B receives ACK 2'])
      assert.ok(found.includes(moment), `${moment} is not among ${found.join(', ')}`);
    assert.ok(!found.includes('B receives RST'));
    for (const pack of await shippedPacks()) {
      for (const question of pack.questions.filter(({ scenario }) => scenario !== undefined)) {
        const { timeline } = runOf(pack, question, 1);
        for (const { phrase } of momentsOf(timeline)) {
          const when = readWhen(phrase);
          assert.ok(when.ok && findCut(timeline, when.value), `${question.id}: ${phrase}`);
        }
      }
    }
  });

  it('never throws, wherever the cursor is and whatever is cut off there', () => {
    for (let offset = 0; offset <= PACK.length; offset += 1) {
      complete(PACK, offset);
      complete(PACK.slice(0, offset), offset);
      explain(PACK.slice(0, offset), Math.max(0, offset - 1), undefined, 1);
    }
  });

  it('offers every misconception with its explanation in both languages', () => {
    const { text, offset } = at('fin-consumes-nothing: {', '|: {');
    const found = complete(text, offset);
    assert.deepEqual(found.map(({ label }) => label).sort(), [...MISCONCEPTION_IDS].sort());
    for (const { doc } of found) assert.match(doc?.['zh-CN'] ?? '', /\p{Script=Han}/u);
  });
});

describe('explanations', () => {
  it('are there for every key of the schema in both languages, and for none besides', () => {
    const places = [
      [],
      ['sections', '*'],
      ['scenarios', 's'],
      ['scenarios', 's', 'script', '*'],
      ['scenarios', 's', 'network', '*'],
      ['scenarios', 's', 'hosts'],
      ['scenarios', 's', 'hosts', 'A'],
      ['scenarios', 's', 'iss'],
      ['profile'],
      ['exam'],
      ['questions', '*'],
      ['title'],
    ];
    const keys = places.flatMap((path) => keysAt(path).map((key) => `${ownerAt(path)}.${key}`));
    assert.deepEqual(Object.keys(KEY_DOCS).sort(), keys.sort());
    for (const [key, { en, 'zh-CN': zh }] of Object.entries(KEY_DOCS)) {
      assert.match(en, /\.$/, key);
      assert.match(zh, /\p{Script=Han}.*。$/u, key);
    }
  });

  async function hover(from: string, to: string, seed = 7): Promise<readonly string[]> {
    const { text, offset } = at(from, to);
    return explain(text, offset, await analyse(text), seed)?.paragraphs.map(({ en }) => en) ?? [];
  }

  it('say what a key, a call and a fault are', async () => {
    assert.match((await hover('    when: B', '    wh|en: B'))[0] ?? '', /up to which the learner sees/);
    assert.match((await hover('A: connect', 'A: con|nect'))[0] ?? '', /sends a SYN/);
    assert.match((await hover('lose: last', 'lose: la|st'))[0] ?? '', /never arrives/);
    assert.deepEqual(await hover('title: { en: P', 'title: { en: P|'), []);
  });

  it('say what a misconception is', async () => {
    const [name, text, source] = await hover('fin-consumes-nothing:', 'fin-cons|umes-nothing:');
    assert.match(name ?? '', /FIN consumes nothing/);
    assert.match(text ?? '', /takes one sequence number/);
    assert.match(source ?? '', /\[RFC 9293 §3\.4]\(https:/);
  });

  it('say when a moment comes and what the answer is, for the seed of the preview', async () => {
    const [meaning, times, answer] = await hover('when: B receives FIN', 'when: B rec|eives FIN');
    assert.match(meaning ?? '', /the learner sees it arrive/);
    assert.equal(times, 'Such a moment comes once in this scenario.');
    assert.match(answer ?? '', /^Answer \(seed 7\): flags: \*\*ACK\*\*.*CLOSE-WAIT/);
    assert.match((await hover('id: two', 'id: t|wo'))[0] ?? '', /TIME-WAIT/);
    assert.match(
      (await hover('ask: [next', 'ask: [ne|xt')).join(),
      /flags, seq, ack of the first segment B.*Answer/,
    );
  });
});
