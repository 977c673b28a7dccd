import assert from 'node:assert/strict';
import { PROFILE_IDS, PROFILES } from '../../../core/tcp/profiles.ts';
import { act, lessonScreen, openLesson } from '../../../quizzes/engine/lesson.ts';
import type { Pack } from '../../../quizzes/engine/pack.ts';
import { answersByProfile, profileViews } from '../../../quizzes/engine/profile-answers.ts';
import { PROFILE_SOURCES, type ProfileKey } from '../../../quizzes/engine/profile-sources.ts';
import { loadGood, packOf, shippedPacks } from '../support.ts';

const FIN = `- id: waits
  scenario: run
  when: A receives FIN
  ask: [state of A, time left in TIME-WAIT at A]`;
const CLOSE = '- B: listen\n- A: connect\n- A: close\n- B: close';

async function small(): Promise<Pack> {
  return loadGood(packOf(CLOSE, FIN));
}

describe('the answer by each profile', () => {
  it('names a source for everything in which profiles differ', () => {
    for (const key of Object.keys(PROFILES.textbook) as (keyof typeof PROFILES.textbook)[]) {
      if (key === 'id' || key === 'laws') continue;
      if (new Set(PROFILE_IDS.map((id) => PROFILES[id][key])).size === 1) continue;
      const source = PROFILE_SOURCES[key as ProfileKey];
      assert.ok(source, `${key} has no source`);
      assert.ok(Object.keys(source.says).length > 0, key);
    }
  });

  it('says what differs, and which number of the profile makes it so', async () => {
    const pack = await small();
    const [question] = pack.questions;
    const plan = pack.scenarios['run'];
    assert.ok(question && plan?.kind === 'script');
    const views = profileViews(question, plan, 3, 'en');
    assert.deepEqual(
      views.map(({ profile, own, fields }) => [profile, own, fields.map(({ value }) => value).join()]),
      [
        ['textbook', true, 'TIME-WAIT,60 s'],
        ['rfc9293', false, 'TIME-WAIT,4 min'],
        ['linux', false, 'TIME-WAIT,60 s'],
      ],
    );
    assert.deepEqual(views[1]?.reasons, [
      'MSL: 2 min (RFC 9293 §3.4.2) instead of 30 s (as courses draw it)',
    ]);
    assert.match(profileViews(question, plan, 3, 'zh-CN')[1]?.reasons.join() ?? '', /而不是/);
  });

  it('says nothing where all agree, of prose, and of a run by a wrong rule', async () => {
    const pack = (await shippedPacks()).find(({ id }) => id === 'three-way-handshake');
    const question = pack?.questions.find(({ id }) => id === 'second');
    const plan = pack?.scenarios[question?.scenario ?? ''];
    assert.ok(question && plan?.kind === 'script');
    assert.deepEqual(answersByProfile(question, plan, 3), []);
    assert.deepEqual(answersByProfile({ ...question, asks: [] }, plan, 3), []);
    assert.deepEqual(answersByProfile(question, { ...plan, believe: 'fin-takes-none' }, 3), []);
  });

  it('keeps what the pack changed in its own profile', async () => {
    const text = packOf(CLOSE, FIN).replace('profile: textbook', 'profile: { base: textbook, msl: 5 s }');
    const pack = await loadGood(text);
    const [question] = pack.questions;
    const plan = pack.scenarios['run'];
    assert.ok(question && plan?.kind === 'script');
    assert.deepEqual(profileViews(question, plan, 3, 'en'), []);
  });

  it('is told only with the verdict', async () => {
    const lesson = openLesson(await small(), 3);
    const asked = lessonScreen(lesson, 'en');
    assert.ok(asked.kind === 'lesson');
    assert.deepEqual(asked.profiles, []);
    const shown = lessonScreen(act(lesson, { type: 'reveal', questionId: asked.question.id }), 'en');
    assert.ok(shown.kind === 'lesson');
    assert.equal(shown.profiles.length, 3);
  });
});
