// "Show as Timeline" and "Quiz Me on This": of a script, or of what tcpdump printed.

import * as vscode from 'vscode';
import { CAPTURE_VIEW } from '../captures/capture-editor.ts';
import type { LessonPanel } from '../lessons/lesson-panel.ts';
import { type MadeFiles, registerMadeFiles } from './made-files.ts';
import type { ScriptPanels } from './script-panel.ts';
import { SCRIPT_LANGUAGE } from './script-texts.ts';

/** Registers the two commands. */
export function registerTextCommands(panel: LessonPanel, scripts: ScriptPanels): vscode.Disposable {
  const files = registerMadeFiles();
  return vscode.Disposable.from(
    files,
    vscode.commands.registerCommand('handshake.showAsTimeline', async (uri?: vscode.Uri) => {
      const script = await scriptAt(uri);
      if (script !== undefined) return scripts.open(script);
      const made = await captureOf(files, uri);
      if (made !== undefined) await vscode.commands.executeCommand('vscode.openWith', made, CAPTURE_VIEW);
    }),
    vscode.commands.registerCommand('handshake.quizText', async (uri?: vscode.Uri) => {
      const made = await captureOf(files, uri);
      if (made !== undefined)
        await panel.open({ version: 1, kind: 'capture', address: made.toString(), connection: 0 });
    }),
  );
}

/** The script that is meant: that of the address, or of the editor in use. */
async function scriptAt(uri: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const document =
    uri === undefined
      ? vscode.window.activeTextEditor?.document
      : await vscode.workspace.openTextDocument(uri);
  return document?.languageId === SCRIPT_LANGUAGE ? document.uri : undefined;
}

interface Source {
  readonly name: string;
  readonly text: string;
  readonly isScript: boolean;
}

/** The selection, or the whole text when nothing is selected; without an editor, the clipboard. */
async function sourceOf(uri: vscode.Uri | undefined): Promise<Source> {
  const active = vscode.window.activeTextEditor;
  const isActive = uri === undefined || active?.document.uri.toString() === uri.toString();
  const document = uri === undefined ? active?.document : await vscode.workspace.openTextDocument(uri);
  if (document === undefined) {
    return { name: vscode.l10n.t('Clipboard'), text: await vscode.env.clipboard.readText(), isScript: false };
  }
  const isScript = document.languageId === SCRIPT_LANGUAGE;
  const selected = !isScript && isActive && active !== undefined && !active.selection.isEmpty;
  const text = document.getText(selected ? active.selection : undefined);
  return { name: document.uri.path.split('/').pop() ?? 'text', text, isScript };
}

/** A capture of what the text tells; undefined when it tells nothing, which was said then. */
async function captureOf(files: MadeFiles, uri: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const { name, text, isScript } = await sourceOf(uri);
  const { captureOfScript, captureOfText, socketsIn } = await import('./made-captures.ts');
  const made = isScript ? captureOfScript(text) : captureOfText(text);
  if (made !== undefined) {
    if (made.notUnderstood.length > 0) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          'Lines that could not be read were left out: {0}',
          made.notUnderstood.slice(0, 10).join(', '),
        ),
      );
    }
    return files.keep(name, made.octets);
  }
  const sockets = isScript ? '' : socketsIn(text);
  void vscode.window.showWarningMessage(
    sockets === ''
      ? vscode.l10n.t(
          'No TCP segment was found in this text. Select lines that tcpdump printed, such as "IP 192.0.2.1.51000 > 192.0.2.2.80: Flags [S], seq 1, length 0", or open a packetdrill script.',
        )
      : vscode.l10n.t(
          'A list of sockets shows states and no segments, so there is nothing to draw: {0}',
          sockets,
        ),
  );
  return undefined;
}
