// "Show as Timeline" and "Quiz Me on This": of a script, or of what tcpdump, ss or netstat printed.

import * as vscode from 'vscode';
import type { ListedSocket } from '../../core/wire/ss-text.ts';
import { CAPTURE_VIEW } from '../captures/capture-view.ts';
import { l10n } from '../l10n.ts';
import type { LessonPanel } from '../lessons/lesson-panel.ts';
import type { Settings } from '../settings.ts';
import { type MadeFiles, registerMadeFiles } from './made-files.ts';
import type { ScriptPanels } from './script-panel.ts';
import { SCRIPT_LANGUAGE } from './script-texts.ts';

/** Registers the two commands. */
export function registerTextCommands(
  panel: LessonPanel,
  scripts: ScriptPanels,
  settings: Settings,
): vscode.Disposable {
  const files = registerMadeFiles();

  /** The sockets with what their states mean, each with a run that leads there, in the preview of Markdown. */
  async function showSockets(name: string, sockets: readonly ListedSocket[]): Promise<void> {
    const { socketsNote } = await import('../../quizzes/exchange/sockets-note.ts');
    const note = socketsNote(sockets, settings.preferences().language);
    const made = files.keep(`${name}.md`, new TextEncoder().encode(note));
    await vscode.commands.executeCommand('markdown.showPreview', made);
  }

  return vscode.Disposable.from(
    files,
    vscode.commands.registerCommand('handshake.showAsTimeline', async (uri?: vscode.Uri) => {
      const script = await scriptAt(uri);
      if (script !== undefined) return scripts.open(script);
      const told = await read(await sourceOf(uri));
      if (told?.kind === 'sockets') return showSockets(told.name, told.sockets);
      if (told?.kind === 'capture')
        await vscode.commands.executeCommand('vscode.openWith', keep(files, told), CAPTURE_VIEW);
    }),
    vscode.commands.registerCommand('handshake.quizText', async (uri?: vscode.Uri) => {
      const told = await read(await sourceOf(uri));
      if (told?.kind === 'sockets') {
        const states = [...new Set(told.sockets.map(({ state }) => state))];
        await panel.open({ version: 1, kind: 'sockets', states });
      }
      if (told?.kind === 'capture') {
        const address = keep(files, told).toString();
        await panel.open({ version: 1, kind: 'capture', address, connection: 0 });
      }
    }),
  );
}

function keep(files: MadeFiles, { name, octets }: Extract<Told, { kind: 'capture' }>): vscode.Uri {
  return files.keep(`${name}.pcap`, octets);
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
    return { name: l10n.t('Clipboard'), text: await vscode.env.clipboard.readText(), isScript: false };
  }
  const isScript = document.languageId === SCRIPT_LANGUAGE;
  const selected = !isScript && isActive && active !== undefined && !active.selection.isEmpty;
  const text = document.getText(selected ? active.selection : undefined);
  return { name: document.uri.path.split('/').pop() ?? 'text', text, isScript };
}

/** What a text tells. */
type Told =
  | { readonly kind: 'capture'; readonly name: string; readonly octets: Uint8Array }
  | { readonly kind: 'sockets'; readonly name: string; readonly sockets: readonly ListedSocket[] };

/** Segments, else sockets; undefined when the text tells of neither, which was said then. */
async function read({ name, text, isScript }: Source): Promise<Told | undefined> {
  const [{ captureOfScript, captureOfText }, { parseSockets }] = await Promise.all([
    import('./made-captures.ts'),
    import('../../core/wire/ss-text.ts'),
  ]);
  const made = isScript ? captureOfScript(text) : captureOfText(text);
  if (made !== undefined) {
    if (made.notUnderstood.length > 0) {
      void vscode.window.showWarningMessage(
        l10n.t('Lines that could not be read were left out: {0}', made.notUnderstood.slice(0, 10).join(', ')),
      );
    }
    return { kind: 'capture', name, octets: made.octets };
  }
  const { sockets, withoutState } = parseSockets(isScript ? '' : text);
  if (withoutState.length > 0) {
    void vscode.window.showWarningMessage(
      l10n.t(
        'The State column is missing on these lines: {0}. ss leaves it out when it was asked for one state: select the command line above the list too, such as "$ ss -tan state time-wait", or list with ss -tan.',
        withoutState.slice(0, 10).join(', '),
      ),
    );
  }
  if (sockets.length > 0) return { kind: 'sockets', name, sockets };
  if (withoutState.length > 0) return undefined;
  void vscode.window.showWarningMessage(
    l10n.t(
      'No TCP segment and no socket was found in this text. Select lines that tcpdump printed, such as "IP 192.0.2.1.51000 > 192.0.2.2.80: Flags [S], seq 1, length 0", or that ss -tan or netstat -an printed, with their states; or open a packetdrill script.',
    ),
  );
  return undefined;
}
