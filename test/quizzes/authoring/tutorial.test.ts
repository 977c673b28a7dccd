// Follows docs/authoring.md step by step: does what its sentences say, and looks for what its grey boxes promise.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../../../cli/run.ts';
import { answerFor } from '../../../quizzes/authoring/answers.ts';
import { type Analysis, openChecker } from '../../../quizzes/authoring/check.ts';
import { fixesFor } from '../../../quizzes/authoring/fixes.ts';
import { outlineOf } from '../../../quizzes/authoring/outline.ts';
import { TEMPLATES } from '../../../quizzes/authoring/templates.ts';
import { act, beginLesson } from '../../../quizzes/engine/lesson.ts';
import { placeQuestion } from '../../../quizzes/engine/place-question.ts';
import { fieldViews } from '../../../quizzes/engine/prompts.ts';
import { resultsOf } from '../../../quizzes/engine/results.ts';
import { shownVerdict } from '../../../quizzes/engine/verdict.ts';
import { loadPack } from '../../../quizzes/format/load-pack.ts';
import { packHash } from '../../../quizzes/format/pack-hash.ts';
import { readBeside } from '../support.ts';

const DOC = readFileSync(path.resolve(import.meta.dirname, '../../../docs/authoring.md'), 'utf8');
const [, tutorial = ''] = DOC.split(/^# (?:Tutorial|Everything there is)$/m);

type Step =
  | { readonly do: 'change'; readonly from: string; readonly to: string }
  | { readonly do: 'start' | 'append' | 'see'; readonly text: string }
  | { readonly do: 'insert'; readonly under: string; readonly text: string }
  | { readonly do: 'put-before'; readonly line: string; readonly text: string }
  | { readonly do: 'fix' }
  | { readonly do: 'run'; readonly command: string }
  | {
      readonly do: 'take-exam';
      readonly learner: string;
      readonly slip: { readonly text: string; readonly label: string; readonly question: string };
      readonly file: string;
    }
  | { readonly do: 'change-file'; readonly file: string; readonly from: string; readonly to: string };

const EXAM =
  /Take the exam as `(\w+)`, write `([^`]+)` for `([^`]+)` in `([^`]+)` and the rest rightly, hand in, mark both points, and save .* as `([^`]+)`/;

/** What a reader does, paragraph by paragraph. */
function stepsOf(text: string): readonly Step[] {
  const steps: Step[] = [];
  let before = '';
  for (const [whole, language, body = ''] of text.matchAll(/```(yaml|text|sh)\n([\s\S]*?)```\n|[^\n]+\n/g)) {
    if (language === undefined) {
      before = whole;
      const exam = EXAM.exec(whole);
      if (exam !== null) {
        const [, learner = '', given = '', label = '', question = '', file = ''] = exam;
        steps.push({ do: 'take-exam', learner, slip: { text: given, label, question }, file });
        continue;
      }
      const forged = /In `([^`]+)`, change `([^`]+)` to `([^`]+)`/.exec(whole);
      if (forged !== null) {
        const [, file = '', from = '', to = ''] = forged;
        steps.push({ do: 'change-file', file, from, to });
        continue;
      }
      for (const [, from, to] of whole.matchAll(/[Cc]hange `([^`]+)` to `([^`]+)`|[Tt]ake the quick fix/g))
        steps.push(from === undefined || to === undefined ? { do: 'fix' } : { do: 'change', from, to });
    } else if (language === 'text') steps.push({ do: 'see', text: body });
    else if (language === 'sh') steps.push({ do: 'run', command: body.trim() });
    else if (/add at the end:$/i.test(before.trim())) steps.push({ do: 'append', text: body });
    else {
      const line = /add before `([^`]+)`:$/.exec(before.trim())?.[1];
      if (line !== undefined) {
        steps.push({ do: 'put-before', line, text: body });
        continue;
      }
      const under = /Add under `(\w+)`:$/.exec(before.trim())?.[1];
      steps.push(under === undefined ? { do: 'start', text: body } : { do: 'insert', under, text: body });
    }
  }
  return steps;
}

/** What an author sees now, as the grey boxes write it. */
function seen({ issues, pack }: Analysis, box: string): string {
  const id = /^([a-z][a-z0-9-]*): /.exec(box)?.[1];
  if (id === undefined) {
    const lines = issues.map(({ start, message }) => `Line ${start.line}: ${message.en}`);
    return lines.length === 0 ? 'No problems.' : lines.join('\n');
  }
  assert.deepEqual(
    issues.map(({ message }) => message.en),
    [],
  );
  const question = pack?.questions.find((one) => one.id === id);
  assert.ok(question, id);
  const fields = answerFor({ pack }, question, 1, 'en')?.fields ?? [];
  return `${id}: ${fields.map(({ label, expected }) => `${label} ${expected}`).join(', ')}`;
}

/** A results file of an exam in which one field was answered as said, and everything else rightly. */
async function takeExam(text: string, step: Extract<Step, { do: 'take-exam' }>): Promise<string> {
  const { pack } = await loadPack(text, { file: 'x', readFile: readBeside });
  assert.ok(pack);
  const begun = Date.UTC(2026, 0, 2, 3, 0, 0);
  let lesson = beginLesson(pack, 7, { mode: 'exam', at: begun });
  for (const [index, question] of lesson.pack.questions.entries()) {
    lesson = act(lesson, { type: 'go', index, at: begun + 60_000 * index });
    const { posed } = placeQuestion(pack, lesson.session, question);
    const views = fieldViews(question.asks, 'en', posed);
    const fields = (posed === undefined ? [] : shownVerdict(posed, 'en').fields).map(({ name, expected }) => {
      const { slip } = step;
      const slips =
        question.id === slip.question && views.find((view) => view.name === name)?.label === slip.label;
      return [name, slips ? slip.text : expected] as const;
    });
    const at = begun + 60_000 * index + 30_000;
    lesson = act(lesson, { type: 'answer', questionId: question.id, fields: Object.fromEntries(fields), at });
  }
  lesson = act(lesson, { type: 'hand-in', at: begun + 600_000 });
  for (const [index, { id, asks }] of lesson.pack.questions.entries()) {
    if (asks.length > 0) continue;
    lesson = act(act(lesson, { type: 'go', index }), { type: 'mark', questionId: id, met: [true, true] });
  }
  const results = resultsOf(pack, lesson.session, {
    packHash: await packHash(text, readBeside),
    core: JSON.parse(readFileSync('package.json', 'utf8')).version,
    mode: 'exam',
    learner: step.learner,
    exportedAt: '2026-01-02T03:04:05Z',
  });
  return JSON.stringify(results);
}

describe('the tutorial for authors', () => {
  const steps = stepsOf(tutorial);
  const folder = mkdtempSync(path.join(tmpdir(), 'handshake-tutorial-'));
  after(() => rmSync(folder, { recursive: true }));

  it('has steps, and every kind of them', () => {
    const kinds = new Set(steps.map((step) => step.do));
    assert.deepEqual([...kinds].sort(), [
      'append',
      'change',
      'change-file',
      'fix',
      'insert',
      'put-before',
      'run',
      'see',
      'start',
      'take-exam',
    ]);
    assert.ok(steps.length >= 25, `${steps.length} steps`);
  });

  it('begins with the template it names', () => {
    const [first] = steps;
    assert.equal(first?.do === 'start' && first.text, TEMPLATES.find(({ id }) => id === 'first')?.text);
  });

  it('keeps every promise', async () => {
    const checker = openChecker();
    const request = { file: 'x', readFile: readBeside, pause: () => undefined };
    let text = '';
    let printed: string | undefined;
    for (const step of steps) {
      switch (step.do) {
        case 'start':
          text = step.text;
          break;
        case 'append':
          text += step.text;
          break;
        case 'change':
          assert.equal(text.split(step.from).length, 2, `"${step.from}" is there once`);
          text = text.replace(step.from, () => step.to);
          break;
        case 'put-before':
          assert.equal(text.split(step.line).length, 2, `"${step.line}" is there once`);
          text = text.replace(step.line, (line) => step.text + line);
          break;
        case 'insert': {
          const group = outlineOf(text).find(({ name }) => name === step.under);
          assert.ok(group, step.under);
          text = text.slice(0, group.to) + step.text + text.slice(group.to);
          break;
        }
        case 'fix': {
          const [issue] = (await checker.check(text, request)).issues;
          assert.ok(issue, 'nothing to fix');
          const mistake = { code: issue.code, from: issue.start.offset, to: issue.end.offset };
          const [edit, ...more] = fixesFor(text, mistake)[0]?.edits ?? [];
          assert.ok(edit && more.length === 0, issue.code);
          text = text.slice(0, edit.from) + edit.text + text.slice(edit.to);
          break;
        }
        case 'take-exam':
          writeFileSync(path.join(folder, step.file), await takeExam(text, step));
          break;
        case 'change-file': {
          const file = path.join(folder, step.file);
          const before = readFileSync(file, 'utf8');
          assert.ok(before.includes(step.from), step.from);
          writeFileSync(file, before.replace(step.from, step.to));
          break;
        }
        case 'run': {
          writeFileSync(path.join(folder, 'my-pack.tcpquiz.yaml'), text);
          const words = step.command.split(' ').slice(2);
          const { out, err } = await run(
            words.map((word) => (/\.(?:json|yaml)$/.test(word) ? path.join(folder, word) : word)),
          );
          printed = `${out}${err}`.replaceAll(`${folder}${path.sep}`, '').replaceAll('\r\n', '\n');
          break;
        }
        case 'see':
          if (printed !== undefined) assert.equal(printed.trimEnd(), step.text.trimEnd());
          else assert.equal(seen(await checker.check(text, request), step.text), step.text.trimEnd());
          printed = undefined;
      }
    }
    const { pack, issues } = await loadPack(text, request);
    assert.deepEqual(issues, []);
    assert.equal(pack?.questions.length, 6);
    assert.ok(!/answer:/.test(text));
  });
});
