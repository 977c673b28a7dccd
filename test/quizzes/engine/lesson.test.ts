import assert from 'node:assert/strict';
import {
  act,
  type Lesson,
  lessonItems,
  lessonScreen,
  openLesson,
  saveLesson,
} from '../../../quizzes/engine/lesson.ts';
import type { Pack } from '../../../quizzes/engine/pack.ts';
import { placeQuestion, visibleAfter, visibleBefore } from '../../../quizzes/engine/place-question.ts';
import { seedOf } from '../../../quizzes/engine/session.ts';
import type { LessonScreen } from '../../../quizzes/engine/view.ts';
import { answersOnly, intersection, isWithin, union } from '../../../quizzes/engine/visibility.ts';
import { loadGood, packOf, shippedPacks } from '../support.ts';

const SCRIPT = `
- B: listen
- A: connect
- A: send 100..900
- A: close
- B: close
`;
const QUESTIONS = `
- { id: syn-ack, scenario: run, when: B receives SYN, ask: next segment from B, hints: [one, two] }
- { id: half-way, scenario: run, when: B receives SYN, ask: state of B }
- { id: fin, scenario: run, when: B receives FIN, ask: next segment from B }
- id: why
  prompt: Why?
  rubric: [first point, second point]
`;

function screen(lesson: Lesson): LessonScreen {
  const shown = lessonScreen(lesson, 'en');
  assert.ok(shown.kind === 'lesson');
  return shown;
}

const RIGHT = { 'B.flags': 'SYN ACK', 'B.seq': 'y', 'B.ack': 'x+1' };
const answer = (questionId: string, fields: Record<string, string>) =>
  ({ type: 'answer', questionId, fields }) as const;

describe('working through a pack', () => {
  let pack: Pack;
  let begun: Lesson;
  before(async () => {
    pack = await loadGood(packOf(SCRIPT, QUESTIONS));
    begun = openLesson(pack, 5);
  });

  it('begins with the first question, nothing answered, the rest hidden', () => {
    const shown = screen(begun);
    assert.equal(shown.question.id, 'syn-ack');
    assert.deepEqual(shown.marks, ['open', 'open', 'open', 'open']);
    assert.equal(shown.verdict, undefined);
    assert.equal(shown.timeline?.more, true);
    assert.equal(shown.timeline?.asked, 'B');
    assert.equal(shown.timeline?.steps.at(-1)?.path, 'hidden');
    assert.equal(shown.timeline?.symbols.find(({ name }) => name === 'y')?.value, undefined);
    assert.equal(typeof shown.timeline?.symbols.find(({ name }) => name === 'x')?.value, 'number');
  });

  it('grades a right answer and shows what was asked, but not what the next question asks', () => {
    const shown = screen(act(begun, answer('syn-ack', RIGHT)));
    assert.equal(shown.verdict?.outcome, 'right');
    assert.deepEqual(shown.marks, ['right', 'open', 'open', 'open']);
    const last = shown.timeline?.steps.at(-1);
    assert.equal(last?.path, 'hidden', 'the state of B is asked next');
    assert.ok(shown.timeline?.arrows.some(({ flags }) => flags.join() === 'SYN,ACK'));
    assert.equal(shown.timeline?.more, true);
  });

  it('stands at the step that decided, when nothing is left to hide after it', async () => {
    const alone = await loadGood(
      packOf(SCRIPT, '- { id: syn-ack, scenario: run, when: B receives SYN, ask: next segment from B }'),
    );
    const asked = screen(openLesson(alone, 5)).timeline;
    assert.equal(asked?.rest, undefined, 'the last step is the one asked about');
    const told = screen(act(openLesson(alone, 5), answer('syn-ack', RIGHT))).timeline;
    assert.ok(told && told.rest !== undefined && told.rest < told.steps.length - 1);
    assert.equal(told.steps[told.rest]?.what, 'receives SYN');
    assert.equal(told.steps[told.rest]?.host, 'B');
  });

  it('names a misconception, and plays both rules', () => {
    const wrong = act(begun, answer('syn-ack', { ...RIGHT, 'B.ack': 'x' }));
    const verdict = screen(wrong).verdict;
    assert.equal(verdict?.outcome, 'partly');
    assert.equal(verdict?.misconceptions[0]?.id, 'syn-consumes-nothing');
    assert.equal(verdict?.misconceptions[0]?.playable, true);
    const compared = screen(act(wrong, { type: 'compare', misconception: 'syn-consumes-nothing' })).compare;
    assert.ok(compared);
    const { right, wrong: other, firstDifference, text } = compared;
    assert.deepEqual(
      right.steps.slice(0, firstDifference).map(({ what }) => what),
      other.steps.slice(0, firstDifference).map(({ what }) => what),
    );
    assert.equal(
      text,
      'B: SYN ACK seq=y ack=x+1; by the rule “SYN consumes nothing” it would be SYN ACK seq=y ack=x.',
    );
    const again = screen(act(wrong, { type: 'compare', misconception: undefined }));
    assert.equal(again.compare, undefined);
    assert.equal(
      screen(act(begun, { type: 'compare', misconception: 'syn-consumes-nothing' })).compare,
      undefined,
    );
    assert.equal(screen(act(wrong, { type: 'compare', misconception: 'one-msl' })).compare, undefined);
  });

  it('says of two misconceptions that explain the same that it was the one or the other', () => {
    const wrong = act(begun, answer('syn-ack', { ...RIGHT, 'B.ack': 'x' }));
    const [first, ...rest] = screen(wrong).verdict?.misconceptions ?? [];
    assert.ok(first && rest.length > 0);
    assert.equal(first.instead, false);
    for (const { id, instead } of rest) assert.ok(instead, id);
  });

  it('names that one first which explains most answers of the run', () => {
    const met = { 'ack-repeats-seq': 1 };
    const before = { ...begun, session: { ...begun.session, met } };
    const wrong = act(before, answer('syn-ack', { ...RIGHT, 'B.ack': 'x' }));
    assert.deepEqual(
      screen(wrong).verdict?.misconceptions.map(({ id }) => id),
      ['ack-repeats-seq', 'syn-consumes-nothing'],
    );
  });

  it('asks again without counting a try when something cannot be read', () => {
    const unread = act(begun, answer('syn-ack', { ...RIGHT, 'B.ack': 'x plus one' }));
    const shown = screen(unread);
    assert.equal(shown.verdict, undefined);
    assert.equal(shown.question.tries, 0);
    assert.deepEqual(
      shown.question.notUnderstood.map(({ name }) => name),
      ['B.ack'],
    );
    assert.match(shown.question.notUnderstood[0]?.text ?? '', /x\+1/);
    assert.deepEqual(shown.question.given, { ...RIGHT, 'B.ack': 'x plus one' });
    assert.equal(screen(act(unread, answer('syn-ack', RIGHT))).question.tries, 1);
  });

  it('opens hints one by one, and none after the last', () => {
    const hint = { type: 'hint', questionId: 'syn-ack' } as const;
    const one = act(begun, hint);
    assert.deepEqual(screen(one).question.hints, ['one']);
    assert.equal(screen(one).question.hintsLeft, 2);
    const four = act(act(act(one, hint), hint), hint);
    const { hints, hintsLeft } = screen(four).question;
    assert.deepEqual(hints.slice(0, 2), ['one', 'two']);
    // Behind the author's there is always where it is written.
    assert.match(hints[2] ?? '', /^Where it is written: RFC 9293 §[\d.]+/);
    assert.deepEqual([hints.length, hintsLeft], [3, 0]);
  });

  it('shows the answer to those who give up, and counts it as wrong', () => {
    const shown = screen(act(begun, { type: 'reveal', questionId: 'syn-ack' }));
    assert.equal(shown.verdict?.outcome, 'shown');
    assert.deepEqual(
      shown.verdict?.fields.map(({ expected }) => expected),
      ['SYN ACK', 'y', 'x+1'],
    );
    assert.equal(shown.marks[0], 'wrong');
  });

  it('asks the same question again on fresh numbers', () => {
    const answered = act(begun, answer('syn-ack', { ...RIGHT, 'B.ack': 'x' }));
    const again = act(answered, { type: 'retry', questionId: 'syn-ack' });
    const [first, second] = [screen(begun), screen(again)];
    assert.equal(second.verdict, undefined);
    assert.notEqual(second.timeline?.key, first.timeline?.key);
    assert.notEqual(second.timeline?.arrows[0]?.seq, first.timeline?.arrows[0]?.seq);
    assert.equal(screen(act(again, answer('syn-ack', RIGHT))).marks[0], 'right');
    assert.equal(screen(act(again, answer('syn-ack', RIGHT))).question.tries, 2);
  });

  it('keeps the numbers of a scenario from question to question', () => {
    const [one, two, three] = pack.questions;
    assert.ok(one && two && three);
    assert.equal(seedOf(begun.session, one), seedOf(begun.session, three));
    assert.equal(
      screen(begun).timeline?.key,
      screen(act(act(begun, answer('syn-ack', RIGHT)), { type: 'go', index: 1 })).timeline?.key,
    );
  });

  it('gives skipped questions fresh numbers when a later picture would give them away', () => {
    const skipped = act(begun, { type: 'go', index: 2 });
    const [one, , three] = pack.questions;
    assert.ok(one && three);
    assert.notEqual(seedOf(skipped.session, one), seedOf(skipped.session, three));
  });

  it('lets the learner mark prose by its key points', () => {
    const prose = act(begun, { type: 'go', index: 3 });
    assert.equal(screen(prose).question.selfMarked, true);
    assert.doesNotMatch(JSON.stringify(screen(prose)), /first point/);
    const answered = act(prose, answer('why', {}));
    assert.deepEqual(
      screen(answered).verdict?.points.map(({ met }) => met),
      [undefined, undefined],
    );
    const marked = act(answered, { type: 'mark', questionId: 'why', met: [true, false] });
    assert.deepEqual(
      screen(marked).verdict?.points.map(({ met }) => met),
      [true, false],
    );
    assert.equal(screen(marked).marks[3], 'self');
    assert.equal(screen(marked).verdict?.outcome, 'self');
  });

  it('ends with a summary that counts misconceptions and offers the next pack', () => {
    const wrong = act(begun, answer('syn-ack', { ...RIGHT, 'B.ack': 'x' }));
    const end = lessonScreen(act(wrong, { type: 'go', index: 4 }), 'en', { id: 'next', title: 'Next' });
    assert.ok(end.kind === 'summary');
    assert.deepEqual(
      end.misconceptions.map(({ name, times }) => [name, times]),
      [['SYN consumes nothing', 1]],
    );
    assert.equal(end.next?.id, 'next');
    assert.equal(lessonScreen(act(wrong, { type: 'go', index: 99 }), 'en').kind, 'summary');
  });

  it('begins anew on other numbers with nothing answered', () => {
    const anew = act(act(begun, answer('syn-ack', RIGHT)), { type: 'restart' });
    assert.deepEqual(screen(anew).marks, ['open', 'open', 'open', 'open']);
    assert.notEqual(screen(anew).timeline?.arrows[0]?.seq, screen(begun).timeline?.arrows[0]?.seq);
  });

  it('ignores what is about another question', () => {
    assert.equal(act(begun, answer('fin', RIGHT)), begun);
    assert.equal(act(begun, { type: 'retry', questionId: 'syn-ack' }), begun);
    assert.equal(act(begun, { type: 'mark', questionId: 'syn-ack', met: [true] }), begun);
    const answered = act(begun, answer('syn-ack', RIGHT));
    assert.equal(act(answered, answer('syn-ack', RIGHT)), answered);
  });

  it('is restored from JSON as it was', () => {
    const left = act(
      act(act(begun, { type: 'hint', questionId: 'syn-ack' }), answer('syn-ack', { ...RIGHT, 'B.ack': 'x' })),
      { type: 'go', index: 1 },
    );
    const back = openLesson(pack, 999, JSON.parse(JSON.stringify(saveLesson(left))));
    assert.deepEqual(screen(back), screen(left));
    assert.deepEqual(lessonItems(back, 'en'), lessonItems(left, 'en'));
    assert.deepEqual(
      screen(act(back, { type: 'go', index: 0 })),
      screen(act(left, { type: 'go', index: 0 })),
    );
  });

  for (const saved of [
    null,
    'text',
    7,
    [],
    {},
    { version: 2, pack: 'test-pack' },
    { version: 1, pack: 'test-pack', session: { seed: 'x' } },
    { version: 1, pack: 'other', session: {} },
  ]) {
    it(`begins anew when what was saved is ${JSON.stringify(saved)}`, () => {
      assert.deepEqual(screen(openLesson(pack, 5, saved)), screen(begun));
    });
  }

  it('never posts its seed', () => {
    const { seed } = begun.session;
    const big = openLesson(pack, 987_654_321);
    assert.doesNotMatch(JSON.stringify(lessonScreen(big, 'en')), /987654321/);
    assert.equal(seed, 5);
  });
});

describe('how long until a timer fires', () => {
  it('does not stand in the picture before it is answered', async () => {
    const asked = '- { id: q, scenario: run, when: A enters TIME-WAIT, ask: time until A enters CLOSED }';
    const lesson = openLesson(await loadGood(packOf(SCRIPT, asked)), 5);
    assert.deepEqual(screen(lesson).timeline?.steps.at(-1)?.timers, []);
    const told = act(lesson, { type: 'reveal', questionId: 'q' });
    assert.ok(
      screen(told).timeline?.steps.some(({ timers }) => timers.some(({ name }) => name === 'time-wait')),
    );
  });
});

describe('names of later connections', () => {
  const AGAIN = `
- B: listen
- A: connect
- A: abort
- A: connect`;
  const ASKED = '- { id: q, scenario: run, when: A calls connect 2, ask: seq of next segment from A }';
  const names = (lesson: Lesson) => screen(lesson).timeline?.symbols.map(({ name }) => name);

  it('are x2 and y2, told once they are seen', async () => {
    const asked = openLesson(await loadGood(packOf(AGAIN, ASKED)), 5);
    assert.deepEqual(names(asked), ['x', 'y']);
    const shown = act(asked, { type: 'reveal', questionId: 'q' });
    assert.deepEqual(names(shown), ['x', 'y', 'x2', 'y2']);
    assert.deepEqual(
      screen(shown).verdict?.fields.map(({ expected }) => expected),
      ['x2'],
    );
  });

  it('give way to those of the author', async () => {
    const pack = await loadGood(
      packOf(AGAIN, ASKED, "symbols: { z: seq of A's second SYN, y2: seq of B's SYN-ACK }"),
    );
    const shown = act(openLesson(pack, 5), { type: 'reveal', questionId: 'q' });
    assert.deepEqual(names(shown), ['x', 'y', 'z', 'y2', 'y3']);
  });
});

describe('what an answered question shows', () => {
  it('never tells what a later question on the same run asks', async () => {
    for (const pack of await shippedPacks()) {
      let lesson = openLesson(pack, 3);
      pack.questions.forEach((question, index) => {
        lesson = act(lesson, { type: 'go', index });
        lesson = act(lesson, { type: 'reveal', questionId: question.id });
        const placed = placeQuestion(pack, lesson.session, question);
        const timeline = placed.run?.timeline;
        if (timeline === undefined || placed.cut === undefined) return;
        const shown = visibleAfter(pack, lesson.session, placed, timeline);
        const own = union(visibleBefore(timeline, placed), answersOnly(timeline, placed.cut, question.asks));
        for (const later of pack.questions.slice(index + 1)) {
          if (later.scenario !== question.scenario || later.asks.length === 0) continue;
          const hidden = visibleBefore(timeline, placeQuestion(pack, lesson.session, later));
          const more = shown.map((facets, step) => facets & ~(own[step] ?? 0));
          assert.ok(isWithin(more, hidden), `${question.id} tells ${later.id}`);
          assert.deepEqual(
            intersection(more, hidden),
            more.slice(0, hidden.length).map((facets) => facets),
            later.id,
          );
        }
      });
    }
  });
});

describe('what is typed belongs to one asking of a question', () => {
  const keyOf = (lesson: Lesson): string => screen(lesson).question.draftKey;

  it('not to the same question begun again, on fresh numbers, of another run or in another pack', async () => {
    const pack = await loadGood(packOf(SCRIPT, QUESTIONS));
    const lesson = openLesson(pack, 1);
    const keys = [
      lesson,
      act(lesson, { type: 'restart' }),
      act(act(lesson, { type: 'reveal', questionId: 'syn-ack' }), { type: 'retry', questionId: 'syn-ack' }),
      openLesson(pack, 2),
      openLesson({ ...pack, id: 'another' }, 1),
    ].map(keyOf);
    assert.equal(new Set(keys).size, keys.length);
    assert.equal(keyOf(openLesson(pack, 1)), keys[0], 'but to the same asking after a reload');
  });
});
