import * as vscode from 'vscode';
import { l10n } from '../l10n.ts';
import { PACK_SELECTOR, type PackTexts } from './pack-texts.ts';

/** "Preview", "Try" and "New seed" above every question. */
export function registerLenses(texts: PackTexts): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      const { writtenQuestions } = await import('../../quizzes/authoring/outline.ts');
      const seed = texts.seedOf(document.uri);
      return writtenQuestions(document.getText()).flatMap(({ id, idFrom }) => {
        const at = document.positionAt(idFrom);
        const range = new vscode.Range(at, at);
        const lens = (command: string, title: string, tooltip: string) =>
          new vscode.CodeLens(range, { command, title, tooltip, arguments: [document.uri, id] });
        return [
          lens(
            'handshake.preview',
            l10n.t('Preview'),
            l10n.t('Shows the question beside the text as a learner sees it.'),
          ),
          lens('handshake.try', l10n.t('Try'), l10n.t('Answer it yourself; nothing is recorded.')),
          lens(
            'handshake.newSeed',
            l10n.t('New seed ({0})', seed),
            l10n.t('Draws other numbers for the preview and for the answers shown here.'),
          ),
        ];
      });
    },
  };
  const seeds = new Map<string, number>();
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider(PACK_SELECTOR, provider),
    texts.onDidChange((uri) => {
      // Texts change all the time, and VS Code asks anew by itself then; seeds do not.
      const seed = texts.seedOf(uri);
      if ((seeds.get(uri.toString()) ?? 1) !== seed) changed.fire();
      seeds.set(uri.toString(), seed);
    }),
  );
}
