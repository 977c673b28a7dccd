import * as vscode from 'vscode';
import { anonymisedPcap } from '../../core/wire/anonymise.ts';
import type { ConnectionView } from '../../core/wire/connection-view.ts';
import { packOfCapture } from '../../quizzes/format/pack-of-capture.ts';
import { l10n } from '../l10n.ts';
import type { OpenCapture } from './captures.ts';

/** Segments that a pack is about: a lesson is no longer. */
const MOST_SEGMENTS = 2000;
const MOST_NAMES = 1000;
/** Milliseconds that a sentence in the status bar stays. */
const A_WHILE = 8000;

/**
 * Writes a pack about a connection, and the connection without its owners, beside the capture, or where the learner says
 * when nothing can be written there; opens the pack.
 */
export async function makePack(
  capture: OpenCapture,
  connection: number,
  view: ConnectionView,
): Promise<void> {
  const uri = vscode.Uri.parse(capture.address);
  const folder = await folderFor(uri);
  if (folder === undefined) return;
  const stem = capture.name.replace(/\.gz$/i, '').replace(/\.(pcapng|pcap|cap)$/i, '');
  const name = await freeName(folder, `${stem}-${connection + 1}`);
  if (name === undefined) return;
  const octets = anonymisedPcap(view.part(0, MOST_SEGMENTS));
  const pack = packOfCapture(idOf(name), `${name}.anonymous.pcap`, octets);
  if (pack === undefined) {
    await vscode.window.showWarningMessage(
      l10n.t(
        'Too little is known of this connection to ask about it. Choose another one, or capture one from its first SYN.',
      ),
    );
    return;
  }
  const target = vscode.Uri.joinPath(folder, `${name}.tcpquiz.yaml`);
  const beside = vscode.Uri.joinPath(folder, `${name}.anonymous.pcap`);
  await vscode.workspace.fs.writeFile(beside, octets);
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(pack));
  await vscode.window.showTextDocument(target, { viewColumn: vscode.ViewColumn.Beside });
  const said = l10n.t(
    'Written: {0}, and beside it the capture with made-up addresses.',
    vscode.workspace.asRelativePath(target),
  );
  vscode.window.setStatusBarMessage(said, A_WHILE);
}

/** The capture's own folder, if files can be written there; asks otherwise. */
async function folderFor(capture: vscode.Uri): Promise<vscode.Uri | undefined> {
  if (vscode.workspace.fs.isWritableFileSystem(capture.scheme) === true)
    return vscode.Uri.joinPath(capture, '..');
  const chosen = await vscode.window.showOpenDialog({
    title: l10n.t('Choose a folder for the pack and its capture'),
    canSelectFolders: true,
    canSelectFiles: false,
    ...(vscode.workspace.workspaceFolders?.[0] && { defaultUri: vscode.workspace.workspaceFolders[0].uri }),
  });
  return chosen?.[0];
}

/** A name that neither file has yet; undefined when too many are taken. */
async function freeName(folder: vscode.Uri, stem: string): Promise<string | undefined> {
  const taken = new Set((await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name));
  return Array.from({ length: MOST_NAMES }, (_, index) => (index === 0 ? stem : `${stem}-${index + 1}`)).find(
    (name) => !taken.has(`${name}.tcpquiz.yaml`) && !taken.has(`${name}.anonymous.pcap`),
  );
}

/** A pack's id has small letters, digits and hyphens. */
function idOf(name: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return /^[a-z]/.test(id) ? id : `capture-${id}`.replace(/-+$/, '');
}
