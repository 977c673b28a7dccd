import * as vscode from 'vscode';
import type { PackTexts } from './authoring/pack-texts.ts';
import type { Guard } from './guard.ts';
import { CODE_ID_TAKEN, type FileIssue } from './packs/pack-file.ts';
import type { PackLibrary } from './packs/pack-library.ts';
import type { Settings } from './settings.ts';

/** By which our diagnostics are told from others'. */
export const SOURCE = 'Handshake';

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
} as const satisfies Record<FileIssue['severity'], vscode.DiagnosticSeverity>;

function diagnosticOf(issue: FileIssue, message: string): vscode.Diagnostic {
  const { start, end } = issue;
  const range = new vscode.Range(start.line - 1, start.column - 1, end.line - 1, end.column - 1);
  const diagnostic = new vscode.Diagnostic(range, message, SEVERITIES[issue.severity]);
  diagnostic.source = SOURCE;
  diagnostic.code = issue.code;
  return diagnostic;
}

/**
 * Shows the issues of packs at their places, in the learner's language: of those open in an editor as they are typed,
 * of the others in the workspace as they were saved.
 */
export function registerDiagnostics(
  library: PackLibrary,
  texts: PackTexts,
  settings: Settings,
  guard: Guard,
): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('handshake');
  /** What the library says, by address. */
  let saved = new Map<string, { readonly uri: vscode.Uri; readonly issues: readonly FileIssue[] }>();
  let newest = 0;

  function show(uri: vscode.Uri): void {
    const { language } = settings.preferences();
    const ofLibrary = saved.get(uri.toString())?.issues ?? [];
    const typed = texts.analysisOf(uri)?.issues;
    const issues =
      typed === undefined ? ofLibrary : [...typed, ...ofLibrary.filter(({ code }) => code === CODE_ID_TAKEN)];
    collection.set(
      uri,
      issues.map((issue) => diagnosticOf(issue, issue.message[language])),
    );
  }

  async function update(): Promise<void> {
    const turn = ++newest;
    const files = await library.ofOthers();
    if (turn !== newest) return;
    const before = saved;
    saved = new Map(files.map(({ uri, issues }) => [uri.toString(), { uri, issues }]));
    for (const [address, { uri }] of before) if (!saved.has(address)) show(uri);
    for (const { uri } of saved.values()) show(uri);
  }

  const again = () => guard(update);
  again();
  return vscode.Disposable.from(
    collection,
    library.onDidChange(again),
    settings.onDidChange(again),
    texts.onDidChange(show),
  );
}
