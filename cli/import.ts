import path from 'node:path';
import { fromGift } from '../quizzes/exchange/gift-import.ts';
import { loadPack } from '../quizzes/format/load-pack.ts';
import { printPack } from '../quizzes/format/print-pack.ts';
import { takeApart } from './arguments.ts';
import { readText, write } from './files.ts';
import { misused, type Outcome, problems } from './outcome.ts';
import { issueLine } from './packs.ts';

/** `import FILE.gift --out PACK`. Code 1 when any question could not be taken over; the others are written all the same. */
export async function importCommand(argv: readonly string[]): Promise<Outcome> {
  const parsed = takeApart(argv, { out: { type: 'string' }, id: { type: 'string' } });
  if (!parsed.ok) return parsed.error;
  const { files, language, text } = parsed.value;
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) return misused('import needs one GIFT file.');
  const out = text('out');
  if (out === undefined) return misused('import needs --out PACK.tcpquiz.yaml, the file to write.');
  const source = await readText(file);
  if (!source.ok) return problems(source.error);
  const { pack, notes } = fromGift(source.value, text('id') ?? idOf(file));
  const told = notes.map(
    ({ line, column, severity, message }) => `${file}:${line}:${column}: ${severity}: ${message}`,
  );
  if (pack.questions.length === 0) {
    return problems(
      ...told,
      `${file}: there is no question in it that a pack could hold; nothing was written.`,
    );
  }
  const printed = printPack(pack);
  // What we write must be a pack: whatever is not is said now and not when it is opened.
  const { issues } = await loadPack(printed, { file: out, readFile: async () => undefined });
  const failed = await write(out, printed);
  if (failed !== undefined) return problems(failed);
  const lines = [...told, ...issues.map((issue) => issueLine(issue, language))];
  return {
    code: lines.length === 0 ? 0 : 1,
    out: `${out}: ${pack.questions.length} questions, to be marked by the learner\n`,
    err: lines.map((line) => `${line}\n`).join(''),
  };
}

function idOf(file: string): string {
  const name = path.basename(file).replace(/\.[^.]*$/, '');
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'imported' : plain;
}
