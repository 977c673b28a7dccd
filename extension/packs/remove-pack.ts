import * as vscode from 'vscode';
import type { Language } from '../../core/text.ts';
import { l10n } from '../l10n.ts';
import type { LibraryFile } from './pack-library.ts';

/** Whether a pack was added by the user: those in the workspace and in other folders are not ours to delete. */
export function isAdded(address: string, ownFolder: vscode.Uri): boolean {
  return address.startsWith(`${ownFolder.toString()}/`);
}

/**
 * Takes a pack out of those the user has added, after asking.
 *
 * @returns whether it is gone
 */
export async function removePack(
  file: LibraryFile | undefined,
  ownFolder: vscode.Uri,
  language: Language,
): Promise<boolean> {
  if (file === undefined) return false;
  const title = file.pack?.title[language] ?? file.file;
  if (!isAdded(file.address, ownFolder)) {
    void vscode.window.showWarningMessage(
      l10n.t('“{0}” was not added by you: delete its file, or take its folder out of the settings.', title),
    );
    return false;
  }
  const remove = l10n.t('Remove');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Remove “{0}” from your packs?', title),
    {
      modal: true,
      detail: l10n.t('The copy that was made when you added it is deleted. Your answers are kept.'),
    },
    remove,
  );
  if (answer !== remove) return false;
  // Each added pack has a folder of its own, with its captures.
  const place = vscode.Uri.joinPath(file.uri, '..');
  const isOwnPlace = vscode.Uri.joinPath(place, '..').toString() === ownFolder.toString();
  await vscode.workspace.fs.delete(isOwnPlace ? place : file.uri, { recursive: isOwnPlace });
  return true;
}
