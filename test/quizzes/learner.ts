// A simulated learner: looks at the screen, answers by what they believe, comes back every day. It speaks to the
// lesson as the editor does; only how somebody with a misconception thinks is taken from the core, run by their rules.

import assert from 'node:assert/strict';
import type { Value } from '../../quizzes/engine/ask.ts';
import { answersBy } from '../../quizzes/engine/believed-answers.ts';
import { reviewsOf } from '../../quizzes/engine/evidence.ts';
import { act, type Lesson, lessonScreen, openLesson } from '../../quizzes/engine/lesson.ts';
import type { Pack } from '../../quizzes/engine/pack.ts';
import { formatFlagsLike } from '../../quizzes/engine/parse-answer.ts';
import { placeQuestion } from '../../quizzes/engine/place-question.ts';
import { spoilsIn } from '../../quizzes/engine/question-index.ts';
import { openReview, planReview } from '../../quizzes/engine/review-lesson.ts';
import { dueSkills } from '../../quizzes/engine/schedule.ts';
import { NO_STUDY, type Review, type Study, withReview } from '../../quizzes/engine/study.ts';
import { valueText } from '../../quizzes/engine/verdict.ts';

const DAY = 86_400_000;
/** Any day will do: nothing reads a clock. */
export const FIRST_DAY = 20_000;

type Fields = Readonly<Record<string, string>>;

/** What somebody who knows would write: they have seen the answers of these very numbers. */
export function rightAnswers(lesson: Lesson, questionId: string): Fields {
  const shown = lessonScreen(act(lesson, { type: 'reveal', questionId }), 'en');
  assert.ok(shown.kind === 'lesson' && shown.verdict !== undefined);
  return Object.fromEntries(
    shown.verdict.fields.map(({ name, expected }) => {
      const field = shown.question.fields.find((known) => known.name === name);
      const option =
        field?.kind === 'choice' ? field.options.find(({ label }) => label === expected) : undefined;
      return [name, option?.value ?? (expected === 'none' ? '' : expected)];
    }),
  );
}

function writtenOf(value: Value, text: string): string {
  if (value.kind === 'choice') return value.choice;
  if (value.kind === 'flags') return formatFlagsLike('', value.flags);
  return text === 'none' ? '' : text;
}

/** What somebody with a misconception would write. */
export function believedAnswers(lesson: Lesson, questionId: string, misconception: string): Fields {
  const right = rightAnswers(lesson, questionId);
  const question = lesson.pack.questions.find(({ id }) => id === questionId);
  assert.ok(question);
  const { posed } = placeQuestion(lesson.pack, lesson.session, question);
  if (posed === undefined) return right;
  const believed = posed.fields.flatMap((field) => {
    const own = posed.answers.get(field.name)?.value;
    const wrong = answersBy(misconception, posed)
      .map((belief) => belief.get(field.name))
      .find((value) => value !== undefined && JSON.stringify(value) !== JSON.stringify(own));
    if (wrong === undefined) return [];
    const text = valueText(posed, { field, given: '', written: undefined }, wrong, 'en');
    return [[field.name, writtenOf(wrong, text)] as const];
  });
  return { ...right, ...Object.fromEntries(believed) };
}

export interface Learner {
  readonly study: Study;
  /** Names of misconceptions told at the end of the first session. */
  readonly named: readonly string[];
  /** Answers given in reviews, by day from 0 on. */
  readonly reviewed: readonly (readonly Review[])[];
}

function workThrough(begun: Lesson, study: Study, day: number, misconception: string | undefined) {
  let lesson = begun;
  let known = study;
  const given: Review[] = [];
  for (const [index, { id }] of begun.pack.questions.entries()) {
    lesson = act(lesson, { type: 'go', index });
    const shown = lessonScreen(lesson, 'en');
    assert.ok(shown.kind === 'lesson');
    if (shown.question.selfMarked || shown.question.fields.length === 0) continue;
    const fields =
      misconception === undefined ? rightAnswers(lesson, id) : believedAnswers(lesson, id, misconception);
    const at = (FIRST_DAY + day) * DAY + study.reviews.length + given.length;
    const next = act(lesson, { type: 'answer', questionId: id, fields, at });
    const [review] = reviewsOf(lesson, next, { at, day: FIRST_DAY + day, took: 20_000 });
    lesson = next;
    if (review === undefined) continue;
    given.push(review);
    known = withReview(known, review);
  }
  const end = lessonScreen(act(lesson, { type: 'go', index: begun.pack.questions.length }), 'en');
  assert.ok(end.kind === 'summary');
  return { study: known, given, named: end.misconceptions.map(({ name }) => name) };
}

/**
 * Studies for `days` days: the packs on the first one, and every day whatever is due.
 *
 * @param misconception - what they believe; undefined for somebody who knows
 */
export function studyFor(
  days: number,
  packs: readonly Pack[],
  first: readonly Pack[],
  misconception: string | undefined,
  onDay: (study: Study, day: number) => void = () => undefined,
): Learner {
  const spoils = spoilsIn(packs);
  let study = NO_STUDY;
  let named: readonly string[] = [];
  const reviewed: Review[][] = [];
  for (let day = 0; day < days; day += 1) {
    reviewed.push([]);
    if (day === 0) {
      for (const pack of first) {
        const done = workThrough(openLesson(pack, 7), study, day, misconception);
        study = done.study;
        named = [...named, ...done.named];
      }
    }
    const due = dueSkills(study, FIRST_DAY + day, spoils);
    const plan = day === 0 ? undefined : planReview(packs, due, study, day * 100);
    if (plan !== undefined) {
      const done = workThrough(openReview(packs, plan), study, day, misconception);
      study = done.study;
      reviewed[day]?.push(...done.given);
    }
    onDay(study, FIRST_DAY + day);
  }
  return { study, named, reviewed };
}
