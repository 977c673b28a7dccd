import * as vscode from 'vscode';
import { openLesson } from '../quizzes/engine/lesson.ts';
import { resultsOf } from '../quizzes/engine/results.ts';
import { type LibraryFile, readerBeside } from './pack-library.ts';
import type { ProgressStore } from './progress.ts';

/** Where to offer to save: in the first folder of the workspace, if there is one. */
function offered(name: string): vscode.Uri | undefined {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder && vscode.Uri.joinPath(folder, name);
}

/**
 * Writes what the learner answered in a pack to a file of their choice. Nothing is sent anywhere.
 *
 * @param version - of this extension
 */
export async function exportResults(
  { uri, pack }: LibraryFile,
  progress: ProgressStore,
  version: string,
): Promise<void> {
  const saved = pack && progress.session(pack.id);
  const session = pack && saved !== undefined ? openLesson(pack, 0, saved).session : undefined;
  const answered = Object.values(session?.questions ?? {}).some(
    (question) => question.answered !== undefined,
  );
  if (pack === undefined || session === undefined || !answered) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Nothing in this pack has been answered yet, so there are no results to export.'),
    );
    return;
  }
  const learner = await vscode.window.showInputBox({
    title: vscode.l10n.t('Export Results'),
    prompt: vscode.l10n.t(
      'Your name, as your instructor knows you. Leave it empty to hand in without a name.',
    ),
  });
  if (learner === undefined) return;
  const name = `${pack.id}-results.json`;
  const uriOffered = offered(name);
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Results'),
    ...(uriOffered && { defaultUri: uriOffered }),
    filters: { JSON: ['json'] },
  });
  if (target === undefined) return;
  const { packHash } = await import('../quizzes/format/pack-hash.ts');
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const results = resultsOf(pack, session, {
    packHash: await packHash(text, readerBeside(uri)),
    core: version,
    mode: 'practice',
    learner: learner.trim(),
    exportedAt: new Date().toISOString(),
  });
  const written = `${JSON.stringify(results, undefined, 2)}\n`;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(written));
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Results of {0} answered questions were saved.', results.answers.length),
  );
}
