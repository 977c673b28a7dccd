import * as vscode from 'vscode';
import { readStudy, type StudyProblem } from '../../quizzes/engine/study.ts';
import { l10n } from '../l10n.ts';
import type { StudyStore } from './study-store.ts';

const FILTERS = { JSON: ['json'] };

function askWhere(): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title: l10n.t('Export Progress'),
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, 'handshake-progress.json') }),
    filters: FILTERS,
  });
}

/** Writes the whole study to a file, of the learner's choice if `to` says none. */
export async function exportProgress(study: StudyStore, to?: vscode.Uri): Promise<void> {
  const target = to ?? (await askWhere());
  if (target === undefined) return;
  const known = await study.now();
  await vscode.workspace.fs.writeFile(
    target,
    new TextEncoder().encode(`${JSON.stringify(known, undefined, 1)}\n`),
  );
  void vscode.window.showInformationMessage(
    l10n.t('Progress of {0} answers was saved.', known.reviews.length),
  );
}

function problemText({ path }: vscode.Uri, problem: StudyProblem): string {
  switch (problem.code) {
    case 'not-json':
      return l10n.t(
        '{0} is not JSON: {1}. Choose a file that “Export Progress…” has written.',
        path,
        problem.found,
      );
    case 'not-study':
      return l10n.t('{0} holds no progress. Choose a file that “Export Progress…” has written.', path);
    case 'unknown-version':
      return l10n.t(
        '{0} is of version {1}, which this Handshake does not know. Update it, and import again.',
        path,
        problem.found,
      );
  }
}

/** Takes in a study that was exported elsewhere; what both have counts once. */
export async function importProgress(study: StudyStore, from?: vscode.Uri): Promise<void> {
  const chosen =
    from ?? (await vscode.window.showOpenDialog({ title: l10n.t('Import Progress'), filters: FILTERS }))?.[0];
  if (chosen === undefined) return;
  const read = readStudy(new TextDecoder().decode(await vscode.workspace.fs.readFile(chosen)));
  if (!read.ok) {
    void vscode.window.showErrorMessage(problemText(chosen, read.error));
    return;
  }
  const before = (await study.now()).reviews.length;
  await study.merge(read.value);
  const added = (await study.now()).reviews.length - before;
  void vscode.window.showInformationMessage(l10n.t('{0} new answers were taken in.', added));
}
