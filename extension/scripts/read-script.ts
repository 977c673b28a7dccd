import { PROFILES } from '../../core/tcp/profiles.ts';
import { parseScript } from '../../core/wire/packetdrill/parse.ts';
import { playScript } from '../../core/wire/packetdrill/play.ts';
import { profileOfScript } from '../../core/wire/packetdrill/script.ts';
import type { ScriptReading } from './script-texts.ts';

/** Reads a script and plays what of it was understood, as Linux unless it says otherwise. */
export function readScript(text: string): ScriptReading {
  const { script, issues } = parseScript(text);
  return { issues, played: playScript(script, PROFILES[profileOfScript(script) ?? 'linux']) };
}
