import { fail, ok, type Result } from '../core/result.ts';
import { type GradedQuestion, regrade } from '../quizzes/engine/regrade.ts';
import { type ResultsProblem, readResults } from '../quizzes/engine/results.ts';
import { type GradedFile, toResultsCsv } from '../quizzes/exchange/results-csv.ts';
import { takeApart } from './arguments.ts';
import { readText } from './files.ts';
import { done, misused, type Outcome, problems } from './outcome.ts';
import { type FilePack, openPack } from './packs.ts';
import { VERSION } from './version.ts';

/** `grade RESULTS… --pack PACK [--csv]`. */
export async function gradeCommand(argv: readonly string[]): Promise<Outcome> {
  const parsed = takeApart(argv, { pack: { type: 'string' }, csv: { type: 'boolean' } });
  if (!parsed.ok) return parsed.error;
  const { files, language, text, flag } = parsed.value;
  const packFile = text('pack');
  if (files.length === 0) return misused('grade needs a results file.');
  if (packFile === undefined) return misused('grade needs --pack PACK, the pack that was answered.');
  const pack = await openPack(packFile, language);
  if (!pack.ok) return pack.error;
  const graded = await gradeFiles(files, pack.value, packFile);
  if (!graded.ok) return problems(...graded.error);
  const out = flag('csv') ? toResultsCsv(graded.value) : graded.value.map(reportOf).join('\n');
  return done(out, graded.value.flatMap(({ results }) => versionNote(results.core)).join(''));
}

function versionNote(core: string): string[] {
  return core === VERSION
    ? []
    : [`handshake: these answers were given to version ${core}; this is ${VERSION}.\n`];
}

/** Grades results files; one sentence for each that cannot be. */
export async function gradeFiles(
  files: readonly string[],
  { pack, hash }: FilePack,
  packFile: string,
): Promise<Result<readonly GradedFile[], readonly string[]>> {
  const graded: GradedFile[] = [];
  const wrong: string[] = [];
  for (const file of files) {
    const text = await readText(file);
    const read = text.ok ? readResults(text.value) : undefined;
    if (!text.ok) wrong.push(text.error);
    else if (read === undefined || !read.ok) wrong.push(`${file}: ${read && problemText(read.error)}`);
    else if (read.value.pack.id !== pack.id)
      wrong.push(
        `${file}: these are results of the pack "${read.value.pack.id}", but ${packFile} is "${pack.id}"; name that pack.`,
      );
    else if (read.value.packHash !== hash)
      wrong.push(
        `${file}: these are results of another version of this pack (hash ${read.value.packHash.slice(0, 12)}…, but ${packFile} has ${hash.slice(0, 12)}…); grade them with the pack file that the learner had.`,
      );
    else graded.push({ results: read.value, graded: regrade(read.value, pack) });
  }
  return wrong.length === 0 ? ok(graded) : fail(wrong);
}

function problemText(problem: ResultsProblem): string {
  switch (problem.code) {
    case 'not-json':
      return `it is no JSON (${problem.found.replace(/\p{Cc}/gu, '?')}); ask for the file as it was exported.`;
    case 'not-results':
      return 'it is no results file; export one by "Handshake: Export Results…".';
    case 'unknown-version':
      return `it is a results file of version ${problem.found}, and only version 1 is known; use a newer handshake.`;
    case 'seal-broken':
      return 'it was changed after it was exported; ask for the file as it was exported.';
  }
}

function reportOf({ results, graded }: GradedFile): string {
  const width = Math.max(8, ...graded.questions.map(({ id }) => id.length));
  const lines = graded.questions.map((question) => lineOf(question, width));
  const who = results.learner === '' ? '' : `, ${results.learner}`;
  const unknown = graded.unknown.map((id) => `${id}: no longer in the pack\n`).join('');
  const share = graded.possible === 0 ? '' : ` (${Math.round((graded.points / graded.possible) * 100)} %)`;
  return `${results.pack.id} ${results.pack.version}, ${results.mode}, seed ${results.seed}${who}
${lines.join('\n')}
${unknown}total ${plain(graded.points)} of ${plain(graded.possible)} points${share}
`;
}

function lineOf(question: GradedQuestion, width: number): string {
  const { id, outcome, points, possible, met, misconceptions, tries, hints } = question;
  const score =
    points === undefined
      ? `self-marked${met === undefined ? '' : ` ${met.count}/${met.of}`}`
      : `${plain(points)}/${plain(possible)}`;
  const extras = [
    ...(tries > 1 ? [`${tries} tries`] : []),
    ...(hints > 0 ? [`${hints} hints`] : []),
    ...misconceptions.slice(0, 1),
  ];
  return `${id.padEnd(width)}  ${outcome.padEnd(7)} ${score.padStart(7)}  ${extras.join(', ')}`.trimEnd();
}

function plain(points: number): string {
  return String(Math.round(points * 100) / 100);
}
