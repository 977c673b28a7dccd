// docs/questions.md says where each of the 112 questions is asked.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Question } from '../../quizzes/engine/pack.ts';
import { shippedPacks } from './support.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const HANDED_OUT = path.resolve(ROOT, '../shared/QUESTIONS.md');
const COUNT = 112;

interface Row {
  readonly number: number;
  readonly kind: string;
  readonly places: readonly string[];
}

function rows(): Row[] {
  const text = readFileSync(path.join(ROOT, 'docs/questions.md'), 'utf8');
  return [...text.matchAll(/^\| ([0-9]+) \| ([CTKP+/]+) \| [^|]+ \| ([^|]+) \|$/gm)].map(
    ([, number, kind = '', places = '']) => ({
      number: Number(number),
      kind,
      places: [...places.matchAll(/`([^`]+)`/g)].map(([, place = '']) => place),
    }),
  );
}

describe('docs/questions.md', () => {
  let questions: ReadonlyMap<string, Question>;
  before(async () => {
    const packs = await shippedPacks();
    questions = new Map(
      packs.flatMap((pack) => pack.questions.map((question) => [`${pack.id}/${question.id}`, question])),
    );
  });

  it('has every number from 1 to 112, once and in order', () => {
    assert.deepEqual(
      rows().map(({ number }) => number),
      Array.from({ length: COUNT }, (_, place) => place + 1),
    );
  });

  it('names questions that are there', () => {
    for (const { number, places } of rows()) {
      assert.ok(places.length > 0, `${number}`);
      for (const place of places) assert.ok(questions.has(place), `${number}: ${place}`);
    }
  });

  it('has computed questions for C, T and K only, and a rubric for every P', () => {
    for (const { number, kind, places } of rows()) {
      const found = places.map((place) => questions.get(place));
      if (kind === 'P') {
        const rubric = found[0]?.rubric ?? [];
        assert.ok(rubric.length >= 3, `${number} begins with the question that has the rubric`);
      } else {
        for (const [index, question] of found.entries())
          assert.ok((question?.asks.length ?? 0) > 0, `${number}: ${places[index]} asks nothing`);
      }
    }
  });

  it('has seventeen of prose and ninety-five that are computed', () => {
    assert.equal(rows().filter(({ kind }) => kind === 'P').length, 17);
    assert.equal(rows().filter(({ kind }) => kind !== 'P').length, 95);
  });

  it('gives each number the mark of the list it comes from, where that is at hand', function () {
    if (!existsSync(HANDED_OUT)) return this.skip();
    const [body = ''] = readFileSync(HANDED_OUT, 'utf8').split('\n61 need core');
    const marks = new Map<number, string>();
    for (const line of body.split('\n').filter((one) => one.startsWith('**') && one.includes(' — '))) {
      const [, list = ''] = line.split(' — ', 2);
      for (const item of list.split(' · ')) {
        const number = Number(/^\s*([0-9]+) /.exec(item)?.[1]);
        const mark = /\b([CTKP](?:[+/][CTKP])*)(?:\s\([^)]*\))?\s*$/.exec(item)?.[1];
        if (mark !== undefined) marks.set(number, mark);
      }
    }
    assert.ok(marks.size > 100, `${marks.size} marks were read`);
    for (const { number, kind } of rows()) {
      const mark = marks.get(number);
      if (mark !== undefined) assert.equal(kind, mark, `${number}`);
    }
    return undefined;
  });
});
