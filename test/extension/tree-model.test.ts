import assert from 'node:assert/strict';
import { NO_PROGRESS, withMarks } from '../../extension/lessons/progress-model.ts';
import { listedQuestions, packAfter, packToContinue, packTree } from '../../extension/packs/tree-model.ts';
import { defaultTitle } from '../../quizzes/engine/prompts.ts';
import { fileOf, packOf } from './packs.ts';

describe('the Packs view', () => {
  const flat = packOf('flags', [['syn'], ['fin']]);
  const deep = packOf('close', [['a', 0], ['b', 0], ['c', 1], ['d']], ['Four-way', 'Half-close']);
  const progress = withMarks(withMarks(NO_PROGRESS, 'flags', [['syn', 'wrong']]), 'close', [['c', 'right']]);

  it('lists questions with how each went last', () => {
    const [node] = packTree([fileOf('flags.tcpquiz.yaml', flat)], progress, 'en');
    assert.deepEqual(
      node?.children.map((child) => child.kind === 'question' && [child.label, child.mark]),
      [
        ['1. syn', 'wrong'],
        ['2. fin', 'open'],
      ],
    );
    assert.deepEqual([node?.label, node?.done, node?.total], ['flags', 1, 2]);
  });

  it('lists questions to search in with their pack, by which equal titles are told apart', () => {
    const other = packOf('again', [['syn', 0]], ['Part']);
    const files = [fileOf('flags.tcpquiz.yaml', flat), fileOf('again.tcpquiz.yaml', other)];
    const rows = packTree(files, progress, 'zh-CN').flatMap(listedQuestions);
    assert.deepEqual(
      rows.map(({ label, description, questionId }) => [label, description, questionId]),
      [
        ['$(pass) 1. syn（中）', 'flags（中）', 'syn'],
        ['$(circle-large-outline) 2. fin（中）', 'flags（中）', 'fin'],
        ['$(circle-large-outline) 1. syn（中）', 'again（中）', 'syn'],
      ],
    );
  });

  it('says how many rules are due in a pack, and nothing of packs without any', () => {
    const files = [fileOf('flags.tcpquiz.yaml', flat), fileOf('close.tcpquiz.yaml', deep)];
    const nodes = packTree(files, progress, 'en', new Map([['close', 3]]));
    assert.deepEqual(
      nodes.map(({ due }) => due),
      [0, 3],
    );
  });

  it('groups questions by titled sections and counts each', () => {
    const [node] = packTree([fileOf('close.tcpquiz.yaml', deep)], progress, 'zh-CN');
    assert.deepEqual(
      node?.children.map((child) =>
        child.kind === 'section' ? [child.label, child.done, child.total] : [child.label],
      ),
      [['Four-way（中）', 0, 2], ['Half-close（中）', 1, 1], ['4. d（中）']],
    );
  });

  it('names an open question by what it asks alone: its moment would tell the answer of another', () => {
    const asking = packOf('asks', [['answered'], ['open']]);
    const asks = [{ kind: 'state', host: 'B' }] as const;
    const questions = asking.questions.map((question) => {
      const when = { kind: 'receives', host: 'B', segment: 'SYN', which: 1 } as const;
      return { ...question, when, asks, title: defaultTitle(when, asks) };
    });
    const done = withMarks(NO_PROGRESS, 'asks', [['answered', 'right']]);
    const [node] = packTree([fileOf('asks.tcpquiz.yaml', { ...asking, questions })], done, 'en');
    assert.deepEqual(
      node?.children.map((child) => child.kind === 'question' && child.label),
      ['1. B receives SYN: state of B', '2. state of B'],
    );
  });

  it('does not group when there is only one section', () => {
    const one = packOf(
      'one',
      [
        ['a', 0],
        ['b', 0],
      ],
      ['Only'],
    );
    const [node] = packTree([fileOf('one.tcpquiz.yaml', one)], NO_PROGRESS, 'en');
    assert.deepEqual(
      node?.children.map(({ kind }) => kind),
      ['question', 'question'],
    );
  });

  it('names a broken pack by its file', () => {
    const [node] = packTree([fileOf('mine/bad.tcpquiz.yaml', undefined)], NO_PROGRESS, 'en');
    assert.deepEqual([node?.label, node?.packId, node?.children], ['mine/bad.tcpquiz.yaml', undefined, []]);
  });
});

describe('Continue', () => {
  const one = packOf('one', [['a'], ['b']]);
  const two = packOf('two', [['a']]);
  const packs = [one, two];
  const doneOne = withMarks(NO_PROGRESS, 'one', [
    ['a', 'right'],
    ['b', 'wrong'],
  ]);

  it('goes to the first open pack, the last used one first', () => {
    assert.equal(packToContinue(packs, NO_PROGRESS)?.id, 'one');
    assert.equal(packToContinue(packs, withMarks(NO_PROGRESS, 'two', []))?.id, 'two');
    assert.equal(packToContinue(packs, doneOne)?.id, 'two');
  });

  it('stays with the last pack when everything is done, and copes with none', () => {
    assert.equal(packToContinue(packs, withMarks(doneOne, 'two', [['a', 'self']]))?.id, 'two');
    assert.equal(packToContinue([], doneOne), undefined);
  });

  it('offers the next pack in order', () => {
    assert.equal(packAfter(packs, 'one')?.id, 'two');
    assert.equal(packAfter(packs, 'two'), undefined);
    assert.equal(packAfter(packs, 'gone'), undefined);
  });
});
