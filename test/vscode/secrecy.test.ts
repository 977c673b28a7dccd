import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../extension/test-api.ts';
import type { StepView } from '../../quizzes/engine/timeline-view.ts';
import type { LessonScreen } from '../../quizzes/engine/view.ts';
import type { ShowScreen } from '../../webview/protocol.ts';
import { children, closeEditors, handshake, screenOf } from './handshake.ts';

// What is asked is nowhere in what the webview holds until it is answered. Every question of every shipped pack is
// shown and then given up; what the second told is looked for in all that was sent before.

const LESSON = 'handshake.lesson';

interface Shown {
  /** Everything sent from the question's opening to just before its answer. */
  readonly before: readonly ShowScreen[];
  readonly asked: LessonScreen;
  readonly hinted: LessonScreen;
  readonly told: LessonScreen;
}

async function show(api: TestApi, packId: string, index: number): Promise<Shown> {
  const start = api.messages.length;
  const isHere = (screen: LessonScreen) => screen.pack.id === packId && screen.index === index;
  api.post(LESSON, { type: 'question/go', index });
  const asked = await screenOf(
    api,
    LESSON,
    'lesson',
    (screen) => isHere(screen) && screen.verdict === undefined,
  );
  const before = api.messages.slice(start).map(({ message }) => message);
  const questionId = asked.question.id;
  for (let hint = 0; hint < asked.question.hintsLeft; hint += 1)
    api.post(LESSON, { type: 'question/hint', questionId });
  const hinted = await screenOf(
    api,
    LESSON,
    'lesson',
    (screen) => isHere(screen) && screen.question.hintsLeft === 0,
  );
  api.post(LESSON, { type: 'question/reveal', questionId });
  const told = await screenOf(
    api,
    LESSON,
    'lesson',
    (screen) => isHere(screen) && screen.verdict !== undefined,
  );
  return { before, asked, hinted, told };
}

/** All texts and numbers of a message, however deep. */
function leaves(value: unknown): readonly (string | number)[] {
  if (typeof value === 'string' || typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [];
}

/** Texts that only the answer, or a hint, may tell. */
function secretTexts({ hinted, told }: Shown): readonly string[] {
  const { points = [], misconceptions = [] } = told.verdict ?? {};
  return [
    ...hinted.question.hints,
    ...points.map(({ text }) => text),
    ...misconceptions.flatMap(({ text, feedback }) => [text, feedback ?? text]),
  ];
}

/** Further apart than a connection of these packs ever moves. */
const FAR = 1_000_000;

/** Numbers that nobody could have worked out: those named by the answer and far from all that was seen; and their neighbours. */
function secretNumbers({ asked, told }: Shown): readonly number[] {
  const seen = (asked.timeline?.arrows ?? []).flatMap(({ seq, ack }) => [seq, ack ?? seq]);
  return (told.timeline?.symbols ?? []).flatMap(({ value }) =>
    value === undefined || seen.some((number) => Math.abs(number - value) < FAR)
      ? []
      : [value - 1, value, value + 1],
  );
}

/** What a step tells about its outcome. */
function outcome({ path, app, timers, rules, variables }: StepView): readonly unknown[] {
  return [path, app, timers, rules, variables].filter(
    (part) => JSON.stringify(part) !== '[]' && part !== undefined,
  );
}

describe('what the webview holds before an answer', () => {
  const all: { readonly name: string; readonly shown: Shown }[] = [];
  before(async function () {
    this.timeout(900_000);
    const api = await handshake();
    await api.progress.forgetEverything();
    for (const pack of await children(api)) {
      if (pack.kind !== 'pack' || pack.packId === undefined) continue;
      const { packId } = pack;
      await vscode.commands.executeCommand('handshake.restartPack', packId);
      await screenOf(api, LESSON, 'lesson', (screen) => screen.pack.id === packId);
      for (let index = 0; index < pack.total; index += 1) {
        const shown = await show(api, packId, index);
        all.push({ name: `${packId}/${shown.asked.question.id}`, shown });
      }
    }
  });
  after(async () => {
    await (await handshake()).progress.forgetEverything();
    await closeEditors();
  });

  it('is looked at for every question', () => assert.ok(all.length >= 40, `${all.length} questions`));

  it('has no verdict, and nothing beside the screen that could hold one', () => {
    for (const { name, shown } of all) {
      for (const { type, screen, resume, preferences, strings, now, ...rest } of shown.before) {
        assert.equal(type, 'screen/show');
        assert.ok(preferences && strings);
        assert.equal(typeof now, 'number');
        assert.deepEqual(Object.keys(rest), [], name);
        assert.deepEqual(
          Object.keys(resume as object).sort(),
          ['address', 'kind', 'packId', 'version'],
          name,
        );
        if (screen.kind !== 'lesson') continue;
        assert.equal(screen.verdict, undefined, name);
        assert.equal(screen.compare, undefined, name);
      }
    }
  });

  it('has no hint, key point or diagnosis', () => {
    for (const { name, shown } of all) {
      const held = new Set(leaves(shown.before.map(({ screen }) => screen)));
      for (const text of secretTexts(shown)) assert.ok(!held.has(text), `${name} tells "${text}"`);
    }
  });

  it('has no number that the answer names first', () => {
    let secrets = 0;
    for (const { name, shown } of all) {
      const held = new Set(leaves(shown.before.map(({ screen }) => screen)));
      secrets += secretNumbers(shown).length;
      for (const number of secretNumbers(shown)) assert.ok(!held.has(number), `${name} tells ${number}`);
    }
    assert.ok(secrets > 0, 'no question keeps a number secret');
  });

  it('has no arrow and no outcome of a step that the answer shows first', () => {
    let states = 0;
    for (const { name, shown } of all) {
      const { asked, told } = shown;
      if (asked.timeline === undefined || told.timeline === undefined) continue;
      if (asked.timeline.asked !== undefined) {
        const news = told.timeline.arrows.length - asked.timeline.arrows.length;
        assert.ok(news > 0, `${name}: the asked arrow was there before`);
      }
      for (const field of asked.question.fields) {
        if (field.kind !== 'state') continue;
        // A host to whom nothing happens at the cut is in the state that was seen last.
        const cut: StepView | undefined = asked.timeline.steps.at(-1);
        if (cut?.host === field.host)
          assert.deepEqual(outcome(cut), ['hidden'], `${name}: step ${cut.index}`);
        states += 1;
      }
    }
    assert.ok(states > 0, 'no question asks for a state');
  });
});
