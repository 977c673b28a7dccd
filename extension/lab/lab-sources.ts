// What is in front of the learner that the lab can be opened on, and what cannot be played again.

import * as vscode from 'vscode';
import type { LabSubject } from '../../quizzes/engine/lab/lab.ts';
import { l10n } from '../l10n.ts';
import { SCRIPT_LANGUAGE } from '../scripts/script-texts.ts';
import { tcpBlocks, textSubject } from './lab-text.ts';

const nameOf = (uri: vscode.Uri) => uri.path.split('/').pop() ?? '';

async function documentOf(uri: vscode.Uri | undefined): Promise<vscode.TextDocument | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  if (uri === undefined || uri.toString() === active?.uri.toString()) return active;
  return /\.(pkt|md|markdown)$/i.test(uri.path) ? vscode.workspace.openTextDocument(uri) : undefined;
}

/**
 * The run that a script or a Markdown document tells.
 *
 * @param uri - of the text; the one in the editor when undefined
 * @param line - in a Markdown document, of its block; where the cursor is when undefined
 */
export async function subjectOfText(
  uri: vscode.Uri | undefined,
  line: number | undefined,
): Promise<LabSubject | undefined> {
  const document = await documentOf(uri);
  if (document === undefined) return undefined;
  const { languageId, uri: own } = document;
  if (languageId === SCRIPT_LANGUAGE) {
    return textSubject(nameOf(own), { kind: 'packetdrill', text: document.getText() });
  }
  if (languageId !== 'markdown') return undefined;
  const blocks = tcpBlocks(document.getText());
  const at = line ?? vscode.window.activeTextEditor?.selection.active.line ?? 0;
  const block = blocks.find(({ from, to }) => at >= from && at <= to) ?? blocks[0];
  return block && textSubject(`${nameOf(own)}:${block.from + 1}`, { kind: 'block', text: block.text });
}

/** Offers the lab above every `tcp` block. */
export function registerLabLenses(): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider('markdown', {
    provideCodeLenses: (document) =>
      tcpBlocks(document.getText()).map(
        ({ from }) =>
          new vscode.CodeLens(new vscode.Range(from, 0, from, 0), {
            command: 'handshake.openLab',
            title: l10n.t('Open in the What-If Lab'),
            arguments: [document.uri, from],
          }),
      ),
  });
}
