import * as vscode from 'vscode';
import type { Template } from '../../quizzes/authoring/templates.ts';
import { l10n } from '../l10n.ts';
import { isPack } from '../packs/find-packs.ts';
import type { WebviewParts } from '../panels/webview-link.ts';
import { registerFixes } from './fixes.ts';
import { registerLanguage } from './language.ts';
import { registerLenses } from './lenses.ts';
import { newPack } from './new-pack.ts';
import type { PackTexts } from './pack-texts.ts';
import { createPreviewPanel } from './preview-panel.ts';

/** A question of a text: the one named, or the one at the cursor of the active editor. */
interface Target {
  readonly document: vscode.TextDocument;
  readonly questionId: string;
}

async function targetOf(
  uri: vscode.Uri | undefined,
  questionId: string | undefined,
): Promise<Target | undefined> {
  const active = vscode.window.activeTextEditor;
  const address = uri ?? active?.document.uri;
  if (address === undefined || !isPack(address)) return undefined;
  const document = await vscode.workspace.openTextDocument(address);
  if (typeof questionId === 'string') return { document, questionId };
  const { questionAt, writtenQuestions } = await import('../../quizzes/authoring/outline.ts');
  const text = document.getText();
  const isActive = active?.document.uri.toString() === address.toString();
  const offset = isActive ? document.offsetAt(active.selection.active) : 0;
  const question = questionAt(text, offset) ?? writtenQuestions(text)[0];
  return question && { document, questionId: question.id };
}

/** Everything for writing packs: the language features, the preview, new packs. */
export function registerAuthoring(parts: WebviewParts, texts: PackTexts): vscode.Disposable {
  const { settings } = parts;
  const panel = createPreviewPanel(parts, texts);
  const show = (how: 'beside' | 'try') => async (uri?: vscode.Uri, questionId?: string) => {
    const target = await targetOf(uri, questionId);
    if (target !== undefined) return panel.show(target.document, target.questionId, how);
    void vscode.window.showWarningMessage(
      l10n.t('Open a pack (*.tcpquiz.yaml) and put the cursor into a question.'),
    );
  };
  return vscode.Disposable.from(
    texts,
    panel,
    registerLanguage(texts, settings),
    registerFixes(settings),
    registerLenses(texts),
    vscode.commands.registerCommand('handshake.preview', show('beside')),
    vscode.commands.registerCommand('handshake.try', show('try')),
    vscode.commands.registerCommand('handshake.newSeed', (uri?: vscode.Uri) => {
      const address = uri ?? vscode.window.activeTextEditor?.document.uri;
      if (address !== undefined && isPack(address)) texts.newSeed(address);
    }),
    vscode.commands.registerCommand('handshake.newPack', (wanted?: Template['id']) =>
      newPack(settings, wanted),
    ),
  );
}
