import assert from 'node:assert/strict';
import { formatFlags } from '../../core/wire/notation.ts';
import { fieldsOf, type Value } from '../../quizzes/engine/ask.ts';
import { answersBy, isWrong } from '../../quizzes/engine/believed-answers.ts';
import { grade } from '../../quizzes/engine/grade.ts';
import type { Pack } from '../../quizzes/engine/pack.ts';
import { type Posed, pose } from '../../quizzes/engine/posed.ts';
import { defaultTitle, promptOf } from '../../quizzes/engine/prompts.ts';
import { pointsOf } from '../../quizzes/engine/regrade.ts';
import { gradedVerdict, shownVerdict } from '../../quizzes/engine/verdict.ts';
import { isWithin, seenAfter, seenBefore } from '../../quizzes/engine/visibility.ts';
import { load, readShipped, runOf, SHIPPED } from './support.ts';

const SEEDS = Array.from({ length: 20 }, (_, round) => round * 7919 + 1);

const LONGEST_TITLE = 50;
/** How a prompt begins that needs the question before it: reviews and interviews ask it alone. */
const LEANS = {
  'en': /^(This time|The same|In the same|Once more|Again|Then|And|Now the|Later)\b|^First a /,
  'zh-CN': /^(这次|同样|还是|再看|再来|随后|然后|先算)/,
} as const;

/** The right answers as a learner would type them from the verdict. */
function rightAnswers(question: Posed): Record<string, string> {
  const given: Record<string, string> = {};
  for (const field of shownVerdict(question, 'en').fields) {
    const value = question.answers.get(field.name)?.value;
    given[field.name] = value?.kind === 'choice' ? value.choice : field.expected;
  }
  return given;
}

describe('the shipped packs', () => {
  it('have a number each, in the order of the course', () => {
    assert.equal(new Set(SHIPPED.map((name) => name.slice(0, 2))).size, SHIPPED.length);
    for (const name of SHIPPED) assert.match(name, /^[0-9]{2}-[a-z-]+\.tcpquiz\.yaml$/);
  });

  for (const name of SHIPPED) {
    describe(name, () => {
      let pack: Pack;
      before(async () => {
        const loaded = await load(readShipped(name));
        assert.deepEqual(
          loaded.issues.map(({ start, message }) => `${start.line}: ${message.en}`),
          [],
        );
        assert.ok(loaded.pack);
        pack = loaded.pack;
      });

      it('says everything in both languages', () => {
        const texts = [
          pack.title,
          pack.summary,
          ...pack.sections.flatMap(({ title, intro }) => [title, intro]),
          ...pack.questions.flatMap(({ prompt, rubric, hints, feedback, title }) => [
            prompt,
            title,
            ...rubric,
            ...hints,
            ...Object.values(feedback),
          ]),
        ].filter((text) => text !== undefined);
        for (const text of texts) {
          assert.match(text['zh-CN'], /\p{Script=Han}/u);
          assert.doesNotMatch(text.en, /\p{Script=Han}/u);
        }
        assert.ok(pack.summary, 'lists need a summary');
      });

      it('lets each question stand alone, under a title of its own, and weighs it by what it asks', () => {
        const titles = pack.questions.map(({ title }) => title.en);
        assert.equal(new Set(titles).size, titles.length);
        for (const question of pack.questions) {
          const { id, title, prompt, when, asks } = question;
          if (asks.length > 0) assert.notEqual(title.en, defaultTitle(when, asks).en, id);
          assert.ok(title.en.length <= LONGEST_TITLE, `${id}: ${title.en}`);
          assert.doesNotMatch(prompt?.en ?? '', LEANS.en, id);
          assert.doesNotMatch(prompt?.['zh-CN'] ?? '', LEANS['zh-CN'], id);
          if (asks.length > 0) assert.ok(pointsOf(question) >= fieldsOf(asks).length, id);
        }
      });

      it('has an answer to every question under twenty seeds, and grades it as right', () => {
        for (const question of pack.questions.filter(({ asks }) => asks.length > 0)) {
          for (const seed of SEEDS) {
            const posed = pose(question, runOf(pack, question, seed));
            assert.ok(posed.ok, question.id);
            const graded = grade(posed.value, rightAnswers(posed.value));
            assert.ok(graded.ok, `${question.id}: ${JSON.stringify(graded.ok ? '' : graded.error)}`);
            const verdict = gradedVerdict(posed.value, graded.value, 'zh-CN', () => false);
            assert.equal(
              verdict.outcome,
              'right',
              `${question.id} with seed ${seed}: ${JSON.stringify(verdict.fields)}`,
            );
            assert.ok(
              verdict.rules.length > 0 ||
                verdict.fields.every(
                  ({ expected }) => expected === 'CLOSED' || expected.startsWith('谁也不发'),
                ),
              question.id,
            );
          }
        }
      });

      it('gives every question a prompt in both languages and something to be found out', () => {
        for (const question of pack.questions) {
          if (question.asks.length === 0) {
            assert.ok(question.rubric.length >= 3 && question.prompt !== undefined, question.id);
            continue;
          }
          const posed = pose(question, runOf(pack, question, 1));
          assert.ok(posed.ok);
          const { run, cut } = posed.value;
          for (const language of ['en', 'zh-CN'] as const) {
            const prompt = promptOf(question, run.timeline, cut, language);
            assert.match(prompt, language === 'en' ? /[.?]$/ : /[。？]$/, question.id);
            assert.doesNotMatch(prompt, /undefined/);
          }
          assert.ok(
            !isWithin(
              seenAfter(run.timeline, cut, question.asks),
              seenBefore(run.timeline, cut, question.asks),
            ) || question.asks.some(({ kind }) => kind === 'next-sender'),
            question.id,
          );
        }
      });

      it('names every misconception it has feedback for, when a learner answers by it', () => {
        for (const question of pack.questions) {
          for (const id of Object.keys(question.feedback)) {
            const posed = pose(question, runOf(pack, question, 5));
            assert.ok(posed.ok);
            const named = answersBy(id, posed.value)
              .filter((prediction) => isWrong(posed.value, prediction))
              .map((prediction) => grade(posed.value, { ...rightAnswers(posed.value), ...typed(prediction) }))
              .flatMap((graded) => (graded.ok ? graded.value.misconceptions : []))
              .map(({ misconception }) => misconception.id);
            assert.ok(
              named.some((known) => known === id),
              `${question.id}: ${id} is not among ${named.join(', ')}`,
            );
          }
        }
      });
    });
  }
});

/** Values as a learner would type them. */
function typed(prediction: ReadonlyMap<string, Value>): Record<string, string> {
  return Object.fromEntries([...prediction].map(([name, value]) => [name, typedValue(value)]));
}

function typedValue(value: Value): string {
  switch (value.kind) {
    case 'flags':
      return formatFlags(value.flags).join(' ');
    case 'seq':
      return value.number === undefined ? 'none' : String(value.number);
    case 'count':
      return String(value.count);
    case 'state':
      return value.state;
    case 'duration':
      return `${value.time} ms`;
    case 'returned':
      return value.text;
    case 'order':
      return value.letters;
    default:
      return value.choice;
  }
}
