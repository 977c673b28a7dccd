import assert from 'node:assert/strict';
import { RULES } from '../../../core/tcp/rules.ts';
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
import {
  interviewReport,
  interviewScreen,
  reportRows,
  weakQuestions,
} from '../../../quizzes/engine/interview-report.ts';
import {
  act,
  beginLesson,
  type Lesson,
  lessonDeadline,
  lessonScreen,
  openLesson,
  saveLesson,
} from '../../../quizzes/engine/lesson.ts';
import type { Pack } from '../../../quizzes/engine/pack.ts';
import { placeQuestion } from '../../../quizzes/engine/place-question.ts';
import { newSession } from '../../../quizzes/engine/session.ts';
import { skillsOfQuestion } from '../../../quizzes/engine/skills.ts';
import { rulesOf } from '../../../quizzes/engine/telling-rules.ts';
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

  it('can ask each why, and gives as its reason the very rule that was to be chosen', () => {
    for (const role of ROLES) {
      for (const difficulty of DIFFICULTIES) {
        const pack = interviewPack(packs, { ...CHOICE, role, difficulty, minutes: 40 });
        for (const why of pack.questions.filter(({ asks }) => asks[0]?.kind === 'rule')) {
          const { posed } = placeQuestion(pack, newSession(CHOICE.seed), why);
          const right = posed?.answers.get('rule')?.value;
          assert.ok(posed && right?.kind === 'choice', why.id);
          assert.equal(rulesOf(posed)[0], right.choice, why.id);
        }
      }
    }
  });

  it('follows each step up with why and with a what-if on the same connection, in both languages', () => {
    const pack = interviewPack(packs, { ...CHOICE, minutes: 20 });
    const steps = pack.questions.filter(({ id }) => originOf(id).part === 'step');
    assert.ok(steps.length >= 4);
    for (const step of steps) {
      const block = pack.questions.filter(({ id }) => id.startsWith(`${step.id}/`));
      // Where all segments were forged there is nothing that could have been lost.
      const sent = placeQuestion(pack, newSession(CHOICE.seed), step).run?.timeline.transmissions ?? [];
      const parts = sent.some(({ sentIn, lost }) => sentIn !== undefined && !lost)
        ? ['why', 'what-if']
        : ['why'];
      assert.deepEqual(
        block.map(({ id }) => originOf(id).part),
        parts,
        step.id,
      );
      for (const { rubric, asks, prompt, scenario } of block) {
        assert.equal(scenario, step.scenario);
        assert.ok(prompt && rubric.length > 0 !== asks.length > 0);
        for (const point of rubric) {
          assert.ok(point.en.length > 10, step.id);
          assert.match(point['zh-CN'], /\p{Script=Han}|：/u);
        }
      }
    }
  });

  it('asks why by rules to choose among, of which one alone decides, in whatever is asked of any role', () => {
    const counts = { graded: 0, prose: 0 };
    for (const role of ROLES) {
      const pack = interviewPack(packs, { ...CHOICE, role, minutes: 40 });
      const session = newSession(CHOICE.seed);
      for (const question of pack.questions.filter(({ id }) => originOf(id).part === 'why')) {
        const [ask] = question.asks;
        counts[ask === undefined ? 'prose' : 'graded'] += 1;
        if (ask?.kind !== 'rule') continue;
        const step = pack.questions.find(({ id }) => `${id}/why` === question.id);
        assert.ok(step);
        const { posed } = placeQuestion(pack, session, step);
        const why = placeQuestion(pack, session, question).posed;
        assert.ok(posed && why, question.id);
        const deciding = rulesOf(posed);
        assert.equal(ask.options.filter((rule) => deciding.includes(rule)).length, 1, question.id);
        assert.ok(ask.options.length >= 3);
        const texts = ask.options.map((rule) => RULES[rule].says.en);
        assert.equal(new Set(texts).size, texts.length, question.id);
        const right = why.answers.get('rule')?.value;
        assert.ok(right?.kind === 'choice' && deciding.some((rule) => rule === right.choice));
        assert.deepEqual(skillsOfQuestion(why), [right.choice]);
      }
    }
    console.log(`    why: ${counts.graded} graded, ${counts.prose} by key points`);
    assert.ok(counts.graded > 3 * counts.prose);
  });

  it('tells no rule of a step while why is open, and all of them afterwards', () => {
    for (const seed of [CHOICE.seed, 1, 2, 3, 4, 5]) tellsNothing(seed);
  });

  function tellsNothing(seed: number): void {
    const pack = interviewPack(packs, { ...CHOICE, seed, minutes: 40 });
    let lesson: Lesson = openLesson(pack, seed);
    const screen = () => {
      const shown = lessonScreen(lesson, 'en');
      assert.ok(shown.kind === 'lesson');
      return shown;
    };
    let seen = 0;
    for (const [index, question] of pack.questions.entries()) {
      const why = pack.questions[index + 1];
      if (why?.id !== `${question.id}/why` || why.asks.length === 0) continue;
      const { posed } = placeQuestion(pack, lesson.session, question);
      const decidedIn = [...(posed?.answers.values() ?? [])].flatMap(
        (answer) => answer.decidedIn?.index ?? [],
      );
      const told = () => screen().timeline?.steps.filter((step) => decidedIn.includes(step.index)) ?? [];
      lesson = act(lesson, { type: 'go', index });
      lesson = act(lesson, { type: 'reveal', questionId: question.id });
      assert.deepEqual([screen().verdict?.rules, screen().profiles], [[], []], question.id);
      assert.deepEqual(
        told().flatMap(({ rules }) => rules),
        [],
        question.id,
      );
      lesson = act(lesson, { type: 'go', index: index + 1 });
      assert.deepEqual(
        told().flatMap(({ rules }) => rules),
        [],
        why.id,
      );
      lesson = act(lesson, { type: 'reveal', questionId: why.id });
      assert.ok((screen().verdict?.rules.length ?? 0) > 0, why.id);
      lesson = act(lesson, { type: 'go', index });
      assert.ok((screen().verdict?.rules.length ?? 0) > 0, question.id);
      seen += 1;
    }
    assert.ok(seen > 3);
  }

  it('draws a what-if as far as the change, and beside the key points what comes of it', () => {
    const kinds = new Set<string>();
    for (const seed of [CHOICE.seed, 1, 2, 3]) {
      const pack = interviewPack(packs, { ...CHOICE, seed, minutes: 40 });
      let lesson: Lesson = openLesson(pack, seed);
      const picture = () => {
        const shown = lessonScreen(lesson, 'en');
        assert.ok(shown.kind === 'lesson' && shown.timeline);
        return shown.timeline;
      };
      for (const [index, question] of pack.questions.entries()) {
        const { whatIf } = question;
        if (whatIf === undefined) continue;
        const { run } = placeQuestion(pack, lesson.session, question);
        assert.ok(run);
        lesson = act(lesson, { type: 'go', index });
        const before = picture();
        const last = before.steps.at(-1);
        assert.ok(last && last.index + 1 < run.timeline.steps.length, question.id);
        if (whatIf.kind === 'lose') {
          const lost = before.arrows.filter(({ sentAt, lost: gone }) => gone && sentAt === last.at);
          assert.ok(lost.length > 0, question.id);
        } else assert.match(last.what, /crashes/, question.id);
        kinds.add(whatIf.kind);
        const block = pack.questions.filter(({ id }) => question.id.startsWith(id.split('/why')[0] ?? id));
        for (const open of [question, ...block.filter((other) => other !== question)]) {
          lesson = act(lesson, { type: 'go', index: pack.questions.indexOf(open) });
          lesson = act(lesson, { type: 'reveal', questionId: open.id });
        }
        lesson = act(lesson, { type: 'go', index });
        const whole = placeQuestion(pack, lesson.session, question).run?.timeline.steps.length;
        assert.equal(picture().steps.length, whole, question.id);
      }
    }
    assert.deepEqual([...kinds].sort(), ['act', 'lose']);
  });

  it('is timed: the clocks of its questions are about as long as was wished', () => {
    for (const minutes of LENGTHS) {
      const { questions } = interviewPack(packs, { ...CHOICE, minutes });
      const sum = questions.reduce((total, { time = 0 }) => total + time, 0) / 60_000;
      assert.ok(sum > minutes - 1 && sum < minutes + 5, `${sum} of ${minutes} min`);
    }
    const pack = interviewPack(packs, CHOICE);
    const lesson = beginLesson(pack, CHOICE.seed, { mode: 'drill', at: CHOICE.at });
    assert.equal(lessonDeadline(lesson), CHOICE.at + (pack.questions[0]?.time ?? 0));
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
        ['wrong', 30_000],
        ['self', 30_000],
        ['open', undefined],
      ],
    );
    const screen = interviewScreen(lesson, CHOICE, packs, 'en');
    const graded = lesson.pack.questions.filter(({ asks }) => asks.length > 0).length;
    assert.deepEqual([screen.used, screen.graded], [90_000, { right: 0, of: graded }]);
    assert.equal(screen.points.met, screen.points.of);
    assert.deepEqual(
      screen.lines.map(({ outcome }) => outcome),
      rows.map(({ mark }) => mark),
    );
    // The step and its why are of one question.
    assert.equal(screen.review.length, 1);
    assert.deepEqual(
      weakQuestions(lesson, CHOICE).map(({ pack, question }) => `${pack}/${question}`),
      [lesson.pack.questions[0]?.id],
    );
    const text = interviewReport(lesson, CHOICE, packs, 'en');
    assert.match(text, /Used: 90 s/);
    const { packId, questionId } = originOf(lesson.pack.questions[0]?.id ?? '');
    assert.ok(text.includes(`\`${packId}/${questionId}\``));
    assert.match(interviewReport(lesson, CHOICE, packs, 'zh-CN'), /面试报告/);
  });
});
