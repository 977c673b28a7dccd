import assert from 'node:assert/strict';
import { interviewPack } from '../../../../quizzes/engine/interview.ts';
import { leaveForLab } from '../../../../quizzes/engine/lab/from-lesson.ts';
import { openLab } from '../../../../quizzes/engine/lab/lab.ts';
import { labScreen } from '../../../../quizzes/engine/lab/lab-screen.ts';
import { act, lessonScreen, openLesson } from '../../../../quizzes/engine/lesson.ts';
import { stateOf } from '../../../../quizzes/engine/session.ts';
import { shippedPacks } from '../../support.ts';

describe('from a lesson to the lab', () => {
  it('goes only once the question is answered, onto its very numbers, and renews what is still open on them', async () => {
    const pack = (await shippedPacks()).find(({ id }) => id === 'four-way-close');
    assert.ok(pack);
    const lesson = openLesson(pack, 5);
    assert.equal(leaveForLab(lesson), undefined);
    const [question] = pack.questions;
    assert.ok(question);
    const shown = act(lesson, { type: 'reveal', questionId: question.id });
    const left = leaveForLab(shown);
    assert.ok(left);
    const opened = openLab(pack, left.subject);
    assert.ok(opened.ok);
    const lab = opened.value;
    const screen = lessonScreen(shown, 'en');
    assert.ok(screen.kind === 'lesson' && screen.branchable && screen.timeline);
    const inLab = labScreen(lab, 'en').original;
    for (const [place, { seq }] of screen.timeline.arrows.entries())
      assert.equal(inLab.arrows[place]?.seq, seq);
    const open = pack.questions.filter(
      ({ id, scenario, asks }) => id !== question.id && asks.length > 0 && scenario === question.scenario,
    );
    assert.ok(open.length > 0);
    for (const { id } of open) assert.equal(stateOf(left.lesson.session, id).fresh, 1, id);
  });

  it('leaves a capture alone as long as another question on it is open: it has no other numbers', async () => {
    const pack = (await shippedPacks()).find(({ id }) => id === 'real-capture');
    assert.ok(pack);
    const own = pack.questions.filter(({ scenario }) => scenario === 'ordinary');
    assert.ok(own.length > 2);
    let lesson = openLesson(pack, 5);
    for (const [place, { id }] of own.entries()) {
      lesson = act(lesson, { type: 'go', index: pack.questions.findIndex((each) => each.id === id) });
      lesson = act(lesson, { type: 'reveal', questionId: id });
      const left = leaveForLab(lesson);
      assert.equal(left !== undefined, place === own.length - 1, id);
      if (left === undefined) continue;
      assert.equal(left.subject.begin, undefined);
      const lab = openLab(pack, left.subject);
      assert.ok(lab.ok && lab.value.retold);
    }
  });

  it('finds the run of an interview in its own pack, once no "why" on it is open', async () => {
    const packs = await shippedPacks();
    const interview = interviewPack(packs, { role: 'sre', minutes: 10, difficulty: 0, seed: 4, at: 0 });
    let lesson = openLesson(interview, 4);
    const reveal = (index: number) => {
      lesson = act(act(lesson, { type: 'go', index }), {
        type: 'reveal',
        questionId: interview.questions[index]?.id ?? '',
      });
      const screen = lessonScreen(lesson, 'en');
      assert.ok(screen.kind === 'lesson' && screen.timeline);
      return screen;
    };
    assert.equal(reveal(0).branchable, false);
    const asked = reveal(1);
    assert.ok(asked.branchable);
    const left = leaveForLab(lesson);
    assert.ok(left);
    const own = packs.find(({ id }) => id === left.subject.packId);
    const lab = own && openLab(own, left.subject);
    assert.ok(lab?.ok);
    const inLab = labScreen(lab.value, 'en').original;
    for (const [place, { seq }] of asked.timeline?.arrows.entries() ?? [])
      assert.equal(inLab.arrows[place]?.seq, seq);
  });
});
