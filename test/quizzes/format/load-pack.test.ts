import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readAsk, readWhen } from '../../../quizzes/format/ask-phrases.ts';
import { readCall } from '../../../quizzes/format/call-phrases.ts';
import { loadPack } from '../../../quizzes/format/load-pack.ts';
import { load, packOf, posed } from '../support.ts';

const SCRIPT = `
- B: listen
- A: connect
- A: close
- B: close
`;
const GOOD = '- { id: good, scenario: run, when: B receives SYN, ask: next segment from B }';

const HEAD = `format: 1
id: test-pack
title: Test
profile: textbook
`;

/**
 * What is wrong, the file with «the place» of each issue marked, and the issues in file order as "code pointer".
 */
const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  ['an empty file', '«»', ['not-a-pack ']],
  ['text', '«h»ello', ['not-a-pack ']],
  ['a list', '«-» 1', ['not-a-pack ']],
  ['another format', 'format: «2»\n', ['unknown-format /format']],
  ['no id', '«f»ormat: 1\ntitle: T\n', ['missing-key /id']],
  ['an id with capitals', 'format: 1\nid: «My Pack»\ntitle: T\n', ['bad-value /id']],
  ['no questions', HEAD.replace('test-pack', '«test-pack»'), ['no-questions ']],
  [
    'a key that stands twice',
    packOf(SCRIPT, GOOD).replace('title: Test', 'title: Test\n«title»: Again'),
    ['duplicate-key '],
  ],
  ['an unknown key at the top', `${HEAD}«colour»: red\n`, ['unknown-key /colour']],
  [
    'a misspelt phrase',
    packOf(SCRIPT, `${GOOD}\n- { id: bad, scenario: run, when: B «recieves» SYN, ask: state of B }`),
    ['bad-phrase /questions/1/when'],
  ],
  [
    'misspelt phrases in quotes',
    packOf(SCRIPT, `${GOOD}\n- { id: bad, scenario: run, when: "B «recieves» SYN", ask: '«state» off B' }`),
    ['bad-phrase /questions/1/when', 'bad-phrase /questions/1/ask'],
  ],
  ['a misspelt call', packOf(`${SCRIPT}- A: «snd» 300\n`, GOOD), ['bad-phrase /scenarios/run/script/4/A']],
  [
    'an unknown key in a question',
    packOf(SCRIPT, `${GOOD}\n- { id: bad, scenario: run, «wehn»: B receives SYN, ask: state of B }`),
    ['unknown-key /questions/1/wehn'],
  ],
  [
    'a question without its moment',
    packOf(SCRIPT, `${GOOD}\n- { id: «bad», scenario: run, ask: state of B }`),
    ['missing-key /questions/1'],
  ],
  [
    'a scenario that is not there',
    packOf(SCRIPT, `${GOOD}\n- { id: bad, scenario: «ran», when: end, ask: state of B }`),
    ['unknown-scenario /questions/1/scenario'],
  ],
  [
    'a moment that never comes',
    packOf(SCRIPT, `${GOOD}\n- { id: bad, scenario: run, when: «B receives FIN 2», ask: state of B }`),
    ['no-such-moment /questions/1/when'],
  ],
  [
    'a segment that never comes',
    packOf(SCRIPT, `${GOOD}\n- { id: bad, scenario: run, when: end, ask: «next segment from B» }`),
    ['no-answer /questions/1/ask'],
  ],
  [
    'the same id twice',
    packOf(SCRIPT, `${GOOD}\n${GOOD.replace('good', '«good»')}`),
    ['duplicate-id /questions/1/id'],
  ],
  [
    'nothing asked',
    packOf(SCRIPT, `${GOOD}\n- { id: «bad», scenario: run, when: end }`),
    ['nothing-asked /questions/1'],
  ],
  [
    'asked and prose at once',
    packOf(
      SCRIPT,
      `${GOOD}\n- { id: bad, scenario: run, when: end, ask: state of B, prompt: P, «rubric»: [a] }`,
    ),
    ['asked-twice /questions/1'],
  ],
  [
    'feedback for an unknown misconception',
    packOf(
      SCRIPT,
      `${GOOD}\n- { id: bad, scenario: run, when: end, ask: state of B, feedback: { «fin-eats-nothing»: x } }`,
    ),
    ['unknown-misconception /questions/1/feedback/fin-eats-nothing'],
  ],
  [
    'feedback that is never shown',
    packOf(
      SCRIPT,
      '- { id: odd, scenario: run, when: A calls connect, ask: state of A, feedback: { «one-msl»: x } }',
    ),
    ['feedback-never /questions/0/feedback/one-msl'],
  ],
  [
    'a picture that gives away the next question',
    packOf(SCRIPT, `- { id: «first», scenario: run, when: end, ask: state of A }\n${GOOD}`),
    ['gives-away /questions/0'],
  ],
  [
    'no profile, where profiles answer differently',
    packOf(
      SCRIPT,
      `${GOOD}\n- { id: bad, scenario: run, when: A enters TIME-WAIT, ask: «time left in TIME-WAIT at A» }`,
    ).replace('profile: textbook\n', ''),
    ['depends-on-profile /questions/1/ask'],
  ],
  ['an unknown profile', packOf(SCRIPT, GOOD, 'profile: «bsd»'), ['bad-value /scenarios/run/profile']],
  [
    'an override that is none',
    packOf(SCRIPT, GOOD, 'profile: { base: textbook, «mls»: 30 s }'),
    ['unknown-key /scenarios/run/profile/mls'],
  ],
  [
    'a time without a unit',
    packOf(SCRIPT, GOOD, 'profile: { base: textbook, msl: "30«»" }'),
    ['bad-phrase /scenarios/run/profile/msl'],
  ],
  [
    'a scenario in which nothing happens',
    packOf(SCRIPT, GOOD).replace('questions:', '  «idle»: { delay: 1 s }\nquestions:'),
    ['no-script /scenarios/idle'],
  ],
  [
    'scenarios like each other',
    packOf(SCRIPT, GOOD, 'like: «other»').replace('questions:', '  other: { like: «run» }\nquestions:'),
    ['like-loop /scenarios/run/like', 'like-loop /scenarios/other/like'],
  ],
  [
    'two faults in one',
    packOf(SCRIPT, GOOD, 'network: [«{ lose: last ACK from A, delay: first SYN from A by 1 s }»]'),
    ['bad-value /scenarios/run/network/0'],
  ],
  [
    'a line with two things',
    packOf(`${SCRIPT}- «{ A: close, B: close }»\n`, GOOD),
    ['bad-value /scenarios/run/script/4'],
  ],
  [
    'a capture that is not there',
    `${HEAD}scenarios:\n  run: { capture: «captures/none.pcap» }\nquestions:\n  ${GOOD}\n`,
    ['capture-missing /scenarios/run/capture'],
  ],
  [
    'a capture outside the folder of the pack',
    `${HEAD}scenarios:\n  run: { capture: «../../package.json» }\nquestions:\n  ${GOOD}\n`,
    ['capture-missing /scenarios/run/capture'],
  ],
  [
    'a capture that is none',
    `${HEAD}scenarios:\n  run: { capture: «01-header-and-flags.tcpquiz.yaml» }\nquestions:\n  ${GOOD}\n`,
    ['capture-unreadable /scenarios/run/capture'],
  ],
  [
    'a connection the capture does not have',
    `${HEAD}scenarios:\n  run: { capture: captures/normal_client_close.client.pcap, connection: «7» }\nquestions:\n  ${GOOD}\n`,
    ['no-such-connection /scenarios/run/connection'],
  ],
  [
    'faults that never strike, and not of those that do',
    packOf(
      SCRIPT,
      GOOD,
      'network:\n  - lose: «third data from B»\n  - lose: last ACK from A\n  - delay: «second RST from A by 1 s»',
    ),
    ['fault-never /scenarios/run/network/0/lose', 'fault-never /scenarios/run/network/2/delay'],
  ],
  [
    'a text cut at a comma',
    packOf(
      SCRIPT,
      `${GOOD}\n- { id: b, scenario: run, when: end, ask: state of A, prompt: { en: «One, two», zh-CN: 一，二 } }`,
    ),
    ['cut-at-comma '],
  ],
];

/** Takes the marks out of a text: the text, and what stood between them as offsets. */
function unmark(marked: string): {
  readonly text: string;
  readonly places: readonly (readonly [number, number])[];
} {
  const places: [number, number][] = [];
  let text = '';
  for (const part of marked.split(/(«[^»]*»)/)) {
    const inner = part.startsWith('«') ? part.slice(1, -1) : part;
    if (part.startsWith('«')) places.push([text.length, text.length + inner.length]);
    text += inner;
  }
  return { text, places };
}

function lineAndColumn(text: string, offset: number): readonly [number, number] {
  const before = text.slice(0, offset).split('\n');
  return [before.length, (before.at(-1) ?? '').length + 1];
}

describe('a pack with something wrong in it', () => {
  for (const [what, marked, expected] of CASES) {
    it(`tells of ${what}, and where`, async () => {
      const { text, places } = unmark(marked);
      const { issues } = await load(text);
      assert.deepEqual(
        issues.map(({ code, at }) => `${code} ${at}`),
        expected,
      );
      assert.deepEqual(
        issues.map(({ start, end }) => [start.offset, end.offset]),
        places,
      );
      for (const { start, message, file } of issues) {
        assert.deepEqual([start.line, start.column], lineAndColumn(text, start.offset));
        assert.ok(message.en.length > 10 && message['zh-CN'].length > 5);
        // What stands in quotes is to be written as it is; all else is in Chinese.
        const said = message['zh-CN'].replace(/"[^"]*"/g, '');
        assert.doesNotMatch(said, /\b(?:an?|the|or|and|of|such|up|number|list|map|text)\b/);
        assert.equal(file, 'test.tcpquiz.yaml');
      }
    });
  }

  for (const text of [
    `${HEAD}scenarios:\n\trun: {}\n`,
    `${HEAD}summary: "no end\n`,
    `${HEAD}a: *nobody\n`,
    '[[['.repeat(5000),
    '- '.repeat(3000),
    '? '.repeat(3000),
    `${' '.repeat(5000)}a: b`,
    Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
    `a: &a [${'*a,'.repeat(3)}]`,
    'x'.repeat(1_000_001),
  ]) {
    it(`tells of ${JSON.stringify(text.slice(-20))}`, async () => {
      const { pack, issues } = await load(text);
      assert.equal(pack, undefined);
      assert.ok(issues.some(({ severity }) => severity === 'error'));
    });
  }

  it('keeps the good questions', async () => {
    const bad = [
      '- { id: BAD, scenario: run, when: end, ask: state of B }',
      '- 7',
      '- { id: worse, scenario: run, when: never, ask: [state of B, colour of A], difficulty: 9 }',
    ].join('\n');
    const { pack, issues } = await load(packOf(SCRIPT, `${bad}\n${GOOD}`));
    assert.deepEqual(
      pack?.questions.map(({ id }) => id),
      ['good'],
    );
    assert.ok(issues.length >= 3);
  });

  it('keeps the questions before a syntax error', async () => {
    const { pack, issues } = await load(`${packOf(SCRIPT, GOOD)}  - { id: bad, prompt: "no end\n`);
    assert.deepEqual(
      pack?.questions.map(({ id }) => id),
      ['good'],
    );
    assert.equal(issues[0]?.code, 'bad-yaml');
  });

  const slips = [
    ['indented', '- id: bad\n  scenario: run\n    when: B receives SYN', 'indented wrongly', '缩进有误'],
    ['colon', '- id: bad\n  prompt: Why: because', 'second colon', '第二个冒号'],
    ['quote', '- { id: bad, prompt: "no end', 'is missing here', '此处缺少'],
  ] as const;
  for (const [name, text, en, chinese] of slips) {
    it(`tells of a slip in YAML once a line and in the author's words: ${name}`, async () => {
      const { issues } = await load(packOf(SCRIPT, `${GOOD}\n${text}`));
      assert.match(issues[0]?.message.en ?? '', new RegExp(en));
      assert.match(issues[0]?.message['zh-CN'] ?? '', new RegExp(chinese));
      const lines = issues.map(({ start }) => start.line);
      assert.equal(new Set(lines).size, lines.length);
    });
  }

  it('keeps the scenarios that have nothing to do with a broken one', async () => {
    const { pack } = await load(
      packOf(SCRIPT, GOOD).replace(
        'questions:',
        '  broken: { like: run, network: [{ lose: nothing }] }\nquestions:',
      ),
    );
    assert.deepEqual(Object.keys(pack?.scenarios ?? {}), ['run']);
  });

  it('suggests what was probably meant', async () => {
    const { issues } = await load(
      packOf(SCRIPT, '- { id: bad, scenario: run, when: B recieves SYN, ask: state of B }'),
    );
    assert.match(
      issues.find(({ code }) => code === 'bad-phrase')?.message.en ?? '',
      /^Not understood from here: "recieves"; expected "receives"/,
    );
  });

  it('survives a readFile that fails', async () => {
    const text = `${HEAD}scenarios:\n  run: { capture: a.pcap }\nquestions:\n  ${GOOD}\n`;
    const { issues } = await loadPack(text, { file: 'x', readFile: () => Promise.reject(new Error('no')) });
    assert.ok(issues.some(({ code }) => code === 'capture-missing'));
  });
});

describe('a slip that tells what was meant', () => {
  const question = (more: string) =>
    packOf(SCRIPT, `- { id: good, scenario: run, when: B receives SYN, ask: next segment from B${more} }`);
  for (const [what, text, says] of [
    ['tabs', `${HEAD}scenarios:\n\trun:\n\t\tscript:\n\t\t\t- A: connect\n`, /use spaces/],
    ['no space after a colon', packOf('- A:connect', GOOD), /a space after the colon: "A: connect"/],
    ['a time without a unit', `${packOf(SCRIPT, GOOD)}exam: { time-limit: 45 }\n`, /such as "45 min"/],
    ['a percent sign', `${packOf(SCRIPT, GOOD)}exam: { pass: 60% }\n`, /write 60, without %/],
    ['an answer', question(', answer: ACK'), /Answers are computed from the run; remove "answer"/],
  ] as const) {
    it(`is told once: ${what}`, async () => {
      const { issues } = await load(text);
      assert.equal(issues.filter(({ message }) => says.test(message.en)).length, 1, JSON.stringify(issues));
      assert.ok(issues.filter(({ severity }) => severity === 'error').length <= 2);
    });
  }
});

describe('a capture', () => {
  const asking = (profile: string, more = '') =>
    load(`${HEAD.replace('profile: textbook', profile)}scenarios:
  run:
    capture: captures/normal_client_close.client.pcap${more}
questions:
  - { id: q, scenario: run, when: A receives FIN, ask: time left in TIME-WAIT at A }
`);
  for (const [profile, more, expected] of [
    ['profile: textbook', '', 60_000],
    ['profile: rfc9293', '', 240_000],
    ['profile: textbook', '\n    profile: { base: textbook, msl: 10 s }', 20_000],
  ] as const) {
    it(`is read by the profile that is named: ${profile}${more}`, async () => {
      const { pack, issues } = await asking(profile, more);
      assert.deepEqual(issues, []);
      assert.ok(pack);
      const value = posed(pack, 'q').answers.get('A.time-wait')?.value;
      assert.deepEqual(value, { kind: 'duration', time: expected });
    });
  }
  it('without a profile can be asked only what all profiles answer alike', async () => {
    const { issues } = await asking('summary: None');
    assert.deepEqual(
      issues.map(({ code, at }) => `${code} ${at}`),
      ['depends-on-profile /questions/0/ask'],
    );
  });
  it('has as many connections as it has: which to choose is said', async () => {
    const { issues } = await asking('profile: textbook', '\n    connection: 9');
    assert.equal(
      issues[0]?.message.en,
      'There is no connection 9: "captures/normal_client_close.client.pcap" holds one; write 1.',
    );
  });
});

describe('the example that the format was designed by', () => {
  it('loads but for the one moment that never comes', async () => {
    const { pack, issues } = await load(readFileSync('test/fixtures/example.tcpquiz.yaml', 'utf8'));
    assert.deepEqual(
      issues.map(({ code, severity }) => `${severity} ${code}`),
      ['error no-such-moment', 'warning cut-at-comma'],
    );
    assert.deepEqual(
      pack?.questions.map(({ id }) => id),
      ['ack-of-fin', 'timer-restarts', 'crossing-fins', 'why-time-wait'],
    );
    assert.equal(pack?.questions[3]?.rubric[0]?.['zh-CN'], '最后的 ACK 可能丢失，需要能够重发');
  });
});

describe('who wrote a pack', () => {
  for (const [written, authors] of [
    ['', undefined],
    ['author: Ann', ['Ann']],
    ['authors: [Ann, Ben]', ['Ann', 'Ben']],
    ['author: Ann\nauthors: [Ann, Ben]', ['Ann', 'Ben']],
  ] as const) {
    it(`is told in a list: ${JSON.stringify(written)}`, async () => {
      const { pack, issues } = await load(
        packOf(SCRIPT, GOOD).replace('title: Test', `title: Test\n${written}`),
      );
      assert.deepEqual(issues, []);
      assert.deepEqual(pack?.authors, authors);
    });
  }
});

describe('the guide for authors', () => {
  it('begins with a pack that loads without an issue', async () => {
    const guide = readFileSync('docs/authoring.md', 'utf8');
    const first = /```yaml\n(format: 1[\s\S]*?)```/.exec(guide)?.[1];
    assert.ok(first);
    const { pack, issues } = await load(first);
    assert.deepEqual(issues, []);
    assert.equal(pack?.questions.length, 2);
  });

  it('names only calls, moments and asks that are understood', () => {
    const guide = readFileSync('docs/authoring.md', 'utf8');
    const phrases = [...guide.matchAll(/`([^`\n]+)`/g)].map(([, phrase]) => phrase ?? '');
    const moments = phrases.filter((phrase) =>
      /^[AB](?:'s .* fires| (?:receives|sends|calls|enters|crashes))/.test(phrase),
    );
    assert.ok(moments.length >= 8);
    for (const moment of moments) assert.ok(readWhen(moment).ok, moment);
    const asks = phrases.filter((phrase) =>
      /^(?:next segment|flags and|numbers taken|state of|SND|RCV|time |who |what )/.test(phrase),
    );
    assert.ok(asks.length >= 9);
    for (const ask of asks) assert.ok(readAsk(ask).ok, ask);
    const calls = phrases.flatMap((phrase) => /^([AB]): (.*)$/.exec(phrase)?.[2] ?? []);
    assert.ok(calls.length >= 10);
    for (const call of calls) assert.ok(readCall(call, 'A').ok, call);
  });
});
