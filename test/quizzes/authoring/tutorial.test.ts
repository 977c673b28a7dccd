// Follows docs/authoring.md step by step: does what its sentences say, and looks for what its grey boxes promise.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { answerFor } from '../../../quizzes/authoring/answers.ts';
import { type Analysis, openChecker } from '../../../quizzes/authoring/check.ts';
import { fixesFor } from '../../../quizzes/authoring/fixes.ts';
import { outlineOf } from '../../../quizzes/authoring/outline.ts';
import { TEMPLATES } from '../../../quizzes/authoring/templates.ts';
import { loadPack } from '../../../quizzes/format/load-pack.ts';
import { readBeside } from '../support.ts';

const DOC = readFileSync(path.resolve(import.meta.dirname, '../../../docs/authoring.md'), 'utf8');
const [, tutorial = ''] = DOC.split(/^# (?:Tutorial|Everything there is)$/m);

type Step =
  | { readonly do: 'change'; readonly from: string; readonly to: string }
  | { readonly do: 'start' | 'append' | 'see'; readonly text: string }
  | { readonly do: 'insert'; readonly under: string; readonly text: string }
  | { readonly do: 'put-before'; readonly line: string; readonly text: string }
  | { readonly do: 'fix' };

/** What a reader does, paragraph by paragraph. */
function stepsOf(text: string): readonly Step[] {
  const steps: Step[] = [];
  let before = '';
  for (const [whole, language, body = ''] of text.matchAll(/```(yaml|text)\n([\s\S]*?)```\n|[^\n]+\n/g)) {
    if (language === undefined) {
      before = whole;
      for (const [, from, to] of whole.matchAll(/[Cc]hange `([^`]+)` to `([^`]+)`|[Tt]ake the quick fix/g))
        steps.push(from === undefined || to === undefined ? { do: 'fix' } : { do: 'change', from, to });
    } else if (language === 'text') steps.push({ do: 'see', text: body });
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

describe('the tutorial for authors', () => {
  const steps = stepsOf(tutorial);

  it('has steps, and every kind of them', () => {
    const kinds = new Set(steps.map((step) => step.do));
    assert.deepEqual([...kinds].sort(), ['append', 'change', 'fix', 'insert', 'put-before', 'see', 'start']);
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
        case 'see':
          assert.equal(seen(await checker.check(text, request), step.text), step.text.trimEnd());
      }
    }
    const { pack, issues } = await loadPack(text, request);
    assert.deepEqual(issues, []);
    assert.equal(pack?.questions.length, 6);
    assert.ok(!/answer:/.test(text));
  });
});
