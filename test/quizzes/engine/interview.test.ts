import assert from 'node:assert/strict';
import {
  DIFFICULTIES,
  type InterviewChoice,
  interviewPack,
  LENGTHS,
  originOf,
  parseInterviewChoice,
  planInterview,
  ROLES,
} from '../../../quizzes/engine/interview.ts';
import { interviewReport, reportRows } from '../../../quizzes/engine/interview-report.ts';
import { act, type Lesson, lessonScreen, openLesson, saveLesson } from '../../../quizzes/engine/lesson.ts';
import type { Pack } from '../../../quizzes/engine/pack.ts';
import { shippedPacks } from '../support.ts';

const CHOICE: InterviewChoice = { role: 'backend', minutes: 10, difficulty: 0, seed: 11, at: 1_000 };

describe('the interview drill', () => {
  let packs: Pack[];
  before(async () => {
    packs = await shippedPacks();
  });

  it('is the same for the same choice, and another for another seed', () => {
    const names = (choice: InterviewChoice) =>
      planInterview(packs, choice).map(({ pack, question }) => `${pack.id}/${question.id}`);
    assert.deepEqual(names(CHOICE), names(CHOICE));
    assert.notDeepEqual(names(CHOICE), names({ ...CHOICE, seed: 12 }));
  });

  it('fills its length, keeps to role and difficulty, and asks of no scenario twice', () => {
    for (const role of ROLES) {
      for (const difficulty of DIFFICULTIES) {
        let before = 0;
        for (const minutes of LENGTHS) {
          const picked = planInterview(packs, { ...CHOICE, role, minutes, difficulty });
          assert.ok(picked.length > before || difficulty !== 0, `${role} ${minutes}`);
          before = picked.length;
          assert.equal(new Set(picked.map(({ plan }) => plan)).size, picked.length);
          for (const { question } of picked) {
            assert.ok(difficulty === 0 || question.difficulty === difficulty);
            assert.ok(question.asks.length > 0);
          }
        }
      }
    }
    const first = planInterview(packs, CHOICE);
    assert.ok(first.every(({ question }) => question.tags.includes('backend')));
    assert.ok(new Set(first.map(({ pack }) => pack.id)).size > 1, 'one pack alone');
  });

  it('follows each step up with why and with a what-if on the same connection, in both languages', () => {
    const pack = interviewPack(packs, { ...CHOICE, minutes: 20 });
    const steps = pack.questions.filter(({ id }) => originOf(id).part === 'step');
    assert.ok(steps.length >= 4);
    for (const step of steps) {
      const block = pack.questions.filter(({ id }) => id.startsWith(`${step.id}/`));
      assert.deepEqual(
        block.map(({ id }) => originOf(id).part),
        ['why', 'what-if'],
        step.id,
      );
      for (const { rubric, prompt, scenario } of block) {
        assert.equal(scenario, step.scenario);
        assert.ok(prompt && rubric.length > 0);
        for (const point of rubric) {
          assert.ok(point.en.length > 10, step.id);
          assert.match(point['zh-CN'], /\p{Script=Han}|：/u);
        }
      }
    }
  });

  it('shows no key point before it is asked for', () => {
    let lesson: Lesson = openLesson(interviewPack(packs, CHOICE), CHOICE.seed);
    for (const [index, question] of lesson.pack.questions.entries()) {
      lesson = act(lesson, { type: 'go', index });
      const told = JSON.stringify(lessonScreen(lesson, 'en'));
      for (const { en } of question.rubric)
        assert.ok(!told.includes(JSON.stringify(en).slice(1, -1)), question.id);
      lesson = act(lesson, { type: 'reveal', questionId: question.id });
    }
  });

  it('comes back after a reload', () => {
    const lesson = act(openLesson(interviewPack(packs, CHOICE), CHOICE.seed), { type: 'go', index: 2 });
    const kept: unknown = JSON.parse(JSON.stringify(saveLesson(lesson)));
    const again = openLesson(interviewPack(packs, CHOICE), 99, kept);
    assert.deepEqual(lessonScreen(again, 'en'), lessonScreen(lesson, 'en'));
    assert.deepEqual(parseInterviewChoice(JSON.parse(JSON.stringify(CHOICE))), CHOICE);
    for (const nonsense of [
      undefined,
      {},
      { ...CHOICE, role: 'boss' },
      { ...CHOICE, minutes: 11 },
      { ...CHOICE, seed: 'x' },
    ]) {
      assert.equal(parseInterviewChoice(nonsense), undefined);
    }
  });

  it('reports what went wrong, what to review, and how long each took', () => {
    let lesson: Lesson = openLesson(interviewPack(packs, CHOICE), CHOICE.seed);
    let at = CHOICE.at;
    for (const [index, question] of lesson.pack.questions.slice(0, 3).entries()) {
      at += 30_000;
      lesson = act(lesson, { type: 'go', index });
      lesson = act(lesson, { type: 'reveal', questionId: question.id, at });
      if (question.rubric.length > 0) {
        lesson = act(lesson, { type: 'mark', questionId: question.id, met: question.rubric.map(() => true) });
      }
    }
    const rows = reportRows(lesson, CHOICE);
    assert.deepEqual(
      rows.slice(0, 4).map(({ mark, took }) => [mark, took]),
      [
        ['wrong', 30_000],
        ['self', 30_000],
        ['self', 30_000],
        ['open', undefined],
      ],
    );
    const text = interviewReport(lesson, CHOICE, packs, 'en');
    assert.match(text, /Used: 90 s/);
    const { packId, questionId } = originOf(lesson.pack.questions[0]?.id ?? '');
    assert.ok(text.includes(`\`${packId}/${questionId}\``));
    assert.match(interviewReport(lesson, CHOICE, packs, 'zh-CN'), /面试报告/);
  });
});
