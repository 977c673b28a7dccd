import { PROFILE_IDS, PROFILES, type ProfileId } from '../core/tcp/profiles.ts';
import type { Bilingual, Language } from '../core/text.ts';
import { parseScript } from '../core/wire/packetdrill/parse.ts';
import { differencesIn, type Judged, type Played, playScript } from '../core/wire/packetdrill/play.ts';
import { profileOfScript, type Script, type ScriptIssue } from '../core/wire/packetdrill/script.ts';
import { takeApart } from './arguments.ts';
import { readText } from './files.ts';
import { misused, type Outcome, problems } from './outcome.ts';

/** `run FILE.pkt [--profile P] [--json]`. */
export async function runScriptCommand(argv: readonly string[]): Promise<Outcome> {
  const parsed = takeApart(argv, { profile: { type: 'string' }, json: { type: 'boolean' } });
  if (!parsed.ok) return parsed.error;
  const { files, language, text, flag } = parsed.value;
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) return misused('run needs one packetdrill script (.pkt).');
  const given = text('profile');
  const named = PROFILE_IDS.find((id) => id === given);
  if (given !== undefined && named === undefined) {
    return misused(`--profile is one of ${PROFILE_IDS.join(', ')}, not "${given}".`);
  }
  const source = await readText(file);
  if (!source.ok) return problems(source.error);
  const { script, issues } = parseScript(source.value);
  const told = issues.map((issue) => `${issueLine(file, issue, language)}\n`).join('');
  const errors = issues.filter(({ severity }) => severity === 'error');
  const written = source.value.split(/\r?\n/);
  const [first] = errors;
  if (first !== undefined && isForeign(script, errors, written))
    return problems(issueLine(file, { ...first, message: noScript(errors.length) }, language));
  if (errors.length > 0) return { code: 1, out: '', err: told };
  if (script.lines.length === 0) return problems(`${file}:1:1: error: ${EMPTY[language]}`);
  const profile = named ?? profileOfScript(script) ?? 'linux';
  const played = playScript(script, PROFILES[profile]);
  const out = flag('json')
    ? `${JSON.stringify(jsonOf(file, profile, script, played, language), undefined, 2)}\n`
    : played.lines.map((judged) => textOf(judged, written, language)).join('');
  return { code: differencesIn(played) > 0 ? 1 : 0, out, err: told };
}

/** A line that begins so is meant for packetdrill: not with the time of a clock, nor with an item of a list (`*`, `1.`). */
const BEGINS = /^\s*(?:\+?\s*(?:\d+(?:\.\d+)?|\.\d+)(?=[\s~<>`%]|\.{3}|$)|\*\s*[<>]|--\w|`|%\{)/;
/** So many errors are told one by one, whatever the file looks like. */
const FEW = 5;

/** Whether most lines of a file are not meant for packetdrill; a script may be full of mistakes. */
function isForeign({ lines }: Script, errors: readonly ScriptIssue[], written: readonly string[]): boolean {
  if (errors.length <= FEW) return false;
  const meant = errors.filter(({ span }) => BEGINS.test(written[span.start.line - 1] ?? ''));
  const understood = lines.filter(({ kind }) => kind !== 'skipped');
  return errors.length - meant.length > meant.length + understood.length;
}

/** Told where the first of `count` errors is. */
function noScript(count: number): Bilingual {
  return {
    en: `This is no packetdrill script: ${count} lines, this one first, are not understood. A line of a script begins with its time: +0.1 < S 0:0(0) win 1000.`,
    'zh-CN': `这不是 packetdrill 脚本：有 ${count} 行看不懂，这是第一行。脚本的每一行以时间开头：+0.1 < S 0:0(0) win 1000。`,
  };
}

export const EMPTY: Bilingual = { en: 'there is no line to run in it.', 'zh-CN': '其中没有可以运行的行。' };

function issueLine(file: string, { span, severity, message }: ScriptIssue, language: Language): string {
  return `${file}:${span.start.line}:${span.start.column}: ${severity}: ${message[language]}`;
}

const MARKS = { ok: 'ok  ', differs: 'DIFF', unchecked: '-   ' } as const;

function textOf(
  { line, outcome, says, sent }: Judged,
  source: readonly string[],
  language: Language,
): string {
  const { start } = line.span;
  const said = (source[start.line - 1] ?? '').slice(start.column - 1).trim();
  const more = [...says.map((one) => one[language]), ...(outcome === 'differs' && sent ? [`> ${sent}`] : [])];
  return [
    `${MARKS[outcome]}  ${String(start.line).padStart(4)}  ${said}`,
    ...more.map((one) => `            ${one}`),
    '',
  ].join('\n');
}

function jsonOf(file: string, profile: ProfileId, script: Script, played: Played, language: Language) {
  return {
    file,
    profile,
    systemUnderTest: played.host,
    settings: Object.fromEntries(script.settings),
    differences: differencesIn(played),
    lines: played.lines.map(({ line, outcome, at, says, sent }) => ({
      line: line.span.start.line,
      column: line.span.start.column,
      kind: line.kind === 'packet' ? line.direction : line.kind,
      outcome,
      atMs: at,
      differences: says.map((one) => one[language]),
      sent: sent ?? null,
    })),
  };
}
