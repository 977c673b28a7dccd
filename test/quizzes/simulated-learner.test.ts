import assert from 'node:assert/strict';
import { createEmptyCard, fsrs, Rating } from 'ts-fsrs';
import { findMisconception } from '../../quizzes/engine/mutants.ts';
import type { Pack } from '../../quizzes/engine/pack.ts';
import { spoilsIn } from '../../quizzes/engine/question-index.ts';
import { cardsOf, GOAL_RECALL, HORIZON, overallMastery } from '../../quizzes/engine/schedule.ts';
import { isSkill } from '../../quizzes/engine/skills.ts';
import { FIRST_DAY, type Learner, studyFor } from './learner.ts';
import { shippedPacks } from './support.ts';

const DAYS = 30;
const DAY = 86_400_000;

/**
 * The first day on which somebody who is always right knows a card as well as the goal, by ts-fsrs alone: its scheduler
 * as it comes, its cards, reviewed whenever it says that they are due. Its one step within a day falls into day 0.
 */
function predictedDay(): number {
  const scheduler = fsrs({ request_retention: GOAL_RECALL, enable_fuzz: false });
  const on = (day: number) => new Date((FIRST_DAY + day) * DAY);
  let card = scheduler.next(createEmptyCard(on(0)), on(0), Rating.Good).card;
  for (;;) {
    const { due } = card;
    const day = Math.floor(due.getTime() / DAY) - FIRST_DAY;
    card = scheduler.next(card, due, Rating.Good).card;
    if (scheduler.get_retrievability(card, on(day + HORIZON), false) >= GOAL_RECALL) return day;
  }
}

/** For each day, answers in reviews that exercised one of the skills. */
function answersTo(learner: Learner, skills: ReadonlySet<string>): readonly number[] {
  return learner.reviewed.map(
    (day) => day.filter(({ grades }) => Object.keys(grades).some((skill) => skills.has(skill))).length,
  );
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

describe('a simulated learner, 30 days', () => {
  let packs: readonly Pack[];
  before(async () => {
    packs = (await shippedPacks()).filter(({ id }) => BEGUN_WITH.has(id));
  });

  const BELIEFS = [
    ['syn-consumes-nothing', 'three-way-handshake'],
    ['ack-is-last-octet', 'three-way-handshake'],
    ['client-in-syn-received', 'three-way-handshake'],
    ['fin-consumes-nothing', 'four-way-close'],
    ['close-wait-and-fin-wait-swapped', 'four-way-close'],
    ['one-msl', 'time-wait'],
  ] as const;
  const BEGUN_WITH: ReadonlySet<string> = new Set(BELIEFS.map(([, pack]) => pack));
  const controls = new Map<string, Learner>();

  for (const [id, packId] of BELIEFS) {
    it(`who believes ${id} has it named in the first session, and is asked more of what it spoils`, () => {
      const first = packs.filter((pack) => pack.id === packId);
      assert.equal(first.length, 1);
      const control = controls.get(packId) ?? studyFor(DAYS, first, first, undefined);
      controls.set(packId, control);
      const learner = studyFor(DAYS, first, first, id);
      assert.equal(learner.named[0], findMisconception(id)?.name.en, learner.named.join(', '));
      assert.deepEqual(control.named, []);
      const spoilt = spoilsIn(first)(id);
      assert.ok(spoilt.size > 0);
      const [own, others] = [answersTo(learner, spoilt), answersTo(control, spoilt)];
      console.log(`    ${id}: ${own.join(' ')}\n    control: ${others.join(' ')}`);
      assert.ok(sum(own) > 2 * sum(others), `${sum(own)} answers, the control ${sum(others)}`);
    });
  }

  it('who knows reaches 90 % mastery on the day that FSRS predicts, never on the same numbers', () => {
    const curve: number[] = [];
    const learner = studyFor(DAYS, packs, packs, undefined, (study, day) => {
      const cards = cardsOf(study);
      curve.push(overallMastery(cards, cards.keys(), day));
    });
    console.log(`    mastery: ${curve.map((mastery) => Math.round(mastery * 100)).join(' ')}`);
    const predicted = predictedDay();
    const reached = curve.findIndex((mastery) => mastery >= GOAL_RECALL);
    console.log(`    90 % on day ${reached}, predicted ${predicted}`);
    assert.ok(Math.abs(reached - predicted) <= 1, `day ${reached}, predicted ${predicted}`);
    const asked = learner.study.reviews.map(
      ({ pack, question, numbers }) => `${pack}/${question}/${numbers}`,
    );
    assert.equal(new Set(asked).size, asked.length);
    assert.ok(learner.reviewed.flat().length > 0);
    assert.ok([...cardsOf(learner.study).keys()].every(isSkill));
  });
});
