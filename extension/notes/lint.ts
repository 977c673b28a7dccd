// Warnings in a learner's own notes, each with its quick fix.

import * as vscode from 'vscode';
import type { Guard } from '../guard.ts';
import type { Settings } from '../settings.ts';

/** How long a writer pauses before notes are read anew, in milliseconds. */
const PAUSE = 400;
/** Longer documents are no notes. */
const LONGEST = 500_000;
const CODE = 'note-number';

/** Registers warnings and fixes for Markdown texts that are open. */
export function registerNotes(settings: Settings, guard: Guard): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('handshake-notes');
  const values = new WeakMap<vscode.Diagnostic, string>();
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();

  async function show(document: vscode.TextDocument): Promise<void> {
    const { version, uri } = document;
    const wanted = vscode.workspace.getConfiguration('handshake', uri).get('lintNotes', true);
    const text = document.getText();
    // Most documents show no segments: nothing is loaded for them.
    if (!wanted || text.length > LONGEST || !/\bSYN\b/.test(text)) return collection.delete(uri);
    const { lintNotes } = await import('../../quizzes/notes/lint.ts');
    if (document.isClosed || document.version !== version) return;
    const { language } = settings.preferences();
    const found = lintNotes(text).map(({ from, to, value, message }) => {
      const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
      const diagnostic = new vscode.Diagnostic(range, message[language], vscode.DiagnosticSeverity.Warning);
      diagnostic.source = 'Handshake';
      diagnostic.code = CODE;
      values.set(diagnostic, value);
      return diagnostic;
    });
    collection.set(uri, found);
  }
  function soon(document: vscode.TextDocument): void {
    if (document.languageId !== 'markdown') return;
    const key = document.uri.toString();
    clearTimeout(waiting.get(key));
    waiting.set(
      key,
      setTimeout(() => guard(() => show(document)), PAUSE),
    );
  }
  const all = () => vscode.workspace.textDocuments.forEach(soon);
  all();
  const fixes: vscode.CodeActionProvider = {
    provideCodeActions: ({ uri }, range) =>
      (collection.get(uri) ?? []).flatMap((diagnostic) => {
        const value = values.get(diagnostic);
        if (value === undefined || diagnostic.range.intersection(range) === undefined) return [];
        const action = new vscode.CodeAction(
          vscode.l10n.t('Write {0}', value),
          vscode.CodeActionKind.QuickFix,
        );
        action.diagnostics = [diagnostic];
        action.isPreferred = true;
        const edit = new vscode.WorkspaceEdit();
        edit.replace(uri, diagnostic.range, value);
        action.edit = edit;
        return [action];
      }),
  };
  return vscode.Disposable.from(
    collection,
    vscode.languages.registerCodeActionsProvider('markdown', fixes, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    vscode.workspace.onDidOpenTextDocument(soon),
    vscode.workspace.onDidChangeTextDocument(({ document }) => soon(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      clearTimeout(waiting.get(uri.toString()));
      collection.delete(uri);
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('handshake.lintNotes')) all();
    }),
    settings.onDidChange(all),
    {
      dispose() {
        for (const timer of waiting.values()) clearTimeout(timer);
      },
    },
  );
}
