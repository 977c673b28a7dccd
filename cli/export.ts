import type { Result } from '../core/result.ts';
import { toAnki } from '../quizzes/exchange/anki.ts';
import { toGift } from '../quizzes/exchange/gift.ts';
import { toMoodleXml } from '../quizzes/exchange/moodle-xml.ts';
import { toQti } from '../quizzes/exchange/qti.ts';
import { toResultsCsv } from '../quizzes/exchange/results-csv.ts';
import { toSheet } from '../quizzes/exchange/sheet.ts';
import { type StaticPack, staticPack } from '../quizzes/exchange/static-question.ts';
import { toXapi } from '../quizzes/exchange/xapi.ts';
import { meaningless, type Parsed, takeApart, wholeNumber } from './arguments.ts';
import { write } from './files.ts';
import { gradeFiles } from './grade.ts';
import { done, misused, type Outcome, problems } from './outcome.ts';
import { type FilePack, openPack } from './packs.ts';

/** Formats for questions; each makes a whole file. */
const QUESTION_FORMATS: Readonly<Record<string, (pack: StaticPack) => string | Uint8Array>> = {
  gift: toGift,
  'moodle-xml': toMoodleXml,
  qti3: toQti,
  anki: toAnki,
  html: toSheet,
};
const RESULT_FORMATS = ['csv', 'xapi'];

/** `export PACK --to FORMAT …`. */
export async function exportCommand(argv: readonly string[]): Promise<Outcome> {
  const parsed = takeApart(argv, {
    to: { type: 'string' },
    variants: { type: 'string' },
    seed: { type: 'string' },
    out: { type: 'string' },
    results: { type: 'string', multiple: true },
  });
  if (!parsed.ok) return parsed.error;
  const { files, language, text } = parsed.value;
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) return misused('export needs one pack file.');
  const format = text('to') ?? '';
  if (!Object.hasOwn(QUESTION_FORMATS, format) && !RESULT_FORMATS.includes(format)) {
    const known = [...Object.keys(QUESTION_FORMATS), ...RESULT_FORMATS].join(', ');
    return misused(
      format === ''
        ? `export needs --to FORMAT, one of ${known}.`
        : `--to is one of ${known}, not "${format}".`,
    );
  }
  const isOfResults = RESULT_FORMATS.includes(format);
  const stray = meaningless(parsed.value, isOfResults ? ['variants', 'seed'] : ['results'], `--to ${format}`);
  if (stray !== undefined) return stray;
  const pack = await openPack(file, language);
  if (!pack.ok) return pack.error;
  return isOfResults
    ? exportResults(format, file, pack.value, parsed.value)
    : exportQuestions(format, pack.value, parsed.value);
}

async function exportQuestions(
  format: string,
  { pack, warnings }: FilePack,
  parsed: Parsed,
): Promise<Outcome> {
  const variants = wholeNumber('variants', parsed.text('variants'), { or: 1, from: 1, to: 1000 });
  if (!variants.ok) return variants.error;
  const seed: Result<number, Outcome> = wholeNumber('seed', parsed.text('seed'), {
    or: 1,
    from: 0,
    to: 0xffff_ffff,
  });
  if (!seed.ok) return seed.error;
  const { language } = parsed;
  const made = QUESTION_FORMATS[format]?.(
    staticPack(pack, { variants: variants.value, seed: seed.value, language }),
  );
  return deliver(made ?? '', parsed, warnings);
}

async function exportResults(format: string, file: string, pack: FilePack, parsed: Parsed): Promise<Outcome> {
  const results = parsed.texts('results');
  if (results.length === 0) {
    return misused(
      `--to ${format} is for results: name them by --results FILE, as often as there are files.`,
    );
  }
  const graded = await gradeFiles(results, pack, file);
  if (!graded.ok) return problems(...graded.error);
  const text =
    format === 'csv'
      ? toResultsCsv(graded.value)
      : `${JSON.stringify(
          graded.value.flatMap((one) => toXapi(one, pack.pack)),
          undefined,
          2,
        )}\n`;
  return deliver(text, parsed, pack.warnings);
}

/** To the file named by --out, or to the standard output. */
export async function deliver(
  made: string | Uint8Array,
  parsed: Parsed,
  warnings: readonly string[],
): Promise<Outcome> {
  const told = warnings.map((line) => `${line}\n`).join('');
  const out = parsed.text('out');
  if (out !== undefined) {
    const failed = await write(out, made);
    return failed === undefined ? done('', told) : problems(failed);
  }
  if (typeof made === 'string') return done(made, told);
  return misused('this format is no text: name a file by --out FILE.');
}
