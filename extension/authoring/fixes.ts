import * as vscode from 'vscode';
import type { Fix } from '../../quizzes/authoring/fixes.ts';
import { SOURCE } from '../diagnostics.ts';
import type { Settings } from '../settings.ts';
import { PACK_SELECTOR } from './pack-texts.ts';

function actionOf(
  document: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
  { edits, preferred }: Fix,
  title: string,
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.isPreferred = preferred;
  action.edit = new vscode.WorkspaceEdit();
  for (const { from, to, text } of edits) {
    const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
    action.edit.replace(document.uri, range, text);
  }
  return action;
}

/** Quick fixes for the diagnostics of packs. */
export function registerFixes(settings: Settings): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    PACK_SELECTOR,
    {
      async provideCodeActions(document, _range, { diagnostics }) {
        const { fixesFor } = await import('../../quizzes/authoring/fixes.ts');
        const { language } = settings.preferences();
        const text = document.getText();
        return diagnostics
          .filter(({ source }) => source === SOURCE)
          .flatMap((diagnostic) => {
            const from = document.offsetAt(diagnostic.range.start);
            const to = document.offsetAt(diagnostic.range.end);
            return fixesFor(text, { code: String(diagnostic.code), from, to }).map((fix) =>
              actionOf(document, diagnostic, fix, fix.title[language]),
            );
          });
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}
