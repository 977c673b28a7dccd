// A packetdrill script as a scenario: from a file beside the pack, or written in the pack itself.

import { PROFILES, type Profile } from '../../core/tcp/profiles.ts';
import type { Bilingual } from '../../core/text.ts';
import type { SymbolDefinition } from '../../core/timeline/scenario.ts';
import { parseScript } from '../../core/wire/packetdrill/parse.ts';
import { playScript } from '../../core/wire/packetdrill/play.ts';
import { profileOfScript, type Span as ScriptSpan } from '../../core/wire/packetdrill/script.ts';
import type { PacketdrillPlan } from '../engine/pack.ts';
import type { PackDocument, Path, Span } from './document.ts';

/** A packetdrill script that a scenario wants to have played. */
export interface WantedScript extends Pick<PacketdrillPlan, 'id' | 'iss'> {
  readonly path: Path;
  /** The name of a file beside the pack, or the script itself. */
  readonly script: string;
  /** The scenario's own; then what the script says counts, then the pack's, then Linux. */
  readonly profile: Profile | undefined;
  readonly packProfile: Profile | undefined;
  readonly symbols: readonly SymbolDefinition[];
}

/** Differences told of one script; the first ones tell. */
const MOST_TOLD = 5;

/** Whether the value of `script` names a file: a script itself has several lines. */
export function isScriptFile(script: unknown): script is string {
  return typeof script === 'string' && !script.includes('\n');
}

/**
 * Plays a packetdrill script once and makes a scenario of what happened.
 *
 * @param file - its text when it stands in a file; undefined when there is none
 * @returns undefined when it is no use; that is reported
 */
export function packetdrillPlan(
  document: PackDocument,
  wanted: WantedScript,
  file: string | undefined,
): PacketdrillPlan | undefined {
  const { id, iss, path, symbols } = wanted;
  const isFile = isScriptFile(wanted.script);
  const text = isFile ? file : wanted.script;
  if (text === undefined) {
    document.report('script-missing', document.span(path), path, { name: wanted.script });
    return undefined;
  }
  const tell = (code: 'script-unreadable' | 'script-differs', span: ScriptSpan, says: Bilingual) => {
    const at = isFile ? document.span(path) : spanInBlock(document, path, span);
    const { line } = span.start;
    const details = { name: `${isFile ? wanted.script : 'script'}:${line}`, says };
    if (code === 'script-differs') document.warn(code, at, path, details);
    else document.report(code, at, path, details);
  };
  const { script, issues } = parseScript(text);
  const errors = issues.filter(({ severity }) => severity === 'error');
  for (const { span, message } of errors.slice(0, MOST_TOLD)) tell('script-unreadable', span, message);
  if (errors.length > 0) return undefined;
  if (script.lines.length === 0) {
    document.report('no-script', document.span(path), path);
    return undefined;
  }
  const remarked = profileOfScript(script);
  const profile = wanted.profile ?? (remarked && PROFILES[remarked]) ?? wanted.packProfile ?? PROFILES.linux;
  const played = playScript(script, profile);
  const different = played.lines.filter(({ outcome }) => outcome === 'differs');
  for (const { line, says } of different.slice(0, MOST_TOLD)) {
    tell('script-differs', line.span, {
      'en': says.map(({ en }) => en).join('; '),
      'zh-CN': says.map(({ 'zh-CN': zh }) => zh).join('；'),
    });
  }
  return {
    kind: 'packetdrill',
    id,
    file: isFile ? wanted.script : undefined,
    profile: played.scenario.profile,
    scenario: { ...played.scenario, symbols },
    iss,
  };
}

/** The place of a part of a text that stands after `|`; the whole text when it is written in another way. */
function spanInBlock(document: PackDocument, path: Path, { start, end }: ScriptSpan): Span {
  const whole = document.span(path);
  const [head = '', ...lines] = document.text.slice(whole.from, whole.to).split('\n');
  const indent = lines.find((line) => line.trim() !== '')?.search(/\S/) ?? 0;
  const offsetOf = (line: number) =>
    whole.from + head.length + 1 + lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  if (!head.startsWith('|') || start.line > lines.length) return whole;
  const from = offsetOf(start.line) + indent + start.column - 1;
  return { from, to: Math.max(from + 1, offsetOf(end.line) + indent + end.column - 1) };
}
