import * as vscode from 'vscode';
import type { Guard } from './guard.ts';
import type { FileIssue } from './pack-file.ts';
import type { PackLibrary } from './pack-library.ts';
import type { Settings } from './settings.ts';

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
} as const satisfies Record<FileIssue['severity'], vscode.DiagnosticSeverity>;

function diagnosticOf(issue: FileIssue, message: string): vscode.Diagnostic {
  const { start, end } = issue;
  const range = new vscode.Range(start.line - 1, start.column - 1, end.line - 1, end.column - 1);
  const diagnostic = new vscode.Diagnostic(range, message, SEVERITIES[issue.severity]);
  diagnostic.source = 'Handshake';
  diagnostic.code = issue.code;
  return diagnostic;
}

/** Shows the issues of the workspace's packs at their places, in the learner's language. */
export function registerDiagnostics(
  library: PackLibrary,
  settings: Settings,
  guard: Guard,
): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('handshake');
  let newest = 0;

  async function update(): Promise<void> {
    const turn = ++newest;
    const files = await library.ofWorkspace();
    if (turn !== newest) return;
    const { language } = settings.preferences();
    collection.clear();
    for (const { uri, issues } of files) {
      collection.set(
        uri,
        issues.map((issue) => diagnosticOf(issue, issue.message[language])),
      );
    }
  }

  const again = () => guard(update);
  again();
  return vscode.Disposable.from(collection, library.onDidChange(again), settings.onDidChange(again));
}
