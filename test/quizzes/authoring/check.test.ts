import assert from 'node:assert/strict';
import { type Analysis, openChecker } from '../../../quizzes/authoring/check.ts';
import { openInPieces } from '../../../quizzes/authoring/pieced-document.ts';
import { cutIntoPieces } from '../../../quizzes/authoring/pieces.ts';
import { openDocument } from '../../../quizzes/format/document.ts';
import { load, packOf, readBeside, readShipped, SHIPPED } from '../support.ts';

function check(text: string): Promise<Analysis> {
  return openChecker().check(text, {
    file: 'test.tcpquiz.yaml',
    readFile: readBeside,
    pause: () => undefined,
  });
}

/** Issues as "code «the text they stand at»". */
async function said(text: string): Promise<string[]> {
  const { issues } = await check(text);
  return issues.map(({ code, start, end }) => `${code} «${text.slice(start.offset, end.offset)}»`);
}

const SCRIPT = `
- B: listen
- A: connect
- A: send 300
- A: close
- B: close
`;
const HEADLESS = packOf(
  SCRIPT,
  '- { id: q, scenario: run, when: A enters TIME-WAIT, ask: time left in TIME-WAIT at A }',
).replace('profile: textbook\n', '');

describe('a file cut into its questions', () => {
  it('is the same data, in the same places, as read whole', async () => {
    for (const name of SHIPPED) {
      const text = readShipped(name);
      const whole = openDocument(text, name);
      const pieced = await openInPieces(text, name, new Map());
      assert.deepEqual(pieced.value, whole.value, name);
      const count = cutIntoPieces(text)?.length ?? 0;
      assert.ok(count >= 4, `${name}: ${count} pieces`);
      visit(whole.value, [], (path) => {
        if (typeof path.at(-1) === 'string')
          assert.deepEqual(pieced.span(path, 'key'), whole.span(path, 'key'), `${name}: ${path.join('/')}`);
        const at = whole.span(path);
        // A map ends where its last value ends, or at the comment after it.
        assert.equal(pieced.span(path).from, at.from, `${name}: ${path.join('/')}`);
      });
    }
  });

  it('says the same of a pack as the library does', async () => {
    for (const name of SHIPPED) {
      const broken = readShipped(name)
        .replace(/receives/, 'recieves')
        .replace(/ask:/, 'aks:');
      const { issues } = await load(broken);
      assert.deepEqual(
        (await check(broken)).issues.map(({ code, at, start, end }) => [code, at, start, end]),
        issues.map(({ code, at, start, end }) => [code, at, start, end]),
        name,
      );
    }
  });

  it('is read whole when it is laid out in another way', () => {
    for (const text of [
      '{ format: 1, questions: [] }',
      '---\nformat: 1\n',
      'a: &x 1\nb: *x\n',
      'questions:\n\t- a\n',
    ]) {
      assert.deepEqual(cutIntoPieces(text) ?? [], [], text);
    }
  });

  it('keeps a syntax error in the question that has it', async () => {
    const text = packOf(
      SCRIPT,
      [
        '- { id: one, scenario: run, when: B receives SYN, ask: next segment from B }',
        '- { id: two, scenario: run, when: "B rec',
        '- { id: three, scenario: run, when: B receives FIN, ask: next segment from B }',
      ].join('\n'),
    );
    const { questions, issues } = await check(text);
    assert.deepEqual(
      questions.map(({ question }) => question.id),
      ['one', 'three'],
    );
    assert.ok(issues.length > 0);
    for (const { code, start } of issues) assert.deepEqual([code, start.line], ['bad-yaml', start.line]);
  });
});

describe('what takes runs of the core to say', () => {
  it('is nothing for the shipped packs', async () => {
    for (const name of SHIPPED) assert.deepEqual((await check(readShipped(name))).issues, [], name);
  });

  it('asks for a profile only where the answer depends on it, and names the answers', async () => {
    assert.deepEqual(await said(HEADLESS), ['depends-on-profile «time left in TIME-WAIT at A»']);
    const [issue] = (await check(HEADLESS)).issues;
    assert.match(issue?.message.en ?? '', /textbook: .*; rfc9293: .*; linux: /);
    const same = HEADLESS.replace('time left in TIME-WAIT at A', 'state of B');
    assert.deepEqual(await said(same), []);
  });

  it('warns where some numbers make a misconception right', async () => {
    const question = (more = '') =>
      `- { id: q, scenario: run, when: A sends data, ask: ack of next segment from B${more} }`;
    const feedback = ', feedback: { ack-is-seq-plus-one: Look }';
    const text = (length: string, more = '') => packOf(SCRIPT.replace('300', length), question(more));
    const asked = 'coincides «ack of next segment from B»';
    // One octet: the number after it is also one more, and one more segment.
    assert.deepEqual(await said(text('1..900', feedback)), [asked, 'coincides «ack-is-seq-plus-one»']);
    assert.deepEqual(await said(text('1..900')), [asked, asked]);
    assert.deepEqual(await said(text('2..900', feedback)), []);
    const [issue] = (await check(text('1..900'))).issues;
    assert.match(issue?.message.en ?? '', /A: send 1,/);
  });

  it('warns of a segment that only a call the learner does not see makes', async () => {
    const question = '- { id: q, scenario: run, when: A enters ESTABLISHED, ask: next segment from A }';
    const text = packOf('- B: listen\n- A: connect\n- A: close', question);
    assert.deepEqual(await said(text), ['ambiguous-answer «next segment from A»']);
    const prompted = text.replace('ask:', 'prompt: A closes., ask:');
    assert.deepEqual(await said(prompted), []);
  });

  it('warns of texts without a language that the title has', async () => {
    const both = (text: string) => text.replace('title: Test', 'title: { en: Test, zh-CN: 测试 }');
    const text = packOf(
      SCRIPT,
      '- { id: q, scenario: run, when: B receives SYN, ask: state of B, hints: [{ en: Look }, 看, SYN] }',
    );
    assert.deepEqual(await said(text), []);
    assert.deepEqual(await said(both(text)), [
      'missing-translation «{ en: Look }»',
      'missing-translation «看»',
    ]);
  });

  it('warns of texts without one of the languages that the pack names, and of no others', async () => {
    const text = packOf(
      SCRIPT,
      '- { id: q, scenario: run, when: B receives SYN, ask: state of B, hints: [{ en: Look }, 看, SYN] }',
    );
    const named = (languages: string) => text.replace('title: Test', `title: Test\nlanguages: ${languages}`);
    assert.deepEqual(await said(named('[en]')), ['missing-translation «看»']);
    assert.deepEqual(await said(named('[zh-CN]')), [
      'missing-translation «Test»',
      'missing-translation «{ en: Look }»',
    ]);
    assert.deepEqual(await said(named('[en, zh-CN]')), [
      'missing-translation «Test»',
      'missing-translation «{ en: Look }»',
      'missing-translation «看»',
    ]);
    const [issue] = (await check(named('[en, zh-CN]'))).issues;
    assert.match(issue?.message.en ?? '', /"languages" names it; add "zh-CN"/);
    assert.deepEqual(await said(named('[fr]')), ['bad-value «fr»']);
  });

  it('is said early without, and then with, what takes many runs', async () => {
    const text = packOf(
      SCRIPT.replace('300', '1..900'),
      '- { id: q, scenario: run, when: A sends data, ask: ack of next segment from B }',
    );
    const checker = openChecker();
    const early: number[] = [];
    const request = {
      file: 'x',
      readFile: readBeside,
      pause: () => undefined,
      early: ({ issues }: Analysis) => early.push(issues.length),
    };
    assert.equal((await checker.check(text, request)).issues.length, 2);
    assert.deepEqual(early, [0]);
    assert.equal((await checker.check(`${text}# a comment\n`, request)).issues.length, 2);
    assert.deepEqual(early, [0], 'nothing had to be run again');
  });

  it('ends when the pause says so, and a later check goes on from there', async () => {
    const text = readShipped('03-four-way-close.tcpquiz.yaml');
    const checker = openChecker();
    const stopAfter = (steps: number) => {
      let left = steps;
      return {
        file: 'x',
        readFile: readBeside,
        pause: () => (left-- > 0 ? undefined : Promise.reject(new Error('stop'))),
      };
    };
    for (const steps of [0, 1, 10, 50, 200]) {
      await assert.rejects(checker.check(text, stopAfter(steps)), /stop/);
    }
    assert.deepEqual((await checker.check(text, stopAfter(Number.POSITIVE_INFINITY))).issues, []);
  });
});

function visit(
  value: unknown,
  path: readonly (string | number)[],
  see: (path: readonly (string | number)[]) => void,
): void {
  if (path.length > 0) see(path);
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) for (const [place, inner] of value.entries()) visit(inner, [...path, place], see);
  else for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key], see);
}
