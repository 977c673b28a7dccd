import { fail, ok, type Result } from '../core/result.ts';
import type { Language } from '../core/text.ts';
import { type Analysis, openChecker } from '../quizzes/authoring/check.ts';
import type { Pack } from '../quizzes/engine/pack.ts';
import type { PackIssue } from '../quizzes/format/issue.ts';
import { loadPack } from '../quizzes/format/load-pack.ts';
import { packHash } from '../quizzes/format/pack-hash.ts';
import { readerBeside, readText } from './files.ts';
import { type Outcome, problems } from './outcome.ts';

/** A pack with what its results are checked against. */
export interface FilePack {
  readonly pack: Pack;
  readonly hash: string;
  /** Problems that leave the rest usable. */
  readonly warnings: readonly string[];
}

/** Reads a pack and says all that the editor would; a file that cannot be read is one sentence. */
export async function checkFile(file: string): Promise<Result<Analysis, string>> {
  const text = await readText(file);
  if (!text.ok) return text;
  const request = { file, readFile: readerBeside(file), pause: () => undefined };
  return ok(await openChecker().check(text.value, request));
}

/** Reads a pack to work with; an outcome when nothing of it can be used. */
export async function openPack(file: string, language: Language): Promise<Result<FilePack, Outcome>> {
  const text = await readText(file);
  if (!text.ok) return fail(problems(text.error));
  const readFile = readerBeside(file);
  const { pack, issues } = await loadPack(text.value, { file, readFile });
  const lines = issues.map((issue) => issueLine(issue, language));
  if (pack === undefined) return fail(problems(...lines));
  return ok({ pack, hash: await packHash(text.value, readFile), warnings: lines });
}

/** `file:line:column: error: message [code]`, as editors and CI know how to jump to. */
export function issueLine(issue: PackIssue, language: Language): string {
  const { file, start, severity, message, code } = issue;
  return `${file}:${start.line}:${start.column}: ${severity}: ${message[language]} [${code}]`;
}
