import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RULES } from '../../../core/tcp/rules.ts';
import { reviewsOf } from '../../../quizzes/engine/evidence.ts';
import { act, beginLesson, openLesson } from '../../../quizzes/engine/lesson.ts';
import { linkedLesson, linkOf } from '../../../quizzes/engine/linked-lesson.ts';
import type { Pack } from '../../../quizzes/engine/pack.ts';
import { openReview, planReview } from '../../../quizzes/engine/review-lesson.ts';
import {
  cardsOf,
  compacted,
  dueByPack,
  dueDay,
  dueSkills,
  forecast,
  history,
  masteryOf,
  recallOn,
  reviewCard,
  streakOf,
  summaryOf,
} from '../../../quizzes/engine/schedule.ts';
import { isSkill, type SkillId, skillName } from '../../../quizzes/engine/skills.ts';
import {
  dayCounts,
  mergeStudies,
  misconceptionsMet,
  NO_STUDY,
  parseStudy,
  type Review,
  readStudy,
  SKILL_GRADES,
  type Study,
  withReview,
} from '../../../quizzes/engine/study.ts';
import { rightAnswers } from '../learner.ts';
import { loadGood, packOf } from '../support.ts';

const SKILLS = Object.keys(RULES).slice(0, 6);
const DAY = 86_400_000;

const anyReview: fc.Arbitrary<Review> = fc
  .record({
    minute: fc.integer({ min: 0, max: 40 * 24 * 60 }),
    question: fc.constantFrom('one', 'two', 'three'),
    numbers: fc.integer({ min: 0, max: 9 }),
    grades: fc.dictionary(fc.constantFrom(...SKILLS), fc.constantFrom(...SKILL_GRADES), {
      minKeys: 1,
      noNullPrototype: true,
    }),
    misconceptions: fc.subarray(['one-msl', 'no-back-off']),
  })
  .map(({ minute, ...rest }) => {
    const at = 20_000 * DAY + minute * 60_000;
    return { ...rest, at, day: Math.floor(at / DAY), pack: 'pack' };
  });

const studyOf = (reviews: readonly Review[]): Study => reviews.reduce(withReview, NO_STUDY);

const anyStudy = fc.uniqueArray(anyReview, { maxLength: 30, selector: ({ at }) => at }).map(studyOf);

function consequences(study: Study) {
  return {
    cards: new Map([...cardsOf(study)].sort()),
    met: new Map([...misconceptionsMet(study)].sort()),
    days: new Map([...dayCounts(study)].sort()),
  };
}

describe('a study', () => {
  it('is read back from JSON as it was written', () => {
    fc.assert(
      fc.property(anyStudy, (study) => {
        const read = readStudy(JSON.stringify(study));
        assert.ok(read.ok);
        assert.deepEqual(read.value, study);
      }),
    );
  });

  it('survives anything in storage', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => parseStudy(value) !== undefined));
    assert.equal(readStudy('{').ok, false);
    const other = readStudy('{"kind":"handshake-study","version":2}');
    assert.deepEqual(other, { ok: false, error: { code: 'unknown-version', found: '2' } });
    assert.equal(
      parseStudy({ ...NO_STUDY, cards: { 'number/syn-takes-one': { stability: -1 } } }).cards[
        'number/syn-takes-one'
      ],
      undefined,
    );
  });

  it('merges with another in any order, and twice as once', () => {
    fc.assert(
      fc.property(anyStudy, anyStudy, (one, other) => {
        const both = mergeStudies(one, other);
        assert.deepEqual(mergeStudies(other, one).reviews, both.reviews);
        assert.deepEqual(mergeStudies(both, other), both);
        assert.deepEqual(mergeStudies(both, one), both);
      }),
    );
  });

  it('merges two accounts of one answer in any order', () => {
    const [skill = ''] = SKILLS;
    const answer: Review = {
      ...{ at: 20_000 * DAY, day: 20_000, pack: 'pack', question: 'two', numbers: 8 },
      grades: { [skill]: 'again' },
      misconceptions: [],
    };
    const [one, other] = [studyOf([answer]), studyOf([{ ...answer, misconceptions: ['no-back-off'] }])];
    assert.deepEqual(mergeStudies(one, other), mergeStudies(other, one));
  });

  it('says the same when its older answers are folded', () => {
    fc.assert(
      fc.property(anyStudy, fc.integer({ min: 1, max: 20 }), (study, keep) => {
        const small = compacted(study, keep);
        assert.deepEqual(consequences(small), consequences(study));
        assert.deepEqual(consequences(mergeStudies(small, study)), consequences(study));
        assert.deepEqual(summaryOf(study).reviews, []);
        assert.deepEqual(consequences(summaryOf(study)).cards, consequences(study).cards);
      }),
    );
  });
});

describe('the schedule', () => {
  const at = (day: number) => ({ at: day * DAY, day });
  const never = () => [];

  it('asks again sooner what was wrong, and later what was right once more', () => {
    const days = SKILL_GRADES.map((grade) => dueDay(reviewCard(undefined, grade, at(100))) - 100);
    assert.deepEqual(
      days,
      [...days].sort((a, b) => a - b),
    );
    const [again = 0, , good = 0] = days;
    assert.ok(again >= 1 && good > again);
    const first = reviewCard(undefined, 'good', at(100));
    const second = reviewCard(first, 'good', at(dueDay(first)));
    assert.ok(dueDay(second) - second.day > good);
    assert.ok(Math.abs(recallOn(second, dueDay(second)) - 0.9) < 0.02);
    assert.ok(masteryOf(second, second.day) > masteryOf(first, first.day));
    assert.equal(reviewCard(second, 'again', at(130)).lapses, 1);
  });

  it('brings forward what a misconception spoils, until it is shown to be known', () => {
    const [own = '', spoilt = '', unseen = ''] = SKILLS;
    const review = (
      minute: number,
      grades: Review['grades'],
      misconceptions: readonly string[] = [],
    ): Review => ({
      at: 100 * DAY + minute,
      day: 100,
      pack: 'p',
      question: String(minute),
      numbers: minute,
      grades,
      misconceptions,
    });
    const spoils = () => [own, spoilt, unseen].filter(isSkill);
    const met = studyOf([review(1, { [spoilt]: 'good' }), review(2, { [own]: 'again' }, ['one-msl'])]);
    assert.deepEqual(
      dueSkills(met, 100, spoils).map(({ skill }) => skill),
      [spoilt],
      'not what was never asked',
    );
    assert.deepEqual(dueSkills(met, 100, never), []);
    assert.deepEqual(
      dueSkills(met, 101, never).map(({ skill }) => skill),
      [own],
    );
    const shown = withReview(met, review(3, { [spoilt]: 'good', [unseen]: 'good' }));
    assert.deepEqual(dueSkills(shown, 100, spoils), []);
  });

  it('foresees every card once, and remembers days as they were', () => {
    fc.assert(
      fc.property(anyStudy, (study) => {
        const cards = cardsOf(study);
        const all = forecast(cards, 20_000, 40_000).reduce((total, count) => total + count, 0);
        assert.equal(all, cards.size);
        const days = history(study, 20_040, 41);
        assert.equal(
          days.reduce((total, { answered }) => total + answered, 0),
          study.reviews.length,
        );
        assert.ok(days.every(({ recall = 0.5 }) => recall > 0 && recall <= 1));
      }),
      { numRuns: 30 },
    );
  });

  it('credits what is due to the pack that asked it last', () => {
    const [one = '', other = '', folded = ''] = SKILLS;
    const reviewIn = (pack: string, day: number, skill: string): Review => ({
      ...{ at: day * DAY, day, pack, question: 'q', numbers: day, misconceptions: [] },
      grades: { [skill]: 'good' },
    });
    const study = studyOf([reviewIn('a', 1, one), reviewIn('b', 2, one), reviewIn('a', 3, other)]);
    const card = cardsOf(study).get(other as SkillId);
    assert.ok(card);
    const due = dueSkills({ ...study, cards: { [folded]: { ...card, at: 1, day: 0 } } }, 400, () => []);
    assert.equal(due.length, 3);
    const byPack = [...dueByPack(study, due)].map(([pack, skills]) => [
      pack,
      skills.map(({ skill }) => skill),
    ]);
    assert.deepEqual(byPack.sort(), [
      ['a', [other]],
      ['b', [one]],
    ]);
  });

  it('counts days in a row; today may still come', () => {
    const on = (day: number): Review => ({
      ...at(day),
      pack: 'p',
      question: 'q',
      numbers: day,
      grades: {},
      misconceptions: [],
    });
    const study = studyOf([on(97), on(99), on(100)]);
    assert.deepEqual(
      [100, 101, 102].map((today) => streakOf(study, today)),
      [2, 2, 0],
    );
  });

  it('names every skill in both languages', () => {
    for (const skill of Object.keys(RULES).filter(isSkill)) {
      const { en, 'zh-CN': zh } = skillName(skill);
      assert.ok(en.length > 0 && /[\u4e00-\u9fff]/.test(zh), skill);
    }
  });
});

describe('evidence and reviews', () => {
  const QUESTIONS = `
- { id: syn-ack, scenario: run, when: B receives SYN, ask: [flags seq ack of next from B, state of B], hints: [one] }
- { id: fin, scenario: run, when: B receives FIN, ask: state of B }
`;
  let pack: Pack;
  before(async () => {
    pack = await loadGood(
      packOf(
        '- B: listen\n- A: connect\n- A: close\n- B: close',
        QUESTIONS.replace('[flags seq ack of next from B, state of B]', '[next segment from B, state of B]'),
      ),
    );
  });
  const occasion = { at: 5, day: 1, took: 1000 };

  function answered(fields: Readonly<Record<string, string>>, hints: number, took: number | undefined) {
    let begun = openLesson(pack, 3);
    for (let hint = 0; hint < hints; hint += 1) begun = act(begun, { type: 'hint', questionId: 'syn-ack' });
    const right = rightAnswers(begun, 'syn-ack');
    const after = act(begun, { type: 'answer', questionId: 'syn-ack', fields: { ...right, ...fields } });
    return { begun, after, review: reviewsOf(begun, after, { ...occasion, took })[0] };
  }
  const grades = (review: Review | undefined) => new Set(Object.values(review?.grades ?? {}));

  it('grade right, slow, hinted and wrong answers', () => {
    assert.deepEqual(grades(answered({}, 0, 1000).review), new Set(['good']));
    assert.deepEqual(grades(answered({}, 1, 1000).review), new Set(['hard']));
    assert.deepEqual(grades(answered({}, 0, 600_000).review), new Set(['hard']));
    assert.deepEqual(grades(answered({}, 0, 3_600_000).review), new Set(['good'])); // away from the desk
    const wrong = answered({ 'B.ack': 'x' }, 0, 1000).review;
    assert.equal(wrong?.grades['number/ack-is-next-expected'], 'again');
    assert.equal(wrong?.grades['LISTEN/recv-syn/SYN-RECEIVED'], 'good');
    assert.deepEqual(wrong?.misconceptions, ['syn-consumes-nothing']);
  });

  it('come once for an answer, and never for anything else', () => {
    const { begun, after } = answered({}, 0, 1000);
    assert.deepEqual(reviewsOf(after, act(after, { type: 'go', index: 1 }), occasion), []);
    assert.deepEqual(reviewsOf(begun, act(begun, { type: 'go', index: 1 }), occasion), []);
    assert.deepEqual(reviewsOf(after, after, occasion), []);
    const [shown] = reviewsOf(begun, act(begun, { type: 'reveal', questionId: 'syn-ack' }), occasion);
    assert.deepEqual(grades(shown), new Set(['again']));
  });

  it('of an exam come all at once when it is over, and none before', () => {
    let exam = beginLesson(pack, 3, { mode: 'exam', at: 0 });
    const fields = { ...rightAnswers(openLesson(pack, 3), 'syn-ack'), 'B.ack': 'x' };
    exam = act(exam, { type: 'answer', questionId: 'syn-ack', fields, at: 1 });
    assert.deepEqual(reviewsOf(exam, act(exam, { type: 'go', index: 1, at: 2 }), occasion), []);
    const over = act(exam, { type: 'hand-in', at: 3 });
    const reviews = reviewsOf(exam, over, occasion);
    assert.deepEqual(
      reviews.map(({ question, misconceptions }) => [question, misconceptions]),
      [['syn-ack', ['syn-consumes-nothing']]],
    );
    assert.deepEqual(reviewsOf(over, act(over, { type: 'go', index: 0, at: 4 }), occasion), []);
  });

  it('ask each due skill once, on other numbers, and credit the question it came from', () => {
    const { review } = answered({}, 0, 1000);
    assert.ok(review);
    const study = withReview(NO_STUDY, review);
    const due = dueSkills(study, 10, () => []);
    const plan = planReview([pack], due, study, 3);
    assert.ok(plan);
    assert.deepEqual(plan.picks, [{ pack: 'test-pack', question: 'syn-ack' }]);
    const lesson = openReview([pack], plan);
    const id = 'test-pack/syn-ack';
    const after = act(lesson, { type: 'answer', questionId: id, fields: rightAnswers(lesson, id) });
    const [again] = reviewsOf(lesson, after, { at: 9, day: 10, took: undefined });
    assert.equal(again?.question, 'syn-ack');
    assert.equal(again?.pack, 'test-pack');
    assert.notEqual(again?.numbers, review.numbers);
    assert.equal(planReview([pack], [], study, 3), undefined);
    assert.equal(planReview([], due, study, 3), undefined);
  });

  it('find a question for a skill that is due, and none for one that no pack asks', () => {
    const card = reviewCard(undefined, 'again', { at: 0, day: 0 });
    const due = (skill: SkillId) => [{ skill, card, suspects: [] }];
    const plan = planReview([pack], due('ESTABLISHED/recv-fin/CLOSE-WAIT'), NO_STUDY, 1);
    assert.deepEqual(plan?.picks, [{ pack: 'test-pack', question: 'fin' }]);
    assert.equal(planReview([pack], due('TIME-WAIT/reuse/CLOSED'), NO_STUDY, 1), undefined);
  });
});

describe('a link to a question', () => {
  it('gives the same numbers to whoever follows it, and others on the next try', async () => {
    const pack = await loadGood(
      packOf(
        '- B: listen\n- A: connect',
        '- { id: one, scenario: run, when: B receives SYN, ask: state of B }\n- { id: two, scenario: run, when: B receives SYN, ask: next segment from B }',
      ),
    );
    const lesson = act(openLesson(pack, 11), { type: 'go', index: 1 });
    const link = linkOf(lesson);
    assert.ok(link);
    assert.deepEqual({ pack: link.pack, question: link.question }, { pack: 'test-pack', question: 'two' });
    const followed = linkedLesson(pack, link.question, link.seed);
    assert.ok(followed);
    assert.deepEqual(rightAnswers(followed, 'two'), rightAnswers(lesson, 'two'));
    assert.deepEqual(linkOf(followed), link);
    const given = act(followed, { type: 'reveal', questionId: 'two' });
    const again = act(given, { type: 'retry', questionId: 'two' });
    assert.notEqual(linkOf(again)?.seed, link.seed);
    assert.equal(linkedLesson(pack, 'three', 1), undefined);
  });
});
