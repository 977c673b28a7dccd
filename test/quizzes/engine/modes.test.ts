import assert from 'node:assert/strict';
import {
  act,
  beginLesson,
  type Lesson,
  lessonItems,
  lessonScreen,
  openLesson,
  saveLesson,
} from '../../../quizzes/engine/lesson.ts';
import type { LessonAction } from '../../../quizzes/engine/lesson-action.ts';
import { misconceptionsIn } from '../../../quizzes/engine/met.ts';
import type { Pack } from '../../../quizzes/engine/pack.ts';
import { regrade } from '../../../quizzes/engine/regrade.ts';
import { resultsOf } from '../../../quizzes/engine/results.ts';
import type { LessonScreen, ResultScreen } from '../../../quizzes/engine/view.ts';
import { loadGood, packOf, shippedPacks } from '../support.ts';

const SCRIPT = `
- B: listen
- A: connect
- A: close
- B: close
`;
const QUESTIONS = `
- { id: syn-ack, scenario: run, when: B receives SYN, ask: next segment from B, hints: [one], points: 3 }
- { id: half-way, scenario: run, when: B receives SYN, ask: state of B, difficulty: 3 }
- { id: fin, scenario: run, when: B receives FIN, ask: state of B }
- id: why
  prompt: Why?
  rubric: [first point, second point]
`;
const EXAM = 'exam: { time-limit: 10 min, shuffle: true, pass: 60 }\n';
const T0 = 1_700_000_000_000;
const MINUTE = 60_000;
const RIGHT = { 'B.flags': 'SYN ACK', 'B.seq': 'y', 'B.ack': 'x+1' };

const play = (lesson: Lesson, ...actions: readonly LessonAction[]) => actions.reduce(act, lesson);
const answer = (questionId: string, fields: Record<string, string>, at = T0): LessonAction => ({
  type: 'answer',
  questionId,
  fields,
  at,
});

function question(lesson: Lesson): LessonScreen {
  const shown = lessonScreen(lesson, 'en');
  assert.ok(shown.kind === 'lesson', shown.kind);
  return shown;
}

function result(lesson: Lesson): ResultScreen {
  const shown = lessonScreen(lesson, 'en');
  assert.ok(shown.kind === 'result', shown.kind);
  return shown;
}

/** Goes to a question of an exam, wherever its order puts it. */
function goTo(lesson: Lesson, id: string): Lesson {
  const index = lesson.pack.questions.findIndex((known) => known.id === id);
  return act(lesson, { type: 'go', index, at: T0 });
}

describe('an exam', () => {
  let pack: Pack;
  let begun: Lesson;
  before(async () => {
    pack = await loadGood(`${packOf(SCRIPT, QUESTIONS)}${EXAM}`);
    begun = beginLesson(pack, 5, { mode: 'exam', at: T0 });
  });

  it('asks in an order that the seed decides, each question once, those on one scenario as it goes', async () => {
    const shipped = (await shippedPacks()).find(({ id }) => id === 'queues-and-floods');
    assert.ok(shipped);
    const { questions } = shipped;
    const order = (seed: number) =>
      beginLesson(shipped, seed, { mode: 'exam', at: T0 }).pack.questions.map(({ id }) => id);
    assert.deepEqual(order(5), order(5));
    const orders = new Set(Array.from({ length: 12 }, (_, seed) => order(seed).join()));
    assert.ok(orders.size > 4, 'every seed gives the same order');
    for (const each of orders) {
      const ids = each.split(',');
      assert.deepEqual(ids.toSorted(), shipped.questions.map(({ id }) => id).toSorted());
      for (const name of Object.keys(shipped.scenarios)) {
        const own = questions.filter(({ scenario }) => scenario === name).map(({ id }) => id);
        assert.deepEqual(
          ids.filter((id) => own.includes(id)),
          own,
          'a later question tells, in symbols, what an earlier one asks',
        );
      }
    }
  });

  it('asks in the order of the pack when its author does not shuffle', async () => {
    const ordered = await loadGood(packOf(SCRIPT, QUESTIONS));
    for (const seed of [1, 2, 3]) {
      const { questions } = beginLesson(ordered, seed, { mode: 'exam', at: T0 }).pack;
      assert.deepEqual(questions, ordered.questions);
    }
  });

  it('keeps an answer without a word on it, right or wrong', () => {
    const open = goTo(begun, 'syn-ack');
    const before = question(open);
    const [right, wrong] = [RIGHT, { ...RIGHT, 'B.ack': 'x' }].map((fields) =>
      question(act(open, answer('syn-ack', fields))),
    );
    assert.ok(right && wrong);
    for (const shown of [right, wrong]) {
      assert.equal(shown.verdict, undefined);
      assert.equal(shown.sitting?.saved, true);
      assert.deepEqual(shown.timeline, before.timeline, 'the picture tells what was asked');
      assert.ok(shown.marks.every((mark) => mark === 'open' || mark === 'given'));
    }
    const hidden = (shown: LessonScreen) => ({ ...shown, question: { ...shown.question, given: {} } });
    assert.deepEqual(
      hidden(right),
      hidden(wrong),
      'the screen after a right answer differs from that after a wrong one',
    );
  });

  it('gives no hint, no answer, no second try, no comparison, and marks no prose', () => {
    const open = goTo(begun, 'syn-ack');
    assert.equal(question(open).question.hintsLeft, 0);
    const answered = act(open, answer('syn-ack', { ...RIGHT, 'B.ack': 'x' }));
    const prose = act(goTo(answered, 'why'), answer('why', {}));
    const forbidden: readonly (readonly [Lesson, LessonAction])[] = [
      [open, { type: 'hint', questionId: 'syn-ack' }],
      [open, { type: 'reveal', questionId: 'syn-ack' }],
      [open, { type: 'restart' }],
      [open, { type: 'pause' }],
      [answered, { type: 'retry', questionId: 'syn-ack' }],
      [answered, { type: 'compare', misconception: 'syn-consumes-nothing' }],
      [answered, answer('syn-ack', RIGHT)],
      [prose, { type: 'mark', questionId: 'why', met: [true, true] }],
    ];
    for (const [lesson, action] of forbidden)
      assert.equal(act(lesson, { ...action, at: T0 }), lesson, action.type);
    assert.equal(question(prose).verdict, undefined);
    assert.doesNotMatch(JSON.stringify(question(prose)), /first point/);
  });

  it('shows no introduction while it is under way: it teaches what is asked', async () => {
    const shipped = (await shippedPacks()).find(({ id }) => id === 'queues-and-floods');
    assert.ok(shipped);
    const under = beginLesson(shipped, 5, { mode: 'exam', at: T0 });
    assert.equal(question(under).intro, undefined);
    const over = act(under, { type: 'hand-in', at: T0 });
    assert.ok(question(act(over, { type: 'go', index: 0, at: T0 })).intro);
  });

  it('takes no answer that a later question has shown, and says so', async () => {
    const inOrder = await loadGood(packOf(SCRIPT, QUESTIONS));
    const first = beginLesson(inOrder, 5, { mode: 'exam', at: T0 });
    const later = goTo(first, 'fin');
    const back = goTo(later, 'syn-ack');
    assert.deepEqual(question(later).sitting?.closed, undefined);
    assert.deepEqual([question(back).sitting?.saved, question(back).sitting?.closed], [true, true]);
    assert.equal(question(back).verdict, undefined);
    assert.equal(act(back, answer('syn-ack', RIGHT)), back);
    const again = openLesson(inOrder, 1, JSON.parse(JSON.stringify(saveLesson(back))));
    assert.equal(act(again, answer('syn-ack', RIGHT)), again, 'nor after a reload');
    const page = lessonScreen(act(back, { type: 'go', index: 4, at: T0 }), 'en');
    assert.ok(page.kind === 'hand-in');
    assert.equal(page.firstOpen, 2, 'neither of the first two');
    const over = act(back, { type: 'hand-in', at: T0 });
    assert.equal(result(over).questions[0]?.outcome, 'open');
    // Until a picture shows it, leaving open settles nothing.
    const beside = goTo(goTo(first, 'why'), 'syn-ack');
    assert.notEqual(act(beside, answer('syn-ack', RIGHT)), beside);
  });

  it('asks again when something cannot be read', () => {
    const unread = act(goTo(begun, 'syn-ack'), answer('syn-ack', { ...RIGHT, 'B.ack': 'x plus one' }));
    assert.equal(question(unread).sitting?.saved, false);
    assert.equal(question(unread).question.notUnderstood.length, 1);
  });

  it('says behind the last question what is open, and ends when it is handed in', () => {
    const one = act(goTo(begun, 'syn-ack'), answer('syn-ack', { ...RIGHT, 'B.ack': 'x' }));
    const two = act(goTo(one, 'half-way'), answer('half-way', { 'B.state': 'SYN-RECEIVED' }));
    const last = act(two, { type: 'go', index: 4, at: T0 });
    const page = lessonScreen(last, 'en');
    assert.ok(page.kind === 'hand-in');
    assert.deepEqual([...page.marks].sort(), ['given', 'given', 'open', 'open']);
    const over = act(last, { type: 'hand-in', at: T0 + 3 * MINUTE });
    const shown = result(over);
    assert.equal(shown.why, 'handed-in');
    assert.equal(shown.took, 3 * MINUTE);
    assert.equal(shown.possible, 5);
    assert.equal(shown.points, 3, 'two of three fields of three points, and one point');
    assert.deepEqual(shown.pass, { line: 60, reached: true });
    assert.equal(shown.percent, 60);
    const byTitle = new Map(over.pack.questions.map(({ id }, place) => [id, shown.questions[place]]));
    assert.equal(byTitle.get('syn-ack')?.outcome, 'partly');
    assert.equal(byTitle.get('half-way')?.points, 1);
    assert.equal(byTitle.get('fin')?.outcome, 'open');
    assert.equal(byTitle.get('why')?.points, undefined);
    assert.deepEqual([...misconceptionsIn(over.session.met)], [['syn-consumes-nothing', 1]]);
    const marks = new Map(lessonItems(over, 'en').map(({ id, mark }) => [id, mark]));
    assert.deepEqual(
      ['syn-ack', 'half-way', 'fin', 'why'].map((id) => marks.get(id)),
      ['wrong', 'right', 'open', 'open'],
    );
  });

  it('tells everything afterwards, of open questions, too, and takes no answer any more', () => {
    const one = act(goTo(begun, 'syn-ack'), answer('syn-ack', { ...RIGHT, 'B.ack': 'x' }));
    const over = act(one, { type: 'hand-in', at: T0 });
    assert.equal(question(goTo(over, 'syn-ack')).verdict?.misconceptions[0]?.id, 'syn-consumes-nothing');
    const open = goTo(over, 'fin');
    assert.equal(question(open).verdict?.outcome, 'shown');
    assert.equal(question(open).timeline?.more, false);
    for (const action of [
      answer('fin', { 'B.state': 'CLOSE-WAIT' }),
      { type: 'retry', questionId: 'fin' },
    ] as const) {
      assert.equal(act(open, action), open);
    }
  });

  it('is over when its time is up, by the host’s clock, and an answer after that does not count', () => {
    const open = goTo(begun, 'half-way');
    const { sitting } = question(open);
    assert.deepEqual(sitting?.clock, { state: 'running', until: T0 + 10 * MINUTE, limit: 10 * MINUTE });
    assert.equal(act(open, { type: 'tick', at: T0 + 10 * MINUTE - 1 }), open);
    const late = act(open, answer('half-way', { 'B.state': 'SYN-RECEIVED' }, T0 + 10 * MINUTE));
    assert.equal(result(late).why, 'time');
    assert.equal(result(late).took, 10 * MINUTE);
    assert.equal(result(late).points, 0);
    assert.equal(result(late).pass?.reached, false);
  });

  it('goes on after a reload: same order, numbers, answers and clock', () => {
    const one = act(goTo(begun, 'syn-ack'), answer('syn-ack', RIGHT));
    const again = openLesson(pack, 99, JSON.parse(JSON.stringify(saveLesson(one))));
    assert.deepEqual(lessonScreen(again, 'en'), lessonScreen(one, 'en'));
    assert.deepEqual(again.pack.questions, one.pack.questions);
    assert.equal(result(act(again, { type: 'tick', at: T0 + 11 * MINUTE })).points, 3);
  });

  it('is graded from its results file as its own page says', () => {
    const one = act(goTo(begun, 'syn-ack'), answer('syn-ack', { ...RIGHT, 'B.ack': 'x' }));
    const over = act(act(goTo(one, 'fin'), answer('fin', { 'B.state': 'CLOSE-WAIT' })), {
      type: 'hand-in',
      at: T0,
    });
    const context = { packHash: '', core: '', mode: 'exam', learner: '', exportedAt: '' } as const;
    const graded = regrade(resultsOf(pack, over.session, context), pack);
    assert.equal(graded.points, result(over).points);
    assert.equal(graded.points, 3);
  });

  it('tells at once when its author wants that, and still once only', async () => {
    const telling = await loadGood(`${packOf(SCRIPT, QUESTIONS)}exam: { feedback: at once }\n`);
    const open = beginLesson(telling, 5, { mode: 'exam', at: T0 });
    const answered = act(open, answer('syn-ack', RIGHT));
    assert.equal(question(answered).verdict?.outcome, 'right');
    assert.equal(question(answered).sitting?.clock, undefined);
    assert.equal(act(answered, { type: 'retry', questionId: 'syn-ack' }), answered);
  });

  it('can be taken again once it is over, on other numbers and from the beginning', () => {
    const over = act(begun, { type: 'hand-in', at: T0 });
    const again = act(over, { type: 'restart', at: T0 + MINUTE });
    assert.equal(again.session.sitting?.begun, T0 + MINUTE);
    assert.equal(again.session.round, begun.session.round + 1);
    assert.equal(again.session.index, 0);
    assert.ok(question(again).marks.every((mark) => mark === 'open'));
  });

  it('holds nothing of an answer after it was given, in shipped packs, either', async () => {
    for (const shipped of (await shippedPacks()).slice(2, 4)) {
      let lesson = beginLesson(shipped, 7, { mode: 'exam', at: T0 });
      for (const { id, asks } of shipped.questions) {
        lesson = goTo(lesson, id);
        const before = question(lesson);
        if (asks.length === 0) continue;
        const fields = Object.fromEntries(
          before.question.fields.map(({ name }) => [
            name,
            GUESS[before.question.fields.find((field) => field.name === name)?.kind ?? 'number'] ?? '',
          ]),
        );
        const after = question(act(lesson, answer(id, fields)));
        assert.deepEqual(after.timeline, before.timeline, id);
        assert.equal(after.verdict, undefined, id);
      }
    }
  });
});

const GUESS: Readonly<Record<string, string>> = {
  flags: 'ACK',
  number: '7',
  state: 'LISTEN',
  duration: '7 s',
};

describe('a drill', () => {
  let pack: Pack;
  let begun: Lesson;
  before(async () => {
    pack = await loadGood(packOf(SCRIPT, QUESTIONS));
    begun = beginLesson(pack, 5, { mode: 'drill', at: T0 });
  });
  const clock = (lesson: Lesson) => question(lesson).sitting?.clock;

  it('gives each question its time, more to hard ones and by the learner’s pace', () => {
    const first = clock(begun);
    const hard = clock(act(begun, { type: 'go', index: 1, at: T0 }));
    assert.ok(first?.state === 'running' && hard?.state === 'running');
    assert.ok(hard.limit > first.limit);
    const slow = clock(beginLesson(pack, 5, { mode: 'drill', at: T0, pace: 2 }));
    assert.equal(slow?.limit, 2 * first.limit);
    assert.equal(first.until, T0 + first.limit);
  });

  it('shows the answer when the time is up, and counts it as wrong', () => {
    const first = clock(begun);
    assert.ok(first?.state === 'running');
    assert.equal(act(begun, { type: 'tick', at: first.until - 1 }), begun);
    const late = act(begun, { type: 'tick', at: first.until });
    assert.equal(question(late).verdict?.outcome, 'shown');
    assert.match(question(late).verdict?.summary ?? '', /^Time is up/);
    assert.deepEqual(clock(late), { state: 'stopped', left: 0, limit: first.limit });
    assert.equal(lessonItems(late, 'en')[0]?.mark, 'wrong');
  });

  it('tells at once, stops the clock at the answer and starts it at the next question', () => {
    const answered = act(begun, answer('syn-ack', RIGHT, T0 + 20_000));
    assert.equal(question(answered).verdict?.outcome, 'right');
    const stopped = clock(answered);
    assert.ok(stopped?.state === 'stopped');
    assert.equal(stopped.left, stopped.limit - 20_000);
    const next = clock(act(answered, { type: 'go', index: 1, at: T0 + 50_000 }));
    assert.ok(next?.state === 'running');
    assert.equal(next.until, T0 + 50_000 + next.limit);
  });

  it('does not let a question regain time by leaving it', () => {
    const away = play(
      begun,
      { type: 'go', index: 2, at: T0 + 20_000 },
      { type: 'go', index: 0, at: T0 + 50_000 },
    );
    const again = clock(away);
    assert.ok(again?.state === 'running');
    assert.equal(again.until, T0 + 50_000 + again.limit - 20_000);
  });

  it('stands while it is paused, also across a reload', () => {
    const paused = act(begun, { type: 'pause', at: T0 + 10_000 });
    const stands = clock(paused);
    assert.ok(stands?.state === 'paused');
    assert.equal(stands.left, stands.limit - 10_000);
    assert.equal(act(paused, { type: 'tick', at: T0 + 1e9 }), paused);
    const back = openLesson(pack, 1, JSON.parse(JSON.stringify(saveLesson(paused))));
    assert.deepEqual(clock(back), stands);
    const on = clock(act(back, { type: 'resume', at: T0 + 1e9 }));
    assert.ok(on?.state === 'running');
    assert.equal(on.until, T0 + 1e9 + stands.left);
  });

  it('comes back from a closed window with its clock standing', () => {
    const back = openLesson(pack, 1, JSON.parse(JSON.stringify(saveLesson(begun))));
    assert.equal(clock(back)?.state, 'paused');
  });

  it('gives fresh time with fresh numbers', () => {
    const late = act(begun, { type: 'tick', at: T0 + 60_000 });
    const again = clock(act(late, { type: 'retry', questionId: 'syn-ack', at: T0 + 70_000 }));
    assert.ok(again?.state === 'running');
    assert.equal(again.until, T0 + 70_000 + again.limit);
  });

  it('is graded from its results file: what was late is wrong', () => {
    const late = act(begun, { type: 'tick', at: T0 + 60_000 });
    const context = { packHash: '', core: '', mode: 'drill', learner: '', exportedAt: '' } as const;
    const graded = regrade(resultsOf(pack, late.session, context), pack);
    assert.deepEqual([graded.questions[0]?.outcome, graded.points], ['wrong', 0]);
  });
});

describe('practice', () => {
  it('knows no clock', async () => {
    const lesson = openLesson(await loadGood(packOf(SCRIPT, QUESTIONS)), 5);
    for (const type of ['tick', 'pause', 'resume', 'hand-in'] as const) {
      assert.equal(act(lesson, { type, at: T0 }), lesson);
    }
    assert.equal(question(lesson).sitting, undefined);
  });
});
