import { PROFILES } from '../../core/tcp/profiles.ts';
import { parseScript } from '../../core/wire/packetdrill/parse.ts';
import { type Played, playScript } from '../../core/wire/packetdrill/play.ts';
import { profileOfScript, type ScriptIssue } from '../../core/wire/packetdrill/script.ts';

/** What is known of a script's text. */
export interface ScriptReading {
  readonly issues: readonly ScriptIssue[];
  readonly played: Played;
}

/** Reads a script and plays what of it was understood, as Linux unless it says otherwise. */
export function readScript(text: string): ScriptReading {
  const { script, issues } = parseScript(text);
  return { issues, played: playScript(script, PROFILES[profileOfScript(script) ?? 'linux']) };
}
