import * as vscode from 'vscode';
import type { Span } from '../../core/wire/packetdrill/script.ts';
import type { ScriptReading } from './read-script.ts';

/** The language of packetdrill scripts. */
export const SCRIPT_LANGUAGE = 'packetdrill';

/** The reading of the text as it is; kept until the text changes. The parts that read are loaded with the first script. */
export function openScriptTexts(): (document: vscode.TextDocument) => Promise<ScriptReading> {
  const known = new WeakMap<
    vscode.TextDocument,
    { readonly version: number; readonly reading: ScriptReading }
  >();
  return async (document) => {
    const kept = known.get(document);
    if (kept?.version === document.version) return kept.reading;
    const { readScript } = await import('./read-script.ts');
    const { version } = document;
    const reading = readScript(document.getText());
    known.set(document, { version, reading });
    return reading;
  };
}

export function rangeOf({ start, end }: Span): vscode.Range {
  return new vscode.Range(start.line - 1, start.column - 1, end.line - 1, end.column - 1);
}
