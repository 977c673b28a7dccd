import type { GradedResults } from '../engine/regrade.ts';
import type { Results } from '../engine/results.ts';

/** One learner's results, graded. */
export interface GradedFile {
  readonly results: Results;
  readonly graded: GradedResults;
}

const HEAD = [
  'learner',
  'pack',
  'pack_version',
  'mode',
  'question',
  'outcome',
  'points',
  'possible',
  'fields_right',
  'fields',
  'misconceptions',
  'tries',
  'hints',
  'redrawn',
  'answered_at',
  'answer',
] as const;

/** Results of any number of learners, one line a question (RFC 4180). Prose has no points: it is marked by the learner. */
export function toResultsCsv(files: readonly GradedFile[]): string {
  const rows = files.flatMap(({ results, graded }) =>
    graded.questions.map((question) => [
      results.learner,
      results.pack.id,
      results.pack.version,
      results.mode,
      question.id,
      question.outcome,
      question.points ?? '',
      question.possible,
      question.right,
      question.fields,
      question.misconceptions.join(' '),
      question.tries,
      question.hints,
      question.fresh,
      question.at === undefined ? '' : new Date(question.at).toISOString(),
      question.met === undefined
        ? Object.entries(question.given)
            .map(([name, text]) => `${name}=${text}`)
            .join('; ')
        : `${question.met.count}/${question.met.of}`,
    ]),
  );
  return [HEAD, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Quoted where needed; what a spreadsheet would take for a formula is kept a text by an apostrophe. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
