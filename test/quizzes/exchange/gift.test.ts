// Checked by gift-pegjs, a port of the grammar of Moodle's importer.

import assert from 'node:assert/strict';
import { type GIFTQuestion, parse } from 'gift-pegjs';
import { toGift } from '../../../quizzes/exchange/gift.ts';
import { type StaticField, type StaticPack, staticPack } from '../../../quizzes/exchange/static-question.ts';
import { HOSTILE, hostilePack, shippedStatic } from './support.ts';

type Asked = Exclude<GIFTQuestion, { type: 'Category' | 'Description' }>;

function questionsIn(gift: string): Asked[] {
  return parse(gift).filter((one): one is Asked => one.type !== 'Category' && one.type !== 'Description');
}

interface Placed {
  readonly path: string;
  readonly field: StaticField | undefined;
}

function fieldsOf(pack: StaticPack): Placed[] {
  return pack.questions.flatMap(({ id, variant, fields }): Placed[] => {
    const path = `${pack.id}/${id}/${variant}`;
    return fields.length === 0
      ? [{ path, field: undefined }]
      : fields.map((field) => ({ path: `${path}/${field.name}`, field }));
  });
}

describe('GIFT, read by the grammar of Moodle', () => {
  for (const language of ['en', 'zh-CN'] as const) {
    it(`holds every field of every shipped pack (${language})`, async () => {
      for (const pack of await shippedStatic(language)) {
        const read = questionsIn(toGift(pack));
        const fields = fieldsOf(pack);
        assert.deepEqual(
          read.map(({ id }) => id),
          fields.map(({ path }) => path),
        );
        for (const [place, question] of read.entries()) check(question, fields[place]?.field);
      }
    });
  }

  it('puts each question into a category of its own', async () => {
    const [pack] = await shippedStatic('en');
    assert.ok(pack);
    const categories = parse(toGift(pack)).filter(({ type }) => type === 'Category');
    assert.equal(categories.length, new Set(pack.questions.map(({ id }) => id)).size);
  });

  it('keeps every sign of an author’s texts', async () => {
    const pack = staticPack(await hostilePack(), { variants: 1, seed: 1, language: 'en' });
    const read = questionsIn(toGift(pack));
    assert.equal(read.length, 5);
    for (const { title } of read) assert.ok(title?.startsWith(HOSTILE), title ?? '');
    const essay = read.find(({ type }) => type === 'Essay');
    assert.ok(essay?.globalFeedback?.text.includes('####'));
    assert.ok(essay?.stem.text.includes('&lt;/text&gt;'));
  });
});

function check(question: Asked, field: StaticField | undefined): void {
  const at = question.id ?? '';
  if (field === undefined) {
    assert.equal(question.type, 'Essay', at);
    return;
  }
  if (field.kind === 'choice') {
    assert.equal(question.type, 'MC', at);
    if (question.type !== 'MC') return;
    assert.equal(question.choices.length, field.options.length, at);
    assert.equal(question.choices.filter(({ isCorrect }) => isCorrect).length, 1, at);
    return;
  }
  assert.equal(question.type, 'Short', at);
  if (question.type !== 'Short') return;
  const texts = (weight: number) =>
    question.choices.filter((choice) => choice.weight === weight).map(({ text }) => text.text);
  assert.deepEqual(texts(100), [...field.accepted], at);
  assert.deepEqual(
    texts(0),
    field.mistakes.flatMap(({ written }) => written),
    at,
  );
  assert.ok(
    question.choices.every(({ weight, feedback }) => weight === 100 || (feedback?.text.length ?? 0) > 20),
    at,
  );
}
