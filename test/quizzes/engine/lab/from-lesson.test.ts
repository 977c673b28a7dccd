import assert from 'node:assert/strict';
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
    const lab = openLab(pack, left.subject);
    assert.ok(lab);
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
});
