// Well-formed by libxml2; the structure is that of docs.moodle.org/en/Moodle_XML_format, read by fast-xml-parser.

import assert from 'node:assert/strict';
import { parseFragment } from 'parse5';
import { toMoodleXml } from '../../../quizzes/exchange/moodle-xml.ts';
import { type StaticQuestion, staticPack } from '../../../quizzes/exchange/static-question.ts';
import { hostilePack, shippedStatic } from './support.ts';
import { all, assertWellFormed, type Element, one, readXml, textOf } from './xml.ts';

describe('Moodle XML', () => {
  it('is well-formed for libxml2, in both languages', async () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const packs = await shippedStatic(language);
      await assertWellFormed(Object.fromEntries(packs.map((pack) => [`${pack.id}.xml`, toMoodleXml(pack)])));
    }
  });

  it('holds every question with its answers, as Moodle’s importer reads them', async () => {
    for (const pack of await shippedStatic('en')) {
      const read = all(one(readXml(toMoodleXml(pack)), 'quiz'), 'question');
      const questions = read.filter((question) => question['@type'] !== 'category');
      assert.equal(questions.length, pack.questions.length);
      assert.equal(read.length - questions.length, new Set(pack.questions.map(({ id }) => id)).size);
      const ids = questions.map((question) => textOf(one(question, 'idnumber')));
      assert.equal(new Set(ids).size, ids.length);
      for (const [place, question] of questions.entries()) check(question, pack.questions[place]);
    }
  });

  it('keeps every sign of an author’s texts, inert', async () => {
    const pack = staticPack(await hostilePack(), { variants: 1, seed: 1, language: 'en' });
    const xml = toMoodleXml(pack);
    await assertWellFormed({ 'hostile.xml': xml });
    const questions = all(one(readXml(xml), 'quiz'), 'question').slice(1);
    for (const question of questions.filter((each) => each['@type'] !== 'category')) {
      const html = textOf(one(question, 'questiontext', 'text'));
      assert.ok(html.includes('&lt;/text&gt;'));
      assert.ok(!/<b>&/.test(html));
    }
  });
});

function check(read: Element, question: StaticQuestion | undefined): void {
  assert.ok(question);
  const at = textOf(one(read, 'idnumber'));
  const html = textOf(one(read, 'questiontext', 'text'));
  const errors: string[] = [];
  parseFragment(html, { onParseError: ({ code }) => errors.push(code) });
  assert.deepEqual(errors, [], at);
  const type = read['@type'];
  const [field] = question.fields;
  if (field === undefined) {
    assert.equal(type, 'essay', at);
    assert.ok(textOf(one(read, 'graderinfo', 'text')).includes('<li>'), at);
  } else if (question.fields.length > 1) {
    assert.equal(type, 'cloze', at);
    const gaps = gapsIn(html);
    assert.equal(gaps.length, question.fields.length, at);
    gaps.forEach((gap, place) => {
      const asked = question.fields[place];
      const wanted = asked?.kind === 'choice' ? 1 : asked?.accepted.length;
      assert.equal(gap.filter(({ fraction }) => fraction === 100).length, wanted, at);
      if (asked?.kind === 'text')
        assert.deepEqual(
          gap.filter(({ fraction }) => fraction === 100).map(({ text }) => text),
          [...asked.accepted],
          at,
        );
    });
  } else {
    assert.equal(type, field.kind === 'choice' ? 'multichoice' : 'shortanswer', at);
    const answers = all(read, 'answer');
    const right = answers.filter((answer) => answer['@fraction'] === '100');
    assert.equal(right.length, field.kind === 'choice' ? 1 : field.accepted.length, at);
    if (field.kind === 'text') {
      const wrong = answers.filter((answer) => answer['@fraction'] === '0');
      assert.equal(wrong.length, field.mistakes.flatMap(({ written }) => written).length, at);
      assert.ok(
        wrong.every((answer) => textOf(one(answer, 'feedback', 'text')).length > 20),
        at,
      );
    }
  }
}

interface GapAnswer {
  readonly text: string;
  readonly fraction: number;
}

/** Gaps by the rules of docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type, on the text behind the HTML. */
function gapsIn(html: string): GapAnswer[][] {
  const text = html.replace(/<[^>]*>/g, '').replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => {
    return { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }[name] ?? '';
  });
  const gaps = text.matchAll(/\{(\d*):(SHORTANSWER|MULTICHOICE_VS):((?:\\.|[^\\}])*)\}/g);
  return [...gaps].map(([, , , body = '']) => {
    const answers = body.match(/(?:\\.|[^\\~])+/g) ?? [];
    return answers.map((answer) => {
      const [, mark = '', said = ''] = /^(=|%-?\d+%)?((?:\\.|[^\\#])*)/.exec(answer) ?? [];
      const fraction = mark === '=' ? 100 : Number(/\d+/.exec(mark)?.[0] ?? 0);
      return { fraction, text: said.replace(/\\(.)/g, '$1') };
    });
  });
}
