import assert from 'node:assert/strict';
import { grade } from '../../../quizzes/engine/grade.ts';
import { placeQuestion } from '../../../quizzes/engine/place-question.ts';
import { newSession } from '../../../quizzes/engine/session.ts';
import { type StaticField, staticPack, variantSeed } from '../../../quizzes/exchange/static-question.ts';
import { loadGood, packOf, shippedPacks } from '../support.ts';
import { shippedStatic } from './support.ts';

function rightText(field: StaticField): string {
  return field.kind === 'choice' ? field.right : (field.accepted[0] ?? '');
}

describe('questions for systems that know no TCP', () => {
  it('hold only answers that our own grading takes as right, in every notation', async () => {
    const options = { variants: 2, seed: 7, language: 'en' } as const;
    let notations = 0;
    for (const pack of await shippedPacks()) {
      for (const made of staticPack(pack, options).questions) {
        const question = pack.questions.find(({ id }) => id === made.id);
        const session = newSession(variantSeed(options.seed, made.variant));
        const posed = question && placeQuestion(pack, session, question).posed;
        if (posed === undefined) continue;
        const right = Object.fromEntries(made.fields.map((field) => [field.name, rightText(field)]));
        for (const field of made.fields) {
          for (const text of field.kind === 'text' ? field.accepted : [field.right]) {
            const graded = grade(posed, { ...right, [field.name]: text });
            assert.ok(graded.ok, `${made.id}: ${text} is not understood`);
            assert.ok(
              graded.value.judged.every(({ correct }) => correct),
              `${made.id}: ${text} is not right`,
            );
            notations += 1;
          }
        }
      }
    }
    assert.ok(notations > 1000, `${notations}`);
  });

  it('count octets with a unit, and nothing else', async () => {
    const pack = await loadGood(
      packOf(
        '- B: listen\n- A: connect\n- A: send 300\n- A: close',
        '- { id: q, scenario: run, when: A receives SYN-ACK, ask: [number of SYNs from A, length of next segment from A] }',
      ),
    );
    const { questions } = staticPack(pack, { variants: 1, seed: 7, language: 'en' });
    const [syns, length] = (questions[0]?.fields ?? []).map(
      (field) => field.kind === 'text' && field.accepted,
    );
    assert.deepEqual(syns, ['1']);
    assert.ok((length || []).includes('0 octets'));
  });

  describe('hold no mistake that nobody would make', () => {
    const mistakes = async (script: string, ask: string) => {
      const pack = await loadGood(packOf(script, `- { id: q, scenario: run, ${ask} }`));
      const { questions } = staticPack(pack, { variants: 1, seed: 7, language: 'en' });
      return questions.flatMap(({ fields }) => fields.flatMap((field) => field.mistakes));
    };
    it('no number of a connection that only the wrong run has', async () => {
      const script =
        '- B: listen\n- A: connect\n- network: old SYN from A, seq A.iss - 5000\n- A: close\n- B: close';
      const found = await mistakes(script, 'when: B receives SYN last, ask: seq of next segment from B');
      assert.ok(found.length > 0);
      for (const { written, misconception } of found) {
        // The number of the other direction has a name there, and none here.
        if (misconception === 'seq-and-ack-swapped') continue;
        const decimal = Number(written.find((text) => /^\d{9,}$/.test(text)));
        const named = written.some((text) => /^[xy](?:[+-]\d{1,6})?$/.test(text));
        assert.ok(named || Number.isNaN(decimal), written.join(' | '));
      }
    });
    it('no flags for a reason that speaks of numbers', async () => {
      const script = '- B: listen\n- A: connect\n- A: close\n- B: close';
      const found = await mistakes(script, 'when: B receives SYN, ask: flags of next segment from A');
      assert.ok(!found.some(({ misconception }) => misconception === 'ack-repeats-seq'));
    });
  });

  it('hold computed mistakes that our own grading takes as wrong, for the reason they name', async () => {
    const options = { variants: 1, seed: 3, language: 'en' } as const;
    let mistakes = 0;
    for (const pack of await shippedPacks()) {
      for (const made of staticPack(pack, options).questions) {
        const question = pack.questions.find(({ id }) => id === made.id);
        const posed =
          question &&
          placeQuestion(pack, newSession(variantSeed(options.seed, made.variant)), question).posed;
        if (posed === undefined) continue;
        const right = Object.fromEntries(made.fields.map((field) => [field.name, rightText(field)]));
        for (const field of made.fields) {
          for (const { written, misconception } of field.mistakes) {
            const graded = grade(posed, { ...right, [field.name]: written[0] ?? '' });
            assert.ok(graded.ok, `${made.id}: ${written[0]} is not understood`);
            const wrong = graded.value.judged
              .filter(({ correct }) => !correct)
              .map(({ field: { name } }) => name);
            assert.deepEqual(wrong, [field.name], `${made.id}: ${written[0]} (${misconception})`);
            mistakes += 1;
          }
        }
      }
    }
    assert.ok(mistakes > 100, `${mistakes}`);
  });

  it('draw fresh numbers for each variant, and the same ones for the same seed', async () => {
    const [first] = await shippedPacks();
    assert.ok(first);
    const make = (seed: number) => staticPack(first, { variants: 3, seed, language: 'en' });
    assert.deepEqual(make(5), make(5));
    const shown = make(5)
      .questions.map(({ id, picture }) => `${id} ${JSON.stringify(picture)}`)
      .filter((picture) => picture.includes('seq='));
    assert.ok(shown.length > 10);
    assert.equal(new Set(shown).size, shown.length);
  });

  it('never show in the picture a state that is asked', async () => {
    for (const pack of await shippedStatic('en')) {
      for (const { picture, fields, id } of pack.questions) {
        if (!fields.some(({ name }) => name.endsWith('.state'))) continue;
        assert.ok(
          picture?.rows.length === 0 || picture?.rows.some((row) => row.at(-1) === '?'),
          `${pack.id}/${id}`,
        );
      }
    }
  });
});
